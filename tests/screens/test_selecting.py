"""Selecting people in the caseload, and acting on all of them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import views
from db.rows import CaseRow, DutyRow, Filter
from db.several import shared
from db.views.several import chosen
from screens import path_field
from screens.duty_field import title_of
from screens.several_words import numbers_in
from tests.screens.desk import LARGE, SMALL, Desk, keys, play, shell_of
from tests.screens.prison import CARTER, INSPECTOR, MANAGER, PASSWORD, TODAY, Prison
from widgets.looks import Look, LookName

pytestmark = pytest.mark.usefixtures("real_forms")


def contacts(number: str) -> list[str]:
    """What was said to somebody, newest first."""
    return [contact.text for contact in views.case_detail(MANAGER, number, TODAY).contacts]


def mine() -> tuple[CaseRow, ...]:
    """J Carter's cases."""
    return views.caseload(CARTER, Filter("mine"), TODAY).rows


def last_day(duty: DutyRow) -> date:
    """The last day a duty can be put off to."""
    last = views.last_day_to_put_off(duty)
    assert last is not None
    return last


def selected(desk: Desk) -> set[str]:
    """The numbers that are selected."""
    return set(desk.screen()._people.selected)


def test_space_selects_and_goes_on_and_a_box_a_count_and_other_keys_say_so(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        assert "[ ]" not in desk.text
        await desk.press("space", "space", "down", "space")
        assert [line[:3] for line in desk.lines if line[:1] == "["] == ["[x]", "[x]", "[ ]", "[x]", "[ ]", "[ ]"]
        assert "3 selected, 5 of 6" in desk.text
        assert desk.keys == "c contact with all   s defer   x print   e select all   Esc clear   ? keys"
        await desk.press("up", "space")
        assert len(selected(desk)) == 2

    play(prison, scene)


def test_e_selects_everybody_the_filter_shows_and_escape_gives_it_up_before_the_filter(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "e", "ctrl+s", "e")
        assert "8 selected" in desk.text
        await desk.press("escape")
        assert selected(desk) == set()
        assert desk.lines[2].startswith("All 8 ")
        await desk.press("escape")
        assert desk.lines[2].startswith("Mine 6 ")

    play(prison, scene)


def test_another_filter_selects_nobody_out_of_sight(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("e", "f", "tab", "a", "ctrl+s")
        assert selected(desk) == set()

    play(prison, scene)


def test_while_several_are_selected_what_is_done_to_one_is_not_offered(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("space", "d", "n", "t")
        assert desk.top == "CaseloadScreen"

    play(prison, scene)


def test_the_selection_survives_refresh_and_lock(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("space", "space")
        before = selected(desk)
        desk.screen().refresh_case("")
        await desk.settle()
        assert selected(desk) == before
        await desk.press("ctrl+l")
        await desk.type(CARTER.staff)
        await desk.press("enter")
        await desk.type(PASSWORD)
        await desk.press("enter")
        assert desk.top == "CaseloadScreen"
        assert selected(desk) == before
        assert "2 selected" in desk.text
        assert desk.keys.startswith("c contact with all")

    play(own_prison, scene)


def test_a_group_session_is_logged_with_all_and_undone_with_one_key(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("space", "space", "space")
        group = selected(desk)
        await desk.press("c")
        assert desk.lines[0].startswith("Log one contact with several   3 people")
        desk.screen().form.field("text").grab()
        await desk.type("Group")
        await desk.press("ctrl+s")
        assert desk.top == "CaseloadScreen"
        assert desk.keys == "Logged for 3 people. u undoes all of it."
        assert all(contacts(number)[0] == "Group" for number in group)
        assert selected(desk) == group
        await desk.press("u", "y")
        assert all("Group" not in contacts(number) for number in group)

    play(own_prison, scene)


def test_putting_off_says_to_whom_it_does_not_apply_and_puts_off_for_the_others(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("e", "s")
        assert desk.top == "DeferSeveralForm"
        shares = shared(chosen(CARTER, sorted(numbers_in(desk.screen().origin.detail)), TODAY), CARTER)
        rule = next(rule for rule, (duty, many) in shares.items() if many < 6 and duty.due)
        await desk.type(title_of(rule))
        assert "not: Has no such duty open." in desk.text
        assert "they stand first." in desk.text
        await desk.press("ctrl+s")
        assert "! To is needed." in desk.text
        days = [last_day(duty) for row in mine() for duty in row.duties if duty.id == rule and duty.due]
        assert 0 < len(days) < 6
        last = max(days)
        desk.screen().form.field("to").value = last.isoformat()
        desk.screen().form.field("why").grab()
        await desk.type("Training week")
        await desk.press("ctrl+s")
        assert desk.top == "CaseloadScreen"
        put_off = [row.number for row in mine() for duty in row.duties if duty.id == rule and duty.deferred_to == last]
        assert 0 < len(put_off) <= len(days)
        assert "u undoes all of it." in " ".join(desk.text.split())

    play(own_prison, scene)


def test_a_manager_allocates_those_selected(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("space", "space", "a")
        assert desk.top == "AllocateManyForm"
        assert desk.lines[0].startswith("Allocate cases   2 cases")

    play(own_prison, scene, actor=MANAGER)


def test_a_supervisor_is_not_offered_to_allocate(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("space", "a")
        assert desk.top == "CaseloadScreen"

    play(prison, scene, actor=CARTER)


def test_whom_somebody_has_allocated_away_is_no_longer_selected(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("e")
        assert len(selected(desk)) == 6
        from db import commands

        commands.set_facts(MANAGER, sorted(selected(desk))[0], {"supervisor": None}, TODAY)
        desk.screen().refresh_case("")
        await desk.settle()
        assert len(selected(desk)) == 5
        assert selected(desk) == {row.number for row in views.caseload(CARTER, Filter("mine"), TODAY).rows}

    play(own_prison, scene)


def test_those_selected_are_printed_alone(prison: Prison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_field, "_last", f"{tmp_path}/")

    async def scene(desk: Desk) -> None:
        await desk.press("space", "space", "x")
        assert "2 selected of Mine" in desk.text
        await desk.press("ctrl+s")
        assert "2 people written to " in desk.text

    play(prison, scene)
    (written,) = tmp_path.glob("caseload-*.txt")
    assert len(written.read_text().splitlines()) == 7


def test_an_inspector_is_offered_to_print_those_selected_and_nothing_else(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("space", "c", "s")
        assert desk.top == "CaseloadScreen"
        assert desk.keys == "x print   e select all   Esc clear   ? keys"

    play(prison, scene, actor=INSPECTOR)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_people_selected_look_like_this(snap_compare: Any, prison: Prison, size: tuple[int, int]) -> None:
    shell = shell_of(prison)
    assert snap_compare(shell, terminal_size=size, run_before=keys("space", "space", "down", "space"))


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_form_for_a_group_looks_like_this(snap_compare: Any, prison: Prison, size: tuple[int, int]) -> None:
    shell = shell_of(prison)
    assert snap_compare(shell, terminal_size=size, run_before=keys("space", "space", "space", "c"))


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_putting_off_for_several_looks_like_this(snap_compare: Any, prison: Prison, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(prison), terminal_size=size, run_before=keys("e", "s"))


def test_without_colour_or_unicode_the_boxes_still_tell_them_apart(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("space")
        assert any(line.startswith("[x] ") for line in desk.lines)
        assert any(line.startswith("[ ] ") for line in desk.lines)

    play(prison, scene, look=Look(LookName.MONO, marks=False, unicode=False))
