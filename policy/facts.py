"""The facts a record can hold about a person: names, types, values, and how a value is read.

Source: record.md, Facts; the list is `facts.toml`. A value is *known* or *not known*, and not
known is never the same as no.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Literal

import msgspec

from policy.calendar import add_months
from policy.schema import read_toml, shipped

Value = str | date | datetime
FactType = Literal["yes-no", "choice", "date", "date-time", "month", "text", "length", "staff"]
LONGEST_TEXT = 500


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fact: what the screen calls it, its type and values, who is asked for it when it is missing."""

    label: str
    type: FactType
    group: str
    owner: str
    values: tuple[str, ...] = ()
    discreet: bool = False
    past: bool = False
    extract: bool = False
    follows: bool = False
    help: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """The values it may have, none where it is free."""
        return ("yes", "no") if self.type == "yes-no" else self.values


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact by name, in the order of the file."""
    return read_toml(shipped("facts.toml"), dict[str, Fact], "facts.toml")


class NotAValue(ValueError):
    """A text that is no value of the fact; the message says what is wanted."""


_LENGTH = re.compile(r"(?:(\d{1,2})y)?\s*(?:(\d{1,3})m)?\s*(?:(\d{1,5})d)?")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def normal(name: str, text: str) -> str:
    """A typed or imported value in the form the record keeps.

    Raises:
        KeyError: there is no such fact.
        NotAValue: the text is no value of it.
    """
    fact = facts()[name]
    text = " ".join(text.split())
    if not text:
        raise NotAValue(f"{fact.label} needs a value; to take it back say {name}=unknown.")
    if len(text) > LONGEST_TEXT:
        raise NotAValue(f"{fact.label} is longer than {LONGEST_TEXT} characters.")
    if choices := fact.choices:
        word = text.lower().replace(" ", "-")
        if word not in choices:
            raise NotAValue(f"{fact.label} is one of {', '.join(choices)}; “{text}” is not.")
        return word
    if fact.type in ("date", "date-time"):
        return _normal_date(fact, text)
    if fact.type == "month" and not _MONTH.fullmatch(text):
        raise NotAValue(f"{fact.label} is a month such as 2026-09; “{text}” is not.")
    if fact.type == "length" and not (any(_length_parts(text.lower()))):
        raise NotAValue(f"{fact.label} is a length such as 4y, 18m, 2y 6m or 90d; “{text}” is not.")
    return text.lower() if fact.type == "length" else text


def _normal_date(fact: Fact, text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotAValue(f"{fact.label} is a date such as 2026-05-22; “{text}” is not.") from error
    if not 1900 <= moment.year <= 2150:
        raise NotAValue(f"{fact.label} is a date between 1900 and 2150; “{text}” is not.")
    if len(text) <= 10:
        return moment.date().isoformat()
    if fact.type == "date":
        raise NotAValue(f"{fact.label} is a date without a time; “{text}” has one.")
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def value_of(name: str, text: str) -> Value:
    """The kept form of a value as Python holds it: dates as dates, months as their first day."""
    kind = facts()[name].type
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "date-time":
        return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)
    if kind == "month":
        return date.fromisoformat(f"{text}-01")
    return text


def _length_parts(text: str) -> tuple[int, int, int]:
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        return 0, 0, 0
    years, months, days = (int(part or 0) for part in found.groups())
    return years, months, days


def last_day_of(start: date, length: str) -> date:
    """The last day of a sentence of this length from `start`, both days counted."""
    years, months, days = _length_parts(length)
    return date.fromordinal(add_months(start, years * 12 + months).toordinal() + days - 1)
