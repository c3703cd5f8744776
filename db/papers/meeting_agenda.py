"""The agenda of the next planning meeting: who is expected, what there is to talk about, room to write."""

from collections.abc import Iterable
from datetime import date

from db import planning as pl
from db import views
from db.papers import Block, Facts, Grid, Heading, Lines, Paper, Points, Says
from db.papers.own_plan import fit
from db.rows import Actor
from policy.cohorts import cohorts
from policy.phrases import say
from policy.planning import plan_words

_ROOM = 4


def paper(actor: Actor, number: str, today: date) -> Paper:
    """The agenda as plan and people stand today. Raises NotFound, Invalid (not a prisoner number)."""
    detail = views.case_detail(actor, number, today)
    plan = views.plan(actor, number, today)
    ahead = sorted((one for one in plan.meetings if one.kept.state == "arranged"), key=lambda one: one.on)
    meeting = ahead[0] if ahead else None
    names = {member.id: member.name for member in views.staff()}
    supervisor = names.get(detail.row.supervisor or "", "")
    blocks: list[Block] = [Facts(_when(meeting)), Heading("Who is expected"), _people(plan, meeting, supervisor)]
    needs = [_need(one) for one in plan.of("individual-need") if not one.over and not one.hidden and fit(_need(one))]
    if needs:
        blocks += [Heading("To keep in mind"), Points(tuple(needs))]
    if prompts := _prompts(detail.groups):
        blocks += [Heading("To think of"), Points(prompts)]
    blocks += [Heading("What the person wants to say"), Lines(_ROOM)]
    blocks.append(Heading("Objectives, in order"))
    for one in plan.objectives:
        if fit(one.kept.change):
            late = " – its date has passed" if one.target < today else ""
            steps = f", {one.done} of {len(one.steps)} steps done" if one.steps else ""
            blocks += [Says(f"{one.at}. {one.kept.change}", strong=True), Says(f"By {say(one.target)}{steps}{late}")]
            blocks.append(Lines(1))
    if not plan.objectives:
        blocks.append(Says("None yet: what is to change, and what comes first?"))
    blocks += [Heading("Agreed: who does what by when"), Lines(_ROOM * 2)]
    return Paper(
        "Planning meeting: agenda",
        f"{detail.row.name}  {detail.row.number} · {say(meeting.on) if meeting else 'no day arranged'}",
        tuple(blocks),
        foot="The person and their family may be at the table: nothing restricted and nothing about victims is here.",
    )


def _when(meeting: pl.MeetingRow | None) -> tuple[tuple[str, str], ...]:
    if meeting is None:
        return (("When", "not arranged yet"),)
    kept = meeting.kept
    told = [("What", plan_words().meeting[kept.kind].title), ("When", say(meeting.on)), ("Chair", kept.chair)]
    told.append(("Video link", "yes" if kept.video == "yes" else ""))
    told.append(("Family", kept.family))
    return tuple(one for one in told if one[1])


def _people(plan: pl.Plan, meeting: pl.MeetingRow | None, supervisor: str) -> Block:
    """Everybody expected: who was invited, who was not, and room for a tick."""
    rows = [(supervisor, "offender supervisor", "yes", "")] if supervisor else []
    invited = {one.name.casefold(): one for one in meeting.kept.attendance} if meeting else {}
    for expected in plan.expected:
        one = invited.pop(expected.name.casefold(), None)
        rows.append((expected.name, expected.role, "yes" if one and one.invited else "NOT YET", ""))
    rows += [(one.name, one.role, "yes" if one.invited else "NOT YET", "") for one in invited.values()]
    return Grid(("Name", "Who", "Invited", "Came"), tuple(rows) or (("", "nobody named", "", ""),), (34, 34, 16, 16))


def _prompts(groups: Iterable[str]) -> tuple[str, ...]:
    """What the groups they belong to ask to think of and may be said aloud; which groups those are stays unsaid."""
    return tuple(prompt.text for name in groups for prompt in cohorts()[name].prompts if prompt.aloud)


def _need(one: pl.EntryRow) -> str:
    detail, done = one.fields.get("detail", ""), one.fields.get("done", "")
    return f"{one.fields['need'].replace('-', ' ').capitalize()}: {', '.join(filter(None, (detail, done)))}"
