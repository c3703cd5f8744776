"""Naming supervisors: what is refused, what follows, one undo for all of them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import audit, commands, engine
from db.current import desk, store
from db.errors import Invalid, NotAllowed, NotFound, RecordError, Stale
from db.rows import Actor, DutyRow, Role, State
from db.verify import verify
from db.views.case import case_detail
from db.views.establishment import why_undo
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

NUMBERS = ("A1111AA", "A2222AA", "A3333AA")
FIRST, SECOND, THIRD = NUMBERS


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    actor = opened(tmp_path)
    taken_in(actor, tmp_path, *(person(prisonerNumber=number) for number in NUMBERS))
    for id in ("carter", "green"):
        staffed(actor, id, Role.SUPERVISOR)
    yield actor
    closed()


def _holder(number: str) -> str:
    found = engine.run(store().database, "SELECT supervisor FROM standing WHERE number = ?", (number,)).fetchone()
    return str(found[0] or "")


def _duty(actor: Actor, number: str, identity: str) -> DutyRow:
    return next(duty for duty in case_detail(actor, number, TODAY).duties if duty.id == identity)


def test_a_case_gets_its_supervisor_and_the_clock_of_the_first_meeting_starts(manager: Actor) -> None:
    done = commands.allocate(manager, {FIRST: "carter"}, "Knows the wing", TODAY)
    assert _holder(FIRST) == "carter"
    assert done.case == FIRST
    assert done.sentence.endswith("allocated to Carter. First meeting by Mon 16 Mar 2026.")
    assert _duty(manager, FIRST, "first-meeting").due == date(2026, 3, 16)
    assert _duty(manager, FIRST, "allocate-supervisor").state is State.MET


def test_another_supervisor_is_to_meet_the_person_anew(manager: Actor) -> None:
    commands.set_facts(manager, FIRST, {"supervisor": "carter"}, date(2026, 2, 2))
    commands.meet(manager, FIRST, "first-meeting", date(2026, 2, 3))
    assert _duty(manager, FIRST, "first-meeting").state is State.MET
    commands.allocate(manager, {FIRST: "green"}, "Carter moves wing", TODAY)
    assert _duty(manager, FIRST, "first-meeting").due == date(2026, 3, 16)


def test_the_reason_stands_in_the_history_and_in_the_duty_that_follows(manager: Actor) -> None:
    commands.allocate(manager, {FIRST: "carter"}, "  Knows\nthe wing ", TODAY)
    newest = case_detail(manager, FIRST, TODAY).timeline[0]
    assert (newest.summary, newest.text) == ("Offender supervisor: carter", "Knows the wing")
    assert _duty(manager, FIRST, "first-meeting").why.endswith("Reason given: Knows the wing.")


def test_a_fact_recorded_without_a_reason_has_none(manager: Actor) -> None:
    commands.set_facts(manager, FIRST, {"supervisor": "carter"}, TODAY)
    assert case_detail(manager, FIRST, TODAY).timeline[0].text == ""
    assert "Reason" not in _duty(manager, FIRST, "first-meeting").why


def test_several_are_one_command_one_audit_line_and_one_undo(manager: Actor) -> None:
    commands.allocate(manager, {FIRST: "carter"}, "First", TODAY)
    lines = audit.verify(store()).lines
    done = commands.allocate(manager, {FIRST: "green", SECOND: "green", THIRD: "carter"}, "Carter leaves", TODAY)
    assert audit.verify(store()).lines == lines + 1
    assert len(done.rows) == 3
    assert done.sentence == "3 cases allocated: Green 2, Carter 1. u undoes all of it."
    assert why_undo(manager) == "3 cases allocated: Green 2, Carter 1"
    undone = commands.undo(manager, TODAY)
    assert [_holder(number) for number in NUMBERS] == ["carter", "", ""]
    assert undone.case == "", "every view reads again, not one case's"
    assert verify(TODAY).faults == ()


def test_what_was_undone_for_several_can_be_done_again_and_undone_again(manager: Actor) -> None:
    to = {FIRST: "carter", SECOND: "carter"}
    for _ in range(2):
        commands.allocate(manager, to, "Again", TODAY)
        commands.undo(manager, TODAY)
    commands.allocate(manager, to, "For good", TODAY)
    assert [_holder(number) for number in NUMBERS] == ["carter", "carter", ""]


def test_several_can_be_undone_although_somebody_tried_another_and_took_it_back(manager: Actor) -> None:
    commands.allocate(manager, {FIRST: "carter", SECOND: "carter"}, "Both", TODAY)
    commands.allocate(manager, {SECOND: "green"}, "Or Green", TODAY)
    commands.undo(manager, TODAY)
    commands.undo(manager, TODAY)
    assert [_holder(number) for number in NUMBERS] == ["", "", ""]


def test_several_cannot_be_undone_once_somebody_has_built_on_one_of_them(manager: Actor) -> None:
    commands.allocate(manager, {FIRST: "carter", SECOND: "carter"}, "Both", TODAY)
    mine = list(desk().done)
    commands.allocate(manager, {SECOND: "green"}, "Or Green", TODAY)
    desk().done[:] = mine
    with pytest.raises(Stale):
        commands.undo(manager, TODAY)
    assert [_holder(number) for number in NUMBERS] == ["carter", "green", ""]


@pytest.mark.parametrize(
    ("to", "why", "error", "says"),
    [
        ({}, "Why", Invalid, "at least one case"),
        ({FIRST: "carter"}, "   ", Invalid, "reason is missing"),
        ({FIRST: "carter"}, "x" * 501, Invalid, "longer than 500"),
        ({FIRST: "nobody"}, "Why", NotFound, "no member of staff"),
        ({FIRST: "left"}, "Why", Invalid, "Left has left"),
        ({"A9999ZZ": "carter", FIRST: "carter"}, "Why", NotFound, "A9999ZZ"),
        ({SECOND: "carter", FIRST: "carter"}, "Why", Invalid, "Carter is the supervisor of"),
        ({FIRST: "carter", THIRD: "carter"}, "Why", Invalid, "left on Sun 1 Mar 2026"),
    ],
)
def test_what_cannot_be_allocated_leaves_everything_as_it_was(
    manager: Actor, to: dict[str, str], why: str, error: type[RecordError], says: str
) -> None:
    staffed(manager, "left", Role.SUPERVISOR)
    commands.disable(manager, "left", TODAY)
    commands.set_facts(manager, SECOND, {"supervisor": "carter"}, TODAY)
    commands.set_facts(manager, THIRD, {"left": "2026-03-01"}, TODAY)
    with pytest.raises(error, match=says):
        commands.allocate(manager, to, why, TODAY)
    assert [_holder(number) for number in (FIRST, SECOND)] == ["", "carter"]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR, Role.INSPECTOR])
def test_only_the_manager_allocates(manager: Actor, role: Role) -> None:
    with pytest.raises(NotAllowed):
        commands.allocate(staffed(manager, "other", role), {FIRST: "carter"}, "Why", TODAY)


def test_who_looked_before_somebody_else_allocated_is_told_and_nothing_is_written(manager: Actor) -> None:
    seen = {FIRST: "", SECOND: ""}
    commands.allocate(manager, {SECOND: "green"}, "Sooner", TODAY)
    with pytest.raises(Stale, match=r"now Green.*Nothing was saved"):
        commands.allocate(manager, {FIRST: "carter", SECOND: "carter"}, "Later", TODAY, seen)
    assert [_holder(number) for number in NUMBERS] == ["", "green", ""]


def test_a_leavers_cases_stand_without_a_supervisor_and_say_why(manager: Actor) -> None:
    commands.allocate(manager, {FIRST: "carter", SECOND: "carter"}, "Both", TODAY)
    lines = audit.verify(store()).lines
    commands.disable(manager, "carter", TODAY)
    assert [_holder(number) for number in NUMBERS] == ["", "", ""]
    assert audit.verify(store()).lines == lines + 2
    assert _duty(manager, SECOND, "allocate-supervisor").why.endswith("Reason given: Carter has left.")
    assert verify(TODAY).faults == ()
