"""Finding a person from anywhere: `/`, a capital letter or pasted text begins a search with what was typed.

Keys come faster than a screen can be built. From the key that begins the search until the search stands there, every
letter is kept and handed over: none is lost, and none acts as a command.
"""

from collections.abc import Callable

from textual import events

from db.rows import Actor, Role
from screens.actions import bindings
from screens.base import Room, Sitting
from screens.foot import working
from screens.messages import Go
from screens.routes import Route

LONGEST = 80


class FindingRoom(Room):
    """A room from which a person can be found by typing."""

    BINDINGS = bindings("find")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Nothing has been typed yet."""
        super().__init__(sitting, route)
        self._typed: str | None = None
        self._heir: Callable[[str], None] | None = None
        self._find_keys: frozenset[str] | None = None

    def action_find(self) -> None:
        """Find a person."""
        self.begin_finding("")

    def begin_finding(self, text: str) -> None:
        """Open the search; `text` is what it begins with."""
        if self._typed is None:
            self._typed = text
            self.post_message(Go(Route("find")))

    def hand_over(self, heir: Callable[[str], None]) -> str:
        """What was typed since the search began; letters still under way go to `heir`."""
        typed, self._typed = self._typed or "", None
        self._heir = heir
        return typed

    def on_key(self, event: events.Key) -> None:
        """Begin with a capital letter or the key of `find`; keep what follows until the search has taken over."""
        if self._heir is not None and self.app.screen is not self:
            self._keep(event, self._heir)
        elif self._typed is not None:
            self._keep(event, self._append)
        elif _is_capital(event.character):
            event.stop()
            event.prevent_default()
            self.begin_finding(event.character or "")
        elif event.key in self._keys_that_find():
            event.stop()
            event.prevent_default()
            self.begin_finding("")

    def on_paste(self, event: events.Paste) -> None:
        """Find what was pasted."""
        text = " ".join(event.text.split())[:LONGEST]
        if text and self._typed is None:
            event.stop()
            self.begin_finding(text)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """The search has gone, and with it whoever letters went to."""
        self._typed = self._heir = None

    def _append(self, character: str) -> None:
        self._typed = (self._typed or "") + character

    @staticmethod
    def _keep(event: events.Key, keep: Callable[[str], None]) -> None:
        if event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            keep(event.character)

    def _keys_that_find(self) -> frozenset[str]:
        if self._find_keys is None:
            active = self.active_bindings
            self._find_keys = frozenset(key for key, bound in active.items() if bound.binding.id == "find")
            # Asked for only where it works at all.
            self._find_keys = self._find_keys if "find" in working(active) else frozenset()
        return self._find_keys


def _is_capital(character: str | None) -> bool:
    return character is not None and len(character) == 1 and character.isalpha() and character.isupper()


def whose_duties(actor: Actor) -> str:
    """Whose duties are this user's own, so that others' are to be chased."""
    return {Role.ADMINISTRATOR: "CA", Role.MANAGER: "MAN"}.get(actor.role, "OS")
