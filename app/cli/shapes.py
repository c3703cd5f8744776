"""The JSON shapes of the command line, which others rely on to the letter (cli.md)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from db.checklists import ActivityRow, Checklist, ReferralRow
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


def detail(found: CaseDetail, listed: Checklist) -> dict[str, Any]:
    """One case, whole, with its checklist; empty lists where nothing is recorded, and nothing restricted."""
    facts = {row.fact: row for row in found.facts}
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
        "people": [
            {"role": row.label, "name": row.value} for row in found.facts if row.group == "people" and row.known
        ],
        "needs": [
            {"need": row.fact, "value": row.value, "effective": row.effective}
            for row in found.facts
            if row.group == "needs" and row.known
        ]
        + [{"need": row.id, "value": row.need, "effective": row.need_on} for row in listed.pathways if row.need],
        "assessments": [],
        "plan": None,
        "meetings": [],
        "interventions": [],
        "screenings": [
            {"id": row.id, "on": row.met_on} for row in found.duties if row.id in ("bcst1", "bcst2") and row.met_on
        ],
        "checklist": [activity(row) for row in listed.activities],
        "referrals": [referral(row) for row in listed.referrals],
        "recalls": _recalls(facts),
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


def _recalls(facts: dict[str, Any]) -> list[dict[str, Any]]:
    recall = facts["recall"]
    if not recall.known or recall.value == "no":
        return []
    own = {"type": recall.value}
    for fact, called in (("recall-returned", "returned"), ("recall-days", "days"), ("recall-release", "release")):
        own[called] = facts[fact].value or None
    return [own]
