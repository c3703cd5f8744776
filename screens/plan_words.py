"""How a plan is told on the screen: its standing, the lines of objectives and steps, what has to wait."""

from collections.abc import Iterable
from datetime import date

from db import planning as pl
from db.plan_telling import STEP_STATES
from db.rows import State
from policy.planning import is_discreet, plan_words, programme_title
from screens.sheet import SheetLine
from widgets.discretion import gives_away
from widgets.lines import Line, Piece, pad
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import long_date, short_date

HIDDEN = "discreet: v shows it"
_AHEAD = 14
_WIDE, _OWNER = 100, 22
STEP_ROUND = ("", "doing", "done")
_MARKS = {"": State.LATER, "doing": State.WEEK, "done": State.CLEAR, "dropped": State.UNKNOWN}


def standing(plan: pl.Plan) -> str:
    """Which version holds and what is not agreed yet."""
    if not plan.objectives and not plan.versions:
        return "No plan yet"
    if plan.agreed is None:
        return "Draft, not agreed at a meeting yet"
    since = f" · {plan.changes} changed, not agreed yet" if plan.changes else ""
    return f"Version {plan.agreed.number}, agreed {long_date(plan.agreed.agreed)}{since}"


def discreet(row: pl.ObjectiveRow) -> bool:
    """Whether an objective waits until it is revealed: its pathway, programme or words give something away."""
    kept = row.kept
    return (
        is_discreet(kept.programme)
        or plan_words().pathway[kept.pathway].discreet
        or gives_away(f"{kept.change} {kept.measure}")
    )


def state_of(row: pl.ObjectiveRow, today: date) -> State:
    """How an objective stands against its date."""
    days = (row.target - today).days
    if days < 0:
        return State.OVERDUE
    if days == 0:
        return State.TODAY
    return State.WEEK if days <= 7 else State.OPEN if days <= _AHEAD else State.LATER


def objective_line(row: pl.ObjectiveRow, today: date, reveal: bool, width: int = 80) -> SheetLine:
    """An objective in a line: place, mark, what is to change, steps done, its date, whose where there is room."""
    hidden = discreet(row) and not reveal
    state = state_of(row, today)
    title = HIDDEN if hidden else row.kept.change
    mark = {"new": "new ", "changed": "changed "}.get(row.mark, "")
    steps = f"{row.done}/{len(row.steps)} " if row.steps else ""
    left = (
        Piece(f"{row.at:>2} ", Ink.DIM),
        Piece(f"{current().mark(state)} ", ink_of(state)),
        Piece(title, Ink.DIM if hidden else Ink.TEXT),
    )
    owner = pad("" if hidden else row.kept.owner, _OWNER) + "  " if width >= _WIDE else ""
    right = (
        Piece(mark, Ink.UNKNOWN),
        Piece(owner, Ink.DIM),
        Piece(steps, Ink.DIM),
        Piece(short_date(row.target, today).rjust(10), ink_of(state) if state is not State.LATER else Ink.DIM),
    )
    more = () if hidden else tuple(tuple(line) for line in _beneath(row, today, reveal))
    return SheetLine(f"objective {row.id}", left, right, more, row)


def _beneath(row: pl.ObjectiveRow, today: date, reveal: bool) -> Iterable[Line]:
    kept = row.kept
    if kept.words:
        yield [Piece(f"“{kept.words}”", Ink.STRONG)]
    if kept.measure:
        yield [Piece("Measured by: ", Ink.DIM), Piece(kept.measure)]
    yield from steps_lines(row, today)
    about = [
        kept.owner and f"owner {kept.owner}",
        kept.programme and f"rests on {programme_title(kept.programme)}",
        kept.place == "community" and "in the community",
        kept.victims == "yes" and "victims and community",
        reveal and kept.risk and f"RoSH {kept.risk.replace('-', ' ')}",
    ]
    if any(about):
        yield [Piece(current().dot.join(part for part in about if part), Ink.DIM)]
    if kept.progress:
        yield [Piece("Progress: ", Ink.DIM), Piece(kept.progress)]
    if kept.comment:
        yield [Piece("Their comment: ", Ink.DIM), Piece(kept.comment)]


def steps_lines(row: pl.ObjectiveRow, today: date) -> Iterable[Line]:
    """Each step in a line."""
    for step in row.steps:
        yield step_pieces(step, today)


def step_pieces(step: pl.Step, today: date) -> Line:
    """A step: mark, what, whose, by when."""
    state = _MARKS.get(step.state, State.LATER)
    about = [step.owner, step_when(step, today)]
    tail = current().dot.join(part for part in about if part)
    return [
        Piece(f"{current().mark(state)} ", ink_of(state)),
        Piece(step.what, Ink.DIM if step.state in ("done", "dropped") else Ink.TEXT),
        Piece(f"  {tail}" if tail else "", Ink.DIM),
    ]


def step_when(step: pl.Step, today: date) -> str:
    """Where a step stands and since when, or by when it is to be done."""
    if step.state == "done":
        return f"done {short_date(date.fromisoformat(step.on), today)}" if step.on else "done"
    by = f"by {short_date(date.fromisoformat(step.target), today)}" if step.target else ""
    state = STEP_STATES[step.state] if step.state else ""
    return ", ".join(part for part in (state, by) if part)


def next_state(state: str) -> str:
    """The state of a step after this one: to do, under way, done, and round again."""
    at = STEP_ROUND.index(state) if state in STEP_ROUND else -1
    return STEP_ROUND[(at + 1) % len(STEP_ROUND)]
