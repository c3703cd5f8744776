"""Reads: each gives frozen rows made for a screen, in a small constant number of queries."""

from db.staff import staff
from db.views.case import case_detail
from db.views.caseload import all_duties, caseload, counts
from db.views.establishment import (
    asks,
    contact_meets,
    establishment,
    last_day_to_put_off,
    may_waive,
    why_undo,
    wings,
)
from db.views.find import find

__all__ = [
    "all_duties",
    "asks",
    "case_detail",
    "caseload",
    "contact_meets",
    "counts",
    "establishment",
    "find",
    "last_day_to_put_off",
    "may_waive",
    "staff",
    "why_undo",
    "wings",
]
