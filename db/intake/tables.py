"""Rows of a delimited text: which delimiter, which header, and one bad row at a time.

A quotation mark that is opened and never closed must not swallow the rows after it, so a row that
runs over several lines is only believed when it comes out with as many values as the header.
"""

import csv
from collections.abc import Callable, Iterator
from typing import NamedTuple

from db.errors import Invalid

DELIMITERS = ",;\t|"
_MOST_LINES = 10
_MOST_ROWS = 1_000_000
_LONGEST_ROW = 130_000  # just under the longest value the csv module takes


class Line(NamedTuple):
    """One row: the line of the file it begins on, its values, and why it cannot be read (empty: it can)."""

    line: int
    cells: list[str]
    problem: str


class Table(NamedTuple):
    """A delimited text: its delimiter, its header, the header's line, and all its lines."""

    delimiter: str
    header: list[str]
    line: int
    lines: list[str]


def read_table(text: str, known: Callable[[str], bool]) -> Table:
    """Split a text into lines and find its header, with the delimiter that makes most of it known.

    Args:
        text: the file.
        known: whether a column of this name is one we read.

    Raises:
        Invalid: there is no line with anything on it, or there are more than any prison has people.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > _MOST_ROWS:
        raise Invalid(f"This file has {len(lines)} lines, and no extract has so many. Nothing was taken in.")
    first = next((index for index, line in enumerate(lines) if line.strip(DELIMITERS + " \ufeff")), None)
    if first is None:
        raise Invalid("This file is empty. Nothing was taken in.")
    if lines[first].lower().startswith("sep=") and len(lines[first].strip()) == 5:  # what Excel writes in front
        first = next((index for index in range(first + 1, len(lines)) if lines[index].strip()), first)
    best = max(DELIMITERS, key=lambda delimiter: sum(map(known, _header(lines[first], delimiter))))
    return Table(best, _header(lines[first], best), first + 1, lines)


def _header(line: str, delimiter: str) -> list[str]:
    cells = _split(line[:_LONGEST_ROW], delimiter)
    return [cell.strip(" \t\ufeff") for cell in cells or []]


def _split(line: str, delimiter: str) -> list[str] | None:
    """The values of one line; None where a quotation mark is left open."""
    if '"' not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return None


def rows(table: Table) -> Iterator[Line]:
    """The rows under the header, without blank ones. A row that cannot be read costs no other."""
    wanted = len(table.header)
    index = table.line
    while index < len(table.lines):
        line = table.lines[index]
        begun = index + 1
        index += 1
        if not line.strip(" \t" + table.delimiter):
            continue
        if len(line) > _LONGEST_ROW:
            yield Line(begun, [], "this row is too long to be one")
            continue
        cells = _split(line, table.delimiter)
        if cells is None:
            joined = _joined(table, index)
            if joined is None:
                yield Line(begun, line.replace('"', "").split(table.delimiter), "a quotation mark is not closed")
                continue
            cells, index = joined
        yield _fitted(begun, cells, wanted, last=index >= len(table.lines))


def _joined(table: Table, index: int) -> tuple[list[str], int] | None:
    """A row that goes on over the next lines, and the line after it; None where it makes no sense as one."""
    row = table.lines[index - 1]
    for end in range(index, min(index + _MOST_LINES, len(table.lines))):
        row = f"{row}\n{table.lines[end]}"
        if len(row) > _LONGEST_ROW:
            return None
        if '"' not in table.lines[end]:
            continue
        cells = _split_lines(row, table.delimiter)
        if cells is not None:
            return (cells, end + 1) if len(cells) == len(table.header) else None
    return None


def _split_lines(row: str, delimiter: str) -> list[str] | None:
    try:
        found = list(csv.reader(row.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


def _fitted(begun: int, cells: list[str], wanted: int, last: bool) -> Line:
    if len(cells) > wanted and not any(cell.strip() for cell in cells[wanted:]):
        return Line(begun, cells[:wanted], "")
    if len(cells) > wanted:
        return Line(begun, cells, f"this row has {len(cells)} values where the header has {wanted}")
    if len(cells) < wanted and last:
        return Line(begun, cells, f"the file stops in the middle of this row, after {len(cells)} of {wanted} values")
    if len(cells) < wanted:
        return Line(begun, cells, f"this row has {len(cells)} values where the header has {wanted}")
    return Line(begun, cells, "")


def columns(table: Table, names: dict[str, str]) -> dict[str, int]:
    """Where each column we read stands, by our name for it.

    Args:
        table: the text.
        names: our name by the column's name, folded as `fold` does.

    Raises:
        Invalid: one stands there twice.
    """
    found: dict[str, int] = {}
    for index, cell in enumerate(table.header):
        name = names.get(fold(cell))
        if name is None:
            continue
        if name in found:
            raise Invalid(f"The column {cell} stands twice in the header (line {table.line}). Nothing was taken in.")
        found[name] = index
    return found


def fold(column: str) -> str:
    """A column's name without blanks, underscores and capitals."""
    return "".join(column.split()).replace("_", "").casefold()
