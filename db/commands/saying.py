"""Texts that must say something: an outcome is what came of a thing, never that somebody is still at it."""

import re

from db.errors import Invalid

LONGEST = 2000
_WORDS = """
    tbc|tba|tbd|to be confirmed|to be advised|to be arranged|to be decided|to be determined|to follow
    to do|n/a|not applicable|unknown|unkown|not known|dont know|unsure|not sure|not stated|not recorded
    none|none yet|no outcome|no outcome yet|no answer yet|no reply yet|no news|no update|no information
    no info|no|not yet|nothing|nothing yet|nil|pending|awaiting|awaited|awaiting outcome
    awaiting response|awaiting reply|awaiting update|waiting|ongoing|in progress|in hand|under way|chased
    chasing|chase|follow up|referred|referral made|referral sent|signposted|done|completed|yes|ok|okay
    see notes|see file|see above|as above|as discussed|ditto|x|xx|xxx
"""
_PARTS = re.compile(r"[,;:()–—]+|\s-+\s|\.\s|\s/\s")


def _letters(text: str) -> str:
    """Letters and figures alone: T.B.C. is tbc, on-going is ongoing."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


_PLACEHOLDERS = frozenset(map(_letters, _WORDS.replace("\n", "|").split("|")))


def says_nothing(text: str) -> bool:
    """Whether a text is only placeholders, or no word at all."""
    return _letters(text) in _PLACEHOLDERS or all(_letters(part) in _PLACEHOLDERS for part in _PARTS.split(text))


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
