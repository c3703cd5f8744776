"""A duty there is one of: done once, or once for each custody start, arrival or supervisor."""

from datetime import date

from policy import explain
from policy.anchors import Worked, day_worked
from policy.calendar import Moment, day_of
from policy.case import Event
from policy.conditions import Truth, holds
from policy.due import MET_BASE, NOT_APPLICABLE, WAIVED, Due
from policy.history import outlived
from policy.moments import day_at
from policy.rulebook import Rule, Variant
from policy.settling import Dates, dates, make, not_begun, settle, unknown
from policy.work import Work


def chosen(rule: Rule, work: Work) -> tuple[Variant | None, tuple[str, ...]]:
    """The first variant whose conditions hold, or the facts that would have to be known to choose."""
    missing: tuple[str, ...] = ()
    for variant in rule.variants:
        truth = holds(variant.when, work.reading)
        if truth.value:
            return variant, ()
        missing += truth.missing
    return None, tuple(dict.fromkeys(missing))


def once(rule: Rule, work: Work, truth: Truth) -> Due:
    """The duty: met, not required, not known, or still to be done."""
    variant, missing = chosen(rule, work) if truth.value else (None, truth.missing)
    if variant and variant.text.closed:
        return make(rule, NOT_APPLICABLE, f"Does not apply: {variant.text.closed}.", variant=variant)
    records = work.records(rule)
    found = dates(rule, variant, work.scene())
    if settled := _settled(rule, work, variant, found, records):
        return settled
    if missing:
        # What waits for an event nobody has recorded has not begun, whatever else is missing.
        return not_begun(rule, variant=variant) if found.due.unrecorded else unknown(rule, missing)
    if work.left_at_release() and rule.text.failed_when_gone:
        return explain.failed(make(rule, NOT_APPLICABLE, "", opens=day_worked(found.opens), due=found.due.moment), rule)
    if records:
        found.due = _restarted(rule, work, found.due, records)
    return settle(rule, work, found, truth.since, records, variant=variant)


def _settled(rule: Rule, work: Work, variant: Variant | None, found: Dates, records: list[Event]) -> Due | None:
    """The duty where it is met or was found not required."""
    met, day = _met(rule, work, variant, records)
    waiver = None if met else work.waiver(rule)
    if waiver:
        base, day, why = WAIVED, waiver.on, explain.waived(waiver)
    elif met:
        base, why = MET_BASE, explain.met(rule, day)
    else:
        return None
    opens = day_worked(found.opens)
    return make(rule, base, why, variant=variant, opens=opens, due=found.due.moment, met_on=day)


def _met(rule: Rule, work: Work, variant: Variant | None, records: list[Event]) -> tuple[bool, date | None]:
    """Whether it was met, and on which day as far as that is known."""
    if rule.text.met_by_fact:
        answer = work.reading.ask(rule.text.met_by_fact)
        if answer.known and not _outlived(rule, work, answer.since):
            return True, answer.since
    if not records:
        return False, None
    inside, limit = day_at(rule.inside, work.plain), day_at(rule.before, work.plain)
    after = day_at(variant.after, work.plain) if variant else None
    for event in reversed(records):
        day = event.day
        if event.declined or (inside and day < inside) or (limit and day >= limit) or (after and day <= after):
            continue
        if not _outlived(rule, work, day):
            return True, day
    return False, None


def _outlived(rule: Rule, work: Work, day: date | None) -> bool:
    return rule.hangs_on_release and day is not None and outlived(work.reading, day)


def _restarted(rule: Rule, work: Work, due: Worked, records: list[Event]) -> Worked:
    """A due date counted anew from the day the person declined."""
    declined = [event.day for event in records if event.declined]
    if not declined or due.start is None or declined[-1] < day_of(due.start):
        return due
    moment: Moment = declined[-1]
    for sign, span in due.steps:
        moment = work.book.calendar.shift(moment, span, sign)
    return Worked(moment, (), False, "declined", declined[-1], due.steps, due.since)
