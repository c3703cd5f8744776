"""One case while the rules are applied to it: what is the same for every rule, and which records count."""

from datetime import date

from policy.anchors import Scene, When
from policy.calendar import day_of
from policy.case import MET, Case, Event, Waiver
from policy.conditions import Truth, holds
from policy.moments import day_at
from policy.pauses import Pause, pauses
from policy.reading import Reading
from policy.rulebook import Rule, Rulebook


class Work:
    """One case under evaluation.

    Attributes:
        today: the day it is read on; for somebody who has left, the day they did.
        gone: the day they left, None while they are here.
        plain: where dates that do not hang on one duty's own records are worked out.
        release: the release date that counts, None where none lies ahead.
        here_since: the day of arrival here; where that is not known custody start, which it cannot precede.
        hearing: life or IPP without a release date and with a hearing ahead: windows open, nothing is due.
    """

    def __init__(self, case: Case, today: date, book: Rulebook) -> None:
        """Read the case and sort its events."""
        self.case = case
        self.book = book
        self.gone = case.gone if case.gone and case.gone <= today else None
        self.today = self.gone or today
        self.reading = Reading(case, self.today, book.settings, book.calendar)
        self._truths: dict[tuple[str, ...], Truth] = {}
        self.by_duty: dict[str, list[Event]] = {}
        self.by_kind: dict[str, list[Event]] = {}
        for event in case.events:
            if event.kind == MET:
                self.by_duty.setdefault(event.key, []).append(event)
            else:
                self.by_kind.setdefault(event.kind, []).append(event)
        self.plain = self.scene()
        self.release = self.reading.day("release")
        self.here_since = self.reading.day("arrival") or self.reading.day("custody-start")
        self.hearing = self.release is None and self.reading.ask("hearing").known
        self.away: tuple[Pause, ...] = pauses(case)

    def applies(self, rule: Rule) -> Truth:
        """Whether a rule's conditions hold; rules that share them share the answer."""
        truth = self._truths.get(rule.text.applies)
        if truth is None:
            truth = self._truths[rule.text.applies] = holds(rule.applies, self.reading)
        return truth

    def scene(self, event: Event | None = None, reading: Reading | None = None) -> Scene:
        """Where dates are worked out: this case as read today, unless another reading is given."""
        return Scene(reading or self.reading, self.book.calendar, self.done, event)

    def done(self, duty: str) -> tuple[Event, ...]:
        """The records of one duty, or the events of another kind, that count, oldest first."""
        rule = self.book.rules.get(duty)
        if rule is None:
            return tuple(self.by_kind.get(duty, ()))
        found = [event for event in self._since(rule.begins, rule.met_by) if not event.declined]
        return tuple([event for event in found if event.key == duty] or found[:1])

    def records(self, rule: Rule) -> list[Event]:
        """What was recorded for a rule, done or declined, since it last began, oldest first."""
        return self._since(rule.begins, rule.met_by)

    def _since(self, begins: When | None, duties: tuple[str, ...]) -> list[Event]:
        """Records count in this period of custody, at this prison or under this supervisor, as the rule says."""
        if len(duties) == 1:
            found = self.by_duty.get(duties[0], [])
        else:
            found = sorted((event for duty in duties for event in self.by_duty.get(duty, ())), key=_day)
        start = day_at(begins, self.plain) if begins and found else None
        return found if start is None else [event for event in found if event.day >= start]

    def waiver(self, rule: Rule, key: str = "") -> Waiver | None:
        """The last decision that a duty is not required, since it last began."""
        for waiver in reversed(self.case.waivers):
            if waiver.duty == rule.id and waiver.key == key:
                start = day_at(rule.begins, self.plain)
                return waiver if start is None or waiver.on >= start else None
        return None

    def deferred_to(self, rule: Rule, key: str, dates: tuple[str, ...]) -> date | None:
        """Until when a duty was put off, where one of its due dates is the one that was."""
        for deferral in reversed(self.case.deferrals):
            if deferral.duty == rule.id and deferral.key == key and deferral.due in dates:
                return deferral.to
        return None

    def left_at_release(self) -> bool:
        """Whether the person was released; where how they left is not known, whether it was about the release date.

        That is on the release date, or on the last working day before it, or later.
        """
        if self.gone is None:
            return False
        if (how := self.reading.ask("left-how").value) is not None:
            return how == "released"
        if self.release is None:
            return False
        return self.gone >= self.book.calendar.before(self.release)


def declined_running(records: list[Event]) -> int:
    """How many times running, up to now, something was declined."""
    count = 0
    for event in reversed(records):
        if not event.declined:
            break
        count += 1
    return count


def _day(event: Event) -> date:
    return day_of(event.at)
