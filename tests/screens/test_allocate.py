"""Naming supervisors: one case, several, everything somebody holds."""

from datetime import date
from typing import Any

import pytest

from app import rooms
from db import commands, views
from db.loads import HeldCase
from db.rows import Filter
from screens.held_items import HeldList
from tests.screens.allocating import HUSSAIN, MARSH, ODUYA, staffed
from tests.screens.desk import SMALL, Desk, keys, play, shell_of
from tests.screens.prison import CARTER, MANAGER, TODAY, Prison
from tests.widgets.stage import case

pytestmark = pytest.mark.usefixtures("elsewhere")


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


def holds(staff: str) -> set[str]:
    """The numbers of those somebody holds."""
    return {row.number for row in views.caseload(MANAGER, Filter("supervisor", staff), TODAY).rows}


def chosen(desk: Desk) -> str:
    """The line that is chosen."""
    return next(line for line in desk.lines if "(x)" in line).split("(x)")[1].strip()


async def reason(desk: Desk, text: str = "Knows the family") -> None:
    """Go to the reason, type it, save."""
    await desk.press("tab")
    await desk.type(text)
    await desk.press("ctrl+s")


def test_the_suggestion_stands_first_explained_and_chosen(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "enter", "down", "enter")
        assert desk.lines[0].startswith("Allocate a case   MARSH TONY  ")
        said = prose(desk)
        assert "Nobody supervises this case now." in said
        assert "Suggested: T Green. Held this case from Mon 5 Jan 2026 to Thu 26 Feb 2026 and knows the person." in said
        assert "Home probation area and hours are not in the record, so neither is weighed." in said
        assert chosen(desk).startswith("T Green")
        assert chosen(desk).endswith("suggested")
        assert "T Green would then hold 1 case." in said
        assert "G One" not in said, "who has left cannot be chosen"

    play(office, scene, actor=MANAGER)


def test_a_case_is_allocated_in_one_key_a_reason_and_save(own_office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "enter", "down", "enter")
        await reason(desk)
        assert desk.top == "HeldScreen"
        assert desk.lines[2].startswith("Unallocated 1")
        assert desk.keys == "MARSH TONY allocated to T Green. First meeting by Mon 16 Mar 2026."
        assert holds("tgreen") == {MARSH}

    play(own_office, scene, actor=MANAGER)


def test_without_a_reason_nothing_is_saved_and_the_field_says_so(own_office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "enter", "enter", "ctrl+s")
        assert desk.top == "AllocateForm"
        assert "! Reason is needed." in desk.text
        assert holds("tgreen") == set()

    play(own_office, scene, actor=MANAGER)


def test_part_of_a_name_chooses_somebody_else(own_office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "enter", "enter")
        await desk.type("hal")
        assert chosen(desk).startswith("M Hall")
        assert "“hal”: 1 of 3" in desk.text
        await desk.type("zz")
        assert chosen(desk).startswith("M Hall"), "a letter nobody has is not taken"
        await desk.press("backspace", "backspace", "backspace")
        assert desk.text.count("( )") == 2
        await reason(desk)
        assert holds("mhall") == {HUSSAIN}

    play(own_office, scene, actor=MANAGER)


def test_up_and_down_choose_and_go_on_past_the_end(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "enter", "enter")
        first = chosen(desk)
        await desk.press("down")
        assert chosen(desk) != first
        await desk.press("up")
        assert chosen(desk) == first
        await desk.press("down", "down", "down")
        assert desk.shell.focused is not None
        assert desk.shell.focused is not desk.screen().form.field("to")

    play(office, scene, actor=MANAGER)


