"""The intakes there were: who, when, what each changed; and whether one can still be undone."""

from collections.abc import Mapping, Sequence
from datetime import date

from db import entries, roles
from db import payloads as p
from db.clock import read_stamp
from db.current import store
from db.entries import Row
from db.moving import Taken, TakenDetail
from db.rows import Actor, FieldChange, IntakeLine, Question, Refused
from db.staff import name_of
from policy.facts import facts

_COUNTS = ("rows", "new", "changed", "unchanged", "gone", "skipped", "refused")


def intakes(actor: Actor) -> tuple[Taken, ...]:
    """Every intake, the newest first; those that were undone say by whom."""
    roles.check(actor, "intake")
    with store().read():
        rows = entries.of_kind(p.INTAKE)
        names = {identity: name_of(identity) for identity in {row.by for row in rows}}
    undone = {entries.undone_by(row): names[row.by] for row in rows if row.withdrawn}
    return tuple(_taken(row, names[row.by], undone.get(row.id, "")) for row in reversed(rows) if not row.withdrawn)


def intake_detail(actor: Actor, command: str) -> TakenDetail | None:
    """What one intake changed, and why it cannot be undone, if it cannot; None where there is none."""
    roles.check(actor, "intake")
    taken = next((one for one in intakes(actor) if one.command == command), None)
    if taken is None:
        return None
    with store().read():
        rows = entries.of_command(command)
        before = dict(entries.of_cases(dict.fromkeys(row.case for row in rows if row.case)))
    why = f"It was undone by {taken.undone}." if taken.undone else built_on(rows, before)
    questions = [
        Question(row.case or "", row.key, asked.reason, asked.evidence)
        for row in rows
        if row.kind == p.QUESTION and not row.withdrawn
        for asked in [p.unpack(row.payload, p.QuestionPayload)]
    ]
    left_out = [
        Refused(one.line, one.number, one.field, "", one.reason)
        for row in rows
        if row.kind == p.INTAKE
        for one in p.unpack(row.payload, p.IntakePayload).refusals
    ]
    return TakenDetail(taken, tuple(_lines(rows, before)), tuple(questions), tuple(left_out), why)


def built_on(rows: Sequence[Row], before: Mapping[str, Sequence[Row]]) -> str:
    """Why an intake can no longer be undone, in a sentence; "" where nothing was built on it.

    Built on it: somebody who began with it has more recorded since; a later row follows one of its own; a fact it
    changed, or whether somebody has left, was recorded by hand since.
    """
    mine: dict[str | None, list[Row]] = {}
    for row in rows:
        mine.setdefault(row.case, []).append(row)
    for row in rows:
        if row.case is None:
            continue
        known = before.get(row.case, ())
        counting = entries.live(known)
        later = [one for one in counting if one.recorded > row.recorded and not _is_of(one, mine[row.case])]
        if any(one.replaces and _follows(one, row.id, known) for one in later):
            return f"Something has been built on it: {_who(known)} was changed again since."
        if row.kind == p.EXTRACT and not row.withdrawn:
            if later and not any(one.recorded < row.recorded for one in counting):
                return f"Something has been built on it: more was recorded about {_who(known)} since."
            touched = {change.fact for change in _changes(row, known)}
            if any(one.kind == p.FACT and one.key in touched for one in later):
                return f"Something has been built on it: a fact of {_who(known)} was recorded by hand since."
        elif row.kind == p.GONE and any(one.kind == p.FACT and one.key == "left" for one in later):
            return f"Something has been built on it: {_who(known)} was recorded as having left since."
    return ""


def _is_of(one: Row, rows: Sequence[Row]) -> bool:
    """Whether a row is one of these, or says one of them again."""
    return any(one.id == row.id or entries.says_again(one, row) for row in rows)


def _follows(row: Row, of: str, known: Sequence[Row]) -> bool:
    """Whether a row comes after another in its line, over whatever was taken back between."""
    before = {one.id: one.replaces for one in known}
    at = row.replaces
    while at in before:
        if at == of:
            return True
        at = before[at]
    return False


def _taken(row: Row, by: str, undone: str) -> Taken:
    payload = p.unpack(row.payload, p.IntakePayload)
    counts = {name: getattr(payload, name) for name in _COUNTS}
    day = date.fromisoformat(row.day)
    return Taken(row.id, row.command, payload.file, read_stamp(row.recorded), day, by, counts, undone)


def _lines(rows: Sequence[Row], before: Mapping[str, Sequence[Row]]) -> list[IntakeLine]:
    found = []
    for row in rows:
        known = before.get(row.case or "", ())
        if row.kind == p.EXTRACT and not row.withdrawn:
            what = "changed" if _previous(row, known) else "new"
            found.append(IntakeLine(row.case or "", _who(known), what, tuple(_changes(row, known))))
        elif row.kind == p.GONE and not row.withdrawn:
            found.append(IntakeLine(row.case or "", _who(known), "gone", ()))
    return found


def _previous(row: Row, known: Sequence[Row]) -> Row | None:
    """The extract's row that stood before this one."""
    earlier = [one for one in known if one.kind == p.EXTRACT and one.recorded < row.recorded]
    standing = entries.live(earlier)
    return standing[-1] if standing else None


def _changes(row: Row, known: Sequence[Row]) -> list[FieldChange]:
    previous = _previous(row, known)
    was = p.unpack(previous.payload, p.ExtractPayload).values if previous else {}
    now = p.unpack(row.payload, p.ExtractPayload).values
    return [
        FieldChange(name, fact.label, was.get(name, ""), now.get(name, ""))
        for name, fact in facts().items()
        if was.get(name) != now.get(name)
    ]


def _who(known: Sequence[Row]) -> str:
    """The name as it was last given."""
    for row in reversed(known):
        if row.kind == p.EXTRACT and not row.withdrawn:
            values = p.unpack(row.payload, p.ExtractPayload).values
            return f"{values.get('surname', '').upper()} {values.get('forenames', '')}".strip()
    return str(known[0].case) if known else ""
