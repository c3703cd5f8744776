"""The pathway checklist from the command line: the catalogue, how an activity stands, who is leaving, services."""

from pathlib import Path
from typing import Any

import click

from app.cli import output, shapes
from app.cli.options import Call, common, read_day, signed_in
from app.cli.reading import filter_of
from db.checklists import Status
from db.errors import Invalid

_HEADER = ("activity", "pathway", "level", "title", "provider", "does", "to", "consent", "bcst", "source")


@click.command("pathways")
@common
def pathways_command(call: Call) -> None:
    """Every pathway activity: level, who provides it, to whom it is signposted, where it stands."""
    from policy.catalogue import catalogue

    found = catalogue()
    rows = [
        (name, one.pathway, one.level, one.title, one.provider, one.does, one.to, one.consent, one.bcst, one.source)
        for name, one in found.activity.items()
    ]
    if call.format == "json":
        output.emit_json([dict(zip(_HEADER, row, strict=True)) for row in rows])
    elif call.format == "csv":
        output.emit_csv(_HEADER, rows)
    else:
        for name, pathway in found.pathway.items():
            own = [(key, one) for key, one in found.activity.items() if one.pathway == name]
            output.emit_items(
                pathway.title, ((f"L{one.level} {one.title} [{key}]", [one.words, one.provider]) for key, one in own)
            )


@click.command("pathway")
@click.argument("number")
@click.argument("activity")
@click.argument("status", type=click.Choice([status.value for status in Status]), metavar="STATUS")
@click.option("--words", default="", help="The outcome where it is done; why where it is not needed.")
@click.option("--to", "to", default="", help="To whom it is signposted or referred.")
@click.option("--consent", default="", metavar="given|not-needed|refused", help="Consent, where it is passed on.")
@click.option("--until", metavar="DATE", help="By when to do it, to ask again, or to find out what came of it.")
@click.option("--need-met", default="", metavar="yes|no", help="Where it was followed up: whether the need is met.")
@click.option("--on", metavar="DATE", help="When; today if not said.")
@common
def pathway_command(
    call: Call,
    number: str,
    activity: str,
    status: str,
    words: str,
    to: str,
    consent: str,
    until: str | None,
    need_met: str,
    on: str | None,
) -> None:
    """Set how a pathway activity stands: needed, in-progress, done, declined, signposted, referred and so on."""
    from db import commands, views

    mark = commands.Mark(
        activity,
        Status(status),
        read_day(on, "--on") if on else None,
        words,
        read_day(until, "--until") if until else None,
        to,
        consent,
        need_met=need_met,
    )
    with signed_in(call) as actor:
        changed = commands.mark(actor, number, (mark,), call.today)
        if call.format == "json":
            listed = views.checklist(actor, number, call.today)
            rows = [shapes.activity(row) for row in listed.activities if row.id == activity]
            output.emit_json({"number": changed.case, "rows": changed.rows, "met": changed.met, "checklist": rows})
        else:
            output.tell(changed.sentence)


@click.command("leaving")
@click.option("--all", "everyone", is_flag=True, help="Everybody, not only a supervisor's own cases.")
@common
def leaving_command(call: Call, everyone: bool) -> None:
    """Everyone leaving in the next 12 weeks, and what is still open; a supervisor's own if not said."""
    from db import views

    with signed_in(call) as actor:
        found = views.leaving(actor, filter_of(actor, None, None, everyone)[0], call.today)
    told: list[dict[str, Any]] = [
        {
            "number": one.row.number,
            "name": shapes.name(one.row),
            "release_date": one.on,
            "days": one.days,
            "address": one.address or None,
            "unfollowed": one.unfollowed,
            "open": [shapes.duty(duty) for duty in one.open],
        }
        for one in found
    ]
    if call.format == "json":
        output.emit_json({"as_at": call.today, "leaving": told})
        return
    items = []
    for one in found:
        address = one.address.replace("-", " ") or "not known"
        items.append(
            (
                f"{one.row.name} {one.row.number}, {_when(one.days)}, address {address}",
                [f"{duty.title} ({duty.owner})" for duty in one.open] or ["Nothing is open."],
            )
        )
    output.emit_items(f"Leaving in the next 12 weeks: {len(found)}", items)


def _when(days: int) -> str:
    """When somebody leaves, or was to leave and no release is recorded."""
    if days == 0:
        return "today"
    many = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {many}" if days > 0 else f"{many} ago, no release recorded"


@click.command("services")
@click.argument("words", nargs=-1, metavar="[WORD]…")
@click.option("--import", "file", type=click.Path(path_type=Path), metavar="FILE", help="Take in a list, CSV or TOML.")
@common
def services_command(call: Call, words: tuple[str, ...], file: Path | None) -> None:
    """Services here and after release, with every word of what is looked for; or take in a list of them."""
    from db import commands, views

    with signed_in(call) as actor:
        if file is not None:
            changed = commands.import_services(actor, _content(file), call.today)
            output.tell(changed.sentence)
            if call.format == "json":
                output.emit_json({"rows": changed.rows})
            return
        found = views.services(actor, " ".join(words), call.today)
    rows = [
        {
            "id": one.id,
            "title": one.title,
            "where": one.where or None,
            "provider": one.provider,
            "pathway": one.pathway or None,
            "serves": one.serves,
            "eligibility": one.eligibility,
            "how": one.how,
            "waiting": one.waiting,
            "contact": one.contact,
            "checked": one.checked,
            "stale": one.stale,
        }
        for one in found
    ]
    if call.format == "json":
        output.emit_json({"as_at": call.today, "services": rows})
    elif call.format == "csv":
        output.emit_csv(tuple(rows[0]) if rows else ("id",), [tuple(row.values()) for row in rows])
    else:
        output.emit_items(
            f"Services: {len(found)}",
            (
                (
                    f"{one.title}, {one.provider or 'provider not known'}{' (check: old)' if one.stale else ''}",
                    [part for part in (one.eligibility, one.how, one.waiting, one.contact) if part],
                )
                for one in found
            ),
        )


def _content(file: Path) -> str:
    from db.intake.encoding import text_of

    try:
        return text_of(file.expanduser().read_bytes())
    except OSError as error:
        raise Invalid(f"{file} cannot be read: {error.strerror}. Nothing was saved.") from error
