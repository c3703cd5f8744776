"""The workload on an earlier day, and who was given how many cases within a time."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from db import commands
from db.errors import Invalid
from db.rows import Actor, Role
from db.views.workload import workload
from db.views.workload_report import Moved, moved, workload_as_at
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

NUMBERS = tuple(f"A{1000 + at}AA" for at in range(4))
FIRST, SECOND, THIRD, FOURTH = NUMBERS
LATER = TODAY + timedelta(21)


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    actor = opened(tmp_path)
    taken_in(actor, tmp_path, *(person(prisonerNumber=number) for number in NUMBERS))
    for id in ("carter", "green"):
        staffed(actor, id, Role.SUPERVISOR)
    commands.allocate(actor, dict.fromkeys((FIRST, SECOND), "carter"), "First", TODAY)
    commands.set_facts(actor, FIRST, {"tier": "2", "rosh": "low", "ppo": "no"}, TODAY)
    yield actor
    closed()


def test_an_earlier_day_is_as_it_was_whatever_has_changed_since(manager: Actor) -> None:
    before = workload(manager, TODAY)
    commands.allocate(manager, {FIRST: "green", THIRD: "green"}, "Later", LATER)
    commands.set_facts(manager, SECOND, {"left": LATER.isoformat()}, LATER)
    commands.set_terms(manager, "green", LATER, hours=18, areas=(), away=LATER, back=None)
    assert workload_as_at(manager, LATER, TODAY) == before
    assert workload(manager, LATER) != before


def test_the_day_itself_is_what_the_screen_shows(manager: Actor) -> None:
    assert workload_as_at(manager, TODAY, TODAY) == workload(manager, TODAY)


def test_a_day_to_come_is_refused(manager: Actor) -> None:
    with pytest.raises(Invalid, match="has not come yet"):
        workload_as_at(manager, TODAY, TODAY + timedelta(1))


@pytest.mark.parametrize(
    ("since", "until", "green", "carter"),
    [
        (TODAY, LATER, Moved(2, 0), Moved(2, 1)),
        (LATER, LATER, Moved(2, 0), Moved(0, 1)),
        (TODAY, LATER - timedelta(1), None, Moved(2, 0)),
        (TODAY + timedelta(1), LATER - timedelta(1), None, None),
    ],
)
def test_cases_given_and_taken_are_counted_on_both_ends_of_the_time(
    manager: Actor, since: date, until: date, green: Moved | None, carter: Moved | None
) -> None:
    commands.allocate(manager, {FIRST: "green", THIRD: "green"}, "Later", LATER)
    found = moved(manager, since, until)
    assert (found.get("green"), found.get("carter")) == (green, carter)
