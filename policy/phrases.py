"""How texts are written: dates in words for people, keys in hyphens, nothing a terminal or a printer would obey."""

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


@lru_cache(maxsize=4096)
def harmless(text: str) -> str:
    """The text on one line with nothing in it that a terminal would obey.

    Line ends and tabs become spaces, control characters their pictures (␛), and what changes the direction or
    hides (bidirectional controls, zero-width characters) its code in angle brackets. What is meant to be seen
    is untouched.
    """
    return text if text.isprintable() else "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    if character.isspace():
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"<{code:04X}>"
