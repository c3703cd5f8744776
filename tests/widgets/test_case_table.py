"""The caseload: what a line says, where the cursor stays, what a key repaints."""

from collections.abc import Iterator, Sequence
from typing import overload

import pytest
from textual.pilot import Pilot

from db.rows import CaseRow, MissingFact, State
from tests.widgets.stage import LARGE, SMALL, TODAY, Stage, case, caseload, duty, play
from widgets import case_columns, themes
from widgets.case_table import CaseTable
from widgets.lines import width_of
from widgets.looks import Look, LookName


def table(rows: Sequence[CaseRow], more: bool = False) -> CaseTable:
    made = CaseTable()
    made.today = TODAY
    made.show(rows, more)
    return made


def line(row: CaseRow, width: int = 80, *, reveal: bool = False, owner: str = "OS") -> str:
    pieces = case_columns.line(row, width, TODAY, reveal, owner, cursor=False)
    assert width_of(pieces) <= width
    return "".join(piece.text for piece in pieces).rstrip()


BARLOW = case(
    "A1234BC",
    "Barlow",
    duty("Go through the recall dossier", State.OVERDUE, -4, discreet="Go through the reasons"),
    duty("A", State.TODAY, 0),
    duty("B", State.UNKNOWN, None),
    duty("C", State.WEEK, 7),
    duty("D", State.OPEN, 30),
    duty("E", State.LATER, 31),
    rosh="high",
    flags=("PPO",),
    out=None,
)


def test_a_line_says_due_duty_others_name_place_seen_and_out() -> None:
    assert line(BARLOW) == "! 4d late  Go through the reasons    +3  BARLOW Dean        B-2-014   11d   ?"


def test_the_heading_stands_over_its_columns() -> None:
    heading = "".join(piece.text for piece in case_columns.heading(80, False))
    assert heading == "  Due      Next duty                  +  Name               Where     Seen  Out"


def test_revealed_titles_are_the_full_ones_where_they_fit_and_never_cut_for_it() -> None:
    assert "Go through the recall dossier" in line(BARLOW, 120, reveal=True)
    assert "Go through the reasons " in line(BARLOW, reveal=True)


def test_forenames_that_do_not_fit_become_initials_from_the_last_on() -> None:
    assert " WHITTLE Ashley D " in line(case("A1", "Whittle", duty(), forenames="Ashley Daniel"))
    assert " WHITTLE-SMYTHE A D " in line(case("A1", "Whittle-Smythe", duty(), forenames="Ashley Daniel"))
    assert " WHITTLE-SMYTHE-JO… " in line(case("A1", "Whittle-Smythe-Jones", duty(), forenames="Ashley"))


def test_a_place_that_is_no_cell_is_not_cut() -> None:
    assert " reception " in line(case("A1", "Barlow", duty(), where="reception"))


def test_risk_words_are_on_the_line_only_when_revealed() -> None:
    assert "RoSH" not in line(BARLOW, 120)
    assert "RoSH high · PPO" in line(BARLOW, 120, reveal=True)


def test_whom_to_chase_is_never_cut() -> None:
    def said(title: str) -> str:
        return line(case("A1234BC", "Singh", duty(title, State.OVERDUE, -6, owner="CRC")))

    assert " BCST 2 (chase CRC) " in said("BCST 2")
    assert " Pre-release review (CRC) " in said("Pre-release review")
    assert " What came of a refer… (CRC) " in said("What came of a referral or signposting")


def test_a_manager_chases_neither_managers_nor_supervisors() -> None:
    for owner in ("OS", "MAN"):
        row = case("A1", "Singh", duty("Risk review", State.OVERDUE, -6, owner=owner))
        assert "chase" not in line(row, owner="MAN")
    row = case("A1", "Singh", duty("Name a supervisor", State.OVERDUE, -6, owner="MAN"))
    assert "(chase MAN)" in line(row, 120)


def test_what_cannot_be_told_names_the_missing_fact() -> None:
    unknown = duty("BCST 1", State.UNKNOWN, None, missing=("custody-start",))
    row = case("A1234BC", "Hussain", unknown, missing=(MissingFact("custody-start", "Custody start", ("bcst1",)),))
    assert line(row).startswith("? no date  Custody start missing")


