"""The caseload: who needs somebody now, in order, a screenful at a time; and how many stand where."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from db import engine, roles
from db.current import store
from db.rows import NOT_HERE, Actor, CaseRow, Counts, DutyRow, Filter, MissingFact, Page, State
from db.views import duties, order
from policy.facts import facts
from policy.planning import Backlog, backlogs

_COLUMNS = (
    "number, surname, forenames, cell, wing, place, supervisor, tier, rosh, flags, last_seen,"
    " release_date, release_kind, scope, limb, missing, present"
)
_UNSEEN_DAYS = 60


def caseload(actor: Actor, wanted: Filter, today: date, after: str | None = None, limit: int | None = None) -> Page:
    """People in order of urgency: `limit` of them after the place an earlier page ended at, or all."""
    roles.check_reads(actor)
    with store().read():
        found, following = _walk(actor, wanted, today, after, limit)
        return Page(case_rows(found, today), following)


def case_rows(found: Iterable[tuple[object, ...]], today: date) -> tuple[CaseRow, ...]:
    """Standing rows (`columns()`) with their live duties, in the order given; inside a read."""
    listed = list(found)
    owed = duties.of_cases([str(row[0]) for row in listed], today)
    return tuple(case_row(row, tuple(owed[str(row[0])])) for row in listed)


def columns() -> str:
    """The columns `case_rows` expects, as SQL."""
    return _COLUMNS


def case_row(row: tuple[object, ...], owed: tuple[DutyRow, ...]) -> CaseRow:
    """One standing row (`columns()`) with its live duties, most urgent first."""
    number, surname, forenames, cell, wing, place, supervisor, tier, rosh, flags, seen, release, kind, scope, limb = (
        row[:15]
    )
    return CaseRow(
        str(number),
        str(surname),
        str(forenames),
        str(cell),
        str(wing),
        str(place) if row[16] else NOT_HERE,
        str(supervisor or ""),
        tier if isinstance(tier, int) else None,
        str(rosh) if rosh else None,
        tuple(str(flags).split(",")) if flags else (),
        date.fromisoformat(str(seen)) if seen else None,
        date.fromisoformat(str(release)) if release else None,
        str(kind),
        str(scope),
        str(limb),
        owed[0] if owed else None,
        owed,
        _missing(str(row[15])),
    )


def _missing(text: str) -> tuple[MissingFact, ...]:
    if text == "{}":
        return ()
    known = facts()
    return tuple(MissingFact(fact, known[fact].label, tuple(needs)) for fact, needs in json.loads(text).items())


def _walk(
    actor: Actor, wanted: Filter, today: date, after: str | None, limit: int | None
) -> tuple[list[tuple[object, ...]], str | None]:
    where, values = scope_sql(actor, wanted, today, ordered=True)
    start, place = json.loads(after) if after else (0, None)
    found: list[tuple[object, ...]] = []
    for index, bucket in enumerate(order.buckets(today)):
        if index < start:
            continue
        sql = f"SELECT {_COLUMNS}, {bucket.due} FROM standing WHERE {where} AND {bucket.where}"
        given = [*values, *bucket.values]
        if place and index == start:
            sql += f" AND ({bucket.due}, last_seen, number) > (?, ?, ?)"
            given += place
        sql += f" ORDER BY {bucket.due}, last_seen, number"
        if limit is not None:
            sql += f" LIMIT {limit - len(found)}"
        found.extend(engine.run(store().database, sql, given))
        if limit is not None and len(found) >= limit:
            last = found[-1]
            return found, json.dumps([index, [last[-1], last[10], last[0]]])
    return found, None


def scope_sql(actor: Actor, wanted: Filter, today: date, *, ordered: bool = False) -> tuple[str, list[object]]:
    """Whose cases and which of them, as a SQL condition on `standing`; `ordered`: for a read in that order."""
    # Compared with a value, the database walks the indexes of the order, which begin with it; merely named, it takes
    # the supervisor's index, or reads everything through, which is faster for a supervisor's cases and for counting.
    walked = ordered and wanted.who not in ("mine", "supervisor")
    terms = ["present = ?" if walked else "present"]
    values: list[object] = [True] if walked else []
    for term, given in _terms(actor, wanted, today):
        terms.append(term)
        values.extend(given)
    return " AND ".join(terms), values


def _terms(actor: Actor, wanted: Filter, today: date) -> Iterator[tuple[str, tuple[object, ...]]]:
    if wanted.who == "mine":
        yield "supervisor = ?", (actor.staff,)
    elif wanted.who == "supervisor":
        yield "supervisor = ?", (wanted.supervisor,)
    if wanted.wing:
        yield "wing = ?", (wanted.wing,)
    if wanted.tier is not None:
        yield "tier = ?", (wanted.tier,)
    if wanted.tier_unknown:
        yield "tier IS NULL", ()
    if wanted.recalled:
        yield "recall IS NOT NULL AND recall <> 'no'", ()
    if wanted.unseen:
        yield "last_seen <= ?", ((today - timedelta(days=_UNSEEN_DAYS)).isoformat(),)
    if wanted.states:
        expression, given = order.state_sql(today)
        marks = ", ".join("?" * len(wanted.states))
        yield f"{expression} IN ({marks})", (*given, *wanted.states)
    if backlog := backlogs().get(wanted.duty):
        yield backlog_sql(backlog, today)
    elif wanted.duty:
        yield (
            "number IN (SELECT \"case\" FROM duty WHERE duty = ? AND base IN ('live', 'safety', 'unknown'))",
            (wanted.duty,),
        )


def backlog_sql(backlog: Backlog, today: date) -> tuple[str, tuple[object, ...]]:
    """Whether one of a backlog's duties is past its day, put off or not, or cannot be told; on `standing`."""
    marks = ", ".join("?" * len(backlog.duties))
    behind = "(base = 'unknown' OR (base = 'live' AND substr(coalesce(deferred_to, due), 1, 10) < ?))"
    sql = f'number IN (SELECT "case" FROM duty WHERE duty IN ({marks}) AND {behind})'
    return sql, (*backlog.duties, today.isoformat())


