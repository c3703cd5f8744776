"""The plan as the person it is about may keep it: plain English, large type; nothing restricted, nothing of victims."""

import re
from collections.abc import Iterable
from datetime import date

from db import planning as pl
from db import views
from db.papers import Block, Heading, Lines, Paper, Points, Says
from db.rows import Actor, CaseDetail
from policy.phrases import say
from policy.planning import is_discreet, plan_words, programme_title

_NEVER = re.compile(
    r"\b(victims?|rosh|roh|mappa|ppo|irmm|risks?|harm|licence condition|restriction|police|intelligence|informants?"
    r"|security information)\b",
    re.IGNORECASE,
)
_LINES = 6


def paper(actor: Actor, number: str, today: date) -> Paper:
    """The person's own copy as the plan stands today. Raises NotFound, Invalid (not a prisoner number)."""
    detail = views.case_detail(actor, number, today)
    plan = views.plan(actor, number, today)
    says = plan_words().paper
    supervisor = _supervisor(detail)
    state = says["agreed"].format(day=say(plan.agreed.agreed)) if plan.agreed and not plan.changes else says["draft"]
    name = f"{detail.row.forenames} {detail.row.surname}".strip().title()
    blocks: list[Block] = [Says(says["whose"].format(name=name), strong=True), Says(state)]
    blocks += _helpers(plan, supervisor)
    blocks.append(Heading(says["aims"]))
    shown = [one for one in plan.objectives if fit(one.kept.change)]
    for at, one in enumerate(shown, 1):
        blocks += _objective(at, one)
    if not shown:
        blocks.append(Says(says["none"]))
    if needs := [_need(one) for one in plan.of("individual-need") if not one.over and fit(_need(one))]:
        blocks += [Heading(says["needs"]), Points(tuple(needs))]
    if closed := [_closed(one) for one in plan.closed if fit(one.kept.change)]:
        blocks += [Heading(says["closed"]), Points(tuple(closed))]
    ahead = [one.on for one in plan.meetings if one.kept.state == "arranged" and one.on >= today]
    if ahead:
        blocks.append(Says(says["meeting"].format(day=say(min(ahead)))))
    blocks += [Heading(says["say"]), Lines(_LINES)]
    foot = says["foot"].format(name=supervisor or "the offender management unit")
    return Paper(says["title"], f"{name}  {detail.row.number} · {say(today)}", tuple(blocks), large=True, foot=foot)


def fit(text: str) -> bool:
    """Whether a text may stand on the person's own copy: it speaks of no victim and of nothing restricted."""
    return _NEVER.search(text) is None


def _supervisor(detail: CaseDetail) -> str:
    names = {member.id: member.name for member in views.staff()}
    return names.get(detail.row.supervisor or "", "")


def _helpers(plan: pl.Plan, supervisor: str) -> list[Block]:
    says = plan_words().paper
    told = [says["supervisor"].format(name=supervisor)] if supervisor else []
    told += [says["manager"].format(name=one.name) for one in plan.expected if one.role == "offender manager"]
    told += [f"{one.name}, {one.role}" for one in plan.expected if one.role != "offender manager"]
    told = [one for one in told if fit(one)]
    return [Heading(says["helps"]), Points(tuple(told))] if told else []


def _objective(at: int, one: pl.ObjectiveRow) -> Iterable[Block]:
    says, kept = plan_words().paper, one.kept
    yield Says(says["aim"].format(number=at, change=kept.change), strong=True)
    if kept.words and fit(kept.words):
        yield Says(says["words"].format(words=kept.words))
    if kept.measure and fit(kept.measure):
        yield Says(says["measure"].format(measure=kept.measure))
    if kept.programme:
        hidden = is_discreet(kept.programme) or not fit(programme_title(kept.programme))
        title = says["hidden_programme"] if hidden else programme_title(kept.programme)
        yield Says(says["programme"].format(programme=title))
    if steps := [_step(step) for step in one.steps if step.state != "dropped" and fit(f"{step.what} {step.owner}")]:
        yield Points(tuple(steps), ticks=True)
    yield Says(says["by"].format(day=say(one.target)))


def _step(step: pl.Step) -> str:
    says = plan_words().paper
    if step.state == "done":
        return says["done"].format(what=step.what)
    owner = says["you"] if step.owner.casefold() == "the person" else step.owner
    who = says["who"].format(owner=owner) if owner else ""
    by = says["step_by"].format(day=say(date.fromisoformat(step.target))) if step.target else ""
    return says["step"].format(what=step.what, who=who, by=by)


def _need(one: pl.EntryRow) -> str:
    parts = [
        one.fields["need"].replace("-", " ").capitalize(),
        one.fields.get("detail", ""),
        one.fields.get("done", ""),
    ]
    return ": ".join(part for part in (parts[0], ". ".join(filter(None, parts[1:]))) if part)


def _closed(one: pl.ObjectiveRow) -> str:
    return f"{one.kept.change}: {plan_words().outcome[one.kept.outcome].title}"
