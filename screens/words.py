"""Plain text on a screen, wrapped to its width, in the inks of the present look."""

from textual.reactive import reactive

from widgets.frame import Drawn
from widgets.lines import Line, Piece, width_of, wrap
from widgets.palette import Ink


class Words(Drawn):
    """Paragraphs in one ink. Nothing in them is markup, and nothing a terminal would obey is sent."""

    DEFAULT_CSS = "Words { height: auto; width: 1fr; }"

    text: reactive[str] = reactive("", layout=True)

    def __init__(self, text: str = "", *, ink: Ink = Ink.TEXT, bold: bool = False, id: str | None = None) -> None:
        """Show `text`."""
        super().__init__(id=id)
        self.set_reactive(Words.text, text)
        self._ink = ink
        self._bold = bold

    def lines(self, width: int) -> list[Line]:
        """The paragraphs, wrapped."""
        found: list[Line] = []
        for paragraph in self.text.split("\n"):
            found.extend(wrap([Piece(paragraph, self._ink, self._bold)], width) or [[]])
        return found


class Pieces(Drawn):
    """Lines already made of pieces, wrapped to the width."""

    DEFAULT_CSS = "Pieces { height: auto; width: 1fr; }"

    def __init__(self, lines: list[Line], *, id: str | None = None) -> None:
        """Show `lines`, one beneath the other."""
        super().__init__(id=id)
        self._given = lines

    def show(self, lines: list[Line]) -> None:
        """Show these instead."""
        self._given = lines
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """The lines, wrapped."""
        return [part for line in self._given for part in _fitted(line, width)]


def _fitted(line: Line, width: int) -> list[Line]:
    # Wrapping drops the blanks a line begins with, so what fits is left as it is.
    return [line] if width_of(line) <= width else wrap(line, width)
