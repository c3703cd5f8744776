"""Fields that are typed into: a line, a text, a date, a date with a time."""

from datetime import date, datetime

from textual import events
from textual.app import ComposeResult
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from widgets.dates import EXAMPLES, Lean, NotADate, read_date, read_when
from widgets.form import INDENT, Field
from widgets.lines import Line, Piece, cut
from widgets.looks import current
from widgets.palette import Ink
from widgets.plain import harmless
from widgets.words import long_date


def hint(help: str) -> str:
    """What an empty field says; in brackets where nothing but dimness would tell it from what was typed."""
    return f"({help})" if help and current().ansi else help


class _Line(Input):
    """One line to type into; what is pasted loses its control characters."""

    def __init__(self, *, value: str, placeholder: str, max_length: int, overtype: bool) -> None:
        super().__init__(
            value, placeholder=hint(placeholder), max_length=max_length, compact=True, select_on_focus=overtype
        )
        self.cursor_blink = False

    def render_line(self, y: int) -> Strip:
        # An empty line is drawn short; filled up in its own style it is part of the band.
        return super().render_line(y).extend_cell_length(self.size.width, self.rich_style)

    def _on_paste(self, event: events.Paste) -> None:
        # Textual calls the handler of every class in turn; Input's own comes next and puts the text in.
        event.text = harmless(event.text)


class _Text(TextArea):
    """A text to type; ↑ in its first line and ↓ in its last leave it."""

    def __init__(self, *, value: str) -> None:
        super().__init__(value, soft_wrap=True, tab_behavior="focus", compact=True, highlight_cursor_line=False)
        self.cursor_blink = False

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = _lines(event.text)

    def action_cursor_up(self, select: bool = False) -> None:
        if self.cursor_at_first_line and not select:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        if self.cursor_at_last_line and not select:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)


class _Typed(Field):
    """A field around a control of Textual's; the control covers the body, the field draws label and notes about it."""

    def on_descendant_focus(self) -> None:
        """The band comes."""
        self.refresh()

    def on_descendant_blur(self) -> None:
        """The band goes, and the field is checked."""
        self.refresh()
        self.left()

    def watch_error(self) -> None:
        """Leave room for what is wrong."""
        self._make_room()

    def on_resize(self) -> None:
        """As many lines as that takes in the width there is now."""
        self._make_room()

    def _make_room(self) -> None:
        if self.is_mounted and self.size.width:
            self.control.styles.margin = (0, 0, len(self.notes(self.size.width)), INDENT)

    def aside(self) -> Line:
        """What stands right of the control."""
        return []

    def body(self, width: int) -> list[Line]:
        """Blanks for the control to cover, and what stands beside it."""
        height = max(1, self.control.outer_size.height)
        wide = self.control.outer_size.width
        first: Line = [Piece(" " * (wide + 2)), *self.aside()] if self.aside() else []
        return [first, *[[] for _ in range(height - 1)]]


