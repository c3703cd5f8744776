"""Fields that are picked from: one of a few words, a tick, a list of ticks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from db.rows import State
from widgets.form import INDENT, Field
from widgets.lines import Line, Piece, cells, cut, pad, strip, width_of
from widgets.looks import current, ink_of
from widgets.palette import Ink


class _Picked(Field, can_focus=True):
    """A field that is drawn whole and takes the focus itself."""

    def on_focus(self) -> None:
        """The band comes."""
        self.refresh()

    def on_blur(self) -> None:
        """The band goes, and the field is checked."""
        self.refresh()
        self.left()


@dataclass(frozen=True, slots=True)
class Option:
    """One of the words of a choice: what it stands for, how it reads, the letter that picks it (found if not given)."""

    value: str
    words: str
    key: str = ""


def _with_keys(options: Iterable[Option | tuple[str, str]]) -> tuple[Option, ...]:
    """Every option with a letter of its own: the first in its words that is still free."""
    given = [option if isinstance(option, Option) else Option(*option) for option in options]
    taken = {option.key for option in given if option.key}
    keyed = []
    for option in given:
        key = option.key or next(
            (letter for letter in option.words.lower() if letter.isalnum() and letter not in taken), ""
        )
        taken.add(key)
        keyed.append(replace(option, key=key))
    return tuple(keyed)


class Choice(_Picked):
    """One of a few words in a row; the chosen one has its letter in brackets: `(m)eeting   note   phone`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Before", show=False, id="choice.left"),
        Binding("right,space", "step(1)", "Next", show=False, id="choice.right"),
        Binding("backspace,delete", "clear", "None", show=False, id="choice.clear"),
    ]

    def __init__(
        self,
        label: str,
        options: Iterable[Option | tuple[str, str]],
        *,
        id: str | None = None,
        value: str = "",
        required: bool = False,
        help: str = "",
        onward: Callable[[str], None] | None = None,
    ) -> None:
        """With `onward`, a letter that picks a word goes on from here, and what else is typed is handed on with it."""
        super().__init__(label, id=id, required=required, help=help)
        self.options = _with_keys(options)
        self.onward = onward
        self._gone_on = False
        self._value = value

    @property
    def value(self) -> str:
        """What the chosen word stands for; empty where none is chosen."""
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        value = value if any(option.value == value for option in self.options) else ""
        if value != self._value:
            self._value = value
            self.refresh(layout=True)
            self.changed()

    def body(self, width: int) -> list[Line]:
        """The words in a row, in several where one is too short."""
        lines: list[Line] = [[]]
        for option in self.options:
            word = self._word(option)
            gap = [Piece("   ")] if lines[-1] else []
            if lines[-1] and width_of([*lines[-1], *gap, *word]) > width:
                lines.append(word)
            else:
                lines[-1] += [*gap, *word]
        return lines

    def _word(self, option: Option) -> Line:
        before, letter, after = option.words, "", ""
        if option.key and (at := option.words.lower().find(option.key)) >= 0:
            before, letter, after = option.words[:at], option.words[at], option.words[at + 1 :]
        if option.value == self._value:
            if not letter:
                return [Piece(f"({option.words})", Ink.STRONG)]
            return [Piece(f"{before}({letter}){after}", Ink.STRONG)]
        return [Piece(before), Piece(letter, Ink.ACCENT if self.has_focus else Ink.TEXT), Piece(after)]

    def on_focus(self) -> None:
        """Letters pick again."""
        self._gone_on = False
        super().on_focus()

    def on_key(self, event: events.Key) -> None:
        """A letter picks the word it belongs to."""
        typed = event.character if event.is_printable else None
        if not typed or (typed == " " and not self._gone_on):
            return
        picked = self._picked_by(typed)
        if picked is None and self.onward is None:
            return
        event.stop()
        event.prevent_default()
        if picked is not None:
            self.value = picked.value
        self._go_on("" if picked else typed)

    def on_paste(self, event: events.Paste) -> None:
        """A text picks nothing."""
        event.stop()
        self._go_on(event.text)

    def _picked_by(self, typed: str) -> Option | None:
        """The word of a letter. Where a text may follow, a capital begins it, and a key too many belongs to it."""
        if self._gone_on:
            return None
        letter = typed if self.onward else typed.lower()
        return next((option for option in self.options if option.key == letter), None)

    def _go_on(self, typed: str) -> None:
        if self.onward is not None:
            self._gone_on = True
            self.onward(typed)

    def action_step(self, by: int) -> None:
        """To the word before or after."""
        values = [option.value for option in self.options]
        at = values.index(self._value) + by if self._value in values else (0 if by > 0 else -1)
        self.value = values[max(0, min(at, len(values) - 1)) if self._value else at]

    def action_clear(self) -> None:
        """Choose none, where none is allowed."""
        if not self.required:
            self.value = ""


