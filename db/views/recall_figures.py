"""The figures on recall: who there is, and how well they are looked after, beside what the study found.

Worked out from the rows as they were on the day asked about. What is not known and what is not due yet stand apart:
neither is ever counted as a no (rulebook.md, Three states; Recall, Management information).
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import msgspec

from db import engine, entries, roles, story
from db.current import store
from db.errors import Invalid
from db.overrides import overrides_in_force
from db.recalls import EXPECTED, Figure, RecallCase, RecallFigures
from db.rows import Actor, DutyRow, Role, State
from db.views.recall import case_of
from policy.calendar import add_months
from policy.duties import evaluate
from policy.phrases import say
from policy.recall import FORMAL_REVIEWS, PROACTIVE
from policy.recall_words import TYPES, recall_words
from policy.rulebook import rulebook

SMALL = 5
WEEK = timedelta(days=7)
_SEES_ALL = frozenset({Role.MANAGER, Role.INSPECTOR})
_LONGER = frozenset({"standard", "extended", "ipp", "life"})


class Counted(msgspec.Struct, frozen=True):
    """One case as it is counted: who, the recall, and the reasons a measure comes to."""

    number: str
    case: RecallCase

    def duty(self, name: str) -> DutyRow | None:
        """How a step stands."""
        return next((step.duty for step in self.case.steps if step.duty.id == name), None)


Judge = Callable[[Counted, date], bool | None]
"""Whether a case counts: yes, no, or None for not known. Raises `NotYet` where it is too early to say."""


class NotYet(Exception):
    """It is too early to say: it may still be done in time."""


def recall_figures(
    actor: Actor, today: date, *, as_at: date | None = None, since: date | None = None, until: date | None = None
) -> RecallFigures:
    """The figures as at a day; releases are those from `since` to `until`, the twelve months before it if not said.

    A supervisor is told of their own cases; numbers under five are told to manager and inspector only.

    Raises Invalid (a day to come, a period that ends before it begins), NotAllowed.
    """
    roles.check_reads(actor)
    day = as_at or today
    last = until or day
    first = since or add_months(last, -12) + timedelta(days=1)
    if day > today:
        raise Invalid(f"{say(day)} has not come yet; today is {say(today)}.", "as-at")
    if first > last:
        raise Invalid("The period ends before it begins.", "from")
    with store().read():
        now, over, expected = _read(actor, day)
    hidden = actor.role not in _SEES_ALL
    figures = [*_who(now, day), *_care(now, day), _before_sed(over, first, last)]
    if hidden:
        shown = tuple(_suppressed(one) for one in figures)
        return RecallFigures(day, first, last, _hide(len(now)), _hide(expected), shown, hidden)
    return RecallFigures(day, first, last, len(now), expected, tuple(figures), hidden)


def _hide(number: int) -> int:
    """A number that does not tell who is meant: -1 stands for fewer than five."""
    return -1 if 0 < number < SMALL else number


def _suppressed(figure: Figure) -> Figure:
    """A figure without the small numbers, and without one that a small rest would give away."""
    count, of = _hide(figure.count), _hide(figure.of)
    if 0 < figure.of - figure.count < SMALL and figure.of > 0:
        count = -1  # the rest would give it away
    return msgspec.structs.replace(
        figure, count=count, of=of, unknown=_hide(figure.unknown), not_yet=_hide(figure.not_yet), numbers=()
    )


def _read(actor: Actor, day: date) -> tuple[list[Counted], list[tuple[str, RecallCase]], int]:
    """Those on recall that day, those with a recall that is over, and how many are expected."""
    mine = actor.role is Role.SUPERVISOR
    also = " AND supervisor = ?" if mine else ""
    sql = f"SELECT number FROM standing WHERE recall IS NOT NULL AND recall <> 'no'{also}"
    numbers = [str(row[0]) for row in engine.run(store().database, sql, (actor.staff,) if mine else ())]
    book = rulebook(overrides_in_force(day))
    now, over, expected = [], [], 0
    for number, rows in entries.of_cases(numbers):
        known = [row for row in rows if row.day <= day.isoformat()]
        told = story.read(number, known, day)
        case = case_of(number, known, told, evaluate(told.case, day, book, every=True), day)
        if case.before:
            over.append((number, case))
        if case.now is None:
            continue
        if case.now.stage == EXPECTED:
            expected += 1
        elif told.case.gone is None:
            now.append(Counted(number, case))
    return now, over, expected


def _who(now: list[Counted], day: date) -> Iterable[Figure]:
    """By type, reason and time back."""
    for kind, called in TYPES.items():
        yield _count(f"type-{kind}", f"Type: {called}", now, day, _is(kind))
    for reason in recall_words().reason:
        yield _count(f"reason-{reason.id}", f"Reason: {reason.label}", now, day, _for(reason.id))
    spans = (
        ("under-6-months", "Back under 6 months", 0, 6),
        ("6-to-12-months", "Back 6 to 12 months", 6, 12),
        ("over-12-months", "Back 12 months or more", 12, 1200),
    )
    for measure, label, low, high in spans:
        yield _count(measure, label, now, day, _back(low, high))


def _is(kind: str) -> Judge:
    return lambda one, _: one.case.now is not None and one.case.now.type == kind


def _for(reason: str) -> Judge:
    def judge(one: Counted, _: date) -> bool | None:
        reasons = one.case.now.reasons if one.case.now else ()
        return reason in reasons if reasons else None

    return judge


def _back(low: int, high: int) -> Judge:
    def judge(one: Counted, day: date) -> bool | None:
        returned = one.case.now.returned if one.case.now else None
        if returned is None:
            return None
        return add_months(returned, low) <= day < add_months(returned, high)

    return judge


def _care(now: list[Counted], day: date) -> Iterable[Figure]:
    """How well they are looked after."""
    yield _count("seen-within-a-week", "Seen by the supervisor within a week", now, day, _within("recall-contact"))
    yield _count("om-within-a-week", "Offender manager in touch within a week", now, day, _within("recall-om-contact"))
    yield _count("explained", "Dossier gone through", now, day, _done("recall-explained"))
    yield _count("meeting", "Early meeting held", now, day, _done("recall-meeting"))
    longer = [one for one in now if one.case.now and one.case.now.type in _LONGER]
    yield _count("reviewed", "Reviewed in the last month", longer, day, _reviewed)


def _within(duty: str) -> Judge:
    """Done within a week of the return."""

    def judge(one: Counted, day: date) -> bool | None:
        found, returned = one.duty(duty), one.case.now.returned if one.case.now else None
        if found is None or returned is None or found.state is State.UNKNOWN:
            return None
        if found.met_on is not None:
            return found.met_on <= returned + WEEK
        if day <= returned + WEEK:
            raise NotYet
        return False

    return judge


def _done(duty: str) -> Judge:
    """Done, or past the day it should have been."""

    def judge(one: Counted, day: date) -> bool | None:
        found = one.duty(duty)
        if found is None or found.state is State.UNKNOWN:
            return None
        if found.met_on is not None and found.state is State.MET:
            return True
        if found.live and found.due is not None and found.due.isoformat()[:10] >= day.isoformat():
            raise NotYet
        return False

    return judge


def _reviewed(one: Counted, day: date) -> bool | None:
    """Looked at in the last month: could they be released, and if not, what would it take; or a formal review."""
    now = one.case.now
    if now is None or now.returned is None:
        return None
    if day < add_months(now.returned, 1):
        raise NotYet
    duties = [duty for name in (PROACTIVE, *FORMAL_REVIEWS) if (duty := one.duty(name))]
    done = [duty.met_on for duty in duties if duty.met_on]
    if not done and any(duty.state is State.UNKNOWN for duty in duties):
        return None
    return bool(done) and max(done) >= add_months(day, -1)


def _count(measure: str, label: str, now: list[Counted], day: date, judge: Judge) -> Figure:
    yes, no, unknown, not_yet = [], 0, 0, 0
    for one in now:
        try:
            answer = judge(one, day)
        except NotYet:
            not_yet += 1
            continue
        if answer is None:
            unknown += 1
        elif answer:
            yes.append(one.number)
        else:
            no += 1
    found, source = _found(measure)
    return Figure(measure, label, len(yes), len(yes) + no, unknown, not_yet, found, source, tuple(yes))


def _found(measure: str) -> tuple[str, str]:
    name = measure.removeprefix("type-").removeprefix("reason-")
    one = next((found for found in recall_words().found if found.measure == name), None)
    return (one.words, one.source) if one else ("", "")


def _before_sed(over: list[tuple[str, RecallCase]], first: date, last: date) -> Figure:
    """Of those released in the period who could have been kept to sentence end: how many left before it."""
    yes, no, unknown = [], 0, 0
    for number, case in over:
        for recall in case.before:
            if recall.released is None or not first <= recall.released <= last:
                continue
            if recall.type in ("fixed-term", "ipp", "life"):
                continue
            if case.sentence_end is None:
                unknown += 1
            elif recall.released < case.sentence_end:
                yes.append(number)
            else:
                no += 1
    found, source = _found("before-sed")
    label = "Released before sentence end"
    return Figure("before-sed", label, len(yes), len(yes) + no, unknown, 0, found, source, tuple(yes))
