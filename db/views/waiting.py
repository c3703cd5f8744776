"""What waits in the records place: people gone, open questions, missing facts, offender managers to be told."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from db import engine, entries, need_to_know, roles, standing, story
from db import payloads as p
from db.current import store
from db.moving import Asked, Gap, Moved, Out, ToTell, Waits
from db.rows import Actor, Role
from db.staff import name_of
from db.story import moment_of
from db.views import duplicates
from db.views.intakes import intakes
from db.views.moving import went_out
from policy.calendar import day_of
from policy.facts import facts
from policy.urgency import FORCE_ORDER

GONE = "gone"
TELL = "move-notified"
_OPEN = (
    'SELECT DISTINCT e."case" FROM entry AS e WHERE e.kind IN (?, ?) AND NOT e.withdrawn AND e."case" IS NOT NULL'
    " AND NOT EXISTS (SELECT 1 FROM entry AS n WHERE n.replaces = e.id)"
)
# Where something was undone, what stands again is no longer the end of its line.
_TAKEN_BACK = (
    'SELECT DISTINCT "case" FROM entry WHERE kind IN (?, ?) AND withdrawn AND source = ? AND "case" IS NOT NULL'
)
OWNERS: Mapping[Role, tuple[str, ...]] = {Role.ADMINISTRATOR: ("CA",), Role.MANAGER: ("CA", "MAN")}
"""Whose missing facts each role is asked for."""


def asked(actor: Actor, today: date) -> tuple[Asked, ...]:
    """Every open question: who is gone first, then what extracts could not settle; the oldest first."""
    roles.check(actor, "moves")
    found: list[Asked] = []
    with store().read():
        numbers = {str(row[0]) for row in engine.run(store().database, _OPEN, (p.GONE, p.QUESTION))}
        numbers |= {str(row[0]) for row in engine.run(store().database, _TAKEN_BACK, (p.GONE, p.QUESTION, "undo"))}
        for number, rows in entries.of_cases(sorted(numbers)):
            found += _asked(number, rows, today)
    return tuple(sorted(found, key=lambda one: (one.about != GONE, one.about != "death", one.since, one.number)))


def _asked(number: str, rows: list[entries.Row], today: date) -> Iterable[Asked]:
    told = story.read(number, rows, today)
    held = told.held
    value = {name: one.value or "" for name, one in held.items()}
    name = f"{value.get('surname', '').upper()} {value.get('forenames', '')}".strip()
    place = value.get("cell", "")
    if told.gone and not told.case.gone:
        day = date.fromisoformat(told.gone.day)
        yield Asked(number, name, place, GONE, "Not in the extract. Have they left, and when?", "", day)
    for row, question in told.questions:
        since = date.fromisoformat(row.day)
        fact = next((one for one in (row.key, _labels().get(row.key, "")) if one in facts()), "")
        one = held.get(fact)
        mine, theirs = ("", "")
        if one is not None and one.in_question:
            mine, theirs = one.value or "not known", one.extract or "not known"
        elif row.key in _labels():
            continue  # it was settled in the case; the next extract takes the question back
        yield Asked(number, name, place, row.key, question.reason, question.evidence, since, fact, mine, theirs)


def _labels() -> Mapping[str, str]:
    return {fact.label: name for name, fact in facts().items()}


def gaps(actor: Actor, today: date) -> tuple[Gap, ...]:
    """Every missing fact that is this user's to find, of those here: the most needed first, then the longest known."""
    roles.check(actor, "moves")
    wanted = OWNERS.get(actor.role, ())
    book = standing.rules().rules
    sql = "SELECT number, surname, forenames, place, missing FROM standing WHERE present AND missing <> '{}'"
    with store().read():
        rows = engine.run(store().database, sql).fetchall()
        since = _first_days(str(row[0]) for row in rows)
    found = []
    for number, surname, forenames, place, missing in rows:
        for name, duties in msgspec.json.decode(str(missing), type=dict[str, list[str]]).items():
            fact = facts().get(name)
            if fact is None or fact.owner not in wanted:
                continue
            force = min((book[duty].text.force for duty in duties if duty in book), key=FORCE_ORDER.__getitem__)
            who = f"{surname.upper()} {forenames}".strip()
            known = since.get(str(number), today)
            found.append(Gap(number, who, place, name, fact.label, len(duties), force, known))
    return tuple(sorted(found, key=_needed))


def _needed(gap: Gap) -> tuple[int, int, date, str, str]:
    return FORCE_ORDER[gap.force], -gap.duties, gap.since, gap.number, gap.fact


