"""A paper as plain text, for a printer that knows nothing else, a screen reader, or a test."""

from collections.abc import Iterator
from textwrap import TextWrapper

from db.papers import Block, Facts, Grid, Heading, Lines, Paper, Points, Says
from policy.phrases import harmless

WIDTH = 76
_LARGE_WIDTH = 60
_LEAST_COLUMN = 6
_LABEL = 24


def as_text(paper: Paper) -> str:
    """The paper in lines of at most 76 characters, 60 where it is to be in large type."""
    width = _LARGE_WIDTH if paper.large else WIDTH
    lines = [*_wrapped(paper.title.upper(), width), *_wrapped(paper.about, width), "=" * width]
    for block in paper.blocks:
        lines += ["", *_block(block, width)]
    if paper.foot:
        lines += ["", "-" * width, *_wrapped(paper.foot, width)]
    return "\n".join(lines) + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(text):
            yield from _wrapped(text, width)
            yield "-" * min(len(text), width)
        case Says(text, _):
            yield from _wrapped(text, width)
        case Points(items, ticks):
            for item in items:
                yield from _wrapped(item, width, "[ ] " if ticks else "* ")
        case Facts(rows):
            for label, value in rows:
                yield from _wrapped(value or "not known", width, f"{label}: ".ljust(min(_LABEL, width // 2)))
        case Grid():
            yield from _grid(block, width)
        case Lines(number):
            for _ in range(number):
                yield "_" * width
                yield ""


def _wrapped(text: str, width: int, begins: str = "") -> Iterator[str]:
    wrapper = TextWrapper(width, initial_indent=begins, subsequent_indent=" " * len(begins), break_on_hyphens=False)
    for paragraph in text.splitlines() or [""]:
        yield from (line.rstrip() for line in wrapper.wrap(harmless(paragraph)) or [begins.rstrip()])
        wrapper.initial_indent = wrapper.subsequent_indent


def _grid(grid: Grid, width: int) -> Iterator[str]:
    wide = widths(grid, width)
    yield from _row(grid.columns, wide)
    yield "  ".join("-" * each for each in wide)
    for row in grid.rows:
        yield from _row(row, wide)


def widths(grid: Grid, width: int) -> list[int]:
    """How wide each column is, in characters, two blanks between them."""
    shares = grid.shares or (1,) * len(grid.columns)
    room = width - 2 * (len(shares) - 1)
    wide = [max(_LEAST_COLUMN, room * share // sum(shares)) for share in shares]
    wide[-1] = max(_LEAST_COLUMN, room - sum(wide[:-1]))
    return wide


def _row(cells: tuple[str, ...], wide: list[int]) -> Iterator[str]:
    parts = [list(_wrapped(cell, each)) for cell, each in zip(cells, wide, strict=True)]
    for at in range(max(len(part) for part in parts)):
        shown = (part[at] if at < len(part) else "" for part in parts)
        yield "  ".join(cell.ljust(each) for cell, each in zip(shown, wide, strict=True)).rstrip()
