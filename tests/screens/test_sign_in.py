from textual.pilot import Pilot
from textual.widgets import Input

from screens.sign_in import SignInScreen
from tests.screens.stage_door import Stage, show
from widgets.looks import Look


def test_enter_goes_from_the_user_name_to_the_password_and_then_asks() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("j", "c", "enter")
        assert not stage.all(SignInScreen.Submitted)
        await pilot.press("p", "w", "enter")
        asked = stage.all(SignInScreen.Submitted)
        assert [(each.user, each.password) for each in asked] == [("jc", "pw")]

    show(SignInScreen(), scene)


def test_the_password_is_never_drawn() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("tab")
        await stage.paste(pilot, "gravy")
        assert "gravy" not in stage.text
        assert "•••••" in stage.text

    show(SignInScreen(), scene)


def test_without_unicode_the_password_is_drawn_in_ascii() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("tab")
        await stage.paste(pilot, "gravy")
        assert "*****" in stage.text
        assert stage.text.isascii()

    show(SignInScreen(demonstration=True), scene, look=Look(marks=False, unicode=False))


def test_the_password_is_forgotten_as_soon_as_it_is_asked_with() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("j", "c", "enter", "p", "w", "enter")
        assert [line.value for line in stage.screen.query(Input)] == ["jc", ""]

    show(SignInScreen(), scene)


def test_a_second_enter_while_the_password_is_checked_asks_nothing() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("j", "c", "enter", "p", "w", "enter", "x", "enter")
        assert len(stage.all(SignInScreen.Submitted)) == 1
        assert "Checking the password" in stage.text

    show(SignInScreen(), scene)


def test_after_a_refusal_the_sentence_stands_there_and_the_password_is_typed_again() -> None:
    screen = SignInScreen()

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("j", "c", "enter", "p", "w", "enter")
        screen.refuse("That user name and password do not open this record.")
        await pilot.press("a", "b", "enter")
        assert [each.password for each in stage.all(SignInScreen.Submitted)] == ["pw", "ab"]
        screen.refuse("That user name and password do not open this record.")
        await pilot.pause()
        assert "do not open this record" in stage.text

    show(screen, scene)


def test_no_user_name_asks_for_one() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("tab", "p", "enter")
        assert "Type your user name." in stage.text
        assert not stage.all(SignInScreen.Submitted)

    show(SignInScreen(), scene)


def test_a_user_named_on_the_command_line_only_types_a_password() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("p", "w", "enter")
        assert [(each.user, each.password) for each in stage.all(SignInScreen.Submitted)] == [("jcarter", "pw")]

    show(SignInScreen(user="jcarter"), scene)


def test_a_demonstration_says_so_at_the_door() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        assert "DEMONSTRATION" in stage.text

    show(SignInScreen(demonstration=True), scene)


def test_forgetting_empties_both_lines() -> None:
    screen = SignInScreen()

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("j", "c", "enter", "p")
        screen.forget()
        await pilot.pause()
        assert [line.value for line in stage.screen.query(Input)] == ["", ""]

    show(screen, scene)
