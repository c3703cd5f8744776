"""Saved views: one key to choose, save, drop."""

from typing import Any

import pytest

from db import commands, door
from db.rows import Filter, State
from db.views.saved import saved_views
from tests.screens.desk import LARGE, SMALL, Desk, keys, play, shell_of
from tests.screens.prison import CARTER, TODAY, Prison

pytestmark = pytest.mark.usefixtures("real_forms")


@pytest.fixture
def views_saved(own_prison: Prison) -> Prison:
    """A record in which J Carter has saved two views."""
    door.sign_in_with(own_prison.directory, own_prison.key, CARTER.staff, TODAY)
    try:
        commands.save_view(CARTER, "A wing, everybody", Filter("wing", wing="A"), TODAY)
        commands.save_view(CARTER, "Mine, late", Filter("mine", states=(State.OVERDUE,)), TODAY)
    finally:
        door.sign_out()
    return own_prison


def test_the_filter_in_force_is_saved_under_a_name(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "tab", "tab", "o", "ctrl+s", "g")
        assert "You have saved no view yet." in desk.text
        assert "Mine, overdue" in desk.text
        await desk.type("Late ones")
        await desk.press("ctrl+s")
        assert desk.top == "CaseloadScreen"
        assert desk.keys.startswith("Saved as Late ones.")
        assert [view.wanted for view in saved_views(CARTER)] == [Filter("mine", states=(State.OVERDUE,))]

    play(own_prison, scene)


def test_its_key_chooses_a_view_in_the_caseload_and_in_the_diary(views_saved: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("g", "1")
        assert desk.lines[2].startswith("A wing 2 ")
        await desk.press("2", "g", "2")
        assert desk.lines[2].startswith("Mine")
        assert "only overdue" in desk.text

    play(views_saved, scene)


def test_enter_chooses_and_delete_drops_the_one_under_the_cursor(views_saved: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("g", "down", "enter")
        assert "only overdue" in desk.text
        await desk.press("g", "delete")
        assert desk.keys == "Dropped A wing, everybody. u brings it back."
        assert [view.name for view in saved_views(CARTER)] == ["Mine, late"]

    play(views_saved, scene)


def test_leaving_changes_nothing(views_saved: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("g", "escape")
        assert desk.lines[2].startswith("Mine 6 ")

    play(views_saved, scene)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_saved_views_look_like_this(snap_compare: Any, views_saved: Prison, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(views_saved), terminal_size=size, run_before=keys("g"))
