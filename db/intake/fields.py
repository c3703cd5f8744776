"""Reading one field of an extract: text, yes or no, prisoner numbers, dates.

Text is freed of control characters, terminal escape sequences and invisible marks; a date is ISO,
an ISO date-time, or dd/mm/yyyy with or without a time.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from policy.codes import YesNo, codes

FIRST_YEAR = 1900
LAST_YEAR = 2150
LONGEST_SHOWN = 60


class BadField(ValueError):
    """A field for which its row is refused: the field as the file names it, its value, and a plain reason."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.value = value
        self.reason = reason


_NUMBER = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}")
_ESCAPES = re.compile(
    "\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[PX^_][^\x1b]*(?:\x1b\\\\)?|.)?", re.S
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean(text: str) -> str:
    """Text without anything a terminal would act on: such marks become a space, and spaces are not doubled."""
    if text.isascii() and text.isprintable():
        return text.strip() if "  " not in text else " ".join(text.split())
    text = _INVISIBLE.sub("", _ESCAPES.sub(" ", text))
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def shown(value: object) -> str:
    """A refused value as a refusal shows it: cleaned, and cut short where it is very long."""
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    text = clean(str(value)[: LONGEST_SHOWN * 4])
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def text(field: str, value: object, longest: int) -> str:
    """A field as clean text; empty where it is not given.

    Raises:
        BadField: it is a list or an object, or longer than `longest` characters.
    """
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadField(field, shown(value), "this should be text")
    written = value if isinstance(value, str) else str(value)
    words = clean(written)
    if len(words) > longest:
        raise BadField(field, shown(words), f"this is longer than {longest} characters")
    return words


@lru_cache(maxsize=16384)
def clean_often(words: str) -> str:
    """`clean` for words that come again and again: codes, nationalities, offences."""
    return clean(words)


def common_text(field: str, value: object, longest: int) -> str:
    """`text` for words that come again and again."""
    if isinstance(value, str) and len(value) <= longest:
        return clean_often(value)
    return text(field, value, longest)


@lru_cache(maxsize=16384)
def _capitals(words: str) -> str:
    return clean(words).upper()


def code(field: str, value: object) -> str:
    """A code in capitals; empty where it is not given."""
    if value is None:
        return ""
    return _capitals(value) if isinstance(value, str) and len(value) <= 40 else text(field, value, 40).upper()


def number(field: str, value: object) -> str:
    """A prisoner number, A1234BC; small letters are raised and blanks around it dropped.

    Raises:
        BadField: it is missing or not like one.
    """
    if isinstance(value, str):
        found = value.strip(" \t\u00a0")
        if found.isascii() and _NUMBER.fullmatch(found.upper()):
            return found.upper()
    if value is None or value == "" or (isinstance(value, str) and not value.strip()):
        raise BadField(field, "", "the prisoner number is missing")
    raise BadField(field, shown(value), "this is not a prisoner number: a letter, four digits, two letters (A1234BC)")


def likely_number(value: object) -> str:
    """The prisoner number of a row refused for something else: as it should be, else as it is written."""
    try:
        return number("", value)
    except BadField as problem:
        return problem.value


_YES_NO: dict[str, YesNo] = {"true": "yes", "yes": "yes", "y": "yes", "1": "yes"}
_YES_NO |= {"false": "no", "no": "no", "n": "no", "0": "no"}


def yes_no(value: object) -> YesNo | Literal["", "unreadable"]:
    """A flag: yes, no, empty where it is not given, or unreadable."""
    if value is True:
        return "yes"
    if value is False:
        return "no"
    if value is None:
        return ""
    word = shown(value).lower()
    return _YES_NO.get(word, "unreadable") if word else ""


_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?()", re.ASCII)


class When(NamedTuple):
    """A date field as read.

    Attributes:
        day: the day.
        iso: the day as the record keeps it.
        timed: the same with its time to the minute, without one where it is midnight.
        sense: whether it is a date, a year that stands for no date, or one that cannot be right.
    """

    day: date
    iso: str
    timed: str
    sense: Literal["date", "none", "unlikely"]


@lru_cache(maxsize=65536)
def when(written: str) -> When | None:
    """A date, or a date-time in local time; None: unreadable.

    A time with an offset (or Z) is turned into British local time, so that a midnight sent as 23:00 the
    day before is the right day again.
    """
    try:
        if _is_plain(written):
            day, timed = date.fromisoformat(written[:10]), written[:16] if written[10:] > _MIDNIGHT else ""
            time.fromisoformat(written[11:] or "00:00")
        else:
            moment = _moment(written.strip())
            if moment is None:
                return None
            day, timed = moment.date(), moment.isoformat(timespec="minutes") if moment.time() != time() else ""
    except (ValueError, OverflowError):
        return None
    iso = day.isoformat()
    if day.year in codes().no_date.years:
        return When(day, iso, timed or iso, "none")
    return When(day, iso, timed or iso, "date" if FIRST_YEAR <= day.year <= LAST_YEAR else "unlikely")


_MIDNIGHT = "T00:00:00"


def _is_plain(written: str) -> bool:
    """Whether a date can be read the quick way: 2026-03-02 or 2026-03-02T16:40:00, as most extracts write it."""
    if not (len(written) == 10 or (len(written) == 19 and written[10] == "T" and written[13] == written[16] == ":")):
        return False
    return written[4] == written[7] == "-" and written.isascii()


def _moment(written: str) -> datetime | None:
    if found := _ISO.fullmatch(written):
        year, month, day, hour, minute, second, offset = found.groups()
    elif found := _BRITISH.fullmatch(written):
        day, month, year, hour, minute, second, offset = found.groups()
    else:
        return None
    moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    return _local(moment, offset) if offset else moment


def _local(moment: datetime, offset: str) -> datetime:
    if offset in "Zz":
        zone: timezone = UTC
    else:
        hours, minutes = int(offset[1:3]), int(offset[-2:])
        zone = timezone((-1 if offset[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
    return moment.replace(tzinfo=zone).astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)


def date_field(field: str, value: object) -> When | None:
    """A date field, whatever its year; None where it is not given.

    Raises:
        BadField: it cannot be read as a date.
    """
    if value is None:
        return None
    found = when(value) if isinstance(value, str) else None
    if found is None and not (isinstance(value, str) and not value.strip()):
        raise BadField(field, shown(value), "this cannot be read as a date")
    return found


def birth(field: str, value: object, today: date) -> str:
    """A date of birth as the record keeps it; empty where it is not given.

    Raises:
        BadField: it cannot be read, lies in the future or before 1900.
    """
    found = date_field(field, value)
    if found is None:
        return ""
    if found.day > today:
        raise BadField(field, shown(value), "this date of birth is in the future")
    if found.day.year < FIRST_YEAR:
        raise BadField(field, shown(value), "this date of birth is before 1900")
    return found.iso if found.sense == "date" else ""


def forget() -> None:
    """Drop what was kept to read the same words faster, so that nobody's dates stay in memory."""
    when.cache_clear()
    clean_often.cache_clear()
    _capitals.cache_clear()


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_words(day: date) -> str:
    """A day as a sentence says it: 2 Mar 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
