"""Recall as the rules read it: whether, which type, when back, and the date fixed-term recall ends.

Source: rulebook.md, Recall. For a fixed-term recall the notice's date governs; the computed one
counts the day of return as day 1: 28 days, or 14 where the sentence was under 12 months.
"""

from datetime import date, timedelta

from policy.reading import Answer, Reading, derives, not_known
from policy.sentence import UNDER_12_MONTHS

_LONGER = {"standard", "extended", "ipp", "life"}


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
