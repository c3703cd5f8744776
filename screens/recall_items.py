"""Recall as a list: one line a person, each step of re-engagement a mark under its letter; and what it comes to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from db.recalls import EXPECTED, IN_EXTRACT, Figure, RecallFigures, RecallLine
from db.rows import DutyRow, State
from policy.recall_words import TYPES, recall_words
from screens.actions import ACTIONS
from screens.case_words import Names
from widgets.discretion import gives_away
from widgets.frame import Drawn
from widgets.lines import Line, Piece, cut, pad, width_of, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import bare_title, day_of, due_words, out_words, short_date

_NEXT_FROM, _NUMBER_FROM, _OUT_FROM = 100, 120, 150
_DUE, _TYPE, _BACK, _BAR, _OUT, _NUMBER = 11, 10, 5, 4, 5, 9
_NAMED = 6
_CARE = (
    ("seen-within-a-week", "seen in a week"),
    ("om-within-a-week", "OM in a week"),
    ("explained", "gone through"),
    ("meeting", "early meeting"),
    ("reviewed", "reviewed this month"),
    ("before-sed", "out before sentence end"),
)


def type_short(line: RecallLine) -> str:
    """The type in a word or two: `fixed 28`."""
    if line.type == "fixed-term":
        return f"fixed {line.days}".strip()
    return TYPES.get(line.type, line.type) or "?"


def back_words(returned: date | None, today: date) -> str:
    """How long somebody has been back: `11d`, `4m`."""
    if returned is None:
        return "?"
    return "0d" if returned >= today else out_words(today, returned)


def when_next(duty: DutyRow, today: date) -> str:
    """When a step is due, with its day even where it is far off: `4d late`, `Thu 19 Mar`."""
    until = duty.deferred_to or duty.due
    if duty.state in (State.OPEN, State.LATER) and until is not None:
        return short_date(day_of(until), today) if until.year == today.year else f"{day_of(until):%b %Y}"
    return due_words(duty, today)


class RecallList(Listing[RecallLine]):
    """Everybody recalled or expected back."""

    ABOVE = 1
    BINDINGS = [Binding("enter", "choose", ACTIONS["open"].tells, show=False, id="open")]
    DEFAULT_CSS = "RecallList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    @dataclass
    class Opened(Message):
        """Enter was pressed on somebody."""

        line: RecallLine

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on another line."""

    def __init__(self) -> None:
        """Nothing has been read yet."""
        super().__init__(empty="Reading who is recalled …")
        self.today = date.min
        self.names: Names = {}
        self.reveal = False

    def key_of(self, item: RecallLine) -> str:
        """The prisoner number."""
        return item.number

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be somebody to open."""
        return action != "choose" or self.item is not None

    def heading(self, width: int) -> Line:
        """The names of the columns; over each mark the letter of its step."""
        letters = "".join(step.letter for step in recall_words().step)
        said = f"  {pad('Due', _DUE)}{pad('Name', self._name_room(width))} {pad('Type', _TYPE)}"
        line = [Piece(f"{said}{pad('Back', _BACK, right=True)}  ", Ink.DIM), Piece(letters, Ink.ACCENT)]
        line.append(Piece(pad("Bar", _BAR + 1, right=True), Ink.DIM))
        if width >= _OUT_FROM:
            line.append(Piece(pad("Out", _OUT + 1, right=True), Ink.DIM))
        if width >= _NUMBER_FROM:
            line.append(Piece(f"  {pad('Number', _NUMBER)}", Ink.DIM))
        if width >= _NEXT_FROM:
            line.append(Piece("  Next", Ink.DIM))
        return line

    def head(self, item: RecallLine, width: int, cursor: bool) -> Line:
        """When the next step is due, who, which type, how long back, every step, barriers."""
        state, due, ink = self._due(item)
        name = self._name_room(width)
        line = [
            Piece(f"{current().mark(state)} " if state else "  ", ink, state is State.OVERDUE),
            Piece(pad(due, _DUE), ink),
            Piece(pad(item.name, name) + " ", Ink.TEXT, cursor),
            Piece(pad(type_short(item), _TYPE), Ink.TEXT if item.type else Ink.UNKNOWN),
            Piece(pad(back_words(item.returned, self.today) if item.states else "", _BACK, right=True) + "  ", Ink.DIM),
            *self._marks(item),
            Piece(pad(str(item.barriers or ""), _BAR + 1, right=True), Ink.TEXT),
        ]
        if width >= _OUT_FROM:
            line.append(Piece(pad(out_words(item.release, self.today), _OUT + 1, right=True), Ink.DIM))
        if width >= _NUMBER_FROM:
            line.append(Piece(f"  {pad(item.number, _NUMBER)}", Ink.DIM))
        if width >= _NEXT_FROM and item.next is not None:
            used = sum(len(piece.text) for piece in line)
            title = "Release not recorded" if item.past else self._title(item.next)
            line.append(Piece("  " + cut(title, width - used - 2), Ink.TEXT))
        return line

    def _marks(self, item: RecallLine) -> Line:
        if not item.states:
            return [Piece(" " * len(recall_words().step))]
        blank = State.NOT_APPLICABLE
        return [
            Piece(" " if state is blank else current().mark(state)[:1], ink_of(state), state is State.OVERDUE)
            for state in item.states
        ]

    def _due(self, item: RecallLine) -> tuple[State | None, str, Ink]:
        if item.stage == EXPECTED:
            return State.OPEN, "expected", ink_of(State.OPEN)
        if item.question:
            return State.UNKNOWN, "recalled?", ink_of(State.UNKNOWN)
        if item.past:
            return State.OVERDUE, f"{(self.today - item.past).days}d late", ink_of(State.OVERDUE)
        if item.next is None:
            return State.CLEAR, "clear", ink_of(State.CLEAR)
        return item.next.state, when_next(item.next, self.today), ink_of(item.next.state)

    def _name_room(self, width: int) -> int:
        """The room for a name."""
        taken = 2 + _DUE + 1 + _TYPE + _BACK + 2 + len(recall_words().step) + _BAR + 1
        return min(26, max(12, width - taken - 1))

    def _title(self, duty: DutyRow) -> str:
        return bare_title(duty, self.reveal)

    def beneath(self, item: RecallLine, width: int) -> list[Line]:
        """Who, where, whose; what is outstanding, by its letter."""
        about = [item.number, item.where, self.names.get(item.supervisor, item.supervisor) or "no supervisor"]
        if item.release and not item.past:
            about.append(f"release {short_date(item.release, self.today)}")
        if item.barriers:
            about.append(f"{item.barriers} barrier{'s' if item.barriers != 1 else ''}")
        lines: list[Line] = [[Piece(current().dot.join(part for part in about if part), Ink.DIM)]]
        if item.past:
            day = short_date(item.past, self.today)
            lines.append([Piece(f"Release was set for {day}, and none is recorded: Enter, then a r.", Ink.OVERDUE)])
        lines.append(self._what_next(item))
        return [[Piece("    "), *part] for line in lines for part in wrap(line, width - 6)]

    def _what_next(self, item: RecallLine) -> Line:
        if item.stage == EXPECTED:
            return [Piece("Expected back. ", Ink.TEXT), Piece("a starts re-engagement once they are here.", Ink.ACCENT)]
        if item.question:
            shown = item.question if self.reveal or not gives_away(item.question) else "v shows what disagrees"
            return [Piece(f"Signals of a recall disagree: {shown}. ", Ink.UNKNOWN), Piece("a settles it.", Ink.ACCENT)]
        letters = {step.duty: step.letter for step in recall_words().step}
        live = [duty for duty in item.duties if duty.live and duty.state is not State.LATER]
        now = sorted(live, key=lambda duty: (duty.rank or 9, str(duty.deferred_to or duty.due or "9")))
        said = [
            f"{letters.get(duty.id, '?')} {self._title(duty)}: {when_next(duty, self.today)}" for duty in now[:_NAMED]
        ]
        more = f"; {len(now) - _NAMED} more" if len(now) > _NAMED else ""
        words = "; ".join(said) + more + "." if said else "Nothing is outstanding."
        if item.stage == IN_EXTRACT:
            return [Piece(f"{words} "), Piece("Re-engagement not started: a starts it.", Ink.ACCENT)]
        return [Piece(words)]

    def highlighted(self, item: RecallLine | None) -> None:
        """Say that the cursor has moved."""
        self.post_message(self.Highlighted())

    def chosen(self, item: RecallLine) -> None:
        """Say who is wanted."""
        self.post_message(self.Opened(item))


class RecallSummary(Drawn):
    """How many there are and how they stand; for the manager also how well they are looked after."""

    DEFAULT_CSS = "RecallSummary { height: auto; width: 1fr; }"

    people: reactive[Sequence[RecallLine] | None] = reactive(None, layout=True)
    figures: reactive[RecallFigures | None] = reactive(None, layout=True)

    def lines(self, width: int) -> list[Line]:
        """One line of counts, and with figures one or two more."""
        if self.people is None:
            return [[Piece("Recall", Ink.STRONG)]]
        found = _in_lines(self._counts(self.people), width)
        return found + _in_lines(self._care(), width) if self.figures else found

    def _counts(self, people: Sequence[RecallLine]) -> list[Line]:
        back = [one for one in people if one.stage != EXPECTED and not one.question]
        states = Counter(one.next.state for one in back if one.next and not one.past)
        states[State.OVERDUE] += sum(one.past is not None for one in back)
        said: list[Line] = [[Piece(f"Recalled {len(back)}", Ink.STRONG)]]
        for state, word in (
            (State.OVERDUE, "late"),
            (State.TODAY, "today"),
            (State.WEEK, "in 7 days"),
            (State.UNKNOWN, "cannot tell"),
        ):
            if states[state] or state is State.OVERDUE:
                said.append([Piece(f"{current().mark(state)} {states[state]} {word}", ink_of(state))])
        for number, word in (
            (sum(one.stage == EXPECTED for one in people), "expected"),
            (sum(bool(one.question) for one in people), "to ask about"),
            (sum(one.stage == IN_EXTRACT and not one.question for one in people), "not started"),
        ):
            if number:
                said.append([Piece(f"{number} {word}", Ink.DIM)])
        return said

    def _care(self) -> list[Line]:
        shown = {one.measure: one for one in self.figures.figures} if self.figures else {}
        return [
            [Piece(f"{word} ", Ink.DIM), Piece(_of(shown[measure]), Ink.TEXT)]
            for measure, word in _CARE
            if measure in shown
        ]


def _in_lines(groups: list[Line], width: int) -> list[Line]:
    """Groups with a gap between them, none broken over two lines; closer together before they need another."""
    for gap in (3, 2):
        lines: list[Line] = []
        for group in groups:
            if lines and width_of(lines[-1]) + gap + width_of(group) <= width:
                lines[-1] += [Piece(" " * gap), *group]
            else:
                lines.append(list(group))
        if len(lines) == 1:
            return lines
    return lines


def _of(one: Figure) -> str:
    return f"{one.count}/{one.of}" if one.of else "–"
