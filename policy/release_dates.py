"""Which release date counts, what opens the windows before it, and the day the last one lapsed.

Source: rulebook.md, Calendar (Release date). Past dates are never used. Eligibility dates open
windows and never set a due date; for life and IPP the hearing month does.
"""

from datetime import date, timedelta

from policy.calendar import day_of
from policy.reading import Answer, Reading, derives, latest, not_known

WORDS = {
    "recall-release": "date on the recall notice",
    "post-recall-release": "post-recall release date",
    "recall-computed-release": "computed from the day of return",
    "release-date": "confirmed",
    "approved-parole": "approved parole",
    "approved-curfew": "approved home detention curfew",
    "automatic-release": "automatic release date",
    "conditional-release": "conditional release date",
    "non-parole": "non-parole date",
    "sentence-expiry": "sentence end, the latest possible",
}
CONFIRMED = ("release-date",)
APPROVED = ("approved-parole", "approved-curfew")
CALCULATED = ("automatic-release", "conditional-release", "non-parole")
ELIGIBLE = ("curfew-eligibility", "parole-eligibility")
BEARING = (*WORDS, *ELIGIBLE, "hearing-month", "recall", "recall-returned", "recall-days")
LONG_BEFORE = timedelta(weeks=12)


def groups(reading: Reading) -> tuple[tuple[str, ...], ...]:
    """The dates that may count, the first group with a date still ahead deciding."""
    if reading.ask("recalled").value != "yes":
        return (CONFIRMED, APPROVED, CALCULATED)
    recall = reading.ask("recall").value
    own = {"fixed-term": ("recall-computed-release",), "hdc": ("conditional-release",)}
    by_hand = CONFIRMED if _since_return(reading, "release-date") else ()
    found = (("recall-release",), by_hand, ("post-recall-release",), own.get(str(recall), ()), ("sentence-expiry",))
    return tuple(group for group in found if group)


def _since_return(reading: Reading, name: str) -> bool:
    """Whether the fact was recorded after the return to custody; what was fixed before it no longer says anything."""
    returned = reading.day("recall-returned")
    since = reading.ask(name).since
    return returned is not None and since is not None and since > returned


def ahead(reading: Reading, names: tuple[str, ...]) -> list[tuple[date, str]]:
    """The dates among these that are today or later, with their names, earliest first."""
    days = [(reading.day(name), name) for name in names]
    return sorted((day, name) for day, name in days if day and not reading.is_past(day))


def _touched(reading: Reading) -> date | None:
    """The last day on which anything that bears on the release date was recorded, or one of its dates passed.

    The date that counts has counted at least since then; `history.so_since` tells how much longer.
    """
    recorded = (version.since for name in BEARING for version in reading.case.facts.get(name, ()))
    return latest(*recorded, *days_passed(reading))


def days_passed(reading: Reading) -> set[date]:
    """The days on which a date that bears on release was past for the first time, up to today."""
    days = [version.value for name in BEARING for version in reading.case.facts.get(name, ())]
    days.append(reading.day("recall-computed-release"))
    return {day_of(day) + timedelta(days=1) for day in days if isinstance(day, date) and day_of(day) < reading.today}


@derives("release")
def release(reading: Reading) -> Answer:
    """The release date that counts, today or later, and in words which one it is.

    Where it is not known whether somebody was recalled, neither is it known which dates may count.
    """
    recalled = reading.ask("recalled")
    if not recalled.known and reading.ask("sentenced").value != "no":
        return recalled
    for group in groups(reading):
        if found := ahead(reading, group):
            day = found[0][0]
            words = " and ".join(WORDS[name] for other, name in found if other == day)
            return Answer(day, _touched(reading), words=words)
    if reading.ask("indeterminate").value == "yes" and not reading.ask("hearing").known:
        return not_known("hearing-month")
    return not_known("release-date")


@derives("hearing")
def hearing(reading: Reading) -> Answer:
    """The 1st of the hearing month of somebody serving life or IPP, while it lies ahead."""
    month = reading.ask("hearing-month")
    if reading.ask("indeterminate").value != "yes" or not isinstance(month.value, date):
        return not_known("hearing-month")
    return not_known("hearing-month") if reading.is_past(day_of(month.value)) else month


@derives("release-or-hearing")
def release_or_hearing(reading: Reading) -> Answer:
    """The release date, or where life or IPP has none, the hearing."""
    counted = reading.ask("release")
    return counted if counted.known or not reading.ask("hearing").known else reading.ask("hearing")


@derives("window")
def window(reading: Reading) -> Answer:
    """What windows are opened by: release, the hearing, or an eligibility date that lies ahead and is earlier."""
    counted = reading.ask("release-or-hearing")
    if not counted.known or reading.ask("recalled").value == "yes":
        return counted
    found = ahead(reading, ELIGIBLE)
    return Answer(found[0][0], counted.since) if found and found[0][0] < _day(counted) else counted


def _day(answer: Answer) -> date:
    return day_of(answer.value) if isinstance(answer.value, date) else date.max


@derives("release-lapsed")
def lapsed(reading: Reading) -> Answer:
    """The latest release date that has passed, where none lies ahead: the day the last one lapsed."""
    counted = reading.ask("release")
    if counted.known or "recall" in counted.missing:
        return not_known("release-date")
    days = [day for group in groups(reading) for name in group if (day := reading.day(name))]
    return Answer(max(days), max(days)) if days else not_known("release-date")


@derives("release-date-wanted")
def wanted(reading: Reading) -> Answer:
    """Whether a release date has to be found: a determinate sentence, and none lies ahead."""
    kind = reading.ask("determinate")
    if kind.value != "yes":
        return kind
    counted = reading.ask("release")
    if counted.known:
        return Answer("no", kind.since)
    if "recall" in counted.missing:
        return counted
    return Answer("yes", latest(kind.since, _taken_back(reading)))


def _taken_back(reading: Reading) -> date | None:
    """The last day on which a release date was taken back."""
    versions = [reading.case.facts.get(name, ())[-1:] for name in WORDS]
    return latest(*(version.since for last in versions for version in last if version.value is None))


@derives("has-release")
def has_release(reading: Reading) -> Answer:
    """Whether there is a release date, or a hearing, to work towards; no for somebody not sentenced."""
    known = reading.ask("release-or-hearing")
    if known.known:
        return Answer("yes", known.since)
    serving = reading.ask("sentenced")
    return Answer("no", serving.since) if serving.value == "no" else known


@derives("removal-counts-from")
def removal_counts_from(reading: Reading) -> Answer:
    """The conditional release date of this time in custody; one from before it says nothing about removal now."""
    conditional = reading.ask("conditional-release")
    started, day = reading.day("custody-start"), reading.day("conditional-release")
    if day is None or (started is not None and day < started):
        return not_known("conditional-release")
    return conditional
