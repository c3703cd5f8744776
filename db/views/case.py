"""One case: who this is, every duty with its why, facts known and not known, contacts and the timeline."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from db import appointments, engine, entries, roles, standing, story, timeline
from db import payloads as p
from db.around import NeedRow, PersonRow
from db.cases import existing
from db.columns import STANDING_COLUMNS
from db.current import store
from db.errors import Invalid
from db.overrides import overrides_in_force
from db.planning import OBJECTIVE, OBJECTIVE_REVIEW
from db.rows import Actor, CaseDetail, DutyRow, FactRow
from db.story import Story, held_by_programme, moment_of
from db.views.caseload import case_row, columns
from db.views.every import in_order
from db.views.screening import members
from policy import tier
from policy.calendar import day_of
from policy.duties import evaluate
from policy.facts import facts
from policy.phrases import say
from policy.planning import is_discreet, plan_words
from policy.reading import Reading
from policy.register import register
from policy.release import contradictions, release_words
from policy.rulebook import rulebook

_FROM_SUPERVISOR = frozenset({"first-meeting", "allocate-supervisor"})


def case_detail(actor: Actor, number: str, today: date, as_at: date | None = None) -> CaseDetail:
    """Everything about one person; with `as_at`, what the record held on that day, under the figures of that day.

    Raises NotFound, Invalid (not a prisoner number).
    """
    roles.check_reads(actor)
    day = as_at or today
    with store().read():
        number = existing(number)
        rows = entries.of_case(number, as_at.isoformat() if as_at else None)
        if as_at is not None and (as_at > today or not rows):
            why = "has not come yet" if as_at > today else f"is before {number} was first recorded"
            raise Invalid(f"{say(as_at)} {why}.", field="as-at")
        told = story.read(number, rows, day)
        book = rulebook(overrides_in_force(as_at))
        evaluation = evaluate(told.case, day, book, every=True)
        owed = _with_cause(in_order(evaluation.duties, day), told)
        groups = members(rows, evaluation.reading)
        return CaseDetail(
            case_row(_standing(number, rows, day, as_at), tuple(duty for duty in owed if duty.live)),
            owed,
            _facts(told),
            *timeline.read(rows, told.contacts, book),
            release_words(evaluation.reading),
            tuple(_notes(told, evaluation.reading)),
            tuple(_stands(told)),
            tuple(one for one in appointments.of_rows(rows) if day_of(one.at) >= day),
            tuple(name for name, standing in groups.items() if standing.member == "yes"),
            tuple(name for name, standing in groups.items() if not standing.member),
            tuple(_people(told)),
            tuple(_needs(told)),
        )


def _standing(number: str, rows: list[entries.Row], day: date, as_at: date | None) -> tuple[object, ...]:
    """The caseload's own row as stored; for an earlier day worked out anew from the rows of that day."""
    if as_at is None:
        found = engine.run(store().database, f"SELECT {columns()} FROM standing WHERE number = ?", (number,))
        return tuple(found.fetchone())
    kept, _ = standing.derive(number, rows, day, rulebook(overrides_in_force(as_at)))
    return tuple(kept[STANDING_COLUMNS.index(name.strip())] for name in columns().split(","))


def _with_cause(every: tuple[DutyRow, ...], told: Story) -> tuple[DutyRow, ...]:
    """The duties a change of supervisor opens also say the reason that was given for it."""
    every = _with_objective(every, told)
    held = told.held.get("supervisor")
    if held is None or not held.why:
        return every
    said = f" Reason given: {held.why.rstrip('.')}."
    return tuple(
        replace(duty, why=duty.why + said) if duty.live and duty.id in _FROM_SUPERVISOR else duty for duty in every
    )


def _with_objective(every: tuple[DutyRow, ...], told: Story) -> tuple[DutyRow, ...]:
    """Looking at an objective says which: there may be many."""
    known = {event.key: event.fields for event in told.case.events if event.kind == OBJECTIVE}
    return tuple(
        _about(duty, known[duty.key]) if duty.id == OBJECTIVE_REVIEW and duty.key in known else duty for duty in every
    )


def _about(duty: DutyRow, objective: Mapping[str, str]) -> DutyRow:
    change = objective.get("change", "")
    discreet = plan_words().pathway[objective["pathway"]].discreet or is_discreet(objective.get("programme", ""))
    return replace(duty, why=f"“{change}”. {duty.why}", about="" if discreet else change)


def _facts(told: Story) -> tuple[FactRow, ...]:
    rows = []
    for name, fact in facts().items():
        held = told.held.get(name)
        value = held.value if held else None
        question = ""
        if held and held.in_question:
            question = f"The extract now says {held.extract}; {value or 'not known'} was recorded by hand."
        effective = moment_of(held.effective) if held and held.effective else None
        source = held.source if held and value is not None else ""
        rows.append(
            FactRow(
                name, fact.label, value or "", value is not None, source, effective, fact.group, fact.discreet, question
            )
        )
    return tuple(rows)


def _entered(told: Story, kind: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The entries of the register of one kind that are not past."""
    past = register().kind[kind].is_over
    return ((event.key, event.fields) for event in told.case.events if event.kind == kind and not past(event.fields))


def _people(told: Story) -> Iterator[PersonRow]:
    for id, said in _entered(told, "person"):
        yield PersonRow(id, said["role"], said["name"], said.get("contact", ""), said.get("area", ""))


def _needs(told: Story) -> Iterator[NeedRow]:
    hidden = register().kind["individual-need"].hidden
    for id, said in _entered(told, "individual-need"):
        yield NeedRow(id, said["need"], said.get("detail", ""), said.get("done", ""), hidden(said))


def _left_words(day: date, how: str | None) -> str:
    if how == "died":
        return f"Died on {say(day)}."
    return f"{(how or 'left').capitalize() if how != 'other' else 'Left'} on {say(day)}."


def _stands(told: Story) -> list[str]:
    """What is settled and changes everything else: that they have left, a hold, whom they are linked with."""
    said = []
    if told.case.gone:
        left, how = told.held.get("left"), told.held.get("left-how")
        here_once = left is not None and left.value is not None
        words = _left_words(told.case.gone, how.value if how else None)
        said.append(words if here_once else "Announced on recall; not here.")
    if held_by_programme(told):
        said.append("Transfer is held: an accredited programme is running here until it ends.")
    return said + [
        f"Linked with {event.key}: one person under two numbers."
        for event in told.case.events
        if event.kind == p.SAME and event.fields.get("same") == "yes"
    ]


def _notes(told: Story, reading: Reading) -> list[str]:
    """What the case must say of itself: contradictions, a tier too low, an open question, one-sided recording."""
    notes = list(contradictions(reading))
    if words := tier.conflict(reading):
        notes.append(words)
    notes += [f"{asked.reason} ({asked.evidence})" for _, asked in told.questions]
    if told.gone and not told.case.gone:
        notes.append(f"Not in the extract of {say(date.fromisoformat(told.gone.day))}. Has this person left?")
    by_day = sorted(told.contacts, key=lambda one: one[0].effective[:10])
    last = [contact for _, contact in by_day[-5:]]
    if len(last) == 5 and all(contact.concerns and not contact.strengths for contact in last):
        notes.append("The last five entries are all concerns; what is going well?")
    return notes
