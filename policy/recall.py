"""Recall as the rules read it: whether, which type, when back, and the date fixed-term recall ends.

Source: rulebook.md, Recall. For a fixed-term recall the notice's date governs; the computed one
counts the day of return as day 1: 28 days, or 14 where the sentence was under 12 months.
"""

from collections.abc import Callable
from datetime import date, timedelta

from policy.case import MET, Event
from policy.reading import Answer, Reading, derives, not_known
from policy.sentence import UNDER_12_MONTHS

_LONGER = {"standard", "extended", "ipp", "life"}
DECISION = "recall-decision"
RELEASE = "release"
PROACTIVE = "recall-proactive"
FORMAL_REVIEWS = ("recall-28", "recall-annual")


@derives("recall")
def recall(reading: Reading) -> Answer:
    """The type of recall, or no: as recorded; where no signal speaks of one, the legal status or a sentence says no.

    Signals that disagree are asked about, never guessed: until then it is not known.
    """
    recorded = reading.fact("recall")
    if recorded.known or "recall" in reading.case.doubted:
        return recorded
    status, serving = reading.ask("legal-status"), reading.ask("sentenced")
    if status.value == "recall" or not serving.known:
        return recorded
    return Answer("no", serving.since)


@derives("recalled")
def recalled(reading: Reading) -> Answer:
    """Whether somebody is in custody on recall."""
    recall = reading.ask("recall")
    if not recall.known:
        return not_known("recall")
    return Answer("no" if recall.value == "no" else "yes", recall.since)


@derives("recall-fixed-term")
def fixed_term(reading: Reading) -> Answer:
    """Whether the recall is fixed-term."""
    recall = reading.ask("recall")
    return Answer("yes" if recall.value == "fixed-term" else "no", recall.since) if recall.known else recall


@derives("recall-longer")
def longer(reading: Reading) -> Answer:
    """Whether the recall lasts until somebody decides: every type but fixed-term and HDC."""
    recall = reading.ask("recall")
    return Answer("yes" if recall.value in _LONGER else "no", recall.since) if recall.known else recall


@derives("recall-computed-release")
def computed_release(reading: Reading) -> Answer:
    """The last day of a fixed-term recall as counted from the day of return, which is day 1."""
    returned = reading.day("recall-returned")
    if returned is None:
        return not_known("recall-returned")
    days = reading.ask("recall-days")
    if isinstance(days.value, str):
        return _computed(returned, int(days.value), days.since)
    length = reading.ask("length")
    if not length.known:
        return Answer(None, None, ("recall-days",))
    count = 14 if length.value == UNDER_12_MONTHS else 28
    return _computed(returned, count, length.since)


def _computed(returned: date, days: int, since: date | None) -> Answer:
    return Answer(returned + timedelta(days=days - 1), since, words=f"computed: {days} days, the return is day 1")


@derives("recall-end")
def recall_end(reading: Reading) -> Answer:
    """The day a fixed-term recall ends: the notice's date, else the post-recall release date, else the computed one."""
    for name, words in (("recall-release", "date on the notice"), ("post-recall-release", "post-recall release date")):
        given = reading.ask(name)
        if given.known:
            return Answer(given.value, given.since, words=words)
    return reading.ask("recall-computed-release")


@derives("sed-ahead")
def sed_ahead(reading: Reading) -> Answer:
    """Whether a sentence end still lies ahead; no where the sentence has none."""
    kind = reading.ask("indeterminate")
    if kind.value == "yes":
        return Answer("no", kind.since)
    expiry = reading.ask("sentence-expiry")
    if not isinstance(expiry.value, date):
        return not_known("sentence-expiry")
    return Answer("no" if reading.is_past(expiry.value) else "yes", expiry.since)


@derives("recall-undecided")
def undecided(reading: Reading) -> Answer:
    """Whether release is still to be decided in this recall: yes, until the last decision since the return says so."""
    recalled_now = reading.ask("recalled")
    if not recalled_now.known:
        return recalled_now
    last = _last(reading, "outcome", lambda event: event.kind == DECISION)
    return Answer("no", last.day) if last and last.fields["outcome"] == RELEASE else Answer("yes", recalled_now.since)


@derives("recall-next-review")
def next_review(reading: Reading) -> Answer:
    """The day the last formal review set for the next."""
    return _set(reading, _last(reading, "", lambda event: event.kind == MET and event.key in FORMAL_REVIEWS))


@derives("recall-look-again")
def look_again(reading: Reading) -> Answer:
    """The day the last proactive review set for looking again."""
    return _set(reading, _last(reading, "", lambda event: event.kind == MET and event.key == PROACTIVE))


def _last(reading: Reading, field: str, fits: Callable[[Event], bool]) -> Event | None:
    """The last event of this recall that fits and has the field (any, if not said)."""
    returned = reading.day("recall-returned")
    for event in reversed(reading.case.events):
        if fits(event) and not event.declined and (not field or event.fields.get(field)):
            return event if returned is None or event.day >= returned else None
    return None


def _set(reading: Reading, event: Event | None) -> Answer:
    text = event.fields.get("next", "") if event else ""
    return Answer(date.fromisoformat(text), event.day) if event and text else Answer(None)


@derives("left-before-return")
def left_before_return(reading: Reading) -> Answer:
    """The last day they left custody before this return: what was recorded before it belongs to an earlier recall."""
    returned = reading.day("recall-returned")
    versions = reading.case.facts.get("left", ())
    days = [version.value for version in versions if isinstance(version.value, date)]
    before = [day for day in days if returned is None or day <= returned]
    return Answer(max(before)) if before else Answer(None)
