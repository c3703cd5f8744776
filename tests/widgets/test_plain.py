"""Nothing a terminal would obey is drawn, and nothing it cannot show."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.looks import Look
from widgets.plain import harmless, spelt, spelt_in_place


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Barlow", "Barlow"),
        ("\x1b[2J", "␛[2J"),
        ("a\nb\tc\rd", "a b c d"),
        ("bell\x07", "bell␇"),
        ("del\x7f", "del␡"),
        ("c1\x9b31m", "c1<009B>31m"),
        ("\u202eworc", "<202E>worc"),
        ("non\u00a0breaking", "non breaking"),
        ("zero\u200bwidth", "zero<200B>width"),
        ("lone \ud800", "lone <D800>"),
    ],
)
def test_control_characters_are_shown_not_sent(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text())
def test_nothing_that_is_drawn_can_be_obeyed(text: str) -> None:
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in harmless(text))


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("Zoë Ünal", "Zoe Unal"),
        ("Łukasz Østergård", "Lukasz Ostergard"),
        ("Weiß", "Weiss"),
        ("O’Brien – “Mac”", 'O\'Brien - "Mac"'),
        ("李", "?"),
        ("a…", "a.."),
        ("── ● ✓ ▸", "-- * v >"),
        ("e\u0301", "e"),
    ],
)
def test_accents_are_dropped_and_the_rest_is_spelt_or_a_question_mark(text: str, ascii_text: str) -> None:
    assert spelt(text) == ascii_text


def test_an_escape_is_shown_in_ascii_as_people_write_it() -> None:
    assert Look(unicode=False).text("\x1b[2J") == "^[[2J"


@given(st.text())
def test_the_ascii_look_says_everything_in_ascii(text: str) -> None:
    assert Look(unicode=False).text(text).isascii()


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"])))
def test_spelling_in_place_moves_nothing(text: str) -> None:
    drawn = spelt_in_place(text)
    assert drawn.isascii()
    assert len(drawn) == sum(cell_len(character) for character in text)