class Tick(_Picked):
    """Yes or no: `[x]` or `[ ]`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", "Tick", show=False, id="tick.toggle"),
        Binding("y", "tick(True)", "Yes", show=False, id="tick.yes"),
        Binding("n", "tick(False)", "No", show=False, id="tick.no"),
    ]

    def __init__(self, label: str, words: str = "", *, id: str | None = None, ticked: bool = False) -> None:
        super().__init__(label, id=id)
        self.words = words
        self._ticked = ticked

    @property
    def ticked(self) -> bool:
        """Whether it is ticked."""
        return self._ticked

    @ticked.setter
    def ticked(self, ticked: bool) -> None:
        if ticked != self._ticked:
            self._ticked = ticked
            self.refresh()
            self.changed()

    @property
    def value(self) -> str:
        """`yes` or `no`."""
        return "yes" if self._ticked else "no"

    @value.setter
    def value(self, value: str) -> None:
        self.ticked = value == "yes"

    def body(self, width: int) -> list[Line]:
        """The box and its words."""
        return [[box(self._ticked), Piece(" " + cut(self.words, width - 4))]]

    def action_turn(self) -> None:
        """Tick it, or take the tick away."""
        self.ticked = not self._ticked

    def action_tick(self, ticked: bool) -> None:
        """Yes or no."""
        self.ticked = ticked


def box(ticked: bool) -> Piece:
    """The box of a tick, told apart without colour."""
    return Piece("[x]", Ink.ACCENT) if ticked else Piece("[ ]", Ink.DIM)


@dataclass(frozen=True, slots=True)
class TickItem:
    """One line of a tick list: what it is called by, its words, and a state with the words that go with it."""

    key: str
    words: str
    state: State | None = None
    due: str = ""
    ticked: bool = False


class TickList(_Picked):
    """Lines to tick, each with mark and due words beside it. ↑ ↓ go from line to line, and on to the fields beyond."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="ticks.up"),
        Binding("down", "move(1)", "Down", show=False, id="ticks.down"),
        Binding("space", "turn", "Tick", show=False, id="ticks.toggle"),
    ]

    def __init__(
        self, label: str, items: Sequence[TickItem] = (), *, id: str | None = None, empty: str = "Nothing to tick."
    ) -> None:
        super().__init__(label, id=id)
        self.empty = empty
        self._items = tuple(items)
        self._line = 0

    @property
    def ticked(self) -> tuple[str, ...]:
        """The keys of the ticked lines, in their order."""
        return tuple(item.key for item in self._items if item.ticked)

    @property
    def value(self) -> str:
        """The keys of the ticked lines with commas between."""
        return ",".join(self.ticked)

    @value.setter
    def value(self, value: str) -> None:
        wanted = set(value.split(","))
        self._set(tuple(replace(item, ticked=item.key in wanted) for item in self._items))

    def show(self, items: Sequence[TickItem]) -> None:
        """Show these lines; ones that were there keep their ticks."""
        before = {item.key: item.ticked for item in self._items}
        self._line = min(self._line, max(0, len(items) - 1))
        self._set(tuple(replace(item, ticked=before.get(item.key, item.ticked)) for item in items))

    def _set(self, items: tuple[TickItem, ...]) -> None:
        if items != self._items:
            self._items = items
            self.refresh(layout=True)
            self.changed()

    def body(self, width: int) -> list[Line]:
        """The lines, under the label and as wide as the form."""
        return [self._said(item, width + INDENT) for item in self._items] or [[Piece(f"    {self.empty}", Ink.DIM)]]

    def render_line(self, y: int) -> Strip:
        """The label, then the lines; the band is the line the cursor is on."""
        width = self.size.width
        lines = [[Piece(f"  {self.label}", Ink.DIM)], *self.body(width - INDENT), *self.notes(width)]
        here = self.has_focus and bool(self._items) and y == self._line + 1
        return strip(lines[y] if y < len(lines) else [], width, cursor=here)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Label, lines and notes."""
        return 1 + super().get_content_height(container, viewport, width)

    def _said(self, item: TickItem, width: int) -> Line:
        room = min(max(cells(each.words) for each in self._items), width - 9 - 30)
        line = [Piece("    "), box(item.ticked), Piece(" " + pad(item.words, max(20, room)) + "  ")]
        if item.state is not None:
            line.append(Piece(f"{current().mark(item.state)} {item.due}", ink_of(item.state)))
        elif item.due:
            line.append(Piece(item.due, Ink.DIM))
        return line

    def action_move(self, by: int) -> None:
        """To the next line, or past the end to the next field."""
        to = self._line + by
        if 0 <= to < len(self._items):
            self._line = to
            self.refresh()
        elif by < 0:
            self.screen.focus_previous()
        else:
            self.screen.focus_next()

    def action_turn(self) -> None:
        """Tick the line, or take its tick away."""
        if self._items:
            item = self._items[self._line]
            self._set(
                (*self._items[: self._line], replace(item, ticked=not item.ticked), *self._items[self._line + 1 :])
            )
