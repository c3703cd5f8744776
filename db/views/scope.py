"""The register of scope: who is in scope, by local extension, out, or cannot be told; what each answer rests on."""

from collections.abc import Sequence
from datetime import date

import msgspec

from db import engine, entries, roles, standing, story
from db import payloads as p
from db.cases import existing
from db.current import store
from db.entries import Row
from db.rows import Actor
from policy.facts import facts
from policy.reading import Reading
from policy.scope import EXTENSION, IN, OUT

UNKNOWN = "unknown"
ANSWERS = (IN, EXTENSION, UNKNOWN, OUT)
_RESTS_ON = ("local-extension", "rosh", "ppo", "sentence-type", "sentence", "sentence-expiry", "date-of-birth")


class ScopeRow(msgspec.Struct, frozen=True):
    """One line of the register; `limb` says which limb decided."""

    number: str
    surname: str
    forenames: str
    where: str
    tier: int | None
    supervisor: str
    answer: str
    limb: str

    @property
    def name(self) -> str:
        """The name as a list shows it: SURNAME Forenames."""
        return f"{self.surname.upper()} {self.forenames}".strip()


class Register(msgspec.Struct, frozen=True):
    """How many there are of each answer (in the order of `ANSWERS`), and the people with the one asked for."""

    counts: tuple[int, ...]
    rows: tuple[ScopeRow, ...]


class Ground(msgspec.Struct, frozen=True):
    """A fact an answer rests on: its value, where it comes from, who recorded it when, and why where that was said."""

    fact: str
    label: str
    value: str
    source: str
    by: str
    day: date
    why: str
    discreet: bool


class Decision(msgspec.Struct, frozen=True):
    """Why somebody's scope is as it is: the answer, its limb, what it rests on, and what is not known."""

    number: str
    answer: str
    limb: str
    grounds: tuple[Ground, ...]
    missing: tuple[str, ...]


def register(actor: Actor, answer: str) -> Register:
    """Everybody here whose scope has this answer, by name; and how many have each."""
    roles.check_reads(actor)
    sql = (
        "SELECT number, surname, forenames, place, tier, (SELECT name FROM staff WHERE id = supervisor), scope, limb"
        " FROM standing WHERE present AND scope = ? ORDER BY surname, forenames, number"
    )
    with store().read():
        run = engine.run(store().database, "SELECT scope, count(*) FROM standing WHERE present GROUP BY scope")
        counted = {str(found): int(number) for found, number in run}
        rows = tuple(_row(found) for found in engine.run(store().database, sql, (answer,)))
    return Register(tuple(counted.get(one, 0) for one in ANSWERS), rows)


def _row(found: Sequence[object]) -> ScopeRow:
    number, surname, forenames, place, tier, supervisor, answer, limb = found
    return ScopeRow(
        str(number),
        str(surname),
        str(forenames),
        str(place),
        tier if isinstance(tier, int) else None,
        str(supervisor or ""),
        str(answer),
        str(limb),
    )


def decision(actor: Actor, number: str, today: date) -> Decision:
    """What one person's scope rests on. Raises NotFound, Invalid."""
    roles.check_reads(actor)
    with store().read():
        number = existing(number)
        rows = entries.of_case(number)
        told = story.read(number, rows, today)
        book = standing.rules()
        answer = Reading(told.case, today, book.settings, book.calendar).ask("scope")
        names = {str(row[0]): str(row[1]) for row in engine.run(store().database, "SELECT id, name FROM staff")}
    live = entries.live(rows)
    known = facts()
    grounds = []
    for fact in _RESTS_ON:
        held = told.held.get(fact)
        if held is None or held.value is None:
            continue
        row = _recorded(live, fact, by_hand=held.by_hand)
        if row is not None:
            by = names.get(row.by, row.by)
            day = date.fromisoformat(row.day)
            rule = known[fact]
            grounds.append(Ground(fact, rule.label, held.value, held.source, by, day, held.why, rule.discreet))
    labels = tuple(known[fact].label for fact in answer.missing if fact in known)
    return Decision(number, str(answer.value or UNKNOWN), answer.words, tuple(grounds), labels)


def _recorded(rows: Sequence[Row], fact: str, *, by_hand: bool) -> Row | None:
    """The row a fact's value was recorded in: by hand the last one, from extracts the first that said so."""
    if by_hand:
        return next((row for row in reversed(rows) if row.kind == p.FACT and row.key == fact), None)
    found: Row | None = None
    value: str | None = None
    for row in rows:
        if row.kind == p.EXTRACT:
            said = p.unpack(row.payload, p.ExtractPayload).values.get(fact)
            if said != value:
                found, value = row, said
    return found
