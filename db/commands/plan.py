"""Working on the sentence plan: objectives, their steps, their order, and closing them."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from db import entries, roles
from db import payloads as p
from db import planning as pl
from db.commands.work import Work, changed, command, refuse_future, words
from db.errors import Invalid, NotFound, Stale
from db.plan_reading import broken, identity, read_plan
from db.rows import Actor, Changed
from db.staff import called
from db.texts import plain
from policy.phrases import say
from policy.planning import plan_words, programmes
from policy.sequence import RISKS

LONGEST = 2000
_LABELS = {
    "pathway": "Pathway",
    "change": "To change",
    "target": "Target date",
    "start": "Start",
    "measure": "Measured by",
    "words": "Own words",
    "owner": "Owner",
    "place": "Where",
    "programme": "Rests on",
    "risk": "Risk",
    "builds_on": "Builds on",
    "victims": "Victims and community",
    "steps": "Steps",
    "comment": "Comment",
    "progress": "Progress",
    "outcome": "Outcome",
    "why": "Why",
}


def save_objective(
    actor: Actor,
    case: str,
    objective: pl.Objective,
    today: date,
    *,
    id: str = "",
    seen: str = "",
    over: str = "",
    at: int | None = None,
    why: str = "",
) -> Changed:
    """Add an objective or, with its `id`, put down how it stands now; `at`: its place in the sequence, from 1.

    `seen`: the row the user had before them; where somebody else has written another since, nothing is written, unless
    it is the one `over` names, which the user was shown: what they changed then stands, the rest as the other left it.
    `why`: the reason, where the order then goes against a rule (OMI 2.1a).

    Raises Invalid (a field missing or wrong, an order against a rule without a reason), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "plan")
    with command(actor, case, "plan objective", today) as work:
        before = open_objective(read_plan(work.case or "", work.before), id) if id else None
        mine = objective_in(work, objective, before, seen=seen, over=over, at=at, why=why)
        work.sentence = f"objective {'changed' if before else 'added'}"
    done = "changed" if before else "added"
    target = f"; it is looked at by {say(mine.target)}" if before is None or before.target != mine.target else ""
    work.sentence = f"Objective {done}{target}."
    return changed(work)


def objective_in(
    work: Work,
    objective: pl.Objective,
    before: pl.ObjectiveRow | None = None,
    *,
    seen: str = "",
    over: str = "",
    at: int | None = None,
    why: str = "",
) -> pl.ObjectiveRow:
    """Put an objective down inside a command: a new one, or how the one `before` stands now. Raises as the command."""
    plan = read_plan(work.case or "", work.before)
    given = _checked(replace(objective, outcome="", why=""), plan, before)
    base = next((p.unpack(row.payload, pl.Objective) for row in work.before if row.id == seen), None)
    given = _beside(given, base, before)
    if not over or before is None or over != before.row:
        _refuse_stale(before, seen, given, base)
    key = _key(work, before, given)
    row = work.add(
        pl.OBJECTIVE,
        key,
        given,
        replaces=_behind(work, before) if before else entries.line(work.case, pl.OBJECTIVE, key),
        source="plan",
    )
    mine = pl.ObjectiveRow(identity(key), key, row.id, 0, given, date.fromisoformat(given.target))
    others = [one for one in plan.objectives if one.id != mine.id]
    to = at if at is not None else (before.at if before else len(others) + 1)
    others.insert(max(0, to - 1), mine)
    _put_in_order(work, plan, others, why)
    return mine


def move_objective(actor: Actor, case: str, id: str, to: int, today: date, why: str = "") -> Changed:
    """Give an objective another place in the sequence, from 1; `why` where that goes against a rule.

    Raises Invalid (nowhere to go, or against a rule without a reason), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "plan")
    with command(actor, case, "order the plan", today) as work:
        plan = read_plan(work.case or "", work.before)
        mine = open_objective(plan, id)
        if not 1 <= to <= len(plan.objectives) or to == mine.at:
            raise Invalid("It stands there already: there is no further place to go. Nothing was changed.", field="to")
        others = [one for one in plan.objectives if one.id != id]
        others.insert(to - 1, mine)
        _put_in_order(work, plan, others, why)
        work.sentence = f"objective moved to place {to}"
    work.sentence = f"Moved to place {to} of {len(others)}."
    return changed(work)


def save_steps(
    actor: Actor, case: str, id: str, steps: Sequence[pl.Step], today: date, *, seen: str, comment: str | None = None
) -> Changed:
    """Put down the steps of an objective as they stand now, and the prisoner's comment where it is given.

    Raises Invalid (a step without words, a date that is none), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "plan")
    with command(actor, case, "plan steps", today) as work:
        before = open_objective(read_plan(work.case or "", work.before), id)
        steps_in(work, before, steps, seen=seen, comment=comment)
        work.sentence = "steps recorded"
    done = sum(step.state == "done" for step in steps)
    work.sentence = f"Steps recorded: {done} of {len(steps)} done." if steps else "The objective has no steps now."
    return changed(work)


