"""The order of the caseload, in words, never a score.

Source: rulebook.md, Urgency. 1 a safety handover outstanding; 2 overdue, mandatory or expected;
3 due today, mandatory or expected; 4 late or due today, local; 5 within 7 days; 6 cannot tell;
7 open; 8 later; then clear.
"""

from datetime import date
from functools import cache

WEEK = 7
RANKS = {"safety": 1, "week": 5, "unknown": 6, "open": 7, "later": 8}
FORCE_ORDER = {"mandatory": 0, "expected": 1, "local": 2}


def state(base: str, opens: date | None, due: date | None, today: date) -> str:
    """What today makes of a duty: `due` is the day it counts to, put off or not, in calendar days.

    A duty without an opening day is open; one due within the week is so whether it has opened or not.
    """
    if base != "live":
        return base
    if due is not None:
        if due < today:
            return "overdue"
        if due == today:
            return "today"
        if (due - today).days <= WEEK:
            return "week"
    return "open" if opens is None or opens <= today else "later"


@cache
def rank(state_now: str, force: str) -> int | None:
    """Where a state stands in the order, 1 to 8; None for a duty that is settled."""
    if state_now in ("overdue", "today"):
        if force == "local":
            return 4
        return 2 if state_now == "overdue" else 3
    return RANKS.get(state_now)
