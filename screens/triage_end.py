"""The end of a triage walk: each case, what was done about it, and what is left."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from db.rows import CaseRow, Recorded, State
from screens.actions import ACTIONS
from screens.triage_walk import done_words
from widgets.discretion import fit_headline
from widgets.lines import Line, Piece, cells, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import due_words, fit_name

_NAME, _WIDEST_NAME = 18, 30
_DUE = 11
_WAITS = (State.SAFETY, State.OVERDUE, State.TODAY)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case in the walk: how it stands now, and what was done."""

    row: CaseRow
    done: tuple[Recorded, ...]


class TriageEnd(Listing[Outcome]):
    """Every case of the walk in its order, one line each. Told by `today`, `owner`, `reveal`; `show` takes outcomes."""

    ABOVE: ClassVar[int] = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", ACTIONS["open"].tells, show=False, id="open"),
        # A list would scroll sideways.
        Binding("left", "screen.previous", ACTIONS["previous"].tells, show=False, id="previous"),
    ]
    DEFAULT_CSS = "TriageEnd { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    @dataclass
    class Opened(Message):
        """Enter was pressed on a case."""

        number: str

    def __init__(self, today: date, owner: str) -> None:
        """For somebody to whom duties of an `owner` are their own."""
        super().__init__(empty="Reading what was done …")
        self.today = today
        self.owner = owner
        self.reveal = False

    def key_of(self, item: Outcome) -> str:
        """The prisoner number."""
        return item.row.number

    def heading(self, width: int) -> Line:
        """What stands in which column."""
        name, done, _ = _columns(width)
        return [Piece(f"  {pad('Name', name)}  {pad('Done', done)}  Left", Ink.DIM)]

    def head(self, item: Outcome, width: int, cursor: bool) -> Line:
        """Who, what was done, what is left."""
        name, done, left = _columns(width)
        mark = Piece(f"{current().mark(State.MET)} " if item.done else "  ", Ink.CLEAR)
        said = done_words(item.done, self.reveal) or "nothing"
        return [
            mark,
            Piece(pad(fit_name(item.row, name), name), Ink.TEXT, cursor),
            Piece("  "),
            Piece(pad(said, done), Ink.TEXT if item.done else Ink.DIM),
            Piece("  "),
            *self._left(item.row, left),
        ]

    def _left(self, row: CaseRow, width: int) -> Line:
        duty = row.next
        if duty is None:
            return [Piece(f"{current().mark(State.CLEAR)} clear", ink_of(State.CLEAR))]
        mark, ink = current().mark(duty.state), ink_of(duty.state)
        due = f"{mark} {pad(due_words(duty, self.today), _DUE - 2 - len(mark))} "
        others = sum(1 for other in row.duties if other is not duty and other.state in _WAITS)
        more = f" +{others}" if others else ""
        title = fit_headline(row, duty, width - _DUE - len(more), self.reveal, self.owner)
        return [Piece(due, ink), Piece(title), Piece(more, Ink.DIM)]

    def beneath(self, item: Outcome, width: int) -> list[Line]:
        """All that was done, where the line has no room for it."""
        done = done_words(item.done, self.reveal)
        if cells(done) <= _columns(width)[1]:
            return []
        return [[Piece("    "), *line] for line in wrap([Piece(done, Ink.DIM)], width - 6)]

    def highlighted(self, item: Outcome | None) -> None:
        """There may be somebody to act on now."""
        if self.is_mounted:
            self.screen.refresh_bindings()

    def chosen(self, item: Outcome) -> None:
        """Say which case is to be opened."""
        self.post_message(self.Opened(item.row.number))


def _columns(width: int) -> tuple[int, int, int]:
    """How many cells name, done and left have, between two blanks each and two for the mark."""
    name = min(_WIDEST_NAME, max(_NAME, width // 5))
    done = (width - name - 6) * 2 // 5
    return name, done, width - name - done - 6


def summary_words(rows: tuple[CaseRow, ...], handled: int) -> str:
    """What was done and what is left, in numbers: `12 cases · 5 handled · 7 left as they were · 4 late or …`."""
    untouched = len(rows) - handled
    waiting = sum(1 for row in rows if row.state in _WAITS)
    parts = [f"{len(rows)} case{'s' if len(rows) != 1 else ''}", f"{handled} handled"]
    if untouched:
        parts.append(f"{untouched} left as {'they were' if untouched != 1 else 'it was'}")
    return " · ".join([*parts, f"{waiting or 'none'} late or due today"])
