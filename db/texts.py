"""Texts as the record keeps them: to search by, and dates."""

import unicodedata
from datetime import date, datetime

# Letters that no accent can be taken from, and every sign that stands for an apostrophe.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("'’‘`´ʼʻ′", "")
)


def plain(text: str) -> str:
    """A text to search by: case folded, accents and apostrophes left out, one space between words."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).translate(_LETTERS)
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.replace("-", " ").split())


def text_of(moment: date | datetime | None) -> str | None:
    """A date or local date-time as kept, to the minute."""
    if moment is None:
        return None
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
