"""What comes to the same as a duty: pathway activities done with it. Nobody records one thing twice."""

from db import payloads as p
from db import standing
from db.checklist import ACTIVITY, kept_activities
from db.checklists import COVERED
from db.commands.work import Work
from db.overrides import overrides_in_force
from policy.calendar import Moment
from policy.case import MET
from policy.catalogue import Activity, catalogue
from policy.conditions import holds
from policy.reading import Reading
from policy.rulebook import Rule

_FIRST, _SECOND = "bcst1", "bcst2"


def settle_same(work: Work, rule: Rule, outcome: str, on: Moment) -> None:
    """Meet what was marked as needed and is done now that the duty of this rule is met."""
    owed = {duty.name for duty in work.duties() if duty.live and duty.id == ACTIVITY}
    if not owed:
        return
    completes = _completes(work, rule.id)
    book = catalogue(overrides_in_force())
    for name, kept in kept_activities(work.before).items():
        activity = book.activity.get(name)
        duty = f"{ACTIVITY}:{kept.row.key}"
        if activity and duty in owed and _same(activity, rule.id, completes):
            words = outcome or f"{COVERED} {rule.short}"
            work.add(MET, duty, p.MetPayload({"outcome": words}), on=on, source="checklist")
            work.met.append(duty)


def _same(activity: Activity, duty: str, completes: bool) -> bool:
    return activity.duty == duty or (completes and activity.bcst)


def _completes(work: Work, duty: str) -> bool:
    """Whether this completes what the source stars: part 2 of the screening, or part 1 where there is no part 2."""
    if duty != _FIRST:
        return duty == _SECOND
    book = standing.rules()
    reading = Reading(work.story().case, work.today, book.settings, book.calendar)
    return holds(book.rules[_SECOND].applies, reading).value is False
