"""The caseload's order and paging, against sorting everybody in plain Python."""

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from peewee import Database

from db import commands, engine
from db.refreshing import refresh
from db.rows import Actor, CaseRow, Contact, DutyRow, Filter, State
from db.views.caseload import all_duties, caseload, counts
from db.views.find import find
from tests.db.records import TODAY, closed, opened, person, taken_in

PEOPLE = 60
FORCES = {"mandatory": 0, "expected": 1, "local": 2}
TIERS: dict[int | None, int] = {4: 0, None: 1, 3: 2, 2: 3, 1: 4}


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    """Sixty people of every kind, some met, some not, some with risks known."""
    actor = opened(tmp_path)
    chance = random.Random(7)
    people = []
    for index in range(PEOPLE):
        start = TODAY - timedelta(days=chance.randrange(1, 700))
        alerts = [{"alertType": "R", "alertCode": chance.choice(["ROH", "ROM"]), "active": True}] * chance.randrange(2)
        people.append(
            person(
                f"A{index:04d}BC",
                lastName=chance.choice(["BARLOW", "O'NEILL", "JOSÉ-SMITH", "KAUR"]),
                receptionDate=start.isoformat(),
                sentenceStartDate=start.isoformat(),
                sentenceExpiryDate=(start + timedelta(days=chance.randrange(100, 2000))).isoformat(),
                conditionalReleaseDate=(TODAY + timedelta(days=chance.randrange(-20, 400))).isoformat(),
                cellLocation=f"{chance.choice('ABC')}-1-{index:03d}",
                alerts=alerts,
            )
        )
    people = [one for one in people if one["conditionalReleaseDate"] > one["receptionDate"]]
    taken_in(actor, tmp_path, *people)
    for row in caseload(actor, Filter("all"), TODAY).rows[::3]:
        facts: dict[str, str | None] = {"supervisor": "manager", "tier": chance.choice(["1", "2", "3"])}
        commands.set_facts(actor, row.number, facts, TODAY, TODAY - timedelta(days=40))
        if chance.random() < 0.6:
            on = TODAY - timedelta(days=chance.randrange(0, 35))
            commands.log_contact(actor, row.number, Contact("meeting", on, "Met.", meets=("first-meeting",)), TODAY)
    yield actor
    closed()


def _until(duty: DutyRow) -> str:
    until = duty.deferred_to or duty.due
    return until.isoformat()[:10] if until else "9999-12-31"


def _key(row: CaseRow) -> tuple[object, ...]:
    """The order of rulebook.md, Urgency, spelt out."""
    seen = row.last_seen.isoformat() if row.last_seen else ""
    if row.next is None or row.next.rank is None:
        return (9, TIERS[row.tier], 9, "", seen, row.number)
    return (row.next.rank, TIERS[row.tier], FORCES[row.next.force], _until(row.next), seen, row.number)


@pytest.mark.parametrize("later", [0, 1, 6, 7, 8, 30, 200])
def test_the_caseload_stands_in_the_order_of_the_rulebook_on_any_day(manager: Actor, later: int) -> None:
    today = TODAY + timedelta(days=later)
    refresh(today)
    rows = caseload(manager, Filter("all"), today).rows
    assert len(rows) > PEOPLE / 2
    assert [row.number for row in rows] == [row.number for row in sorted(rows, key=_key)]


@pytest.mark.parametrize("size", [1, 7, 25])
def test_pages_put_together_are_the_whole_caseload(manager: Actor, size: int) -> None:
    whole = [row.number for row in caseload(manager, Filter("all"), TODAY).rows]
    paged: list[str] = []
    after = None
    while True:
        page = caseload(manager, Filter("all"), TODAY, after, size)
        paged += [row.number for row in page.rows]
        after = page.after
        if after is None:
            break
    assert paged == whole


def test_the_first_duty_of_a_case_is_its_most_urgent(manager: Actor) -> None:
    for row in caseload(manager, Filter("all"), TODAY).rows:
        ranks = [duty.rank for duty in row.duties if duty.rank]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize("later", [0, 3, 45])
