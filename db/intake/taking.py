"""Taking in an extract: previewed first, then written in one transaction, with a backup before it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from db import audit, backup, engine, entries, roles, standing, story
from db import payloads as p
from db.current import desk, store
from db.entries import Row
from db.errors import Invalid
from db.intake import comparing
from db.intake.comparing import CHANGED, GONE, NEW, UNCHANGED, Known, Person
from db.intake.extracted import Extract
from db.intake.reading import read_extract
from db.rows import Actor, Intake, IntakeLine, Question

ALREADY_HERE = ("file", "late")
_LARGEST = 1 << 30
_REFUSALS_KEPT = 500


@dataclass(slots=True)
class _Plan:
    extract: Extract
    record: Known
    people: list[Person]
    gone: list[str]
    first: bool
    names: dict[str, str]
    corrections: tuple[Question, ...]


def preview(actor: Actor, file: Path, today: date, partial: bool = False) -> Intake:
    """What taking in `file` would do; writes nothing. Raises Invalid for a file that is no extract, NotAllowed."""
    roles.check(actor, "intake")
    with store().read():
        return _intake(file, _plan(_read(file, today), partial, "", today))


def take_in(
    actor: Actor,
    file: Path,
    today: date,
    partial: bool = False,
    strict: bool = False,
    already_here: str = "file",
) -> Intake:
    """Take in an extract: everybody who is not refused, in one transaction, after a backup.

    `partial`: nobody is gone. `strict`: one refusal, and nothing is written. `already_here` answers the first
    intake's question: duties due before today of people here before it are to be checked in the file, or late.
    Raises Invalid for a file that is no extract, NotAllowed, RecordBusy, DiskFull.
    """
    roles.check(actor, "intake")
    if already_here not in ALREADY_HERE:
        raise Invalid(f"Already here is {' or '.join(ALREADY_HERE)}; “{already_here}” is not.")
    extract = _read(file, today)
    if strict and extract.refused:
        with store().read():
            return replace(_intake(file, _plan(extract, partial, already_here, today)), written=False)
    with store().read():
        plan = _plan(extract, partial, already_here, today)
    if _idle(plan):
        return replace(_intake(file, plan), written=True)
    backup.make(store())
    with store().write():
        plan = _plan(extract, partial, already_here, today)
        done = _intake(file, plan)
        _write(actor, done, plan, today)
    return replace(done, written=True)


def _read(file: Path, today: date) -> Extract:
    try:
        if file.stat().st_size > _LARGEST:
            raise Invalid(f"{file.name} is larger than a gigabyte, so it is no extract. Nothing was taken in.")
        data = file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file} cannot be read: {error.strerror or 'it is not there'}. Nothing was taken in.") from error
    return read_extract(data, today, store().about().get("code", ""))


def _plan(extract: Extract, partial: bool, already_here: str, today: date) -> _Plan:
    record = comparing.known()
    sql = "SELECT number, surname, forenames FROM standing WHERE present"
    names = {row[0]: f"{row[1]} {row[2]}".strip() for row in engine.run(store().database, sql)}
    first = not entries.current(entries.of_kind(p.INTAKE))
    people = list(comparing.compare(extract, record, already_here if first else ""))
    gone = comparing.gone(extract, set(names), partial)
    corrections = tuple(comparing.corrections_in_question(people, record, today))
    return _Plan(extract, record, people, gone, first, names, corrections)


def _idle(plan: _Plan) -> bool:
    """Whether there is nothing an intake would write."""
    asked = all(number in plan.record.gone for number in plan.gone)
    known = {(one.number, one.about): one for one in _questions(plan) if one.about != "gone"}
    asked = asked and known.keys() == plan.record.questions.keys() and not plan.record.left
    asked = asked and all(_same(one, plan.record.questions[key][1]) for key, one in known.items())
    return asked and all(person.what == UNCHANGED for person in plan.people) and not plan.first


def _intake(file: Path, plan: _Plan) -> Intake:
    by_what = {what: sum(person.what == what for person in plan.people) for what in (NEW, CHANGED, UNCHANGED)}
    lines = [comparing.line_of(person) for person in plan.people if person.what != UNCHANGED]
    lines += [IntakeLine(number, plan.names[number], GONE, ()) for number in plan.gone]
    return Intake(
        file.name,
        plan.extract.rows,
        by_what[NEW],
        by_what[CHANGED],
        by_what[UNCHANGED],
        len(plan.gone),
        plan.extract.skipped + sum(not one.present and one.number not in plan.names for one in plan.extract.people),
        tuple(lines),
        plan.extract.refused,
        tuple(one for one in _questions(plan) if not _answered(one, plan.record)),
        plan.first,
        notes=plan.extract.notes,
    )


def _questions(plan: _Plan) -> list[Question]:
    asked: list[Question] = list(plan.corrections)
    for person in plan.people:
        asked.extend(person.extracted.questions)
        left = plan.record.left.get(person.number)
        if left and person.number not in plan.record.expected:
            reason = "Recorded as having left, and in the extract again. Taken back onto the caseload; check it."
            asked.append(Question(person.number, "left", reason, f"left {left}"))
    for one in plan.extract.people:
        if not one.present:
            asked.extend(one.questions)
    for number in plan.gone:
        reason = f"{plan.names[number]} is not in this extract, or it has them as away. Have they left, and when?"
        asked.append(Question(number, "gone", reason, "here at the last intake"))
    return asked


def _same(question: Question, payload: str) -> bool:
    """Whether this is what was asked before, on the same evidence."""
    held = p.unpack(payload, p.QuestionPayload)
    return (held.reason, held.evidence) == (question.reason, question.evidence)


def _answered(question: Question, record: Known) -> bool:
    """Whether the same was asked before, on the same evidence, and somebody has answered it."""
    held = record.questions.get((question.number, question.about))
    return held is not None and bool(p.unpack(held[1], p.QuestionPayload).answer) and _same(question, held[1])


class _Writing:
    """The rows of one intake, as they are gathered."""

    def __init__(self, actor: Actor, today: date) -> None:
        self.actor = actor
        self.today = today.isoformat()
        self.command = entries.new_id()
        self._ids = entries.new_ids()
        self.at = audit.next_stamp(store())
        self.rows: list[Row] = []

    def add(
        self, case: str | None, kind: str, key: str, payload: str, replaces: str | None, withdrawn: bool = False
    ) -> None:
        who = self.actor
        identity = next(self._ids)
        row = Row(identity, case, kind, key, self.today, self.today, self.at, who.staff, who.terminal, "extract",
                  replaces, withdrawn, self.command, payload, False)  # fmt: skip
        self.rows.append(row)


def _write(actor: Actor, done: Intake, plan: _Plan, today: date) -> None:
    writing = _Writing(actor, today)
    touched = []
    for person in plan.people:
        number = person.number
        if person.what != UNCHANGED:
            held = plan.record.extracts.get(number)
            at = held[0] if held else plan.record.ends.get(number) or entries.line(number, p.EXTRACT)
            writing.add(number, p.EXTRACT, "", p.pack(person.payload), at)
            touched.append(number)
        if asked := plan.record.gone.get(number):
            writing.add(number, p.GONE, "", "{}", asked, withdrawn=True)
            touched.append(number)
        if number in plan.record.left:
            _take_back_answers(writing, person, plan.record.left[number], today)
            writing.add(number, p.FACT, "left", p.pack(p.FactPayload()), _next(number, p.FACT, "left"))
            touched.append(number)
    for number in plan.gone:
        if number not in plan.record.gone:
            payload = p.pack(p.GonePayload(today.isoformat()))
            writing.add(number, p.GONE, "", payload, _next(number, p.GONE, ""))
            touched.append(number)
    touched += _write_questions(writing, plan)
    if not writing.rows and not plan.first:
        return
    outcome = p.IntakePayload(done.file, plan.extract.shape, done.rows, done.new, done.changed, done.unchanged,
                              done.gone, done.skipped, len(done.refused), plan.extract.full,
                              tuple(p.RefusedPayload(one.line, one.number, one.field, one.reason)
                                    for one in done.refused[:_REFUSALS_KEPT]))  # fmt: skip
    writing.add(None, p.INTAKE, "", p.pack(outcome), None)
    entries.insert(writing.rows)
    known = plan.names.keys() | plan.record.left.keys()
    fresh = {person.number for person in plan.people if person.what == NEW and person.number not in known}
    standing.rebuild([number for number in dict.fromkeys(touched) if number in fresh], today, fresh=True)
    standing.rebuild([number for number in dict.fromkeys(touched) if number not in fresh], today)
    digest, count = audit.digest_rows(writing.rows)
    line = audit.Line(actor.staff, actor.terminal, "take in an extract", today.isoformat(), None, writing.command,
                      digest, count, detail=f"{done.new} new, {done.changed} changed")  # fmt: skip
    audit.append(store(), line)
    desk().done.append((writing.command, f"intake of {done.file}"))


def _take_back_answers(writing: _Writing, person: Person, left: str, today: date) -> None:
    """What a screening found in an earlier custody is not known of the one that begins more than six months on."""
    begun = person.payload.values.get("custody-start", "")[:10]
    if not left or begun < left:
        return
    number = person.number
    held = story.read(number, entries.of_case(number), today).held
    for name in story.outlived(held, date.fromisoformat(begun), date.fromisoformat(left)):
        payload = p.pack(p.FactPayload(None, held[name].extract))
        writing.add(number, p.FACT, name, payload, _next(number, p.FACT, name))


def _next(number: str, kind: str, key: str) -> str:
    return entries.last_of_line(entries.of_case(number), entries.line(number, kind, key))


def _write_questions(writing: _Writing, plan: _Plan) -> list[str]:
    """Ask what is new, and take back what the extract no longer asks of somebody in it."""
    touched = []
    asked = {(one.number, one.about): one for one in _questions(plan) if one.about != "gone"}
    people = {one.number for one in plan.extract.people}
    here = {person.number for person in plan.people}
    for (number, about), question in asked.items():
        if number not in plan.record.extracts and number not in here:
            continue  # nobody the record knows
        payload = p.pack(p.QuestionPayload(question.reason, question.evidence))
        held = plan.record.questions.get((number, about))
        if held is None or not _same(question, held[1]):
            at = held[0] if held else _next(number, p.QUESTION, about)
            writing.add(number, p.QUESTION, about, payload, at)
            touched.append(number)
    for (number, about), (row, _) in plan.record.questions.items():
        if number in people and (number, about) not in asked:
            writing.add(number, p.QUESTION, about, "{}", row, withdrawn=True)
            touched.append(number)
    return touched
