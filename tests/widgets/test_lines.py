"""Lines are cut, padded and wrapped by the cells they take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets import looks
from widgets.lines import Piece, apart, cut, cut_between, cut_front, pad, strip, width_of, wrap
from widgets.looks import Look
from widgets.palette import Ink


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("BARLOW Dean", 11, "BARLOW Dean"), ("BARLOW Dean", 10, "BARLOW De…"), ("李小龙", 5, "李小…")],
)
def test_what_does_not_fit_shows_that_it_goes_on(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


def test_a_cell_keeps_its_end() -> None:
    assert cut_front("LEI-B-1-022", 8) == "…B-1-022"


def test_in_ascii_the_sign_that_text_goes_on_is_ascii() -> None:
    looks.use(Look(unicode=False))
    assert cut("Zoë Barlow", 8) == "Zoe Ba.."


@given(st.text(), st.integers(min_value=0, max_value=30))
def test_padding_fills_exactly(text: str, width: int) -> None:
    assert cell_len(pad(text, width)) == width


@given(st.lists(st.text(max_size=20), max_size=5), st.integers(min_value=1, max_value=40))
def test_a_strip_is_exactly_as_wide_as_asked(texts: list[str], width: int) -> None:
    drawn = strip([Piece(text) for text in texts], width)
    assert sum(cell_len(segment.text) for segment in drawn) == width


@given(st.text(alphabet="ab c字é", max_size=80), st.integers(min_value=-20, max_value=20))
def test_wrapping_loses_no_word_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrap([Piece(text)], width)
    assert all(width_of(line) <= max(2, width) for line in lines)
    assert "".join(piece.text for line in lines for piece in line).replace(" ", "") == text.replace(" ", "")


def test_wrapping_keeps_the_inks() -> None:
    lines = wrap([Piece("BARLOW Dean", Ink.STRONG), Piece(" was seen"), Piece(" OMI", Ink.DIM)], 16)
    assert lines == [[Piece("BARLOW Dean", Ink.STRONG), Piece(" was")], [Piece("seen"), Piece(" OMI", Ink.DIM)]]


def test_two_ends_of_a_line_are_put_apart() -> None:
    line = apart([Piece("left")], [Piece("right")], 20)
    assert "".join(piece.text for piece in line) == "left" + " " * 11 + "right"


def test_names_in_a_row_are_cut_between_two_of_them() -> None:
    names = "chase OM (3): Review report; Initial OASys; Release plan"
    assert cut_between(names, 60) == names
    assert cut_between(names, 50) == "chase OM (3): Review report; Initial OASys; …"
    assert cut_between(names, 40) == "chase OM (3): Review report; …"
    assert cut_between(names, 20) == "chase OM (3): Revie…"
