"""Planning meetings: arranged, held or not; and the plan agreed at one, which is then a version."""

from datetime import date

from msgspec.structs import replace

from db import entries, roles, standing
from db import planning as pl
from db.commands.met import applies_here, meet_in
from db.commands.work import Work, changed, command, refuse_future, what_moved
from db.errors import Invalid, NotFound, Stale
from db.plan_reading import read_plan
from db.rows import Actor, Changed
from db.staff import called
from policy.phrases import say
from policy.planning import plan_words

STATES = ("arranged", "held", "not-held")
_PLANNING, _REVIEW = "planning-meeting", "plan-review"


def save_meeting(
    actor: Actor,
    case: str,
    meeting: pl.MeetingPayload,
    on: date,
    today: date,
    *,
    id: str = "",
    seen: str = "",
    agree: bool = False,
) -> Changed:
    """Arrange a planning meeting, or put down that it was held or not.

    Where it `agree`s the plan, the open objectives become the next version, and the planning meeting or the review
    of the plan is met that day (OMI prison rec. 3 and 5; 1.5e). `seen`: the row the user had before them.

    Raises Invalid (a field missing or wrong, nothing to agree, a day to come), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "plan")
    kept = _checked(meeting, on, today, agree)
    with command(actor, case, "plan meeting", today) as work:
        plan = read_plan(work.case or "", work.before)
        before = next((one for one in plan.meetings if one.id == id), None)
        if id and before is None:
            raise NotFound("This plan has no such meeting.")
        if before is not None and seen and seen != before.row:
            raise Stale(
                f"{called(before.by)} has just changed this meeting. Save again and yours stands, with theirs kept in "
                "the history; leave, and theirs does.",
                mine=_told(kept, on),
                theirs=_told(before.kept, before.on),
                now=before.row,
            )
        if before is not None and before.kept.version:
            kept = replace(kept, version=before.kept.version)
        key = before.id if before else work.id[:8]
        if agree and not kept.version:
            kept = _agree(work, plan, kept, key, on)
        at = before.row if before else entries.line(work.case, pl.MEETING, key)
        work.add(
            pl.MEETING, key, kept, on=on, source="plan", replaces=entries.last_of_line([*work.before, *work.rows], at)
        )
        work.sentence = f"{plan_words().meeting[kept.kind].title} {kept.state.replace('-', ' ')}"
    moved = what_moved(work, on) if work.met else ""
    work.sentence = " ".join(part for part in (_said(kept, on), moved) if part)
    return changed(work)


def _agree(work: Work, plan: pl.Plan, kept: pl.MeetingPayload, key: str, on: date) -> pl.MeetingPayload:
    """Make the open objectives a version, and meet the duty that asks for it."""
    if not plan.objectives:
        raise Invalid("There is no objective to agree: a adds one on the plan. Nothing was saved.", field="agree")
    newest = plan.agreed
    if newest is not None and on < newest.agreed:
        raise Invalid(f"Version {newest.number} was agreed after that day, {say(newest.agreed)}.", field="on")
    number = str(plan.draft)
    payload = pl.VersionPayload(number, key, ",".join(one.row for one in plan.objectives))
    work.add(
        pl.VERSION,
        number,
        payload,
        on=on,
        source="plan",
        replaces=entries.last_of_line(work.before, entries.line(work.case, pl.VERSION, number)),
    )
    rules = standing.rules().rules
    first = next((row for row in work.duties() if row.id == _PLANNING), None)
    done = first is not None and first.met_on is not None
    if done or not applies_here(work, rules[_PLANNING]):
        meet_in(work, _REVIEW, on, {})
    else:
        contributed = {"contributed": "yes", "present": "no", "absent": "no"}.get(kept.part, "")
        meet_in(work, _PLANNING, on, {"chair": kept.chair, "contributed": contributed})
    return replace(kept, version=number)


def _checked(meeting: pl.MeetingPayload, on: date, today: date, agree: bool) -> pl.MeetingPayload:
    words = plan_words()
    if meeting.kind not in words.meeting:
        raise Invalid(f"A meeting is one of {', '.join(words.meeting)}.", field="kind")
    if meeting.state not in STATES:
        raise Invalid(f"A meeting is {', '.join(STATES)}.", field="state")
    if meeting.state != "arranged":
        refuse_future(on, today)
    if meeting.state == "held" and meeting.part not in words.part:
        raise Invalid("Say how the person took part. Nothing was saved.", field="part")
    if meeting.state == "held" and meeting.part == "absent" and not meeting.part_why.strip():
        raise Invalid("Say why the person was not there. Nothing was saved.", field="part_why")
    if meeting.state == "not-held" and not meeting.why.strip():
        raise Invalid("Say why it was not held. Nothing was saved.", field="why")
    if agree and meeting.state != "held":
        raise Invalid("A plan is agreed at a meeting that was held. Nothing was saved.", field="agree")
    texts = {name: getattr(meeting, name).strip() for name in ("chair", "part_why", "family", "agreed", "why")}
    if max(map(len, texts.values())) > 20000:
        raise Invalid("A text is longer than 20000 characters. Nothing was saved.")
    return replace(meeting, **texts)


def _told(kept: pl.MeetingPayload, on: date) -> str:
    came = ", ".join(one.name for one in kept.attendance if one.came) or "nobody"
    return f"{say(on)}, {kept.state.replace('-', ' ')}; came: {came}; agreed: {kept.agreed or 'nothing written'}"


def _said(kept: pl.MeetingPayload, on: date) -> str:
    if kept.state == "arranged":
        return f"Arranged for {say(on)}."
    if kept.state == "not-held":
        return "Recorded as not held."
    return f"Recorded; version {kept.version} of the plan is agreed." if kept.version else "Recorded as held."
