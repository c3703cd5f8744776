"""An extract beside the record: who is new, changed, unchanged or gone, field by field, and what has to be asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from db import engine, entries, story
from db import payloads as p
from db.current import store
from db.intake.extracted import Extract, Extracted
from db.recalls import EXPECTED
from db.rows import FieldChange, IntakeLine, Question
from policy.facts import facts
from policy.moves import whereabouts

NEW = "new"
CHANGED = "changed"
UNCHANGED = "unchanged"
GONE = "gone"

_CURRENT = (
    'SELECT e."case", e.id, e.payload, e.kind, e.key FROM entry AS e WHERE e.kind IN (?, ?, ?)'
    " AND NOT e.withdrawn AND NOT EXISTS (SELECT 1 FROM entry AS n WHERE n.replaces = e.id)"
    ' AND e."case" IS NOT NULL'
)


_TAKEN_BACK = (
    'SELECT DISTINCT "case" FROM entry WHERE withdrawn AND source = ? AND kind IN (?, ?, ?) AND "case" IS NOT NULL'
)
_KINDS = (p.EXTRACT, p.GONE, p.QUESTION)


@dataclass(slots=True)
class Known:
    """What the record has of those an intake can change: by number, the row to replace, and what stands.

    `ends`: what a first row replaces of somebody whose extract rows were all taken back.
    """

    extracts: dict[str, tuple[str, str]]
    gone: dict[str, str]
    left: dict[str, str]
    questions: dict[tuple[str, str], tuple[str, str]]
    ends: dict[str, str]
    expected: frozenset[str] = frozenset()
    """Who has left, or was never here, and is expected back on recall: their coming is no surprise."""


def known() -> Known:
    """Read it, in one query; inside a read or a write."""
    away = list(engine.run(store().database, "SELECT number, left_on, recall FROM standing WHERE NOT present"))
    expected = frozenset(row[0] for row in away if row[2] == EXPECTED)
    found = Known({}, {}, {row[0]: row[1] for row in away}, {}, {}, expected)
    taken_back = [str(row[0]) for row in engine.run(store().database, _TAKEN_BACK, ("undo", *_KINDS))]
    again = set(taken_back)
    for case, row, payload, kind, key in engine.run(store().database, _CURRENT, _KINDS):
        if case not in again:
            _keep(found, case, row, payload, kind, key)
    # Where something was undone, what stands is no longer the end of its line.
    for number, rows in entries.of_cases(taken_back):
        found.ends[number] = entries.last_of_line(rows, entries.line(number, p.EXTRACT))
        for row in entries.current(rows):
            if row.kind in _KINDS:
                at = entries.last_of_line(rows, entries.line(number, row.kind, row.key))
                _keep(found, number, at, row.payload, row.kind, row.key)
    return found


def _keep(found: Known, case: str, row: str, payload: str, kind: str, key: str) -> None:
    if kind == p.EXTRACT:
        found.extracts[case] = (row, payload)
    elif kind == p.GONE:
        found.gone[case] = row
    else:
        found.questions[case, key] = (row, payload)


@dataclass(slots=True)
class Person:
    """One person of the extract beside the record."""

    extracted: Extracted
    what: str
    payload: p.ExtractPayload
    before: p.ExtractPayload | None

    @property
    def number(self) -> str:
        """The prisoner number."""
        return self.extracted.number


def compare(extract: Extract, record: Known, already_here: str) -> Iterator[Person]:
    """Everybody the extract has as being here, beside what the record has of them."""
    for one in extract.people:
        if not one.present:
            continue
        held = record.extracts.get(one.number)
        if held is None:
            values = {given.fact: given.value for given in one.values}
            dates = {given.fact: given.effective for given in one.values if given.effective}
            yield Person(one, NEW, p.ExtractPayload(values, dates, already_here), None)
            continue
        before = p.unpack(held[1], p.ExtractPayload)
        after = _merged(one, before, partial=not extract.full or extract.shape == "locations")
        same = after.values == before.values
        yield Person(one, UNCHANGED if same else CHANGED, after, before)


def _merged(one: Extracted, before: p.ExtractPayload, *, partial: bool) -> p.ExtractPayload:
    """What the extracts say now; a report that gives only some fields takes nothing back."""
    values = {given.fact: given.value for given in one.values}
    dates = {given.fact: given.effective for given in one.values if given.effective}
    if partial:
        values = {**before.values, **values}
        dates = {**before.own_dates, **dates}
    return p.ExtractPayload(values, dates, before.already_here)


def gone(extract: Extract, present: set[str], partial: bool) -> list[str]:
    """Who the record has here and a full extract does not; those it says have left, in any extract."""
    named = {one.number for one in extract.people} | {one.number for one in extract.refused}
    left = {one.number for one in extract.people if not one.present and one.number in present}
    missing = {number for number in present if number not in named} if extract.full and not partial else set()
    return sorted(left | missing)


def line_of(person: Person) -> IntakeLine:
    """What an intake does to one person, field by field."""
    before: Mapping[str, str] = person.before.values if person.before else {}
    after = person.payload.values
    changes = tuple(
        FieldChange(name, fact.label, before.get(name, ""), after.get(name, ""))
        for name, fact in facts().items()
        if before.get(name) != after.get(name)
    )
    name = f"{after.get('surname', '')} {after.get('forenames', '')}".strip()
    return IntakeLine(person.number, name, person.what, changes)


def corrections_in_question(people: Iterable[Person], record: Known, today: date) -> Iterator[Question]:
    """Corrections by hand the extract's own value now speaks against, of people it changes or who are asked about."""
    asked = {number for number, _ in record.questions}
    wanted = {one.number: one for one in people if one.before and (one.what == CHANGED or one.number in asked)}
    for number, rows in entries.of_cases(wanted):
        values = wanted[number].payload.values
        told = story.read(number, rows, today).held
        if again := _back_again(number, told, values):
            yield again
        for name, held in told.items():
            said = values.get(name)
            follows = name in facts() and facts()[name].follows
            if follows or not held.by_hand or not story.disputes(said, held.over, held.value):
                continue
            if story.begins_anew(told, name, said):
                continue
            label = facts()[name].label
            yield Question(
                number,
                label,
                f"{label} was corrected by hand; the extract has changed since. The correction stands until you say.",
                f"by hand: {held.value or 'not known'}; extract: {said}, before: {held.over or 'not given'}",
            )


def _back_again(number: str, told: Mapping[str, story.Held], values: Mapping[str, str]) -> Question | None:
    """Whether somebody whose clocks stand still is here again by this extract: nothing would start them otherwise."""
    away = told.get("away")
    if away is None or away.value in (None, "no") or whereabouts(True, values.get("status", "")) != "here":
        return None
    where = str(away.value).replace("-", " ")
    reason = f"Recorded as {where}, so clocks stand still; the extract has them here. Are they back, and since when?"
    return Question(number, "away", reason, f"{values.get('status', '')}, cell {values.get('cell', 'not given')}")
