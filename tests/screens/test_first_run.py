import pytest
from textual.pilot import Pilot

from screens.first_run import FirstRunScreen, NewRecord, RecoveryScreen, wrong
from tests.screens.stage_door import Stage, show

GOOD = {
    "establishment": "HMP Example",
    "code": "mdi",
    "name": "R Patel",
    "user": "RPatel",
    "password": "salt and vinegar",
    "again": "salt and vinegar",
}


def test_nothing_is_wrong_with_a_whole_form() -> None:
    assert wrong(GOOD) == {}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("establishment", " "),
        ("code", "MD"),
        ("code", "MD1"),
        ("code", "MDIX"),
        ("name", ""),
        ("user", ""),
        ("user", "r patel"),
        ("user", "r"),
        ("user", "-patel"),
        ("user", "pâtel"),
        ("again", "salt and pepper"),
    ],
)
def test_each_line_tells_what_is_wrong_with_it(line: str, value: str) -> None:
    assert list(wrong({**GOOD, line: value})) == [line]


@pytest.mark.parametrize("password", ["", "short", "rpatel rpatel"[:6], "password123"])
def test_a_password_that_is_no_good_is_told_before_it_is_handed_over(password: str) -> None:
    assert list(wrong({**GOOD, "password": password, "again": password})) == ["password"]


def test_every_line_says_what_it_wants_and_what_is_wrong_as_soon_as_it_is_left() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        assert "three letters, for example MDI" in stage.text
        assert "at least 10 characters" in stage.text
        await pilot.press("tab")
        assert "The name of the establishment" not in stage.text
        await stage.paste(pilot, "MD")
        await pilot.press("tab")
        assert "Three letters, for example MDI, or nothing." in stage.text
        await pilot.press("shift+tab", "end", "i", "tab")
        assert "or nothing." not in stage.text

    show(FirstRunScreen("/somewhere"), scene)


def test_the_code_of_the_establishment_may_be_left_out() -> None:
    assert wrong({**GOOD, "code": ""}) == {}


def test_what_was_typed_is_handed_over_in_its_normal_form() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        for value in GOOD.values():
            await stage.paste(pilot, f" {value}" if "salt" not in value else value)
            await pilot.press("enter")
        asked = stage.all(FirstRunScreen.Submitted)
        assert [each.new for each in asked] == [
            NewRecord("HMP Example", "MDI", "R Patel", "rpatel", "salt and vinegar")
        ]

    show(FirstRunScreen("/somewhere"), scene)


def test_what_is_wrong_stands_under_its_line_and_nothing_is_handed_over() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+s")
        assert "The name of the establishment, for example HMP Example." in stage.text
        assert "A password needs at least 10 characters." in stage.text
        assert not stage.all(FirstRunScreen.Submitted)

    show(FirstRunScreen("/somewhere"), scene)


def test_a_weak_password_is_told_under_its_line_and_only_the_passwords_are_typed_again() -> None:
    screen = FirstRunScreen("/somewhere")

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        for value in GOOD.values():
            await stage.paste(pilot, value)
            await pilot.press("enter")
        screen.refuse("That password is among the first anybody would try.", "password")
        await pilot.pause()
        assert "among the first anybody would try" in stage.text
        assert "HMP Example" in stage.text
        for value in ("bread and gravy", "bread and gravy"):
            await stage.paste(pilot, value)
            await pilot.press("enter")
        assert [each.new.password for each in stage.all(FirstRunScreen.Submitted)] == [
            "salt and vinegar",
            "bread and gravy",
        ]

    show(screen, scene)


def test_everything_wrong_at_once_fits_the_smallest_screen() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await stage.paste(pilot, "x")
        await pilot.press("tab", "x", "tab", "tab", "tab", "tab", "y", "ctrl+s")
        assert "Ctrl+S make the record" in stage.text
        assert "Password again" in stage.text

    show(FirstRunScreen("/somewhere/quite/long/" + "x" * 80), scene)


def test_only_y_takes_the_recovery_code_away() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("enter", "escape", "space", "n", "q")
        assert not stage.all(RecoveryScreen.Acknowledged)
        assert "ABCD-EFGH" in stage.text
        await pilot.press("y")
        assert len(stage.all(RecoveryScreen.Acknowledged)) == 1

    show(RecoveryScreen("ABCD-EFGH"), scene)


def test_a_whole_recovery_code_stands_on_one_line() -> None:
    code = "-".join(["ABCD"] * 8)

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        assert code in stage.text

    show(RecoveryScreen(code), scene)
