"""The user's own keys: a TOML file of action names and keys, checked before Textual sees it.

Each line is `action = "key"` or `action = ["key", "key"]`, for example `contact = "k"`. A line that
cannot be used is left out and a sentence says why; the action keeps its default key.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from screens.actions import ACTIONS, Action, Where

FILE = "keys.toml"

_NEVER_ARRIVE = {
    "ctrl+m": "Enter",
    "ctrl+i": "Tab",
    "ctrl+h": "Backspace",
    "ctrl+j": "Enter",
    "ctrl+[": "Esc",
    "ctrl+left_square_bracket": "Esc",
    "ctrl+right": "the right arrow",
    "ctrl+left": "the left arrow",
}
_LISTS_OWN = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab"})


def read(file: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The keys in `file` as Textual's keymap (action name → keys), and a sentence for each line left out."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}, ()
    except (OSError, UnicodeDecodeError):
        return {}, (f"The keys in {file} cannot be read, so the usual keys are used.",)
    import tomllib

    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, (f"The keys in {file} are not TOML ({error}), so the usual keys are used.",)
    return check(given)


def check(given: Mapping[str, object]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What of `given` can be used, and a sentence for each line that cannot."""
    accepted: dict[str, str] = {}
    wrong: list[str] = []
    for name, value in given.items():
        fault = _fault(name, value)
        if fault:
            wrong.append(f"{FILE}: {fault}")
        else:
            accepted[name] = ",".join(_keys(value))
    for one, other, key in _clashes(accepted):
        names = [name for name in (one, other) if name in accepted]
        for name in names:
            del accepted[name]
        wrong.append(f"{FILE}: {key} would do both “{one}” and “{other}”, so {' and '.join(names)} keep the usual key.")
    return accepted, tuple(wrong)


def _keys(value: object) -> list[str]:
    given = value if isinstance(value, list) else str(value).split(",")
    return [str(key).strip() for key in given]


def _fault(name: str, value: object) -> str:
    action = ACTIONS.get(name)
    if action is None:
        return f"there is no action “{name}”; there are {', '.join(sorted(ACTIONS))}."
    if not isinstance(value, str) and not (isinstance(value, list) and all(isinstance(key, str) for key in value)):
        return f"{name} must be a key in quotation marks, or a list of them."
    for key in _keys(value):
        fault = _key_fault(action, key)
        if fault:
            return f"{name} cannot have the key “{key}”: {fault}"
    return ""


def _key_fault(action: Action, key: str) -> str:
    if key.lower() in _NEVER_ARRIVE:
        return f"terminals send {_NEVER_ARRIVE[key.lower()]} instead."
    if key in _LISTS_OWN:
        return "lists and forms need it."
    if not _is_key(key):
        return "that is not a key; write k, f5, ctrl+g or escape."
    if len(key) == 1 and key.isupper():
        return "a capital letter finds a person."
    if action.where in (Where.EVERYWHERE, Where.FORMS) and _types_something(key):
        return "it would act while somebody types."
    return ""


def _is_key(key: str) -> bool:
    from textual.keys import Keys

    modifiers, _, base = key.rpartition("+")
    known = {entry.value for entry in Keys}
    if key in known or len(key) == 1:
        return True
    if base not in known and len(base) != 1 and not _character(base):
        return False
    return all(part in {"ctrl", "shift", "alt"} for part in modifiers.split("+")) if modifiers else True


def _types_something(key: str) -> bool:
    return len(key) == 1 or key == "space" or bool(_character(key))


def _character(key: str) -> str:
    from textual.keys import key_to_character

    character = key_to_character(key) or ""
    return character if character.isprintable() else ""


def _clashes(accepted: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Pairs of actions that would share a key where both work, each action in at most one pair."""
    told: set[str] = set()
    names = list(ACTIONS)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            if not _meet(ACTIONS[one], ACTIONS[other]) or told & {one, other}:
                continue
            if one not in accepted and other not in accepted:
                continue
            both = _normal(accepted.get(one, ACTIONS[one].keys)) & _normal(accepted.get(other, ACTIONS[other].keys))
            if both:
                told |= {one, other} & set(accepted)
                yield one, other, min(both)


def _meet(one: Action, other: Action) -> bool:
    together = {one.where, other.where}
    # The workload, recall and the like are places; what else is bound there it cannot tell from here.
    placed = Where.PLACES in together and Where.FORMS not in together
    return len(together) == 1 or Where.EVERYWHERE in together or placed


def _normal(keys: str) -> set[str]:
    from textual.keys import _character_to_key

    def said(parts: Iterable[str]) -> set[str]:
        return {_character_to_key(part) if len(part) == 1 else part for part in parts}

    return said(part.strip() for part in keys.split(","))
