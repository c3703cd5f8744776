"""Recall: somebody expected back, and starting re-engagement."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from app.cli import output
from app.cli.casework import answer
from app.cli.options import Call, common, read_day, signed_in
from db.errors import Invalid
from db.recalls import Does, Notice


@click.command("recall")
@click.argument("number")
@click.option("--type", "kind", metavar="TYPE", default="", help="standard, fixed-term, hdc, extended, ipp or life.")
@click.option("--returned", metavar="DATE", help="Back in custody since; starts re-engagement.")
@click.option("--expected", is_flag=True, help="Not back yet: a recall is in progress.")
@click.option("--days", default="", metavar="14|28", help="Of a fixed-term recall; 28 or 14, not known if not said.")
@click.option("--release", metavar="DATE", help="The release date on the notice; it governs.")
@click.option("--reason", "reasons", multiple=True, metavar="R", help="Why; may be said several times.")
@click.option("--arrived", metavar="DATE", help="Came here, if later than the return to custody.")
@click.option("--told-by", default="", metavar="WHO", help="Who told the unit, for somebody expected.")
@click.option("--name", default="", metavar="SURNAME,FORENAMES", help="For somebody expected whom nobody knows here.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and write nothing.")
@common
def recall_command(
    call: Call,
    number: str,
    kind: str,
    returned: str | None,
    expected: bool,
    days: str,
    release: str | None,
    reasons: tuple[str, ...],
    arrived: str | None,
    told_by: str,
    name: str,
    dry_run: bool,
) -> None:
    """Start re-engagement of somebody recalled, or record that they are expected back."""
    from db.commands import recall
    from db.views.recall import preview

    if expected == bool(returned):
        raise Invalid("Say either --returned DATE or --expected. Nothing was saved.")
    notice = Notice(
        kind.lower(), _day(returned, "--returned"), days, _day(release, "--release"), reasons,
        _day(arrived, "--arrived"), told_by,
    )  # fmt: skip
    with signed_in(call) as actor:
        if expected:
            if dry_run:
                raise Invalid("There is nothing to preview for somebody expected.")
            answer(call, actor, recall.expect(actor, number, notice, call.today, name=name))
        elif dry_run:
            _tell(call, number, preview(actor, number, notice, call.today))
        else:
            changed, does = recall.start(actor, number, notice, call.today)
            answer(call, actor, changed, does=[_shape(one) for one in does])
            if call.format != "json":
                _lines(does)


def _day(text: str | None, what: str) -> date | None:
    return read_day(text, what) if text else None


def _shape(one: Does) -> dict[str, Any]:
    return {"about": one.about, "words": one.words, "alert": one.alert}


def _tell(call: Call, number: str, does: Sequence[Does]) -> None:
    if call.format == "json":
        output.emit_json({"number": number.upper(), "does": [_shape(one) for one in does]})
        return
    click.echo("This would be done; nothing was written.")
    _lines(does)


def _lines(does: Sequence[Does]) -> None:
    for one in does:
        click.echo(output.visible(f"  {one.about}: {one.words}"))
