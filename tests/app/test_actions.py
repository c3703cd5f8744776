import re
from importlib import import_module

import pytest
from textual.binding import Binding

from app import palette
from app.rooms import SCREENS as BUILT
from app.shell import Shell
from policy.rule_text import OWNERS
from screens.actions import ACTIONS, Where, bindings, key_words
from screens.base import Room
from screens.forms import FormScreen
from tests.app.fakes import FakeCaseload, Scene, play

NEVER_ARRIVE = {"ctrl+m", "ctrl+i", "ctrl+h", "ctrl+j", "ctrl+left_square_bracket", "ctrl+right", "ctrl+left"}


@pytest.mark.parametrize("where", list(Where))
def test_no_two_actions_of_one_place_share_a_key(where: Where) -> None:
    together = [action for action in ACTIONS.values() if action.where in (where, Where.EVERYWHERE)]
    keys = [key for action in together for key in action.keys.split(",")]
    assert sorted(keys) == sorted(set(keys))


def test_no_key_is_one_that_terminals_send_as_another() -> None:
    assert not NEVER_ARRIVE & {key for action in ACTIONS.values() for key in action.keys.split(",")}


def test_nothing_depends_on_a_function_key_alone() -> None:
    alone = [
        name
        for name, action in ACTIONS.items()
        if all(key.startswith("f") and key[1:].isdigit() for key in action.keys.split(","))
    ]
    # Help in a room is `?` as well, under another name.
    assert alone == ["keys"]
    assert ACTIONS["help"].keys == "question_mark"


def test_actions_in_the_places_are_single_lower_case_letters_signs_or_arrows() -> None:
    longer = {
        name: action.keys
        for name, action in ACTIONS.items()
        if action.where is Where.PLACES and not re.match("([a-z0-9]|left|right)(,|$)", action.keys)
    }
    assert longer == {
        "back": "escape",
        "help": "question_mark",
        "open": "enter",
        "find": "slash",
        "select": "space",
    }


def test_only_what_works_while_somebody_types_comes_before_the_focused_field() -> None:
    before = {name for name, action in ACTIONS.items() if action.priority}
    # The last three work down missing facts: Enter goes on to the next one from whichever field has the cursor.
    assert before == {"commands", "keys", "lock", "blank", "quit", "record", "skip", "return"}


@pytest.mark.parametrize("screen", [Shell, Room, FormScreen])
def test_whoever_binds_an_action_has_its_method(screen: type) -> None:
    bound = [binding for binding in screen.__dict__["BINDINGS"] if isinstance(binding, Binding)]
    assert bound
    for binding in bound:
        assert binding.id in ACTIONS
        assert callable(getattr(screen, f"action_{binding.action}")), binding.action


def test_an_action_nobody_knows_cannot_be_bound() -> None:
    with pytest.raises(KeyError):
        bindings("wibble")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("ctrl+s", "Ctrl+S"),
        ("escape", "Esc"),
        ("question_mark", "?"),
        ("slash", "/"),
        ("f12", "F12"),
        ("c", "c"),
        ("space", "Space"),
        ("enter", "Enter"),
        ("shift+f5", "Shift+F5"),
        ("alt+x", "Alt+X"),
    ],
)
def test_keys_are_named_as_people_name_them(key: str, words: str) -> None:
    assert key_words(key) == words


def test_the_palette_offers_every_action_once_and_those_that_work_first() -> None:
    async def scene(on: Scene) -> None:
        offered = palette.commands(on.shell.working())
        assert sorted(command.name for command in offered) == sorted(set(ACTIONS) - {"commands", "help"})
        here = {command.name for command in offered if command.here}
        assert {"contact", "open", "undo", "lock", "blank", "quit", "back", "caseload"} <= here
        assert not {"save", "leave", "filter"} & here

    play(scene)


def test_help_in_a_form_lists_the_forms_keys_and_the_shells() -> None:
    async def scene(on: Scene) -> None:
        await on.press("c")
        groups = palette.help_groups(on.shell.working(), room=False)
        told = {group.heading: [key for key, _ in group.lines] for group in groups}
        assert told["On this screen"] == ["Ctrl+S", "Esc"]
        assert sorted(told["Everywhere"]) == ["Ctrl+L", "Ctrl+P", "Ctrl+Q", "F1", "F12 Ctrl+K"]

    play(scene)


def test_help_shows_the_users_own_keys() -> None:
    async def scene(on: Scene) -> None:
        assert isinstance(on.shell.screen, FakeCaseload)
        groups = palette.help_groups(on.shell.working(), room=True)
        lines = {tells: key for group in groups for key, tells in group.lines}
        assert lines[ACTIONS["contact"].tells] == "k"
        assert lines[ACTIONS["lock"].tells] == "F9"

    play(scene, keys={"contact": "k", "lock": "f9"})


def test_every_action_is_bound_by_a_screen_there_is() -> None:
    modules = [import_module(module) for module, _ in BUILT.values()]
    owners = [Shell, *(owner for module in modules for owner in vars(module).values() if isinstance(owner, type))]
    bound = {
        binding.id
        for owner in owners
        for base in owner.__mro__
        for binding in base.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding)
    }
    assert set(ACTIONS) - bound == set()


def test_help_says_who_every_owner_of_a_duty_is() -> None:
    owners = palette.help_groups({}, room=True)[-1]
    assert set(OWNERS) == {code for code, _ in owners.lines}
    assert ("CRC", "resettlement provider") in owners.lines
