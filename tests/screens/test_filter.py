"""Choosing who the caseload shows."""

from typing import Any

import pytest

from db.rows import Filter, State
from screens.filter_words import decode, encode
from tests.screens.desk import Desk, keys, play, shell_of
from tests.screens.prison import ADMIN, MANAGER, Prison

pytestmark = pytest.mark.usefixtures("elsewhere")


async def show(desk: Desk) -> None:
    """Take the form's answer."""
    await desk.press("ctrl+s")
    assert desk.top == "CaseloadScreen"


def test_two_keys_and_save_show_everybody(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "e")
        await show(desk)
        assert desk.lines[2].startswith("All 8 ")
        assert "HUSSAIN" in desk.text

    play(prison, scene)


def test_a_wing_is_shown_alone_under_its_name(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "tab", "a")
        await show(desk)
        assert desk.lines[2].startswith("A wing 2 ")
        assert sorted(desk.names) == ["HUSSAIN", "MARSH"]

    play(prison, scene, actor=MANAGER)


def test_a_wing_of_mine_stays_mine(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "tab", "a")
        await show(desk)
        assert desk.lines[2].startswith("Mine on A 0 ")
        assert "Nobody is in this list (Mine on A). Esc takes the filter off" in " ".join(desk.text.split())

    play(prison, scene)


def test_a_tier_narrows_the_list_and_the_counts_and_is_named_above_it(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        tiers = {row.surname: row.tier for row in desk.screen()._people._items}
        await desk.press("f", "tab", "tab", "tab", "tab", "n")
        await show(desk)
        assert sorted(desk.names) == sorted(name for name, tier in tiers.items() if tier is None)
        assert "only tier not known" in desk.lines[3]

    play(prison, scene, actor=MANAGER)


def test_a_state_narrows_the_list(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        rows = desk.screen()._people._items
        wanted = sorted(row.surname for row in rows if row.state in (State.SAFETY, State.OVERDUE, State.TODAY))
        await desk.press("f", "tab", "tab", "e")
        await show(desk)
        assert sorted(desk.names) == wanted
        assert len(wanted) > 0

    play(prison, scene, actor=MANAGER)


def test_a_duty_is_understood_from_part_of_its_title_and_shown_beside_it(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "tab", "tab", "tab")
        await desk.type("bcst 1")
        assert "BCST 1" in desk.text
        await show(desk)
        rows = desk.screen()._people._items
        assert all(any(duty.id == "bcst-1" or "BCST 1" in duty.discreet_title for duty in row.duties) for row in rows)
        assert "only BCST 1" in desk.lines[3]

    play(prison, scene, actor=MANAGER)


def test_a_title_no_duty_has_is_said_under_the_field(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "tab", "tab", "tab")
        await desk.type("xyzzy")
        await desk.press("ctrl+s")
        assert desk.top == "FilterForm"
        assert "No duty has that in its title." in desk.text

    play(prison, scene)


def test_not_seen_shows_only_people_nobody_has_met_lately(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "tab", "tab", "tab", "tab", "tab", "tab", "space")
        await show(desk)
        assert sorted(desk.names) == ["BARLOW", "FENWICK", "HUSSAIN"]

    play(prison, scene, actor=MANAGER)


def test_leaving_changes_nothing_and_asks_nothing(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "e", "escape")
        assert desk.top == "CaseloadScreen"
        assert desk.lines[2].startswith("Mine 6 ")

    play(prison, scene)


def test_the_form_opens_on_the_filter_in_force(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "tab", "b", "tab", "tab", "tab", "4", "tab", "space")
        await show(desk)
        await desk.press("f")
        assert "(B)" in desk.text
        assert "(4)" in desk.text
        assert "[x] only people who were recalled" in desk.text

    play(prison, scene, actor=MANAGER)


def test_escape_in_the_caseload_takes_the_filter_off(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "e")
        await show(desk)
        await desk.press("escape")
        assert desk.lines[2].startswith("Mine 6 ")

    play(prison, scene)


def test_the_cursor_stays_on_the_person_when_the_list_grows(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("down", "down")
        number = desk.screen().route().cursor
        await desk.press("f", "e")
        await show(desk)
        assert desk.screen().route().cursor == number

    play(prison, scene)


@pytest.mark.parametrize(
    "wanted",
    [
        Filter("all"),
        Filter("mine", wing="B"),
        Filter("wing", wing="A&B=C", states=(State.SAFETY, State.OVERDUE), tier_unknown=True),
        Filter("supervisor", "jcarter", duty="bcst1", tier=3, recalled=True, unseen=True),
    ],
)
def test_a_filter_survives_as_text(wanted: Filter) -> None:
    assert decode(encode(wanted), Filter("mine")) == wanted


def test_no_text_is_the_filter_one_begins_with() -> None:
    assert decode("", Filter("all")) == Filter("all")


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])
def test_picture_of_the_filter(prison: Prison, snap_compare: Any, size: tuple[int, int]) -> None:
    pressed = ("f", "tab", "tab", "tab", "r", "i", "s", "k")
    assert snap_compare(shell_of(prison, ADMIN), terminal_size=size, run_before=keys(*pressed))
