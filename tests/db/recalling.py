"""A record in which somebody who was here has left, ready for a recall."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from db import commands, engine
from db.current import store
from db.recalls import Notice, RecallCase, RecallFilter, RecallLine
from db.rows import Actor, DutyRow, Role
from db.views import case_detail
from db.views.recall import recall_case, recalls
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

NUMBER, NEW = "A1234BC", "B4321CD"
BACK = date(2026, 3, 30)  # the Monday before Easter
FRIDAY = date(2026, 3, 27)
STANDARD = Notice("standard", BACK, reasons=("out-of-touch",))
FIXED = Notice("fixed-term", BACK, "28", date(2026, 4, 26))


def left_before(directory: Path) -> Iterator[Actor]:
    """The manager; DEAN BARLOW was here, in J Carter's caseload, and left on 16 March."""
    actor = opened(directory)
    staffed(actor, "jcarter", Role.SUPERVISOR)
    taken_in(actor, directory, person())
    commands.set_facts(actor, NUMBER, {"supervisor": "jcarter", "has-job": "yes"}, TODAY)
    commands.set_facts(actor, NUMBER, {"left": "2026-03-16"}, date(2026, 3, 16))
    yield actor
    closed()


def recall_of(actor: Actor, day: date, number: str = NUMBER) -> RecallCase:
    return recall_case(actor, number, day)


def duty_of(actor: Actor, identity: str, day: date, number: str = NUMBER) -> DutyRow:
    return next(duty for duty in case_detail(actor, number, day).duties if duty.id == identity)


def line_of(actor: Actor, day: date, number: str = NUMBER) -> RecallLine:
    return next(line for line in recalls(actor, RecallFilter(), day) if line.number == number)


def rows_written() -> int:
    return int(engine.run(store().database, "SELECT count(*) FROM entry").fetchone()[0])