def test_a_long_name_of_a_missing_fact_is_not_cut() -> None:
    unknown = duty("Tenancy", State.UNKNOWN, None, missing=("tenancy",))
    fact = MissingFact("tenancy", "Tenancy or mortgage", ("tenancy",))
    row = case("A1", "Hussain", unknown, duty("B", State.WEEK), missing=(fact,))
    assert line(row).startswith("? no date  Tenancy or mortgage?      +1 ")
    assert "Tenancy or mortgage missing" in line(row, 120)


def test_a_missing_fact_that_gives_something_away_is_not_named_until_revealed() -> None:
    unknown = duty("Risk of harm review", State.UNKNOWN, None, discreet="Risk review", missing=("rosh",))
    row = case("A1234BC", "Hussain", unknown, missing=(MissingFact("rosh", "Risk of serious harm (RoSH)", ()),))
    assert line(row).startswith("? no date  Risk review ")
    assert "Risk of serious harm" in line(row, reveal=True)


def test_somebody_without_duties_is_clear() -> None:
    assert line(case("A1234BC", "Lloyd")).startswith("✓ clear    nothing due")


@pytest.mark.parametrize(("width", "shown"), [(80, False), (99, False), (100, True), (160, True)])
def test_number_and_tier_come_from_a_hundred_columns_on(width: int, shown: bool) -> None:
    assert ("A1234BC 4" in line(BARLOW, width)) is shown


@pytest.mark.parametrize(("width", "shown"), [(119, False), (120, True)])
def test_scope_comes_from_a_hundred_and_twenty_columns_on(width: int, shown: bool) -> None:
    assert ("in scope" in line(BARLOW, width)) is shown


@pytest.mark.parametrize(("width", "shown"), [(149, False), (150, True)])
def test_the_kind_of_release_comes_from_a_hundred_and_fifty_columns_on(width: int, shown: bool) -> None:
    assert ("conditional" in line(BARLOW, width)) is shown


def test_a_wider_table_never_has_a_narrower_duty_or_name() -> None:
    for width in (100, 120, 150):
        narrow, wide = case_columns.columns(80), case_columns.columns(width)
        assert (wide.duty >= narrow.duty, wide.name >= narrow.name) == (True, True)


@pytest.mark.parametrize("width", [79, 80, 90, 99, 100, 110, 119, 120, 149, 150, 160, 200])
def test_a_line_fits_its_width_whatever_the_names(width: int) -> None:
    late = duty("W" * 90, State.OVERDUE, -4000, owner="CRC")
    others = [duty(f"Duty {at}", State.WEEK, 1) for at in range(120)]
    long = case(
        "A1234BC",
        "Featherstonehaugh-Cholmondeley",
        late,
        *others,
        forenames="Maximilian Ünal",
        where="MCASU-CASU1-C1-004",
    )
    assert width_of(case_columns.line(long, width, TODAY, True, "OS", cursor=True)) <= width


# The cursor -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_keys_move_the_cursor_and_the_one_under_it_is_told(size: tuple[int, int]) -> None:
    people = table(caseload(200))
    stage = Stage(people)

    async def scene(pilot: Pilot[None]) -> None:
        page = size[1] - 2
        for key, at in [
            ("down", 1),
            ("down", 2),
            ("up", 1),
            ("pagedown", 1 + page),
            ("end", 199),
            ("down", 199),
            ("home", 0),
            ("up", 0),
        ]:
            await pilot.press(key)
            assert people.cursor == at
        await pilot.press("down")
        heard = stage.last(CaseTable.Highlighted).row
        assert heard is not None
        assert heard.number == people.number == "A0001AA"

    play(stage, scene, size)


def test_the_cursor_is_always_in_view() -> None:
    people = table(caseload(200))
    stage = Stage(people)

    async def scene(pilot: Pilot[None]) -> None:
        for key in ("end", "pageup", "pageup", "up", "home", "pagedown", "down"):
            await pilot.press(key)
            assert f"FILLER Number {people.cursor} " in stage.text

    play(stage, scene)


def test_a_cursor_that_leaves_the_view_comes_to_stand_in_the_middle() -> None:
    stage = Stage(table(caseload(200)))

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("pagedown", "down")
        assert stage.text.splitlines()[12].split()[6:8] == ["Number", "23"]

    play(stage, scene)


def test_the_heading_stays_when_the_list_scrolls() -> None:
    stage = Stage(table(caseload(200)))

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("end")
        assert stage.text.splitlines()[0].startswith("  Due      Next duty")
        assert stage.text.splitlines()[-1].split()[6:8] == ["Number", "199"]

    play(stage, scene)