def test_who_has_the_case_now_is_named_with_the_reason_and_cannot_be_chosen_again(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        from screens.messages import Go
        from screens.routes import Route

        desk.shell.screen.post_message(Go(Route("allocate", ODUYA)))
        await desk.settle()
        assert "Now: J Carter since Mon 2 Feb 2026 (M Hall moves to another wing)." in prose(desk)
        assert "Suggested: M Hall." in prose(desk)
        assert "( ) J Carter" not in desk.text

    play(office, scene, actor=MANAGER)


def test_that_somebody_would_hold_too_many_is_said_before_it_is_saved(own_office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        commands.apply_overrides(MANAGER, "[settings]\ncaseload_most = 6\n", TODAY)
        await desk.press("4", "enter", "enter")
        await desk.type("carter")
        assert "at 6 or over" in chosen(desk)
        assert "J Carter would then hold 7 cases, over 6 (OMI 3.1j a)." in prose(desk)

    play(own_office, scene, actor=MANAGER)


def test_somebody_else_allocating_meanwhile_is_told_and_nothing_is_overwritten(own_office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "enter", "enter")
        commands.allocate(MANAGER, {HUSSAIN: "mhall"}, "Sooner", TODAY)
        await reason(desk)
        assert desk.top == "AllocateForm"
        assert "Somebody else has just allocated HUSSAIN IMRAN (now M Hall)." in prose(desk)
        assert holds("mhall") == {HUSSAIN}

    play(own_office, scene, actor=MANAGER)


def test_everything_a_leaver_holds_is_shared_out_at_once_and_undone_at_once(own_office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down", "a")
        assert desk.lines[0] == "Allocate cases   6 cases: everything J Carter holds"
        assert chosen(desk) == "Each as suggested"
        assert "6 cases would be allocated. Then hold: T Green 3 (+3), M Hall 3 (+3)." in prose(desk)
        assert "ODUYA SAMUEL A1001AB to M Hall Held it until Mon 2 Feb 2026." in prose(desk)
        await reason(desk, "J Carter leaves on Friday")
        assert desk.top == "WorkloadScreen"
        assert desk.keys == "6 cases allocated: T Green 3, M Hall 3. u undoes all of it."
        assert ODUYA in holds("mhall")
        assert (len(holds("mhall")), len(holds("tgreen")), len(holds(CARTER.staff))) == (3, 3, 0)
        await desk.press("u")
        assert "6 cases allocated: T Green 3, M Hall 3" in desk.text
        await desk.press("y")
        assert len(holds(CARTER.staff)) == 6

    play(own_office, scene, actor=MANAGER)


def test_several_that_are_selected_go_to_one_and_the_rest_stays(own_office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down", "enter", "space", "down", "space")
        picked = desk.screen()._list.chosen_numbers
        await desk.press("a")
        assert desk.lines[0] == "Allocate cases   2 cases"
        await desk.type("green")
        assert "T Green would then hold 2 cases." in prose(desk)
        await reason(desk)
        assert desk.top == "HeldScreen"
        assert holds("tgreen") == set(picked)
        assert len(holds(CARTER.staff)) == 4
        assert "[x]" not in desk.text

    play(own_office, scene, actor=MANAGER)


def test_what_would_not_apply_stands_first_with_the_reason(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        from screens.allocate_words import several
        from screens.messages import Go

        desk.shell.screen.post_message(Go(several((HUSSAIN, ODUYA, "A9999ZZ"))))
        await desk.settle()
        await desk.type("carter")
        said = prose(desk)
        assert "1 case would be allocated, 2 would not: they stand first. Then hold: J Carter 7 (+1)." in said
        assert said.index("ODUYA") < said.index("HUSSAIN")
        assert "stays: J Carter is the supervisor already." in said
        assert "stays: There is nobody with this number" in said

    play(office, scene, actor=MANAGER)


def test_the_preview_is_reached_with_tab_and_left_with_it(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down", "a", "tab", "tab", "down")
        assert desk.shell.focused is desk.screen()._preview
        assert desk.screen()._preview.cursor == 1
        await desk.press("tab")
        assert desk.shell.focused is desk.screen().form.field("to")

    play(office, scene, actor=MANAGER)


def test_where_nothing_would_change_nothing_is_saved(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        from screens.allocate_words import several
        from screens.messages import Go

        desk.shell.screen.post_message(Go(several((ODUYA, "A9999ZZ"))))
        await desk.settle()
        await desk.type("carter")
        await reason(desk)
        assert desk.top == "AllocateManyForm"
        assert "None of these cases would change hands." in prose(desk)

    play(office, scene, actor=MANAGER)


def test_a_draft_of_the_reason_and_the_choice_is_offered_back(own_office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down", "a")
        await desk.type("hall")
        await desk.press("tab")
        await desk.type("Leaves")
        await desk.press("escape", "y")
        assert desk.top == "WorkloadScreen"
        await desk.press("a")
        assert "A draft from" in desk.text
        await desk.press("enter")
        assert chosen(desk).startswith("M Hall")
        assert "Leaves" in desk.text
        assert "6 cases would be allocated. Then hold: M Hall 6 (+6)." in prose(desk)

    play(own_office, scene, actor=MANAGER)


def test_a_form_opened_by_who_may_not_allocate_says_whose_it_is(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        from screens.messages import Go
        from screens.routes import Route

        desk.shell.screen.post_message(Go(Route("allocate", HUSSAIN)))
        await desk.settle()
        assert "Naming a supervisor is the manager's. Esc leaves." in desk.text
        await desk.press("ctrl+s", "escape")
        assert desk.top == "CaseloadScreen"

    play(office, scene, actor=CARTER)


def test_the_supervisor_sees_in_the_case_why_it_came_to_them(
    own_office: Prison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rooms.SCREENS, "case", ("screens.case", "CaseScreen"))

    async def scene(desk: Desk) -> None:
        from screens.messages import Go
        from screens.routes import Route

        commands.allocate(MANAGER, {MARSH: CARTER.staff}, "T Green is away until May", TODAY)
        desk.shell.screen.post_message(Go(Route("history", MARSH)))
        await desk.settle()
        assert "Offender supervisor: J Carter – T Green is away until May" in prose(desk)
        desk.shell.screen.post_message(Go(Route("case", MARSH, "first-meeting")))
        await desk.settle()
        assert "Reason given: T Green is away until May." in prose(desk)

    play(own_office, scene, actor=CARTER)


def test_picture_of_allocating_one_case(office: Prison, snap_compare: Any) -> None:
    pressed = ("4", "enter", "down", "enter")
    assert snap_compare(shell_of(office, MANAGER), terminal_size=SMALL, run_before=keys(*pressed))


def test_picture_of_everything_somebody_holds_being_shared_out(office: Prison, snap_compare: Any) -> None:
    assert snap_compare(shell_of(office, MANAGER), terminal_size=SMALL, run_before=keys("4", "down", "a"))


def test_a_wait_that_cannot_be_told_is_not_shown_as_late() -> None:
    people = HeldList("", choosing=False)
    people.today = TODAY

    def said(told: bool) -> str:
        waiting = HeldCase(case("A1", "Barlow"), date(2015, 2, 1), (), by=date(2015, 2, 3), told=told)
        return "".join(piece.text for piece in people.head(waiting, 80, cursor=False))

    assert "! 11y late" in said(told=True)
    assert "? Feb 2015" in said(told=False)
    assert "late" not in said(told=False)
