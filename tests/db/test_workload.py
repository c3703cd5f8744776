"""The workload: who holds how much, who waits and how long, and whom a case should go to."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import allocating, commands, engine
from db.current import store
from db.loads import Load
from db.rows import Actor, Filter, Role
from db.views.caseload import counts
from db.views.workload import allocation, held, workload
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


def _give(manager: Actor, staff: str, *numbers: str, on: date = TODAY, why: str = "Why") -> None:
    commands.allocate(manager, dict.fromkeys(numbers, staff), why, on)


def _load(manager: Actor, staff: str) -> Load:
    return next(load for load in workload(manager, TODAY).loads if load.id == staff)


def test_supervisors_come_with_what_they_hold_the_most_first(manager: Actor) -> None:
    _give(manager, "green", FIRST, SECOND)
    _give(manager, "carter", THIRD)
    told = workload(manager, TODAY)
    assert [(load.id, load.cases) for load in told.loads] == [("green", 2), ("carter", 1), ("hall", 0)]
    assert (told.held, told.average, told.waiting.load.cases) == (3, 2, 3)


def test_a_load_says_the_same_as_the_caseload_of_that_supervisor(manager: Actor) -> None:
    _give(manager, "green", FIRST, SECOND)
    assert _load(manager, "green").counts == counts(manager, Filter("supervisor", "green"), TODAY)


def test_a_load_is_told_by_tier_and_not_known_is_a_tier_of_its_own(manager: Actor) -> None:
    _give(manager, "green", FIRST, SECOND, THIRD)
    commands.set_facts(manager, FIRST, {"rosh": "high"}, TODAY)
    commands.set_facts(manager, SECOND, {"tier": "2", "rosh": "low", "ppo": "no"}, TODAY)
    assert _load(manager, "green").tiers == (1, 0, 1, 0, 1)


def test_who_has_left_this_prison_burdens_nobody(manager: Actor) -> None:
    _give(manager, "green", FIRST, SECOND)
    commands.set_facts(manager, FIRST, {"left": TODAY.isoformat()}, TODAY)
    assert _load(manager, "green").cases == 1


def test_more_than_seventy_is_too_many_and_an_establishment_may_say_otherwise(manager: Actor) -> None:
    told = workload(manager, TODAY)
    assert (told.over(70), told.over(71)) == (False, True)
    commands.apply_overrides(manager, "[settings]\ncaseload_most = 40\n", TODAY)
    assert workload(manager, TODAY).over(41)


def test_the_manager_is_offered_cases_only_once_holding_some(manager: Actor) -> None:
    assert "manager" not in {load.id for load in workload(manager, TODAY).loads}
    _give(manager, "manager", FIRST)
    assert _load(manager, "manager").may_hold


def test_somebody_who_has_left_and_still_holds_cases_is_listed_and_cannot_be_chosen(manager: Actor) -> None:
    _give(manager, "green", FIRST)
    engine.run(store().database, "UPDATE staff SET active = ? WHERE id = ?", (False, "green"))
    load = _load(manager, "green")
    assert (load.active, load.may_hold, load.cases) == (False, False, 1)
    assert "green" not in {load.id for load in allocation(manager, (SECOND,), TODAY).choices}


def test_the_longest_waiting_comes_first_with_the_days_since_arrival(manager: Actor, tmp_path: Path) -> None:
    taken_in(
        manager,
        tmp_path,
        *(person(prisonerNumber=number) for number in NUMBERS[:5]),
        person(prisonerNumber=SIXTH, receptionDate="2026-02-28"),
        person(prisonerNumber="A7777AA", receptionDate="2025-01-06"),
    )
    _give(manager, "green", *NUMBERS[:5])
    cases = held(manager, "", TODAY)
    assert cases[0].row.number == "A7777AA"
    waiting = workload(manager, TODAY).waiting
    assert cases[0].since is not None
    assert waiting.longest == (TODAY - cases[0].since).days
    assert (waiting.load.cases, waiting.late) == (2, 1)


def test_a_vacancy_waits_from_the_day_it_came_up(manager: Actor) -> None:
    _give(manager, "green", FIRST, on=date(2026, 2, 2))
    commands.set_facts(manager, FIRST, {"supervisor": None}, date(2026, 2, 26), on=date(2026, 2, 26))
    case = next(case for case in held(manager, "", TODAY) if case.row.number == FIRST)
    assert (case.since, case.by) == (date(2026, 2, 26), date(2026, 3, 2))
    assert [spell.staff for spell in case.spells] == ["green"]


def test_who_needs_no_supervisor_comes_last_and_is_counted_apart(manager: Actor) -> None:
    commands.apply_overrides(manager, "[settings]\nallocate_everyone = false\n", TODAY)
    commands.set_facts(manager, FIRST, {"rosh": "low", "ppo": "no"}, TODAY)
    cases = held(manager, "", TODAY)
    assert [case.row.number for case in cases if not case.wanted] == [cases[-1].row.number] == [FIRST]
    assert workload(manager, TODAY).waiting.not_wanted == 1


def test_a_supervisors_cases_stand_in_the_caseloads_order_with_since_when_and_why(manager: Actor) -> None:
    _give(manager, "green", FIRST, SECOND, on=date(2026, 2, 10), why="New wing")
    cases = held(manager, "green", TODAY)
    assert sorted(case.row.number for case in cases) == [FIRST, SECOND]
    assert {(case.since, case.spells[0].why) for case in cases} == {(date(2026, 2, 10), "New wing")}


def test_the_previous_supervisor_is_suggested_first_however_many_they_hold(manager: Actor) -> None:
    _give(manager, "carter", FIRST, on=date(2026, 1, 5))
    _give(manager, "green", FIRST, on=date(2026, 2, 2))
    _give(manager, "carter", SECOND, THIRD, FOURTH)
    told = allocation(manager, (FIRST,), TODAY)
    suggested = allocating.suggest(told.cases[0], told)
    assert suggested.to == "carter"
    assert allocating.explain(suggested, told) == (
        "Suggested: Carter. Held this case from Mon 5 Jan 2026 to Mon 2 Feb 2026 and knows the person. "
        "Holds 3 cases, 3 of them overdue."
    )


def test_where_nobody_held_it_before_the_fewest_cases_decide(manager: Actor) -> None:
    _give(manager, "carter", FIRST, SECOND)
    _give(manager, "green", THIRD)
    told = allocation(manager, (FOURTH,), TODAY)
    suggested = allocating.suggest(told.cases[0], told)
    assert suggested.to == "hall"
    assert allocating.explain(suggested, told) == (
        "Suggested: Hall. Nobody else has held this case. Holds 0 cases, the fewest of all, against 2 on average."
    )


def test_a_previous_supervisor_who_has_left_is_named_and_not_suggested(manager: Actor) -> None:
    _give(manager, "carter", FIRST, on=date(2026, 1, 5))
    commands.disable(manager, "carter", date(2026, 2, 2))
    told = allocation(manager, (FIRST,), TODAY)
    suggested = allocating.suggest(told.cases[0], told)
    assert suggested.to == "green"
    assert "Carter held it until Mon 2 Feb 2026 but cannot be given cases now." in allocating.explain(suggested, told)


def test_what_was_put_right_the_same_day_or_undone_is_nobodys_time_with_a_case(manager: Actor) -> None:
    _give(manager, "carter", FIRST, why="A slip")
    _give(manager, "green", FIRST, why="Meant this one")
    _give(manager, "hall", FIRST, why="Or this one")
    commands.undo(manager, TODAY)
    spells = allocation(manager, (FIRST,), TODAY).cases[0].spells
    assert [(spell.staff, spell.until) for spell in spells] == [("green", None)]


def test_many_are_shared_out_evenly_after_those_somebody_knows(manager: Actor) -> None:
    _give(manager, "hall", FIRST, on=date(2026, 1, 5))
    _give(manager, "carter", *NUMBERS, on=date(2026, 2, 2))
    told = allocation(manager, (), TODAY, everything_of="carter")
    shared = allocating.share(told)
    assert Counter(one.to for one in shared) == {"green": 3, "hall": 3}
    assert next(one for one in shared if one.case.number == FIRST).why == "Held it until Mon 2 Feb 2026."


def test_what_cannot_go_to_somebody_says_why_and_the_rest_goes(manager: Actor) -> None:
    _give(manager, "carter", FIRST)
    commands.set_facts(manager, SECOND, {"left": TODAY.isoformat()}, TODAY)
    told = allocation(manager, (FIRST, SECOND, THIRD, "A9999ZZ"), TODAY)
    proposed = allocating.to_one(told, "carter")
    assert [(one.to, one.why) for one in proposed] == [
        ("", "Carter is the supervisor already."),
        ("", "Left on Mon 2 Mar 2026."),
        ("carter", ""),
        ("", "There is nobody with this number in the record."),
    ]


def test_where_nobody_else_can_hold_cases_nothing_is_suggested(manager: Actor) -> None:
    _give(manager, "carter", FIRST)
    for id in ("green", "hall"):
        commands.disable(manager, id, TODAY)
    told = allocation(manager, (FIRST,), TODAY)
    assert allocating.suggest(told.cases[0], told).to == ""


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_read_it(manager: Actor, role: Role) -> None:
    reader = staffed(manager, "reader", role)
    assert workload(reader, TODAY).waiting.load.cases == len(NUMBERS)
    assert len(held(reader, "", TODAY)) == len(NUMBERS)


def test_it_costs_as_many_queries_however_many_cases_there_are(manager: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = engine.run

    def counting(database: object, sql: str, values: object = ()) -> object:
        asked.append(sql)
        return real(database, sql, values)  # type: ignore[arg-type]

    def costs() -> list[int]:
        found = []
        for read in (
            lambda: workload(manager, TODAY),
            lambda: held(manager, "", TODAY),
            lambda: held(manager, "green", TODAY),
            lambda: allocation(manager, (), TODAY, everything_of="green"),
        ):
            asked.clear()
            read()
            found.append(len(asked))
        return found

    _give(manager, "green", FIRST)
    monkeypatch.setattr(engine, "run", counting)
    few = costs()
    monkeypatch.undo()
    _give(manager, "green", SECOND, THIRD, FOURTH)
    monkeypatch.setattr(engine, "run", counting)
    assert costs() == few


def test_what_may_have_been_done_before_the_record_began_is_not_late(tmp_path: Path) -> None:
    manager = opened(tmp_path)
    taken_in(manager, tmp_path, person(prisonerNumber=FIRST, receptionDate="2025-01-06"), already_here="file")
    (case,) = held(manager, "", TODAY)
    waiting = workload(manager, TODAY).waiting
    assert (case.told, case.by, waiting.late) == (False, date(2025, 1, 8), 0)
    closed()
