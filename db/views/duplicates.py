"""Possible duplicates: one name and date of birth under two numbers, or a number that looks mistyped."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations

from db import engine, entries, roles, story
from db import payloads as p
from db.current import store
from db.moving import Pair
from db.rows import Actor
from db.staff import name_of
from db.texts import plain

_SHOWN = "the same name and date of birth"
_BIRTH = "date-of-birth"
_MISTYPED = "the numbers are one character apart"


def pairs(actor: Actor, today: date) -> tuple[Pair, ...]:
    """Every pair somebody should look at, and those somebody has decided about, the undecided first."""
    roles.check(actor, "moves")
    with store().read():
        people = engine.run(store().database, "SELECT number, surname, forenames FROM standing").fetchall()
        names = {str(number): f"{surname.upper()} {first}".strip() for number, surname, first in people}
        candidates = tuple(_candidates(people))
        said = _said()
        wanted = {number for pair in candidates for number in pair}
        births = _births(sorted(wanted), today)
        staff = {row.by: name_of(row.by) for row in said.values()}
    found = {}
    for one, two in candidates:
        same_name, near = plain(names[one]) == plain(names[two]), _near(one, two)
        same_birth = bool(births[one]) and births[one] == births[two]
        if same_birth and (same_name or near):
            why = _SHOWN if same_name else f"the same surname and date of birth; {_MISTYPED}"
            found[one, two] = why + (f"; {_MISTYPED}" if same_name and near else "")
        elif same_name and near and not (births[one] and births[two]):
            found[one, two] = f"the same name; {_MISTYPED}; a date of birth is not known"
    for pair in said:
        if pair[0] in names and pair[1] in names:
            found.setdefault(pair, "decided by hand")
    told = [_pair(one, two, names, why, said.get((one, two)), staff) for (one, two), why in found.items()]
    return tuple(sorted(told, key=lambda pair: (bool(pair.said), pair.name, pair.number)))


def _pair(
    one: str, two: str, names: Mapping[str, str], why: str, row: entries.Row | None, staff: Mapping[str, str]
) -> Pair:
    if row is None:
        return Pair(one, two, names[one], names[two], why)
    said = p.unpack(row.payload, p.SamePayload)
    by, on = (staff[row.by], date.fromisoformat(row.day)) if said.same else ("", None)
    return Pair(one, two, names[one], names[two], said.why or why, said.same, by, on)


def _candidates(people: Iterable[tuple[str, str, str]]) -> Iterable[tuple[str, str]]:
    """Numbers under one surname whose forenames or numbers are alike."""
    families: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, surname, forenames in people:
        families[plain(surname)].append((str(number), forenames))
    found: set[tuple[str, str]] = set()
    for family in families.values():
        if len(family) > 1:
            found.update(_alike(family))
    return sorted(found)


def _alike(family: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    alike: dict[tuple[int, str], list[str]] = defaultdict(list)
    for number, forenames in family:
        alike[-1, plain(forenames)].append(number)
        # Numbers that differ in one character share what is left of it; neighbours changed about, their characters.
        alike[-2, "".join(sorted(number))].append(number)
        for at in range(len(number)):
            alike[at, number[:at] + number[at + 1 :]].append(number)
    for numbers in alike.values():
        if len(numbers) > 1:
            yield from combinations(sorted(numbers), 2)


def _near(one: str, two: str) -> bool:
    """Whether two numbers differ in one character, or by two neighbours changed about."""
    apart = [at for at in range(len(one)) if one[at] != two[at]] if len(one) == len(two) else []
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        return one[apart[0]] == two[apart[1]] and one[apart[1]] == two[apart[0]]
    return len(apart) == 1


def _births(numbers: list[str], today: date) -> dict[str, str]:
    """Dates of birth, "" where one is not known; of all that is recorded only what can say them is read."""
    given, by_hand = entries.of_line(p.EXTRACT, "", numbers), entries.of_line(p.FACT, _BIRTH, numbers)
    found = {}
    for number in numbers:
        rows = sorted([*given[number], *by_hand[number]], key=lambda row: (row.recorded, row.id))
        held = story.read(number, rows, today).held.get(_BIRTH)
        found[number] = (held.value if held else None) or ""
    return found


def _said() -> dict[tuple[str, str], entries.Row]:
    """The last decision about each pair, by its lower number."""
    sql = 'SELECT DISTINCT "case" FROM entry WHERE kind = ?'
    numbers = [str(row[0]) for row in engine.run(store().database, sql, (p.SAME,))]
    found = {}
    for number, rows in entries.of_cases(numbers):
        for row in entries.current(rows):
            if row.kind == p.SAME and number < row.key:
                found[number, row.key] = row
    return found
