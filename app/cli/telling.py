"""What the command line tells a person: lines that wrap, and make sense read aloud one after another."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from app.cli import output
from db.recalls import RecallCase
from db.rows import CaseDetail, CaseRow, Counts, DutyRow, State
from policy.calendar import day_of
from policy.cohorts import cohorts
from policy.phrases import say
from policy.recall_words import label_of, recall_words, type_words

_MARKS = {
    State.SAFETY: "SAFETY",
    State.OVERDUE: "LATE",
    State.TODAY: "TODAY",
    State.WEEK: "THIS WEEK",
    State.UNKNOWN: "CANNOT TELL",
    State.OPEN: "OPEN",
    State.LATER: "LATER",
    State.CLEAR: "CLEAR",
}
_URGENT = 6


def when(duty: DutyRow) -> str:
    """When a duty is due, in words, with the days late or to go."""
    until = duty.deferred_to or duty.due
    if until is None or duty.days is None:
        return "no date"
    put_off = " (put off)" if duty.deferred_to else ""
    if duty.days < 0:
        late = f"{-duty.days} day{'' if duty.days == -1 else 's'} late, was due {say(until)}"
        return f"was due {say(until)}" if duty.state is State.UNKNOWN else late + put_off
    return f"due today{put_off}" if duty.days == 0 else f"due {say(until)}{put_off}"


def heading(duty: DutyRow) -> str:
    """A duty in a line: how pressing, what, when, whose."""
    mark = _MARKS.get(duty.state, duty.state.value.upper())
    return f"{mark}: {duty.title}, {when(duty)}. {duty.owner}. [{duty.name}]"


def grounds(duty: DutyRow) -> str:
    """Why, and how certain it is."""
    figure = "figure set" if duty.figure == "set" else "local figure"
    return f"{duty.why} {duty.force.capitalize()}, {figure}. {duty.source}."


def tell_triage(scope: str, today: date, counts: Counts, rows: tuple[CaseRow, ...]) -> None:
    """The caseload in urgency order."""
    states = ", ".join(f"{number} {_MARKS[state].lower()}" for state, number in counts.by_state)
    title = f"{headed(scope)}, {say(today)}: {counts.cases} cases. {states or 'Nobody'}; {counts.unseen} unseen."
    output.emit_items(title, ((_who(row), _next(row)) for row in rows))


def headed(scope: str) -> str:
    """A scope at the head of a list: the letters of a wing and a name stay as they are."""
    return scope[:1].upper() + scope[1:]


def _who(row: CaseRow) -> str:
    tier = f"tier {row.tier}" if row.tier else "tier not known"
    seen = f"last seen {say(row.last_seen)}" if row.last_seen else "never seen"
    release = say(row.release_date) if row.release_date else "not known"
    return f"{row.name} {row.number}, {row.where}, {tier}, {seen}, release {release}"


def _next(row: CaseRow) -> list[str]:
    if row.next is None:
        return ["Nothing outstanding."]
    others = [duty for duty in row.duties[1:] if (duty.rank or 9) <= _URGENT]
    more = "; ".join(f"{duty.title}, {when(duty)}" for duty in others[:3])
    left = f" and {len(others) - 3} more" if len(others) > 3 else ""
    return [heading(row.next), grounds(row.next), f"Then: {more}{left}." if others else ""]


def _recalls(found: RecallCase) -> Iterator[tuple[str, list[str]]]:
    """The present recall with what stands in the way, then those that are over."""
    words = recall_words()
    for row in (*([found.now] if found.now else ()), *found.before):
        reasons = ", ".join(label_of(words.reason, one) for one in row.reasons) or "reasons not recorded"
        back = f"back {say(row.returned)}" if row.returned else "expected back"
        over = f", released {say(row.released)}" if row.released else ""
        kind = type_words(row.type, row.days) if row.type else "type not known"
        told = [] if row is not found.now else [
            f"Barrier: {label_of(words.barrier, one.what)}, {one.action} {one.owner}"
            for one in found.barriers if one.removed is None
        ]  # fmt: skip
        yield f"{kind.capitalize() if kind.islower() else kind}, {back}{over}: {reasons}", [*row.changes, *told]


def tell_duties(title: str, found: list[tuple[str, DutyRow]]) -> None:
    """Duties with whose they are."""
    output.emit_items(title, ((f"{number} {heading(duty)}", [grounds(duty)]) for number, duty in found))


def tell_case(found: CaseDetail, recall: RecallCase, today: date) -> None:
    """One case."""
    row = found.row
    scope = {"in": "in scope", "out": "out of scope", "extension": "local extension"}.get(row.scope, "scope not known")
    limb = f" ({row.limb})" if row.limb else ""
    about = [f"{scope}{limb}. Release: {found.release_words}. Supervisor: {row.supervisor or 'nobody named'}."]
    output.emit_items(f"Case as it stands on {say(today)}", [(_who(row), [*about, *found.stands, *found.notes])])
    if recall.now is not None or recall.before:
        output.emit_items("Recall", _recalls(recall))
    live = [duty for duty in found.duties if duty.live and duty.state is not State.UNKNOWN]
    unknown = [duty for duty in found.duties if duty.state is State.UNKNOWN]
    output.emit_items("Duties", ((heading(duty), [grounds(duty)]) for duty in live))
    if unknown:
        output.emit_items("Cannot tell", ((heading(duty), [grounds(duty)]) for duty in unknown))
    known = [fact for fact in found.facts if fact.known]
    groups = groupby(known, key=lambda fact: fact.group)
    output.emit_items("Facts", ((group.capitalize(), [f"{f.label}: {f.value}" for f in own]) for group, own in groups))
    helped = [(cohorts()[name].title, [one.text for one in cohorts()[name].prompts]) for name in found.groups]
    if helped:
        output.emit_items("Groups with extra support", helped)
    waiting = [f"{fact.label}, for {len(fact.needed_for)} duties" for fact in row.missing]
    output.emit_items("Not known", [("; ".join(waiting) or "Nothing that a duty waits for.", [])])
    contacts = (
        (f"{say(day_of(one.at))}, {one.kind}, {one.by}", [one.text, one.strengths, one.concerns])
        for one in found.contacts
    )
    output.emit_items("Contacts", contacts)
