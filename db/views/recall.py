"""Recall: everybody recalled or expected back, and everything about one person's recalls."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from db import engine, entries, recall_story, roles, story
from db import payloads as p
from db.cases import existing
from db.commands.recall import fill_turn
from db.commands.work import Work
from db.current import store
from db.entries import Row
from db.overrides import overrides_in_force
from db.recall_start import check, fill
from db.recalls import (
    EXPECTED,
    IN_EXTRACT,
    Does,
    Notice,
    RecallCase,
    RecallFilter,
    RecallLine,
    RecallRow,
    RecallStep,
)
from db.rows import Actor, DutyRow, State
from db.views import duties as stored
from db.views.every import in_order
from db.views.recall_past import past_release
from policy import urgency
from policy.duties import Evaluation, evaluate
from policy.recall_words import Moment, recall_words
from policy.release import contradictions, release_words
from policy.rulebook import rulebook

JUST_BACK = timedelta(days=28)
NEAR_RELEASE = timedelta(weeks=12)
CLEAR = 9
_CHUNK = 400


# --- one person -------------------------------------------------------------------------------------------------------


def recall_case(actor: Actor, number: str, today: date, as_at: date | None = None) -> RecallCase:
    """Everything about a person's recalls. Raises NotFound, Invalid (not a prisoner number)."""
    roles.check_reads(actor)
    day = as_at or today
    with store().read():
        number = existing(number)
        rows = entries.of_case(number, as_at.isoformat() if as_at else None)
        told = story.read(number, rows, day)
        evaluation = evaluate(told.case, day, rulebook(overrides_in_force(as_at)), every=True)
        return case_of(number, rows, told, evaluation, day)


def case_of(number: str, rows: list[Row], told: story.Story, evaluation: Evaluation, day: date) -> RecallCase:
    """Everything about a person's recalls, from their rows as evaluated."""
    reading = evaluation.reading
    found = recall_story.recalls(told, reading, rows)
    now = found.pop() if found and found[-1].open else None
    release = reading.day("release")
    key = now.key if now else ""
    came = reading.day("arrival") if reading.ask("transferred-in").value == "yes" else None
    decided = recall_story.decisions(rows, now.returned) if now and now.returned else ()
    return RecallCase(
        number,
        now,
        tuple(reversed(found)),
        _steps(rows, in_order(evaluation.duties, day), now.returned, came) if now and now.returned else (),
        recall_story.papers(rows, key, now.type) if now else (),
        recall_story.barriers(rows, key) if now else (),
        recall_story.kept(rows, key) if now else (),
        decided,
        release,
        release_words(reading),
        (
            *contradictions(reading),
            *(f"{asked.reason} ({asked.evidence})" for row, asked in told.questions if row.key == "recall"),
        ),
        _prompts(now, release, bool(decided and decided[0].what == "proposal"), day),
        reading.day("sentence-expiry"),
    )


def _steps(rows: Iterable[Row], owed: Iterable[DutyRow], returned: date, came: date | None) -> tuple[RecallStep, ...]:
    """Every step that applies, in the order of the strip, with what was recorded when it was last done.

    `came`: the day they came here from another prison, where they did.
    """
    by_duty: dict[str, list[DutyRow]] = {}
    for duty in owed:
        by_duty.setdefault(duty.id, []).append(duty)
    done, contacts = _recorded(rows, returned)
    found = []
    for step in recall_words().step:
        for duty in by_duty.get(step.duty, ()):
            if duty.state is State.NOT_APPLICABLE:
                continue
            told = _step(duty, step.letter, step.says, done.get(duty.name, []), contacts)
            before = came is not None and duty.met_on is not None and duty.met_on < came
            found.append(replace(told, elsewhere=before))
    return tuple(found)


def _recorded(
    rows: Iterable[Row], returned: date
) -> tuple[dict[str, list[tuple[Row, p.MetPayload]]], dict[str, p.ContactPayload]]:
    """What was recorded of recall steps since the return (of a warning: ever), and every contact by its row."""
    done: dict[str, list[tuple[Row, p.MetPayload]]] = {}
    contacts: dict[str, p.ContactPayload] = {}
    for row in entries.current(rows):
        if row.kind == p.CONTACT:
            contacts[row.id] = p.unpack(row.payload, p.ContactPayload)
        elif row.kind == p.MET and row.key.startswith("recall-"):
            warned = row.key == "recall-warned"
            if (row.effective[:10] >= returned.isoformat()) != warned:
                done.setdefault(row.key, []).append((row, p.unpack(row.payload, p.MetPayload)))
    return done, contacts


