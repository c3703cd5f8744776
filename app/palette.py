"""What help and the palette show: every action, its key now, and whether it works here."""

from collections.abc import Mapping
from typing import Any

from textual.app import App
from textual.binding import ActiveBinding, Binding

from app.actions import OURS
from db.rows import State
from screens.actions import ACTIONS, Where, bindings, key_words
from screens.commands import Command
from screens.foot import working
from screens.help import HelpGroup
from widgets.looks import current
from widgets.words import state_words


def everywhere(app: App[Any], keys: Mapping[str, str]) -> dict[str, ActiveBinding]:
    """The shell's own actions that work now, by key; `keys` are those the user has changed."""
    found: dict[str, ActiveBinding] = {}
    for name in OURS:
        if app.check_action(name, ()):
            changed = keys.get(name)
            for binding in Binding.make_bindings(bindings(name)):
                key = changed.split(",")[0] if changed else binding.key
                found[key] = ActiveBinding(app, binding, True)
    return found


def commands(active: Mapping[str, ActiveBinding]) -> tuple[Command, ...]:
    """Every action, for the palette: with the key it has now, and whether it works now."""
    here = working(active)
    return tuple(
        Command(name, action.tells, key_words(here.get(name, action.keys.split(",")[0])), name in here)
        for name, action in ACTIONS.items()
        if name not in _NOT_OFFERED
    )


def help_groups(active: Mapping[str, ActiveBinding], *, room: bool) -> tuple[HelpGroup, ...]:
    """The keys that work now, those of this screen first; in a `room` also marks and owners."""
    here: list[tuple[str, str]] = []
    always: list[tuple[str, str]] = []
    for name in working(active):
        action = ACTIONS.get(name)
        if action is not None:
            group = always if action.where is Where.EVERYWHERE else here
            group.append((_all_keys(active, name), action.tells))
    groups = [HelpGroup("On this screen", tuple(here)), HelpGroup("Everywhere", tuple(always))]
    if room:
        marks = tuple((current().mark(state), state_words(state)) for state in _MARKED)
        groups = [HelpGroup("On this screen", (*here, _MOVING)), groups[1], HelpGroup("Marks", marks)]
        groups.append(HelpGroup("Whose duty it is; what is not yours is to be chased", _OWNERS))
    return tuple(group for group in groups if group.lines)


# The palette itself, and help under its other key.
_NOT_OFFERED = frozenset({"commands", "help"})
_MOVING = ("↑ ↓", "Move in a list; PgUp, PgDn, Home and End by more")

_OWNERS = (
    ("OS", "offender supervisor"),
    ("OM", "offender manager"),
    ("CA", "case administrator"),
    ("MAN", "OMU manager"),
    ("CRC", "resettlement provider"),
    ("HC", "healthcare"),
    ("PS", "prison staff"),
)
_MARKED = (
    State.SAFETY,
    State.OVERDUE,
    State.TODAY,
    State.WEEK,
    State.UNKNOWN,
    State.OPEN,
    State.LATER,
    State.CLEAR,
)


def _all_keys(active: Mapping[str, ActiveBinding], name: str) -> str:
    return " ".join(key_words(key) for key, binding in active.items() if binding.binding.id == name)
