"""How dates and states are said, either side of every edge."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from db.rows import State
from tests.widgets.stage import TODAY, due_on, duty
from widgets.words import (
    due_long,
    due_words,
    force_words,
    last_working_day_words,
    out_words,
    seen_words,
    short_date,
    title_of,
    unseen,
    when_words,
)


@pytest.mark.parametrize(
    ("due", "state", "said"),
    [
        (date(2026, 3, 1), State.OVERDUE, "1d late"),
        (date(2026, 2, 26), State.OVERDUE, "4d late"),
        (date(2025, 11, 23), State.OVERDUE, "99d late"),
        (date(2025, 11, 22), State.OVERDUE, "3m late"),
        (date(2024, 3, 3), State.OVERDUE, "23m late"),
        (date(2024, 3, 2), State.OVERDUE, "2y late"),
        (TODAY, State.TODAY, "today"),
        (TODAY, State.SAFETY, "today"),
        (TODAY, State.OVERDUE, "late"),
        (date(2026, 3, 3), State.WEEK, "Tue 3"),
        (date(2026, 3, 5), State.WEEK, "Thu 5"),
        (date(2026, 3, 9), State.WEEK, "Mon 9"),
        (date(2026, 3, 10), State.LATER, "10 Mar"),
        (date(2026, 12, 31), State.LATER, "31 Dec"),
        (date(2027, 2, 1), State.LATER, "1 Feb"),
        (date(2027, 2, 2), State.LATER, "Feb 2027"),
        (datetime(2026, 3, 2, 16, 40), State.TODAY, "today"),
        (datetime(2026, 3, 1, 23, 59), State.OVERDUE, "1d late"),
        (datetime(2026, 3, 5, 0, 0), State.WEEK, "Thu 5"),
        (None, State.UNKNOWN, "no date"),
        (date(2026, 2, 1), State.UNKNOWN, "1 Feb"),
        (date(2026, 4, 5), State.OPEN, "open"),
        (None, State.OPEN, "open"),
        (date(2026, 3, 1), State.MET, "met"),
        (date(2026, 3, 1), State.FAILED, "failed"),
    ],
)
def test_when_a_duty_is_due_is_said_in_few_cells(due: date | datetime | None, state: State, said: str) -> None:
    assert due_words(due_on(due, state), TODAY) == said


def test_no_duty_at_all_is_clear() -> None:
    assert due_words(None, TODAY) == "clear"


def test_a_duty_without_a_due_date_is_said_by_when_it_opens() -> None:
    assert due_words(due_on(None, State.LATER, opens=date(2026, 3, 27)), TODAY) == "27 Mar"


@pytest.mark.parametrize("state", [State.OVERDUE, State.TODAY, State.WEEK, State.LATER, State.UNKNOWN, State.SAFETY])
def test_due_words_never_take_more_than_eight_cells(state: State) -> None:
    for days in range(-3000, 3000, 7):
        assert len(due_words(due_on(TODAY + timedelta(days), state), TODAY)) <= 8


@pytest.mark.parametrize(
    ("due", "state", "said"),
    [
        (date(2026, 2, 26), State.OVERDUE, "4 days late, was due Thu 26 Feb"),
        (date(2026, 3, 1), State.OVERDUE, "1 day late, was due Sun 1 Mar"),
        (date(2025, 12, 31), State.OVERDUE, "61 days late, was due Wed 31 Dec 2025"),
        (TODAY, State.TODAY, "due today"),
        (datetime(2026, 3, 2, 16, 40), State.TODAY, "due today by 16:40"),
        (date(2026, 3, 3), State.WEEK, "due Tue 3 Mar, in 1 day"),
        (datetime(2026, 3, 4, 9, 5), State.WEEK, "due Wed 4 Mar 09:05, in 2 days"),
        (None, State.UNKNOWN, "cannot tell when it is due"),
        (date(2026, 2, 1), State.UNKNOWN, "cannot tell; was due Sun 1 Feb"),
        (None, State.WAIVED, "not required"),
    ],
)
def test_when_a_duty_is_due_is_said_in_full(due: date | datetime | None, state: State, said: str) -> None:
    assert due_long(due_on(due, state), TODAY) == said


def test_short_notice_and_deferral_are_said_with_the_date() -> None:
    moved = due_on(date(2026, 3, 5), State.WEEK, short_notice=True, deferred_to=date(2026, 3, 5))
    assert due_long(moved, TODAY) == "due Thu 5 Mar, in 3 days; short notice; deferred to Thu 5 Mar"


def test_a_duty_that_is_not_open_yet_says_when_it_opens() -> None:
    later = due_on(date(2026, 4, 24), State.LATER, opens=date(2026, 3, 27))
    assert due_long(later, TODAY) == "from Fri 27 Mar, due Fri 24 Apr"


@pytest.mark.parametrize(
    ("last", "said"), [(date(2026, 2, 27), "last working day Fri 27 Feb"), (date(2026, 2, 28), ""), (None, "")]
)
def test_the_last_working_day_is_said_only_where_it_differs(last: date | None, said: str) -> None:
    saturday = due_on(date(2026, 2, 28), State.OVERDUE, last_working_day=last)
    assert last_working_day_words(saturday, TODAY) == said


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (11, "11d"), (99, "99d"), (100, "3m"), (365, "12m"), (730, "2y"), (729, "23m")]
)
def test_how_long_ago_somebody_was_seen(days: int, said: str) -> None:
    assert seen_words(TODAY - timedelta(days), TODAY) == said


def test_somebody_never_seen_is_said_to_be() -> None:
    assert seen_words(None, TODAY) == "never"


@pytest.mark.parametrize(("days", "counted"), [(59, False), (60, True), (61, True)])
def test_from_sixty_days_on_somebody_counts_as_unseen(days: int, counted: bool) -> None:
    assert unseen(TODAY - timedelta(days), TODAY) is counted


def test_somebody_never_seen_counts_as_unseen() -> None:
    assert unseen(None, TODAY)


@pytest.mark.parametrize(
    ("release", "said"),
    [
        (None, "?"),
        (date(2026, 3, 1), "past"),
        (TODAY, "0d"),
        (date(2026, 4, 25), "54d"),
        (date(2026, 6, 9), "99d"),
        (date(2026, 6, 10), "3m"),
        (date(2027, 5, 2), "14m"),
        (date(2027, 5, 1), "13m"),
        (date(2028, 3, 1), "23m"),
        (date(2028, 3, 2), "2y"),
        (date(2037, 1, 1), "10y"),
    ],
)
def test_how_far_off_release_is(release: date | None, said: str) -> None:
    assert out_words(release, TODAY) == said


def test_a_year_is_said_only_where_it_is_another() -> None:
    assert short_date(date(2026, 12, 31), TODAY) == "Thu 31 Dec"
    assert short_date(date(2027, 1, 1), TODAY) == "Fri 1 Jan 2027"


def test_a_time_is_said_where_there_is_one() -> None:
    assert when_words(datetime(2026, 3, 2, 9, 5), TODAY) == "Mon 2 Mar 09:05"
    assert when_words(TODAY, TODAY) == "Mon 2 Mar"


@pytest.mark.parametrize(
    ("force", "figure", "source", "said"),
    [
        ("expected", "set", "OMI 2.2e", "Expected · OMI 2.2e"),
        ("mandatory", "local", "TTG 2.4", "Mandatory · local · TTG 2.4"),
        ("local", "local", "–", "Local"),
    ],
)
def test_what_a_duty_rests_on_is_force_figure_and_source(force: str, figure: str, source: str, said: str) -> None:
    assert force_words(replace(duty(), force=force, figure=figure, source=source)) == said


def test_a_title_is_discreet_until_revealed() -> None:
    review = duty("Risk of harm review", discreet="Risk review")
    assert (title_of(review, False), title_of(review, True)) == ("Risk review", "Risk of harm review")


def test_somebody_elses_duty_says_whom_to_chase() -> None:
    assert title_of(duty("BCST 2", owner="CRC"), False) == "BCST 2 (chase CRC)"
    assert title_of(duty("BCST 2", owner="CRC"), False, "CRC") == "BCST 2"


def test_a_duty_put_off_is_due_on_the_day_it_was_put_off_to() -> None:
    put_off = due_on(date(2026, 2, 26), State.WEEK, deferred_to=date(2026, 3, 6))
    assert due_words(put_off, TODAY) == "Fri 6"
    assert due_long(put_off, TODAY) == "was due Thu 26 Feb; deferred to Fri 6 Mar"
