"""Several people at once: everybody a filter shows, and those who were selected, as they stand now."""

from collections.abc import Iterable
from datetime import date

from db import engine, roles
from db.current import store
from db.rows import Actor, Filter
from db.several import Chosen
from db.views import order
from db.views.caseload import case_rows, columns, scope_sql
from policy.phrases import say

_CHUNK = 400


def everybody(actor: Actor, wanted: Filter, today: date, limit: int | None = None) -> tuple[str, ...]:
    """The numbers of everybody a filter shows, `limit` of them at most, in the order of the caseload."""
    roles.check_reads(actor)
    where, values = scope_sql(actor, wanted, today)
    found: list[str] = []
    with store().read():
        for bucket in order.buckets(today):
            sql = (
                f"SELECT number FROM standing WHERE {where} AND {bucket.where} ORDER BY {bucket.due}, last_seen, number"
            )
            if limit is not None:
                sql += f" LIMIT {limit - len(found)}"
            found += [str(row[0]) for row in engine.run(store().database, sql, [*values, *bucket.values])]
    return tuple(found)


def chosen(actor: Actor, numbers: Iterable[str], today: date) -> tuple[Chosen, ...]:
    """These people as they stand, in the order given; whoever has left says so, whoever is not known is left out."""
    roles.check_reads(actor)
    wanted = tuple(dict.fromkeys(numbers))
    found: list[tuple[object, ...]] = []
    size = len(columns().split(","))
    with store().read():
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT {columns()}, present, left_on FROM standing WHERE number IN ({marks})"
            found += engine.run(store().database, sql, part).fetchall()
        rows = case_rows((row[:size] for row in found), today)
    told = {row.number: Chosen(row, _barred(*of[size:])) for row, of in zip(rows, found, strict=True)}
    return tuple(told[number] for number in wanted if number in told)


def _barred(present: object, left: object) -> str:
    if present:
        return ""
    return f"Left on {say(date.fromisoformat(str(left)))}." if left else "No longer here."
