"""The last line of a screen: at most six keys that work there, or a sentence until the next key."""

from collections.abc import Mapping, Sequence
from typing import Any

from textual.binding import ActiveBinding
from textual.geometry import Size
from textual.screen import Screen

from screens.actions import ACTIONS, key_words
from widgets.frame import MOST_KEYS, Key, KeyLine
from widgets.lines import Line, Piece, wrap

FootEntry = str | tuple[str, str]
"""An action's name; or an action, or a key a widget owns, and what it does here."""

MOST_LINES = 3
_HELP = ("help", "keys")


class Foot(KeyLine):
    """A key line that draws only keys that do something here, and grows by a line or two for a long sentence."""

    def __init__(self, entries: Sequence[FootEntry]) -> None:
        """Show these, where they work."""
        super().__init__()
        self._entries = tuple(entries)

    def say(self, sentence: str) -> None:
        """Show a sentence instead of the keys."""
        if sentence != self.said:
            self.said = sentence
            self.refresh(layout=True)

    def offer(self, entries: Sequence[FootEntry]) -> None:
        """Show these from now on: something else is being done on the same screen."""
        self._entries = tuple(entries)
        self._look_again(self.screen)

    def hush(self) -> None:
        """Show the keys again."""
        self.say("")

    def on_mount(self) -> None:
        """Follow what works here as the focus moves."""
        self.screen.bindings_updated_signal.subscribe(self, self._look_again)
        self._look_again(self.screen)

    def lines(self, width: int) -> list[Line]:
        """The keys, or as much of the sentence as three lines hold."""
        if not self.said:
            return super().lines(width)
        return wrap([Piece(self.said)], width)[:MOST_LINES]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line, unless a sentence needs more."""
        return len(self.lines(width)) if self.said else 1

    def _look_again(self, screen: Screen[Any]) -> None:
        if screen.is_mounted:
            self.keys = drawn(self._entries, working(screen.active_bindings))


def working(active: Mapping[str, ActiveBinding]) -> dict[str, str]:
    """The actions that work now, each with the first key it has: action name → key as Textual names it."""
    found: dict[str, str] = {}
    for key, binding in active.items():
        name = binding.binding.id
        if name and binding.enabled:
            found.setdefault(name, key)
    return found


def drawn(entries: Sequence[FootEntry], working_here: Mapping[str, str]) -> tuple[Key, ...]:
    """What the key line shows: key and words of each entry that works here, at most six; where help is, last."""
    shown: list[Key] = []
    told = ""
    for entry in entries:
        name, says = entry if isinstance(entry, tuple) else (entry, ACTIONS[entry].says)
        if name not in ACTIONS:
            shown.append(Key(name, says))
        elif name in working_here:
            shown.append(Key(key_words(working_here[name]), says))
            told = shown[-1].key if name in _HELP else told
    return tuple(sorted(shown[:MOST_KEYS], key=lambda key: key.key == told))
