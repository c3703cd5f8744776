"""One labelled line of the door: sign-in, first run. Forms use the fuller fields of `widgets`."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from screens.words import Pieces, Words
from widgets.fields import hint
from widgets.lines import Piece, pad
from widgets.palette import Ink

LABEL_CELLS = 18


class Entry(Widget):
    """A label, a line to type in, and beneath it what is wrong with what was typed."""

    DEFAULT_CSS = """
    Entry { height: auto; }
    Entry Horizontal { height: 1; }
    Entry Pieces { width: 18; margin-right: 2; }
    Entry Input { width: 1fr; max-width: 50; border: none; height: 1; padding: 0; background: $background; }
    Entry .wrong { margin-left: 20; display: none; }
    """

    def __init__(self, label: str, *, id: str, secret: bool = False, value: str = "", help: str = "") -> None:
        """A line called `label`; `secret` shows a mark for each character typed, `help` what it wants while empty."""
        super().__init__(id=id)
        self._label = label
        self._input = Input(value, placeholder=hint(help), password=secret, compact=True, select_on_focus=False)
        self._input.cursor_blink = False
        self._wrong = Words(ink=Ink.OVERDUE)
        self._wrong.add_class("wrong")

    def compose(self) -> ComposeResult:
        """Label, line, and what is wrong."""
        with Horizontal():
            yield Pieces([[Piece(pad(self._label, LABEL_CELLS, right=True), Ink.DIM)]])
            yield self._input
        yield self._wrong

    @property
    def value(self) -> str:
        """What stands in the line."""
        return self._input.value

    @value.setter
    def value(self, value: str) -> None:
        self._input.value = value

    @property
    def error(self) -> str:
        """What is wrong with it; "" where nothing is."""
        return self._wrong.text

    @error.setter
    def error(self, sentence: str) -> None:
        self._wrong.text = sentence
        self._wrong.display = bool(sentence)

    def take_focus(self) -> None:
        """Put the cursor into the line."""
        # At once, not when the application comes to it: somebody may be typing already.
        self.screen.set_focus(self._input)
