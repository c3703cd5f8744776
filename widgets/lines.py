"""Lines of text in inks: cut or wrapped to a width, and made into the strips Textual draws."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from widgets.looks import Look, current
from widgets.palette import Ink


class Piece(NamedTuple):
    """A run of text in one ink."""

    text: str
    ink: Ink = Ink.TEXT
    bold: bool = False


Line = list[Piece]


def cells(text: str) -> int:
    """How many cells the text takes as it will be drawn."""
    text = current().text(text)
    return len(text) if text.isascii() else cell_len(text)


def width_of(line: Iterable[Piece]) -> int:
    """How many cells a line takes."""
    return sum(cells(piece.text) for piece in line)


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, with … where it goes on."""
    look = current()
    text = look.text(text)
    if (len(text) if text.isascii() else cell_len(text)) <= width:
        return text
    room = width - len(look.cut)
    return text[:width] if room < 1 else set_cell_size(text, room).rstrip() + look.cut


def cut_between(text: str, width: int) -> str:
    """As `cut`, for names with semicolons between: none is cut in two, unless not even the first fits."""
    names = text.split("; ")
    for kept in range(len(names), 0, -1):
        said = "; ".join(names if kept == len(names) else [*names[:kept], current().cut])
        if cells(said) <= width:
            return said
    return cut(text, width)


def cut_front(text: str, width: int) -> str:
    """As `cut`, keeping the end: of a cell's name the end tells most."""
    look = current()
    text = look.text(text)
    if cell_len(text) <= width:
        return text
    while text and cell_len(text) > width - len(look.cut):
        text = text[1:]
    return look.cut + text


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text cut or filled with blanks to exactly `width` cells; `right` puts it at the right."""
    text = cut(text, width)
    blanks = " " * (width - cells(text))
    return blanks + text if right else text + blanks


def strip(line: Iterable[Piece], width: int, *, cursor: bool = False) -> Strip:
    """A line as a strip exactly `width` cells wide, on the background or on the cursor's band."""
    look = current()
    segments: list[Segment] = []
    left = width
    for text, ink, bold in line:
        drawn = look.text(text)
        size = len(drawn) if drawn.isascii() else cell_len(drawn)
        if size > left:
            drawn, size = set_cell_size(drawn, left), left
        if size:
            segments.append(Segment(drawn, look.style(ink, bold=bold, cursor=cursor)))
        left -= size
    if left > 0:
        segments.append(Segment(" " * left, look.style(Ink.TEXT, cursor=cursor)))
    return Strip(segments, width)


def apart(left: Line, right: Line, width: int) -> Line:
    """Two lines in one, the second at the right edge; blanks between."""
    gap = width - width_of(left) - width_of(right)
    return [*left, Piece(" " * max(0, gap)), *right]


def wrap(line: Sequence[Piece], width: int) -> list[Line]:
    """The line broken between words into lines of at most `width` cells; a word longer than that is broken.

    A widget that has no size yet may ask for a width of nothing: two cells, the widest letter's, are the least.
    """
    width = max(2, width)
    lines: list[Line] = [[]]
    left = width
    for word, ink, bold in _words(line):
        size = cells(word)
        if size > left and word.strip():
            _trim(lines[-1])
            lines.append([])
            left = width
        if size > width:
            *heads, word = chop_cells(word, width)
            for head in heads:
                lines[-1].append(Piece(head, ink, bold))
                lines.append([])
            size, left = cells(word), width
        if lines[-1] or word.strip():
            lines[-1].append(Piece(word, ink, bold))
            left -= size
    _trim(lines[-1])
    return [_joined(words) for words in lines if words]


def _words(line: Sequence[Piece]) -> Iterable[Piece]:
    """Words and the blanks between them, each a piece; a word goes on over a change of ink only by starting anew."""
    look: Look = current()
    for text, ink, bold in line:
        word = ""
        for character in look.text(text):
            if (character == " ") != word.isspace() and word:
                yield Piece(word, ink, bold)
                word = ""
            word += character
        if word:
            yield Piece(word, ink, bold)


def _trim(line: Line) -> None:
    while line and not line[-1].text.strip():
        line.pop()


def _joined(words: Line) -> Line:
    joined: Line = []
    for piece in words:
        if joined and joined[-1][1:] == piece[1:]:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.ink, piece.bold)
        else:
            joined.append(piece)
    return joined


def paragraphs(text: str, width: int, ink: Ink = Ink.TEXT) -> list[Line]:
    """A text of several lines wrapped to a width; empty lines stay."""
    lines: list[Line] = []
    for paragraph in text.splitlines():
        lines.extend(wrap([Piece(paragraph, ink)], width) or [[]])
    return lines
