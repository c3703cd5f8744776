"""The triage walk's reads: who comes in which order, what one user has recorded since, and how people stand now."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from db import commands
from db.rows import Actor, Contact, Filter, Role, State
from db.views.caseload import caseload
from db.views.triage import LAST_RANK, end_of_trail, recorded_since, standing_now, walk_order
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

NUMBERS = tuple(f"A{index:04d}BC" for index in range(12))
MEETING = Contact("meeting", TODAY, "Talked about the garage.")


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    """Twelve people who came one after another, each a month and a day before the next."""
    actor = opened(tmp_path)
    people = []
    for index, number in enumerate(NUMBERS):
        start = (TODAY - timedelta(days=index * 31)).isoformat()
        people.append(person(number, receptionDate=start, sentenceStartDate=start))
    taken_in(actor, tmp_path, *people, already_here="file")
    for number in NUMBERS[:8]:
        commands.set_facts(actor, number, {"supervisor": "manager"}, TODAY)
    yield actor
    closed()


def test_the_walk_goes_in_the_caseloads_order_as_far_as_what_cannot_be_told(manager: Actor) -> None:
    rows = caseload(manager, Filter("all"), TODAY).rows
    urgent = [row.number for row in rows if row.next and (row.next.rank or 9) <= LAST_RANK]
    assert urgent
    assert list(walk_order(manager, Filter("all"), TODAY)) == urgent


def test_the_walk_keeps_to_its_filter(manager: Actor) -> None:
    assert set(walk_order(manager, Filter("mine"), TODAY)) < set(walk_order(manager, Filter("all"), TODAY))


def test_states_that_are_asked_for_are_walked_whatever_they_are(manager: Actor) -> None:
    wanted = Filter("all", states=(State.UNKNOWN, State.OPEN, State.LATER, State.CLEAR))
    rows = caseload(manager, wanted, TODAY).rows
    assert walk_order(manager, wanted, TODAY) == tuple(row.number for row in rows)


def test_what_was_recorded_before_is_not_part_of_the_walk(manager: Actor) -> None:
    commands.log_contact(manager, NUMBERS[0], MEETING, TODAY)
    trail = end_of_trail(manager)
    assert recorded_since(manager, trail, TODAY) == {}
    commands.log_contact(manager, NUMBERS[1], MEETING, TODAY)
    assert set(recorded_since(manager, trail, TODAY)) == {NUMBERS[1]}


def test_a_contact_and_the_duty_it_met_are_both_told_the_duty_by_its_discreet_title_too(manager: Actor) -> None:
    trail = end_of_trail(manager)
    meets = Contact("meeting", TODAY, "Met.", meets=("first-meeting",))
    commands.log_contact(manager, NUMBERS[1], meets, TODAY)
    told = {(one.kind, one.about, one.discreet) for one in recorded_since(manager, trail, TODAY)[NUMBERS[1]]}
    assert told == {
        ("contact", "meeting", "meeting"),
        ("met", "First meeting with the supervisor", "First meeting"),
    }


def test_a_discreet_fact_has_no_name_where_others_may_look_on(manager: Actor) -> None:
    trail = end_of_trail(manager)
    commands.set_facts(manager, NUMBERS[1], {"rosh": "high"}, TODAY)
    (fact,) = recorded_since(manager, trail, TODAY)[NUMBERS[1]]
    assert fact.about
    assert fact.discreet == ""


def test_what_was_undone_does_not_count(manager: Actor) -> None:
    trail = end_of_trail(manager)
    commands.log_contact(manager, NUMBERS[1], MEETING, TODAY)
    commands.undo(manager, TODAY)
    assert recorded_since(manager, trail, TODAY) == {}


def test_undoing_what_was_recorded_before_the_walk_is_nothing_done_in_it(manager: Actor) -> None:
    commands.log_contact(manager, NUMBERS[1], MEETING, TODAY)
    trail = end_of_trail(manager)
    commands.undo(manager, TODAY)
    assert recorded_since(manager, trail, TODAY) == {}


def test_what_somebody_else_recorded_does_not_count(manager: Actor) -> None:
    carter = staffed(manager, "jcarter", Role.SUPERVISOR)
    trail = end_of_trail(manager)
    commands.log_contact(carter, NUMBERS[1], MEETING, TODAY)
    assert recorded_since(manager, trail, TODAY) == {}
    assert set(recorded_since(carter, trail, TODAY)) == {NUMBERS[1]}


def test_people_stand_in_the_order_asked_for_as_the_caseload_has_them(manager: Actor) -> None:
    rows = {row.number: row for row in caseload(manager, Filter("all"), TODAY).rows}
    asked = (NUMBERS[5], "A9999ZZ", NUMBERS[2])
    assert standing_now(manager, asked, TODAY) == (rows[NUMBERS[5]], rows[NUMBERS[2]])
