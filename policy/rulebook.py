"""The rulebook in force: every rule read from `rulebook.toml`, checked, and ready to be evaluated.

Every error names the key. The schema is `rule_text.py`; what an establishment may change, `overrides.py`.
"""

from collections.abc import Mapping
from functools import cache

import msgspec

from policy import events, needs, recall, release_dates, scope, sentence
from policy.anchors import When
from policy.calendar import WorkingDays, england_and_wales
from policy.conditions import Condition, names_in, parse_condition
from policy.digest import digest_of
from policy.facts import facts
from policy.moments import parse_when
from policy.overrides import overridden
from policy.reading import DERIVED
from policy.rule_text import AskField, Figure, Force, Owner, RulebookText, RuleText, Settings, VariantText
from policy.schema import RulebookError, read_toml, shipped

__all__ = ["AskField", "Figure", "Force", "Owner", "Rule", "Rulebook", "Settings", "Variant", "rulebook"]

ANSWERS = (events, needs, recall, release_dates, scope, sentence)  # the modules whose answers the rules may ask for
_HANG_ON_RELEASE = frozenset({"release", "window", "release-or-hearing"})


class Variant(msgspec.Struct, frozen=True):
    """A variant, ready to be tried."""

    when: tuple[Condition, ...]
    text: VariantText
    opens: When | None
    due: When | None
    after: When | None


class Rule(msgspec.Struct, frozen=True):
    """One duty, its conditions and dates read and ready to be evaluated.

    Attributes:
        met_by: this duty and the others whose record meets it.
        opens_from_due: its opening is counted back from its due date.
        hangs_on_release: its dates are counted from the release date.
    """

    id: str
    text: RuleText
    applies: tuple[Condition, ...]
    opens: When | None
    due: When | None
    begins: When | None
    last_from: When | None
    sooner: tuple[When, ...]
    inside: When | None
    before: When | None
    failed_after: When | None
    own: When | None
    beside: When | None
    variants: tuple[Variant, ...]
    each: tuple[tuple[str, str], ...]
    met_by: tuple[str, ...]
    opens_from_due: bool
    hangs_on_release: bool

    @property
    def short(self) -> str:
        """What a list anybody might see calls it."""
        return self.text.short or self.text.title


class Rulebook(msgspec.Struct, frozen=True):
    """Every rule, the establishment's settings, the calendar, and a digest that changes when any of them does.

    Attributes:
        anchors: what a date that is counted from is called where a due date is explained.
        answers: what a derived answer is called where a duty says why it does not apply.
    """

    version: str
    settings: Settings
    anchors: Mapping[str, str]
    answers: Mapping[str, str]
    rules: Mapping[str, Rule]
    calendar: WorkingDays
    digest: str

    def rule(self, duty: str) -> Rule:
        """The rule of a duty.

        Raises:
            KeyError: there is no such duty.
        """
        return self.rules[duty]


@cache
def rulebook(overrides: str = "") -> Rulebook:
    """The rulebook in force: as shipped, with an establishment's overrides (TOML text, empty: none).

    Raises:
        RulebookError: the file or the overrides cannot be used; the message names the key.
    """
    text = read_toml(shipped("rulebook.toml"), RulebookText, "rulebook.toml")
    if overrides:
        text = overridden(text, overrides)
    return compiled(text, digest_of(overrides))


def compiled(text: RulebookText, digest: str = "") -> Rulebook:
    """The rules of a rulebook file, read and checked.

    Raises:
        RulebookError: a condition, date or name is not one; the message names the key.
    """
    rules = {name: _rule(name, rule, text) for name, rule in text.duty.items()}
    return Rulebook(text.version, text.settings, text.anchors, text.answers, rules, england_and_wales(), digest)


