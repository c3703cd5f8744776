"""The report on workload: who holds how many cases, by tier and state, and who waits for a supervisor."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.cli import output
from app.cli.options import Call
from db.loads import TIERS, Load, Workload
from db.rows import Actor


def report(call: Call, actor: Actor, since: date | None, until: date | None, as_at: date | None) -> None:
    """Who holds how many cases, by tier and state, and who waits; with `since` also who was given how many."""
    from db.errors import Invalid
    from db.views.workload_report import Moved, moved, workload_as_at

    day = as_at or call.today
    last = until or day
    if until and since is None:
        raise Invalid("--to needs --from.")
    if since is not None and since > last:
        raise Invalid("--from is after --to.")
    told = workload_as_at(actor, call.today, day)
    changes: Mapping[str, Moved] = moved(actor, since, last) if since else {}
    span = {"from": since, "to": last if since else None}
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
    extra = ("given", "taken") if since else ()
    header = ("supervisor", "id", "cases", "capacity", *(f"tier {_tier(tier)}" for tier in TIERS), "overdue", "unseen")
    rows: list[tuple[object, ...]] = [("Unallocated", "", *_cells(told.waiting.load, ""), "", *("" for _ in extra))]
    for load in told.loads:
        change = changes.get(load.id, Moved())
        own = (change.given, change.taken) if since else ()
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