def _step(
    duty: DutyRow,
    letter: str,
    says: str,
    records: list[tuple[Row, p.MetPayload]],
    contacts: Mapping[str, p.ContactPayload],
) -> RecallStep:
    if not records:
        return RecallStep(duty, letter, says)
    row, met = max(records, key=lambda one: one[0].effective)
    contact = contacts.get(met.contact)
    given = dict(met.fields)
    said = given.pop("said", "") or (contact.text if contact else "")
    understood = given.pop("understood", "") or (contact.understood if contact else "")
    by = contact.by if contact and contact.by else row.by
    checked = given.pop("checked", "")
    return RecallStep(duty, letter, says, by, said, understood, checked, tuple(given.items()), len(records))


def _prompts(now: RecallRow | None, release: date | None, proposed: bool, today: date) -> tuple[str, ...]:
    """The prompts that fit this moment: just back, waiting, around release."""
    if now is None:
        return ()
    moments: set[Moment] = set()
    if now.returned is None or today - now.returned <= JUST_BACK:
        moments.add("return")
    else:
        moments.add("waiting")
    if proposed or (release and release - today <= NEAR_RELEASE):
        moments.add("release")
    return tuple(one.id for one in recall_words().prompt if moments & set(one.moments))


def preview(actor: Actor, number: str, notice: Notice, today: date) -> tuple[Does, ...]:
    """What starting re-engagement would do, line by line; nothing is written.

    Raises Invalid, NotFound, NotAllowed as the command itself.
    """
    roles.check(actor, "work")
    check(notice, today)
    with store().read():
        return tuple(fill(Work(actor, existing(number), "preview", today), notice))


def preview_turn(
    actor: Actor, number: str, kind: str, today: date, on: date, days: str = "", release: date | None = None
) -> tuple[Does, ...]:
    """Which dates turning the recall into another type would move; nothing is written. Raises as the command."""
    roles.check(actor, "work")
    with store().read():
        return tuple(fill_turn(Work(actor, existing(number), "preview", today), kind, "preview", on, days, release))


# --- everybody --------------------------------------------------------------------------------------------------------


def recalls(actor: Actor, wanted: RecallFilter, today: date) -> tuple[RecallLine, ...]:
    """Everybody recalled or expected back, and those whose signals disagree; the most pressing first."""
    roles.check_reads(actor)
    with store().read():
        found = list(engine.run(store().database, _LISTED))
        numbers = [str(row[0]) for row in found]
        owed = _owed(numbers, today)
        own = _own_rows(numbers)
        past = past_release(today)
        lines = [_line(row, owed[str(row[0])], own[str(row[0])], past.get(str(row[0]))) for row in found]
    kept = [line for line in lines if _wanted(line, wanted, actor)]
    return tuple(sorted(kept, key=_order))


_LISTED = (
    "SELECT number, surname, forenames, place, supervisor, recall, release_date, present FROM standing"
    " WHERE recall = 'expected' OR (present AND recall IS NOT NULL AND recall <> 'no')"
    ' OR (present AND recall IS NULL AND EXISTS (SELECT 1 FROM entry AS e WHERE e."case" = number'
    " AND e.kind = 'question' AND e.key = 'recall' AND NOT e.withdrawn"
    " AND NOT EXISTS (SELECT 1 FROM entry AS n WHERE n.replaces = e.id)))"
)


def _owed(numbers: list[str], today: date) -> dict[str, list[DutyRow]]:
    """Their stored recall duties, settled ones too."""
    found: dict[str, list[DutyRow]] = {number: [] for number in numbers}
    texts: dict[str, str] = {}
    for part in _parts(numbers):
        marks = ", ".join("?" * len(part))
        sql = f'SELECT {stored.columns()} FROM duty WHERE "case" IN ({marks}) AND duty >= ? AND duty < ?'
        for row in engine.run(store().database, sql, [*part, "recall-", "recall."]):
            found[str(row[17])].append(stored.row_of(row, today, texts))
    for own in found.values():
        own.sort(key=stored.urgency_key)
    return found


