"""Whether somebody is in scope of offender management, and which limb decided.

Source: rulebook.md, Scope and tier; OMI context. In scope: an adult with a determinate sentence
of 12 months or more who is high or very high RoSH or a PPO, or an adult serving IPP. PPO status
comes from the partnership; not recorded is not known, never no.
"""

from policy.case import MET
from policy.reading import Answer, Reading, derives, latest

IN = "in"
EXTENSION = "extension"
OUT = "out"
HIGH = ("high", "very-high")
ADULT = 18


@derives("scope")
def scope(reading: Reading) -> Answer:
    """In, extension or out, with the limb in words; not known with the facts that are missing."""
    answer = _national(reading)
    if answer.value == IN:
        return answer
    extended = reading.ask("local-extension")
    if extended.value == "yes":
        return Answer(EXTENSION, extended.since, words="local extension")
    return answer


def _national(reading: Reading) -> Answer:
    adult = reading.age_has_reached(ADULT)
    if adult.value == "no":
        return Answer(OUT, words="not an adult")
    kind = reading.ask("sentence-kind")
    if kind.value == "none":
        return Answer(OUT, kind.since, words="not sentenced")
    if kind.value == "life":
        return Answer(OUT, kind.since, words="life sentence")
    if kind.value == "ipp":
        if not adult.known:
            return Answer(None, None, adult.missing)
        return Answer(IN, latest(adult.since, kind.since), words="Phase III: imprisonment for public protection")
    length = reading.ask("12-months-or-more")
    if kind.known and length.value == "no":
        return Answer(OUT, length.since, words="under 12 months")
    risk = _risk(reading)
    if kind.known and risk.value == "no":  # where it is not known, it may be IPP, which no risk keeps out
        return Answer(OUT, risk.since, words="neither high risk of serious harm nor PPO")
    missing = [fact for answer in (adult, kind, length, risk) for fact in answer.missing]
    if missing:
        return Answer(None, None, tuple(dict.fromkeys(missing)))
    return Answer(IN, latest(adult.since, kind.since, length.since, risk.since), words=f"Phase II: {risk.words}")


def _risk(reading: Reading) -> Answer:
    """Whether RoSH is high or very high, or PPO; no only where both are known to be no."""
    rosh, ppo = reading.ask("rosh"), reading.ask("ppo")
    if rosh.value in HIGH:
        return Answer("yes", rosh.since, words="RoSH very high" if rosh.value == "very-high" else "RoSH high")
    if ppo.value == "yes":
        return Answer("yes", ppo.since, words="PPO")
    missing = (*rosh.missing, *ppo.missing)
    return Answer(None, None, missing) if missing else Answer("no", latest(rosh.since, ppo.since))


@derives("in-scope")
def in_scope(reading: Reading) -> Answer:
    """Whether the offender management model applies: in scope or local extension."""
    answer = reading.ask("scope")
    return Answer("no" if answer.value == OUT else "yes", answer.since) if answer.known else answer


@derives("supervisor-wanted")
def supervisor_wanted(reading: Reading) -> Answer:
    """Whether one supervisor is to be named: in scope, or everyone where the establishment says so (the default)."""
    return Answer("yes") if reading.settings.allocate_everyone else reading.ask("in-scope")


@derives("oasys-wanted")
def oasys_wanted(reading: Reading) -> Answer:
    """Whether an OASys assessment is due: in scope, or by setting everyone with 12 months or more."""
    answer = reading.ask("in-scope")
    if answer.value == "yes" or not reading.settings.oasys_from_12_months:
        return answer
    return reading.ask("12-months-or-more")


@derives("rosh-high")
def rosh_high(reading: Reading) -> Answer:
    """Whether RoSH is high or very high."""
    rosh = reading.ask("rosh")
    return Answer("yes" if rosh.value in HIGH else "no", rosh.since) if rosh.known else rosh


@derives("oasys-held")
def oasys_held(reading: Reading) -> Answer:
    """Whether the person came with an OASys assessment: recorded so, or one dated on or before arrival."""
    arrival = reading.day("arrival")
    for event in reading.case.events:
        held = event.kind == MET and event.key in ("oasys-initial", "oasys-review") and not event.declined
        if held and arrival is not None and event.day <= arrival:
            return Answer("yes", arrival)
    return reading.ask("oasys-on-arrival")
