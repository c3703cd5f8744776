"""The caseload: one line a person, most urgent first, drawn line by line over rows that may be many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from textual.message import Message
from textual.reactive import var

from db.rows import CaseRow
from widgets import case_columns
from widgets.lines import Line, Piece
from widgets.listing import Listing

_NEAR = 50
_BOX = 4


@runtime_checkable
class Paged(Protocol):
    """A sequence of rows that can say where somebody is without being read through."""

    def index_of(self, number: str) -> int | None:
        """The place of a prisoner number, counted from 0; None where it is not there."""


class CaseTable(Listing[CaseRow]):
    """The caseload as a table; the cursor stays on the person, by prisoner number, through refresh and re-ordering.

    `today` is the day everything is said for, `reveal` whether risk words and full titles show, `owner` whose duties
    are the reader's own (anybody else's are to be chased).
    """

    ABOVE = 1
    CENTRED = True

    today = var(date.min)
    reveal = var(False)
    owner = var("OS")
    selected = var[frozenset[str]](frozenset())
    """Prisoner numbers; while there are any, a box stands before every line."""

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on somebody, or nobody is left."""

        row: CaseRow | None

    @dataclass
    class Opened(Message):
        """Enter was pressed on somebody."""

        row: CaseRow

    class NearEnd(Message):
        """The cursor is near the end of what is loaded and there is more: sent once for each part loaded."""

    def __init__(
        self,
        *,
        empty: str = "Nobody is in this list. 5 takes in today's extract; f changes who is shown.",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(empty=empty, id=id, classes=classes)
        self._more = False
        self._asked = False

    @property
    def row(self) -> CaseRow | None:
        """The person under the cursor."""
        return self.item

    @property
    def number(self) -> str:
        """The prisoner number under the cursor; empty where nobody is listed."""
        return self.item.number if self.item else ""

    def show(self, items: Sequence[CaseRow], more: bool = False) -> None:
        """Show these people; `more` says that others follow and NearEnd should ask for them."""
        self._more, self._asked = more, False
        super().show(items)
        self._ask()

    def append(self, rows: Iterable[CaseRow], more: bool = False) -> None:
        """Add the people who follow."""
        was_empty = not self._items
        items = self._items if isinstance(self._items, list) else list(self._items)
        items.extend(rows)
        self._items = items
        self._more, self._asked = more, False
        self.redraw()
        if was_empty:
            self.highlighted(self.item)
        self._ask()

    def key_of(self, item: CaseRow) -> str:
        """The prisoner number."""
        return item.number

    def heading(self, width: int) -> Line:
        """The names of the columns."""
        if self.selected:
            return [Piece(" " * _BOX), *case_columns.heading(width - _BOX, self.reveal)]
        return case_columns.heading(width, self.reveal)

    def head(self, item: CaseRow, width: int, cursor: bool) -> Line:
        """A person's line."""
        if self.selected:
            from widgets.choices import box

            line = case_columns.line(item, width - _BOX, self.today, self.reveal, self.owner, cursor)
            return [box(item.number in self.selected), Piece(" "), *line]
        return case_columns.line(item, width, self.today, self.reveal, self.owner, cursor)

    def highlighted(self, item: CaseRow | None) -> None:
        """Say who the cursor is on, and ask for more in time."""
        self.post_message(self.Highlighted(item))
        self._ask()

    def chosen(self, item: CaseRow) -> None:
        """Say who is to be opened."""
        self.post_message(self.Opened(item))

    def _ask(self) -> None:
        if self._more and not self._asked and self._at >= len(self._items) - max(_NEAR, 2 * self.size.height):
            self._asked = True
            self.post_message(self.NearEnd())

    def _find(self, key: str) -> int | None:
        return self._items.index_of(key) if isinstance(self._items, Paged) else super()._find(key)

    def watch_today(self) -> None:
        """Another day, other words."""
        self.redraw()

    def watch_reveal(self) -> None:
        """Titles and risk words come or go."""
        self.redraw()

    def watch_selected(self) -> None:
        """Boxes come, go, or are filled."""
        self.redraw()

    def watch_owner(self) -> None:
        """Other duties are to be chased."""
        self.redraw()
