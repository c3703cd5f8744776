"""The diary, against sorting every duty of everybody into days in plain Python."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from peewee import Database

from db import commands, engine
from db.rows import Actor, DiaryDay, DiaryEntry, DutyRow, Filter, Role, State
from db.views.caseload import all_duties, caseload
from db.views.diary import DAYS, diary
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

FORCES = {"mandatory": 0, "expected": 1, "local": 2}
TIERS: dict[int | None, int] = {4: 0, None: 1, 3: 2, 2: 3, 1: 4}


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    """Forty people who came over the last months and go over the next, a third of them the manager's own."""
    actor = opened(tmp_path)
    chance = random.Random(5)
    people = []
    for index in range(40):
        start = TODAY - timedelta(days=chance.randrange(0, 120))
        people.append(
            person(
                f"A{index:04d}BC",
                receptionDate=start.isoformat(),
                sentenceStartDate=start.isoformat(),
                sentenceExpiryDate=(start + timedelta(days=chance.randrange(400, 2000))).isoformat(),
                conditionalReleaseDate=(TODAY + timedelta(days=chance.randrange(5, 200))).isoformat(),
                cellLocation=f"{chance.choice('ABC')}-1-{index:03d}",
            )
        )
    taken_in(actor, tmp_path, *people)
    for row in caseload(actor, Filter("all"), TODAY).rows[::3]:
        commands.set_facts(actor, row.number, {"supervisor": "manager", "tier": chance.choice("123")}, TODAY)
    yield actor
    closed()


def _until(duty: DutyRow) -> date | None:
    """The day the command line's `duties` goes by: put off to it, else due on it."""
    until = duty.deferred_to or duty.due
    return date.fromisoformat(until.isoformat()[:10]) if until else None


def _duties(entries: Sequence[DiaryEntry]) -> list[tuple[str, str]]:
    return [(entry.number, entry.duty.name) for entry in entries]


def _day(days: Sequence[DiaryDay], day: date | None) -> list[tuple[str, str]]:
    return _duties(next(each for each in days if each.day == day).entries)


@pytest.mark.parametrize("later", [0, 1, 7, 20])
def test_every_live_duty_with_a_date_stands_on_its_day_and_nowhere_else(manager: Actor, later: int) -> None:
    start = TODAY + timedelta(later)
    days = diary(manager, Filter("all"), TODAY, start)
    owed = [(number, duty) for number, duty in all_duties(manager, Filter("all"), TODAY) if _until(duty)]
    for day in (each.day for each in days if each.day):
        assert sorted(_day(days, day)) == sorted(
            (number, duty.name) for number, duty in owed if _until(duty) == day
        )  # fmt: skip
    assert sum(len(each.entries) for each in days) > 5
    assert [each.day for each in days if each.day] == [start + timedelta(at) for at in range(DAYS)]


def test_what_should_be_over_stands_before_today_and_only_when_today_is_shown(manager: Actor) -> None:
    days = diary(manager, Filter("all"), TODAY)
    late = {
        (number, duty.name)
        for number, duty in all_duties(manager, Filter("all"), TODAY)
        if (until := _until(duty)) and until < TODAY
    }
    assert days[0].day is None
    assert set(_day(days, None)) == late
    assert late
    assert all(each.day for each in diary(manager, Filter("all"), TODAY, TODAY + timedelta(1)))


def test_days_gone_by_are_not_shown(manager: Actor) -> None:
    assert diary(manager, Filter("all"), TODAY, TODAY - timedelta(3)) == diary(manager, Filter("all"), TODAY)


def test_a_day_is_in_the_order_of_the_caseload(manager: Actor) -> None:
    seen = {row.number: row.last_seen for row in caseload(manager, Filter("all"), TODAY).rows}

    def key(entry: DiaryEntry) -> tuple[object, ...]:
        duty, last = entry.duty, seen[entry.number]
        until = _until(duty)
        assert until is not None
        ordered = (duty.rank or 9, TIERS[entry.tier], FORCES[duty.force], until)
        return (*ordered, last.isoformat() if last else "", entry.number, duty.id, duty.key)

    for day in diary(manager, Filter("all"), TODAY):
        assert list(day.entries) == sorted(day.entries, key=key)


