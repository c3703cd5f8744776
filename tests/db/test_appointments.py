"""Appointments: booked, moved, called off; in the diary beside the duties, in the case, in its story."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db import commands
from db.errors import Invalid, NotAllowed, NotFound
from db.rows import Actor, Appointment, DiaryEntry, Filter, Role
from db.verify import verify
from db.views.case import case_detail
from db.views.diary import diary
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

FIRST, SECOND = "A1111AA", "A2222AA"
THURSDAY = datetime(2026, 3, 5, 10, 30)
ALL = Filter("all")


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    actor = opened(tmp_path)
    taken_in(actor, tmp_path, *(person(prisonerNumber=number) for number in (FIRST, SECOND)))
    staffed(actor, "carter", Role.SUPERVISOR)
    commands.allocate(actor, {FIRST: "carter"}, "First", TODAY)
    yield actor
    closed()


def _booked(manager: Actor, wanted: Filter = ALL, today: date = TODAY) -> list[tuple[date | None, DiaryEntry]]:
    return [(day.day, entry) for day in diary(manager, wanted, today) for entry in day.entries if entry.booked]


def _key(manager: Actor, number: str = FIRST) -> str:
    return case_detail(manager, number, TODAY).appointments[0].key


def test_an_appointment_stands_on_its_day_before_the_duties_with_its_time(manager: Actor) -> None:
    done = commands.book(manager, FIRST, Appointment("review", THURSDAY, " visits ", "P Dunn"), TODAY)
    assert done.sentence.startswith("Booked for Thu 5 Mar 2026")
    ((day, entry),) = _booked(manager)
    assert (day, entry.number, entry.duty.due) == (THURSDAY.date(), FIRST, THURSDAY)
    assert (entry.duty.title, entry.duty.why) == ("Review", "Review booked, with P Dunn, at visits.")
    on_the_day = next(each for each in diary(manager, ALL, TODAY) if each.day == THURSDAY.date())
    assert on_the_day.entries[0].booked


def test_it_is_no_duty_and_changes_none(manager: Actor) -> None:
    before = [duty.name for duty in case_detail(manager, FIRST, TODAY).duties]
    commands.book(manager, FIRST, Appointment("meeting", THURSDAY), TODAY)
    assert [duty.name for duty in case_detail(manager, FIRST, TODAY).duties] == before
    assert verify(TODAY).sound


def test_moved_it_stands_on_the_new_day_alone_and_undone_on_the_old_one(manager: Actor) -> None:
    commands.book(manager, FIRST, Appointment("meeting", THURSDAY), TODAY)
    moved = Appointment("meeting", THURSDAY + timedelta(1), key=_key(manager))
    commands.book(manager, FIRST, moved, TODAY)
    assert [day for day, _ in _booked(manager)] == [date(2026, 3, 6)]
    commands.undo(manager, TODAY)
    assert [day for day, _ in _booked(manager)] == [date(2026, 3, 5)]


def test_called_off_it_is_gone_and_the_story_says_why(manager: Actor) -> None:
    commands.book(manager, FIRST, Appointment("review", THURSDAY), TODAY)
    key = _key(manager)
    commands.call_off(manager, FIRST, key, "At court", TODAY)
    assert _booked(manager) == []
    newest = case_detail(manager, FIRST, TODAY).timeline[0]
    assert newest.summary.startswith("called off: review, Thu 5 Mar 2026")
    assert newest.text == "At court"
    with pytest.raises(NotFound, match="called it off"):
        commands.call_off(manager, FIRST, key, "Again", TODAY)


def test_mine_holds_only_what_is_booked_with_my_people(manager: Actor) -> None:
    for number in (FIRST, SECOND):
        commands.book(manager, number, Appointment("meeting", THURSDAY), TODAY)
    assert [entry.number for _, entry in _booked(manager, Filter("supervisor", "carter"))] == [FIRST]
    assert _booked(manager, Filter("all", duty="bcst1")) == []


def test_the_case_says_what_is_booked_from_today_on(manager: Actor) -> None:
    commands.book(manager, FIRST, Appointment("meeting", TODAY), TODAY)
    assert len(case_detail(manager, FIRST, TODAY).appointments) == 1
    assert case_detail(manager, FIRST, TODAY + timedelta(1)).appointments == ()


@pytest.mark.parametrize(
    "wrong",
    [
        Appointment("party", THURSDAY),
        Appointment("meeting", TODAY - timedelta(1)),
        Appointment("meeting", THURSDAY, "x" * 201),
    ],
)
def test_what_cannot_be_is_refused(manager: Actor, wrong: Appointment) -> None:
    with pytest.raises(Invalid):
        commands.book(manager, FIRST, wrong, TODAY)


def test_an_inspector_books_nothing(manager: Actor) -> None:
    with pytest.raises(NotAllowed):
        commands.book(Actor("x", "X", Role.INSPECTOR, "test"), FIRST, Appointment("meeting", THURSDAY), TODAY)