def counts(actor: Actor, wanted: Filter, today: date) -> Counts:
    """How many people stand in each state, and how many nobody has seen for 60 calendar days."""
    roles.check_reads(actor)
    where, values = scope_sql(actor, wanted, today)
    expression, given = order.state_sql(today)
    unseen = (today - timedelta(days=_UNSEEN_DAYS)).isoformat()
    sql = (
        f"SELECT {expression} AS state_now, count(*), sum(CASE WHEN last_seen <= ? THEN 1 ELSE 0 END)"
        f" FROM standing WHERE {where} GROUP BY state_now"
    )
    with store().read():
        found = list(engine.run(store().database, sql, (*given, unseen, *values)))
    by_state = {State(row[0]): int(row[1]) for row in found}
    ordered = tuple((state, by_state[state]) for state in State if state in by_state)
    return Counts(sum(by_state.values()), ordered, sum(int(row[2]) for row in found))


def all_duties(
    actor: Actor, wanted: Filter, today: date, *, settled: bool = False, every: bool = False
) -> tuple[tuple[str, DutyRow], ...]:
    """Every duty of these people with whose it is, most urgent first.

    `settled`: met, waived and failed ones too; `every`: those that do not apply as well.
    """
    roles.check_reads(actor)
    where, values = scope_sql(actor, wanted, today)
    with store().read():
        numbers = [
            str(row[0]) for row in engine.run(store().database, f"SELECT number FROM standing WHERE {where}", values)
        ]
        owed: Mapping[str, Sequence[DutyRow]] = {}
        if not every:
            owed = duties.of_cases(numbers, today, live=not settled)
    if every:
        from db.views.every import every_duty  # brings all the rules with it, which stored duties do not need

        owed = every_duty(actor, numbers, today)
    listed = [(number, duty) for number, own in owed.items() for duty in own]
    return tuple(sorted(listed, key=lambda pair: (duties.urgency_key(pair[1]), pair[0])))
