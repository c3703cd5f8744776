"""What a case says of its release date: which one counts, and where dates that should agree do not.

Which date counts is worked out in `release_dates.py`. Source: rulebook.md, Calendar (Release date) and
Recall (recall-release); cli.md, Extracts.
"""

from collections.abc import Iterator
from datetime import date

from policy.phrases import say
from policy.reading import Reading
from policy.release_dates import APPROVED, CALCULATED, CONFIRMED, WORDS


def release_words(reading: Reading) -> str:
    """The release date in a few words: which one counts, or that there is none."""
    answer = reading.ask("release")
    if answer.known:
        return answer.words
    if reading.ask("sentenced").value == "no":
        return "not sentenced"
    if "recall" in answer.missing:
        return "recall not known"
    if reading.ask("indeterminate").value != "yes":
        return "no release date"
    month = reading.day("hearing")
    return f"hearing {month:%B %Y}" if month else "no hearing month"


def contradictions(reading: Reading) -> tuple[str, ...]:
    """Each disagreement among the dates of a case, in a sentence or two."""
    return (
        *_not_recorded(reading),
        *_recall(reading),
        *_before_sentence(reading),
        *_after_sentence(reading),
        *_confirmed(reading),
    )


def _not_recorded(reading: Reading) -> Iterator[str]:
    """The end of a fixed term, or the day set for release from this recall, that has passed with them still here."""
    returned = reading.day("recall-returned")
    if reading.ask("recalled").value != "yes" or returned is None or reading.case.gone:
        return
    fixed = reading.ask("recall-fixed-term").value == "yes"
    day = reading.day("recall-end") if fixed else reading.day("release-date")
    if day and returned <= day and reading.is_past(day):
        yield f"Release was set for {say(day)}, which has passed, and none is recorded: record it, or the new day."


def _recall(reading: Reading) -> Iterator[str]:
    if reading.ask("recall").value == "fixed-term":
        computed = reading.day("recall-computed-release")
        for name, called in (("recall-release", "recall notice"), ("post-recall-release", "post-recall release date")):
            given = reading.day(name)
            if given and computed and given != computed:
                yield (
                    f"The {called} says {say(given)}; counted from the day of return it would be "
                    f"{say(computed)}. What is given governs; check it."
                )


def _before_sentence(reading: Reading) -> Iterator[str]:
    begins = reading.day("sentence-start")
    if begins is None:
        return
    for name, day in _still_ahead(reading):
        if day < begins:
            yield f"The {_label(name)}, {say(day)}, is before the sentence begins on {say(begins)}."
    for name, what in (("sentence-expiry", "sentence"), ("licence-expiry", "licence")):
        ends = reading.day(name)
        if ends and ends < begins:
            yield f"The {what} expires on {say(ends)}, before the sentence begins on {say(begins)}."


def _after_sentence(reading: Reading) -> Iterator[str]:
    expiry = reading.day("sentence-expiry")
    for name, day in _still_ahead(reading):
        if expiry and day > expiry:
            yield f"The {_label(name)}, {say(day)}, is after the sentence ends on {say(expiry)}."


def _still_ahead(reading: Reading) -> Iterator[tuple[str, date]]:
    for name in (*CONFIRMED, *APPROVED, *CALCULATED, "post-recall-release"):
        day = reading.day(name)
        if day and not reading.is_past(day):
            yield name, day


def _label(name: str) -> str:
    return WORDS[name] if "date" in WORDS[name] else f"{WORDS[name]} release date"


def _confirmed(reading: Reading) -> Iterator[str]:
    confirmed, counted = reading.day("release-date"), reading.ask("release")
    if confirmed is None or not isinstance(counted.value, date) or any(_not_recorded(reading)):
        return
    if reading.is_past(confirmed):
        yield (
            f"The confirmed release date, {say(confirmed)}, has passed. "
            f"What counts now: {counted.words}, {say(counted.value)}."
        )
    elif counted.value != confirmed:
        yield (
            f"A confirmed release date, {say(confirmed)}, is recorded, but on recall something else counts: "
            f"{counted.words}, {say(counted.value)}."
        )
    else:
        yield from _later_than_calculated(reading, confirmed)


def _later_than_calculated(reading: Reading, confirmed: date) -> Iterator[str]:
    for name in ("automatic-release", "conditional-release"):
        day = reading.day(name)
        if reading.ask("recalled").value != "yes" and day and day < confirmed:
            yield f"The confirmed release date, {say(confirmed)}, is after the {WORDS[name]}, {say(day)}; check it."