def _rule(duty: str, rule: RuleText, whole: RulebookText) -> Rule:
    def when(key: str, text: str) -> When | None:
        return _when(duty, key, text, whole) if text else None

    opens, due = when("opens", rule.opens), when("due", rule.due)
    if due is None and not rule.due_optional:
        raise _wrong(duty, "due", "a duty needs a due date, or due_optional = true")
    for other in rule.met_by:
        if other not in whole.duty:
            raise _wrong(duty, "met_by", f"there is no duty “{other}”")
    if rule.met_by_fact:
        _known_name(duty, "met_by_fact", rule.met_by_fact)
    anchors = _anchors(opens) | _anchors(due)
    return Rule(
        id=duty,
        text=rule,
        applies=_conditions(duty, "applies", rule.applies),
        opens=opens,
        due=due,
        begins=when("begins", rule.begins),
        last_from=when("last_from", rule.last_from),
        sooner=tuple(_when(duty, "sooner", text, whole) for text in rule.sooner),
        inside=when("inside", rule.inside),
        before=when("before", rule.before),
        failed_after=when("failed_after", rule.failed_after),
        own=when("own", rule.own),
        beside=when("beside", rule.beside),
        variants=tuple(_variant(duty, one, whole) for one in rule.variant),
        each=_sources(duty, rule.each),
        met_by=(duty, *rule.met_by),
        opens_from_due="due" in _anchors(opens),
        hangs_on_release=bool(anchors & _HANG_ON_RELEASE),
    )


def _variant(duty: str, text: VariantText, whole: RulebookText) -> Variant:
    def when(key: str, value: str) -> When | None:
        return _when(duty, f"variant.{key}", value, whole) if value else None

    conditions = _conditions(duty, "variant.when", text.when)
    return Variant(conditions, text, when("opens", text.opens), when("due", text.due), when("after", text.after))


def _wrong(duty: str, key: str, why: object) -> RulebookError:
    return RulebookError(f"rulebook.toml, duty.{duty}.{key}: {why}.")


def _when(duty: str, key: str, text: str, whole: RulebookText) -> When:
    try:
        found = parse_when(text)
    except ValueError as error:
        raise _wrong(duty, key, error) from error
    for anchor in sorted(found.anchors() - whole.anchors.keys()):
        _check_anchor(duty, key, anchor, whole)
    return found


def _anchors(when: When | None) -> frozenset[str]:
    return when.anchors() if when else frozenset()


def _conditions(duty: str, key: str, texts: tuple[str, ...]) -> tuple[Condition, ...]:
    try:
        conditions = tuple(parse_condition(text) for text in texts)
    except ValueError as error:
        raise _wrong(duty, key, error) from error
    for name in sorted(names_in(conditions)):
        _known_name(duty, key, name)
    return conditions


def _known_name(duty: str, key: str, name: str) -> None:
    if name not in DERIVED and name not in facts():
        raise _wrong(duty, key, f"there is no fact or answer called “{name}”")


def _check_anchor(duty: str, key: str, anchor: str, whole: RulebookText) -> None:
    """Refuse what is no date; one without words in [anchors] is fine where no due date is explained by it."""
    kind, _, rest = anchor.partition(":")
    if kind == "done" and (rest.partition(".")[0] in whole.duty or key == "begins"):
        return  # `begins` may be something recorded that is no duty, such as a change of licence conditions
    if kind in ("since", "vacant", "recorded") and rest:
        return _known_name(duty, key, rest)
    if not rest and key in ("opens", "inside", "variant.after") and (anchor in DERIVED or anchor in facts()):
        return
    raise _wrong(duty, key, f"“{anchor}” is not a date the rules know")


def _sources(duty: str, text: str) -> tuple[tuple[str, str], ...]:
    sources = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        kind, _, name = part.partition(":")
        if kind not in ("event", "fact", "change") or not name:
            raise _wrong(duty, "each", f"“{part}” is not event:KIND, fact:NAME or change:NAME")
        if kind != "event":
            _known_name(duty, "each", name)
        sources.append((kind, name))
    return tuple(sources)
