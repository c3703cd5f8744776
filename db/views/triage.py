"""The triage walk: whom to go through in which order, what was recorded about them since, and how they stand now."""

from collections.abc import Iterable, Mapping
from datetime import date

from db import engine, entries, roles
from db import payloads as p
from db.audit import ENTRY_COLUMNS
from db.current import store
from db.entries import Row
from db.rows import Actor, CaseRow, DutyRow, Filter, Recorded
from db.views import duties, order
from db.views.caseload import case_rows, columns, scope_sql
from policy.facts import facts

LAST_RANK = 6
"""A walk goes as far as those of whom cannot be told whether something is due (rulebook.md, Urgency)."""
_CHUNK = 500


def walk_order(actor: Actor, wanted: Filter, today: date) -> tuple[str, ...]:
    """The numbers of everybody who needs somebody now, most urgent first.

    That is safety, late, today, within 7 days, cannot tell; where the filter names states, those.
    """
    roles.check_reads(actor)
    where, values = scope_sql(actor, wanted, today)
    found: list[str] = []
    with store().read():
        for bucket in order.buckets(today):
            if bucket.rank > LAST_RANK and not wanted.states:
                break
            sql = (
                f"SELECT number FROM standing WHERE {where} AND {bucket.where} ORDER BY {bucket.due}, last_seen, number"
            )
            found += [str(row[0]) for row in engine.run(store().database, sql, [*values, *bucket.values])]
    return tuple(found)


def end_of_trail(actor: Actor) -> int:
    """Where the audit trail ends now, for `recorded_since`."""
    roles.check_reads(actor)
    with store().read():
        found = engine.run(store().database, 'SELECT "id" FROM "audit" ORDER BY "id" DESC LIMIT 1').fetchone()
    return int(found[0]) if found else 0


def recorded_since(actor: Actor, trail: int, today: date) -> Mapping[str, tuple[Recorded, ...]]:
    """What this user recorded about single cases since the audit trail ended at `trail`, by case, oldest first.

    What was undone does not count; nor does what was done to many at once.
    """
    roles.check_reads(actor)
    names = ", ".join(f'entry."{name}"' for name in ENTRY_COLUMNS)
    # From the trail to its commands: both are indexed, so the length of the record does not matter.
    sql = (
        f'SELECT {names} FROM "audit" JOIN entry ON entry.command = "audit".command'
        ' WHERE "audit"."id" > ? AND "audit".who = ? AND "audit"."case" IS NOT NULL AND NOT entry.restricted'
        ' ORDER BY "audit"."id", entry."id"'
    )
    with store().read():
        rows = entries.live(Row(*found) for found in engine.run(store().database, sql, (trail, actor.staff)))
        owed = duties.of_cases({row.case for row in rows if row.case}, today, live=False)
    titles = {(number, duty.name): duty for number, own in owed.items() for duty in own}
    told: dict[str, list[Recorded]] = {}
    for row in rows:
        if row.case:
            told.setdefault(row.case, []).append(_recorded(row, titles))
    return {number: tuple(recorded) for number, recorded in told.items()}


def standing_now(actor: Actor, numbers: Iterable[str], today: date) -> tuple[CaseRow, ...]:
    """How these people stand, in the order given; somebody the record does not know is left out."""
    roles.check_reads(actor)
    wanted = tuple(numbers)
    found: list[tuple[object, ...]] = []
    with store().read():
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            marks = ", ".join("?" * len(part))
            found += engine.run(
                store().database, f"SELECT {columns()} FROM standing WHERE number IN ({marks})", part
            ).fetchall()
        rows = {row.number: row for row in case_rows(found, today)}
    return tuple(rows[number] for number in wanted if number in rows)


def _recorded(row: Row, titles: Mapping[tuple[str, str], DutyRow]) -> Recorded:
    number = row.case or ""
    if row.kind == p.CONTACT:
        kind = p.unpack(row.payload, p.ContactPayload).kind
        return Recorded(number, row.kind, kind, kind)
    if row.kind == p.FACT:
        fact = facts().get(row.key)
        label = fact.label if fact else row.key
        return Recorded(number, row.kind, label, "" if fact and fact.discreet else label)
    duty = titles.get((number, row.key))
    if duty is None:
        return Recorded(number, row.kind, "", "")
    return Recorded(number, row.kind, duty.title, duty.discreet_title or duty.title)
