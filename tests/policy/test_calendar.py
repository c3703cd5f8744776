"""Working days, months and hours, against the `holidays` package and loops too simple to be wrong."""

from calendar import monthrange
from datetime import date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendar import Span, WorkingDays, add_months, england_and_wales, parse_span

CLOSED = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2012, 2029)))
FIRST, LAST = date(2012, 1, 1), date(2028, 12, 31)
DAYS = st.dates(FIRST + timedelta(days=120), LAST - timedelta(days=120))
CALENDAR = england_and_wales()


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in CLOSED


def walk(day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if works(day):
            count += -1 if count > 0 else 1
    return day


def test_the_shipped_bank_holidays_are_those_of_the_holidays_package_on_every_day_from_2012_to_2028() -> None:
    day, wrong = FIRST, []
    while day <= LAST:
        if CALENDAR.is_working(day) != works(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


@given(DAYS, st.integers(-60, 60))
def test_adding_working_days_gives_what_walking_day_by_day_gives(day: date, count: int) -> None:
    assert CALENDAR.add(day, count) == walk(day, count)


@given(DAYS, DAYS)
def test_working_days_between_two_days_are_those_counted_one_by_one(start: date, end: date) -> None:
    low, high = min(start, end), max(start, end)
    counted = sum(works(low + timedelta(days=number)) for number in range(1, (high - low).days + 1))
    assert CALENDAR.between(start, end) == (counted if start <= end else -counted)


@given(DAYS)
def test_the_working_day_on_or_before_a_day_is_found(day: date) -> None:
    assert CALENDAR.on_or_before(day) == (day if works(day) else walk(day, -1))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-400, 600))
def test_months_keep_the_day_or_take_the_months_last(day: date, months: int) -> None:
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    assert add_months(day, months) == date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-04-01", 5, "2026-04-10"),  # over Good Friday and Easter Monday
        ("2025-12-22", 5, "2025-12-31"),  # over Christmas and Boxing Day
        ("2026-12-24", 1, "2026-12-29"),  # Boxing Day on a Saturday, a substitute on Monday
        ("2026-03-07", 1, "2026-03-09"),  # from a Saturday
        ("2026-05-05", -1, "2026-05-01"),  # back over a bank holiday
    ],
)
def test_working_days_at_their_edges(start: str, count: int, end: str) -> None:
    assert CALENDAR.add(date.fromisoformat(start), count) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-10-31", 4, "2027-02-28"),
        ("2026-08-31", -6, "2026-02-28"),
    ],
)
def test_months_at_their_edges(day: str, months: int, then: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(then)


@pytest.mark.parametrize("day", ["2026-03-28T02:30", "2026-10-24T01:30"])
def test_seventy_two_hours_is_the_same_clock_time_three_days_on_whatever_the_clocks_do(day: str) -> None:
    start = datetime.fromisoformat(day)
    assert CALENDAR.shift(start, Span(72, "hours")) == start + timedelta(days=3)


def test_seventy_two_hours_from_a_day_without_a_time_end_with_the_third_day_after_it() -> None:
    assert CALENDAR.shift(date(2026, 3, 2), Span(72, "hours")) == date(2026, 3, 5)


def test_twelve_weeks_before_a_day_are_84_days() -> None:
    assert CALENDAR.shift(date(2026, 5, 22), Span(12, "weeks"), -1) == date(2026, 2, 27)


def test_outside_the_years_of_the_list_only_weekends_count_and_it_says_so() -> None:
    christmas = date(2040, 12, 25)
    assert not CALENDAR.covers(christmas)
    assert CALENDAR.is_working(christmas)


def test_a_bank_holiday_on_a_weekend_is_counted_once() -> None:
    calendar = WorkingDays([date(2026, 3, 7), date(2026, 3, 9)])
    assert calendar.add(date(2026, 3, 6), 1) == date(2026, 3, 10)


@pytest.mark.parametrize("text", ["72 hours", "1 month", "5 working days", "8 weeks", "1 working day"])
def test_a_length_of_time_reads_back_as_it_was_written(text: str) -> None:
    assert str(parse_span(text)) == text


@pytest.mark.parametrize("text", ["", "5", "five days", "5 fortnights", "99999 days", "-1 days"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a length of time"):
        parse_span(text)
