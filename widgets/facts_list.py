"""The facts of a case in their groups: known, not known (marked), or discreet and hidden until revealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from textual.message import Message
from textual.reactive import var

from db.rows import FactRow, State
from widgets.lines import Line, Piece, pad, wrap
from widgets.listing import Listing
from widgets.looks import current
from widgets.palette import Ink
from widgets.words import day_of, short_date

_LABEL = 30
_SINCE = 24


class FactsList(Listing[FactRow | str]):
    """Facts under the names of their groups. Enter on a fact edits it."""

    today = var(date.min)
    reveal = var(False)

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on a fact, or there is none."""

        fact: FactRow | None

    @dataclass
    class Edit(Message):
        """Enter was pressed on a fact."""

        fact: FactRow

    def __init__(
        self,
        *,
        empty: str = "No facts yet. 5 takes in an extract; Enter on a fact fills it in by hand.",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(empty=empty, id=id, classes=classes)
        self._facts: tuple[FactRow, ...] = ()

    def show(self, items: Sequence[FactRow | str]) -> None:
        """Show these facts; a heading stands before each group, in the order given."""
        self._facts = tuple(item for item in items if isinstance(item, FactRow))
        rows: list[FactRow | str] = []
        for group, facts in groupby(self._facts, key=lambda fact: fact.group):
            rows += [group, *facts]
        super().show(rows)

    def key_of(self, item: FactRow | str) -> str:
        """The fact's name."""
        return item.fact if isinstance(item, FactRow) else f"group {item}"

    def selectable(self, item: FactRow | str) -> bool:
        """Headings are passed over."""
        return isinstance(item, FactRow)

    def hidden(self, fact: FactRow) -> bool:
        """Whether the value waits to be revealed."""
        return fact.discreet and not self.reveal

    def head(self, item: FactRow | str, width: int, cursor: bool) -> Line:
        """Mark, label, value, and since when."""
        if isinstance(item, str):
            return [Piece(item[:1].upper() + item[1:], Ink.STRONG)]
        asked = item.known and item.question and not self.hidden(item)
        unknown = not item.known and not self.hidden(item)
        mark = current().mark(State.UNKNOWN) if unknown or asked else " "
        since = (
            f"{item.source} {short_date(day_of(item.effective), self.today)}"
            if item.effective and item.known
            else item.source
        )
        room = max(0, width - _LABEL - 4)
        after = pad("" if self.hidden(item) else since, min(_SINCE, room // 2))
        value = "not revealed" if self.hidden(item) else (item.value if item.known else "not known")
        ink = Ink.DIM if self.hidden(item) else Ink.TEXT if item.known else Ink.UNKNOWN
        return [
            Piece(f"{mark} ", Ink.UNKNOWN),
            Piece(pad(item.label, _LABEL) + "  ", Ink.DIM),
            Piece(pad(value, max(0, room - len(after) - 1)), ink, cursor),
            Piece(" " + after, Ink.DIM),
        ]

    def beneath(self, item: FactRow | str, width: int) -> list[Line]:
        """What is asked about it."""
        if isinstance(item, str) or not item.question or self.hidden(item):
            return []
        return [[Piece("    "), *line] for line in wrap([Piece(item.question, Ink.UNKNOWN)], width - 6)]

    def highlighted(self, item: FactRow | str | None) -> None:
        """Say which fact the cursor is on."""
        self.post_message(self.Highlighted(item if isinstance(item, FactRow) else None))

    def chosen(self, item: FactRow | str) -> None:
        """Say which fact is to be edited."""
        if isinstance(item, FactRow):
            self.post_message(self.Edit(item))

    def watch_reveal(self) -> None:
        """Values come or go."""
        self.redraw()

    def watch_today(self) -> None:
        """Another day, other words."""
        self.redraw()
