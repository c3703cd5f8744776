"""Answers the rules draw from what was recorded as having happened.

What was never recorded has not begun: these answer yes or no, never not known, unless a fact
they need is missing.
"""

from policy.calendar import add_months
from policy.case import MET
from policy.reading import Answer, Reading, derives, not_known

_ASKING = "ask-sending-prison"
NOTHING_DONE = "nothing-done"


@derives("nothing-recorded")
def nothing_recorded(reading: Reading) -> Answer:
    """Whether nothing is recorded of work done before arrival here; of somebody recalled, since the return."""
    arrival = reading.day("arrival")
    returned = reading.day("recall-returned") if reading.ask("recalled").value == "yes" else None
    for event in reading.case.events:
        if event.kind != MET or event.declined or event.key == _ASKING or (returned and event.day < returned):
            continue
        if arrival and event.day < arrival:
            return Answer("no")
    return Answer("yes")


@derives("nothing-told")
def nothing_told(reading: Reading) -> Answer:
    """Whether nothing is recorded from before arrival, and the sending prison has not said that nothing was done."""
    arrival = reading.day("arrival")
    for event in reading.case.events:
        answered = event.key == _ASKING and event.fields.get("answer") == NOTHING_DONE
        if answered and (arrival is None or event.day >= arrival):
            return Answer("no", event.day)
    return reading.ask("nothing-recorded")


@derives("skills-assessment-wanted")
def skills_assessment_wanted(reading: Reading) -> Answer:
    """Whether the basic skills screening asked for a full assessment; no while nobody was screened."""
    for event in reading.case.events:
        if event.kind == MET and event.key == "basic-skills" and not event.declined:
            return reading.ask("skills-assessment")
    return Answer("no")


@derives("transfer-in")
def transfer_in(reading: Reading) -> Answer:
    """The day somebody was transferred in here."""
    if reading.ask("transferred-in").value != "yes":
        return not_known("transferred-in")
    return reading.ask("arrival")


@derives("release-far-off")
def release_far_off(reading: Reading) -> Answer:
    """Whether release or tariff was two years or more off on the later of sentence and arrival (NS)."""
    sentenced, arrived = reading.day("sentence-start"), reading.day("arrival")
    if sentenced is None or arrived is None:
        return Answer("no")  # the due date itself then says what is missing
    day = max(sentenced, arrived)
    far = add_months(day, 24)
    if reading.ask("indeterminate").value == "yes" and (tariff := reading.day("tariff")):
        return Answer("yes" if tariff >= far else "no", reading.ask("tariff").since)
    then = Reading(reading.case, day, reading.settings, reading.calendar)
    release = then.day("release") or reading.day("release")
    if release is not None:
        return Answer("yes" if release >= far else "no", then.ask("release").since)
    expiry = reading.day("sentence-expiry")
    if expiry is not None and expiry < far:
        return Answer("no", reading.ask("sentence-expiry").since)  # nobody is released after the sentence ends
    return not_known("tariff" if reading.ask("indeterminate").value == "yes" else "release-date")
