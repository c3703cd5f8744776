"""Which look a terminal gets, and whether it can be read."""

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style

from db.rows import State
from widgets.looks import Look, LookName, Refusal, Wish, choose, ink_of
from widgets.palette import FULL, Ink

UTF8 = "utf-8"
SIZE = (80, 24)


def chosen(environment: dict[str, str], encoding: str = UTF8, wish: Wish | None = None) -> Look:
    look = choose(environment, encoding, SIZE, wish)
    assert isinstance(look, Look)
    return look


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"TERM": "xterm-256color"}, LookName.FULL),
        ({"TERM": "screen-256color"}, LookName.FULL),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, LookName.FULL),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, LookName.FULL),
        ({"TERM": "xterm"}, LookName.BASIC),
        ({"TERM": "xterm-16color"}, LookName.BASIC),
        ({"TERM": "linux"}, LookName.BASIC),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, LookName.BASIC),
        ({"TERM": "vt100"}, LookName.MONO),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, LookName.MONO),
        ({"TERM": "linux", "NO_COLOR": "1"}, LookName.MONO),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, LookName.FULL),
        ({"OS": "Windows_NT"}, LookName.FULL),
        ({}, LookName.BASIC),
    ],
)
def test_the_look_follows_what_the_terminal_says(environment: dict[str, str], name: LookName) -> None:
    assert chosen(environment).name is name


@pytest.mark.parametrize("name", list(LookName))
def test_a_look_that_is_asked_for_wins_over_what_the_terminal_says(name: LookName) -> None:
    assert chosen({"TERM": "xterm", "NO_COLOR": "1"}, wish=Wish(look=name)).name is name


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf_8", "utf-8-sig", "cp65001"])
def test_unicode_is_drawn_where_the_stream_carries_it(encoding: str) -> None:
    look = chosen({"TERM": "xterm"}, encoding)
    assert (look.marks, look.unicode) == (True, True)


@pytest.mark.parametrize("encoding", ["ascii", "ANSI_X3.4-1968", "latin-1", "cp437", "no-such-thing", ""])
def test_ascii_is_drawn_where_the_stream_is_not_utf8(encoding: str) -> None:
    look = chosen({"TERM": "xterm"}, encoding, Wish(marks="unicode"))
    assert (look.marks, look.unicode) == (False, False)


def test_ascii_is_drawn_where_it_is_asked_for() -> None:
    look = chosen({"TERM": "xterm-256color"}, wish=Wish(marks="ascii"))
    assert (look.marks, look.unicode) == (False, False)


def test_the_linux_console_gets_ascii_marks_but_keeps_accents() -> None:
    look = chosen({"TERM": "linux"})
    assert look.mark(State.WEEK) == "+"
    assert look.text("Zoë") == "Zoë"


def test_the_background_is_the_one_that_is_set() -> None:
    assert chosen({"TERM": "xterm-256color"}, wish=Wish(background="light")).theme == "wingdesk-full-light"


def test_a_dumb_terminal_is_refused_with_the_command_to_use_instead() -> None:
    answer = choose({"TERM": "dumb"}, UTF8, SIZE)
    assert isinstance(answer, Refusal)
    assert "wingdesk triage" in answer.sentence


@pytest.mark.parametrize(("size", "drawn"), [((19, 24), False), ((80, 3), False), ((20, 4), True), ((0, 0), True)])
def test_a_window_too_small_for_any_sentence_is_refused(size: tuple[int, int], drawn: bool) -> None:
    assert isinstance(choose({"TERM": "xterm"}, UTF8, size), Look) is drawn


def test_every_mark_is_the_one_the_legend_says() -> None:
    states = [State.SAFETY, State.OVERDUE, State.TODAY, State.WEEK, State.UNKNOWN, State.OPEN, State.LATER, State.CLEAR]
    assert [Look().mark(state) for state in states] == ["‼", "!", "●", "◐", "?", "○", "·", "✓"]
    assert [Look(marks=False).mark(state) for state in states] == ["#!", "!", "*", "+", "?", "o", ".", "v"]


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_mark_in_ascii_too(state: State) -> None:
    assert Look().mark(state)
    assert Look(marks=False).mark(state).isascii()


# Contrast ----------------------------------------

READ = [ink for ink in Ink if ink not in (Ink.RULE, Ink.PAPER, Ink.CURSOR)]


def luminance(colour: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = colour.get_truecolor()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    darker, lighter = sorted((luminance(style.color), luminance(style.bgcolor)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("cursor", [False, True])
@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("ink", READ)
def test_every_ink_stands_at_four_and_a_half_to_one_on_paper_and_on_the_cursor(
    ink: Ink, dark: bool, cursor: bool
) -> None:
    assert contrast(Look(dark=dark).style(ink, cursor=cursor)) >= 4.5


@pytest.mark.parametrize("dark", [True, False])
def test_the_cursor_can_be_told_from_the_paper_with_256_colours(dark: bool) -> None:
    paper, cursor = (Color.parse(FULL[dark][ink]).downgrade(ColorSystem.EIGHT_BIT) for ink in (Ink.PAPER, Ink.CURSOR))
    assert paper != cursor


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("ink", READ)
def test_every_ink_can_be_read_with_256_colours_too(ink: Ink, dark: bool) -> None:
    for cursor in (False, True):
        style = Look(dark=dark).style(ink, cursor=cursor)
        assert style.color is not None
        assert style.bgcolor is not None
        shown = Style.from_color(
            style.color.downgrade(ColorSystem.EIGHT_BIT), style.bgcolor.downgrade(ColorSystem.EIGHT_BIT)
        )
        assert contrast(shown) >= 4.5


@pytest.mark.parametrize("ink", list(Ink))
@pytest.mark.parametrize("cursor", [False, True])
def test_mono_has_no_colour_at_all(ink: Ink, cursor: bool) -> None:
    style = Look(LookName.MONO).style(ink, bold=True, cursor=cursor)
    assert (style.color, style.bgcolor) == (None, None)


@pytest.mark.parametrize("name", [LookName.BASIC, LookName.MONO])
def test_the_cursor_is_reverse_where_colours_cannot_be_trusted(name: LookName) -> None:
    for ink in READ:
        assert Look(name).style(ink, cursor=True).reverse


def test_basic_sends_only_the_terminals_own_sixteen_colours() -> None:
    for dark in (True, False):
        for ink in Ink:
            colour = Look(LookName.BASIC, dark).style(ink).color
            assert colour is None or (colour.number is not None and colour.number < 16)


def test_states_that_call_for_different_things_have_different_colours() -> None:
    states = [State.OVERDUE, State.TODAY, State.WEEK, State.UNKNOWN, State.OPEN, State.LATER]
    assert len({FULL[True][ink_of(state)] for state in states}) == len(states)
