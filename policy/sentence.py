"""What kind of sentence somebody serves and how long it is.

Source: rulebook.md, Calendar (Sentence length) and Scope. Length is as recorded, else sentence
start to sentence expiry, both days counted; "4 years or less" includes exactly 4 years; life
and IPP are over.
"""

from datetime import date, timedelta

from policy.calendar import add_months
from policy.facts import last_day_of
from policy.reading import Answer, Reading, derives, latest, not_known

_SENTENCED = {"sentenced", "recall", "indeterminate"}
_REMAND = {"remand", "convicted-unsentenced"}
UNDER_12_MONTHS = "under-12-months"
UP_TO_4_YEARS = "12-months-to-4-years"
OVER_4_YEARS = "over-4-years"


@derives("sentenced")
def sentenced(reading: Reading) -> Answer:
    """Whether a sentence is being served: the legal status says so, or where it is silent a sentence start does."""
    status = reading.ask("legal-status")
    start = reading.day("sentence-start")
    if not status.known:
        return reading.ask("legal-status") if start is None else Answer("yes", start)
    return Answer("yes" if status.value in _SENTENCED else "no", latest(status.since, start))


@derives("remand")
def remand(reading: Reading) -> Answer:
    """Whether somebody is on remand, or convicted and waiting for sentence; no where a sentence start is known."""
    status = reading.ask("legal-status")
    if not status.known:
        serving = reading.ask("sentenced")
        return Answer("no", serving.since) if serving.known else serving
    return Answer("yes" if status.value in _REMAND else "no", status.since)


@derives("sentence-kind")
def sentence_kind(reading: Reading) -> Answer:
    """Determinate, extended, ipp, life, or none for somebody not sentenced; an end date alone makes it determinate."""
    serving = reading.ask("sentenced")
    if serving.value == "no":
        return Answer("none", serving.since)
    kind = reading.ask("sentence-type")
    if kind.known:
        return kind
    expiry = reading.ask("sentence-expiry")
    if expiry.known and "sentence-type" not in reading.case.doubted:
        return Answer("determinate", expiry.since)  # a sentence with an end date is not for life
    return not_known("sentence-type") if serving.known else serving


@derives("determinate")
def determinate(reading: Reading) -> Answer:
    """Whether there is a sentence with an end date (extended sentences have one)."""
    kind = reading.ask("sentence-kind")
    if not kind.known:
        return kind
    return Answer("yes" if kind.value in ("determinate", "extended") else "no", kind.since)


@derives("indeterminate")
def indeterminate(reading: Reading) -> Answer:
    """Whether the sentence is life or IPP."""
    kind = reading.ask("sentence-kind")
    if not kind.known:
        return kind
    return Answer("yes" if kind.value in ("ipp", "life") else "no", kind.since)


@derives("length")
def length(reading: Reading) -> Answer:
    """The sentence's band: under 12 months, 12 months to 4 years, over 4 years; none where nobody sentenced."""
    kind = reading.ask("sentence-kind")
    if kind.value == "none":
        return Answer("none", kind.since)
    if kind.value in ("ipp", "life"):
        return Answer(OVER_4_YEARS, kind.since)
    start = reading.day("sentence-start")
    recorded = reading.ask("sentence")
    expiry = reading.day("sentence-expiry")
    if isinstance(recorded.value, str):
        first = start or date(2001, 1, 1)  # without a start, any common year serves to compare lengths
        return Answer(_band(first, last_day_of(first, recorded.value)), latest(recorded.since, start))
    if start and expiry:
        return Answer(_band(start, expiry), latest(reading.ask("sentence-expiry").since, start))
    missing = tuple(name for name, day in (("sentence-start", start), ("sentence-expiry", expiry)) if not day)
    return Answer(None, None, missing if kind.known else (*kind.missing, *missing))


def _band(start: date, last: date) -> str:
    if last < add_months(start, 12) - timedelta(days=1):
        return UNDER_12_MONTHS
    return OVER_4_YEARS if last > add_months(start, 48) - timedelta(days=1) else UP_TO_4_YEARS


@derives("over-4-years")
def over_4_years(reading: Reading) -> Answer:
    """Whether the sentence is longer than 4 years; no for somebody not sentenced."""
    band = reading.ask("length")
    return Answer("yes" if band.value == OVER_4_YEARS else "no", band.since) if band.known else band


@derives("12-months-or-more")
def twelve_months_or_more(reading: Reading) -> Answer:
    """Whether the sentence is 12 months or longer; no for somebody not sentenced."""
    band = reading.ask("length")
    return Answer("yes" if band.value in (UP_TO_4_YEARS, OVER_4_YEARS) else "no", band.since) if band.known else band


@derives("on-licence")
def on_licence(reading: Reading) -> Answer:
    """Whether release will be on licence: a licence expiry is known, or extended, IPP or life; else cannot tell."""
    serving = reading.ask("sentenced")
    if serving.value == "no":
        return Answer("no", serving.since)
    kind = reading.ask("sentence-kind")
    if kind.value in ("extended", "ipp", "life"):
        return Answer("yes", kind.since)
    expiry = reading.ask("licence-expiry")
    return Answer("yes", expiry.since) if expiry.known else not_known("licence-expiry")
