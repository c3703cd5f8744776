"""Bars drawn with characters: a whole, the part of it that matters, and how far it may go."""

from widgets.lines import Line, Piece
from widgets.looks import current
from widgets.palette import Ink

_DRAWN = ("█", "▒", "·")
_ASCII = ("!", "#", ".")


def strokes() -> tuple[str, str, str]:
    """What a bar is made of in the present look: the part that matters, the rest, and the room that is left."""
    return _DRAWN if current().marks else _ASCII


def bar(whole: int, part: int, most: int, top: int, width: int) -> Line:
    """A bar in at most `width` cells, of which `top` fills them all; dots go on to `most`.

    Anything there is of a whole or a part takes one cell at least. The two are told apart without colour.
    """
    matters, rest, room = strokes()
    long = _cells(whole, top, width)
    first = min(long, _cells(part, top, width))
    free = max(0, _cells(most, top, width) - long)
    pieces = [Piece(matters * first, Ink.OVERDUE), Piece(rest * (long - first)), Piece(room * free, Ink.DIM)]
    return [piece for piece in pieces if piece.text]


def _cells(number: int, top: int, width: int) -> int:
    if number <= 0 or top <= 0 or width <= 0:
        return 0
    return max(1, min(width, round(number * width / top)))
