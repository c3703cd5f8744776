"""Why a duty is due, in sentences: what it started from, the rule, the arithmetic, what is special.

"Back in custody Thu 19 Feb 2026. The dossier is gone through … 5 working days from Thu 19 Feb:
Thu 26 Feb." Force, set or local, and the source stand beside it on screen and in the answer.
"""

from datetime import date, datetime

import msgspec

from policy.anchors import Worked
from policy.calendar import Moment, Span, day_of
from policy.case import Waiver
from policy.conditions import Truth
from policy.due import FAILED, Due
from policy.facts import facts
from policy.phrases import say
from policy.rulebook import Rule
from policy.work import Work

__all__ = ["Notes", "does_not_apply", "failed", "live", "met", "missing_words", "not_started", "waived"]
_SAID_WHICH = ("release", "recall-end")  # dates that say in words which one they are
_WEEKEND = ("a Saturday", "a Sunday")
_CHECK = "Nothing is recorded here, and it may have been done before: check the file, then tick it or do it."


class Notes(msgspec.Struct, gc=False):
    """What is special about a due date.

    Attributes:
        first_applied: the day it first applied here, where that was after its date.
        paused: the days away it was moved by.
        capped: it was moved to the last working day before release.
        unchecked: it may have been done before; the file says.
        beside: another date to show beside it.
    """

    first_applied: date | None
    paused: int
    capped: bool
    unchecked: bool
    beside: Moment | None


def met(rule: Rule, day: date | None) -> str:
    """The sentences of a duty that is done."""
    return f"{rule.text.words} Done {say(day)}." if day else f"{rule.text.words} Done; the day is not known."


def waived(waiver: Waiver) -> str:
    """The sentence of a duty that was found not required."""
    return f"Not required since {say(waiver.on)}: {waiver.why}"


def failed(due: Due, rule: Rule) -> Due:
    """A duty that can no longer be done because the person has left."""
    return msgspec.structs.replace(due, base=FAILED, why=f"{rule.text.words} Released before it was done.")


def does_not_apply(rule: Rule, truth: Truth, work: Work) -> str:
    """Why a duty does not apply: whom it is for, and the answer that settles it."""
    term = truth.failed
    if term is None:
        return f"Does not apply. For: {rule.text.who}."
    fact = facts().get(term.name)
    label = fact.label if fact else work.book.answers.get(term.name, term.name)
    value = work.reading.ask(term.name).value
    said = "not known" if value is None else str(value).replace("-", " ")
    return f"Does not apply. For: {rule.text.who}. {label}: {said}."


def not_started(rule: Rule) -> str:
    """Why a duty that each thing recorded starts is not there."""
    return f"Nothing is recorded that starts it. For: {rule.text.who}."


def live(words: str, rule: Rule, work: Work, worked: Worked, due: Moment | None, notes: Notes) -> str:
    """The sentences of a duty that is still to be done."""
    parts = []
    if worked.start is not None:
        parts.append(f"{_started(work, rule, worked)} {say(worked.start)}.")
    parts.append(words)
    if worked.start is not None and worked.moment is not None:
        parts.append(_arithmetic(worked.start, worked.moment, worked.steps))
    elif work.hearing and rule.hangs_on_release:
        parts.append("The hearing month opens it; there is no release date yet, so none is due.")
    elif due is None:
        parts.append("No date is set.")
    if due is not None:
        parts.extend(_special(work, due, notes, rule))
    return " ".join(parts)


def _started(work: Work, rule: Rule, worked: Worked) -> str:
    if worked.name == "event" and rule.text.started:
        return rule.text.started
    label = work.book.anchors.get(worked.name, "Counted from")
    kind = work.reading.ask(worked.name).words if worked.name in _SAID_WHICH else ""
    return f"{label} ({kind})" if kind else label


def _arithmetic(start: Moment, end: Moment, steps: tuple[tuple[int, Span], ...]) -> str:
    if not steps:
        return "Due that day."
    year = start.year != end.year
    sign, span = steps[0]
    words = f"{span} {'from' if sign > 0 else 'before'} {say(start, year=year)}"
    if span.unit == "hours" and not isinstance(start, datetime):
        return f"{words}, time not known: to the end of {say(end, year=year)}."
    for sign, span in steps[1:]:
        words += f", {'and' if sign == steps[0][0] else 'then'} {span} {'on' if sign > 0 else 'before that'}"
    return f"{words}: {say(end, year=year)}."


def _special(work: Work, due: Moment, notes: Notes, rule: Rule) -> list[str]:
    said = []
    if notes.paused:
        said.append(f"Moved by {notes.paused} {'day' if notes.paused == 1 else 'days'} away: {say(due, year=False)}.")
    if notes.first_applied:
        said.append(f"It first applied here on {say(notes.first_applied)}: short notice, due {say(due, year=False)}.")
    if notes.capped:
        said.append(f"Not after the last working day before release: {say(due, year=False)}.")
    calendar, day = work.book.calendar, day_of(due)
    if not calendar.is_working(day) and not rule.text.safety:
        what = "a bank holiday" if day.weekday() < 5 else _WEEKEND[day.weekday() - 5]
        said.append(f"That is {what}; the working day before is {say(calendar.before(day), year=False)}.")
    if not calendar.covers(day):
        said.append(f"No bank holidays are known for {day.year}: only weekends count.")
    if notes.beside is not None:
        said.append(f"{rule.text.beside_words} {say(notes.beside, year=False)}.")
    if notes.unchecked:
        said.append(_CHECK)
    return said


def missing_words(missing: tuple[str, ...]) -> str:
    """Which facts are missing, as the screen calls them."""
    labels = "; ".join(facts()[name].label for name in missing)
    return f"Cannot tell until {'this is' if len(missing) == 1 else 'these are'} known: {labels}."
