"""Reports: the same figures as the screens."""

from collections.abc import Mapping
from typing import Any

import click

from app.cli import output
from app.cli.options import Call, common, read_day, signed_in
from db.loads import TIERS, Load, Workload


@click.group("report")
def report_command() -> None:
    """The same figures as the screens: workload."""


@report_command.command("workload")
@click.option("--from", "since", metavar="DATE", help="Also who was given how many cases from this day …")
@click.option("--to", "until", metavar="DATE", help="… to this one; the day of the report if not said.")
@click.option("--as-at", metavar="DATE", help="As the record had it on that day.")
@common
def workload_command(call: Call, since: str | None, until: str | None, as_at: str | None) -> None:
    """Who holds how many cases, by tier and state, and who waits for a supervisor."""
    from db.errors import Invalid
    from db.views.workload_report import Moved, moved, workload_as_at

    day = read_day(as_at, "--as-at") if as_at else call.today
    last = read_day(until, "--to") if until else day
    first = read_day(since, "--from") if since else None
    if until and first is None:
        raise Invalid("--to needs --from.")
    if first is not None and first > last:
        raise Invalid("--from is after --to.")
    with signed_in(call) as actor:
        told = workload_as_at(actor, call.today, day)
        changes: Mapping[str, Moved] = moved(actor, first, last) if first else {}
    span = {"from": first, "to": last if first else None}
    if call.format == "json":
        waiting = told.waiting
        output.emit_json(
            {
                "as_at": day,
                **span,
                "most": told.most,
                "full_time_hours": told.full_time,
                "held": told.held,
                "average": told.average,
                "unallocated": {
                    **_figures(waiting.load),
                    "longest_wait": waiting.longest,
                    "late": waiting.late,
                    "no_date": waiting.no_date,
                    "not_wanted": waiting.not_wanted,
                },
                "supervisors": [_supervisor(told, load, changes.get(load.id, Moved())) for load in told.loads],
            }
        )
        return
    extra = ("given", "taken") if first else ()
    header = ("supervisor", "id", "cases", "capacity", *(f"tier {_tier(tier)}" for tier in TIERS), "overdue", "unseen")
    rows: list[tuple[object, ...]] = [("Unallocated", "", *_cells(told.waiting.load, ""), "", *("" for _ in extra))]
    for load in told.loads:
        change = changes.get(load.id, Moved())
        own = (change.given, change.taken) if first else ()
        rows.append((load.name, load.id, *_cells(load, told.capacity(load)), _note(told, load), *own))
    header = (*header, "note", *extra)
    if call.format == "csv":
        output.emit_csv(header, rows)
    else:
        output.emit_table(header, rows, f"Workload on {day.isoformat()}: {told.held} cases, {told.average} on average")


def _tier(tier: int | None) -> str:
    return "unknown" if tier is None else str(tier)


def _cells(load: Load, capacity: object) -> tuple[object, ...]:
    return load.cases, capacity, *load.tiers, load.overdue, load.counts.unseen


def _figures(load: Load) -> dict[str, Any]:
    return {
        "cases": load.cases,
        "tiers": {_tier(tier): number for tier, number in zip(TIERS, load.tiers, strict=True)},
        "overdue_by_tier": {_tier(tier): number for tier, number in zip(TIERS, load.late_tiers, strict=True)},
        "states": {state.value: number for state, number in load.counts.by_state},
        "unseen": load.counts.unseen,
    }


def _supervisor(told: Workload, load: Load, change: Any) -> dict[str, Any]:
    terms = load.terms
    return {
        "id": load.id,
        "name": load.name,
        "wing": load.wing or None,
        "active": load.active,
        "hours": terms.hours or None,
        "areas": terms.areas,
        "away": terms.away,
        "back": terms.back,
        "capacity": told.capacity(load),
        "over": told.over(load.cases),
        **_figures(load),
        "given": change.given,
        "taken": change.taken,
    }


def _note(told: Workload, load: Load) -> str:
    if not load.active:
        return "has left"
    notes = ["away"] if load.terms.absent else []
    notes += [f"over {told.most}"] if told.over(load.cases) else []
    return ", ".join(notes)