def steps_in(
    work: Work, before: pl.ObjectiveRow, steps: Sequence[pl.Step], *, seen: str = "", comment: str | None = None
) -> None:
    """Put down inside a command the steps of an objective as they stand now. Raises as `save_steps`."""
    for step in steps:
        words(step.what, "What the step is", longest=LONGEST)
        for day in (step.target, step.on):
            _day(day, "The step's date")
        if step.on:
            refuse_future(date.fromisoformat(step.on), work.today)
    given = before.kept.with_steps(tuple(steps))
    if comment is not None:
        given = replace(given, comment=comment.strip())
    _refuse_stale(before, seen, given)
    work.add(pl.OBJECTIVE, before.key, given, replaces=_behind(work, before), source="plan")


def close_objective(
    actor: Actor,
    case: str,
    id: str,
    outcome: str,
    today: date,
    *,
    on: date | None = None,
    why: str = "",
    comment: str = "",
    seen: str = "",
) -> Changed:
    """Close an objective with what came of it and the prisoner's comment; why, unless it was achieved.

    Raises Invalid (no such outcome, no reason, a day to come), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "plan")
    day = on or today
    refuse_future(day, today)
    if outcome not in plan_words().outcome:
        raise Invalid(f"An outcome is one of {', '.join(plan_words().outcome)}.", field="outcome")
    if outcome != "achieved" and not why.strip():
        raise Invalid("Say why it ended so. Nothing was saved.", field="why")
    with command(actor, case, "close an objective", today) as work:
        plan = read_plan(work.case or "", work.before)
        before = open_objective(plan, id)
        given = replace(before.kept, outcome=outcome, why=why.strip(), comment=comment.strip() or before.kept.comment)
        _refuse_stale(before, seen, given)
        work.add(pl.CLOSED, before.key, given, on=day, replaces=_behind(work, before), source="plan")
        work.sentence = "objective closed"
    title = plan_words().outcome[outcome].title
    left = len(plan.objectives) - 1
    work.sentence = f"Closed: {title}. {left or 'No'} objective{'' if left == 1 else 's'} still open."
    return changed(work)


def explain_order(actor: Actor, case: str, breach: str, why: str, today: date) -> Changed:
    """Record why an order that goes against a rule stays so. Raises Invalid, NotFound (no such breach), NotAllowed."""
    roles.check(actor, "plan")
    reason = words(why, "The reason", longest=LONGEST)
    with command(actor, case, "explain the order", today) as work:
        plan = read_plan(work.case or "", work.before)
        if all(one.id != breach for one in plan.breaches):
            raise NotFound("The order keeps to that rule by now. Nothing was changed.")
        work.add_to_line(pl.REASON, breach, pl.Reason(reason), source="plan")
        work.sentence = "reason for the order recorded"
    work.sentence = "Recorded: the order stands so on purpose."
    return changed(work)


def open_objective(plan: pl.Plan, id: str) -> pl.ObjectiveRow:
    """The open objective of that id. Raises NotFound where there is none, Stale where somebody closed it."""
    found = next((one for one in plan.objectives if one.id == id), None)
    if found is not None:
        return found
    if any(one.id == id for one in plan.closed):
        raise Stale("This objective has been closed meanwhile. Nothing was changed.")
    raise NotFound("This plan has no such objective.")


def _behind(work: Work, before: pl.ObjectiveRow) -> str:
    """What the next row of an objective replaces: its current row, or what took rows behind that back."""
    return entries.last_of_line(work.before, before.row)


def _key(work: Work, before: pl.ObjectiveRow | None, given: pl.Objective) -> str:
    """The key of the next row: a date that moves gives it a new number, and so a new duty."""
    if before is None:
        return work.id[:8]
    if before.kept.target == given.target:
        return before.key
    number = int(before.key.partition(".")[2] or 1) + 1
    return f"{before.id}.{number}"


def _beside(given: pl.Objective, base: pl.Objective | None, before: pl.ObjectiveRow | None) -> pl.Objective:
    """What was given, with what it left as `base` had it taken from what stands now: nobody undoes what others did."""
    if base is None or before is None:
        return given
    left = {name: getattr(before.kept, name) for name in _LABELS if getattr(given, name) == getattr(base, name)}
    return replace(given, **left)


def _refuse_stale(
    before: pl.ObjectiveRow | None, seen: str, given: pl.Objective, base: pl.Objective | None = None
) -> None:
    """Refuse to write over what somebody else wrote since `seen`. Raises Stale with both versions."""
    if before is None or not seen or seen == before.row:
        return
    versions = [one for one in (given, before.kept, base) if one is not None]
    differs = [name for name in _LABELS if len({getattr(one, name) for one in versions}) > 1]
    raise Stale(
        f"{called(before.by)} has just changed this objective. Save again and what you changed stands, with theirs "
        "kept in the history; leave, and theirs does.",
        mine=_told(given, differs),
        theirs=_told(before.kept, differs),
        now=before.row,
    )


def _told(objective: pl.Objective, names: Sequence[str]) -> str:
    said = []
    for name in names:
        value = getattr(objective, name)
        if name == "steps":
            value = "; ".join(f"{step.what} ({step.state or 'to do'})" for step in objective.listed)
        said.append(f"{_LABELS[name]}: {value or 'nothing'}")
    return " · ".join(said) or "the same"


def _put_in_order(work: Work, plan: pl.Plan, order: Sequence[pl.ObjectiveRow], why: str) -> None:
    """Write the order down where it is another, and why it goes against a rule where it newly does. Raises Invalid."""
    stood = {one.id for one in plan.breaches}
    new = [one for one in broken(order, plan.closed, plan.entries) if one.id not in stood]
    if new and not why.strip():
        said = " ".join(one.words for one in new)
        raise Invalid(f"{said} ({new[0].source}) To leave it so, say why.", field="why")
    for one in new:
        work.add_to_line(pl.REASON, one.id, pl.Reason(why.strip()), source="plan")
    ids = [one.id for one in order]
    if ids != [one.id for one in plan.objectives]:
        work.add_to_line(pl.ORDER, "", pl.Order(",".join(ids)), source="plan")


def _checked(given: pl.Objective, plan: pl.Plan, before: pl.ObjectiveRow | None) -> pl.Objective:
    """The objective as it is to be kept. Raises Invalid."""
    trimmed = {name: str(getattr(given, name)).strip() for name in _LABELS if name != "steps"}
    kept = replace(given, **trimmed)
    if kept.pathway not in plan_words().pathway:
        raise Invalid(f"A pathway is one of {', '.join(plan_words().pathway)}.", field="pathway")
    if not kept.change:
        raise Invalid("What is to change is missing. Nothing was saved.", field="change")
    for name in _LABELS:
        if name != "steps" and len(getattr(kept, name)) > LONGEST:
            raise Invalid(f"{_LABELS[name]} is longer than {LONGEST} characters. Nothing was saved.", field=name)
    if not kept.target:
        raise Invalid("A target date is missing. Nothing was saved.", field="target")
    target, start = _day(kept.target, "The target date", "target"), _day(kept.start, "The start", "start")
    if start and target and target < start:
        raise Invalid(f"The target, {say(target)}, is before the start, {say(start)}.", field="target")
    if kept.risk and kept.risk not in RISKS:
        raise Invalid(f"Risk is one of {', '.join(RISKS)}.", field="risk")
    if kept.place not in ("", "custody", "community"):
        raise Invalid("Where is custody or community.", field="place")
    if kept.builds_on and ((before is not None and kept.builds_on == before.id) or not plan.objective(kept.builds_on)):
        raise Invalid("It builds on another objective of this plan.", field="builds_on")
    return replace(kept, programme=programme_id(kept.programme))


def programme_id(text: str) -> str:
    """The catalogue's id of what was typed, where it is its title; otherwise what was typed."""
    wanted = plain(text)
    return next((name for name, one in programmes().items() if plain(one.title) == wanted), text)


def _day(text: str, what: str, field: str | None = None) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"{what} is a date such as 2026-05-22; “{text}” is not.", field=field) from error
    if not 1950 <= day.year <= 2150:
        raise Invalid(f"{what} is a date between 1950 and 2150; “{text}” is not.", field=field)
    return day
