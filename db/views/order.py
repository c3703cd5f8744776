"""The caseload's order as a row of buckets, each one indexed query.

Rank, then tier, then force; within a bucket due date, longest since seen, prisoner number
(rulebook.md, Urgency). Walking the buckets in order and stopping when there is enough gives the
first screenful of 100,000 people without reading them all.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from db.models import NEVER
from db.rows import State
from policy.urgency import WEEK

_TIERS = range(5)
CLEAR_RANK = 9
_REST_STATES = {6: State.UNKNOWN, 7: State.OPEN, 8: State.LATER, 9: State.CLEAR}


class Bucket(NamedTuple):
    """Cases of one rank, tier and force: the condition, its values, and the column of the due day that orders them."""

    rank: int
    where: str
    values: tuple[object, ...]
    due: str


def buckets(today: date) -> Iterator[Bucket]:
    """Every bucket in order, as the caseload stands on `today`."""
    now, week = today.isoformat(), (today + timedelta(days=WEEK)).isoformat()
    safe = f"safety_due = '{NEVER}'"
    for tier in _TIERS:
        yield Bucket(1, f"tier_order = ? AND safety_due < '{NEVER}'", (tier,), "safety_due")
    for tier in _TIERS:
        yield Bucket(2, f"tier_order = ? AND mandatory_due < ? AND {safe}", (tier, now), "mandatory_due")
        yield Bucket(
            2,
            f"tier_order = ? AND expected_due < ? AND mandatory_due >= ? AND {safe}",
            (tier, now, now),
            "expected_due",
        )
    timely = f"{safe} AND mandatory_due >= ? AND expected_due >= ?"
    for tier in _TIERS:
        yield Bucket(3, f"tier_order = ? AND mandatory_due = ? AND {timely}", (tier, now, now, now), "mandatory_due")
        yield Bucket(
            3,
            f"tier_order = ? AND expected_due = ? AND mandatory_due > ? AND {timely}",
            (tier, now, now, now, now),
            "expected_due",
        )
    ahead = f"{safe} AND mandatory_due > ? AND expected_due > ?"
    for tier in _TIERS:
        yield Bucket(4, f"tier_order = ? AND local_due <= ? AND {ahead}", (tier, now, now, now), "local_due")
    ahead += " AND local_due > ?"
    for tier in _TIERS:
        yield Bucket(
            5, f"tier_order = ? AND mandatory_due <= ? AND {ahead}", (tier, week, now, now, now), "mandatory_due"
        )
        yield Bucket(
            5,
            f"tier_order = ? AND expected_due <= ? AND mandatory_due > ? AND {ahead}",
            (tier, week, week, now, now, now),
            "expected_due",
        )
        yield Bucket(
            5,
            f"tier_order = ? AND local_due <= ? AND mandatory_due > ? AND expected_due > ? AND {ahead}",
            (tier, week, week, week, now, now, now),
            "local_due",
        )
    quiet = f"{safe} AND mandatory_due > ? AND expected_due > ? AND local_due > ?"
    for rank in _REST_STATES:
        for tier in _TIERS:
            for force in range(3) if rank != CLEAR_RANK else (9,):
                yield Bucket(
                    rank,
                    f"rest_rank = ? AND tier_order = ? AND rest_force = ? AND {quiet}",
                    (rank, tier, force, week, week, week),
                    "rest_due",
                )


def state_sql(today: date) -> tuple[str, tuple[object, ...]]:
    """The state of a case's most urgent duty as one SQL expression, for counting and filtering."""
    now, week = today.isoformat(), (today + timedelta(days=WEEK)).isoformat()
    sql = (
        f"CASE WHEN safety_due < '{NEVER}' THEN 'safety'"
        " WHEN mandatory_due < ? OR expected_due < ? THEN 'overdue'"
        " WHEN mandatory_due = ? OR expected_due = ? THEN 'today'"
        " WHEN local_due < ? THEN 'overdue' WHEN local_due = ? THEN 'today'"
        " WHEN mandatory_due <= ? OR expected_due <= ? OR local_due <= ? THEN 'week'"
        " WHEN rest_rank = 6 THEN 'unknown' WHEN rest_rank = 7 THEN 'open' WHEN rest_rank = 8 THEN 'later'"
        " ELSE 'clear' END"
    )
    return sql, (now, now, now, now, now, now, week, week, week)
