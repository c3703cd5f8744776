"""What stands on top of every room with a number: who and where, and the places this user may go to."""

from contextlib import suppress

from db.errors import RecordError
from db.roles import may
from db.rows import Actor, Role
from db.views import establishment
from screens.base import Sitting
from widgets.frame import Place, Places, TopLine

_ROLES = {
    Role.SUPERVISOR: "supervisor",
    Role.ADMINISTRATOR: "case administrator",
    Role.MANAGER: "manager",
    Role.INSPECTOR: "inspector",
}


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


def places(actor: Actor, here: str) -> Places:
    """Line 2: the places by number, those that do something for this user."""
    known = [Place("1", "Caseload"), Place("2", "Diary"), Place("4", "Workload")]
    if may(actor, "intake"):
        known.append(Place("5", "Records"))
    return Places(known, here)
