"""A list of lines already made: what the rooms of plan and register are drawn with, one cursor through all of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message

from widgets.lines import Line, Piece, apart, cells, cut, width_of, wrap
from widgets.listing import Listing
from widgets.palette import Ink

_INDENT = 4


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: what stands at its left and at its right, and the paragraphs beneath while the cursor is on it.

    Attributes:
        key: what makes it the same line when it is shown again.
        data: what it is about, for whoever opens it.
        stops: whether the cursor may stand on it.
    """

    key: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...] = ()
    more: tuple[tuple[Piece, ...], ...] = ()
    data: object = None
    stops: bool = True


def heading(name: str, words: str = "") -> SheetLine:
    """The name of a section, and a few words on what is in it."""
    return SheetLine(f"heading {name}", (Piece(name, Ink.ACCENT), Piece(f"   {words}", Ink.DIM)), stops=False)


def blank(at: int) -> SheetLine:
    """An empty line between sections."""
    return SheetLine(f"blank {at}", (), stops=False)


def said(key: str, text: str, ink: Ink = Ink.DIM, *, stops: bool = False) -> SheetLine:
    """A sentence where a section has nothing."""
    return SheetLine(key, (Piece("  "), Piece(text, ink)), stops=stops)


class Sheet(Listing[SheetLine]):
    """Lines one under another. Tab goes on to the next section, round and round."""

    BINDINGS = [
        Binding("tab", "section(1)", "Next section", show=False, id="sheet.next-section"),
        Binding("shift+tab", "section(-1)", "Section before", show=False, id="sheet.previous-section"),
    ]
    DEFAULT_CSS = "Sheet { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a line."""

        line: SheetLine

    def key_of(self, item: SheetLine) -> str:
        """The line's key."""
        return item.key

    def selectable(self, item: SheetLine) -> bool:
        """Whether the cursor may stand on it."""
        return item.stops

    def head(self, item: SheetLine, width: int, cursor: bool) -> Line:
        """The line, its left cut where there is no room; the cursor's stands out where there is no colour."""
        room = width - width_of(item.right) - (1 if item.right else 0)
        left = _fitted(item.left, room)
        return apart(left, list(item.right), width) if item.right else left

    def beneath(self, item: SheetLine, width: int) -> list[Line]:
        """The whole of a line that was cut, and what is to be said beneath."""
        room = width - width_of(item.right) - (1 if item.right else 0)
        whole: list[Line] = []
        if width_of(item.left) > room:
            # What stands before the words that were cut is not said twice.
            fitted = _fitted(item.left, room)
            whole = [[Piece("".join(piece.text for piece in item.left[len(fitted) - 1 :]).strip())]]
        told = [*whole, *(list(line) for line in item.more)]
        return [[Piece(" " * _INDENT), *part] for line in told for part in wrap(line, width - _INDENT - 1)]

    def chosen(self, item: SheetLine) -> None:
        """Say which line is to be opened."""
        self.post_message(self.Chosen(item))

    @property
    def lines_shown(self) -> Sequence[SheetLine]:
        """Every line."""
        return self._items

    def action_section(self, step: int) -> None:
        """To the first line of the next section, or of the one before."""
        starts, fresh = [], True
        for at, item in enumerate(self._items):
            if not item.stops:
                fresh = True
            elif fresh:
                starts.append(at)
                fresh = False
        if not starts:
            return
        if step > 0:
            to = next((at for at in starts if at > self.cursor), starts[0])
        else:
            to = next((at for at in reversed(starts) if at < self.cursor), starts[-1])
        self._move(to, 1)
        self.scroll_to(y=max(0, to - 1), animate=False, force=True)

    def stand_at(self, at: int) -> None:
        """Put the cursor on the line `at`, with everything above it in view if there is room."""
        self._move(at, 1)
        self.scroll_to(y=0, animate=False, force=True)
        self._keep_in_view()


def _fitted(pieces: Sequence[Piece], room: int) -> Line:
    line: Line = []
    left = room
    for text, ink, bold in pieces:
        size = cells(text)
        if size > left:
            line.append(Piece(cut(text, left), ink, bold))
            break
        line.append(Piece(text, ink, bold))
        left -= size
    return line
