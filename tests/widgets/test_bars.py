"""Bars drawn with characters."""

import pytest

from widgets import looks
from widgets.bars import bar
from widgets.looks import Look


def drawn(*numbers: int) -> str:
    return "".join(piece.text for piece in bar(*numbers))


@pytest.fixture(autouse=True)
def unicode_look() -> None:
    looks.use(Look())


def test_the_part_that_matters_comes_first_and_dots_go_on_to_the_most() -> None:
    assert drawn(40, 10, 70, 70, 7) == "█▒▒▒···"


def test_a_whole_beyond_the_most_has_no_dots() -> None:
    assert drawn(80, 0, 70, 80, 8) == "▒▒▒▒▒▒▒▒"


def test_a_single_one_of_many_still_shows() -> None:
    assert drawn(70, 1, 70, 700, 10)[0] == "█"
    assert drawn(1, 0, 0, 700, 10) == "▒"


def test_nothing_is_only_dots() -> None:
    assert drawn(0, 0, 70, 70, 7) == "·······"


def test_no_bar_is_longer_than_its_room() -> None:
    assert len(drawn(900, 900, 70, 70, 7)) == 7


def test_where_marks_cannot_show_it_is_ascii_and_still_tells_the_part_apart() -> None:
    looks.use(Look(marks=False, unicode=False))
    try:
        assert drawn(40, 10, 70, 70, 7) == "!###..."
    finally:
        looks.use(Look())
