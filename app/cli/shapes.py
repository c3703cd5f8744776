"""The JSON shapes of the command line, which others rely on to the letter (cli.md)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.cli import plan_shapes
from db.checklists import ActivityRow, Checklist, ReferralRow
from db.planning import Plan
from db.recalls import RecallCase, RecallRow
from db.rows import CaseDetail, CaseRow, Counts, DutyRow, MissingFact


def duty(row: DutyRow) -> dict[str, Any]:
    """One duty."""
    return {
        "id": row.id,
        "key": row.key,
        "title": row.title,
        "owner": row.owner,
        "force": row.force,
        "figure": row.figure,
        "opens": row.opens,
        "due": row.due,
        "state": row.state,
        "rank": row.rank,
        "days": row.days,
        "short_notice": row.short_notice,
        "last_working_day": row.last_working_day,
        "why": row.why,
        "source": row.source,
        "deferred_to": row.deferred_to,
    }


def name(row: CaseRow) -> dict[str, str]:
    """A person's name."""
    return {"surname": row.surname, "forenames": row.forenames}


def missing(rows: Iterable[MissingFact]) -> list[dict[str, Any]]:
    """What is not known and the duties that wait for it."""
    return [{"fact": row.fact, "needed_for": row.needed_for} for row in rows]


def case(row: CaseRow, duties: Iterable[DutyRow]) -> dict[str, Any]:
    """One case of the caseload."""
    return {
        "number": row.number,
        "name": name(row),
        "cell": row.cell,
        "wing": row.wing,
        "where": row.where,
        "supervisor": row.supervisor or None,
        "tier": row.tier,
        "rosh": row.rosh,
        "flags": row.flags,
        "last_seen": row.last_seen,
        "release_date": row.release_date,
        "scope": {"answer": row.scope, "limb": row.limb or None},
        "next": duty(row.next) if row.next else None,
        "duties": [duty(one) for one in duties],
        "missing": missing(row.missing),
    }


def triage(today: date, scope: str, counts: Counts, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """The caseload."""
    return {
        "as_at": today,
        "scope": scope,
        "counts": {state.value: number for state, number in counts.by_state},
        "cases": cases,
    }


def detail(
    found: CaseDetail, plan: Plan, listed: Checklist, recall: RecallCase, staff: Mapping[str, str]
) -> dict[str, Any]:
    """One case, whole, with plan, checklist and recalls: empty lists where nothing is recorded, nothing restricted.

    `staff`: names by staff id.
    """
    return {
        "number": found.row.number,
        "name": name(found.row),
        "facts": {
            row.fact: {
                "value": row.value if row.known else None,
                "known": row.known,
                "source": row.source or None,
                "effective": row.effective,
            }
            for row in found.facts
        },
        "duties": [duty(row) for row in found.duties],
        "missing": missing(found.row.missing),
        "people": plan_shapes.people(found, plan, staff),
        "needs": [
            {"need": row.fact, "value": row.value, "effective": row.effective}
            for row in found.facts
            if row.group == "needs" and row.known
        ]
        + plan_shapes.needs(plan)
        + [{"need": row.id, "value": row.need, "effective": row.need_on} for row in listed.pathways if row.need],
        "groups": found.groups,
        "assessments": plan_shapes.entries(plan, "assessment"),
        "plan": plan_shapes.plan(plan),
        "meetings": plan_shapes.meetings(plan),
        "interventions": plan_shapes.interventions(plan),
        "register": plan_shapes.register(plan),
        "screenings": [
            {"id": row.id, "on": row.met_on} for row in found.duties if row.id in ("bcst1", "bcst2") and row.met_on
        ],
        "checklist": [activity(row) for row in listed.activities],
        "referrals": [referral(row) for row in listed.referrals],
        "recalls": _recalls(recall),
        "contacts": [
            {
                "id": row.id,
                "kind": row.kind,
                "at": row.at,
                "where": row.where,
                "by": row.by,
                "text": row.text,
                "strengths": row.strengths,
                "concerns": row.concerns,
                "understood": row.understood or None,
                "language": row.language,
                "declined": row.declined,
                "safety": row.safety,
                "meets": row.meets,
            }
            for row in found.contacts
        ],
    }


def _recalls(found: RecallCase) -> list[dict[str, Any]]:
    """Every recall, the present one first, and all that is recorded about it."""
    if found.now is None:
        return [_recall(one) for one in found.before]
    now = _recall(found.now) | {
        "alerts": found.alerts,
        "steps": [
            {
                "id": step.duty.id,
                "key": step.duty.key,
                "state": step.duty.state,
                "due": step.duty.due,
                "met_on": step.duty.met_on,
                "elsewhere": step.elsewhere,
                "by": step.by or None,
                "said": step.said,
                "understood": step.understood or None,
                "checked": step.checked,
                "fields": dict(step.also),
            }
            for step in found.steps
        ],
        "papers": [{"paper": one.id, "received": one.received} for one in found.papers],
        "barriers": [
            {
                "key": one.key,
                "barrier": one.what,
                "about": one.about,
                "owner": one.owner,
                "action": one.action,
                "by": one.by,
                "alternatives": one.alternatives,
                "removed": one.removed,
                "outcome": one.outcome,
            }
            for one in found.barriers
        ],
        "keep": [{"key": one.key, "what": one.what, "about": one.about, "action": one.action} for one in found.kept],
        "decisions": [
            {
                "what": one.what,
                "on": one.on,
                "by": one.by,
                "route": one.route or None,
                "outcome": one.outcome or None,
                "why": one.why,
                "next": one.next,
            }
            for one in found.decisions
        ],
    }
    return [now, *(_recall(one) for one in found.before)]


def _recall(one: RecallRow) -> dict[str, Any]:
    return {
        "key": one.key,
        "stage": one.stage,
        "type": one.type or None,
        "days": int(one.days) if one.days else None,
        "reasons": one.reasons,
        "expected": one.told_on,
        "returned": one.returned,
        "release": one.notice,
        "computed": one.computed,
        "changes": one.changes,
        "released": one.released,
        "route": one.route or None,
    }


def activity(row: ActivityRow) -> dict[str, Any]:
    """One activity of a checklist."""
    return {
        "pathway": row.pathway,
        "level": row.level,
        "activity": row.id,
        "title": row.title,
        "status": row.status.value,
        "on": row.on,
        "by": row.by or None,
        "said": row.said or None,
        "explained": row.explained or None,
        "to": row.with_whom or None,
        "due": row.due,
        "met": row.met,
        "provider": row.provider,
        "source": row.source,
    }


def referral(row: ReferralRow) -> dict[str, Any]:
    """One signposting or referral."""
    return {
        "key": row.key,
        "activity": row.activity or None,
        "title": row.title,
        "to": row.to,
        "how": row.how,
        "consent": row.consent or None,
        "made": row.made,
        "by": row.by,
        "due": row.due,
        "outcome": row.outcome or None,
        "need_met": row.need_met or None,
        "followed_up": row.followed_up,
    }
