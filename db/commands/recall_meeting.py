"""The early meeting after a recall: what was said, and the steps agreed there, which go into the sentence plan."""

from collections.abc import Mapping, Sequence
from datetime import date

from db import planning as pl
from db import roles
from db.commands.met import meet_in
from db.commands.plan import objective_in, open_objective, steps_in
from db.commands.work import Work, changed, command, what_moved
from db.errors import Invalid
from db.plan_reading import read_plan
from db.rows import Actor, Changed
from policy.calendar import Moment
from policy.phrases import say

MEETING = "recall-meeting"
NEW = "new"
"""Where the steps go, if not into an objective there is: into a new one."""


def hold_recall_meeting(
    actor: Actor,
    case: str,
    on: Moment,
    said: Mapping[str, str],
    steps: Sequence[pl.Step],
    today: date,
    *,
    into: str = "",
    change: str = "",
    pathway: str = "",
) -> Changed:
    """Record the early meeting with what its form asks, and put the steps agreed into the plan, in one change.

    `into`: the id of an open objective, NEW for one that is to change `change` in `pathway`, "" where the steps
    stand with the meeting only. A new objective is looked at on the day of its last step.

    Raises Invalid (no recall, a step without words, a new objective without a date), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "work")
    told = {**said, "agreed": "; ".join(map(step_words, steps))}
    with command(actor, case, "meeting after recall", today) as work:
        meet_in(work, MEETING, on, {name: text for name, text in told.items() if text})
        where = _into_plan(work, steps, into, change, pathway) if steps and into else ""
        work.sentence = "meeting after recall"
    many = f"{len(steps)} step{'' if len(steps) == 1 else 's'}"
    added = f" {many} put into the plan: {where}." if where else ""
    work.sentence = f"{what_moved(work, on)}{added}"
    return changed(work)


def step_words(step: pl.Step) -> str:
    """A step as the meeting's record has it: `ring the hostel (A Khan, by Fri 3 Apr 2026)`."""
    by = f"by {say(date.fromisoformat(step.target))}" if step.target else ""
    about = ", ".join(part for part in (step.owner, by) if part)
    return f"{step.what} ({about})" if about else step.what


def _into_plan(work: Work, steps: Sequence[pl.Step], into: str, change: str, pathway: str) -> str:
    """Put the steps behind those of an objective, or under a new one; gives what it is to change."""
    roles.check(work.actor, "plan")
    if into != NEW:
        before = open_objective(read_plan(work.case or "", work.before), into)
        steps_in(work, before, (*before.steps, *steps))
        return before.kept.change
    last = max((step.target for step in steps), default="")
    if not last:
        raise Invalid("A new objective needs a date: put one behind one of its steps. Nothing was saved.", "agreed")
    return objective_in(work, pl.Objective(pathway, change, last).with_steps(tuple(steps))).kept.change
