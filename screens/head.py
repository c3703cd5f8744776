"""What stands on top of every room with a number: who and where, and the places this user may go to."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from textual.screen import Screen

from db.errors import RecordError
from db.roles import may
from db.rows import Actor, Role
from db.views import establishment
from screens.actions import key_words
from screens.base import Sitting, rooms
from screens.foot import working
from widgets.frame import Pages, Place, Places, TopLine

_ROLES = {
    Role.SUPERVISOR: "supervisor",
    Role.ADMINISTRATOR: "case administrator",
    Role.MANAGER: "manager",
    Role.INSPECTOR: "inspector",
}
_PAGES = ("overview", "plan", "pathways", "recall", "history")
_NUMBERS = {"diary": "2", "recalls": "3", "workload": "4", "records": "5", "services": "6"}


def top_line(sitting: Sitting) -> TopLine:
    """Line 1: the establishment, who is signed in, today."""
    line = TopLine()
    with suppress(RecordError):
        line.place = establishment()
    line.demonstration = sitting.demonstration
    line.who = sitting.actor.name
    line.role = _ROLES[sitting.actor.role]
    line.today = sitting.today
    return line


def place_of(stack: Iterable[Screen[Any]]) -> str:
    """The number of the place somebody is in who has opened these screens one over another."""
    above = [room.PLACE for room in rooms(stack)][1:2]
    return _NUMBERS.get(above[0], "1") if above else "1"


def places(actor: Actor, here: str) -> Places:
    """Line 2: the places by number, those that do something for this user."""
    known = [Place("1", "Caseload"), Place("2", "Diary"), Place("3", "Recall"), Place("4", "Workload")]
    if may(actor, "intake"):
        known.append(Place("5", "Records"))
    known.append(Place("6", "Services"))
    return Places(known, here)


class CasePages(Pages):
    """The rule under a case's header: its pages and their keys, as far as they work here."""

    def __init__(self, page: str) -> None:
        """`page`, an action's name, is the one that is open."""
        super().__init__()
        self._page = page

    def on_mount(self) -> None:
        """Follow what works here."""
        self.screen.bindings_updated_signal.subscribe(self, self._look_again)
        self._look_again(self.screen)

    def _look_again(self, screen: Screen[Any]) -> None:
        if screen.is_mounted:
            keys = working(screen.active_bindings)
            # The page that is open needs no key to it, and may have none there.
            shown = [page for page in _PAGES if page in keys or page == self._page]
            self.places = tuple(Place(key_words(keys[page]) if page in keys else "", page) for page in shown)
            self.at = next(place.key for place in self.places if place.name == self._page)
