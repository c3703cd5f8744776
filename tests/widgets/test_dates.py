"""Dates as people type them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.stage import TODAY
from widgets.dates import Lean, NotADate, read_date, read_when
from widgets.words import long_date


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", TODAY),
        (" Today ", TODAY),
        ("yesterday", date(2026, 3, 1)),
        ("tomorrow", date(2026, 3, 3)),
        ("+7", date(2026, 3, 9)),
        ("-3", date(2026, 2, 27)),
        ("+ 2w", date(2026, 3, 16)),
        ("2/3", TODAY),
        ("02/03/2026", TODAY),
        ("2.3.26", TODAY),
        ("2-3-2026", TODAY),
        ("2 mar", TODAY),
        ("2mar", TODAY),
        ("2nd March", TODAY),
        ("2 March 2027", date(2027, 3, 2)),
        ("Mon 2 Mar 2026", TODAY),
        ("Mon, 2 Mar", TODAY),
        ("2026-03-02", TODAY),
        ("1 sept", date(2026, 9, 1)),
        ("1 sep", date(2025, 9, 1)),
        ("29 feb 2028", date(2028, 2, 29)),
        ("1/1/46", date(2046, 1, 1)),
        ("1/1/47", date(1947, 1, 1)),
    ],
)
def test_a_date_is_read_as_it_is_typed(typed: str, meant: date) -> None:
    lean: Lean = "future" if "sept" in typed else "nearest"
    assert read_date(typed, TODAY, lean) == meant


@pytest.mark.parametrize(
    ("typed", "lean", "meant"),
    [
        ("28 feb", "future", date(2026, 2, 28)),
        ("15 feb", "future", date(2027, 2, 15)),
        ("2 mar", "future", TODAY),
        ("3 mar", "past", date(2026, 3, 3)),
        ("17 mar", "past", date(2025, 3, 17)),
        ("2 mar", "past", TODAY),
        ("28 feb", "nearest", date(2026, 2, 28)),
        ("thu", "past", date(2026, 2, 26)),
        ("thu", "future", date(2026, 3, 5)),
        ("monday", "future", TODAY),
        ("monday", "past", TODAY),
    ],
)
def test_a_date_without_its_year_is_meant_the_way_the_field_leans(typed: str, lean: Lean, meant: date) -> None:
    assert read_date(typed, TODAY, lean) == meant


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("soon", "That is not a date"),
        ("", "That is not a date"),
        ("30 feb", "There is no 30 Feb."),
        ("29/2/2026", "There is no 29 Feb 2026."),
        ("29 feb", "There is no 29 Feb."),
        ("3/13", "There is no month 13"),
        ("31/4/2026", "There is no 31 Apr 2026."),
        ("Tue 2 Mar 2026", "2 Mar 2026 is a Mon"),
        ("1/1/1066", "The year 1066 cannot be right."),
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence(typed: str, problem: str) -> None:
    with pytest.raises(NotADate, match=problem):
        read_date(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10:40", datetime(2026, 3, 2, 10, 40)),
        ("today 10:40", datetime(2026, 3, 2, 10, 40)),
        ("yesterday at 9:05", datetime(2026, 3, 1, 9, 5)),
        ("2/3 16:40", datetime(2026, 3, 2, 16, 40)),
        ("2026-02-27T16:40", datetime(2026, 2, 27, 16, 40)),
        ("2026-02-27T16:40:00", datetime(2026, 2, 27, 16, 40)),
        ("Fri 27 Feb 2026 16:40", datetime(2026, 2, 27, 16, 40)),
        ("1 mar 12:05 am", datetime(2026, 3, 1, 0, 5)),
        ("1 mar 4:05pm", datetime(2026, 3, 1, 16, 5)),
        ("0:00", datetime(2026, 3, 2, 0, 0)),
        ("23:59", datetime(2026, 3, 2, 23, 59)),
        ("2 mar", TODAY),
    ],
)
def test_a_time_is_read_with_its_date_or_alone(typed: str, meant: date | datetime) -> None:
    assert read_when(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["24:00", "10:60", "today 99:99", "13:00 pm", "0:10 am"])
def test_a_time_there_is_not_is_refused(typed: str) -> None:
    with pytest.raises(NotADate, match="is not a time"):
        read_when(typed, TODAY)


@given(st.text(max_size=30))
def test_anything_typed_is_a_date_or_a_sentence(typed: str) -> None:
    try:
        said = f"{read_when(typed, TODAY)}."
    except NotADate as problem:
        said = str(problem)
    assert said.endswith(".")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_what_is_shown_in_full_is_read_back_as_the_same_day(day: date) -> None:
    assert read_date(long_date(day), TODAY) == day
