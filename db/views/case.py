"""One case: who this is, every duty with its why, facts known and not known, contacts and the timeline."""

from datetime import date

from msgspec.structs import replace

from db import appointments, engine, entries, plan_telling, roles, standing, story
from db import payloads as p
from db.cases import existing
from db.columns import STANDING_COLUMNS
from db.current import store
from db.errors import Invalid
from db.overrides import overrides_in_force
from db.planning import OBJECTIVE
from db.recall_story import told_row
from db.rows import Actor, CaseDetail, ContactRow, DutyRow, FactRow, TimelineRow
from db.story import Story, held_by_programme, moment_of
from db.views.caseload import case_row, columns
from db.views.every import in_order
from db.views.screening import members
from policy import tier
from policy.calendar import day_of
from policy.duties import evaluate
from policy.facts import facts
from policy.moves import moves
from policy.phrases import say
from policy.reading import Reading
from policy.release import contradictions, release_words
from policy.rulebook import Rulebook, rulebook

_KINDS = {
    p.EXTRACT: "extract taken in",
    p.FACT: "fact recorded",
    p.MET: "duty met",
    p.CONCERN: "safety concern",
    p.DEFERRAL: "put off",
    p.WAIVER: "not required",
    p.GONE: "missing from an extract",
    p.QUESTION: "question from an extract",
    p.ACTIVITY: "pathway",
    p.ACTIVITY_SETTLED: "pathway",
    p.REFERRAL: "referral",
    p.SCREENING: "screening",
    p.NEED: "need",
    p.COHORT: "group",
    p.ADVICE: "advice asked for",
    p.MOVE: "movement",
    p.MOVEMENT: "movement",
    p.SAME: "who is the same person",
}
_REVIEW = "objective-review"
_SAME = {"yes": "the same person as", "no": "not the same person as", "": "not said whether the same as"}
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
            tuple(_contact(entry, contact) for entry, contact in reversed(told.contacts)),
            tuple(_timeline(rows, told, book)),
            release_words(evaluation.reading),
            tuple(_notes(told, evaluation.reading)),
            tuple(_stands(told)),
            tuple(one for one in appointments.of_rows(rows) if day_of(one.at) >= day),
            tuple(name for name, standing in groups.items() if standing.member == "yes"),
            tuple(name for name, standing in groups.items() if not standing.member),
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
    known = {event.key: event.fields.get("change", "") for event in told.case.events if event.kind == OBJECTIVE}
    return tuple(
        replace(duty, why=f"“{known[duty.key]}”. {duty.why}") if duty.id == _REVIEW and known.get(duty.key) else duty
        for duty in every
    )


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


def _contact(row: entries.Row, contact: p.ContactPayload) -> ContactRow:
    return ContactRow(
        row.id,
        contact.kind,
        moment_of(row.effective),
        contact.where,
        contact.by or row.by,
        contact.text,
        contact.strengths,
        contact.concerns,
        contact.understood,
        contact.language,
        contact.declined,
        contact.safety,
        contact.meets,
    )


def _timeline(rows: list[entries.Row], story_told: Story, book: Rulebook) -> list[TimelineRow]:
    """The case's story is its rows, newest first; what was taken back says so."""
    undone = {entries.undone_by(row) for row in rows if row.withdrawn and row.source == "undo"}
    contacts = {row.id: contact for row, contact in story_told.contacts}
    told = []
    for row in reversed(rows):
        if row.withdrawn:
            continue
        kind, summary, text = _told(row, contacts.get(row.id), book)
        if row.id in undone:
            summary += " (undone)"
        moment, day = moment_of(row.effective), day_of(moment_of(row.day))
        told.append(TimelineRow(row.id, kind, moment, day, row.by, summary, text))
    return told


