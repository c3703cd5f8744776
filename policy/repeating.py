"""A duty that comes round again: its next clock starts from the last time it was met, declined or set aside."""

from datetime import date

from policy.anchors import Scene, Worked
from policy.calendar import day_of
from policy.case import Event
from policy.conditions import Truth
from policy.due import NOT_APPLICABLE, Due
from policy.rulebook import Rule
from policy.settling import dates, make, settle, unknown
from policy.work import Work


def repeating(rule: Rule, work: Work, truth: Truth) -> Due:
    """The duty's next time: not begun, not known, or still to be done."""
    records = work.records(rule)
    scene = work.scene()
    missing = _count_from(rule, work, scene, records)
    if scene.last is None:
        if missing:
            return unknown(rule, tuple(dict.fromkeys((*truth.missing, *missing))))
        return make(rule, NOT_APPLICABLE, f"Not begun: it is counted from the first time it is done. {rule.text.words}")
    if not truth.value:
        return unknown(rule, truth.missing)
    found = dates(rule, None, scene)
    found.due = _sooner(rule, scene, found.due)
    if rule.opens_from_due and rule.opens:
        scene.due = found.due.moment
        found.opens = rule.opens.at(scene)
    met = [event.day for event in records if not event.declined]
    return settle(rule, work, found, truth.since, records, met_on=met[-1] if met else None)


def _count_from(rule: Rule, work: Work, scene: Scene, records: list[Event]) -> tuple[str, ...]:
    """Set what the clock counts from: the last record, decision, or what it first counts from; else what is missing."""
    days: list[tuple[date, str]] = []
    missing: tuple[str, ...] = ()
    for event in records:
        if not event.declined or event.key == rule.id:
            days.append((event.day, "declined" if event.declined else "last"))
    if waiver := work.waiver(rule):
        days.append((waiver.on, "waived"))
    if rule.last_from:
        first = rule.last_from.at(scene)
        missing = first.missing
        if first.moment is not None:
            days.append((day_of(first.moment), first.name))
    if days:
        scene.last, scene.last_name = max(days, key=lambda one: one[0])
    return missing


def _sooner(rule: Rule, scene: Scene, due: Worked) -> Worked:
    """The earliest of the usual due date and those that bring it forward after the last time."""
    for option in rule.sooner:
        worked = option.at(scene)
        if worked.moment is None or worked.start is None or scene.last is None or due.moment is None:
            continue
        if day_of(worked.start) > scene.last and day_of(worked.moment) < day_of(due.moment):
            due = worked
    return due
