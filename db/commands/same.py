"""What comes to the same as a duty: pathway activities done with it. Nobody records one thing twice."""

import re

from db import entries, standing
from db import payloads as p
from db.checklist import ACTIVITY, kept_activities
from db.checklists import COVERED, Status
from db.commands.work import Work
from db.overrides import overrides_in_force
from policy.calendar import Moment, day_of
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


def needed_again(work: Work, referral: str, on: Moment) -> None:
    """What was passed on and did not help is needed again, where that is how it still stands."""
    book = catalogue(overrides_in_force())
    for name, kept in kept_activities(work.before).items():
        activity = book.activity.get(name)
        if activity and kept.payload.referral == referral:
            payload = p.ActivityPayload(name, Status.NEEDED.value, activity.title, activity.owner or "")
            at = entries.last_of_line(work.before, entries.line(work.case, p.ACTIVITY, name))
            work.add(p.ACTIVITY, following(kept.row.key), payload, on=day_of(on), source="checklist", replaces=at)


def following(key: str) -> str:
    """The next key of the same name: debt-advice, debt-advice.2, debt-advice.3."""
    found = re.fullmatch(r"(.+)\.(\d+)", key)
    return f"{found[1]}.{int(found[2]) + 1}" if found else f"{key}.2"


def _same(activity: Activity, duty: str, completes: bool) -> bool:
    return activity.duty == duty or (completes and activity.bcst)


def _completes(work: Work, duty: str) -> bool:
    """Whether this completes what the source stars: part 2 of the screening, or part 1 where there is no part 2."""
    if duty != _FIRST:
        return duty == _SECOND
    book = standing.rules()
    reading = Reading(work.story().case, work.today, book.settings, book.calendar)
    return holds(book.rules[_SECOND].applies, reading).value is False
