"""Receiving somebody: a new person by hand, or one the record knows who is back."""

from datetime import date

import msgspec

from db import engine, entries, roles
from db import payloads as p
from db.commands.moves import NOTHING, checked, record_facts, withdraw
from db.commands.work import Work, changed, command, refuse_future, words
from db.current import store
from db.errors import Invalid
from db.moving import Reception
from db.rows import Actor, Changed
from db.story import outlived, read
from db.views.moving import whereabouts_of
from policy.calendar import day_of
from policy.facts import facts
from policy.moves import RECEPTIONS, facts_of, moves
from policy.numbers import is_prisoner_number
from policy.phrases import say

_NAMED = 6


def receive(actor: Actor, reception: Reception, today: date) -> Changed:
    """Record a reception: a new custody start, or an arrival from another prison.

    Raises Invalid (no prisoner number, no surname for a new person, somebody who is here or has died, a day to
    come), NotAllowed.
    """
    roles.check(actor, "moves")
    number = reception.number.strip().upper()
    if not is_prisoner_number(number):
        raise Invalid(f"A prisoner number is a letter, four digits, two letters: A1234BC. {NOTHING}", field="number")
    if reception.what not in RECEPTIONS:
        raise Invalid(f"How they came is one of {', '.join(RECEPTIONS)}. {NOTHING}", field="what")
    refuse_future(reception.at, today)
    given = {name: checked(name, value) for name, value in reception.facts.items() if value.strip()}
    known = engine.run(store().database, "SELECT 1 FROM standing WHERE number = ?", (number,)).fetchone()
    if not known and not given.get("surname"):
        raise Invalid(f"The surname is missing. {NOTHING}", field="surname")
    with command(actor, number if known else None, "receive", today) as work:
        rows = work.before or entries.of_case(number)
        now = whereabouts_of(number, rows, today)
        if known and now.where != "away":
            raise Invalid(f"{now.name} is here already. {NOTHING}", field="number")
        if now.died:
            raise Invalid(f"{now.name} died{f' on {say(now.left)}' if now.left else ''}. {NOTHING}", field="number")
        _write(work, rows, number, reception, given)
        name = f"{given.get('surname', '').upper()} {given.get('forenames', '')}".strip() if not known else now.name
        work.sentence = f"{moves()[reception.what].told}: {name}"
    work.sentence = f"{work.sentence}.{_missing(number)}"
    return changed(work)


def _write(work: Work, rows: list[entries.Row], number: str, reception: Reception, given: dict[str, str]) -> None:
    told = read(number, rows, work.today)
    held = {name: one.value for name, one in told.held.items() if one.value is not None}
    cell = words(reception.cell, "The cell", longest=60) if reception.cell.strip() else ""
    begins = dict(facts_of(reception.what, reception.at, cell, held))
    left = held.get("left")
    old: list[str] = []
    if left and "custody-start" in begins:
        old = outlived(told.held, day_of(reception.at), date.fromisoformat(left))
    values = {**dict.fromkeys(old), **begins, **given}
    record_facts(work, rows, number, values, day_of(reception.at))
    payload = p.MovementPayload(reception.what, " ".join(reception.came_from.split()))
    work.add(p.MOVEMENT, entries.new_id()[:8], payload, on=reception.at, source="move", case=number)
    withdraw(work, rows, p.GONE, "", number)


def _missing(number: str) -> str:
    """What is not known of them and waited for, in a sentence."""
    found = engine.run(store().database, "SELECT missing FROM standing WHERE number = ?", (number,)).fetchone()
    missing = list(msgspec.json.decode(str(found[0]), type=dict[str, list[str]])) if found else []
    if not missing:
        return ""
    labels = [facts()[name].label if name in facts() else name for name in missing]
    more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
    return f" Missing: {', '.join(labels[:_NAMED])}{more}."
