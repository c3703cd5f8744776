"""What the command line tells of a plan and its register: lines that wrap and can be read aloud."""

from datetime import date
from itertools import groupby

from app.cli import output
from db import planning as pl
from db.plan_telling import STEP_STATES, line_of
from policy.phrases import say
from policy.planning import plan_words
from policy.register import register


def tell_plan(found: pl.Plan, today: date) -> None:
    """Objectives in sequence, what goes against it, meetings, the register."""
    if found.objectives or found.closed:
        output.emit_items(f"Sentence plan: {standing(found)}", [(_head(one), _body(one)) for one in found.objectives])
    if found.breaches:
        output.emit_items("Order of the plan", [(one.words, [_reason(one), one.source]) for one in found.breaches])
    if found.closed:
        output.emit_items("Objectives closed", [(_closed(one), []) for one in found.closed])
    if found.meetings:
        output.emit_items("Planning meetings", [(_meeting(one), [one.kept.agreed]) for one in found.meetings])
    section = {name: kind.section for name, kind in register().kind.items()}
    order = list(register().section)
    listed = sorted(found.entries, key=lambda one: order.index(section[one.kind]))
    for name, own in groupby(listed, key=lambda one: section[one.kind]):
        output.emit_items(register().section[name].title, [(_entry(one), []) for one in own])


def standing(found: pl.Plan) -> str:
    """Which version holds, and what is not agreed yet."""
    if found.agreed is None:
        return "draft, not agreed yet"
    since = f", {found.changes} changed since and not agreed" if found.changes else ""
    return f"version {found.agreed.number}, agreed {say(found.agreed.agreed)}{since}"


def _head(one: pl.ObjectiveRow) -> str:
    pathway = plan_words().pathway[one.kept.pathway].title
    steps = f", {one.done} of {len(one.steps)} steps done" if one.steps else ""
    owner = f", {one.kept.owner}" if one.kept.owner else ""
    return f"{one.at}. {one.kept.change}: {pathway}, by {say(one.target)}{owner}{steps}."


def _body(one: pl.ObjectiveRow) -> list[str]:
    said = [one.kept.measure, f"Own words: {one.kept.words}" if one.kept.words else ""]
    return [part for part in said if part] + [f"{step.what}: {STEP_STATES[step.state]}" for step in one.steps]


def _closed(one: pl.ObjectiveRow) -> str:
    return f"{one.kept.change}: {plan_words().outcome[one.kept.outcome].title}"


def _reason(one: pl.BreachRow) -> str:
    return f"It stands so because: {one.reason}" if one.reason else "No reason is recorded."


def _meeting(one: pl.MeetingRow) -> str:
    title = plan_words().meeting[one.kept.kind].title
    missing = f" Not invited: {', '.join(one.not_invited)}." if one.not_invited else ""
    return f"{say(one.on)}, {title}, {one.kept.state.replace('-', ' ')}.{missing}"


def _entry(one: pl.EntryRow) -> str:
    kind = register().kind[one.kind]
    past = " (past)" if one.over else " (superseded)" if one.superseded else ""
    return f"{say(one.on)}, {kind.one}: {line_of(kind, one.fields) or 'nothing more written'}{past}"
