"""The demonstration prison: the same from the same seed and date, whole, and believable."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from db import audit, current, demo, door, engine, refreshing, story, views
from db import payloads as p
from db.audit import ENTRY_COLUMNS
from db.demo.dice import Dice, shares
from db.demo.kinds import KINDS
from db.demo.people import number_of
from db.demo.sentences import dates_of, wanted
from db.entries import Row
from db.errors import AlreadyThere, Invalid, NotFound
from db.rows import Actor, Counts, Filter, Role, State
from db.slots import Cost
from db.story import moment_of
from db.verify import verify
from policy.calendar import day_of
from policy.facts import facts, normal
from policy.numbers import is_prisoner_number

TODAY = date(2026, 3, 2)
CHEAP = Cost(8, 1, 1)
LISTS = (
    p.EXTRACT,
    p.FACT,
    p.MET,
    p.CONTACT,
    p.CONCERN,
    p.DEFERRAL,
    p.WAIVER,
    p.QUESTION,
    "referral",
    "irmm",
    "iag-request",
    p.ACTIVITY,
    p.ACTIVITY_SETTLED,
    p.NEED,
    p.SERVICE,
)


@dataclass
class Prison:
    """A demonstration, open and signed in as its supervisor."""

    directory: Path
    actor: Actor
    rows: list[Row]
    cases: dict[str, list[Row]] = field(default_factory=dict)

    def counts(self, who: Filter) -> Counts:
        return views.counts(self.actor, who, TODAY)


def written() -> list[Row]:
    names = ", ".join(f'"{name}"' for name in ENTRY_COLUMNS)
    found = engine.run(current.store().database, f"SELECT {names} FROM entry ORDER BY recorded, id")
    return [Row(*row) for row in found]


def digest(directory: Path, cases: int, seed: int, today: date = TODAY) -> str:
    """SHA-256 of the entry rows of a demonstration made in `directory`."""
    demo.build(directory, today, cases, seed, cost=CHEAP)
    key, user = demo.key_and_user(directory)
    door.sign_in_with(directory, key, user, today)
    try:
        known = hashlib.sha256()
        for row in written():
            known.update(repr((*row[:11], bool(row.withdrawn), row.command, row.payload)).encode())
        return known.hexdigest()
    finally:
        door.sign_out()


@pytest.fixture(scope="module")
def prison(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prison]:
    directory = tmp_path_factory.mktemp("demonstration") / "record"
    demo.build(directory, TODAY, cost=CHEAP)
    key, user = demo.key_and_user(directory)
    actor = door.sign_in_with(directory, key, user, TODAY)
    made = Prison(directory, actor, written())
    for row in made.rows:
        if row.case:
            made.cases.setdefault(row.case, []).append(row)
    yield made
    door.sign_out()


def test_the_same_seed_and_date_give_the_same_rows_and_another_seed_others(tmp_path: Path) -> None:
    first = digest(tmp_path / "a", 25, 7)
    assert first == digest(tmp_path / "b", 25, 7)
    assert first != digest(tmp_path / "c", 25, 8)
    assert first != digest(tmp_path / "d", 25, 7, TODAY + timedelta(days=1))


def test_chance_is_the_same_on_every_machine_and_python() -> None:
    dice = Dice("pinned", 1, TODAY)
    assert dice.between(0, 999_999) == 254_941
    assert dice.pick("abcdefgh") == "g"
    assert dice.shuffled(range(6)) == [2, 4, 1, 0, 3, 5]
    assert dice.hexadecimal(8) == "1dbdebc7"


def test_ten_cases_make_a_prison_too(tmp_path: Path) -> None:
    demo.build(tmp_path / "small", TODAY, 10, cost=CHEAP)
    key, user = demo.key_and_user(tmp_path / "small", "manager")
    actor = door.sign_in_with(tmp_path / "small", key, user, TODAY)
    try:
        assert views.counts(actor, Filter(who="all"), TODAY).cases == 10
        assert views.counts(actor, Filter(who="supervisor", supervisor="supervisor"), TODAY).cases == 10
        assert audit.verify(current.store()).sound
    finally:
        door.sign_out()


def test_one_case_makes_a_prison_and_none_does_not(tmp_path: Path) -> None:
    demo.build(tmp_path / "one", TODAY, 1, cost=CHEAP)
    with pytest.raises(Invalid, match="at least one case"):
        demo.build(tmp_path / "none", TODAY, 0, cost=CHEAP)
    assert not (tmp_path / "none").exists()


def test_a_demonstration_is_never_made_over_a_record(tmp_path: Path) -> None:
    demo.build(tmp_path, TODAY, 1, cost=CHEAP)
    with pytest.raises(AlreadyThere):
        demo.build(tmp_path, TODAY, 1, cost=CHEAP)


def test_it_says_that_it_is_one_and_for_which_day(prison: Prison) -> None:
    assert demo.is_demonstration()
    assert demo.demonstration_day() == TODAY
    assert views.establishment() == demo.ESTABLISHMENT


def test_an_ordinary_record_is_no_demonstration(tmp_path: Path, prison: Prison) -> None:
    door.sign_out()
    try:
        door.make_record(tmp_path / "own", "HMP Own (demonstration)", "", "lyn", "L Own", "three plain words", TODAY)
        assert not demo.is_demonstration()
    finally:
        door.sign_out()
        key, user = demo.key_and_user(prison.directory)
        door.sign_in_with(prison.directory, key, user, TODAY)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_can_sign_in(prison: Prison, role: Role) -> None:
    key, user = demo.key_and_user(prison.directory, role.value)
    assert len(key) == 32
    assert door.actor_called(user).role is role


def test_a_role_it_has_not_is_named_in_the_refusal(prison: Prison) -> None:
    with pytest.raises(NotFound, match="governor"):
        demo.key_and_user(prison.directory, "governor")


def test_verify_finds_nothing_wrong_with_file_audit_duties_or_staff(prison: Prison) -> None:
    found = verify(TODAY)
    assert found.faults == ()
    assert found.rows == len(prison.rows)
    assert found.cases == 407  # 400 here, two expected back on recall, five released from one


def test_signing_in_on_its_own_day_finds_nothing_stale(prison: Prison) -> None:
    assert refreshing.refresh(TODAY) == 0


def test_its_supervisor_finds_a_working_day_and_not_a_wall_of_red(prison: Prison) -> None:
    mine = prison.counts(Filter())
    assert mine.cases == 38
    assert mine.of(State.SAFETY) <= 1
    assert 4 <= mine.of(State.OVERDUE) <= 8
    assert 1 <= mine.of(State.TODAY) <= 4
    assert 2 <= mine.of(State.WEEK) <= 7
    assert 2 <= mine.of(State.UNKNOWN) <= 6
    assert mine.of(State.OPEN, State.LATER, State.CLEAR) >= 15


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("today", [TODAY, date(2026, 5, 31), date(2026, 12, 26), date(2024, 2, 29)])
def test_the_first_case_is_late_with_what_a_meeting_meets(
    today: date, seed: int, tmp_path: Path, prison: Prison
) -> None:
    door.sign_out()
    try:
        demo.build(tmp_path, today, 40, seed, cost=CHEAP)
        key, user = demo.key_and_user(tmp_path)
        actor = door.sign_in_with(tmp_path, key, user, today)
        first = views.caseload(actor, Filter(), today, limit=1).rows[0]
        assert first.next is not None
        assert first.next.state is State.OVERDUE
        assert first.next.owner == "OS"
        assert views.contact_meets(first.next.id) in ("certain", "offer")
    finally:
        door.sign_out()
        key, user = demo.key_and_user(prison.directory)
        door.sign_in_with(prison.directory, key, user, TODAY)


def test_the_whole_prison_is_stretched_and_well_run(prison: Prison) -> None:
    everybody = prison.counts(Filter(who="all"))
    assert everybody.cases == 400
    assert 1 <= everybody.of(State.SAFETY) <= 8
    assert 35 <= everybody.of(State.OVERDUE) <= 80
    assert 8 <= everybody.of(State.TODAY) <= 30
    assert 30 <= everybody.of(State.WEEK) <= 70
    assert 20 <= everybody.of(State.UNKNOWN) <= 60
    assert everybody.unseen <= 30


def test_about_one_in_twelve_is_recalled_in_several_ways(prison: Prison) -> None:
    rows = views.caseload(prison.actor, Filter(who="all", recalled=True), TODAY).rows
    assert 24 <= len(rows) <= 40
    types = {story.read("", prison.cases[row.number], TODAY).held["recall"].value for row in rows}
    assert len(types) >= 4


def test_supervisors_hold_25_to_75_cases_each_and_nearly_everybody_has_one(prison: Prison) -> None:
    held = Counter(row.supervisor for row in views.caseload(prison.actor, Filter(who="all"), TODAY).rows)
    assert held.pop("", 0) <= 12
    assert len(held) >= 6
    assert all(25 <= load <= 75 for load in held.values())


def test_there_are_several_wings_and_his_own_is_b(prison: Prison) -> None:
    assert len(views.wings()) >= 5
    mine = Counter(row.wing for row in views.caseload(prison.actor, Filter(), TODAY).rows)
    assert mine.most_common(1)[0][0] == "B"


def test_sentences_reach_from_weeks_to_life(prison: Prison) -> None:
    types = Counter[str]()
    for rows in prison.cases.values():
        held = story.read("", rows, TODAY).held
        types[(held["sentence-type"].value or "") if "sentence-type" in held else "unsentenced"] += 1
    assert {"determinate", "extended", "ipp", "life", "unsentenced"} <= set(types)
    assert types["determinate"] > 200


def test_foreign_nationals_are_about_a_tenth(prison: Prison) -> None:
    marked = [row for row in views.caseload(prison.actor, Filter(who="all"), TODAY).rows if "FNO" in row.flags]
    assert 20 <= len(marked) <= 70


def test_every_number_is_valid_and_nobody_shares_one() -> None:
    numbers = [number_of(index, 1) for index in range(20_000)]
    assert all(is_prisoner_number(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("kind", list(KINDS))
def test_no_dates_of_custody_and_sentence_are_impossible(kind: str) -> None:
    for index in range(400):
        found = dates_of(kind, wanted(None), Dice(kind, index), TODAY)
        assert found.custody <= found.arrival <= TODAY
        if found.sentenced and not found.returned:
            assert found.custody <= found.sentenced <= TODAY
        if found.returned:
            assert found.sentenced is not None
            assert found.sentenced < found.returned <= TODAY
        if found.expiry:
            assert found.sentenced is not None
            assert found.expiry > TODAY
            assert found.expiry > found.sentenced
        if found.conditional and not found.returned:
            assert TODAY < found.conditional <= (found.expiry or date.max)
            assert found.conditional > found.custody


def test_nobody_is_released_before_custody_began_or_born_too_late(prison: Prison) -> None:
    for rows in prison.cases.values():
        held = {name: one.value for name, one in story.read("", rows, TODAY).held.items() if one.value}
        began = day_of(moment_of(held.get("custody-start", "1900-01-01")))
        born = date.fromisoformat(held["date-of-birth"])
        assert held.get("release-date", "9999") > began.isoformat()
        assert began == date(1900, 1, 1) or (began - born).days > 17.9 * 365.25
        assert TODAY.year - born.year < 90


def test_every_fact_has_a_value_of_its_kind(prison: Prison) -> None:
    for rows in prison.cases.values():
        for name, one in story.read("", rows, TODAY).held.items():
            assert name in facts()
            if one.value is not None and facts()[name].type != "staff":
                assert normal(name, one.value) == one.value


def test_nothing_was_written_before_the_record_began_or_after_today(prison: Prison) -> None:
    begin = (TODAY - timedelta(days=183)).isoformat()
    for row in prison.rows:
        assert begin <= row.day <= TODAY.isoformat()
        assert row.effective[:10] <= TODAY.isoformat()
    early = sum(row.day < (TODAY - timedelta(days=90)).isoformat() for row in prison.rows)
    assert early > len(prison.rows) / 5


def test_rows_of_a_line_follow_one_another(prison: Prison) -> None:
    for rows in prison.cases.values():
        known: set[str] = set()
        for row in rows:
            assert row.replaces is None or row.replaces in known or row.replaces.startswith(f"{row.case}/")
            known.add(row.id)


def test_what_is_recorded_from_now_on_comes_after_whatever_the_clock_says(prison: Prison) -> None:
    assert max(row.recorded for row in prison.rows) < "2020"


def test_the_history_holds_every_sort_of_row(prison: Prison) -> None:
    kinds = Counter(row.kind for row in prison.rows)
    assert {kind for kind in LISTS if not kinds[kind]} == set()


def test_as_it_was_three_months_ago_it_was_another_prison(prison: Prison) -> None:
    number = max(prison.cases, key=lambda case: len(prison.cases[case]))
    then = views.case_detail(prison.actor, number, TODAY, as_at=TODAY - timedelta(days=90))
    now = views.case_detail(prison.actor, number, TODAY)
    assert 0 < len(then.timeline) < len(now.timeline)


def test_contacts_are_written_in_whole_sentences_with_every_name_filled_in(prison: Prison) -> None:
    texts = Counter[str]()
    for row in prison.rows:
        if row.kind == p.CONTACT:
            contact = p.unpack(row.payload, p.ContactPayload)
            texts[contact.text] += 1
            for said in (contact.text, contact.strengths, contact.concerns):
                assert "{" not in said
                assert not said or (said[0].isupper() and said[-1] in ".?!")
    assert len(texts) > 0.65 * sum(texts.values())


def test_strengths_are_recorded_as_often_as_concerns(prison: Prison) -> None:
    contacts = [p.unpack(row.payload, p.ContactPayload) for row in prison.rows if row.kind == p.CONTACT]
    assert sum(bool(one.strengths) for one in contacts) > sum(bool(one.concerns) for one in contacts) > 0


def test_shares_add_up_for_any_number() -> None:
    for count in (0, 1, 7, 400):
        assert len(shares({"a": 0.5, "b": 0.3, "c": 0.2}, count)) == count
    assert Counter(shares({"a": 0.5, "b": 0.3, "c": 0.2}, 10)) == {"a": 5, "b": 3, "c": 2}


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    demo.build(tmp_path, TODAY, 3, cost=CHEAP, progress=lambda done, of: told.append((done, of)))
    assert told == [(3, 3)]
