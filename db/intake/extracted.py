"""What an extract gives, person by person: facts, presence, refusals and questions. Nothing here knows the record."""

from dataclasses import dataclass

import msgspec

from db.rows import Question, Refused


class Given(msgspec.Struct, frozen=True, gc=False):
    """A value an extract gives: the fact, its value in normal form, and the extract's own date for it.

    `value` is yes or no, a choice's word, an ISO date, `YYYY-MM-DDTHH:MM` where a time is known, or text.
    `effective` is an ISO date, None where the extract has none of its own. A struct rather than a dataclass: an
    extract of 2,000 people gives 40,000 of them, and frozen dataclasses take five times as long to make.
    """

    fact: str
    value: str
    effective: str | None


@dataclass(frozen=True, slots=True)
class Extracted:
    """One person of an extract, and the line they stand on (a file's first line is 1).

    A fact that is not among `values` is not known to the extract; it is never a no. `present` is whether the
    extract has them on this establishment's roll.
    """

    line: int
    number: str
    values: tuple[Given, ...]
    present: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """An extract as read.

    Attributes:
        shape: `json` and `csv` (prisoner search), or `locations` (the NOMIS locations report).
        rows: everybody in it: taken, refused and skipped.
        people: who can be taken in, in the order of the file; no number twice.
        refused: the rows that cannot, and why.
        skipped: how many belong to another establishment, are out or on their way.
        full: whether somebody who is not in it may be taken to be gone.
        notes: what is to be said about the file as a whole, in sentences.
    """

    shape: str
    rows: int
    people: tuple[Extracted, ...]
    refused: tuple[Refused, ...]
    skipped: int
    full: bool
    notes: tuple[str, ...] = ()