def _own_rows(numbers: list[str]) -> dict[str, list[Row]]:
    """Their rows about recalls, and questions about one."""
    found: dict[str, list[Row]] = {number: [] for number in numbers}
    kinds = (p.RECALL, p.RECALL_BARRIER, p.QUESTION)
    for part in _parts(numbers):
        for row in entries.of_kinds(part, kinds):
            found[row.case or ""].append(row)
    return found


def _parts(numbers: list[str]) -> Iterable[list[str]]:
    return (numbers[start : start + _CHUNK] for start in range(0, len(numbers), _CHUNK))


def _line(row: tuple[object, ...], owed: list[DutyRow], own: list[Row], past: date | None) -> RecallLine:
    number, surname, forenames, place, supervisor, kind, release, present = row
    key = recall_story.open_key(own)
    said = recall_story.fields(recall_story.lines_of(own)[key][-1]) if key else {}
    expected = kind == EXPECTED
    returned = None if expected else _returned(owed)
    question = ""
    if kind is None:
        question = "; ".join(
            p.unpack(one.payload, p.QuestionPayload).evidence
            for one in entries.current(own)
            if one.kind == p.QUESTION and one.key == "recall"
        )
    stage = EXPECTED if expected else said.get("stage", IN_EXTRACT)
    current = {duty.id: duty for duty in reversed(owed)}  # of several of one kind the most urgent
    still = [] if expected or question else sorted((duty for duty in owed if duty.live), key=_soonest)
    return RecallLine(
        str(number),
        str(surname),
        str(forenames),
        str(place) if present else "",
        str(supervisor or ""),
        IN_EXTRACT if stage == EXPECTED and not expected else stage,
        said.get("type", "") if expected else str(kind or ""),
        _days(said, owed, returned),
        returned,
        date.fromisoformat(str(release)) if release and not expected else None,
        () if expected or question else tuple(_state(current.get(step.duty)) for step in recall_words().step),
        tuple(owed),
        still[0] if still else None,
        sum(one.removed is None for one in recall_story.barriers(own, key or "1")),
        question,
        past,
    )


def _soonest(duty: DutyRow) -> tuple[int, date, str]:
    """Steps by how pressing they are, then by their day."""
    key = stored.urgency_key(duty)
    return key[0], key[2], key[3]


def _state(duty: DutyRow | None) -> State:
    return duty.state if duty else State.NOT_APPLICABLE


def _returned(owed: list[DutyRow]) -> date | None:
    """The day of return: what the first talk opens on."""
    return next((duty.opens for duty in owed if duty.id == "recall-distress"), None)


def _days(said: Mapping[str, str], owed: list[DutyRow], returned: date | None) -> str:
    """The length of a fixed term: as recorded, else as its end has it."""
    if said.get("days"):
        return said["days"]
    end = next((duty.due for duty in owed if duty.id == "recall-release"), None)
    if end is None or returned is None:
        return ""
    days = (date.fromisoformat(end.isoformat()[:10]) - returned).days + 1
    return str(days) if days in (14, 28) else ""


def _wanted(line: RecallLine, wanted: RecallFilter, actor: Actor) -> bool:
    if wanted.who == "mine" and line.supervisor not in ("", actor.staff):
        return False
    if wanted.type and line.type != wanted.type:
        return False
    pressing = (State.OVERDUE, State.TODAY, State.SAFETY)
    late = line.past is not None or (line.next is not None and line.next.state in pressing)
    only = {
        "": True,
        "late": late,
        "expected": line.stage == EXPECTED,
        "not-started": line.stage == IN_EXTRACT,
        "barriers": line.barriers > 0,
        "question": bool(line.question),
    }
    return only.get(wanted.only, True)


def _order(line: RecallLine) -> tuple[int, date, str]:
    """By the step that is next, a release not recorded first; to ask about and expected stand as cannot tell does."""
    if line.past:
        return urgency.rank("overdue", "mandatory") or 0, date.min, line.number
    if line.question or line.stage == EXPECTED:
        return urgency.RANKS["unknown"], date.min if line.question else date.max, line.number
    if line.next is None:
        return CLEAR, date.max, line.number
    rank, day, _ = _soonest(line.next)
    return rank, day, line.number
