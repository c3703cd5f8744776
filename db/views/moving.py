"""Where somebody stands as far as movements go, and what a pasted roll list would come to, line by line."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from db import engine, entries, roles, story
from db import payloads as p
from db.current import store
from db.moving import Placing, Whereabouts
from db.rows import Actor
from policy.moves import moves, whereabouts
from policy.numbers import is_prisoner_number
from policy.phrases import say
from policy.places import place_of

_NUMBER = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]\d{4}[A-Za-z]{2}(?![A-Za-z0-9])")
_CELL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 /.-]*")
_CHUNK = 400
LONGEST_CELL = 60


def whereabouts_of(number: str, rows: Sequence[entries.Row], today: date) -> Whereabouts:
    """Where somebody stands, from their rows."""
    told = story.read(number, rows, today)
    held = {name: one.value for name, one in told.held.items() if one.value is not None}
    status, cell = held.get("status", ""), held.get("cell", "")
    return Whereabouts(
        number,
        f"{held.get('surname', '').upper()} {held.get('forenames', '')}".strip() or number,
        whereabouts(told.case.gone is None, status),
        place_of(cell, status, held.get("movement", "")),
        cell,
        told.case.gone,
        held.get("transfer-hold", ""),
        held.get("offender-manager", ""),
        held.get("left-how", "") == "died",
        _day(held.get("arrival") or held.get("custody-start")),
        went_out(rows),
    )


def went_out(rows: Sequence[entries.Row]) -> date | None:
    """When they went out, where the last movement on record is what took them out."""
    moved = [row for row in entries.live(rows) if row.kind == p.MOVEMENT]
    if not moved or moves()[p.unpack(moved[-1].payload, p.MovementPayload).what].sets.get("status") != "ACTIVE OUT":
        return None
    return _day(moved[-1].effective)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def whereabouts_now(actor: Actor, number: str, today: date) -> Whereabouts | None:
    """Where the person with this number stands; None where the record knows nobody by it."""
    roles.check_reads(actor)
    if not is_prisoner_number(number):
        return None
    with store().read():
        sql = "SELECT release_date FROM standing WHERE number = ?"
        found = engine.run(store().database, sql, (number,)).fetchone()
        if found is None:
            return None
        return msgspec.structs.replace(whereabouts_of(number, entries.of_case(number), today), release=_day(found[0]))


def placings(actor: Actor, text: str) -> tuple[Placing, ...]:
    """What a pasted roll list would come to: `number cell` or `cell number` lines, in the order given.

    Headings and empty lines are passed over; a line that names nobody, or moves nobody, says why.
    """
    roles.check_reads(actor)
    lines = [_line(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    lines = [line for line in lines if line.number or not _is_heading(line.text)]
    named = Counter(line.number for line in lines if line.number)
    with store().read():
        people = _people(named)
    return tuple(_placed(line, people, named) for line in lines)


def _line(at: int, text: str) -> Placing:
    shown = " ".join(text.replace("\t", " ").split())
    found = _NUMBER.search(shown)
    if not found:
        return Placing(at, shown)
    parts = re.split(r"[,;|]", f"{shown[: found.start()]},{shown[found.end() :]}")
    cells = [part.strip(" :=->\"'") for part in parts]
    cell = next((part for part in cells if part and any(letter.isdigit() for letter in part)), "")
    if " " in cell:
        cell = next((word for word in cell.split() if any(letter.isdigit() for letter in word)), "")
    return Placing(at, shown, found[0].upper(), cell=cell.upper())


def _is_heading(text: str) -> bool:
    return not any(letter.isdigit() for letter in text)


def _people(numbers: Iterable[str]) -> dict[str, tuple[str, str, bool, str]]:
    wanted, found = list(numbers), {}
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        marks = ", ".join("?" * len(part))
        sql = f"SELECT number, surname, forenames, cell, present, left_on FROM standing WHERE number IN ({marks})"
        for number, surname, forenames, cell, present, left in engine.run(store().database, sql, part):
            found[str(number)] = (f"{surname.upper()} {forenames}".strip(), cell, bool(present), left)
    return found


def _placed(line: Placing, people: dict[str, tuple[str, str, bool, str]], named: Counter[str]) -> Placing:
    def refused(why: str, name: str = "", before: str = "") -> Placing:
        return Placing(line.line, line.text, line.number, name, before, line.cell, why)

    if not line.number:
        return refused("no prisoner number in this line")
    if line.number not in people:
        return refused("nobody in this record has that number")
    name, before, present, left = people[line.number]
    if not present:
        return refused(f"left on {say(date.fromisoformat(left))}" if left else "is not here", name)
    if named[line.number] > 1:
        return refused("named more than once in this list", name, before)
    if not line.cell or not _CELL.fullmatch(line.cell) or len(line.cell) > LONGEST_CELL:
        return refused("no cell in this line", name, before)
    if line.cell.casefold() == before.casefold():
        return refused("is there already", name, before)
    return Placing(line.line, line.text, line.number, name, before, line.cell)
