"""Printing the caseload to a file: the people the filter shows, as discreet as the screen they came from."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar

from db import export, views
from db.export import Table
from db.rows import CaseRow, Changed, Filter
from screens.asking import PassingForm, Told
from screens.base import Sitting
from screens.confirm import Confirm
from screens.filter_words import decode, home, narrowed, whose
from screens.finding import whose_duties
from screens.foot import FootEntry
from screens.path_field import PathField, expanded, last_directory, remember
from screens.routes import Route
from widgets.case_columns import others
from widgets.discretion import headline, risk_words
from widgets.form import Field
from widgets.plain import harmless
from widgets.words import chase_words, due_words, long_date, out_words, seen_words, state_words

_COLUMNS = ("State", "Due", "Next duty", "Others", "Name", "Number", "Tier", "Where", "Last seen", "Release", "Out")


_DISCREET = (
    "Discreet, as on the screen: no risk words, no titles that give something away. To have them, press v first."
)
_AFTERWARDS = (
    "The file is not encrypted: only you can open it, and it is yours to look after. The audit trail notes it."
)
_REVEALED = "With risk words and full titles, since they are revealed on the screen."


class PrintForm(PassingForm):
    """Asks for the file, and before it writes over one."""

    TITLE_WORDS = "Print the caseload to a file"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("save", "write it"),
        ("leave", "not now"),
        ("Tab", "complete the path"),
        "keys",
    )

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the filter in the route's `detail`; its `cursor` says whether what is discreet was revealed."""
        super().__init__(sitting, route)
        self._filter = decode(route.detail, home(sitting.actor))
        self._reveal = sitting.office or route.cursor == "revealed"
        self._agreed: Path | None = None

    def subject(self) -> str:
        """Which people."""
        return said(self._filter)

    def fields(self) -> Iterable[Field]:
        """The path; its ending says how it is written."""
        proposed = f"{last_directory()}caseload-{self.today.isoformat()}.txt"
        yield PathField("File", id="file", value=proposed, required=True, help="its path")
        yield Told("", "A name that ends in .txt gives a list to read or print, .csv one for a spreadsheet.")
        yield Told(
            "Holds", "everybody the list shows: state, due, next duty, name, number, tier, where, seen, release."
        )
        yield Told("", _REVEALED if self._reveal else _DISCREET)
        yield Told("Afterwards", _AFTERWARDS)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Whether it can be written there."""
        path = expanded(typed["file"])
        if path.is_dir():
            return {"file": "That is a directory. Add the name of a file."}
        if path.suffix.lower() not in export.ENDINGS:
            return {"file": "The name ends in .txt (to read or print) or .csv (for a spreadsheet)."}
        if not path.parent.is_dir():
            return {"file": f"There is no directory {path.parent}."}
        return {}

    def action_save(self) -> None:
        """Write it; over a file that is there only after asking."""
        path = expanded(self.form.texts()["file"])
        if path.is_file() and path != self._agreed and path.suffix.lower() in export.ENDINGS:
            question = Confirm(f"There is a file called {path.name} already.", yes="write over it", no="keep it")
            self.app.push_screen(question, lambda yes: self._agree(path) if yes else None)
        else:
            super().action_save()

    def _agree(self, path: Path) -> None:
        self._agreed = path
        super().action_save()

    def submit(self) -> Changed:
        """Read everybody the filter shows, and write them."""
        path = expanded(self.typed["file"])
        rows = views.caseload(self.actor, self._filter, self.today).rows
        listed = table(self._filter, rows, self.today, self._reveal, whose_duties(self.actor))
        export.write_table(self.actor, path, listed, self.today, replace=path == self._agreed)
        remember(path)
        people = "1 person" if len(rows) == 1 else f"{len(rows)} people"
        return Changed("", (), (), "", f"{people} written to {path}.")


def said(wanted: Filter) -> str:
    """A filter in words."""
    return ", ".join(words for words in (whose(wanted), narrowed(wanted)) if words)


def table(wanted: Filter, rows: Iterable[CaseRow], today: date, reveal: bool, owner: str) -> Table:
    """The people as they go into the file, one line each, as discreet as the screen unless `reveal`."""
    columns = (*_COLUMNS, "Risk") if reveal else _COLUMNS
    lines = tuple(tuple(harmless(cell) for cell in _cells(row, today, reveal, owner)) for row in rows)
    note = "Revealed: holds risk words." if reveal else "Discreet: without risk words."
    return Table(f"Caseload on {long_date(today)}: {said(wanted)}", (note,), columns, lines)


def _cells(row: CaseRow, today: date, reveal: bool, owner: str) -> Iterable[str]:
    yield state_words(row.state)
    yield due_words(row.next, today)
    yield headline(row, row.next, reveal) + chase_words(row.next, owner) if row.next else "nothing due"
    yield str(others(row) or "")
    yield row.name
    yield row.number
    yield "?" if row.tier is None else str(row.tier)
    yield row.where
    yield seen_words(row.last_seen, today)
    yield row.release_date.isoformat() if row.release_date else ""
    yield out_words(row.release_date, today)
    if reveal:
        yield risk_words(row)
