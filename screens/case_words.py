"""How a case is told: values of facts in words, ages, and what has to wait until it is revealed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec.structs import replace

from db.rows import Appointment, CaseDetail, ContactRow, DutyRow, FactRow, Role, StaffRow, State, TimelineRow
from policy.fact_words import fact_words
from policy.facts import facts
from widgets.discretion import gives_away
from widgets.plain import harmless
from widgets.words import bare_title, day_of, long_date, whole_months

Names = Mapping[str, str]
"""Staff id → name."""

MINE: Mapping[Role, frozenset[str]] = {
    Role.SUPERVISOR: frozenset({"OS"}),
    Role.ADMINISTRATOR: frozenset({"CA"}),
    Role.MANAGER: frozenset({"OS", "MAN"}),
    Role.INSPECTOR: frozenset({"OS"}),
}
"""Whose duties a reader works on; everybody else's are to be chased."""

READS = "Your role reads; it records nothing."

_KINDS = {
    "extract taken in": "extract",
    "fact recorded": "fact",
    "safety concern": "concern",
    "missing from an extract": "missing",
    "question from an extract": "question",
}
_HIDDEN = "discreet: v shows it"


def names_of(staff: Iterable[StaffRow]) -> Names:
    """Every member of staff's name by id."""
    return {member.id: member.name for member in staff}


def whole_years(born: date, today: date) -> int:
    """Age in complete years."""
    return whole_months(born, today) // 12


def day_in(value: str) -> date | None:
    """The day a kept value names, None where it names none."""
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None


def value_words(fact: str, value: str, names: Names) -> str:
    """A kept value as people say it: dates in full, staff by name, choices without hyphens."""
    if not value:
        return "not known"
    if fact in facts() and facts()[fact].type == "staff":
        return names.get(value, value)
    return fact_words(fact, value)


def said_fact(fact: FactRow, names: Names) -> FactRow:
    """A fact with its value in words."""
    return replace(fact, value=value_words(fact.fact, fact.value, names)) if fact.known else fact


def values(detail: CaseDetail) -> Mapping[str, str]:
    """What is known of a case, in the form the record keeps: fact → value."""
    return {fact.fact: fact.value for fact in detail.facts if fact.known}


def titles(detail: CaseDetail, reveal: bool) -> dict[str, str]:
    """Every duty's title by id and by name."""
    found = {duty.id: bare_title(duty, reveal) for duty in detail.duties}
    return {**found, **{duty.name: bare_title(duty, reveal) for duty in detail.duties}}


def story(detail: CaseDetail, names: Names, reveal: bool) -> Iterator[TimelineRow]:
    """The timeline as it may be shown, newest first: contacts with what was said, discreet entries without."""
    told = titles(detail, reveal)
    told |= {duty.title: bare_title(duty, reveal) for duty in detail.duties}
    labels = {fact.label: fact for fact in detail.facts}
    for entry in detail.timeline:
        row = replace(entry, kind=_KINDS.get(entry.kind, entry.kind), by=names.get(entry.by, entry.by))
        if entry.contact:
            row = _contact(row, entry.contact, told, names)
        else:
            # The reason of a fact stands in its line.
            text = "" if row.kind == "fact" else row.text
            row = replace(row, summary=_summary(row, told, labels, names), text=text)
        yield row if reveal else _masked(row, labels)


def _contact(row: TimelineRow, contact: ContactRow, told: Names, names: Names) -> TimelineRow:
    undone = " (undone)" if row.summary.endswith("(undone)") else ""
    declined = "Declined. " if contact.declined else ""
    summary = harmless(f"{declined}{contact.text}{undone}")
    parts = [contact.text]
    if contact.strengths:
        parts.append(f"Strengths: {contact.strengths}")
    if contact.concerns:
        parts.append(f"Concerns: {contact.concerns}")
    beside = [
        contact.where,
        f"understood: {contact.understood}" if contact.understood else "",
        contact.language,
        "a safety concern was raised" if contact.safety else "",
    ]
    if any(beside):
        parts.append(" · ".join(part for part in beside if part))
    if contact.meets:
        parts.append("Met: " + ", ".join(told.get(name, name) for name in contact.meets))
    return replace(row, by=names.get(contact.by, contact.by), summary=summary, text="\n".join(parts))


def _summary(row: TimelineRow, told: Names, labels: Mapping[str, FactRow], names: Names) -> str:
    """The summary in words: a duty by its title, a value in full, without repeating the kind of entry."""
    summary = row.summary.removeprefix(f"{row.kind}: ")
    bare = summary.removesuffix(" (undone)")
    undone = summary[len(bare) :]
    label, _, value = bare.partition(": ")
    if row.kind == "fact" and label in labels:
        said = names.get(value, value) if facts()[labels[label].fact].type == "staff" else value
        return f"{label}: {said}{f' – {row.text}' if row.text else ''}{undone}"
    return told.get(bare, bare) + undone


def _masked(row: TimelineRow, labels: Mapping[str, FactRow]) -> TimelineRow:
    """The entry without what would give something away to somebody looking on."""
    fact = labels.get(row.summary.partition(":")[0])
    if row.kind == "concern" or (fact is not None and fact.discreet) or gives_away(row.summary):
        return replace(row, kind="discreet" if row.kind == "concern" else row.kind, summary=_HIDDEN, text="")
    return replace(row, text="The rest of it is discreet: v shows it.") if gives_away(row.text) else row


def waiting_words(duties: Iterable[DutyRow]) -> str:
    """How many late, due today and unknown: `3 late, 1 today`."""
    counted = Counter(_COUNTED[duty.state] for duty in duties if duty.state in _COUNTED)
    return ", ".join(f"{number} {word}" for word, number in counted.items())


_COUNTED = {
    State.SAFETY: "safety",
    State.OVERDUE: "late",
    State.TODAY: "today",
    State.WEEK: "in 7 days",
    State.UNKNOWN: "cannot tell",
}


def appointment_words(one: Appointment) -> str:
    """An appointment in a line: `Thu 5 Mar 2026, 10:30  review with P Dunn, visits`."""
    at = f", {one.at:%H:%M}" if isinstance(one.at, datetime) else ""
    others = f" with {one.others}" if one.others else ""
    return f"{long_date(day_of(one.at))}{at}  {one.what}{others}{f', {one.where}' if one.where else ''}"


def scope_words(scope: str) -> str:
    """Whether somebody is in scope, in words."""
    return _SCOPES.get(scope, scope.replace("-", " "))


_SCOPES = {"in": "in scope", "out": "out of scope", "unknown": "scope: cannot tell"}
