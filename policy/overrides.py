"""An establishment's overrides: local figures and settings may change, what a document sets may not.

Source: rulebook.md, head (set and local figures).
"""

import msgspec

from policy.moments import parse_when
from policy.rule_text import DutyOverride, OverridesText, RulebookText, RuleText, Settings
from policy.schema import RulebookError, read_toml


def overridden(text: RulebookText, overrides: str) -> RulebookText:
    """The rulebook with an establishment's overrides (TOML text) applied.

    Raises:
        RulebookError: the overrides cannot be used; the message names the key.
    """
    wanted = read_toml(overrides, OverridesText, "overrides")
    duties = dict(text.duty)
    for name, change in wanted.duty.items():
        if name not in duties:
            raise RulebookError(f"overrides, duty.{name}: there is no such duty.")
        duties[name] = _changed(name, duties[name], change)
    try:
        settings = msgspec.convert({**msgspec.to_builtins(text.settings), **wanted.settings}, Settings)
    except msgspec.ValidationError as error:
        raise RulebookError(f"overrides, settings: {error}.") from error
    return msgspec.structs.replace(text, duty=duties, settings=settings)


def _changed(name: str, rule: RuleText, change: DutyOverride) -> RuleText:
    if rule.figure == "set":
        raise RulebookError(f"overrides, duty.{name}: its figure is set in {rule.source} and cannot be changed here.")
    for key, old, new in (("opens", rule.opens, change.opens), ("due", rule.due, change.due)):
        if new:
            _check(name, key, old, new, rule)
    return msgspec.structs.replace(rule, opens=change.opens or rule.opens, due=change.due or rule.due)


def _check(name: str, key: str, old: str, new: str, rule: RuleText) -> None:
    if key in rule.fixed:
        raise RulebookError(
            f"overrides, duty.{name}.{key}: “{old}” is set in {rule.source} and cannot be changed here."
        )
    if not old:
        raise RulebookError(f"overrides, duty.{name}.{key}: this duty has none to change.")
    try:
        shape = parse_when(new).shape()
    except ValueError as error:
        raise RulebookError(f"overrides, duty.{name}.{key}: {error}.") from error
    if shape != parse_when(old).shape():
        raise RulebookError(f"overrides, duty.{name}.{key}: only the figure may change; it is counted as “{old}”.")
