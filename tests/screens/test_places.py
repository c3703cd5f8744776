"""The numbers of the places: they work everywhere, and each place is found again as it was left, also after a lock."""

import pytest

from tests.screens.desk import Desk, play
from tests.screens.prison import CARTER, MANAGER, PASSWORD, Prison

pytestmark = pytest.mark.usefixtures("real_forms")


async def lock_and_come_back(desk: Desk, user: str) -> None:
    """Lock, and sign in again."""
    await desk.press("ctrl+l")
    assert "Locked" in desk.text
    await desk.type(user)
    await desk.press("enter")
    await desk.type(PASSWORD)
    await desk.press("enter")


def test_each_place_is_found_again_as_it_was_left(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("down", "down")
        person = desk.screen()._people.number
        await desk.press("2", "up", "enter")
        assert "Before today" in desk.lines[2]
        await desk.press("4", "down", "enter")
        assert desk.top == "HeldScreen"
        await desk.press("1")
        assert desk.screen()._people.number == person
        await desk.press("2")
        assert "Before today" in desk.lines[2]
        await desk.press("4")
        assert desk.top == "HeldScreen"

    play(prison, scene, actor=MANAGER)


@pytest.mark.parametrize(
    "way",
    [
        ("enter",),
        ("enter", "h"),
        ("t",),
        ("2", "up", "enter"),
        ("2", "up", "enter", "enter"),
        ("4", "down", "enter"),
        ("4", "r"),
        ("4", "4", "r", "enter"),
    ],
    ids="-".join,
)
def test_the_numbers_work_from_every_room(prison: Prison, way: tuple[str, ...]) -> None:
    async def scene(desk: Desk) -> None:
        for number, there in (("1", "CaseloadScreen"), ("2", "DiaryScreen"), ("4", "WorkloadScreen")):
            await desk.press("1", "1", *way)
            top = desk.top
            await desk.press(number)
            if top not in ("DiaryScreen", "CaseScreen", "HeldScreen", "ScopeScreen"):
                assert desk.top == there
            else:
                assert desk.lines[1].startswith("1 Caseload  2 Diary")
            await desk.press(number)
            assert desk.top == there

    play(prison, scene, actor=CARTER)


def test_after_a_lock_the_other_places_too_are_as_they_were(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "right", "right")
        await desk.press("4", "down", "1")
        await lock_and_come_back(desk, CARTER.staff)
        assert desk.top == "CaseloadScreen"
        await desk.press("2")
        assert "day=2026-03-04" in desk.screen().route().detail
        await desk.press("4")
        assert desk.screen().route().cursor == CARTER.staff

    play(prison, scene, actor=CARTER)
