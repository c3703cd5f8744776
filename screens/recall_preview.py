"""What an action will do, line by line, before it is done."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from db.recalls import Does
from db.rows import State
from screens.foot import Foot
from screens.words import Pieces
from widgets.frame import Rule
from widgets.lines import Line, Piece, cells, cut, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink

_ABOUT = 18


class DoesList(Listing[tuple[int, Does]]):
    """One line each; where it is too long, whole beneath the cursor."""

    DEFAULT_CSS = "DoesList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    def key_of(self, item: tuple[int, Does]) -> str:
        """Its place."""
        return str(item[0])

    def head(self, item: tuple[int, Does], width: int, cursor: bool) -> Line:
        """What about, and what happens; what is to be checked stands out."""
        at, does = item
        before = self._items[at - 1][1].about if at else ""
        about = "" if does.about == before else does.about
        ink = ink_of(State.OVERDUE) if does.alert else Ink.TEXT
        mark = current().mark(State.OVERDUE) if does.alert else " "
        return [
            Piece(f"{mark} ", ink),
            Piece(pad(about, _ABOUT) + " ", Ink.DIM),
            Piece(cut(does.words, width - _ABOUT - 4), ink, cursor or does.alert),
        ]

    def beneath(self, item: tuple[int, Does], width: int) -> list[Line]:
        """All of it, where the line has no room."""
        words = item[1].words
        if cells(words) <= width - _ABOUT - 4:
            return []
        return [[Piece(" " * (_ABOUT + 3)), *line] for line in wrap([Piece(words)], width - _ABOUT - 5)]


class RecallPreview(ModalScreen[bool]):
    """Asks whether to do what is listed: Ctrl+S does it, Esc goes back to the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "do", "Do it", show=False, priority=True),
        Binding("escape", "back", "Back to the form", show=False, priority=True),
    ]
    DEFAULT_CSS = "RecallPreview { background: $background; }"

    def __init__(self, title: str, subject: str, does: Sequence[Does]) -> None:
        """`does` in the order they are done; what is to be checked comes first."""
        super().__init__()
        self._heading = title
        self._subject = subject
        self._does = sorted(does, key=lambda one: not one.alert)
        self._list = DoesList(empty="Nothing would change.")

    def compose(self) -> ComposeResult:
        """Title, the lines, the keys."""
        yield Pieces([[Piece(self._heading, Ink.STRONG), Piece("   "), Piece(self._subject, Ink.DIM)]])
        yield Rule("nothing is written yet")
        yield self._list
        yield Rule()
        yield Foot((("Ctrl+S", "do all of this"), ("Esc", "back to the form"), ("↑ ↓", "read")))

    def on_mount(self) -> None:
        """Show the lines."""
        self._list.show(tuple(enumerate(self._does)))
        self._list.focus()

    def action_do(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_back(self) -> None:
        """Back to the form, with nothing written."""
        self.dismiss(False)
