"""Several blocks of lines in a room of so many: what must stand whole, and what says how much of it is left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from widgets.lines import Line, Piece, width_of
from widgets.looks import current
from widgets.palette import Ink


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together.

    Attributes:
        lines: All there are.
        least: How many of them must have room before anything else gets more.
        more: What stands in place of the last line shown, given how many are left out; without it that line is cut.
        close: Whether it stands right under the block before it.
    """

    lines: Sequence[Line]
    least: int
    more: Callable[[int], Line] | None = None
    close: bool = False


def fit(blocks: Sequence[Block], width: int, height: int) -> list[Line]:
    """The blocks one under another in `height` lines; a blank line between those that are not close, if there is room.

    Earlier blocks are given room before later ones; what is left out is said.
    """
    blocks = [block for block in blocks if block.lines]
    given = [min(len(block.lines), block.least) for block in blocks]
    gaps = [0 if at == 0 or block.close else 1 for at, block in enumerate(blocks)]
    if sum(given) + sum(gaps) > height:
        gaps = [0] * len(blocks)
    for at, block in enumerate(blocks):
        spare = height - sum(given) - sum(gaps)
        given[at] += max(0, min(len(block.lines) - given[at], spare))
    shown: list[Line] = []
    for block, gap, many in zip(blocks, gaps, given, strict=True):
        shown += [[]] * gap + _shortened(block, width, many)
    return shown


def _shortened(block: Block, width: int, many: int) -> list[Line]:
    lines = list(block.lines[:many])
    left = len(block.lines) - many
    if not left or not lines:
        return lines
    if block.more is not None:
        return [*lines[:-1], block.more(left + 1)]
    return [*lines[:-1], going_on(lines[-1], width)]


def going_on(line: Line, width: int) -> Line:
    """A line of text whose text goes on beyond it, with the mark that says so at its end."""
    mark = f" {current().cut}"
    kept = list(line)
    while kept and width_of(kept) > width - len(mark):
        last = kept.pop()
        words, _, _ = last.text.rstrip().rpartition(" ")
        if words:
            kept.append(last._replace(text=words))
    return [*kept, Piece(mark, line[-1].ink if line else Ink.TEXT)]
