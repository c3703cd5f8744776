"""The audit trail as people read it: who did what, when, at which terminal (record.md, Staff, users, roles)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from db import engine, roles
from db.cases import existing
from db.clock import read_stamp
from db.current import store
from db.rows import Actor


class TrailRow(msgspec.Struct, frozen=True):
    """One line: when it was written (UTC), which day it was taken to be, who, where, what, about whom ("" for nobody).

    `rows` is how many rows it wrote; `restricted` lines say only that, and are the manager's.
    """

    at: datetime
    day: date | None
    who: str
    name: str
    terminal: str
    verb: str
    number: str
    detail: str
    rows: int
    restricted: bool


def trail(actor: Actor, number: str | None = None) -> tuple[TrailRow, ...]:
    """Every line this user may read, oldest first; with `number` those about one person.

    A supervisor and a case administrator read their own, an inspector everybody's, and only the manager those of
    what is need-to-know; to everybody else nothing tells of those, since lines carry no numbers.

    Raises NotFound, Invalid (not a prisoner number).
    """
    roles.check(actor, "audit")
    where, values = ["1 = 1"], list[object]()
    if not roles.may(actor, "audit-of-all"):
        where.append("a.who = ?")
        values.append(actor.staff)
    if not roles.may(actor, "audit-restricted"):
        where.append("NOT a.restricted")
    with store().read():
        if number is not None:
            where.append('a."case" = ?')
            values.append(existing(number))
        sql = (
            'SELECT a.at, a.day, a.who, coalesce(staff.name, a.who), a.terminal, a.verb, a."case", a.detail, a."rows",'
            ' a.restricted FROM "audit" AS a LEFT JOIN staff ON staff.id = a.who'
            f' WHERE {" AND ".join(where)} ORDER BY a.at, a."id"'
        )
        found = list(engine.run(store().database, sql, values))
    return tuple(map(_row, found))


def _row(found: Sequence[Any]) -> TrailRow:
    at, day, who, name, terminal, verb, number, detail, rows, restricted = found
    known = date.fromisoformat(day) if day else None
    return TrailRow(read_stamp(at), known, who, name, terminal, verb, number or "", detail, rows, bool(restricted))
