"""Printing the caseload to a file: the people the filter shows, as discreet as the screen they came from."""

from collections.abc import Iterable
from datetime import date

from db import views
from db.export import Table
from db.rows import CaseRow, Filter
from screens.base import Sitting
from screens.file_form import FileForm
from screens.filter_words import decode, home, narrowed, whose
from screens.finding import whose_duties
from screens.routes import Route
from screens.several_words import numbers_in, people_words
from widgets.case_columns import others
from widgets.discretion import headline, risk_words
from widgets.plain import harmless
from widgets.words import chase_words, due_words, long_date, out_words, seen_words, state_words

_COLUMNS = ("State", "Due", "Next duty", "Others", "Name", "Number", "Tier", "Where", "Last seen", "Release", "Out")


class PrintForm(FileForm):
    """The people the filter in the route's `detail` shows."""

    TITLE_WORDS = "Print the caseload to a file"
    HOLDS = "everybody the list shows: state, due, next duty, name, number, tier, where, seen, release."
    DISCREET = (
        "Discreet, as on the screen: no risk words, no titles that give something away. To have them, press v first."
    )
    REVEALED = "With risk words and full titles, since they are revealed on the screen."

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the filter in the route's `detail`."""
        super().__init__(sitting, route)
        detail, _, selected = route.detail.partition("\n")
        self._filter = decode(detail, home(sitting.actor))
        self._selected = numbers_in(selected)

    def subject(self) -> str:
        """Which people."""
        of = f"{len(self._selected)} selected of " if self._selected else ""
        return of + said(self._filter)

    def proposed(self) -> str:
        """The caseload of today."""
        return f"caseload-{self.today.isoformat()}"

    def listed(self) -> tuple[Table, str]:
        """Everybody the filter shows."""
        rows = views.caseload(self.actor, self._filter, self.today).rows
        if self._selected:
            rows = tuple(row for row in rows if row.number in self._selected)
        written = table(self.subject(), rows, self.today, self.reveal, whose_duties(self.actor))
        return written, people_words(len(rows))


def said(wanted: Filter) -> str:
    """A filter in words."""
    return ", ".join(words for words in (whose(wanted), narrowed(wanted)) if words)


def table(whom: str, rows: Iterable[CaseRow], today: date, reveal: bool, owner: str) -> Table:
    """The people as they go into the file, one line each, as discreet as the screen unless `reveal`."""
    columns = (*_COLUMNS, "Risk") if reveal else _COLUMNS
    lines = tuple(tuple(harmless(cell) for cell in _cells(row, today, reveal, owner)) for row in rows)
    note = "Revealed: holds risk words." if reveal else "Discreet: without risk words."
    return Table(f"Caseload on {long_date(today)}: {whom}", (note,), columns, lines)


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
