"""A form: fields one under another, labels at the left, what is wrong in words under the field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from widgets.lines import Line, Piece, cells, cut, strip, wrap
from widgets.palette import Ink

STYLES = Path(__file__).with_name("form.tcss")
"""The style sheet of forms, for a form screen's CSS_PATH."""

LABEL = 14
INDENT = LABEL + 2


class Field(Widget):
    """One field: its label, what it holds, and under it what is wrong with that.

    `value` is text, so that a draft can keep it; what it means is read from the kind of field (`date`, `ticked` …).
    """

    error = reactive("", layout=True)

    @dataclass
    class Changed(Message):
        """What the field holds has changed."""

        field: "Field"

        @property
        def control(self) -> "Field":
            """The field, for `@on(…, "#id")`."""
            return self.field

    @dataclass
    class Left(Message):
        """The field has been left, and checked."""

        field: "Field"

    def __init__(self, label: str, *, id: str | None = None, required: bool = False, help: str = "") -> None:
        super().__init__(id=id)
        self.label = label
        self.required = required
        self.help = help

    @property
    def value(self) -> str:
        """What the field holds, as text; empty where it holds nothing."""
        raise NotImplementedError

    @value.setter
    def value(self, value: str) -> None:
        raise NotImplementedError

    def wrong(self) -> str:
        """What is wrong with what the field holds, in a sentence; nothing where it is right."""
        return f"{self.label.rstrip('?')} is needed." if self.required and not self.value.strip() else ""

    def check(self) -> bool:
        """Look at what the field holds and say under it what is wrong; True where nothing is."""
        self.error = self.wrong()
        return not self.error

    @property
    def control(self) -> Widget:
        """What takes the focus."""
        return self

    def grab(self) -> None:
        """Put the cursor in the field."""
        self.control.focus()

    @property
    def busy(self) -> bool:
        """Whether the cursor is in the field."""
        return self.has_focus or self.has_focus_within

    def changed(self) -> None:
        """Say that what the field holds has changed."""
        if self.error:
            self.error = self.wrong()
        self.post_message(self.Changed(self))

    def left(self) -> None:
        """Check the field as it is left."""
        if self.is_attached:
            self.check()
            self.post_message(self.Left(self))

    # Drawing --------------------------------------------------------------------------------------------------------

    def body(self, width: int) -> list[Line]:
        """What stands beside the label, line by line."""
        raise NotImplementedError

    def notes(self, width: int) -> list[Line]:
        """The lines under the field."""
        if not self.error:
            return []
        return [[Piece(" " * INDENT), *line] for line in wrap([Piece("! " + self.error, Ink.OVERDUE)], width - INDENT)]

    def band(self, y: int) -> bool:
        """Whether the line is part of the band that shows where the cursor is."""
        return self.busy

    def render_line(self, y: int) -> Strip:
        """The line `y`: label and body, then the notes."""
        width = self.size.width
        body = self.body(width - INDENT)
        if y < len(body):
            label = cut(self.label, LABEL) if y == 0 else ""
            head = Piece(" " * (LABEL - cells(label)) + label + "  ", Ink.DIM)
            return strip([head, *body[y]], width, cursor=self.band(y))
        notes = self.notes(width)
        return strip(notes[y - len(body)] if y - len(body) < len(notes) else [], width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Body and notes."""
        return max(1, len(self.body(width - INDENT))) + len(self.notes(width))


class Form(VerticalScroll, can_focus=False):
    """Fields one under another, scrolling if they must. ↑ ↓ and Enter go between fields that do not need them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "previous", "Field above", show=False, id="form.previous"),
        Binding("down,enter", "next", "Field below", show=False, id="form.next"),
    ]

    def __init__(self, *fields: Widget, id: str | None = None) -> None:
        super().__init__(id=id)
        self._given = fields
        self._first: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The fields it was made with."""
        yield from self._given

    def on_mount(self) -> None:
        """Remember how the form was handed over, to know what has been typed since."""
        self._first = self.texts()

    def __iter__(self) -> Iterator[Field]:
        return iter(self.query(Field))

    def field(self, id: str) -> Field:
        """The field of this id.

        Raises:
            NoMatches: There is none.
        """
        return self.query_one(f"#{id}", Field)

    def texts(self) -> dict[str, str]:
        """What every field with an id holds, as text: what a draft keeps."""
        return {field.id: field.value for field in self if field.id}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put a draft's texts back; fields it does not name stay as they are."""
        for field in self:
            if field.id and field.id in texts:
                field.value = texts[field.id]

    @property
    def touched(self) -> bool:
        """Whether anything differs from how the form was handed over."""
        return self.texts() != self._first

    def check(self) -> bool:
        """Check every field; the cursor goes to the first that is wrong. True where none is."""
        wrong = [field for field in self if not field.check()]
        if wrong:
            self.point_to(wrong[0])
        return not wrong

    def point_to(self, field: Field) -> None:
        """Put the cursor in a field, and bring what is said under it into sight once that is laid out."""
        field.grab()
        self.call_after_refresh(self.scroll_to_widget, field, animate=False)

    def focus_first(self) -> None:
        """Put the cursor in the first field; what stands above it stays in view."""
        for field in self:
            field.control.focus(scroll_visible=False)
            return

    def action_previous(self) -> None:
        """To the field above."""
        self.screen.focus_previous()

    def action_next(self) -> None:
        """To the field below."""
        self.screen.focus_next()
