"""How the command line answers: one JSON value, a CSV with formulae defused, or a table; messages go to stderr."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import click


def emit_json(value: Any) -> None:
    """Write one JSON value and a line end, and nothing else, to standard output; dates as ISO text."""
    import msgspec

    stream = sys.stdout.buffer
    stream.write(msgspec.json.encode(value, enc_hook=str))
    stream.write(b"\n")
    stream.flush()


def emit_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as CSV; a cell a spreadsheet would run as a formula gets an apostrophe in front."""
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([defused(cell) if isinstance(cell, str) else words(cell) for cell in row])


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def emit_table(header: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Write rows as a plain table, as wide as the terminal, or as the widest row where there is none."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*header, title=title or None, box=SIMPLE_HEAD, pad_edge=False, title_justify="left")
    for row in rows:
        table.add_row(*(Text(visible(words(cell))) for cell in row))
    width = None if sys.stdout.isatty() else 160
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def emit_items(title: str, items: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Write a title and, item by item, a line and indented paragraphs beneath it, wrapped to the terminal.

    Read aloud line by line it makes sense, which a table does not.
    """
    import shutil
    import textwrap

    width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100
    head_lines = textwrap.TextWrapper(width, subsequent_indent="  ", break_on_hyphens=False)
    body_lines = textwrap.TextWrapper(width, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
    click.echo(visible(title))
    for head, paragraphs in items:
        click.echo()
        click.echo(head_lines.fill(visible(head)))
        for text in filter(None, paragraphs):
            click.echo(body_lines.fill(visible(text)))
    click.echo()


def words(cell: object) -> str:
    """A cell in words: nothing for what is not known, ISO dates, yes and no."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (tuple, list)):
        return ", ".join(str(part) for part in cell)
    return str(cell)


def visible(text: str) -> str:
    """A text whose control characters show instead of steering the terminal."""
    return "".join(letter if letter.isprintable() else " " if letter in "\n\t" else "\ufffd" for letter in text)


def tell(sentence: str) -> None:
    """Write a sentence for a person to standard error."""
    if sentence:
        click.echo(visible(sentence), err=True)
