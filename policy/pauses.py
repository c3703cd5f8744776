"""Clocks that pause: in hospital or unlawfully at large a due date moves by the days away.

Source: rulebook.md, Duties; record.md, Duties.
"""

from datetime import date, timedelta

import msgspec

from policy.calendar import Moment, day_of
from policy.case import Case


class Pause(msgspec.Struct, frozen=True):
    """A time away: the first day, the day of return (None: still away), and where."""

    start: date
    end: date | None
    where: str


def pauses(case: Case) -> tuple[Pause, ...]:
    """The times away that stop clocks, oldest first."""
    found: list[Pause] = []
    open_since: date | None = None
    where = ""
    for version in case.facts.get("away", ()):
        away = version.value if version.value not in (None, "no") else None
        if open_since and version.since:
            if version.since > open_since:
                found.append(Pause(open_since, version.since, where))
            open_since = None
        if away and version.since:
            open_since, where = version.since, str(away).replace("-", " ")
    if open_since:
        found.append(Pause(open_since, None, where))
    return tuple(found)


def shifted(due: Moment, begun: date | None, away: tuple[Pause, ...], today: date) -> tuple[Moment, int]:
    """A due date moved by the calendar days away between its clock beginning and its running out, and how many."""
    days = 0
    for pause in away:
        end = pause.end or max(today, pause.start)
        if begun is None or pause.start > day_of(due) or end <= begun:
            continue
        gone = (end - max(pause.start, begun)).days
        days += gone
        due = due + timedelta(days=gone)
    return due, days
