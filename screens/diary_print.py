"""Printing a week of the diary to a file: seven days from the one the cursor is on, as discreet as the screen."""

from collections.abc import Iterable
from datetime import date, timedelta

from db import views
from db.export import Table
from db.rows import DiaryDay, DiaryEntry
from screens.base import Sitting
from screens.diary_words import Spot, day_words, note_words, spot, status_words
from screens.file_form import FileForm
from screens.filter_words import home
from screens.finding import whose_duties
from screens.printing import said
from screens.routes import Route
from widgets.plain import harmless
from widgets.words import long_date, title_of

WEEK = 7
_COLUMNS = ("Day", "State", "Duty", "Name", "Number", "Tier", "Where", "Supervisor")


class DiaryPrintForm(FileForm):
    """The week the route's `detail` begins."""

    TITLE_WORDS = "Print the week to a file"
    HOLDS = (
        "what is booked and falls due on each of the seven days, and from today on what is late: state, duty, whom to "
        "chase, name, number, tier, where, supervisor."
    )
    DISCREET = "Discreet, as on the screen: no titles that give something away. To have them, press v first."
    REVEALED = "With full titles, since they are revealed on the screen."

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """From the day the user stood on."""
        super().__init__(sitting, route)
        self._spot = spot(route.detail, home(sitting.actor), sitting.today)

    @property
    def _first(self) -> date:
        return self._spot.day or self.today

    def subject(self) -> str:
        """Which days, and whose."""
        return week_words(self._spot, self._first, self.today)

    def proposed(self) -> str:
        """The diary from the first day on."""
        return f"diary-{self._first.isoformat()}"

    def listed(self) -> tuple[Table, str]:
        """The seven days."""
        here = self._spot
        days = views.diary(self.actor, here.wanted, self.today, self._first, WEEK, openings=here.openings)
        number = sum(len(day.entries) for day in days)
        written = table(here, days, self.today, self.reveal, whose_duties(self.actor))
        return written, "1 duty" if number == 1 else f"{number} duties"


def week_words(here: Spot, first: date, today: date) -> str:
    """Which days and whose: `Mon 2 Mar to Sun 8 Mar, B wing`."""
    last = first + timedelta(WEEK - 1)
    return f"{day_words(first, today)} to {day_words(last, today)}, {said(here.wanted)}"


def table(here: Spot, days: Iterable[DiaryDay], today: date, reveal: bool, owner: str) -> Table:
    """The days as they go into the file, a line a duty; a day without any has a line that says so."""
    lines = []
    for day in days:
        entries = [_cells(entry, today, reveal, owner) for entry in day.entries]
        empty = ["", "nothing due", *("" for _ in _COLUMNS[3:])]
        # Nothing late is good news without a line of its own.
        for cells in entries or ([] if day.day is None else [empty]):
            lines.append(tuple(harmless(cell) for cell in (_day_cell(day.day, today), *cells)))
    first = here.day or today
    note = "Revealed: holds full titles." if reveal else "Discreet: without titles that give something away."
    return Table(
        f"Diary: {week_words(here, first, today)}", (f"As at {long_date(today)}. {note}",), _COLUMNS, tuple(lines)
    )


def _day_cell(day: date | None, today: date) -> str:
    note = note_words(day, today)
    return day_words(day, today) + (f", {note}" if note else "")


def _cells(entry: DiaryEntry, today: date, reveal: bool, owner: str) -> list[str]:
    tier = "?" if entry.tier is None else str(entry.tier)
    title = title_of(entry.duty, reveal, owner)
    about = [status_words(entry, today), title, entry.name, entry.number, tier, entry.where]
    return [*about, entry.supervisor or "nobody named"]
