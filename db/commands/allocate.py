"""Naming supervisors: one case or many in one transaction, each with the reason, and one undo for all of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from db import engine, entries, roles
from db import payloads as p
from db.commands.work import Work, changed, command
from db.current import store
from db.errors import Invalid, NotFound, Stale
from db.rows import Actor, Changed, StaffRow
from db.staff import staff
from db.views import duties
from policy.calendar import day_of
from policy.phrases import say

LONGEST_REASON = 500
_CHUNK = 400
_NAMED = 4


def allocate(
    actor: Actor, to: Mapping[str, str], why: str, today: date, seen: Mapping[str, str] | None = None
) -> Changed:
    """Give cases (prisoner number → staff id) to supervisors from today on, all of them or none.

    `seen`: who held each when the user looked ("" for nobody); where that has changed since, nothing is written.

    Raises Invalid (no case, no reason, somebody who has left, a case that is not here or theirs already), NotAllowed,
    NotFound (no such person or member of staff), Stale.
    """
    roles.check(actor, "allocate")
    if not to:
        raise Invalid("Name at least one case. Nothing was saved.")
    reason = _reason(why)
    names = _names(to.values())
    with command(actor, next(iter(to)) if len(to) == 1 else None, "allocate", today) as work:
        people = _people(tuple(to))
        _check_seen(people, seen or {})
        for number, holder in to.items():
            _check(number, holder, people, names)
        _write(work, to, reason)
        told = Counter(names[holder] for holder in to.values())
        if len(to) == 1:
            number, holder = next(iter(to.items()))
            work.sentence = f"{people[number].name} allocated to {names[holder]}"
        else:
            work.sentence = f"{len(to)} cases allocated: {_shares(told)}"
            work.detail = f"{len(to)} cases"
    if len(to) == 1:
        work.sentence += f".{_first_meeting(next(iter(to)), today)}"
    else:
        work.sentence += ". u undoes all of it."
    return changed(work)


def vacate(actor: Actor, numbers: Sequence[str], why: str, today: date) -> Changed | None:
    """Leave cases without a supervisor, all in one transaction; None where there are none. Raises NotAllowed."""
    roles.check(actor, "allocate")
    if not numbers:
        return None
    with command(actor, None, "leave without a supervisor", today) as work:
        _write(work, dict.fromkeys(numbers), _reason(why))
        work.sentence = f"{len(numbers)} {'case' if len(numbers) == 1 else 'cases'} left without a supervisor"
    return changed(work)


class _Person:
    """Somebody as they stand: name, supervisor, whether they are here."""

    __slots__ = ("here", "holder", "left", "name")

    def __init__(self, row: Sequence[object]) -> None:
        _, surname, forenames, holder, here, left = row
        self.name = f"{str(surname).upper()} {forenames}".strip()
        self.holder = str(holder or "")
        self.here = bool(here)
        self.left = str(left)


def _reason(why: str) -> str:
    reason = " ".join(why.split())
    if not reason:
        raise Invalid("The reason is missing. Nothing was saved.", field="why")
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"The reason is longer than {LONGEST_REASON} characters. Nothing was saved.", field="why")
    return reason


def _names(wanted: Iterable[str]) -> dict[str, str]:
    """The names of those who are to hold the cases. Raises NotFound, Invalid for somebody who has left."""
    known: dict[str, StaffRow] = {member.id: member for member in staff()}
    found = {}
    for identity in wanted:
        if identity not in known:
            raise NotFound(f"There is no member of staff called “{identity}”; wingdesk users list shows them.")
        if not known[identity].active:
            raise Invalid(f"{known[identity].name} has left and cannot be given cases. Nothing was saved.", field="to")
        found[identity] = known[identity].name
    return found


def _people(numbers: Sequence[str]) -> dict[str, _Person]:
    found = {}
    for start in range(0, len(numbers), _CHUNK):
        part = numbers[start : start + _CHUNK]
        sql = (
            "SELECT number, surname, forenames, supervisor, present, left_on FROM standing"
            f" WHERE number IN ({', '.join('?' * len(part))})"
        )
        found.update({str(row[0]): _Person(row) for row in engine.run(store().database, sql, part)})
    return found


def _check(number: str, holder: str, people: Mapping[str, _Person], names: Mapping[str, str]) -> None:
    person = people.get(number)
    if person is None:
        raise NotFound(f"There is nobody with the number {number} in this record. Nothing was saved.")
    if not person.here:
        since = f" on {say(date.fromisoformat(person.left))}" if person.left else ""
        raise Invalid(f"{person.name} left{since}, so there is nothing to allocate. Nothing was saved.")
    if person.holder == holder:
        raise Invalid(f"{names[holder]} is the supervisor of {person.name} already. Nothing was saved.", field="to")


def _check_seen(people: Mapping[str, _Person], seen: Mapping[str, str]) -> None:
    moved = [person for number, person in people.items() if seen.get(number, person.holder) != person.holder]
    if not moved:
        return
    everybody = {member.id: member.name for member in staff()}
    who = ", ".join(
        f"{person.name} (now {everybody.get(person.holder, person.holder) or 'nobody'})" for person in moved[:_NAMED]
    )
    more = f" and {len(moved) - _NAMED} more" if len(moved) > _NAMED else ""
    raise Stale(
        f"Somebody else has just allocated {who}{more}. Nothing was saved: Esc leaves, and the list then shows it."
    )


def _write(work: Work, to: Mapping[str, str | None], reason: str) -> None:
    for number, rows in entries.of_line(p.FACT, "supervisor", to).items():
        at = entries.last_of_line(rows, entries.line(number, p.FACT, "supervisor"))
        work.add(p.FACT, "supervisor", p.FactPayload(to[number], None, reason), replaces=at, case=number)


def _shares(told: Counter[str]) -> str:
    named = ", ".join(f"{name} {cases}" for name, cases in told.most_common(_NAMED))
    return named + (f" and {len(told) - _NAMED} more" if len(told) > _NAMED else "")


def _first_meeting(number: str, today: date) -> str:
    """What follows: the day by which the new supervisor is to meet the person."""
    with store().read():
        owed = duties.of_cases([number], today)[number]
    due = next((duty.due for duty in owed if duty.id == "first-meeting"), None)
    return f" First meeting by {say(day_of(due))}." if due else ""