class TextField(_Typed):
    """One line of text. `help` shows in it while it is empty; with `overtype`, typing replaces what was there."""

    def __init__(
        self,
        label: str,
        *,
        id: str | None = None,
        value: str = "",
        required: bool = False,
        help: str = "",
        max_length: int = 200,
        overtype: bool = False,
    ) -> None:
        super().__init__(label, id=id, required=required, help=help)
        self._told = harmless(value)
        self._input = _Line(value=harmless(value), placeholder=help, max_length=max_length, overtype=overtype)

    def compose(self) -> ComposeResult:
        """The line to type into."""
        yield self._input

    @property
    def control(self) -> Widget:
        """The line to type into."""
        return self._input

    @property
    def typed(self) -> str:
        """What was typed, as it was typed."""
        return self._input.value

    @property
    def value(self) -> str:
        """The text."""
        return self._input.value.strip()

    @value.setter
    def value(self, value: str) -> None:
        self.write(harmless(value))

    def write(self, text: str) -> None:
        """Put a text into the line, the cursor behind it."""
        self._input.value = text
        self._input.cursor_position = len(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say so in the field's own words; what the field was made with is no change."""
        event.stop()
        self.refresh()
        if event.value != self._told:
            self._told = event.value
            self.changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field."""
        event.stop()
        self.screen.focus_next()


class LongText(_Typed):
    """A text of several lines, as tall as what is in it, between `lines` and eight."""

    def __init__(
        self,
        label: str,
        *,
        id: str | None = None,
        value: str = "",
        required: bool = False,
        help: str = "",
        lines: int = 3,
    ) -> None:
        super().__init__(label, id=id, required=required, help=help)
        self._text = _Text(value=_lines(value))
        self._told = self._text.text
        self._text.placeholder = hint(help)
        self._text.styles.min_height = lines

    def compose(self) -> ComposeResult:
        """The text to type."""
        yield self._text

    @property
    def control(self) -> Widget:
        """The text to type."""
        return self._text

    @property
    def value(self) -> str:
        """The text, without control characters."""
        return _lines(self._text.text).strip()

    @value.setter
    def value(self, value: str) -> None:
        self._text.text = _lines(value)
        self._text.move_cursor(self._text.document.end)

    def put(self, text: str) -> None:
        """Write a text where the cursor is, as if it had been typed there."""
        self._text.insert(_lines(text))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Say so in the field's own words."""
        event.stop()
        if self._text.text != self._told:
            self._told = self._text.text
            self.changed()


def _lines(text: str) -> str:
    return "\n".join(harmless(line) for line in text.splitlines())


class TimeField(TextField):
    """A date, or a date and a time, in one line; what was understood stands beside it."""

    EXAMPLES = f"{EXAMPLES}, 10:40"

    def __init__(
        self,
        label: str,
        *,
        today: date,
        id: str | None = None,
        value: str = "",
        required: bool = False,
        help: str = "",
        lean: Lean = "nearest",
    ) -> None:
        self.today = today
        self.lean: Lean = lean
        super().__init__(
            label,
            id=id,
            value=self._full(value),
            required=required,
            help=help or f"like {self.EXAMPLES}",
            max_length=40,
            overtype=True,
        )

    def read(self, text: str) -> date | datetime:
        """What was typed, understood.

        Raises:
            NotADate: It cannot be.
        """
        return read_when(text, self.today, self.lean)

    @property
    def when(self) -> date | datetime | None:
        """The date or date-time; None where there is none or it cannot be understood."""
        try:
            return self.read(self.typed)
        except NotADate:
            return None

    @property
    def value(self) -> str:
        """The date or date-time in ISO form; what was typed where it cannot be understood."""
        when = self.when
        if when is None:
            return self.typed.strip()
        return when.isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()

    @value.setter
    def value(self, value: str) -> None:
        self.write(self._full(harmless(value)))

    def wrong(self) -> str:
        """Whether it is a date at all."""
        if not self.typed.strip():
            return super().wrong()
        try:
            self.read(self.typed)
        except NotADate as problem:
            return str(problem)
        return ""

    def left(self) -> None:
        """On leaving, the line shows the date in full."""
        if self.typed != (full := self._full(self.typed)):
            self.write(full)
        super().left()

    def _full(self, text: str) -> str:
        """The text with its date in full, where it is one."""
        try:
            return _in_full(self.read(text))
        except NotADate:
            return text

    def aside(self) -> Line:
        """What was understood, while it is not what stands there."""
        when = self.when
        if when is None or _in_full(when) == self.typed:
            return []
        return [Piece(cut(_in_full(when), 30), Ink.ACCENT)]


class DateField(TimeField):
    """A date in one line; what was understood stands beside it."""

    EXAMPLES = EXAMPLES

    def read(self, text: str) -> date:
        """What was typed, understood.

        Raises:
            NotADate: It cannot be.
        """
        return read_date(text, self.today, self.lean)

    @property
    def date(self) -> date | None:
        """The date; None where there is none or it cannot be understood."""
        return self.when


def _in_full(when: date | datetime) -> str:
    return f"{long_date(when)} {when:%H:%M}" if isinstance(when, datetime) else long_date(when)
