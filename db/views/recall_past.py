"""Who is still here on recall although the day of release has passed, and no release is recorded."""

from collections.abc import Mapping
from datetime import date

from db import engine, entries
from db import payloads as p
from db.current import store

_RECALLED = "SELECT number FROM standing WHERE present AND recall IS NOT NULL AND recall NOT IN ('no', 'expected')"
_FIXED = "SELECT \"case\", due FROM duty WHERE duty = 'recall-release' AND base = 'live' AND due < ?"


def past_release(today: date) -> dict[str, date]:
    """The day of release that has passed, of everybody recalled and still here.

    It is the end of a fixed term, or the day that was set when release was decided. Needs an open read.
    """
    here = {str(row[0]) for row in engine.run(store().database, _RECALLED)}
    found = {}
    set_for, back = _days("release-date", here), _days("recall-returned", here)
    for number, day in set_for.items():
        if number in back and back[number] <= day < today:
            found[number] = day
    for number, due in engine.run(store().database, _FIXED, (today.isoformat(),)):
        if str(number) in here:
            found[str(number)] = date.fromisoformat(str(due)[:10])
    return found


def _days(fact: str, numbers: set[str]) -> Mapping[str, date]:
    """What is known now of a fact that is a day."""
    found = {}
    for number, rows in entries.of_line(p.FACT, fact, numbers).items():
        now = entries.current(rows)
        value = p.unpack(now[-1].payload, p.FactPayload).value if now else None
        if value:
            found[number] = date.fromisoformat(value[:10])
    return found
