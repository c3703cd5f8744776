"""The register of scope as a list, and the line of how many there are of each answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from db.rows import State
from db.views.scope import ANSWERS, UNKNOWN, Decision, Ground, ScopeRow
from policy.scope import EXTENSION, IN, OUT
from screens.actions import ACTIONS, bindings
from screens.case_words import value_words
from widgets.discretion import gives_away
from widgets.frame import Drawn
from widgets.lines import Line, Piece, cut, cut_front, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import long_date

WORDS = {IN: "in scope", EXTENSION: "local extension", UNKNOWN: "cannot tell", OUT: "out of scope"}
_NONE = {
    IN: "Nobody here is in scope.",
    EXTENSION: "Nobody here is managed by local extension. The manager decides on one with l, on anybody.",
    UNKNOWN: "It can be told of everybody.",
    OUT: "Nobody here is out of scope.",
}
_NUMBER, _TIER, _WHERE, _WHOSE = 8, 5, 10, 16
_HIDDEN = "Which limb decided is discreet: v shows it."
_SOURCES = {"extract": "an extract", "hand": "by hand", "duty form": "a duty's form"}


def decision_words(told: Decision, *, reveal: bool) -> list[str]:
    """What an answer rests on, in sentences: limb, facts with who recorded them when, what is not known."""
    said = [f"Decided by: {told.limb}." if reveal or not gives_away(told.limb) else _HIDDEN] if told.limb else []
    said += [_ground(one) for one in told.grounds if reveal or not one.discreet]
    if told.missing:
        labels = [label for label in told.missing if reveal or not gives_away(label)]
        hidden = len(told.missing) - len(labels)
        labels += [f"{hidden} {'fact that is' if hidden == 1 else 'facts that are'} discreet (v)"] if hidden else []
        said.insert(0, f"Not known: {', '.join(labels)}.")
    return said


def _ground(one: Ground) -> str:
    source = f"from {_SOURCES[one.source]}" if one.source in ("extract", "duty form") else "recorded"
    why = f": {one.why}" if one.why else ""
    return f"{one.label}: {value_words(one.fact, one.value, {})}, {source} by {one.by} on {long_date(one.day)}{why}"


class Answers(Drawn):
    """How many there are of each answer, the one that is shown in brackets."""

    DEFAULT_CSS = "Answers { height: auto; width: 1fr; }"

    def __init__(self) -> None:
        """Nothing has been counted yet."""
        super().__init__()
        self._answer = ""
        self._counts: tuple[int, ...] = ()

    def tell(self, answer: str, counts: tuple[int, ...]) -> None:
        """These many, and this one is shown."""
        self._answer, self._counts = answer, counts
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """One line, more where one cannot hold it."""
        line: Line = [Piece("Scope", Ink.STRONG)]
        for answer, number in zip(ANSWERS, self._counts, strict=False):
            words = f"{WORDS[answer]} {number}"
            here = answer == self._answer
            line += [Piece("   "), Piece(f"[{words}]" if here else words, Ink.ACCENT if here else Ink.TEXT, here)]
        return wrap(line, width)


class ScopeList(Listing[ScopeRow]):
    """One line a person; beneath the one under the cursor, what the answer rests on."""

    ABOVE = 1
    DEFAULT_CSS = "ScopeList { height: 1fr; width: 1fr; overflow: hidden hidden; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", ACTIONS["open"].tells, show=False, id="open"),
        *bindings("next", "previous"),
    ]

    @dataclass
    class Opened(Message):
        """Enter was pressed on somebody."""

        number: str

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on somebody else."""

    @dataclass
    class Turned(Message):
        """The user wants the next answer (1) or the one before (-1)."""

        by: int

    def __init__(self) -> None:
        """Nobody yet."""
        super().__init__(empty="Reading the register …")
        self.reveal = False
        self.decision: Decision | None = None

    @property
    def rows(self) -> Sequence[ScopeRow]:
        """Everybody in the list."""
        return self._items

    @property
    def number(self) -> str:
        """The prisoner number under the cursor; empty where nobody is listed."""
        return self.item.number if self.item else ""

    def tell(self, answer: str, rows: Sequence[ScopeRow]) -> None:
        """Show these people, or say that nobody has this answer."""
        self.empty = _NONE[answer]
        self.show(rows)

    def key_of(self, item: ScopeRow) -> str:
        """The prisoner number."""
        return item.number

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be somebody to open."""
        return action != "choose" or self.item is not None

    def heading(self, width: int) -> Line:
        """The names of the columns."""
        name, limb = _columns(width)
        said = f"{pad('Name', name)} {pad('Number', _NUMBER)} {pad('Tier', _TIER)}{pad('Where', _WHERE)} "
        return [Piece(f"{said}{pad('Supervisor', _WHOSE)} {pad('Decided by', limb)}", Ink.DIM)]

    def head(self, item: ScopeRow, width: int, cursor: bool) -> Line:
        """Who, where, whose, and which limb decided."""
        name, limb = _columns(width)
        shown = item.limb if self.reveal or not gives_away(item.limb) else "v shows it"
        unknown = item.answer == UNKNOWN
        return [
            Piece(pad(item.name, name) + " ", Ink.TEXT, cursor),
            Piece(f"{pad(item.number, _NUMBER)} {pad('?' if item.tier is None else str(item.tier), _TIER)}", Ink.DIM),
            Piece(pad(cut_front(item.where, _WHERE - 1), _WHERE) + " "),
            Piece(pad(item.supervisor or "nobody named", _WHOSE) + " ", Ink.DIM),
            Piece(f"{current().mark(State.UNKNOWN)} facts missing", ink_of(State.UNKNOWN))
            if unknown
            else Piece(cut(shown, limb), Ink.DIM if shown != item.limb else Ink.TEXT),
        ]

    def beneath(self, item: ScopeRow, width: int) -> list[Line]:
        """What the answer rests on, once it has been read."""
        if self.decision is None or self.decision.number != item.number:
            return []
        said = decision_words(self.decision, reveal=self.reveal)
        return [[Piece("    "), *line] for text in said for line in wrap([Piece(text, Ink.DIM)], width - 6)]

    def highlighted(self, item: ScopeRow | None) -> None:
        """Say that the cursor has moved."""
        self.post_message(self.Highlighted())

    def chosen(self, item: ScopeRow) -> None:
        """Say whose case is wanted."""
        self.post_message(self.Opened(item.number))

    def action_next(self) -> None:
        """The next answer."""
        self.post_message(self.Turned(1))

    def action_previous(self) -> None:
        """The answer before."""
        self.post_message(self.Turned(-1))


def _columns(width: int) -> tuple[int, int]:
    """How many cells the name and the limb have."""
    left = width - _NUMBER - 1 - _TIER - _WHERE - 1 - _WHOSE - 2
    name = max(16, min(34, left * 3 // 5))
    return name, max(8, left - name)
