"""Receptions, cell moves, going out and coming back, transfers, releases and deaths; and answers to who is gone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from db import engine, entries, roles, story
from db import payloads as p
from db.commands.work import Work, changed, command, refuse_future, words
from db.current import store
from db.errors import Invalid, NotFound, Stale
from db.moving import Movement, Whereabouts
from db.rows import Actor, Changed
from db.views.moving import whereabouts_of
from policy.calendar import day_of
from policy.facts import NotAValue, normal
from policy.moves import BACK, CELL, DEATH, Move, facts_of, moves
from policy.phrases import say

DUTY = "move-notified"
NOTHING = "Nothing was saved."
LONGEST_CELL = 60


def move(actor: Actor, case: str, movement: Movement, today: date, seen: str | None = None) -> Changed:
    """Record a movement of somebody the record knows, and what follows from it.

    `seen`: the place the user saw them in; where that has changed since, nothing is written.
    Raises Invalid (no such movement, it does not fit where they are, a day to come or before they came, a hold
    nobody broke), NotAllowed,
    NotFound, Stale.
    """
    roles.check(actor, "moves")
    kind = _kind(movement.what)
    refuse_future(movement.at, today)
    with command(actor, case, kind.label, today) as work:
        now = whereabouts_of(work.case or "", work.before, today)
        if seen is not None and seen != now.place:
            raise Stale(
                f"{now.name} has just been moved by somebody else. {NOTHING} Save again if yours still holds.",
                mine=f"{kind.told}{f': {movement.to}' if movement.to else ''}",
                theirs=now.place,
            )
        if not kind.fits(now.where):
            raise Invalid(f"{now.name}: {_standing(now.where, now.place, now.left)}. {NOTHING}", field="what")
        if kind.needs_to and not movement.to.strip():
            raise Invalid(f"{kind.to} is missing. {NOTHING}", field="to")
        if "hold" in kind.asks and now.hold and not movement.hold.strip():
            raise Invalid(
                f"There is a transfer hold ({now.hold}). Say who broke it, or let them stay. {NOTHING}", field="hold"
            )
        _refuse_before(now, movement)
        _write(work, work.before, movement, kind)
        work.sentence = f"{kind.told}: {now.name}"
    work.sentence = f"{_told(kind, movement)} {_follows(work, kind, movement)}".strip()
    return changed(work)


def answer_gone(actor: Actor, numbers: Sequence[str], movement: Movement | None, today: date) -> Changed:
    """Answer for several people at once whether they have left: all in the same way and on one day, or (None) not.

    One transaction, one undo. Raises Invalid (nobody, one who has left already or is not asked about, a death for
    several), NotAllowed, NotFound.
    """
    roles.check(actor, "moves")
    if not numbers:
        raise Invalid(f"Name at least one person. {NOTHING}")
    kind = _kind(movement.what) if movement else None
    if movement:
        refuse_future(movement.at, today)
    if kind and kind.quiet and len(numbers) > 1:
        raise Invalid(f"A death is recorded for one person at a time. {NOTHING}", field="what")
    if kind and kind.needs_to and movement and not movement.to.strip():
        raise Invalid(f"{kind.to} is missing. {NOTHING}", field="to")
    with command(actor, numbers[0] if len(numbers) == 1 else None, "answer who is gone", today) as work:
        for number, rows in entries.of_cases(numbers):
            now = whereabouts_of(number, rows, today)
            if now.where == "away":
                raise Stale(f"Somebody has just recorded that {now.name} has left. {NOTHING} Look again.")
            if movement and kind:
                _refuse_before(now, movement)
                _write(work, rows, movement, kind, number)
            withdraw(work, rows, p.GONE, "", number)
        who = now.name if len(numbers) == 1 else f"{len(numbers)} people"
        work.sentence = f"{who}: {kind.told.lower() if kind else 'still here'}"
    if len(numbers) > 1:
        work.sentence += ". u undoes all of it."
    return changed(work)


def rehouse(
    actor: Actor, cells: Mapping[str, str], today: date, on: date | None = None, seen: Mapping[str, str] | None = None
) -> Changed:
    """Move people to cells (prisoner number → cell), all of them or none, as one change with one undo.

    `seen`: the cell each was in when the user looked. Raises Invalid, NotAllowed, NotFound, Stale.
    """
    roles.check(actor, "moves")
    if not cells:
        raise Invalid(f"Name at least one person and their cell. {NOTHING}")
    day = on or today
    refuse_future(day, today)
    stale: list[str] = []
    with command(actor, next(iter(cells)) if len(cells) == 1 else None, "cell move", today) as work:
        for number, rows in entries.of_cases(cells):
            if not rows:
                raise NotFound(f"There is nobody with the number {number} in this record. {NOTHING}")
            now = whereabouts_of(number, rows, today)
            if now.where == "away":
                raise Invalid(f"{now.name}: {_standing(now.where, now.place, now.left)}. {NOTHING}")
            if seen is not None and seen.get(number, now.cell) != now.cell:
                stale.append(f"{now.name} (now {now.cell or 'no cell'}, you: {cells[number]})")
            cell = words(cells[number], "The cell", longest=LONGEST_CELL)
            if cell.casefold() != now.cell.casefold():
                _write(work, rows, Movement(CELL, day, cell), moves()[CELL], number)
        if stale:
            raise Stale(f"Somebody has just moved {'; '.join(stale[:4])}. {NOTHING} Look again.")
        moved = len({row.case for row in work.rows})
        work.sentence = f"{now.name} moved to {cells[number]}" if len(cells) == 1 else f"{moved} cell moves"
    work.sentence = f"{work.sentence}." + (" u undoes all of them." if len(cells) > 1 else "")
    return changed(work)


def withdraw(work: Work, rows: Sequence[entries.Row], kind: str, key: str, number: str) -> bool:
    """Take back what stands in a line, if anything does; True where it did."""
    if not [row for row in entries.current(rows) if row.kind == kind and row.key == key]:
        return False
    at = entries.last_of_line(rows, entries.line(number, kind, key))
    work.add(kind, key, {}, replaces=at, withdrawn=True, case=number)
    return True


def record_facts(
    work: Work, rows: Sequence[entries.Row], number: str, values: Mapping[str, str | None], on: date | datetime
) -> None:
    """Add facts that differ from what is known; None takes one back."""
    held = story.read(number, rows, work.today).held
    for name, value in values.items():
        known = held.get(name)
        if (known.value if known else None) == value:
            continue
        payload = p.FactPayload(value, known.extract if known else None)
        at = entries.last_of_line(rows, entries.line(number, p.FACT, name))
        work.add(p.FACT, name, payload, on=day_of(on), replaces=at, case=number)


def checked(name: str, value: str) -> str:
    """A value in the form the record keeps. Raises Invalid."""
    try:
        return normal(name, value)
    except NotAValue as error:
        raise Invalid(f"{error} {NOTHING}", field=name) from error


def _kind(what: str) -> Move:
    if what not in moves():
        raise Invalid(f"There is no movement called “{what}”. {NOTHING}", field="what")
    return moves()[what]


def _write(work: Work, rows: Sequence[entries.Row], movement: Movement, kind: Move, number: str | None = None) -> None:
    """The facts of a movement and its own row; where the offender manager was told already, that too."""
    case = number or work.case or ""
    held = {name: one.value for name, one in story.read(case, rows, work.today).held.items() if one.value is not None}
    to = " ".join(movement.to.split())[:LONGEST_CELL]
    record_facts(work, rows, case, dict(facts_of(movement.what, movement.at, to, held)), movement.at)
    payload = p.MovementPayload(
        movement.what, to, movement.planned, movement.why.strip(), movement.hold.strip(), movement.note.strip()
    )
    sort = p.MOVE if kind.tells else p.MOVEMENT
    key = entries.new_id()[:8]
    work.add(sort, key, payload, on=movement.at, source="move", case=case)
    if kind.tells and movement.told:
        work.add(p.MET, f"{DUTY}:{key}", p.MetPayload(), on=work.today, source="move", case=case)
    for fact in kind.ends:
        close(work, rows, fact, "recorded", case)
    if movement.what == DEATH:
        close(work, rows, "death", "recorded", case)


def close(work: Work, rows: Sequence[entries.Row], about: str, answer: str, number: str) -> None:
    """Answer an open question, so that the same one is not asked again; nothing where none is open."""
    for row in entries.current(rows):
        if row.kind == p.QUESTION and row.key == about:
            asked = p.unpack(row.payload, p.QuestionPayload)
            if not asked.answer:
                at = entries.last_of_line(rows, entries.line(number, p.QUESTION, about))
                payload = p.QuestionPayload(asked.reason, asked.evidence, answer)
                work.add(p.QUESTION, about, payload, replaces=at, case=number)


def _refuse_before(now: Whereabouts, movement: Movement) -> None:
    """Refuse a movement of a day before they came, and a return before they went out. Raises Invalid."""
    day = day_of(movement.at)
    if now.arrived and day < now.arrived:
        raise Invalid(f"{now.name} came here on {say(now.arrived)}; {say(day)} is before that. {NOTHING}", field="at")
    if movement.what == BACK and now.out_since and day < now.out_since:
        raise Invalid(f"{now.name} went out on {say(now.out_since)}; {say(day)} is before that. {NOTHING}", field="at")


def _standing(where: str, place: str, left: date | None) -> str:
    if where == "away":
        return f"left on {say(left)}" if left else "not in this prison"
    return f"is out already ({place}); record first that they are back" if where == "out" else "is here already"


def _told(kind: Move, movement: Movement) -> str:
    to = f": {movement.to}" if movement.to else ""
    return f"{kind.told}{to}, {say(day_of(movement.at))}."


def _follows(work: Work, kind: Move, movement: Movement) -> str:
    """What follows from it, in a sentence."""
    if kind.tells and not movement.told:
        sql = 'SELECT due FROM duty WHERE "case" = ? AND duty = ? AND met_on IS NULL ORDER BY due DESC'
        found = engine.run(store().database, sql, (work.case, DUTY)).fetchone()
        if found and found[0]:
            return f"The offender manager is to be told by {say(date.fromisoformat(found[0][:10]))}."
        return "Who the offender manager is, is not known: find out, and tell them."
    return ""