def _first_days(numbers: Iterable[str]) -> dict[str, date]:
    """Since when each is known to this record."""
    wanted, found = list(numbers), {}
    for start in range(0, len(wanted), 400):
        part = wanted[start : start + 400]
        marks = ", ".join("?" * len(part))
        sql = f'SELECT "case", min(day) FROM entry WHERE "case" IN ({marks}) GROUP BY "case"'
        for number, day in engine.run(store().database, sql, part):
            found[str(number)] = date.fromisoformat(day)
    return found


def moved(actor: Actor, since: date) -> tuple[Moved, ...]:
    """Receptions and movements recorded as of this day or later, the newest first; what was undone is left out."""
    roles.check(actor, "moves")
    sql = 'SELECT DISTINCT "case" FROM entry WHERE kind IN (?, ?) AND day >= ?'
    found: list[tuple[str, Moved]] = []
    with store().read():
        numbers = [str(row[0]) for row in engine.run(store().database, sql, (p.MOVE, p.MOVEMENT, since.isoformat()))]
        names = _names(numbers)
        for number, rows in entries.of_cases(numbers):
            for row in entries.live(rows):
                if row.kind in (p.MOVE, p.MOVEMENT) and row.day >= since.isoformat():
                    said = p.unpack(row.payload, p.MovementPayload)
                    at = moment_of(row.effective)
                    one = Moved(
                        row.id, number, names.get(number, ""), said.what, at, said.to, name_of(row.by), said.note
                    )
                    found.append((row.recorded, one))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True))


def _names(numbers: Iterable[str]) -> dict[str, str]:
    wanted, found = list(numbers), {}
    for start in range(0, len(wanted), 400):
        part = wanted[start : start + 400]
        sql = f"SELECT number, surname, forenames FROM standing WHERE number IN ({', '.join('?' * len(part))})"
        for number, surname, forenames in engine.run(store().database, sql, part):
            found[str(number)] = f"{surname.upper()} {forenames}".strip()
    return found


def to_tell(actor: Actor) -> tuple[ToTell, ...]:
    """Offender managers still to be told that somebody was moved away, the earliest first."""
    roles.check(actor, "moves")
    sql = (
        "SELECT s.number, s.surname, s.forenames, d.key, d.discreet_title, d.due FROM duty AS d"
        ' JOIN standing AS s ON s.number = d."case"'
        " WHERE d.duty = ? AND d.base IN ('live', 'unknown') AND NOT s.present ORDER BY d.due, s.number"
    )
    with store().read():
        rows = engine.run(store().database, sql, (TELL,)).fetchall()
        managers = entries.of_line(p.FACT, "offender-manager", [str(row[0]) for row in rows])
    found = []
    for number, surname, forenames, key, title, due in rows:
        now = entries.live(managers[str(number)])
        told = p.unpack(now[-1].payload, p.FactPayload).value if now else None
        day = day_of(moment_of(due)) if due else None
        who = f"{surname.upper()} {forenames}".strip()
        found.append(ToTell(number, who, f"{TELL}:{key}", title, day, told or ""))
    return tuple(found)


def out_now(actor: Actor) -> tuple[Out, ...]:
    """Who is out for now (court, hospital, temporary release), by name; since when, where a movement says so."""
    roles.check(actor, "moves")
    sql = (
        "SELECT number, surname, forenames, place FROM standing WHERE present AND place <> cell"
        " AND place NOT IN ('', 'reception', 'cell swap') ORDER BY surname, forenames, number"
    )
    with store().read():
        found = engine.run(store().database, sql).fetchall()
        since = {number: went_out(rows) for number, rows in entries.of_cases([str(row[0]) for row in found])}
    return tuple(
        Out(str(number), f"{surname.upper()} {forenames}".strip(), str(place), since.get(str(number)))
        for number, surname, forenames, place in found
    )


def waits(actor: Actor, today: date) -> Waits:
    """How much of each waits."""
    questions, missing, past = asked(actor, today), gaps(actor, today), intakes(actor)
    away = [one for one in questions if one.about == GONE]
    return Waits(
        len(away),
        len(questions) - len(away),
        len(missing),
        len({gap.number for gap in missing}),
        missing[0].label if missing else "",
        len(to_tell(actor)),
        sum(not pair.said for pair in duplicates.pairs(actor, today)),
        len(out_now(actor)),
        len(moved(actor, today)),
        next((one for one in past if not one.undone), None),
        min((one.since for one in away), default=None),
        need_to_know.emergencies(actor, today),
    )