def test_a_duty_put_off_stands_on_the_day_it_was_put_off_to(manager: Actor) -> None:
    days = diary(manager, Filter("mine"), TODAY)
    entry = next(entry for day in days[1:] for entry in day.entries if entry.duty.figure == "local")
    due = _until(entry.duty)
    assert due is not None
    to = due + timedelta(1)
    commands.defer(manager, entry.number, entry.duty.name, to, "In court", TODAY)
    after = diary(manager, Filter("mine"), TODAY, due)
    assert (entry.number, entry.duty.name) not in _day(after, due)
    assert (entry.number, entry.duty.name) in _day(after, to)


def test_a_late_duty_put_off_is_late_no_longer(manager: Actor) -> None:
    entry = max(diary(manager, Filter("all"), TODAY)[0].entries, key=lambda entry: _until(entry.duty) or date.min)
    to = TODAY + timedelta(1)
    commands.defer(manager, entry.number, entry.duty.name, to, "In hospital", TODAY)
    after = diary(manager, Filter("all"), TODAY)
    assert (entry.number, entry.duty.name) not in _day(after, None)
    assert (entry.number, entry.duty.name) in _day(after, to)


def test_what_was_met_or_found_not_required_stands_nowhere(manager: Actor) -> None:
    entry = next(entry for entry in diary(manager, Filter("mine"), TODAY)[0].entries if entry.duty.id == "induction")
    commands.waive(manager, entry.number, "induction", "Here last month", TODAY)
    found = [pair for day in diary(manager, Filter("mine"), TODAY) for pair in _duties(day.entries)]
    assert (entry.number, "induction") not in found


def test_opening_days_show_when_asked_for_after_what_is_due(manager: Actor) -> None:
    plain = diary(manager, Filter("all"), TODAY)
    days = diary(manager, Filter("all"), TODAY, openings=True)
    opening = {
        (duty.opens, number, duty.name)
        for number, duty in all_duties(manager, Filter("all"), TODAY)
        if duty.opens and TODAY <= duty.opens < TODAY + timedelta(DAYS) and duty.opens != _until(duty)
    }
    found = {(day.day, entry.number, entry.duty.name) for day in days for entry in day.entries if entry.opening}
    assert found == opening
    assert found
    assert not any(entry.opening for day in plain for entry in day.entries)
    for with_openings, without in zip(days, plain, strict=True):
        assert with_openings.entries[: len(without.entries)] == without.entries


@pytest.mark.parametrize(
    "wanted", [Filter("mine"), Filter("all", wing="B"), Filter("all", tier=3), Filter("all", states=(State.OVERDUE,))]
)
def test_a_filter_gives_the_duties_of_the_people_it_gives_in_the_caseload(manager: Actor, wanted: Filter) -> None:
    people = {row.number for row in caseload(manager, wanted, TODAY).rows}
    found = diary(manager, wanted, TODAY)
    everybody = diary(manager, Filter("all"), TODAY)
    assert found == tuple(
        DiaryDay(day.day, tuple(entry for entry in day.entries if entry.number in people)) for day in everybody
    )
    assert any(day.entries for day in found)


def test_a_filter_that_names_a_duty_leaves_only_that_one(manager: Actor) -> None:
    days = diary(manager, Filter("all", duty="induction"), TODAY)
    assert {entry.duty.id for day in days for entry in day.entries} == {"induction"}


def test_each_line_says_whose_case_it_is(manager: Actor) -> None:
    named = {row.number for row in caseload(manager, Filter("mine"), TODAY).rows}
    for day in diary(manager, Filter("all"), TODAY):
        for entry in day.entries:
            assert entry.supervisor == ("M Shah" if entry.number in named else "")


@pytest.mark.parametrize("role", list(Role))
def test_everybody_who_reads_the_record_reads_the_diary(manager: Actor, role: Role) -> None:
    reader = staffed(manager, "reader", role)
    assert diary(reader, Filter("all"), TODAY) == diary(manager, Filter("all"), TODAY)


@pytest.mark.parametrize("days", [1, 14, 60])
def test_the_diary_is_two_queries_however_many_days_and_people(
    manager: Actor, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    asked: list[str] = []
    run = engine.run

    def counting(database: Database, sql: str, values: Sequence[object] = ()) -> engine.Cursor:
        asked.append(sql)
        return run(database, sql, values)

    monkeypatch.setattr(engine, "run", counting)
    diary(manager, Filter("all"), TODAY, days=days, openings=True)
    diary(manager, Filter("all", wing="A"), TODAY, days=days)
    assert len(asked) == 4
