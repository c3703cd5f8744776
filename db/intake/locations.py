"""The NOMIS locations report: who is here, and nothing more.

It gives name, date of birth and presence. What it does not give is absent: never no, and it takes
nothing back.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from db.errors import Invalid
from db.intake import fields
from db.intake.extracted import Extracted, Given
from db.intake.fields import BadField
from db.intake.tables import Line, Table, columns, fold, rows

NUMBER = "NOMS Number"
SURNAME = "Offender Surname"
FORENAME = "Offender Given Name 1"
BORN = "Date of Birth"
ESTABLISHMENT = "Establishment Code"
_NAMES = {fold(name): name for name in (NUMBER, SURNAME, FORENAME, BORN, ESTABLISHMENT)}
_FOOTER = "latestbusinessdataavailable"
_NO_FOOTER = (
    "This report stops without its last two lines (“Latest Business Data Available” and a date), so it may be cut off. "
    "Nobody is taken to be gone."
)


class Located(NamedTuple):
    """A row of the report, unchecked; `problem` says why it cannot be read (empty: it can)."""

    line: int
    number: str
    surname: str
    forename: str
    born: str
    establishment: str
    problem: str = ""


class Report(NamedTuple):
    """The rows of a report, and whether it had its footer, without which it may be cut off."""

    rows: list[Located]
    full: bool
    notes: tuple[str, ...]

    @property
    def commonest(self) -> str:
        """The establishment most rows are for: whose report this is."""
        codes = Counter(row.establishment for row in self.rows if row.establishment not in ("", "TRN", "OUT"))
        return codes.most_common(1)[0][0] if codes else ""


def is_report(table: Table) -> bool:
    """Whether a header is that of the locations report."""
    return fold(NUMBER) in {fold(cell) for cell in table.header}


def knows_column(column: str) -> bool:
    """Whether a column of this name is one the report has."""
    return fold(column) in _NAMES


def read_report(table: Table) -> Report:
    """The rows of a locations report, without its footer.

    Raises:
        Invalid: a column is missing or stands there twice, or there are no rows.
    """
    where = columns(table, _NAMES)
    missing = [name for name in (SURNAME, ESTABLISHMENT) if name not in where]
    if missing:
        raise Invalid(f"This locations report has no column {missing[0]} (line {table.line}). Nothing was taken in.")
    order = [where.get(name, len(table.header)) for name in _NAMES.values()]
    found: list[Located] = []
    footer = False
    for line in rows(table):
        if footer and _alone(line):
            continue
        if _is_footer(line):
            footer = True
            continue
        found.append(_located(line, order))
    if not found:
        raise Invalid("This locations report has a header but nobody under it. Nothing was taken in.")
    return Report(found, footer, () if footer else (_NO_FOOTER,))


def _alone(line: Line) -> bool:
    """Whether only the row's first value is given and it is no prisoner number: the footer's date."""
    first, *rest = line.cells or [""]
    return not any(cell.strip() for cell in rest) and not first.strip()[:1].isalpha()


def _is_footer(line: Line) -> bool:
    first = line.cells[0] if line.cells else ""
    return first[:1] in ' "Ll' and fold(first.replace('"', "")).startswith(_FOOTER)


def _located(line: Line, order: list[int]) -> Located:
    cells = line.cells
    known = len(cells)
    number, surname, forename, born, establishment = [cells[index] if index < known else "" for index in order]
    whose = "" if line.problem else fields.clean_often(establishment[:40]).upper()
    return Located(line.line, number, surname, forename, born, whose, line.problem)


def read_located(number: str, row: Located, today: date) -> Extracted:
    """What a row of the report gives.

    Raises:
        BadField: the row is refused, and why.
    """
    return Extracted(row.line, number, tuple(_given(row, today)), True, ())


def _given(row: Located, today: date) -> Iterator[Given]:
    surname = fields.text(SURNAME, row.surname, 100)
    if not surname:
        raise BadField(SURNAME, "", "the surname is missing")
    yield Given("surname", surname, None)
    if forename := fields.text(FORENAME, row.forename, 100):
        yield Given("forenames", forename, None)
    if born := fields.birth(BORN, row.born, today):
        yield Given("date-of-birth", born, None)
