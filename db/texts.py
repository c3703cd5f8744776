"""Texts as the record keeps them: to search by, and dates."""

import unicodedata
from datetime import date, datetime


def plain(text: str) -> str:
    """A text to search by: case folded, accents and apostrophes left out, one space between words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in "'’`")
    return " ".join(kept.replace("-", " ").split())


def text_of(moment: date | datetime | None) -> str | None:
    """A date or local date-time as kept, to the minute."""
    if moment is None:
        return None
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
