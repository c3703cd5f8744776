"""Dates as people type them: today, yesterday, +7, 2/3, 2 mar, thu, 2026-03-02, and a clock time after any of them."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from widgets.words import long_date

Lean = Literal["nearest", "past", "future"]
"""Which way a date without its year is meant."""

EXAMPLES = "today, 2/3, 2 mar, +7"

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_RELATIVE = re.compile(r"([+-])\s*(\d{1,4})\s*([dw]?)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_WORDS = re.compile(r"(?:([a-z]{3,9})\s+)?(\d{1,2})(?:st|nd|rd|th)?\s*([a-z]{3,9})(?:\s+(\d{4}|\d{2}))?")
_CLOCK = re.compile(r"(?:(.*?)(?:\s+at|\s|(?<=\d)t|^)\s*)(\d{1,2}):(\d{2})(?::\d{2})?\s*(am|pm)?")
_YEARS = range(1900, 2200)
_BESIDE = 14


class NotADate(ValueError):
    """What was typed cannot be read as a date; the message is a sentence that says what can."""


def read_date(text: str, today: date, lean: Lean = "nearest") -> date:
    """The date that was typed.

    Raises:
        NotADate: It is none, or one there never is (30 February), or its weekday is another.
    """
    said = " ".join(text.lower().replace(",", " ").split())
    if said in _NEAR_DAYS:
        return today + timedelta(_NEAR_DAYS[said])
    if match := _RELATIVE.fullmatch(said):
        days = int(match[2]) * (7 if match[3] == "w" else 1)
        return today + timedelta(days if match[1] == "+" else -days)
    if match := _ISO.fullmatch(said):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _FIGURES.fullmatch(said):
        return _dated(int(match[1]), int(match[2]), match[3], today, lean)
    if match := _WORDS.fullmatch(said):
        month, weekday = _named(match[3], _MONTHS), _named(match[1], _DAYS) if match[1] else None
        if month is not None and (weekday is not None or not match[1]):
            day = _dated(int(match[2]), month + 1, match[4], today, lean)
            if weekday is not None and day.weekday() != weekday:
                raise NotADate(f"{long_date(day)[4:]} is a {long_date(day)[:3]}. Leave the weekday out, or change it.")
            return day
    if (weekday := _named(said, _DAYS)) is not None:
        ahead = (weekday - today.weekday()) % 7
        return _leaning([today + timedelta(ahead - 7), today + timedelta(ahead)], today, lean)
    raise NotADate(f"That is not a date. Type {EXAMPLES}.")


def read_when(text: str, today: date, lean: Lean = "nearest") -> date | datetime:
    """The date that was typed, with a clock time if there is one; a time alone is today's.

    Raises:
        NotADate: As `read_date`, or the time is none there is.
    """
    match = _CLOCK.fullmatch(text.strip().lower())
    if match is None:
        return read_date(text, today, lean)
    day = read_date(match[1], today, lean) if (match[1] or "").strip() else today
    hour, minute = int(match[2]), int(match[3])
    if match[4]:
        if not 1 <= hour <= 12:
            raise NotADate(f"{match[2]}:{match[3]} {match[4]} is not a time. Type 10:40 or 16:05.")
        hour = hour % 12 + (12 if match[4] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise NotADate(f"{match[2]}:{match[3]} is not a time. Type 10:40 or 16:05.")
    return datetime(day.year, day.month, day.day, hour, minute)


def _named(word: str, names: Iterable[str]) -> int | None:
    """Which of the names a word of three letters or more begins."""
    return next((at for at, name in enumerate(names) if len(word) >= 3 and name.startswith(word)), None)


def _dated(day: int, month: int, year: str | None, today: date, lean: Lean) -> date:
    if year is not None:
        return _day(_century(int(year), today) if len(year) == 2 else int(year), month, day)
    found = []
    for near in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(near, month, day))
        except ValueError:
            continue
    if not found:
        raise NotADate(_never(day, month))
    # Just beside today it is this one that is meant, and the form says if it cannot be; not the one a year away.
    beside = [day for day in found if abs((day - today).days) <= _BESIDE]
    return beside[0] if beside else _leaning(found, today, lean)


def _century(year: int, today: date) -> int:
    """A year in two figures: at most twenty years ahead, otherwise gone by."""
    full = today.year // 100 * 100 + year
    return full - 100 if full > today.year + 20 else full


def _leaning(days: list[date], today: date, lean: Lean) -> date:
    if lean == "past":
        days = [day for day in days if day <= today] or days
    elif lean == "future":
        days = [day for day in days if day >= today] or days
    return min(days, key=lambda day: abs((day - today).days))


def _day(year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        raise NotADate(f"The year {year} cannot be right.")
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate(_never(day, month, year)) from None


def _never(day: int, month: int, year: int | None = None) -> str:
    if not 1 <= month <= 12:
        return f"There is no month {month}. Day first: 2/3 is 2 March."
    return f"There is no {day} {_MONTHS[month - 1].capitalize()[:3]}{f' {year}' if year else ''}."
