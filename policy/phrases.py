"""How dates and keys are written: in words for people, in hyphens for the command line."""

import re
from datetime import date, datetime
from functools import lru_cache

from policy.calendar import Moment

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONGEST_KEY = 40


def say(moment: Moment, *, year: bool = True) -> str:
    """A date as people say it: Thu 19 Feb 2026, with the time where there is one."""
    if isinstance(moment, datetime):
        return f"{_said(moment.date(), year)} {moment:%H:%M}"
    return _said(moment, year)


@lru_cache(maxsize=4096)
def _said(day: date, year: bool) -> str:
    words = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def slug(text: str) -> str:
    """A text as a duty's key: lower case, words joined by hyphens, at most 40 characters."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:_LONGEST_KEY] or "one"
