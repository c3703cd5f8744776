"""What is due, by when, and why: the rules applied to one case on one day.

`evaluate` gives absolute dates and the next day on which time alone would change them; urgency
(`urgency.py`) is a comparison of those dates with today. Every duty says what it was counted
from, how, how certain it is and where it stands; what cannot be worked out names the facts that
are missing. A duty there is one of is `once.py`, one for each thing recorded `each.py`, one that
comes round again `repeating.py`.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from policy import explain
from policy.case import Case
from policy.due import (
    FAILED,
    LIVE,
    MET_BASE,
    NOT_APPLICABLE,
    SAFETY,
    UNKNOWN,
    WAIVED,
    Due,
    Evaluation,
)
from policy.each import each
from policy.once import once
from policy.repeating import repeating
from policy.rulebook import Rule, Rulebook
from policy.settling import make
from policy.work import Work

__all__ = [
    "FAILED",
    "LIVE",
    "MET_BASE",
    "NOT_APPLICABLE",
    "SAFETY",
    "UNKNOWN",
    "WAIVED",
    "Due",
    "Evaluation",
    "evaluate",
]
_OUTSTANDING = (LIVE, SAFETY, UNKNOWN)


def evaluate(case: Case, today: date, book: Rulebook, *, every: bool = False) -> Evaluation:
    """Work out every duty of a case as at `today`.

    With `every`, the duties that do not apply are listed too, each saying why not.
    """
    work = Work(case, today, book)
    found: list[Due] = []
    for rule in book.rules.values():
        for due in _of_rule(rule, work, every):
            if work.gone and due.base in _OUTSTANDING and not _goes_on(rule, work):
                due = msgspec.structs.replace(due, base=NOT_APPLICABLE, why="No longer in this prison.")
            if every or due.base != NOT_APPLICABLE:
                found.append(due)
    return Evaluation(tuple(found), _recheck_on(work), work.reading)


def _goes_on(rule: Rule, work: Work) -> bool:
    """Whether it is still to be done for somebody who has left as they did."""
    wanted = rule.text.after_leaving
    return bool(wanted) and work.reading.ask("left-how").value == wanted


def _of_rule(rule: Rule, work: Work, every: bool) -> Iterable[Due]:
    truth = work.applies(rule)
    if truth.value is False:
        return (make(rule, NOT_APPLICABLE, explain.does_not_apply(rule, truth, work)),) if every else ()
    if rule.text.trigger == "once":
        return (once(rule, work, truth),)
    if rule.text.trigger == "repeat":
        return (repeating(rule, work, truth),)
    found = tuple(each(rule, work, truth))
    return found or ((make(rule, NOT_APPLICABLE, explain.not_started(rule)),) if every else ())


def _recheck_on(work: Work) -> date | None:
    """The next day on which time alone changes a duty: tomorrow, while somebody is away and the clocks stand still."""
    if work.gone:
        return None
    if work.away and work.away[-1].end is None:
        return work.today + timedelta(days=1)
    days = [day for day in (work.reading.recheck_on, work.case.gone) if day is not None]
    return min(days, default=None)
