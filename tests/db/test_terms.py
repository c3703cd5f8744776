"""Hours, home probation areas and absence: kept through other changes, weighed in suggestions, explained in words."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from db import allocating, commands
from db.errors import Invalid, NotAllowed, Stale
from db.loads import Load
from db.rows import Actor, Role
from db.views.workload import allocation, workload
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

NUMBERS = tuple(f"A{1000 + at}AA" for at in range(6))
FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH = NUMBERS


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    """Six people and three supervisors; nobody holds anybody."""
    actor = opened(tmp_path)
    taken_in(actor, tmp_path, *(person(prisonerNumber=number) for number in NUMBERS))
    for id in ("carter", "green", "hall"):
        staffed(actor, id, Role.SUPERVISOR)
    yield actor
    closed()


def _terms(
    manager: Actor,
    staff: str,
    hours: int = 0,
    areas: tuple[str, ...] = (),
    away: date | None = None,
    back: date | None = None,
) -> None:
    commands.set_terms(manager, staff, TODAY, hours=hours, areas=areas, away=away, back=back)


def _load(manager: Actor, staff: str, on: date = TODAY) -> Load:
    return next(load for load in workload(manager, on).loads if load.id == staff)


def _suggested(manager: Actor, number: str = SIXTH) -> tuple[str, str]:
    told = allocation(manager, (number,), TODAY)
    proposed = allocating.suggest(told.cases[0], told)
    return proposed.to, allocating.explain(proposed, told)


def test_terms_stand_through_another_role_and_are_undone_whole(manager: Actor) -> None:
    _terms(manager, "green", 18, ("Leeds", " Leeds ", "Hull"), TODAY)
    commands.change_role(manager, "green", Role.SUPERVISOR, TODAY)
    terms = _load(manager, "green").terms
    assert (terms.hours, terms.areas, terms.away, terms.absent) == (18, ("Leeds", "Hull"), TODAY, True)
    _terms(manager, "green", 20)
    commands.undo(manager, TODAY)
    assert _load(manager, "green").terms.hours == 18


def test_fewer_hours_are_room_for_fewer_cases(manager: Actor) -> None:
    _terms(manager, "green", 18)
    told = workload(manager, TODAY)
    assert told.capacity(_load(manager, "green")) == 34  # 70 cases x 18 / 37 hours
    assert told.capacity(_load(manager, "carter")) == 70


def test_load_is_weighed_against_hours(manager: Actor) -> None:
    commands.allocate(manager, dict.fromkeys((FIRST, SECOND), "carter"), "Why", TODAY)
    commands.allocate(manager, dict.fromkeys((THIRD, FOURTH), "hall"), "Why", TODAY)
    commands.allocate(manager, {FIFTH: "green"}, "Why", TODAY)
    assert _suggested(manager)[0] == "green"
    _terms(manager, "green", 15)  # 28 cases: 1 of 28 is more than 2 of 70
    to, why = _suggested(manager)
    assert to == "carter"
    assert "the most room of all" in why


def test_the_same_home_probation_area_comes_before_load(manager: Actor) -> None:
    commands.allocate(manager, dict.fromkeys((FIRST, SECOND), "green"), "Why", TODAY)
    commands.set_facts(manager, SIXTH, {"home-area": "west  YORKSHIRE"}, TODAY)
    _terms(manager, "green", areas=("West Yorkshire",))
    to, why = _suggested(manager)
    assert to == "green"
    assert "Covers west YORKSHIRE, the home probation area." in why


def test_who_held_the_case_before_comes_before_the_area(manager: Actor) -> None:
    commands.allocate(manager, {SIXTH: "hall"}, "Why", TODAY - timedelta(30))
    commands.set_facts(manager, SIXTH, {"supervisor": None, "home-area": "Leeds"}, TODAY)
    _terms(manager, "green", areas=("Leeds",))
    assert _suggested(manager)[0] == "hall"


def test_who_is_away_is_suggested_to_nobody_until_the_day_they_are_back(manager: Actor) -> None:
    commands.allocate(manager, {SIXTH: "hall"}, "Why", TODAY - timedelta(30))
    commands.set_facts(manager, SIXTH, {"supervisor": None}, TODAY)
    back = TODAY + timedelta(7)
    _terms(manager, "hall", away=TODAY, back=back)
    to, why = _suggested(manager)
    assert to != "hall"
    assert "held it until Mon 2 Mar 2026 but is away until Mon 9 Mar 2026." in why
    assert [_load(manager, "hall", day).may_hold for day in (TODAY, back - timedelta(1), back)] == [False, False, True]


def test_an_absence_to_come_bars_nobody_yet(manager: Actor) -> None:
    _terms(manager, "hall", away=TODAY + timedelta(1))
    assert _load(manager, "hall").may_hold
    assert _load(manager, "hall").terms.away == TODAY + timedelta(1)
    assert not _load(manager, "hall", TODAY + timedelta(1)).may_hold


def test_what_is_not_recorded_is_said(manager: Actor) -> None:
    both = allocation(manager, (FIRST, SECOND), TODAY)
    assert allocating.not_weighed(both).startswith("Home probation area and hours are not in the record")
    commands.set_facts(manager, FIRST, {"home-area": "Leeds"}, TODAY)
    _terms(manager, "green", 37)
    said = allocating.not_weighed(allocation(manager, (FIRST, SECOND), TODAY))
    assert said == (
        "Not recorded: home probation area of 1 of these cases; hours of 2 of 3 supervisors, who count as full time."
    )


@pytest.mark.parametrize(
    ("hours", "away", "back"),
    [(49, None, None), (-1, None, None), (37, TODAY, TODAY), (37, None, TODAY)],
)
def test_terms_that_cannot_be_are_refused(manager: Actor, hours: int, away: date | None, back: date | None) -> None:
    with pytest.raises(Invalid):
        _terms(manager, "green", hours, away=away, back=back)


def test_of_two_managers_the_second_is_told_and_changes_nothing(manager: Actor) -> None:
    seen = _load(manager, "green").terms
    _terms(manager, "green", 18)
    with pytest.raises(Stale, match="Somebody else has just changed this for Green"):
        commands.set_terms(manager, "green", TODAY, hours=30, areas=(), away=None, back=None, seen=seen)
    assert _load(manager, "green").terms.hours == 18


def test_terms_are_the_managers(manager: Actor) -> None:
    with pytest.raises(NotAllowed):
        _terms(Actor("carter", "Carter", Role.SUPERVISOR, "test"), "green", 18)


def test_late_cases_are_counted_by_tier(manager: Actor) -> None:
    commands.allocate(manager, dict.fromkeys((FIRST, SECOND), "green"), "Why", TODAY)
    load = _load(manager, "green")
    assert sum(load.late_tiers) == load.overdue
    assert all(late <= cases for late, cases in zip(load.late_tiers, load.tiers, strict=True))