def test_counts_agree_with_the_rows(manager: Actor, later: int) -> None:
    today = TODAY + timedelta(days=later)
    refresh(today)
    rows = caseload(manager, Filter("all"), today).rows
    counted = counts(manager, Filter("all"), today)
    assert dict(counted.by_state) == {
        state: sum(row.state is state for row in rows) for state in State if any(row.state is state for row in rows)
    }
    unseen = [row for row in rows if row.last_seen is None or (today - row.last_seen).days >= 60]
    assert counted.unseen == len(unseen)


@pytest.mark.parametrize(
    "wanted",
    [
        Filter("mine"),
        Filter("all", wing="B"),
        Filter("all", tier=3),
        Filter("all", tier_unknown=True),
        Filter("all", states=(State.OVERDUE,)),
        Filter("all", states=(State.UNKNOWN, State.WEEK)),
        Filter("all", duty="first-meeting"),
        Filter("all", unseen=True),
        Filter("all", recalled=True),
    ],
)
def test_a_filter_gives_those_it_says_in_the_same_order(manager: Actor, wanted: Filter) -> None:
    def fits(row: CaseRow) -> bool:
        return (
            (wanted.who != "mine" or row.supervisor == "manager")
            and (not wanted.wing or row.wing == wanted.wing)
            and (wanted.tier is None or row.tier == wanted.tier)
            and (not wanted.tier_unknown or row.tier is None)
            and (not wanted.states or row.state in wanted.states)
            and (not wanted.duty or wanted.duty in {duty.id for duty in row.duties})
            and (not wanted.unseen or row.last_seen is None or (TODAY - row.last_seen).days >= 60)
            and not wanted.recalled
        )

    everybody = caseload(manager, Filter("all"), TODAY).rows
    expected = [row.number for row in everybody if fits(row)]
    assert [row.number for row in caseload(manager, wanted, TODAY).rows] == expected


def test_a_screenful_costs_as_many_queries_for_few_as_for_many(manager: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    run = engine.run

    def counting(database: Database, sql: str, values: Sequence[object] = ()) -> engine.Cursor:
        asked.append(sql)
        return run(database, sql, values)

    monkeypatch.setattr(engine, "run", counting)
    caseload(manager, Filter("all"), TODAY)
    whole = len(asked)
    asked.clear()
    caseload(manager, Filter("all", wing="A"), TODAY)
    assert len(asked) == whole


def test_nothing_stale_is_worked_out_again(manager: Actor) -> None:
    assert refresh(TODAY) == 0


def test_a_day_gone_back_to_is_worked_out_as_that_day(manager: Actor) -> None:
    refresh(TODAY + timedelta(days=200))
    assert refresh(TODAY) > 0
    rows = caseload(manager, Filter("all"), TODAY).rows
    assert [row.number for row in rows] == [row.number for row in sorted(rows, key=_key)]


@pytest.mark.parametrize(
    ("text", "surname"), [("oneill", "O'NEILL"), ("o'nei", "O'NEILL"), ("jose", "JOSÉ-SMITH"), ("dean kaur", "KAUR")]
)
def test_people_are_found_by_any_part_of_a_name_whatever_its_accents(manager: Actor, text: str, surname: str) -> None:
    found = find(manager, text, TODAY)
    assert found
    assert {row.surname for row in found} == {surname}


def test_a_wild_card_finds_nothing_more(manager: Actor) -> None:
    assert find(manager, "%", TODAY) == ()
    assert find(manager, "_", TODAY) == ()


def test_every_duty_listed_is_somebodys_in_order(manager: Actor) -> None:
    listed = all_duties(manager, Filter("all"), TODAY)
    everybody = caseload(manager, Filter("all"), TODAY).rows
    assert len(listed) == sum(len(row.duties) for row in everybody)
    ranks = [duty.rank or 9 for _, duty in listed]
    assert ranks == sorted(ranks)
