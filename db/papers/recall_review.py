"""What a review of a recall, and whoever writes a report for it, is to know: barriers, progress, what was said.

Source: rulebook.md, Recall: barriers feed the review. For staff; it goes with the dossier, beside the offender
manager's report.
"""

from collections.abc import Iterable
from datetime import date

from db import views
from db.errors import Invalid
from db.papers import Block, Facts, Grid, Heading, Paper, Points, Says
from db.recalls import Barrier, Decision, RecallCase, RecallRow, RecallStep
from db.rows import Actor, State
from db.views.recall import recall_case
from policy.calendar import day_of
from policy.phrases import say
from policy.recall import FORMAL_REVIEWS, PROACTIVE
from policy.recall_words import OUTCOMES, label_of, recall_words, type_words

_TOLD = {
    "recall-views": (("said", "Their own account"), ("helps", "What would help")),
    "recall-meeting": (("agreed", "Agreed at the early meeting"),),
    "recall-plan": (("carried", "Carried over into the plan"),),
    PROACTIVE: (("answer", "Release now? If not, what would it take?"),),
}


def paper(actor: Actor, number: str, today: date) -> Paper:
    """What is known for the review of one person's recall. Raises NotFound, Invalid (not back on recall)."""
    case = recall_case(actor, number, today)
    now = case.now
    if now is None or now.returned is None:
        raise Invalid("This person is not back on recall, so there is nothing to review. Nothing was written.")
    row = views.case_detail(actor, number, today).row
    blocks: list[Block] = [Facts(tuple(_facts(case, now)))]
    blocks += [Says(alert, strong=True) for alert in case.alerts]
    blocks += _barriers(case.barriers)
    if case.kept:
        kept = (f"{label_of(recall_words().keep, one.what)}: {one.about}. {one.action}".strip() for one in case.kept)
        blocks += [Heading("To keep"), Points(tuple(kept))]
    if told := tuple(said for step in case.steps for said in _told(step)):
        blocks += [Heading("What was said"), Facts(told)]
    if case.decisions:
        blocks += [Heading("Proposals, reviews, decisions"), Facts(tuple(map(_decision, case.decisions)))]
    if undone := tuple(step.duty.title for step in case.steps if step.duty.state is State.OVERDUE):
        blocks += [Heading("Not done yet, and late"), Points(undone)]
    missing = tuple(one.label for one in case.papers if one.received is None)
    blocks += [Heading("Papers of the dossier missing"), Points(missing)] if missing else []
    return Paper(
        "Recall: for the review",
        f"{row.name}  {row.number} · as at {say(today)}",
        tuple(blocks),
        foot="For staff, to go with the dossier. It has what staff wrote: read it before it is handed on.",
    )


def _facts(case: RecallCase, now: RecallRow) -> Iterable[tuple[str, str]]:
    yield "Recall", type_words(now.type, now.days)
    yield "Back in custody", say(now.returned) if now.returned else ""
    reasons = ", ".join(label_of(recall_words().reason, one) for one in now.reasons)
    yield "Reasons", reasons or "not recorded"
    yield "Release", f"{say(case.release)} ({case.release_words})" if case.release else case.release_words
    yield "Next review", _next(case.steps)


def _next(steps: Iterable[RecallStep]) -> str:
    """The formal review that is due first."""
    due = [step.duty for step in steps if step.duty.id in FORMAL_REVIEWS and step.duty.live and step.duty.due]
    first = min((day_of(duty.due) for duty in due if duty.due), default=None)
    return f"by {say(first)}" if first else "none due"


def _barriers(barriers: tuple[Barrier, ...]) -> list[Block]:
    standing = [one for one in barriers if one.removed is None]
    blocks: list[Block] = [Heading("In the way of release")]
    if standing:
        rows = tuple((_what(one), one.owner, say(one.by) if one.by else "no date", _action(one)) for one in standing)
        blocks.append(Grid(("What", "Whose", "By", "What is done"), rows, (26, 16, 18, 40)))
    else:
        blocks.append(Says("No barrier is recorded as standing."))
    gone = tuple(f"{_what(one)}: {one.outcome or 'gone'}, {say(one.removed)}" for one in barriers if one.removed)
    return [*blocks, Heading("No longer in the way"), Points(gone)] if gone else blocks


def _what(one: Barrier) -> str:
    what = label_of(recall_words().barrier, one.what)
    return f"{what}: {one.about}" if one.about else what


def _action(one: Barrier) -> str:
    return f"{one.action}\nInstead: {one.alternatives}" if one.alternatives else one.action


def _told(step: RecallStep) -> Iterable[tuple[str, str]]:
    """What was said when a step was last done, where a review rests on it."""
    also = dict(step.also) | {"said": step.said}
    for name, label in _TOLD.get(step.duty.id, ()):
        if also.get(name):
            yield label, also[name]


def _decision(one: Decision) -> tuple[str, str]:
    if one.what == "proposal":
        route = label_of(recall_words().route, one.route)
        said = f"Re-release proposed by {one.by}" + (f", {route}" if route else "")
    else:
        said = f"{one.what[:1].upper()}{one.what[1:]}: {OUTCOMES.get(one.outcome, one.outcome)}"
    return say(one.on), f"{said}. {one.why}".strip()
