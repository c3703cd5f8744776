"""The JSON shapes of plan and register (cli.md, `case --format json`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from db import planning as pl
from db.rows import CaseDetail
from policy.facts import facts
from policy.planning import holds_transfer, programme_title, programmes

_OWN = ("person", "individual-need", "intervention", "assessment")


def plan(found: pl.Plan) -> dict[str, Any] | None:
    """The plan: the version in force and since when, objectives as they stand now; None where there is none."""
    if not found.objectives and not found.closed and not found.versions:
        return None
    agreed = found.agreed
    return {
        "version": agreed.number if agreed else None,
        "agreed": agreed.agreed if agreed else None,
        "changes_not_agreed": found.changes,
        "objectives": [objective(one) for one in found.objectives],
        "closed": [objective(one) for one in found.closed],
        "sequence": [
            {"first": one.first or None, "then": one.then, "why": one.words, "source": one.source, "reason": one.reason}
            for one in found.breaches
        ],
        "versions": [
            {
                "version": one.number,
                "agreed": one.agreed,
                "meeting": one.meeting,
                "objectives": [objective(each) for each in one.objectives],
            }
            for one in found.versions
        ],
    }


def objective(row: pl.ObjectiveRow) -> dict[str, Any]:
    """One objective with its steps."""
    kept = row.kept
    return {
        "id": row.id,
        "place": row.at or None,
        "pathway": kept.pathway,
        "change": kept.change,
        "measure": kept.measure or None,
        "prisoner_words": kept.words or None,
        "owner": kept.owner or None,
        "start": kept.start or None,
        "target": row.target,
        "where": kept.place or None,
        "programme": programme_title(kept.programme) if kept.programme else None,
        "risk": kept.risk or None,
        "builds_on": kept.builds_on or None,
        "victims_and_community": kept.victims == "yes",
        "status": "closed" if row.closed else "open",
        "since_agreed": row.mark or None,
        "progress": kept.progress or None,
        "comment": kept.comment or None,
        "steps": [
            {
                "what": step.what,
                "owner": step.owner or None,
                "target": step.target or None,
                "state": step.state or "to-do",
                "on": step.on or None,
                "outcome": step.outcome or None,
            }
            for step in row.steps
        ],
        "closed": row.closed,
        "outcome": kept.outcome or None,
        "why": kept.why or None,
    }


def meetings(found: pl.Plan) -> list[dict[str, Any]]:
    """The planning meetings, the newest first."""
    return [
        {
            "id": one.id,
            "kind": one.kept.kind,
            "on": one.on,
            "state": one.kept.state,
            "chair": one.kept.chair or None,
            "video_link": one.kept.video == "yes",
            "people": [
                {
                    "name": person.name,
                    "role": person.role or None,
                    "invited": person.invited,
                    "came": person.came,
                    "contributed": person.contributed,
                }
                for person in one.kept.attendance
            ],
            "not_invited": one.not_invited,
            "prisoner": one.kept.part or None,
            "prisoner_why": one.kept.part_why or None,
            "family_wished": one.kept.family_wish or None,
            "family": one.kept.family or None,
            "agreed": one.kept.agreed or None,
            "version": int(one.kept.version) if one.kept.version else None,
            "why": one.kept.why or None,
        }
        for one in found.meetings
    ]


def _entry(one: pl.EntryRow) -> dict[str, Any]:
    return {"id": one.id, "on": one.on, **one.fields, "over": one.over, "superseded": one.superseded}


def entries(found: pl.Plan, kind: str) -> list[dict[str, Any]]:
    """The entries of one kind of the register, the newest first."""
    return [_entry(one) for one in found.of(kind)]


def register(found: pl.Plan) -> list[dict[str, Any]]:
    """The rest of the register: restrictions, risk meetings, licence, changes."""
    return [{"kind": one.kind, **_entry(one)} for one in found.entries if one.kind not in _OWN]


def interventions(found: pl.Plan) -> list[dict[str, Any]]:
    """The interventions, each with whether it holds transfer and what else could serve."""
    told = []
    for one in found.of("intervention"):
        programme = programmes().get(one.fields["programme"])
        told.append(
            {
                **_entry(one),
                "title": programme_title(one.fields["programme"]),
                "accredited": programme.accredited if programme else None,
                "holds_transfer": holds_transfer(one.fields),
                "alternatives": [programmes()[name].title for name in programme.instead] if programme else [],
            }
        )
    return told


def needs(found: pl.Plan) -> list[dict[str, Any]]:
    """The needs that shape the work, each with what was done about it."""
    return [
        {
            "need": one.fields["need"],
            "value": one.fields["there"],
            "effective": one.on,
            "detail": one.fields.get("detail"),
            "done": one.fields.get("done"),
        }
        for one in found.of("individual-need")
    ]


def people(detail: CaseDetail, found: pl.Plan, staff: Mapping[str, str]) -> list[dict[str, Any]]:
    """Who is responsible and who stands around: facts, then the people named, those who left with the day they did.

    `staff`: names by staff id.
    """
    named = {one.fields["role"] for one in found.of("person") if not one.over}
    known: Iterable[dict[str, Any]] = (
        {"role": row.label, "name": staff.get(row.value, row.value) if facts()[row.fact].type == "staff" else row.value}
        for row in detail.facts
        if row.group == "people" and row.known and pl.ROLE_OF_FACT.get(row.fact) not in named
    )
    return [
        *known,
        *(
            {
                "role": one.fields["role"].replace("-", " ").capitalize(),
                "name": one.fields["name"],
                "contact": one.fields.get("contact"),
                "area": one.fields.get("area"),
                "consent": one.fields.get("consent"),
                "since": one.on,
                "until": one.fields.get("ended"),
            }
            for one in found.of("person")
        ),
    ]
