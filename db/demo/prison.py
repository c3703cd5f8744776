"""Making the demonstration's record: keys, staff, and everybody's history, written in bulk."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from db import audit, current, engine, entries, standing
from db import payloads as p
from db.demo.checklists import checklist_rows, service_rows
from db.demo.dice import Dice
from db.demo.drafts import TERMINAL, Drafts
from db.demo.history import Casefile, Desk
from db.demo.marks import ESTABLISHMENT, PASSWORD
from db.demo.people import number_of, person
from db.demo.plan import PROVIDERS, SIGN_INS, Member, Place, places
from db.demo.plans import add_plan
from db.demo.recalls import others, recall_rows
from db.demo.settle import settle
from db.entries import Row
from db.errors import Invalid
from db.keyring import Keyring
from db.slots import Cost
from db.staff import rebuild_staff
from db.store import DEMONSTRATION, create
from policy.rulebook import Rulebook, rulebook

_HISTORY = timedelta(days=183)
_SHORT_HISTORY = timedelta(days=56)
_MANY = 10_000
"""Above so many cases, which no prison has but a measurement may want, the history is a short one."""
_CHUNK = 500
_VERB = "make the demonstration"


def build(
    directory: Path,
    today: date,
    cases: int,
    seed: int,
    *,
    cost: Cost,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Make the record: `db.demo.build`, which says what it takes and raises."""
    if cases < 1:
        raise Invalid("A demonstration prison has at least one case. Nothing was made.", "cases")
    ring = Keyring(directory, cost=cost)
    key, _ = ring.create(SIGN_INS[2].id, PASSWORD)
    current.sit_down(create(directory, key, establishment=ESTABLISHMENT))
    try:
        for member in SIGN_INS:
            if not ring.knows(member.id):
                ring.add(key, member.id, PASSWORD)
        _write(today, cases, seed, progress)
        store = current.store()
        with store.write():
            engine.run(
                store.database, 'INSERT INTO "meta" ("name", "value") VALUES (?, ?)', (DEMONSTRATION, today.isoformat())
            )
    finally:
        current.stand_up()


def _write(today: date, cases: int, seed: int, progress: Callable[[int, int], None] | None) -> None:
    dice = Dice("prison", seed, today)
    held_by, every = places(cases, dice, today)
    begin = today - (_HISTORY if cases <= _MANY else _SHORT_HISTORY)
    _save(list(_staff_rows(held_by, begin, today, Dice("staff", seed, today))), [], today)
    _save(list(service_rows(begin, today, Dice("services", seed, today))), [], today)
    book = rulebook("")
    rows: list[Row] = []
    numbers: list[str] = []
    early = 0
    for place in every:
        number = number_of(place.index, seed)
        command = f"{place.index // _CHUNK + 1:012x}8000a00000000000{seed & 0xFFFF:04x}"
        own = case_rows(number, place, Dice("case", seed, today, place.index), begin, today, book, command, seed)
        early += own[0].day == begin.isoformat()
        own += checklist_rows(number, place, own, begin, today, Dice("checklist", seed, today, place.index), command)
        rows += own
        numbers.append(number)
        if len(numbers) == _CHUNK or place.index == cases - 1:
            _save(rows, numbers, today)
            rows, numbers = [], []
            if progress:
                progress(place.index + 1, cases)
    elsewhere = f"{'e' * 12}8000a00000000000{seed & 0xFFFF:04x}"
    absent = dict(others(cases, begin, today, seed, elsewhere, SIGN_INS[1].id))
    if absent:
        _save([row for own in absent.values() for row in own], list(absent), today)
    _save(list(_intake_rows(early, cases, begin, today, Dice("intakes", seed, today))), [], today)


def case_rows(
    number: str, place: Place, dice: Dice, begin: date, today: date, book: Rulebook, command: str, seed: int
) -> list[Row]:
    """The finished rows of one case."""
    made = person(number, place.kind, place.chosen, place.gaps, place.also, dice, begin, today)
    providers = {owner: member.id for owner, member in PROVIDERS.items()}
    desk = Desk(place.supervisor, place.before, SIGN_INS[1].id, SIGN_INS[2].id, providers)
    file = Casefile(
        made, place.mood, place.chosen, desk, place.cell, Drafts(number, place.index + 1, begin, today, dice)
    )
    file.begin_file()
    settle(file, book, command)
    rows = recall_rows(file, seed, place.index, command)
    if today - begin < _HISTORY:
        return rows  # a prison as large as none is stays as small as it can be
    return add_plan(file, rows, command, Dice("plan", place.index, number, today))


def _save(rows: list[Row], numbers: list[str], today: date) -> None:
    """Write rows, the duties that follow from them, and the line of the audit trail."""
    store = current.store()
    digest, count = audit.digest_rows(rows)
    with store.write():
        entries.insert(rows)
        standing.rebuild(numbers, today, fresh=True)
        if not numbers:
            rebuild_staff()
        line = audit.Line(SIGN_INS[2].id, TERMINAL, _VERB, today.isoformat(), None, rows[0].command, digest, count)
        audit.append(store, line)


# Contracted hours a week, supervisor by supervisor: most are full time.
_HOURS = (37, 37, 37, 30, 37, 37, 37, 37)


def _staff_rows(held_by: list[Member], begin: date, today: date, dice: Dice) -> Iterator[Row]:
    drafts = Drafts(None, 0, begin, today, dice)
    holding = {member.id: at for at, member in enumerate(held_by)}
    for member in (*SIGN_INS, *PROVIDERS.values(), *held_by[1:]):
        at = holding.get(member.id)
        hours = 0 if at is None else _HOURS[at % len(_HOURS)]
        payload = p.StaffPayload(member.name, member.role or None, member.post, member.wing, hours=hours)
        drafts.add(p.STAFF, member.id, payload, begin, SIGN_INS[2].id)
    yield from drafts.rows("0" * 12 + "8000a000000000000000")


def _intake_rows(early: int, cases: int, begin: date, today: date, dice: Dice) -> Iterator[Row]:
    """The first intake and the latest: an extract taken into a demonstration is not its first."""
    drafts = Drafts(None, 0xFFFFFFF, begin, today, dice)
    by = SIGN_INS[1].id
    first = p.IntakePayload("extract.json", "json", early, early, 0, 0, 0, 0, 0)
    drafts.add(p.INTAKE, "", first, begin, by, "extract")
    latest = p.IntakePayload("extract.json", "json", cases, 0, 0, cases, 0, 0, 0)
    drafts.add(p.INTAKE, "", latest, today, by, "extract")
    yield from drafts.rows("f" * 12 + "8000a000000000000000")
