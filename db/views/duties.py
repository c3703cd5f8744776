"""Stored duties as rows: what today makes of them, and which of a person's comes first."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from db import engine
from db.columns import DUTY_COLUMNS
from db.current import store
from db.rows import DutyRow, State
from policy import urgency

_COLUMNS = (
    "duty, key, title, discreet_title, owner, force, figure, opens, due, base, why, source, short_notice,"
    ' last_working_day, deferred_to, met_on, missing, "case"'
)
_IN_ORDER = itemgetter(*(DUTY_COLUMNS.index(name.strip().strip('"')) for name in _COLUMNS.split(",")))
_LIVE = "base IN ('live', 'safety', 'unknown')"
_CHUNK = 500
Stored = Sequence[Any]
"""A stored duty: texts and flags, in the order of `_COLUMNS`."""


_STATES = {state.value: state for state in State}


# The same few hundred days come in thousands of duties.
@lru_cache(maxsize=8192)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=8192)
def _moment(text: str | None) -> date | datetime | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


def columns() -> str:
    """The columns `row_of` expects, as SQL; the last is whose duty it is."""
    return _COLUMNS


def row_of(stored: Stored, today: date, texts: dict[str, str]) -> DutyRow:
    """One stored duty as it stands on `today`.

    `texts`: one dictionary for all duties of a read; the same few texts come in thousands of them and are kept once.
    """
    once = texts.setdefault
    (
        identity, key, title, short, owner, force, figure, opens, due, base, why, source, notice, working, put_off, met,
        missing, _,
    ) = stored  # fmt: skip
    starts, ends, later = _day(opens), _moment(due), _day(put_off)
    until = later or (ends.date() if isinstance(ends, datetime) else ends)
    state = urgency.state(base, starts, until, today)
    return DutyRow(
        once(identity, identity),
        key,
        once(title, title),
        once(short, short),
        once(owner, owner),
        once(force, force),
        once(figure, figure),
        starts,
        ends,
        _STATES[state],
        urgency.rank(state, force),
        (until - today).days if until else None,
        bool(notice),
        _day(working),
        once(why, why),
        once(source, source),
        later,
        _day(met),
        tuple(missing.split(",")) if missing else (),
    )


def as_stored(kept: Sequence[object]) -> Stored:
    """A duty row as `standing` writes it, in the order `row_of` reads."""
    stored: Stored = _IN_ORDER(kept)
    return stored


def urgency_key(duty: DutyRow) -> tuple[int, int, date, str, str]:
    """How a person's own duties are ordered: rank, force, the day they count to, id."""
    until = duty.deferred_to or duty.due
    return (
        duty.rank or 9,
        urgency.FORCE_ORDER[duty.force],
        until.date() if isinstance(until, datetime) else until or date.max,
        duty.id,
        duty.key,
    )


def of_cases(numbers: Iterable[str], today: date, *, live: bool = True) -> dict[str, list[DutyRow]]:
    """The stored duties of these people, each person's most urgent first; `live` leaves out what is settled."""
    wanted = list(numbers)
    found: dict[str, list[DutyRow]] = {number: [] for number in wanted}
    texts: dict[str, str] = {}
    only = f" AND {_LIVE}" if live else ""
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        marks = ", ".join("?" * len(part))
        for stored in engine.run(
            store().database, f'SELECT {_COLUMNS} FROM duty WHERE "case" IN ({marks}){only}', part
        ):
            found[stored[17]].append(row_of(stored, today, texts))
    for duties in found.values():
        duties.sort(key=urgency_key)
    return found
