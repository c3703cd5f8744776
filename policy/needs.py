"""Answers about a person's needs that rest on more than one fact, or on how one is written.

Source: rulebook.md, Duties (housing-element, early-removal-explained, personal-adviser).
"""

from policy.reading import Answer, Reading, derives, not_known

_BRITISH = ("brit", "english", "scottish", "welsh", "northern irish", "united kingdom", "uk")
_SAYS_NOTHING = {"not known", "unknown", "not stated", "not recorded", "not specified", "none", "refused", "n/a", "-"}
YOUNG = 25


@derives("foreign-national")
def foreign_national(reading: Reading) -> Answer:
    """Whether the nationality recorded is other than British; “not known” is not a nationality."""
    nationality = reading.ask("nationality")
    words = str(nationality.value or "").casefold().strip()
    if not words or words in _SAYS_NOTHING:
        return not_known("nationality")
    return Answer("no" if words.startswith(_BRITISH) else "yes", nationality.since)


@derives("young-care-leaver")
def young_care_leaver(reading: Reading) -> Answer:
    """Whether this is a care leaver under 25 (TTG 8.15)."""
    leaver = reading.ask("care-leaver")
    if leaver.value == "no":
        return leaver
    grown = reading.age_has_reached(YOUNG)
    if grown.value == "yes":
        return Answer("no", grown.since)
    if not leaver.known:
        return leaver
    return Answer("yes", leaver.since) if grown.known else grown


@derives("keeping-tenancy")
def keeping_tenancy(reading: Reading) -> Answer:
    """Whether a tenancy is being kept; no where there is none."""
    kept = reading.ask("tenancy-kept")
    held = reading.ask("tenancy")
    return held if not kept.known and held.value == "no" else kept
