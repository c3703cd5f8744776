"""Late start: a duty whose date had passed before it first applied here is due five working days from then.

Source: rulebook.md, Calendar (Late start). Not after the last working day before release; called short
notice, not late. A due date on the very day it first applied is not late. Where arrival here is not known,
nothing applied before custody started.
"""

from datetime import date

from policy.anchors import Scene, When
from policy.calendar import Moment, day_of
from policy.conditions import holds
from policy.history import so_since
from policy.reading import Reading, latest
from policy.rulebook import Rule
from policy.work import Work


def late_start(
    rule: Rule, work: Work, moment: Moment, since: date | None, deadline: When | None, scene: Scene
) -> tuple[Moment, date | None]:
    """The due date, moved where it starts late, and then the day the duty first applied here.

    `since` is the last day on which anything it rests on was recorded or changed.
    """
    if not rule.text.late_start:
        return moment, None
    day, first = day_of(moment), latest(work.here_since, since)
    if first is None or day >= first:
        return moment, None
    if since is not None and first != work.here_since:
        first = latest(work.here_since, _applied_since(rule, work, since, deadline, scene))
        if first is None or day >= first:
            return moment, None
    moved = work.book.calendar.add(first, work.book.settings.late_start_working_days)
    if work.release is not None:
        moved = min(moved, work.book.calendar.before(work.release))
    return moved, first


def _applied_since(rule: Rule, work: Work, since: date, deadline: When | None, scene: Scene) -> date | None:
    """The first day from which the duty has applied without a break, and its release date been the same.

    None where that is not known.
    """

    def still(reading: Reading) -> bool:
        if not holds(rule.applies, reading).value:
            return False
        if rule.hangs_on_release and reading.day("release") != work.release:
            return False
        then = work.scene(scene.event, reading)
        then.last, then.opens, then.due = scene.last, scene.opens, scene.due
        return deadline is None or deadline.at(then).moment is not None

    return so_since(work.reading, since, still)
