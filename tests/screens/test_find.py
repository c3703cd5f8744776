"""Finding a person by typing, however fast it is typed."""

import threading
from typing import Any

import pytest

from db import commands, door, views
from db.errors import RecordBusy
from db.moving import Movement
from screens.drafts import recent, remember
from screens.routes import Route
from tests.screens.desk import Desk, keys, play, shell_of
from tests.screens.prison import MANAGER, TODAY, Prison, number_of

pytestmark = pytest.mark.usefixtures("elsewhere")


def line(desk: Desk) -> str:
    """What stands in the line that is typed into."""
    return str(desk.screen().query_one("Input").value)


def test_the_key_of_find_opens_an_empty_search(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("slash")
        assert desk.top == "FindScreen"
        assert line(desk) == ""
        assert "Type any part of a name" in desk.text

    play(prison, scene)


def test_a_capital_letter_begins_a_search_with_itself(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("M")
        assert line(desk) == "M"
        await desk.type("arsh")
        assert desk.names == ["MARSH"]
        assert "1 person" in desk.text

    play(prison, scene)


@pytest.mark.parametrize("typed", ["Marsh", "MARSH", "Dcsnvux", "/dcsnvux1"])
def test_letters_that_arrive_together_are_neither_lost_nor_taken_for_commands(prison: Prison, typed: str) -> None:
    async def scene(desk: Desk) -> None:
        desk.at_once(typed)
        await desk.settle()
        await desk.settle()
        assert desk.top == "FindScreen"
        assert line(desk) == typed.removeprefix("/")

    play(prison, scene)


def test_pasted_text_begins_a_search_with_it(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.paste(f"  {number_of(3)}\n")
        assert line(desk) == number_of(3)
        assert desk.names[0] == "KAUR"

    play(prison, scene)


@pytest.mark.parametrize("text", ["kau", "jas", "a1003", "B-2-004", "kaur b-2"])
def test_any_part_of_name_number_or_cell_finds(prison: Prison, text: str) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("slash")
        await desk.type(text)
        assert desk.names[0] == "KAUR"

    play(prison, scene)


def test_it_finds_people_of_the_whole_prison_those_whose_surname_begins_so_first(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("slash")
        await desk.type("ma")
        assert desk.names == ["MARSH", "O'NEILL-FEATHERSTONEHAUGH"]

    play(prison, scene)


def test_enter_opens_the_person_and_arrows_choose_while_typing(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("slash")
        await desk.type("a")
        second = desk.screen()._results._items[1].number
        await desk.press("down", "enter")
        assert desk.lines[0] == f"case case={second} cursor="

    play(prison, scene)


def test_escape_goes_back_to_where_it_was_begun(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("down")
        before = desk.screen().route()
        await desk.press("K", "escape")
        assert desk.top == "CaseloadScreen"
        assert desk.screen().route() == before

    play(prison, scene)


def test_nobody_found_is_said_with_what_was_typed(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("slash")
        await desk.type("zzz")
        assert "Nobody has “zzz” in name, number or cell." in desk.text

    play(prison, scene)


def test_on_a_slow_record_typing_goes_on_and_enter_waits_for_the_last_text(
    prison: Prison, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = threading.Event()
    real = views.find

    def find(*given: Any) -> Any:
        slow.wait(10)
        return real(*given)

    async def scene(desk: Desk) -> None:
        await desk.press("slash")
        monkeypatch.setattr("screens.find.views.find", find)
        await desk.pilot.press("o", "d", "u", "y", "a", "enter")
        assert line(desk) == "oduya"
        assert desk.top == "FindScreen"
        slow.set()
        await desk.settle()
        assert desk.lines[0] == f"case case={number_of(1)} cursor="

    play(prison, scene)


def test_trouble_with_the_record_is_said_and_what_was_typed_stays(
    prison: Prison, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*given: Any) -> Any:
        raise RecordBusy("Another program holds the record. Try again.")

    async def scene(desk: Desk) -> None:
        await desk.press("slash")
        monkeypatch.setattr("screens.find.views.find", busy)
        await desk.press("k")
        assert desk.keys == "Another program holds the record. Try again."
        assert line(desk) == "k"

    play(prison, scene)


def test_what_was_typed_is_not_in_the_route(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.type("Kaur")
        assert desk.screen().route() == Route("find")

    play(prison, scene)


def test_escape_sequences_in_pasted_text_are_shown_not_kept(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.paste("Ka\x1b[2Jur")
        assert "\x1b" not in line(desk)

    play(prison, scene)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])
def test_picture_of_find(prison: Prison, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(prison, MANAGER), terminal_size=size, run_before=keys("A"))


@pytest.mark.parametrize("text", ["o'neill", "oneill", "featherstonehaugh bartholomew", "alexander o'neill-f"])
def test_apostrophes_double_surnames_and_swapped_order_find(prison: Prison, text: str) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("slash")
        await desk.type(text)
        assert desk.names == ["O'NEILL-FEATHERSTONEHAUGH"]

    play(prison, scene)


@pytest.mark.parametrize("text", ["b2004", "B2-004", "b-2-004"])
def test_a_cell_is_found_with_and_without_its_dashes(prison: Prison, text: str) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("slash")
        await desk.type(text)
        assert desk.names[0] == "KAUR"

    play(prison, scene)


@pytest.mark.usefixtures("real_forms")
def test_before_anything_is_typed_the_cases_opened_last_are_listed_the_latest_first(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        for name in ("Marsh", "Kaur", "Marsh", "Lloyd"):
            await desk.press("slash")
            await desk.type(name)
            await desk.press("enter", "escape", "escape")
        await desk.press("slash")
        assert desk.names == ["LLOYD", "MARSH", "KAUR"]
        assert "opened last" in desk.text
        await desk.type("hus")
        assert desk.names == ["HUSSAIN"]
        await desk.press("backspace", "backspace", "backspace")
        assert desk.names == ["LLOYD", "MARSH", "KAUR"]
        await desk.press("down", "enter")
        assert "MARSH TONY" in desk.text

    play(own_prison, scene)


def test_what_was_opened_last_is_no_form_half_typed(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        remember(desk.screen().sitting.drafts, number_of(3))
        assert desk.screen().sitting.drafts.names() == ()
        assert recent(desk.screen().sitting.drafts) == (number_of(3),)

    play(own_prison, scene)


def test_somebody_who_has_left_is_found_and_said_not_to_be_here(own_prison: Prison) -> None:
    door.sign_in_with(own_prison.directory, own_prison.key, MANAGER.staff, TODAY)
    commands.move(MANAGER, number_of(7), Movement("release", TODAY), TODAY)
    door.sign_out()

    async def scene(desk: Desk) -> None:
        await desk.press("slash")
        await desk.type("marsh")
        found = next(line for line in desk.lines if "nothing due" in line)
        assert found.split()[-2:] == ["here", "9d"]
        assert "not here" in found

    play(own_prison, scene)
