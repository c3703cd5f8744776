"""A field to choose a supervisor from everybody who may hold cases, each with what they hold already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from db.loads import Load
from widgets.bars import bar
from widgets.form import INDENT, Field
from widgets.lines import Line, Piece, pad, strip, wrap
from widgets.palette import Ink

EACH = "*"
_NAME, _HINT = 22, "↑ ↓ choose, or type part of a name"
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Choosable:
    """One line: the staff id (`EACH`: each case as suggested), the name, the load, and what choosing it means."""

    id: str
    name: str
    load: Load | None
    told: str = ""
    suggested: bool = False


class SupervisorPick(Field, can_focus=True):
    """A list of which the line with the cursor is the one chosen; typing part of a name narrows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="pick.up"),
        Binding("down", "move(1)", "Down", show=False, id="pick.down"),
        Binding("pageup", "move(-5)", "Page up", show=False, id="pick.page-up"),
        Binding("pagedown", "move(5)", "Page down", show=False, id="pick.page-down"),
        Binding("enter", "next", "Next field", show=False, id="pick.next"),
        Binding("backspace", "widen", "Take a letter back", show=False, id="pick.backspace"),
    ]

    def __init__(self, choices: Sequence[Choosable], most: int, *, id: str, others: int, at_most: int = 40) -> None:
        """Choose among `choices`, the first to begin with.

        `others` lines of the screen are not this field's; `at_most` lines show, however tall the screen is.
        """
        super().__init__("Supervisor", id=id, required=True)
        self.choices = tuple(choices)
        self._most = most
        self._others = others
        self._at_most = at_most
        self._chosen = self.choices[0].id if self.choices else ""
        self._typed = ""
        self._top = max([most, *(choice.load.cases for choice in self.choices if choice.load)])

    @property
    def value(self) -> str:
        """The staff id of the one chosen, or `EACH`."""
        return self._chosen

    @value.setter
    def value(self, value: str) -> None:
        if any(choice.id == value for choice in self.choices):
            self._typed = ""
            self._choose(value)

    @property
    def choice(self) -> Choosable | None:
        """The line chosen."""
        return next((choice for choice in self.choices if choice.id == self._chosen), None)

    def _choose(self, value: str) -> None:
        different = value != self._chosen
        self._chosen = value
        self.refresh(layout=True)
        if different:
            self.changed()

    def _found(self, typed: str) -> tuple[Choosable, ...]:
        words = typed.casefold().split()
        return tuple(
            choice for choice in self.choices if all(word in f"{choice.name} {choice.id}".casefold() for word in words)
        )

    # Keys -----------------------------------------------------------------------------------------------------------

    def on_focus(self) -> None:
        """The band comes."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """The band goes, and so does what was typed."""
        self._typed = ""
        self.refresh(layout=True)
        self.left()

    def on_key(self, event: events.Key) -> None:
        """A letter narrows the list, where somebody's name has it."""
        character = event.character or ""
        if not event.is_printable or (character == " " and not self._typed):
            return
        event.stop()
        event.prevent_default()
        found = self._found(self._typed + character)
        if found:
            self._typed += character
            self._choose(self._chosen if any(choice.id == self._chosen for choice in found) else found[0].id)

    def action_widen(self) -> None:
        """Take the last letter back."""
        self._typed = self._typed[:-1]
        self.refresh(layout=True)

    def action_move(self, by: int) -> None:
        """To another line; by one past the ends to another field."""
        found = [choice.id for choice in self._found(self._typed)]
        at = found.index(self._chosen) if self._chosen in found else 0
        if by == 1 and at == len(found) - 1:
            self.screen.focus_next()
        elif by == -1 and at == 0:
            self.screen.focus_previous()
        elif found:
            self._choose(found[max(0, min(at + by, len(found) - 1))])

    def action_next(self) -> None:
        """To the next field."""
        self.screen.focus_next()

    # Drawing --------------------------------------------------------------------------------------------------------

    def body(self, width: int) -> list[Line]:
        """The lines there is room for, the chosen one among them."""
        return [self._line(choice, width + INDENT) for choice in self._window()]

    def notes(self, width: int) -> list[Line]:
        """What choosing this one means; what is wrong."""
        choice = self.choice
        told = wrap([Piece(choice.told)], width + INDENT - 4) if choice and choice.told else []
        return [*([Piece("    "), *line] for line in told), *super().notes(width)]

    def render_line(self, y: int) -> Strip:
        """The label, then the lines; the band is the line that is chosen."""
        width = self.size.width
        window = self._window()
        lines = [self._label(), *(self._line(choice, width) for choice in window), *self.notes(width - INDENT)]
        here = self.has_focus and 0 < y <= len(window) and window[y - 1].id == self._chosen
        return strip(lines[y] if y < len(lines) else [], width, cursor=here)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Label, as many lines as fit, notes."""
        return 1 + len(self._window()) + len(self.notes(width - INDENT))

    def _label(self) -> Line:
        found = len(self._found(self._typed))
        hint = _HINT if self.has_focus else ""
        words = f"“{self._typed}”: {found} of {len(self.choices)}" if self._typed else hint
        return [Piece(f"  {self.label}  ", Ink.DIM), Piece(words, Ink.ACCENT if self._typed else Ink.DIM)]

    def _window(self) -> tuple[Choosable, ...]:
        found = self._found(self._typed)
        room = max(_LEAST, min(self._at_most, self.app.size.height - self._others))
        at = next((place for place, choice in enumerate(found) if choice.id == self._chosen), 0)
        start = max(0, min(at - room // 2, len(found) - room))
        return found[start : start + room]

    def _line(self, choice: Choosable, width: int) -> Line:
        chosen = choice.id == self._chosen
        line = [
            Piece("  (x) " if chosen else "  ( ) ", Ink.ACCENT if chosen else Ink.DIM),
            Piece(pad(choice.name, _NAME) + " ", Ink.TEXT, chosen),
        ]
        load = choice.load
        if load is None:
            return line
        over = load.cases >= self._most
        flag = "suggested" if choice.suggested else f"at {self._most} or over" if over else ""
        room = max(4, min(40, width - _NAME - 7 - 10 - 9 - 14))
        late = f"{load.overdue} late" if load.overdue else ""
        drawn = bar(load.cases, load.overdue, self._most, self._top, room)
        used = sum(len(piece.text) for piece in drawn)
        return [
            *line,
            Piece(pad(str(load.cases), 4, right=True) + (" case  " if load.cases == 1 else " cases ")),
            Piece(pad(late, 8, right=True) + " ", Ink.OVERDUE),
            *drawn,
            Piece(" " * (room - used + 1) + flag, Ink.ACCENT if choice.suggested else Ink.TODAY),
        ]
