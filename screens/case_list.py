"""The lines of a case as a list: one cursor through every section, what it stands on opened beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from db.rows import DutyRow, FactRow, State, TimelineRow
from policy.cohorts import cohorts
from screens.case_items import Entry, Fold, Group, Heading, Item, Missing, Note, Said, Strength, can_hold_cursor, key_of
from widgets.discretion import gives_away, title_about
from widgets.lines import Line, Piece, cells, cut, cut_between, pad, paragraphs, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import (
    bare_title,
    day_of,
    due_long,
    due_words,
    force_words,
    short_date,
)

_DUE = 11
_WHEN = 12
_KIND = 9
_NAMED = 6


class CaseList(Listing[Item]):
    """Sections of a case one under another. Tab goes from section to section, beyond its end to the list beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "section(1)", "Next section", show=False, id="case.next-section"),
        Binding("shift+tab", "section(-1)", "Section before", show=False, id="case.previous-section"),
    ]

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a line."""

        item: Item

    @dataclass
    class Turned(Message):
        """Tab was pressed: to the next section, or (-1) the one before."""

        step: int

    @dataclass
    class Entered(Message):
        """The cursor is in this list now."""

        entered: "CaseList"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, empty="Reading the case …")
        self.today = date.min
        self.reveal = False
        self.mine: frozenset[str] = frozenset()
        self.works = True

    # What is said of each line --------------------------------------------------------------------------------------

    def key_of(self, item: Item) -> str:
        """The line's key."""
        return key_of(item)

    def selectable(self, item: Item) -> bool:
        """Whether the cursor may stand on it."""
        return can_hold_cursor(item)

    def head(self, item: Item, width: int, cursor: bool) -> Line:
        """The line itself."""
        match item:
            case Heading():
                return [Piece(item.name, Ink.ACCENT), Piece(f"   {item.words}", Ink.DIM)]
            case Note():
                if item.stands:
                    return [Piece(f"  {item.text}", Ink.STRONG)]
                mark = current().mark(State.UNKNOWN) if item.part == 0 else " "
                return [Piece(f"{mark} {item.text}", Ink.UNKNOWN, item.part == 0)]
            case Said():
                return [Piece("  "), Piece(cut(item.text, width - 2), item.ink)]
            case Entry():
                mark = f"{current().mark(State.UNKNOWN) if item.unmet else ' '} "
                ink = Ink.UNKNOWN if item.unmet else Ink.TEXT
                return [Piece(mark, ink), Piece(cut(item.text, width - cells(mark)), ink, cursor)]
            case DutyRow():
                return self._duty(item, width, cursor)
            case Fold():
                return self._fold(item, width, cursor)
            case Missing():
                number = len(item.waiting)
                waiting = f"{number} dut{'ies wait' if number != 1 else 'y waits'} for it"
                room = max(10, width - cells(waiting) - 4)
                label = pad(item.label, min(room, 30))
                return [
                    Piece(current().mark(State.UNKNOWN) + " " + label, Ink.UNKNOWN, cursor),
                    Piece(f"  {waiting}", Ink.DIM),
                ]
            case FactRow():
                return self._fact(item, width, cursor)
            case Strength():
                when = pad(short_date(day_of(item.contact.at), self.today), _WHEN)
                return [Piece(f"  {when} ", Ink.DIM), Piece(cut(item.text, width - _WHEN - 3), Ink.TEXT, cursor)]
            case Group():
                group = cohorts()[item.name]
                # Under the cursor every prompt stands beneath.
                first = "" if cursor else cut(f"  {group.prompts[0].text}", max(0, width - cells(group.title) - 2))
                return [Piece(f"  {group.title}", Ink.TEXT, cursor), Piece(first, Ink.DIM)]
            case TimelineRow():
                return self._entry(item, width, cursor)
        return []

    def _duty(self, duty: DutyRow, width: int, cursor: bool) -> Line:
        ink = ink_of(duty.state)
        chase = "" if duty.owner in self.mine or not duty.live else f" (chase {duty.owner})"
        title = cut(title_about(duty, self.reveal), max(4, width - _DUE - cells(chase)))
        return [
            *_due(duty, self.today),
            Piece(title, Ink.TEXT if duty.live else Ink.DIM, cursor or ink is Ink.SAFETY),
            Piece(chase, Ink.DIM),
        ]

    def _fold(self, fold: Fold, width: int, cursor: bool) -> Line:
        line: Line
        if fold.first is not None:
            line = _due(fold.first, self.today)
        elif fold.state is not None:
            line = [Piece(f"{current().mark(fold.state)} ", ink_of(fold.state))]
        else:
            line = [Piece("  ")]
        ink = Ink.TEXT if fold.first is not None else Ink.DIM
        return [
            *line,
            Piece(f"{current().opener(fold.opened)} {cut_between(fold.words, width - _DUE - 2)}", ink, cursor),
        ]

    def _fact(self, fact: FactRow, width: int, cursor: bool) -> Line:
        wide = _label(width)
        asked = fact.question or not fact.known
        mark = current().mark(State.UNKNOWN) if asked else " "
        since = f"{fact.source} {short_date(day_of(fact.effective), self.today)}" if fact.effective else fact.source
        room = width - wide - 4
        value = cut(fact.value if fact.known else "not known", room)
        ink = Ink.TEXT if fact.known else Ink.UNKNOWN
        line = [Piece(f"{mark} ", Ink.UNKNOWN), Piece(pad(fact.label, wide) + "  ", Ink.DIM), Piece(value, ink, cursor)]
        spare = room - cells(value)
        return [*line, Piece(since.rjust(spare), Ink.DIM)] if fact.known and cells(since) + 2 <= spare else line

    def _entry(self, entry: TimelineRow, width: int, cursor: bool) -> Line:
        when = pad(short_date(day_of(entry.effective), self.today), _WHEN)
        room = max(4, width - _WHEN - _KIND - 4)
        said = cut(entry.summary, room)
        return [
            Piece(f"  {when} ", Ink.DIM),
            Piece(pad(entry.kind, _KIND) + " ", Ink.DIM),
            Piece(said, Ink.TEXT, cursor),
        ]

    def beneath(self, item: Item, width: int) -> list[Line]:
        """What belongs to the line, while the cursor is on it."""
        if not self.awake:
            return []
        match item:
            case DutyRow():
                return _indented(self._why(item), _DUE, width)
            case Fold():
                return _indented(self._of_fold(item), _DUE if item.first else 4, width)
            case Missing():
                rest = len(item.waiting) - _NAMED
                more = f" and {rest} more" if rest > 0 else ""
                names = f"Waiting: {'; '.join(item.waiting[:_NAMED])}{more}."
                enter = [Piece("Enter fills it in. ", Ink.ACCENT)] if self.works else []
                return _indented([*enter, Piece(names, Ink.DIM)], 4, width)
            case FactRow():
                whole = item.value if cells(item.value) > width - _label(width) - 4 else ""
                said = [Piece(f"{whole} " if whole else ""), Piece(item.question, Ink.UNKNOWN)]
                return _indented(said, 4, width) if whole or item.question else []
            case Entry() if cells(item.text) > width - 2:
                return [[Piece("    "), *line] for line in paragraphs(item.text, width - 6)]
            case Strength() if item.text != "v shows it" and cells(item.text) > width - _WHEN - 3:
                return [[Piece("    "), *line] for line in paragraphs(item.text, width - 4)]
            case Group():
                told = [
                    [Piece(f"{prompt.text} "), Piece(prompt.source, Ink.DIM)] for prompt in cohorts()[item.name].prompts
                ]
                return [line for one in told for line in _indented(one, 4, width)]
            case TimelineRow():
                cut_off = cells(item.summary) > width - _WHEN - _KIND - 4
                if (item.text and item.text != item.summary) or cut_off:
                    return [[Piece("    "), *line] for line in paragraphs(item.text or item.summary, width - 6)]
        return []

    def _of_fold(self, fold: Fold) -> Line:
        """What Enter does; while it is closed, also why its most urgent duty is there."""
        tells = Piece(fold.tells, Ink.ACCENT if fold.first else Ink.DIM)
        if fold.first is None or fold.opened or fold.first.missing:
            return [tells]
        title = f"{bare_title(fold.first, self.reveal)}: "
        return [Piece(title, Ink.STRONG), *self._reasons(fold.first), Piece(" "), tells]

    def _why(self, duty: DutyRow) -> Line:
        line = self._reasons(duty)
        if duty.live:
            enter = " Enter fills in what is missing." if duty.missing else " Enter records it."
            if self.works:
                line.append(Piece(enter, Ink.ACCENT))
        return line

    def _reasons(self, duty: DutyRow) -> Line:
        when = due_long(duty, self.today)
        said = [when[:1].upper() + when[1:]]
        if duty.met_on and duty.live:
            said.append(f"last met {short_date(duty.met_on, self.today)}")
        said.append(force_words(duty))
        hidden = gives_away(duty.why) and not self.reveal
        return [
            Piece("What it started from is discreet: v shows it." if hidden else duty.why),
            Piece(" " + current().dot.join(part for part in said if part), Ink.DIM),
        ]

    # Moving ---------------------------------------------------------------------------------------------------------

    def chosen(self, item: Item) -> None:
        """Say which line is to be opened."""
        self.post_message(self.Chosen(item))

    def on_focus(self) -> None:
        """Say that the cursor is here now."""
        self.post_message(self.Entered(self))

    def action_section(self, step: int) -> None:
        """Ask for the next section, or the one before."""
        self.post_message(self.Turned(step))

    @property
    def items(self) -> Sequence[Item]:
        """Every line."""
        return self._items

    def starts(self) -> list[int]:
        """Where each section begins: its first line that can hold the cursor."""
        found = []
        fresh = True
        for at, item in enumerate(self._items):
            if isinstance(item, Heading):
                fresh = True
            elif fresh and can_hold_cursor(item):
                found.append(at)
                fresh = False
        return found

    def stand_on(self, at: int) -> None:
        """Put the cursor on the line `at`, with as much of its section in view as there is room for."""
        self._move(at, 1)
        self.scroll_to(y=max(0, at - 1), animate=False, force=True)

    def begin_at(self, at: int) -> None:
        """Put the cursor on the line `at`, with everything above it in view if there is room."""
        self._move(at, 1)
        self.scroll_to(y=0, animate=False, force=True)
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        super()._keep_in_view()
        above = self._at - 1
        if above >= 0 and isinstance(self._items[above], Heading) and round(self.scroll_y) == self._at:
            self.scroll_to(y=above, animate=False, force=True)


def _label(width: int) -> int:
    """How many cells the name of a fact has."""
    return min(28, max(12, width * 11 // 20))


def _due(duty: DutyRow, today: date) -> Line:
    mark, ink = current().mark(duty.state), ink_of(duty.state)
    words = pad(due_words(duty, today), _DUE - 2 - len(mark))
    return [Piece(mark, ink, duty.state in (State.SAFETY, State.OVERDUE)), Piece(f" {words} ", ink)]


def _indented(line: Line, indent: int, width: int) -> list[Line]:
    return [[Piece(" " * indent), *part] for part in wrap(line, width - indent - 1)]
