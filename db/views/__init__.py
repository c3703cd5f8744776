"""Reads: each gives frozen rows made for a screen, in a small constant number of queries."""

from datetime import date

from db.rows import Actor, CaseDetail
from db.staff import staff
from db.views.caseload import all_duties, caseload, counts
from db.views.diary import diary
from db.views.establishment import (
    asks,
    contact_meets,
    declinable,
    establishment,
    last_day_to_put_off,
    may_waive,
    why_undo,
    wings,
)
from db.views.every import every_duty
from db.views.find import find

__all__ = [
    "all_duties",
    "asks",
    "case_detail",
    "caseload",
    "contact_meets",
    "counts",
    "declinable",
    "diary",
    "establishment",
    "every_duty",
    "find",
    "last_day_to_put_off",
    "may_waive",
    "staff",
    "why_undo",
    "wings",
]


def case_detail(actor: Actor, number: str, today: date, as_at: date | None = None) -> CaseDetail:
    """Everything about one person; with `as_at`, what the record held on that day, under the figures of that day.

    Raises NotFound, Invalid (not a prisoner number).
    """
    # A case needs the rulebook, which the caseload starts faster without.
    from db.views.case import case_detail as read

    return read(actor, number, today, as_at)
