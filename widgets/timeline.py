"""The story of a case, newest first; the entry under the cursor opened beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from textual.message import Message
from textual.reactive import var

from db.rows import TimelineRow
from widgets.lines import Line, Piece, cells, cut, pad, paragraphs
from widgets.listing import Listing
from widgets.palette import Ink
from widgets.words import day_of, fitting, short_date, when_words

_WHEN, _KIND, _BY = 17, 12, 14


class Timeline(Listing[TimelineRow]):
    """What happened, one line an entry: when, what kind, what, by whom."""

    today = var(date.min)

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on an entry, or there is none."""

        entry: TimelineRow | None

    @dataclass
    class Opened(Message):
        """Enter was pressed on an entry."""

        entry: TimelineRow

    def __init__(
        self,
        *,
        empty: str = "Nothing has been recorded yet. c logs a contact, n a note.",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(empty=empty, id=id, classes=classes)

    @property
    def entries(self) -> Sequence[TimelineRow]:
        """Every entry that is shown."""
        return self._items

    def key_of(self, item: TimelineRow) -> str:
        """The entry's id."""
        return item.id

    def head(self, item: TimelineRow, width: int, cursor: bool) -> Line:
        """When, kind, summary, by whom."""
        when = (
            pad(fitting((when_words(item.effective, self.today),), _WHEN) or self._day(item), _WHEN)
            if width >= 70
            else pad(self._day(item), 11)
        )
        by = pad(item.by, _BY) if width >= 70 else ""
        room = _room(width)
        return [
            Piece(when + " ", Ink.DIM),
            Piece(pad(item.kind, _KIND) + " ", Ink.TEXT, cursor),
            Piece(pad(cut(item.summary, room), room) + " ", Ink.TEXT, cursor),
            Piece(by, Ink.DIM),
        ]

    def beneath(self, item: TimelineRow, width: int) -> list[Line]:
        """The whole text, and the day it was written where that is a later one."""
        cut_off = cells(item.summary) > _room(width)
        more = item.text if item.text != item.summary or cut_off else ""
        lines = [[Piece("    "), *line] for line in paragraphs(more or (item.summary if cut_off else ""), width - 6)]
        if isinstance(item.effective, datetime) and not fitting((when_words(item.effective, self.today),), _WHEN):
            lines.append([Piece(f"    at {item.effective:%H:%M}", Ink.DIM)])
        if item.day != day_of(item.effective):
            lines.append([Piece(f"    written {short_date(item.day, self.today)} by {item.by}", Ink.DIM)])
        return lines

    def _day(self, item: TimelineRow) -> str:
        return short_date(day_of(item.effective), self.today)

    def highlighted(self, item: TimelineRow | None) -> None:
        """Say which entry the cursor is on."""
        self.post_message(self.Highlighted(item))

    def chosen(self, item: TimelineRow) -> None:
        """Say which entry is to be opened."""
        self.post_message(self.Opened(item))

    def watch_today(self) -> None:
        """Another day, other words."""
        self.redraw()


def _room(width: int) -> int:
    """How many cells the summary has."""
    by = _BY if width >= 70 else 0
    return max(0, width - (_WHEN if width >= 70 else 11) - _KIND - by - 3)