def test_enter_opens_the_person_under_the_cursor() -> None:
    stage = Stage(table(caseload(5)))

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter")
        assert stage.last(CaseTable.Opened).row.number == "A0001AA"

    play(stage, scene)


def test_the_cursor_stays_on_the_person_when_the_order_changes() -> None:
    rows = caseload(50)
    people = table(rows)
    stage = Stage(people)

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("down", "down")
        people.show([*rows[10:], *rows[:10]])
        await pilot.pause()
        assert (people.number, people.cursor) == ("A0002AA", 42)
        assert "FILLER Number 2 " in stage.text

    play(stage, scene)


def test_when_the_person_is_gone_the_cursor_stays_where_it_was() -> None:
    rows = caseload(5)
    people = table(rows)

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("end")
        people.show(rows[:4])
        assert people.number == "A0003AA"

    play(Stage(people), scene)


def test_somebody_can_be_gone_to_by_number() -> None:
    people = table(caseload(50))
    stage = Stage(people)

    async def scene(pilot: Pilot[None]) -> None:
        assert people.go_to("A0040AA")
        assert not people.go_to("Z9999ZZ")
        await pilot.pause()
        assert people.cursor == 40
        assert "FILLER Number 40 " in stage.text

    play(stage, scene)


def test_revealing_changes_titles_and_changing_back_hides_them() -> None:
    people = table([BARLOW])
    stage = Stage(people)

    async def scene(pilot: Pilot[None]) -> None:
        assert "Go through the reasons" in stage.text
        people.reveal = True
        await pilot.pause()
        assert "Go through the recall dossier" in stage.text
        people.reveal = False
        await pilot.pause()
        assert "recall" not in stage.text

    play(stage, scene, LARGE)


def test_another_look_is_put_on_while_the_program_runs() -> None:
    stage = Stage(table([BARLOW]))

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("down")
        themes.dress(stage, Look(LookName.MONO, marks=False, unicode=False))
        await pilot.pause()
        assert stage.text.isascii()
        assert "! 4d late" in stage.text

    play(stage, scene)


def test_an_empty_caseload_says_what_fills_it() -> None:
    stage = Stage(table([]))

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter", "end")
        assert "5 takes in today's extract" in stage.text
        assert stage.last(CaseTable.Highlighted).row is None

    play(stage, scene)


# Many people ----------------------------------------------------------------------------------------------------------


def test_more_is_asked_for_once_when_the_end_comes_near() -> None:
    people = table(caseload(200), more=True)
    stage = Stage(people)

    async def scene(pilot: Pilot[None]) -> None:
        assert stage.count(CaseTable.NearEnd) == 0
        await pilot.press("end", "up", "down")
        assert stage.count(CaseTable.NearEnd) == 1
        people.append([case(f"B{at:04}AA", "Later", duty()) for at in range(200)], more=True)
        await pilot.pause()
        assert people.number == "A0199AA"
        await pilot.press("end")
        assert stage.count(CaseTable.NearEnd) == 2
        people.append([case("C0000AA", "Last", duty())])
        await pilot.press("end")
        assert people.number == "C0000AA"
        assert stage.count(CaseTable.NearEnd) == 2

    play(stage, scene)


class Lazy(Sequence[CaseRow]):
    """A hundred thousand people, made when they are looked at."""

    def __init__(self) -> None:
        self.looked_at: set[int] = set()

    def __len__(self) -> int:
        return 100_000

    @overload
    def __getitem__(self, at: int) -> CaseRow: ...
    @overload
    def __getitem__(self, at: slice) -> list[CaseRow]: ...
    def __getitem__(self, at: int | slice) -> CaseRow | list[CaseRow]:
        assert isinstance(at, int)
        self.looked_at.add(at)
        return case(f"N{at:06}", "Filler", duty())

    def __iter__(self) -> Iterator[CaseRow]:
        raise AssertionError("read through")

    def index_of(self, number: str) -> int | None:
        return int(number[1:])


def test_a_hundred_thousand_people_are_looked_at_only_where_they_are_drawn() -> None:
    rows = Lazy()
    people = table(rows)

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("end", "home", "pagedown", "down")
        assert people.go_to("N050000")
        people.show(rows)
        await pilot.pause()
        assert people.number == "N050000"
        assert len(rows.looked_at) < 200

    play(Stage(people), scene)
