"""The facts and the rules as the program has them, and an establishment's overrides."""

from pathlib import Path

import click

from app.cli import output
from app.cli.options import Call, common, signed_in
from db.errors import Invalid
from policy.rulebook import Rule, Rulebook

_FILE = click.Path(path_type=Path)


@click.command("facts")
@common
def facts_command(call: Call) -> None:
    """Every fact with its values."""
    from policy.facts import facts

    known = facts()
    if call.format == "json":
        output.emit_json(
            [
                {
                    "fact": name,
                    "label": fact.label,
                    "type": fact.type,
                    "values": fact.choices,
                    "group": fact.group,
                    "discreet": fact.discreet,
                    "asked_of": fact.owner,
                    "from_extract": fact.extract,
                    "help": fact.help,
                }
                for name, fact in known.items()
            ]
        )
        return
    header = ("fact", "what it is", "type", "values", "asked of")
    rows = [(name, fact.label, fact.type, fact.choices, fact.owner) for name, fact in known.items()]
    output.emit_csv(header, rows) if call.format == "csv" else output.emit_table(header, rows, "Facts")


@click.command("rulebook")
@click.option(
    "--check",
    "checked",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check overrides; exit 1 if they cannot be used.",
)
@click.option("--apply", "applied", type=_FILE, metavar="FILE", help="Put overrides in force (manager).")
@common
def rulebook_command(call: Call, checked: Path | None, applied: Path | None) -> None:
    """Every rule with figure, force, owner, source, what meets it and what it asks; an establishment's overrides."""
    from policy.rulebook import rulebook

    if checked:
        from db.commands.overrides import check_overrides

        check_overrides(_text(checked))
        if call.format == "json":
            output.emit_json({"usable": True})
        else:
            click.echo("These overrides can be used.")
        return
    if applied:
        from db import commands

        text = _text(applied)
        with signed_in(call) as actor:
            done = commands.apply_overrides(actor, text, call.today)
        if call.format == "json":
            output.emit_json({"rows": done.rows})
        else:
            click.echo(done.sentence)
        return
    if call.user:
        from db.standing import rules

        with signed_in(call):
            book = rules()
    else:
        book = rulebook()
    _show(call, book)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{file} cannot be read as text.") from error


def _show(call: Call, book: Rulebook) -> None:
    if call.format == "json":
        output.emit_json(
            {
                "version": book.version,
                "settings": book.settings,
                "duties": [_shape(rule) for rule in book.rules.values()],
            }
        )
        return
    header = ("duty", "title", "for", "opens", "due", "owner", "force", "figure", "source")
    rows = [
        (rule.id, rule.text.title, rule.text.who, rule.text.opens, rule.text.due, rule.text.owner, rule.text.force,
         rule.text.figure, rule.text.source)
        for rule in book.rules.values()
    ]  # fmt: skip
    output.emit_csv(header, rows) if call.format == "csv" else output.emit_table(
        header, rows, f"Rulebook {book.version}"
    )


def _shape(rule: Rule) -> dict[str, object]:
    text = rule.text
    return {
        "id": rule.id,
        "title": text.title,
        "discreet_title": rule.short,
        "rule": text.words,
        "for": text.who,
        "applies": text.applies,
        "opens": text.opens,
        "due": text.due,
        "repeats": text.trigger,
        "owner": text.owner,
        "force": text.force,
        "figure": text.figure,
        "source": text.source,
        "met_by": rule.met_by,
        "met_by_fact": text.met_by_fact or None,
        "asks": text.asks,
    }
