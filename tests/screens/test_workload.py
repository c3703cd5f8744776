"""The workload: who holds how many cases, who waits, and the lists behind both."""

from typing import Any

import pytest

from db import commands
from db.rows import Actor
from screens.routes import Route
from tests.screens.allocating import HUSSAIN, MARSH, ODUYA, staffed
from tests.screens.desk import LARGE, SMALL, Desk, keys, play, shell_of
from tests.screens.prison import ADMIN, CARTER, INSPECTOR, MANAGER, TODAY, Prison
from widgets.looks import Look

pytestmark = pytest.mark.usefixtures("elsewhere")

MANAGERS = "Enter allocate  Space select  e select all  a those selected  o overview  ? keys"


@pytest.fixture(scope="module")
def office(filled_prison: Prison, tmp_path_factory: pytest.TempPathFactory) -> Prison:
    """More supervisors; for reading only."""
    return staffed(filled_prison.copy(tmp_path_factory.mktemp("office") / "record"))


@pytest.fixture
def own_office(own_prison: Prison) -> Prison:
    """The same, to be changed."""
    return staffed(own_prison)


def prose(desk: Desk) -> str:
    """What stands on the screen as one line."""
    return " ".join(desk.text.split())


def test_those_without_a_supervisor_stand_first_and_everybody_else_by_what_they_hold(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4")
        assert desk.top == "WorkloadScreen"
        names = [line[2:13].strip() for line in desk.lines[5:] if line[21:28].strip().isdigit()]
        assert names == ["Unallocated", "J Carter", "M Hall", "T Green"]
        assert desk.lines[2] == "Unallocated 2   ! 1 past the day   1 supervisor holds 6 cases   none over 70"
        assert "the longest for 12 days" in prose(desk)
        assert desk.keys == "Enter cases   a allocate all of them   r scope   / find   Esc back   ? keys"

    play(office, scene, actor=MANAGER)


@pytest.mark.parametrize("actor", [CARTER, ADMIN, INSPECTOR], ids=lambda actor: actor.role.value)
def test_who_may_not_allocate_reads_it_and_opens_cases(office: Prison, actor: Actor) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4")
        assert "allocate" not in desk.keys
        await desk.press("a")
        assert desk.top == "WorkloadScreen"
        await desk.press("down", "enter")
        assert desk.top == "HeldScreen"
        assert "[ ]" not in desk.text
        assert desk.keys == "Enter open   v reveal   / find   Esc back   ? keys"
        await desk.press("space", "e", "a")
        assert "selected" not in desk.text
        await desk.press("enter")
        assert desk.text.startswith("case case=")

    play(office, scene, actor=actor)


def test_what_a_supervisor_holds_is_said_in_words_and_drawn_as_a_bar(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down")
        line = next(line for line in desk.lines if "J Carter" in line and "█" in line)
        assert line.split()[:3] == ["J", "Carter", "6"]
        assert "6 cases:" in prose(desk)
        assert "overdue" in prose(desk)

    play(office, scene, actor=MANAGER)


def test_the_bar_is_ascii_where_marks_cannot_be_shown(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4")
        assert "! late # other" in desk.text
        assert "█" not in desk.text

    play(office, scene, actor=MANAGER, look=Look(marks=False, unicode=False))


def test_a_caseload_over_the_figure_is_flagged_in_words(own_office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        commands.apply_overrides(MANAGER, "[settings]\ncaseload_most = 5\n", TODAY)
        await desk.press("4", "down")
        assert "1 over 5" in desk.lines[2]
        line = next(line for line in desk.lines if line.startswith("! J Carter"))
        assert line.endswith("over 5")
        assert "A caseload over 5 (OMI 3.1j a)." in prose(desk)

    play(own_office, scene, actor=MANAGER)


def test_the_list_of_those_waiting_says_how_long_by_when_and_who_held_them_before(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "enter")
        assert desk.lines[2].startswith("Unallocated 2")
        waiting = [line for line in desk.lines if line.startswith("[ ]")]
        assert waiting[0].split()[2:4] == ["12", "days"]
        assert "HUSSAIN" in waiting[0]
        assert waiting[0].endswith("nobody")
        assert "4 days    ● today     MARSH" in waiting[1]
        assert waiting[1].endswith("T Green")
        assert "One offender supervisor is to be named." in prose(desk)
        assert desk.keys == MANAGERS

    play(office, scene, actor=MANAGER)


def test_a_supervisors_list_says_since_when_and_why_they_hold_the_case_under_the_cursor(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down", "enter")
        while "ODUYA" not in desk.lines[5 + desk.screen()._list.cursor]:
            await desk.press("down")
        assert "2 Feb 2026" in desk.lines[5 + desk.screen()._list.cursor]
        assert "J Carter, from Mon 2 Feb 2026: M Hall moves to another wing" in prose(desk)
        assert "M Hall, from Mon 5 Jan 2026 to Mon 2 Feb 2026: On leave" in prose(desk)

    play(office, scene, actor=MANAGER)


def test_a_reason_that_gives_something_away_waits_to_be_revealed(own_office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        commands.allocate(MANAGER, {HUSSAIN: "tgreen"}, "His victim is known to J Carter", TODAY)
        await desk.press("4", "down", "down", "enter")
        assert "The reason is discreet: v shows it." in prose(desk)
        await desk.press("v")
        assert "His victim is known to J Carter" in prose(desk)
        await desk.press("v")
        assert "victim" not in desk.text

    play(own_office, scene, actor=MANAGER)


def test_space_selects_and_goes_on_and_e_selects_everybody_or_nobody(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down", "enter", "space", "space")
        assert desk.text.count("[x]") == 2
        assert "2 selected, 3 of 6" in desk.text
        await desk.press("e")
        assert desk.text.count("[x]") == 6
        await desk.press("e")
        assert desk.text.count("[x]") == 0
        assert "selected, " not in desk.text

    play(office, scene, actor=MANAGER)


def test_where_you_were_and_what_was_selected_survives_the_lock(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down", "enter", "down", "space")
        route = desk.screen().route()
        assert route.place == "held"
        assert route.detail.startswith(f"{CARTER.staff}\n")
        from screens.messages import Go

        await desk.press("escape")
        desk.shell.screen.post_message(Go(route))
        await desk.settle()
        assert desk.text.count("[x]") == 1
        assert "1 selected, 3 of 6" in desk.text

    play(office, scene, actor=MANAGER)


def test_the_place_is_found_again_as_it_was_left(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down", "enter", "1", "4")
        assert desk.top == "HeldScreen"
        await desk.press("4")
        assert desk.top == "WorkloadScreen"
        assert desk.screen().route() == Route("workload", cursor="")
        await desk.press("escape")
        assert desk.top == "CaseloadScreen"

    play(office, scene, actor=MANAGER)


def test_o_opens_the_case(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "enter", "down", "o")
        assert f"case case={MARSH}" in desk.text

    play(office, scene, actor=MANAGER)


def test_who_holds_nothing_has_a_list_that_says_so(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "end", "enter")
        assert "T Green holds no cases." in desk.text
        assert desk.keys == "? keys"

    play(office, scene, actor=MANAGER)


def test_an_empty_record_says_that_nobody_waits(empty_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4")
        assert "Everybody here has a supervisor." in desk.text
        assert "allocate" not in desk.keys
        await desk.press("enter")
        assert "Everybody here has a supervisor." in desk.text

    play(empty_prison, scene, actor=MANAGER)


def test_a_person_can_be_found_from_here(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "K")
        assert desk.top == "FindScreen"
        assert "KAUR" in desk.text

    play(office, scene, actor=MANAGER)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
def test_picture_of_the_workload(office: Prison, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(office, MANAGER), terminal_size=size, run_before=keys("4", "down"))


def test_picture_of_a_supervisors_cases_with_some_selected(office: Prison, snap_compare: Any) -> None:
    pressed = ("4", "down", "enter", "space", "down", "space")
    assert snap_compare(shell_of(office, MANAGER), terminal_size=SMALL, run_before=keys(*pressed))


def test_of_the_summary_no_part_is_broken_between_two_lines(own_office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        commands.allocate(MANAGER, {ODUYA: "mhall"}, "Knows the family", TODAY)
        commands.set_terms(MANAGER, "mhall", TODAY, hours=37, areas=(), away=TODAY, back=None)
        await desk.press("4")
        assert desk.lines[2] == "Unallocated 2   ! 1 past the day   2 supervisors hold 6 cases, 3 on average"
        assert desk.lines[3] == "none over 70   1 away"

    play(own_office, scene, actor=MANAGER)
