"""The calendar every clock runs on: working days, calendar months, hours.

Source: rulebook.md, Calendar. A working day is Monday to Friday and not a bank holiday in
England and Wales; "N working days after D" counts D as day 0. Months are calendar months,
clamped to the month's last day. Outside the years the bank-holiday list covers only
weekends count, and `covers` says so.
"""

import csv
import pkgutil
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Literal

Moment = date | datetime
Unit = Literal["hours", "days", "working days", "weeks", "months"]

_SPAN = re.compile(r"(\d{1,4}) (hour|day|working day|week|month)s?")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as the rules say it: a count and its unit."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        unit = self.unit[:-1] if self.count == 1 else self.unit
        return f"{self.count} {unit}"


def parse_span(text: str) -> Span:
    """Read "72 hours", "5 working days", "8 weeks", "1 month".

    Raises:
        ValueError: the text is not a length of time.
    """
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"“{text}” is not a length of time such as “5 working days”")
    unit: Unit = f"{found[2]}s"  # type: ignore[assignment]
    return Span(int(found[1]), unit)


def day_of(moment: Moment) -> date:
    """The day a moment falls on."""
    return moment.date() if isinstance(moment, datetime) else moment


@lru_cache(maxsize=16384)
def add_months(day: date, months: int) -> date:
    """The same day so many calendar months later (earlier if negative), clamped to the month's last day."""
    from pendulum.helpers import add_duration  # slow to import, and only evaluation needs it

    return add_duration(day, months=months)


class WorkingDays:
    """Working-day arithmetic over a list of bank holidays.

    Attributes:
        valid_from: the first day the holiday list covers.
        valid_to: the last day the holiday list covers.
    """

    def __init__(self, holidays: Iterable[date]) -> None:
        """Take the bank holidays; those on a weekend change nothing."""
        self.holidays = tuple(sorted(set(holidays)))
        years = [day.year for day in self.holidays] or [1]
        self.valid_from = date(min(years), 1, 1)
        self.valid_to = date(max(years), 12, 31)
        self._closed = frozenset(self.holidays)
        self._midweek = [day.toordinal() for day in self.holidays if day.weekday() < 5]

    def covers(self, day: date) -> bool:
        """Whether bank holidays are known for this day; outside, only weekends count."""
        return self.valid_from <= day <= self.valid_to

    def is_working(self, day: date) -> bool:
        """Whether the day is a working day."""
        return day.weekday() < 5 and day not in self._closed

    def _number(self, ordinal: int) -> int:
        """How many working days there are up to and including this ordinal day."""
        weeks, rest = divmod(ordinal, 7)  # ordinal 1 is a Monday
        return weeks * 5 + min(rest, 5) - bisect_right(self._midweek, ordinal)

    def add(self, day: date, count: int) -> date:
        """The day that is `count` working days after `day` (before it if negative); `day` is day 0."""
        if count == 0:
            return day
        ordinal = day.toordinal()
        if count > 0:
            wanted = self._number(ordinal) + count
            return date.fromordinal(self._first_with(wanted))
        wanted = self._number(ordinal - 1) + count + 1
        return date.fromordinal(self._first_with(wanted))

    def _first_with(self, wanted: int) -> int:
        """The first ordinal day by which `wanted` working days have passed."""
        holidays = 0
        while True:
            weeks, rest = divmod(wanted + holidays - 1, 5)
            ordinal = weeks * 7 + rest + 1
            passed = bisect_right(self._midweek, ordinal)
            if passed == holidays:
                return ordinal
            holidays = passed

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end` (negative the other way)."""
        return self._number(end.toordinal()) - self._number(start.toordinal())

    def on_or_before(self, day: date) -> date:
        """The day itself if it is a working day, else the last working day before it."""
        return day if self.is_working(day) else self.add(day, -1)

    def before(self, day: date) -> date:
        """The last working day before the day."""
        return self.add(day, -1)

    def shift(self, moment: Moment, span: Span, sign: int = 1) -> Moment:
        """A moment moved by a span: hours keep the clock time where it is known, else to the end of the day.

        Seventy-two hours from a known time is the same clock time three days on; from a day
        without a time, the end of the third day after it. Longer units give a day.
        """
        count = span.count * sign
        if span.unit == "hours":
            if isinstance(moment, datetime):
                return moment + timedelta(hours=count)
            return moment + timedelta(days=count // 24)
        day = day_of(moment)
        if span.unit == "weeks":
            return day + timedelta(days=count * 7)
        if span.unit == "working days":
            return self.add(day, count)
        if span.unit == "months":
            return add_months(day, count)
        return day + timedelta(days=count)

    def bank_holidays_in(self, start: date, end: date) -> tuple[date, ...]:
        """The bank holidays from `start` to `end`, both included, that are not on a weekend."""
        low = bisect_left(self._midweek, start.toordinal())
        high = bisect_right(self._midweek, end.toordinal())
        return tuple(date.fromordinal(number) for number in self._midweek[low:high])


@cache
def england_and_wales() -> WorkingDays:
    """The working days of England and Wales, from the official list shipped in `data/bank_holidays.csv`."""
    text = (pkgutil.get_data("policy", "data/bank_holidays.csv") or b"").decode()
    return WorkingDays(date.fromisoformat(row["date"]) for row in csv.DictReader(text.splitlines()))
