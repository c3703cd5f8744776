"""Recording: contacts, duties met, put off or not required, and facts."""

from collections.abc import Sequence
from typing import Any

import click

from app.cli import output, shapes
from app.cli.options import Call, common, read_day, read_moment, signed_in
from db.errors import Invalid
from db.rows import Actor, Changed, Contact


def answer(call: Call, actor: Actor, changed: Changed, **more: Any) -> None:
    """What a command did: its rows, the duties met, the case's live duties as they are now, and `more` of its own."""
    from db import views

    if call.format == "json":
        live = [row for row in views.case_detail(actor, changed.case, call.today).duties if row.live]
        told: dict[str, Any] = {
            "number": changed.case,
            "rows": changed.rows,
            "met": changed.met,
            "duties": [shapes.duty(row) for row in live],
            **more,
        }
        output.emit_json(told)
    else:
        click.echo(output.visible(changed.sentence))


def _pairs(given: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE arguments. Raises Invalid."""
    pairs: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise Invalid(f"“{text}” is not of the form NAME=VALUE. Nothing was saved.")
        if name.strip() in pairs:
            raise Invalid(f"{name.strip()} is given twice. Nothing was saved.")
        pairs[name.strip()] = value
    return pairs


@click.command("log")
@click.argument("number")
@click.option("--kind", required=True, metavar="KIND", help="meeting, note, phone, video or letter.")
@click.option("--text", required=True, help="What was said.")
@click.option("--on", metavar="DATE[THH:MM]", help="When; today if not said.")
@click.option("--by", default="", metavar="STAFF", help="Who held it; you if not said.")
@click.option("--declined", is_flag=True, help="It was offered and declined.")
@click.option("--safety", is_flag=True, help="It raised a self-harm or suicide concern: a handover opens.")
@click.option("--meets", default="", metavar="DUTY[:KEY],…", help="The duties it meets.")
@common
def log_command(
    call: Call, number: str, kind: str, text: str, on: str | None, by: str, declined: bool, safety: bool, meets: str
) -> None:
    """Log a contact."""
    from db import commands

    at = read_moment(on, "--on") if on else call.today
    names = tuple(name.strip() for name in meets.split(",") if name.strip())
    contact = Contact(kind.lower(), at, text, by=by, declined=declined, safety=safety, meets=names)
    with signed_in(call) as actor:
        answer(call, actor, commands.log_contact(actor, number, contact, call.today))


@click.command("done")
@click.argument("number")
@click.argument("duty")
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]…")
@click.option("--on", metavar="DATE[THH:MM]", help="When; today if not said.")
@common
def done_command(call: Call, number: str, duty: str, fields: tuple[str, ...], on: str | None) -> None:
    """Meet a duty, with what it asks for."""
    from db import commands

    at = read_moment(on, "--on") if on else None
    given = _pairs(fields)
    with signed_in(call) as actor:
        answer(call, actor, commands.meet(actor, number, duty, call.today, at, given))


@click.command("defer")
@click.argument("number")
@click.argument("duty")
@click.option("--to", required=True, metavar="DATE", help="Until when, ten working days after the due date at most.")
@click.option("--why", required=True, help="The reason.")
@common
def defer_command(call: Call, number: str, duty: str, to: str, why: str) -> None:
    """Put a duty off, once, with a reason."""
    from db import commands

    until = read_day(to, "--to")
    with signed_in(call) as actor:
        answer(call, actor, commands.defer(actor, number, duty, until, why, call.today))


@click.command("waive")
@click.argument("number")
@click.argument("duty")
@click.option("--why", required=True, help="The reason.")
@common
def waive_command(call: Call, number: str, duty: str, why: str) -> None:
    """Record that a duty is not required; a mandatory or set one takes the manager."""
    from db import commands

    with signed_in(call) as actor:
        answer(call, actor, commands.waive(actor, number, duty, why, call.today))


@click.command("set")
@click.argument("number")
@click.argument("facts", nargs=-1, required=True, metavar="FACT=VALUE…")
@click.option("--on", metavar="DATE", help="From when it holds; today if not said.")
@click.option("--why", default="", help="The reason; a local extension of scope and another supervisor need one.")
@common
def set_command(call: Call, number: str, facts: tuple[str, ...], on: str | None, why: str) -> None:
    """Correct or add facts; FACT=unknown takes one back."""
    from db import commands

    since = read_day(on, "--on") if on else None
    given = _pairs(facts)
    with signed_in(call) as actor:
        answer(call, actor, commands.set_facts(actor, number, given, call.today, since, why=why))
