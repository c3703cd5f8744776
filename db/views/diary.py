"""The diary: what falls due, day by day, in two queries however many days and people."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import msgspec

from db import appointments, engine, need_to_know, roles
from db import payloads as p
from db.audit import ENTRY_COLUMNS
from db.current import store
from db.entries import Row
from db.rows import Actor, Appointment, DiaryDay, DiaryEntry, DutyRow, Filter, State
from db.views import duties
from db.views.apart import owed_apart
from db.views.caseload import scope_sql
from policy.calendar import day_of
from policy.urgency import FORCE_ORDER

DAYS = 14
WEEK_DAYS = 7
_PERSON = "number, surname, forenames, place, tier, tier_order, last_seen"
# Where the person begins, behind the columns of the duty.
_AT = 18
_UNTIL = "COALESCE(deferred_to, due)"

Order = tuple[object, ...]


def diary(
    actor: Actor,
    wanted: Filter,
    today: date,
    start: date | None = None,
    days: int = DAYS,
    *,
    openings: bool = False,
    apart: bool = False,
) -> tuple[DiaryDay, ...]:
    """So many days from `start` on (today, if not said), each with its live duties in the caseload's order.

    A duty stands on the day it counts to: the day it was put off to, else the day it is due; what is booked stands
    before the duties of its day. From today on there is first a day without a date: what should be over before today.
    A duty without any date stands nowhere. With `openings`, a duty also stands on the day work on it can start, after
    what is due there. With `apart`, what is need-to-know of the reader's own cases stands there too, as far as they
    may see it, and the audit trail says so.

    `wanted` says whose cases; where it names a duty, only that one stands in the diary.
    """
    roles.check_reads(actor)
    first = max(start or today, today)
    end = first + timedelta(days)
    with store().read():
        found = list(engine.run(store().database, *_query(actor, wanted, today, first, end, openings)))
        booked = [] if wanted.duty else _booked(actor, wanted, today, first, end)
        secret = list(owed_apart(actor, wanted, today, _PERSON)) if apart else []
    placed: dict[date | None, list[tuple[Order, DiaryEntry]]] = {first + timedelta(at): [] for at in range(days)}
    if first == today:
        placed = {None: [], **placed}
    texts: dict[str, str] = {}
    for person, one in booked:
        entry = msgspec.structs.replace(_entry(person, _as_duty(one, today), False), booked=True)
        placed[day_of(one.at)].append((_order(entry, person), entry))
    for row in found:
        duty = duties.row_of(row[:_AT], today, texts)
        for day, opening in _days(duty, today, openings):
            if day in placed:
                entry = _entry(row[_AT:], duty, opening)
                placed[day].append((_order(entry, row[_AT:]), entry))
    shown = set()
    for person, duty in secret:
        for day, opening in _days(duty, today, openings):
            if day in placed:
                entry = msgspec.structs.replace(_entry(person, duty, opening), apart=True)
                placed[day].append((_order(entry, person), entry))
                shown.add(entry.number)
    for number in sorted(shown):
        need_to_know.note_read(actor, number, today)
    return tuple(DiaryDay(day, _in_order(entries)) for day, entries in placed.items())


def stands_on(duty: DutyRow) -> date | None:
    """The day a duty counts to: put off to it, else due on it; None where it has no date."""
    until = duty.deferred_to or duty.due
    return until.date() if isinstance(until, datetime) else until


def _query(
    actor: Actor, wanted: Filter, today: date, first: date, end: date, openings: bool
) -> tuple[str, list[object]]:
    where, values = scope_sql(actor, wanted, today)
    due = f"{_UNTIL} < ?" if first == today else f"{_UNTIL} >= ? AND {_UNTIL} < ?"
    values += [end.isoformat()] if first == today else [first.isoformat(), end.isoformat()]
    if openings:
        due = f"({due} OR opens >= ? AND opens < ?)"
        values += [first.isoformat(), end.isoformat()]
    if wanted.duty:
        due += " AND duty = ?"
        values.append(wanted.duty)
    sql = (
        f"SELECT {duties.columns()}, {_PERSON}, named FROM"
        f" (SELECT {_PERSON}, (SELECT name FROM staff WHERE id = supervisor) AS named"
        f" FROM standing WHERE {where}) AS person"
        f" JOIN duty ON \"case\" = number WHERE base IN ('live', 'safety', 'unknown') AND {due}"
    )
    return sql, values


def _booked(
    actor: Actor, wanted: Filter, today: date, first: date, end: date
) -> list[tuple[tuple[object, ...], Appointment]]:
    """What is booked with these people on these days; one query."""
    where, values = scope_sql(actor, wanted, today)
    names = ", ".join(f'"{name}"' for name in ENTRY_COLUMNS)
    sql = (
        f"SELECT {_PERSON}, named, {names} FROM"
        f" (SELECT {_PERSON}, (SELECT name FROM staff WHERE id = supervisor) AS named"
        f" FROM standing WHERE {where}) AS person"
        ' JOIN entry ON "case" = number AND kind = ? ORDER BY recorded, id'
    )
    people: dict[str, tuple[object, ...]] = {}
    rows: dict[str, list[Row]] = {}
    size = len(_PERSON.split(",")) + 1
    for found in engine.run(store().database, sql, [*values, p.APPOINTMENT]):
        people[str(found[0])] = tuple(found[:size])
        rows.setdefault(str(found[0]), []).append(Row(*found[size:]))
    return [
        (people[number], one)
        for number, own in rows.items()
        for one in appointments.of_rows(own)
        if first <= day_of(one.at) < end
    ]


def _as_duty(one: Appointment, today: date) -> DutyRow:
    """An appointment as a line of the diary."""
    day = day_of(one.at)
    said = [f"{one.what.capitalize()} booked", *([f"with {one.others}"] if one.others else [])]
    said += [f"at {one.where}"] if one.where else []
    state = State.TODAY if day == today else State.WEEK if (day - today).days <= WEEK_DAYS else State.LATER
    return DutyRow(
        "appointment",
        one.key,
        one.what.capitalize(),
        one.what.capitalize(),
        "",
        "expected",
        "local",
        None,
        one.at,
        state,
        0,
        (day - today).days,
        False,
        None,
        f"{', '.join(said)}.",
        "",
        None,
        None,
        (),
    )


def _days(duty: DutyRow, today: date, openings: bool) -> Iterator[tuple[date | None, bool]]:
    """Where a duty stands, and whether it only opens there."""
    until = stands_on(duty)
    if until is not None:
        yield (None if until < today else until), False
    if openings and duty.opens is not None and duty.opens != until and duty.opens >= today:
        yield duty.opens, True


def _entry(person: tuple[object, ...], duty: DutyRow, opening: bool) -> DiaryEntry:
    number, surname, forenames, place, tier, _, _, named = person
    return DiaryEntry(
        str(number),
        str(surname),
        str(forenames),
        str(place),
        tier if isinstance(tier, int) else None,
        str(named or ""),
        duty,
        opening,
    )


def _order(entry: DiaryEntry, person: tuple[object, ...]) -> Order:
    """The caseload's order (rulebook.md, Urgency): rank, tier, force, the day, longest since seen, number."""
    duty = entry.duty
    return (
        not entry.booked,
        entry.opening,
        str(duty.due) if entry.booked else "",
        duty.rank or 9,
        person[5],
        FORCE_ORDER[duty.force],
        stands_on(duty) or date.max,
        str(person[6] or ""),
        entry.number,
        duty.id,
        duty.key,
    )


def _in_order(entries: Iterable[tuple[Order, DiaryEntry]]) -> tuple[DiaryEntry, ...]:
    return tuple(entry for _, entry in sorted(entries, key=lambda pair: pair[0]))
