import pytest
from textual.pilot import Pilot

from screens.commands import Command, CommandsScreen, matching
from screens.confirm import Answer, Confirm, Question
from screens.help import HelpGroup, HelpScreen
from tests.screens.stage_door import Stage, show
from widgets.looks import Look

GROUPS = (
    HelpGroup("On this screen", tuple((f"F{at}", f"Does the thing numbered {at}") for at in range(1, 30))),
    HelpGroup("Marks", (("●", "today"),)),
)
COMMANDS = (
    Command("save", "Save this form", "Ctrl+S", False),
    Command("contact", "Log a contact", "c", True),
    Command("undo", "Undo your last change", "u", True),
)


def test_help_shows_groups_and_scrolls_to_the_last() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        assert "On this screen" in stage.text
        assert "today" not in stage.text
        await pilot.press("end")
        await pilot.pause()
        await stage.settle(pilot)
        assert "today" in stage.text

    show(HelpScreen("Keys", GROUPS), scene)


@pytest.mark.parametrize("key", ["escape", "question_mark", "f1", "enter", "q"])
def test_help_goes_away_with_the_keys_one_would_try(key: str) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(key)
        await stage.settle(pilot)
        assert stage.answers == [None]

    show(HelpScreen("Keys", GROUPS), scene)


@pytest.mark.parametrize(("key", "answer"), [("y", True), ("n", False), ("escape", False)])
def test_a_question_is_answered_by_its_keys(key: str, answer: bool) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        assert "Undo the contact with KAUR?" in stage.text
        await pilot.press(key)
        await stage.settle(pilot)
        assert stage.answers == [answer]

    show(Confirm("Undo the contact with KAUR?"), scene)


@pytest.mark.parametrize("key", ["enter", "space", "x", "tab", "Y"])
def test_a_question_is_not_answered_by_other_keys(key: str) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(key)
        await stage.settle(pilot)
        assert stage.answers == []

    show(Confirm("Undo?"), scene)


def test_esc_gives_the_last_answer_which_changes_nothing() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("escape")
        await stage.settle(pilot)
        assert stage.answers == ["stay"]

    show(Question("Leave?", (Answer("y", "leave", "leave"), Answer("n", "stay", "stay"))), scene)


def test_every_word_typed_narrows_the_commands() -> None:
    assert [command.name for command in matching(COMMANDS, "LAST change")] == ["undo"]
    assert matching(COMMANDS, "wibble") == ()


def test_commands_that_work_here_come_first() -> None:
    assert [command.name for command in matching(COMMANDS, "")] == ["contact", "undo", "save"]


def test_enter_does_the_command_under_the_cursor() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter")
        await stage.settle(pilot)
        assert stage.answers == ["undo"]

    show(CommandsScreen(COMMANDS), scene)


def test_a_command_that_does_not_work_here_says_so_and_is_not_done() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"save", "enter")
        await stage.settle(pilot)
        assert stage.answers == []
        assert "Save this form: not on this screen." in stage.text

    show(CommandsScreen(COMMANDS), scene)


def test_a_name_nobody_knows_is_answered_in_words() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"zzz", "enter", "down", "up")
        assert "No command has that in its name." in stage.text
        assert stage.answers == []

    show(CommandsScreen(COMMANDS), scene)


def test_help_and_commands_are_ascii_where_that_is_all_there_is() -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        assert stage.text.isascii()

    ascii_look = Look(marks=False, unicode=False)
    show(HelpScreen("Keys", GROUPS), scene, look=ascii_look)
    show(CommandsScreen(COMMANDS), scene, look=ascii_look)
