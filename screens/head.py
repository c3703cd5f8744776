"""What stands on top of every room with a number: who and where, and the places this user may go to."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from textual.screen import Screen

from db.errors import RecordError
from db.roles import may
from db.rows import Actor, Role
from db.views import establishment
from screens.base import Sitting, rooms
from widgets.frame import Place, Places, TopLine

_ROLES = {
    Role.SUPERVISOR: "supervisor",
    Role.ADMINISTRATOR: "case administrator",
    Role.MANAGER: "manager",
    Role.INSPECTOR: "inspector",
}
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
