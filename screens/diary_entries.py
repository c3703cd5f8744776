"""What stands on one day of the diary, a line a duty in the caseload's order; and why, for the one under the cursor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from db.rows import DiaryEntry, State
from screens.actions import ACTIONS, bindings
from screens.diary_words import entry_key, status_words
from widgets.frame import Drawn
from widgets.lines import Line, Piece, apart, cells, cut, cut_front, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.why_pane import why_words
from widgets.words import day_of, due_long, fit_name, fit_title, force_words, last_working_day_words, long_date

_STATUS, _WHERE, _NUMBER, _TIER, _WHOSE = 14, 9, 8, 5, 16
_NUMBERED, _NAMED = 90, 106


class EntryList(Listing[DiaryEntry]):
    """The duties of a day. Enter opens the case; ← and → ask for the day before and after."""

    ABOVE = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", ACTIONS["open"].tells, show=False, id="open"),
        *bindings("next", "previous"),
    ]

    @dataclass
    class Opened(Message):
        """Enter was pressed on a duty."""

        entry: DiaryEntry

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on another duty, or none is left."""

        entry: DiaryEntry | None

    @dataclass
    class Turned(Message):
        """The user wants the day after (1) or before (-1)."""

        by: int

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__(empty="")
        self.today = date.min
        self.owner = "OS"
        self.reveal = False

    def show(self, items: Sequence[DiaryEntry]) -> None:
        """Show these; where the duty under the cursor has gone, the cursor stays on the person if it can."""
        before = self.item
        super().show(items)
        if before is not None and self._find(entry_key(before)) is None:
            left = next((item for item in items if item.number == before.number), None)
            if left is not None:
                self.go_to(entry_key(left))

    def key_of(self, item: DiaryEntry) -> str:
        """Who and which duty."""
        return entry_key(item)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be something to open."""
        return action != "choose" or self.item is not None

    def heading(self, width: int) -> Line:
        """The names of the columns."""
        duty, name = _columns(width)
        names = [pad("  State", _STATUS), pad("Duty", duty), "  ", pad("Name", name), " "]
        names += [pad("Number", _NUMBER), pad("Tier", _TIER)] if width >= _NUMBERED else []
        names += [pad("Where", _WHERE)]
        names += [" ", pad("Supervisor", _WHOSE)] if width >= _NAMED else []
        return [Piece("".join(names), Ink.DIM)]

    def head(self, item: DiaryEntry, width: int, cursor: bool) -> Line:
        """State, duty and whom to chase, who, where."""
        duty, name = _columns(width)
        state = State.OPEN if item.opening else item.duty.state
        mark, ink = current().mark(state), ink_of(state)
        line = [
            Piece(mark, ink, state in (State.SAFETY, State.OVERDUE, State.UNKNOWN)),
            Piece(pad(f" {status_words(item, self.today)}", _STATUS - cells(mark)), ink),
            Piece(
                pad(fit_title(item.duty, duty, self.reveal, self.owner), duty) + "  ",
                Ink.DIM if item.opening else Ink.TEXT,
                cursor,
            ),
            Piece(pad(fit_name(item, name), name) + " ", Ink.TEXT, cursor),
        ]
        if width >= _NUMBERED:
            tier = "?" if item.tier is None else str(item.tier)
            line += [Piece(pad(item.number, _NUMBER) + pad(tier, _TIER), Ink.DIM)]
        line.append(Piece(pad(cut_front(item.where, _WHERE), _WHERE)))
        if width >= _NAMED:
            line.append(Piece(" " + pad(item.supervisor or "nobody named", _WHOSE), Ink.DIM))
        return line

    def highlighted(self, item: DiaryEntry | None) -> None:
        """Say which duty the cursor is on."""
        self.post_message(self.Highlighted(item))

    def chosen(self, item: DiaryEntry) -> None:
        """Ask to open the case."""
        self.post_message(self.Opened(item))

    def action_next(self) -> None:
        """The day after."""
        self.post_message(self.Turned(1))

    def action_previous(self) -> None:
        """The day before."""
        self.post_message(self.Turned(-1))


def _columns(width: int) -> tuple[int, int]:
    """How many cells duty and name have in a list so wide."""
    left = width - _STATUS - 3 - _WHERE
    left -= _NUMBER + _TIER if width >= _NUMBERED else 0
    left -= _WHOSE + 1 if width >= _NAMED else 0
    name = max(8, min(28, left * 2 // 5))
    return max(8, min(60, left - name)), name


def when_words(entry: DiaryEntry) -> str:
    """When an appointment is, and what can be done with it."""
    due = entry.duty.due
    when = "" if due is None else long_date(day_of(due))
    at = f", {due:%H:%M}" if isinstance(due, datetime) else ""
    return f"{when}{at}; s moves it or calls it off"


class EntryWhy(Drawn):
    """Why the duty under the cursor stands on its day, in four lines: whose it is, the reason, then when."""

    DEFAULT_CSS = "EntryWhy { height: 4; width: 1fr; }"

    entry = reactive[DiaryEntry | None](None)
    reveal = reactive(False)
    today = reactive(date.min)
    hint = reactive("v reveal")

    def lines(self, width: int) -> list[Line]:
        """Who and why, cut before its source if it must be; then when, and how to see the rest."""
        if self.entry is None:
            return []
        room = max(2, self.size.height) - 1
        said = self._said(self.entry, width, room)
        return [*said, *[[] for _ in range(room - len(said))], self._when(self.entry, width)]

    def _said(self, entry: DiaryEntry, width: int, room: int) -> list[Line]:
        dot = current().dot
        tier = "tier not known" if entry.tier is None else f"tier {entry.tier}"
        about = f" {entry.number}{dot}{tier}{dot}{entry.supervisor or 'no supervisor named'}{dot}"
        who = [Piece(entry.name, Ink.STRONG), Piece(about)]
        tail = Piece("" if entry.booked else f" {force_words(entry.duty)}", Ink.DIM)
        words = why_words(entry.duty, self.today, self.reveal).split(" ")
        lines = wrap([*who, Piece(" ".join(words)), tail], width)
        while len(lines) > room and words:
            words.pop()
            lines = wrap([*who, Piece(" ".join(words) + current().cut), tail], width)
        return lines[:room]

    def _when(self, entry: DiaryEntry, width: int) -> Line:
        said = when_words(entry) if entry.booked else due_long(entry.duty, self.today)
        parts = [said[:1].upper() + said[1:], last_working_day_words(entry.duty, self.today)]
        key, blank, does = self.hint.partition(" ")
        hint = [Piece(key), Piece(blank + does, Ink.DIM)]
        if self.reveal:
            hint = [Piece("revealed", Ink.TODAY)]
        room = width - sum(cells(piece.text) for piece in hint) - 2
        return apart([Piece(cut("; ".join(part for part in parts if part), room), Ink.DIM)], hint, width)
