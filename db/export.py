"""Lists written to a file: text to read or print, or CSV for a spreadsheet. Never without a line in the audit trail."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db import roles
from db.door import note
from db.errors import AlreadyThere, Invalid, translating
from db.files import private_file, write_whole
from db.rows import Actor

TEXT, CSV = ".txt", ".csv"
ENDINGS = (TEXT, CSV)
# What a spreadsheet takes for the beginning of a formula, also behind blanks.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it goes into a file.

    Attributes:
        title: What it is, whose, on which day.
        notes: Lines beneath the title: which filter, what is left out.
        columns: The names of the columns.
        rows: Texts, one for each column.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def write_table(actor: Actor, file: Path, table: Table, today: date, *, replace: bool = False) -> None:
    """Write the table to `file`, readable by its owner only; its ending (.txt, .csv) says how.

    Raises Invalid (another ending, no such directory), AlreadyThere unless `replace`, NotAllowed, DiskFull, ReadOnly.
    """
    roles.check(actor, "print")
    put(actor, file, _content(file, table), today, f"{table.title}, {len(table.rows)} rows", replace=replace)


def put(
    actor: Actor, file: Path, content: bytes, today: date, what: str, *, case: str | None = None, replace: bool = False
) -> None:
    """Write `content` to `file`, readable by its owner only, and note in the audit trail `what` was written.

    Raises Invalid (no such directory), AlreadyThere unless `replace`, DiskFull, ReadOnly.
    """
    if not file.parent.is_dir():
        raise Invalid(f"There is no directory {file.parent}. Nothing was written.", field="file")
    # Noted first: a file nobody was told of would be worse than a line about a file that could not be written.
    note(actor, "print", today, case, f"{what}, to {file.name}")
    with translating():
        if not replace:
            try:
                private_file(file)
            except FileExistsError as error:
                raise AlreadyThere(
                    f"There is a file called {file.name} already. Nothing was written.", "file"
                ) from error
        write_whole(file, content)


def _content(file: Path, table: Table) -> bytes:
    ending = file.suffix.lower()
    if ending == TEXT:
        return _text(table).encode()
    if ending == CSV:
        # The mark by which spreadsheets know UTF-8.
        return _csv(table).encode("utf-8-sig")
    raise Invalid("The file's name ends in .txt (to read or print) or .csv (for a spreadsheet).", field="file")


def _text(table: Table) -> str:
    body = [table.columns, *table.rows]
    widths = [max(len(row[at]) for row in body) for at in range(len(table.columns))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in body]
    lines.insert(1, "-" * max(len(line) for line in lines))
    return "\n".join([table.title, *table.notes, "", *lines, ""])


def _csv(table: Table) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([defused(cell) for cell in row] for row in table.rows)
    return written.getvalue()


def defused(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: an apostrophe is put before what would begin one."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell
