"""The days of the diary as a list: how much falls due on each, how much of it is to be chased, and whose it is."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from db.rows import DiaryDay, State
from screens.actions import bindings
from screens.diary_words import booked, day_words, due, key_of, off_words, state_of, to_chase
from widgets.lines import Line, Piece, cells, cut, pad
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink

_DAY, _NOTE, _COUNT = 13, 12, 7
WEEK = 7


class DaysList(Listing[DiaryDay]):
    """A line a day. Arrows go by day, PgUp and PgDn by week, Home to today; beyond its ends it asks for other days."""

    ABOVE = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Go into the day", show=False, id="open"),
        *bindings("next", "previous"),
    ]

    @dataclass
    class Entered(Message):
        """Enter was pressed on a day."""

    @dataclass
    class Moved(Message):
        """The user wants to be so many days on (or back); None: today."""

        by: int | None

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on another day."""

        day: date | None

    def __init__(self) -> None:
        """No day yet."""
        super().__init__(empty="")
        self.today = date.min
        self.owner = "OS"
        self.openings = False
        self.bookings = False
        self.brief = False

    @property
    def wide(self) -> int:
        """How many cells the days take without the names."""
        return 2 + _DAY + 1 + _NOTE + _COUNT * (2 + self.openings + self.bookings)

    def key_of(self, item: DiaryDay) -> str:
        """The day."""
        return key_of(item.day)

    def heading(self, width: int) -> Line:
        """The names of the columns."""
        names = [pad("  Day", 2 + _DAY + 1 + _NOTE), pad("Due", _COUNT, right=True), pad("Chase", _COUNT, right=True)]
        names += [pad("Booked", _COUNT, right=True)] if self.bookings else []
        names += [pad("Begin", _COUNT, right=True)] if self.openings else []
        return [Piece("".join(names) + ("" if self.brief else "  Who"), Ink.DIM)]

    def head(self, item: DiaryDay, width: int, cursor: bool) -> Line:
        """Mark, day, what kind of day, how much, who."""
        state, entries = state_of(item), due(item)
        ink = ink_of(state) if state else Ink.DIM
        mark = current().mark(state) if state else ""
        note = "today" if item.day == self.today else off_words(item.day)
        # While somebody is in the day, beside it: which day that is.
        here = cursor or (not self.awake and item is self.item)
        counts = [len(entries), to_chase(entries, self.owner)]
        counts += [booked(item)] if self.bookings else []
        counts += [sum(entry.opening for entry in item.entries)] if self.openings else []
        line = [
            Piece(pad(mark, 2), ink, state in (State.SAFETY, State.OVERDUE)),
            Piece(pad(_aligned(item.day, self.today), _DAY) + " ", Ink.TEXT if item.entries else Ink.DIM, here),
            Piece(pad(note, _NOTE), Ink.TODAY if item.day == self.today else Ink.DIM),
            Piece(pad(_count(counts[0]), _COUNT, right=True), Ink.TEXT if counts[0] else Ink.DIM, here),
            *(Piece(pad(_count(count), _COUNT, right=True), Ink.DIM) for count in counts[1:]),
        ]
        return line if self.brief else [*line, Piece("  "), Piece(_people(item, width - self.wide - 2), Ink.DIM)]

    def highlighted(self, item: DiaryDay | None) -> None:
        """Say which day the cursor is on."""
        if not self.awake:
            self.redraw()
        if item is not None:
            self.post_message(self.Highlighted(item.day))

    def chosen(self, item: DiaryDay) -> None:
        """Ask to go into the day."""
        self.post_message(self.Entered())

    def action_next(self) -> None:
        """The day after."""
        self.post_message(self.Moved(1))

    def action_previous(self) -> None:
        """The day before."""
        self.post_message(self.Moved(-1))

    def action_down(self) -> None:
        """The day after."""
        self.post_message(self.Moved(1))

    def action_up(self) -> None:
        """The day before."""
        self.post_message(self.Moved(-1))

    def action_page_down(self) -> None:
        """A week on."""
        self.post_message(self.Moved(WEEK))

    def action_page_up(self) -> None:
        """A week back."""
        self.post_message(self.Moved(-WEEK))

    def action_first(self) -> None:
        """Today."""
        self.post_message(self.Moved(None))


def _aligned(day: date | None, today: date) -> str:
    """The day with its number under the others'."""
    words = day_words(day, today)
    return words if day is None or day.day > 9 else f"{words[:4]} {words[4:]}"


def _count(number: int) -> str:
    return str(number) if number else "–"


def _people(day: DiaryDay, width: int) -> str:
    """Surnames in order, as many as fit, and how many more people there are."""
    people = {entry.number: entry.surname.upper() for entry in day.entries}
    said, left = "", len(people)
    for surname in people.values():
        longer = f"{said}, {surname}" if said else surname
        more = f" and {left - 1} more" if left > 1 else ""
        if cells(longer + more) > width:
            break
        said, left = longer, left - 1
    if not said and people:
        return cut(next(iter(people.values())) if left == 1 else f"{left} people", width)
    return f"{said} and {left} more" if left else said
