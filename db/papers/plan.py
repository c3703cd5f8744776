"""The plan for the file: every objective with its steps, the order and why it stands so, meetings, needs. For staff."""

from collections.abc import Iterable
from datetime import date

from db import planning as pl
from db import views
from db.papers import Block, Facts, Grid, Heading, Paper, Points, Says
from db.plan_telling import STEP_STATES
from db.rows import Actor
from policy.phrases import say
from policy.planning import plan_words, programme_title


def paper(actor: Actor, number: str, today: date) -> Paper:
    """The plan as it stands today. Raises NotFound, Invalid (not a prisoner number)."""
    detail = views.case_detail(actor, number, today)
    plan = views.plan(actor, number, today)
    blocks: list[Block] = [Says(standing(plan), strong=True)]
    blocks += [Says("Transfer is held while an accredited programme runs.", strong=True)] if plan.holds else []
    if needs := [one for one in plan.of("individual-need") if not one.over and not one.hidden]:
        blocks += [Heading("Needs that shape the work"), Facts(tuple(_need(one) for one in needs))]
    # Pathways in the order of the sequence: each stands where its first objective does.
    for name in dict.fromkeys(one.kept.pathway for one in plan.objectives):
        blocks.append(Heading(plan_words().pathway[name].title))
        for one in plan.objectives:
            blocks += objective(one) if one.kept.pathway == name else ()
    if not plan.objectives:
        blocks.append(Says("No objective is open."))
    if order := [_broken(one) for one in plan.breaches if not one.discreet]:
        blocks += [Heading("Where the order goes against a rule"), Points(tuple(order))]
    if plan.closed:
        rows = tuple((one.kept.change, _outcome(one), one.kept.comment) for one in plan.closed)
        blocks += [Heading("Closed"), Grid(("Objective", "What came of it", "Their comment"), rows, (40, 35, 25))]
    if plan.versions:
        told = tuple(f"Version {one.number}, agreed {say(one.agreed)}" for one in plan.versions)
        blocks += [Heading("Versions"), Points(told)]
    return Paper(
        "Sentence plan",
        f"{detail.row.name}  {detail.row.number} · as at {say(today)}",
        tuple(blocks),
        foot="For the file. Risk levels, restrictions and what is about victims are left out: the record has them.",
    )


def standing(plan: pl.Plan) -> str:
    """Which version holds and what is not agreed yet."""
    if plan.agreed is None:
        return "Draft: no version has been agreed at a meeting yet."
    since = f" {plan.changes} objectives are new or changed since and not agreed." if plan.changes else ""
    return f"Version {plan.agreed.number}, agreed {say(plan.agreed.agreed)}.{since}"


def objective(one: pl.ObjectiveRow) -> Iterable[Block]:
    """One objective: what, how measured, whose, by when, its steps."""
    kept = one.kept
    yield Says(f"{one.at}. {kept.change}", strong=True)
    began = f", begun {say(date.fromisoformat(kept.start))}" if kept.start else ""
    facts = (
        ("In their words", kept.words),
        ("Measured by", kept.measure),
        ("Owner", kept.owner),
        ("By", f"{say(one.target)}{began}"),
        ("Rests on", programme_title(kept.programme) if kept.programme else ""),
        ("Where", {"custody": "in custody", "community": "in the community"}.get(kept.place, "")),
        ("Progress", kept.progress),
        ("Their comment", kept.comment),
    )
    yield Facts(tuple(fact for fact in facts if fact[1]))
    if one.steps:
        rows = tuple((step.what, step.owner, _when(step), STEP_STATES[step.state]) for step in one.steps)
        yield Grid(("Step", "Whose", "By", ""), rows, (46, 22, 18, 14))


def _when(step: pl.Step) -> str:
    day = step.on or step.target
    return say(date.fromisoformat(day)) if day else ""


def _need(one: pl.EntryRow) -> tuple[str, str]:
    detail, done = one.fields.get("detail", ""), one.fields.get("done", "")
    return one.fields["need"].replace("-", " ").capitalize(), f"{detail}: {done or 'nothing done yet'}".removeprefix(
        ": "
    )


def _broken(one: pl.BreachRow) -> str:
    return f"{one.words} {f'So on purpose: {one.reason}' if one.reason else 'No reason is recorded.'}"


def _outcome(one: pl.ObjectiveRow) -> str:
    title = plan_words().outcome[one.kept.outcome].title
    return f"{title}: {one.kept.why}" if one.kept.why else title