def _told(row: entries.Row, contact: p.ContactPayload | None, book: Rulebook) -> tuple[str, str, str]:
    if row.kind == p.CONTACT:
        contact = contact or p.unpack(row.payload, p.ContactPayload)
        declined = ", declined" if contact.declined else ""
        return contact.kind, f"{contact.kind}{declined}", contact.text
    if row.kind in p.RECALL_KINDS:
        return "recall", *told_row(row)
    if (planned := plan_telling.told(row)) is not None:
        return planned
    kind = _KINDS.get(row.kind, row.kind)
    if row.kind == p.APPOINTMENT:
        booked = p.unpack(row.payload, p.AppointmentPayload)
        summary = f"{booked.what}, {say(moment_of(row.effective))}"
        return kind, f"called off: {summary}" if booked.off else summary, booked.off or booked.others
    if row.kind == p.FACT:
        fact = p.unpack(row.payload, p.FactPayload)
        return kind, f"{facts()[row.key].label}: {fact.value or 'not known'}", fact.why
    if row.kind == p.MET:
        rule = book.rules.get(row.key.partition(":")[0])
        met = p.unpack(row.payload, p.MetPayload)
        text = "; ".join(f"{name}: {value}" for name, value in met.fields.items())
        return kind, rule.text.title if rule else row.key, text
    if row.kind in (p.DEFERRAL, p.WAIVER):
        payload = p.unpack(row.payload, dict[str, str])
        return kind, f"{kind}: {row.key}", payload.get("why", "")
    if row.kind == p.QUESTION:
        asked = p.unpack(row.payload, p.QuestionPayload)
        return kind, asked.reason, asked.evidence
    if row.kind in _OF_PATHWAYS:
        return kind, *_pathway_words(row)
    if row.kind in (p.MOVE, p.MOVEMENT):
        moved = p.unpack(row.payload, p.MovementPayload)
        return kind, moved_words(moved), "; ".join(one for one in (moved.why, moved.note) if one)
    if row.kind == p.SAME:
        same = p.unpack(row.payload, p.SamePayload)
        return kind, f"{_SAME[same.same]} {row.key}", same.why
    return kind, kind, ""


_OF_PATHWAYS = frozenset({p.ACTIVITY, p.ACTIVITY_SETTLED, p.REFERRAL, p.SCREENING, p.NEED, p.COHORT, p.ADVICE})


def _pathway_words(row: entries.Row) -> tuple[str, str]:
    """What a row of the pathway checklist says, in a line and in full."""
    said = p.unpack(row.payload, dict[str, str])
    match row.kind:
        case p.REFERRAL:
            return f"{said.get('how', '')} to {said.get('to', '')}: {said.get('title', '')}", ""
        case p.SCREENING:
            return f"BCST {row.key[-1]} by {said.get('by', '')}", said.get("said", "")
        case p.NEED:
            return f"{row.key.replace('-', ' ')}: {'a need' if said.get('need') == 'yes' else 'no need'}", said.get(
                "said", ""
            )
        case p.COHORT:
            return f"{row.key.replace('-', ' ')}: {said.get('member', '')}", ""
    status = said.get("status", "").replace("-", " ")
    return f"{said.get('title', '')}{': ' if status else ''}{status}", said.get("words", "")


def moved_words(moved: p.MovementPayload) -> str:
    """A movement in words: `Transferred out: HMP Leeds, not planned`."""
    kind = moves()[moved.what]
    said = kind.told + (f": {moved.to}" if moved.to else "")
    said += {"yes": ", planned", "no": ", not planned"}.get(moved.planned, "")
    return said + (f"; transfer hold broken by {moved.hold}" if moved.hold else "")


def _left_words(day: date, how: str | None) -> str:
    if how == "died":
        return f"Died on {say(day)}."
    return f"{(how or 'left').capitalize() if how != 'other' else 'Left'} on {say(day)}."


def _stands(told: Story) -> list[str]:
    """What is settled and changes everything else: that they have left, and whom they are linked with."""
    said = []
    if told.case.gone:
        left, how = told.held.get("left"), told.held.get("left-how")
        here_once = left is not None and left.value is not None
        words = _left_words(told.case.gone, how.value if how else None)
        said.append(words if here_once else "Announced on recall; not here.")
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
    if held_by_programme(told):
        notes.append("Transfer is held: an accredited programme is running here until it ends.")
    by_day = sorted(told.contacts, key=lambda one: day_of(moment_of(one[0].effective)))
    last = [contact for _, contact in by_day[-5:]]
    if len(last) == 5 and all(contact.concerns and not contact.strengths for contact in last):
        notes.append("The last five entries are all concerns; what is going well?")
    return notes
