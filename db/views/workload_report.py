"""The workload for a report: on any day, and who was given how many cases within a time."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from db import allocating, engine, entries, roles, standing
from db import payloads as p
from db.columns import DUTY_COLUMNS, STANDING_COLUMNS
from db.current import store
from db.entries import Row
from db.errors import Invalid
from db.loads import Workload
from db.models import NEVER
from db.overrides import overrides_in_force
from db.rows import Actor, State
from db.views import duties
from db.views.workload import UNSEEN_DAYS, put_together, staff_as_at, workload
from policy.due import LIVE, UNKNOWN
from policy.phrases import say
from policy.planning import Backlog, backlogs
from policy.rulebook import rulebook

_ALLOT = "allocate-supervisor"


class Moved(msgspec.Struct, frozen=True):
    """How many cases somebody was given, and how many went from them, within a time."""

    given: int = 0
    taken: int = 0


def workload_as_at(actor: Actor, today: date, day: date) -> Workload:
    """The workload as the record had it on a day, under the figures of that day. Raises Invalid for a day to come."""
    roles.check_reads(actor)
    if day > today:
        raise Invalid(f"{say(day)} has not come yet.", field="as-at")
    if day == today:
        return workload(actor, today)
    book = rulebook(overrides_in_force(day))
    tiers: dict[str, Counter[int | None]] = defaultdict(Counter)
    states: dict[str, Counter[State]] = defaultdict(Counter)
    late: dict[str, Counter[int | None]] = defaultdict(Counter)
    missed: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    waits: list[tuple[object, ...]] = []
    unseen = (day - timedelta(days=UNSEEN_DAYS)).isoformat()
    with store().read():
        for number, rows in _until(day):
            kept, owed = standing.derive(number, rows, day, book)
            row = dict(zip(STANDING_COLUMNS, kept, strict=True))
            if not row["present"]:
                continue
            holder, tier, seen = str(row["supervisor"] or ""), row["tier"], str(row["last_seen"])
            state = _state(owed, day)
            whose = tier if isinstance(tier, int) else None
            tiers[holder][whose] += 1
            states[holder][state] += 1
            late[holder][whose] += state is State.OVERDUE
            missed[holder] += seen <= unseen  # never seen is "", which comes before any day
            behind.update(backlog.title for backlog in backlogs().values() if _is_behind(backlog, owed, day))
            if not holder:
                waits.append(_wait(owed))
        staff = staff_as_at(day)
    found = {holder: (tiers[holder], states[holder], missed[holder], late[holder]) for holder in tiers}
    figures = tuple((backlog.title, behind[backlog.title]) for backlog in backlogs().values())
    return put_together(found, waits, staff, book.settings, day, figures)


def moved(actor: Actor, since: date, until: date) -> Mapping[str, Moved]:
    """Of everybody who was given cases or gave some up from `since` to `until`, both included: how many."""
    roles.check_reads(actor)
    given: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    with store().read():
        numbers = [str(row[0]) for row in engine.run(store().database, "SELECT number FROM standing")]
        lines = entries.of_line(p.FACT, "supervisor", numbers)
    for rows in lines.values():
        for spell in allocating.spells(rows):
            given[spell.staff] += since <= spell.since <= until
            taken[spell.staff] += spell.until is not None and since <= spell.until <= until
    return {staff: Moved(given[staff], taken[staff]) for staff in given if given[staff] or taken[staff]}


def _until(day: date) -> list[tuple[str, list[Row]]]:
    """Every person known by a day, with the rows written until then."""
    sql = 'SELECT DISTINCT "case" FROM entry WHERE "case" IS NOT NULL'
    numbers = [str(row[0]) for row in engine.run(store().database, sql)]
    found = (
        (number, [row for row in rows if row.day <= day.isoformat()]) for number, rows in entries.of_cases(numbers)
    )
    return [(number, rows) for number, rows in found if rows]


def _is_behind(backlog: Backlog, owed: list[tuple[object, ...]], day: date) -> bool:
    """Whether one of a backlog's duties is past its day, put off or not, or cannot be told."""
    for one in owed:
        row = dict(zip(DUTY_COLUMNS, one, strict=True))
        if row["duty"] in backlog.duties:
            until = str(row["deferred_to"] or row["due"] or NEVER)[:10]
            if row["base"] == UNKNOWN or (row["base"] == LIVE and until < day.isoformat()):
                return True
    return False


def _state(owed: list[tuple[object, ...]], day: date) -> State:
    """The state of the most urgent duty, or clear."""
    texts: dict[str, str] = {}
    rows = sorted((duties.row_of(duties.as_stored(one), day, texts) for one in owed), key=duties.urgency_key)
    return next((row.state for row in rows if row.live), State.CLEAR)


def _wait(owed: list[tuple[object, ...]]) -> tuple[object, ...]:
    """Since when a supervisor is waited for, until when one is to be named, and whether one is."""
    named = (dict(zip(DUTY_COLUMNS, one, strict=True)) for one in owed)
    duty = next((one for one in named if one["duty"] == _ALLOT), None)
    return (duty["opens"], duty["due"], duty["base"]) if duty else (None, None, None)
