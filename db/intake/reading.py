"""Reading an extract: from a file's bytes to the people in it, the rows refused and the questions raised.

Nothing here knows the record; the same bytes on the same day always give the same answer. Source:
cli.md, Extracts.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from db.errors import Invalid
from db.intake import fields, locations, prisoner_search
from db.intake.encoding import text_of
from db.intake.extracted import Extract, Extracted
from db.intake.fields import BadField
from db.intake.json_text import NOTHING
from db.intake.people import read_person
from db.intake.prisoner_search import Rows
from db.intake.tables import Table, read_table
from db.rows import Refused
from policy.phrases import say

NUMBER = "prisonerNumber"
_ELSEWHERE = frozenset({"OUT", "TRN"})


def read_extract(data: bytes, today: date, establishment: str = "") -> Extract:
    """Read an extract in any of its three shapes, told apart by content.

    Args:
        data: the file.
        today: the day nobody can have been admitted or born after.
        establishment: the record's establishment code (MDI); rows for another are counted and skipped.
            Where it is not given, a locations report is for the establishment most of its rows name.

    Raises:
        Invalid: it is no extract, or not a whole one; the sentence says which and what to do.
    """
    try:
        return _read(text_of(data), today, establishment.strip().upper())
    finally:
        fields.forget()


def _read(text: str, today: date, here: str) -> Extract:
    if prisoner_search.is_json(text):
        return _search("json", prisoner_search.from_json(text), today, here)
    table = read_table(text, lambda cell: prisoner_search.knows_column(cell) or locations.knows_column(cell))
    if prisoner_search.is_search_csv(table):
        return _search("csv", prisoner_search.from_csv(table), today, here)
    if locations.is_report(table):
        return _report(locations.read_report(table), today, here)
    raise Invalid(_unknown(table))


def _unknown(table: Table) -> str:
    named = [fields.shown(cell) for cell in table.header if cell][:4]
    columns = ", ".join(name for name in named if name) or "no words"
    return (
        f"This is not an extract we know: line {table.line} should be a header with prisonerNumber (prisoner search) "
        f"or NOMS Number (locations report), and has {columns}. {NOTHING}"
    )


class _Tally:
    """Who was taken, refused and skipped so far; nobody is taken twice."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.people: dict[str, Extracted] = {}
        self.refused: list[Refused] = []
        self.skipped = 0

    def refuse(self, line: int, number: str, problem: BadField) -> None:
        self.refused.append(Refused(line, number, problem.field, problem.value, problem.reason))

    def take(self, line: int, written: object, read: Callable[[str], Extracted]) -> None:
        number = ""
        try:
            number = fields.number(self.field, written)
            first = self.people.get(number)
            if first is not None:
                raise BadField(self.field, number, _already(first, read(number)))
            self.people[number] = read(number)
        except BadField as problem:
            self.refuse(line, number or problem.value, problem)

    def extract(self, shape: str, rows: int, full: bool, notes: tuple[str, ...], here: str) -> Extract:
        if self.skipped == rows:
            whose = f" at {here}" if here else ""
            notes = (
                *notes,
                f"Nobody in this extract is{whose}: all {rows} rows were skipped. Nobody is taken to be gone.",
            )
            full = False
        people = tuple(self.people.values())
        return Extract(shape, rows, people, tuple(self.refused), self.skipped, full, notes)


def _already(first: Extracted, again: Extracted) -> str:
    """Why a number is not taken twice; where it stands for two people, who the first one is."""
    one, other = ({given.fact: given.value for given in person.values} for person in (first, again))
    if all(one.get(fact) == other.get(fact) for fact in ("surname", "date-of-birth")):
        return f"this person is already on line {first.line}, which was taken"
    born = f", born {say(date.fromisoformat(one['date-of-birth']))}" if "date-of-birth" in one else ""
    return (
        f"this number is already on line {first.line}, for {one['surname']}{born}, and that line was taken: "
        "one of the two is wrong"
    )


def _search(shape: str, found: Rows, today: date, here: str) -> Extract:
    tally = _Tally(NUMBER)
    for row in found.rows:
        if row.record is None:
            number = row.given if shape == "csv" else ""
            tally.refuse(row.line, number, BadField("row", row.given, row.problem))
        elif _is_elsewhere(row.record.prison_id, here):
            tally.skipped += 1
        else:
            read = partial(read_person, line=row.line, record=row.record, today=today)
            tally.take(row.line, row.record.prisoner_number, read)
    return tally.extract(shape, len(found.rows), found.full, found.notes, here)


def _is_elsewhere(prison: object, here: str) -> bool:
    if not isinstance(prison, str):
        return False
    code = prison.strip().upper()
    return code in _ELSEWHERE or bool(here and code and code != here)


def _report(found: locations.Report, today: date, here: str) -> Extract:
    tally = _Tally(locations.NUMBER)
    whose = here or found.commonest
    for row in found.rows:
        if row.problem:
            number = fields.likely_number(row.number)
            tally.refuse(row.line, number, BadField("row", number, row.problem))
        elif _is_elsewhere(row.establishment, whose):
            tally.skipped += 1
        else:
            tally.take(row.line, row.number, partial(locations.read_located, row=row, today=today))
    return tally.extract("locations", len(found.rows), found.full, found.notes, whose)
