"""A case's story is its rows: what each of them says, in a line and in full; and the contacts among them.

There may be hundreds, and a screen shows a few: each is put into words when it is looked at.
"""

from collections.abc import Sequence

from db import entries, plan_telling
from db import payloads as p
from db.made import Made
from db.recall_story import told_row
from db.rows import ContactRow, TimelineRow
from db.story import moment_of
from policy.calendar import day_of
from policy.catalogue import catalogue
from policy.cohorts import cohorts
from policy.fact_words import fact_words
from policy.facts import facts
from policy.moves import moves
from policy.phrases import say
from policy.rule_text import AskField
from policy.rulebook import Rulebook

Contact = tuple[entries.Row, p.ContactPayload]

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
_SAME = {"yes": "the same person as", "no": "not the same person as", "": "not said whether the same as"}
_OF_PATHWAYS = frozenset({p.ACTIVITY, p.ACTIVITY_SETTLED, p.REFERRAL, p.SCREENING, p.NEED, p.COHORT, p.ADVICE})


def read(
    rows: Sequence[entries.Row], contacts: Sequence[Contact], book: Rulebook
) -> tuple[Sequence[ContactRow], Sequence[TimelineRow]]:
    """The contacts, the last recorded first, and the story, the newest first; what was taken back says so.

    Of one day, what has no time counts as its end.
    """
    taken_back: set[str | None] = set()
    known: dict[str, p.ContactPayload] = {}

    def in_order() -> Sequence[entries.Row]:
        taken_back.update(entries.undone_by(row) for row in rows if row.withdrawn and row.source == "undo")
        known.update((row.id, contact) for row, contact in contacts)
        story = [row for row in reversed(rows) if not row.withdrawn]
        return sorted(story, key=lambda row: (row.effective[:10], row.effective[11:] or "99"), reverse=True)

    def told(row: entries.Row) -> TimelineRow:
        contact = known.get(row.id)
        said = _contact((row, contact)) if contact else None
        if row.kind == p.CONTACT:
            kind, summary, text = _contact_words(contact or p.unpack(row.payload, p.ContactPayload))
        else:
            kind, summary, text = _words(row, book)
        if row.id in taken_back:
            summary += " (undone)"
        moment, day = moment_of(row.effective), day_of(moment_of(row.day))
        return TimelineRow(row.id, kind, moment, day, row.by, summary, text, said)

    return Made(lambda: contacts[::-1], _contact), Made(in_order, told)


def _contact(one: Contact) -> ContactRow:
    row, contact = one
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


def _contact_words(contact: p.ContactPayload) -> tuple[str, str, str]:
    return contact.kind, f"{contact.kind}{', declined' if contact.declined else ''}", contact.text


def _words(row: entries.Row, book: Rulebook) -> tuple[str, str, str]:
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
        said = fact_words(row.key, fact.value) if fact.value else "not known"
        return kind, f"{facts()[row.key].label}: {said}", fact.why
    if row.kind == p.MET:
        rule = book.rules.get(row.key.partition(":")[0])
        met = p.unpack(row.payload, p.MetPayload)
        asked = {ask.name: ask for ask in rule.text.asks} if rule else {}
        text = "; ".join(_answer(asked.get(name), name, value) for name, value in met.fields.items())
        return kind, rule.text.title if rule else row.key, text
    if row.kind in (p.DEFERRAL, p.WAIVER):
        payload = p.unpack(row.payload, dict[str, str])
        return kind, f"{kind}: {row.key}", payload.get("why", "")
    if row.kind == p.QUESTION:
        asked_for = p.unpack(row.payload, p.QuestionPayload)
        return kind, asked_for.reason, asked_for.evidence
    if row.kind in _OF_PATHWAYS:
        return kind, *_pathway_words(row)
    if row.kind in (p.MOVE, p.MOVEMENT):
        moved = p.unpack(row.payload, p.MovementPayload)
        return kind, moved_words(moved), "; ".join(one for one in (moved.why, moved.note) if one)
    if row.kind == p.SAME:
        same = p.unpack(row.payload, p.SamePayload)
        return kind, f"{_SAME[same.same]} {row.key}", same.why
    return kind, kind, ""


def _answer(ask: AskField | None, name: str, value: str) -> str:
    """What a duty's form was told, under the name the form has for it."""
    if ask is None:
        return f"{name.replace('-', ' ')}: {value}"
    if ask.type == "date":
        return f"{ask.label}: {say(moment_of(value))}"
    return f"{ask.label}: {value.replace('-', ' ') if ask.type == 'choice' else value}"


def _pathway_words(row: entries.Row) -> tuple[str, str]:
    """What a row of the pathway checklist says, in a line and in full."""
    said = p.unpack(row.payload, dict[str, str])
    match row.kind:
        case p.REFERRAL:
            return f"{said.get('how', '')} to {said.get('to', '')}: {said.get('title', '')}", ""
        case p.SCREENING:
            return f"BCST {row.key[-1]} by {said.get('by', '')}", said.get("said", "")
        case p.NEED:
            pathway = catalogue().pathway.get(row.key)
            need = "a need" if said.get("need") == "yes" else "no need"
            return f"{pathway.name if pathway else row.key.replace('-', ' ')}: {need}", said.get("said", "")
        case p.COHORT:
            group = cohorts().get(row.key)
            return f"{group.title if group else row.key.replace('-', ' ')}: {said.get('member', '')}", ""
    status = said.get("status", "").replace("-", " ")
    return f"{said.get('title', '')}{': ' if status else ''}{status}", said.get("words", "")


def moved_words(moved: p.MovementPayload) -> str:
    """A movement in words: `Transferred out: HMP Leeds, not planned`."""
    kind = moves()[moved.what]
    said = kind.told + (f": {moved.to}" if moved.to else "")
    said += {"yes": ", planned", "no": ", not planned"}.get(moved.planned, "")
    return said + (f"; transfer hold broken by {moved.hold}" if moved.hold else "")
