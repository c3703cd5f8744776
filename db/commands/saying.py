"""Texts that must say something: an outcome is what came of a thing, never that somebody is still at it."""

from db.errors import Invalid

LONGEST = 2000
_PLACEHOLDERS = frozenset(
    word.strip()
    for word in """
    tbc|tba|tbd|to be confirmed|to be advised|to follow|n/a|na|not applicable|unknown|not known|none|none yet|no outcome
    no outcome yet|not yet|nothing|nothing yet|nil|pending|awaiting|awaited|awaiting outcome|awaiting response|waiting
    ongoing|on going|on-going|in progress|chased|chasing|chase|see notes|see file|as above|ditto|xx|xxx
    """.replace("\n", "|").split("|")
    if word.strip()
)


def says_nothing(text: str) -> bool:
    """Whether a text is only a placeholder, or no word at all."""
    tidy = " ".join(text.casefold().split()).strip(" .!?-–…*_")
    return not any(letter.isalnum() for letter in tidy) or tidy in _PLACEHOLDERS


def said(text: str, what: str, field: str) -> str:
    """A text that says something, on one line. Raises Invalid."""
    tidy = " ".join(text.split())
    if not tidy:
        raise Invalid(f"{what} is missing. Nothing was saved.", field=field)
    if says_nothing(tidy):
        raise Invalid(f"{what}: “{tidy}” says nothing yet. Nothing was saved.", field=field)
    if len(tidy) > LONGEST:
        raise Invalid(f"{what} is longer than {LONGEST} characters. Nothing was saved.", field=field)
    return tidy


def brief(text: str, what: str, field: str, longest: int = 500) -> str:
    """A text that may be empty, on one line. Raises Invalid."""
    tidy = " ".join(text.split())
    if len(tidy) > longest:
        raise Invalid(f"{what} is longer than {longest} characters. Nothing was saved.", field=field)
    return tidy
