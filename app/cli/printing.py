"""Printing: a paper about one person, as PDF or plain text by the file's ending."""

from pathlib import Path

import click

from app.cli import output
from app.cli.options import Call, common, signed_in
from db import papers


@click.command("print")
@click.argument("kind", type=click.Choice(tuple(papers.KINDS)), metavar="WHAT")
@click.argument("number")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Ends in .pdf or .txt.")
@common
def print_command(call: Call, kind: str, number: str, out: Path) -> None:
    """Print a paper about one person to a file."""
    file = out.expanduser()
    with signed_in(call) as actor:
        paper = papers.of_case(actor, kind, number, call.today)
        papers.write_paper(actor, file, paper, call.today, case=number.strip().upper(), replace=file.is_file())
    if call.format == "json":
        output.emit_json({"number": number.strip().upper(), "kind": kind, "file": str(file)})
    else:
        output.tell(f"{paper.title} of {number.strip().upper()} written to {file}. It is not encrypted.")
