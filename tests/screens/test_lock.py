import pytest
from textual.geometry import Size
from textual.pilot import Pilot

from screens.blank import BlankScreen
from screens.lock import LockScreen
from screens.sign_in import SignInScreen
from screens.too_small import TooSmallScreen, too_small
from tests.screens.stage_door import Stage, show


def test_the_lock_asks_for_user_name_and_password_and_shows_nothing_else() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        words = [line.strip() for line in stage.text.splitlines() if line.strip()]
        assert words == [
            "Wingdesk · Locked",
            "─" * 80,
            "User name",
            "Password",
            "Enter sign in   Tab next line",
        ]
        await pilot.press("j", "c", "enter", "p", "w", "enter")
        assert len(stage.all(SignInScreen.Submitted)) == 1

    show(LockScreen(), scene)


def test_the_blank_screen_shows_nothing_and_tells_of_a_key() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        assert stage.text.strip() == ""
        await pilot.press("enter")
        assert len(stage.all(BlankScreen.Woken)) == 1

    show(BlankScreen(), scene)


@pytest.mark.parametrize(
    ("columns", "rows", "small"),
    [(80, 24, False), (79, 24, True), (80, 23, True), (81, 25, False), (200, 10, True), (20, 60, True)],
)
def test_eighty_by_twenty_four_is_enough_and_less_is_not(columns: int, rows: int, small: bool) -> None:
    assert too_small(Size(columns, rows)) is small


@pytest.mark.parametrize("size", [(79, 24), (30, 8), (20, 10)])
def test_a_small_window_reads_the_whole_sentence(size: tuple[int, int]) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        words = " ".join(stage.text.split())
        assert f"needs 80 columns by 24 rows; this window has {size[0]} by {size[1]}." in words
        assert "goes away by itself." in words

    show(TooSmallScreen(), scene, size=size)
