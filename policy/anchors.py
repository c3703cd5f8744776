"""What a date of the rulebook may be counted from.

A fact or a derived answer, by its name. `since:FACT`: the day its value held from. `recorded:FACT`: the
last day it was recorded, the same value or another. `vacant:FACT`: the day it was taken back.
`done:DUTY` or `done:DUTY.FIELD`: when that was met. `last`: the last time this duty was met. `changed`:
the first significant change after that. `event` or `event.FIELD`: what started this duty. `opens`, `due`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

import msgspec

from policy.calendar import Moment, Span, WorkingDays, day_of
from policy.case import RISK_MEETING, SIGNIFICANT_CHANGE, Event
from policy.reading import Reading


class Worked(msgspec.Struct, frozen=True, gc=False):
    """A date worked out, with the way there.

    Attributes:
        moment: the date; None where it cannot be worked out.
        missing: the facts it needs that are not known.
        unrecorded: it waits for an event nobody has recorded, so the duty has not begun.
        name: what it was counted from, as the rulebook names it.
        start: the date it was counted from.
        steps: the spans added (+1) or taken away (-1), in order.
        since: from which day all it needs was known to hold.
    """

    moment: Moment | None
    missing: tuple[str, ...] = ()
    unrecorded: bool = False
    name: str = ""
    start: Moment | None = None
    steps: tuple[tuple[int, Span], ...] = ()
    since: date | None = None


NOTHING = Worked(None)
_UNRECORDED = Worked(None, unrecorded=True)


class Scene(msgspec.Struct):
    """What a date is worked out in: the case as read, and what this duty has to go by.

    Attributes:
        done: the records of a duty that count, oldest first.
        last: the last time this duty was met, declined or set aside, or what its first clock counts from.
        last_name: which of those it was, as the rulebook names it.
    """

    reading: Reading
    calendar: WorkingDays
    done: Callable[[str], tuple[Event, ...]]
    event: Event | None = None
    last: date | None = None
    last_name: str = "last"
    opens: Moment | None = None
    due: Moment | None = None


class When(Protocol):
    """A date of the rulebook, ready to be worked out."""

    def at(self, scene: Scene) -> Worked:
        """The date in this scene."""
        ...

    def anchors(self) -> frozenset[str]:
        """The names it counts from."""
        ...

    def shape(self) -> str:
        """How it is counted, without the figures: two dates of one shape differ in their figures only."""
        ...


class Anchor(msgspec.Struct, frozen=True):
    """A date that is simply there; what it is comes from how it is named."""

    name: str
    find: Callable[[str, str, Scene], Worked]
    rest: str

    def at(self, scene: Scene) -> Worked:
        """The anchor's own date."""
        return self.find(self.name, self.rest, scene)

    def anchors(self) -> frozenset[str]:
        """Itself."""
        return frozenset({self.name})

    def shape(self) -> str:
        """Itself."""
        return self.name


def anchor(name: str) -> Anchor:
    """The anchor of that name; whether there is such a fact or duty is for the rulebook to check."""
    if name in _OWN:
        return Anchor(name, _OWN[name], "")
    kind, _, rest = name.partition(":")
    if rest:
        return Anchor(name, _SPECIAL.get(kind, _answer), rest)
    kind, _, field = name.partition(".")
    return Anchor(name, _event, field) if kind == "event" else Anchor(name, _answer, name)


def _answer(name: str, fact: str, scene: Scene) -> Worked:
    answer = scene.reading.ask(fact)
    if not isinstance(answer.value, date):
        return Worked(None, answer.missing or (fact,))
    return Worked(answer.value, (), False, name, answer.value, (), answer.since)


def _plain(name: str, moment: Moment | None) -> Worked:
    return _UNRECORDED if moment is None else Worked(moment, (), False, name, moment)


def _last(name: str, rest: str, scene: Scene) -> Worked:
    return _plain(scene.last_name, scene.last)


def _opens(name: str, rest: str, scene: Scene) -> Worked:
    return _plain(name, scene.opens)


def _due(name: str, rest: str, scene: Scene) -> Worked:
    return _plain(name, scene.due)


def _changed(name: str, rest: str, scene: Scene) -> Worked:
    """The first significant change after the duty was last met; a recall is one, and what a risk meeting decided."""
    days = [event.day for event in scene.reading.case.events if _is_significant(event)]
    if returned := scene.reading.day("recall-returned"):
        days.append(returned)
    after = scene.last or date.min
    return _plain(name, min((day for day in days if day > after), default=None))


def _is_significant(event: Event) -> bool:
    return event.kind == SIGNIFICANT_CHANGE or (event.kind == RISK_MEETING and bool(event.fields.get("decision")))


def _event(name: str, field: str, scene: Scene) -> Worked:
    if scene.event is None:
        return _UNRECORDED
    return _plain(name, _field_date(scene.event, field) if field else scene.event.day)


def _field_date(event: Event, field: str) -> date | None:
    text = event.fields.get(field, "")
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _since(name: str, fact: str, scene: Scene) -> Worked:
    answer = scene.reading.ask(fact)
    if not answer.known:
        return Worked(None, answer.missing)
    if answer.since is None:
        return Worked(None, ("arrival",))
    return Worked(answer.since, (), False, name, answer.since, (), answer.since)


def _recorded(name: str, fact: str, scene: Scene) -> Worked:
    versions = scene.reading.case.facts.get(fact, ())
    if not versions or versions[-1].value is None:
        return Worked(None, (fact,))
    since = versions[-1].since
    return Worked(since, () if since else ("arrival",), False, name, since, (), since)


def _vacant(name: str, fact: str, scene: Scene) -> Worked:
    versions = scene.reading.case.facts.get(fact, ())
    return _plain(name, versions[-1].since if versions and versions[-1].value is None else None)


def _done(name: str, target: str, scene: Scene) -> Worked:
    duty, _, field = target.partition(".")
    events = scene.done(duty)
    if not events:
        return _UNRECORDED
    given = _field_date(events[-1], field) if field else None
    return _plain(name, given) if given else _plain(f"done:{duty}", events[-1].day)


_OWN: Mapping[str, Callable[[str, str, Scene], Worked]] = {
    "last": _last,
    "opens": _opens,
    "due": _due,
    "changed": _changed,
}
_SPECIAL: Mapping[str, Callable[[str, str, Scene], Worked]] = {
    "since": _since,
    "recorded": _recorded,
    "vacant": _vacant,
    "done": _done,
}


def day_worked(worked: Worked) -> date | None:
    """The day of a worked-out date, None where there is none."""
    return None if worked.moment is None else day_of(worked.moment)
