"""Who may see which need-to-know rows of a case (rulebook.md, Need-to-know; record.md, roles).

A disclosure of domestic abuse, sex work or sexual violence is seen by the supervisor the case was allocated to when it
was recorded, by a later one once the person has been asked, by the supervisor who recorded it, by the manager, and for
one day by a supervisor who gave a reason in an emergency. To everybody else it does not exist.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from db import audit, entries
from db import payloads as p
from db.current import store
from db.entries import Row
from db.rows import Actor, Role
from db.staff import staff

RESTRICTED_READ = "restricted record read"
"""All the audit trail says of such a read; the line is the manager's."""


def visible(actor: Actor, rows: Iterable[Row], today: date) -> list[Row]:
    """Of everything recorded about one person, oldest first, what this user may see."""
    listed = list(rows)
    if not any(row.restricted for row in listed):
        return listed
    allowed = set(_allowed(actor, listed, today))
    return [row for row in listed if not row.restricted or row.id in allowed]


def may_look(actor: Actor, rows: Iterable[Row], today: date) -> bool:
    """Whether the need-to-know groups show to this user at all; never whether anything is in them."""
    if actor.role is Role.MANAGER:
        return True
    if actor.role is not Role.SUPERVISOR:
        return False
    listed = list(rows)
    return _holder(listed) == actor.staff or any(row.restricted and row.by == actor.staff for row in listed)


def note_read(actor: Actor, number: str, today: date) -> None:
    """Note in the audit trail that something need-to-know was shown."""
    with store().write():
        line = audit.Line(actor.staff, actor.terminal, RESTRICTED_READ, today.isoformat(), number, restricted=True)
        audit.append(store(), line)


def to_be_asked(rows: Iterable[Row]) -> str:
    """The supervisor of whom the person is still to be asked whether they may know; "" where nobody need be."""
    listed = list(rows)
    holder, asked = "", False
    waiting = False
    heard: set[str] = set()
    for row in entries.live(listed):
        if row.kind == p.FACT and row.key == "supervisor":
            holder = p.unpack(row.payload, p.FactPayload).value or ""
            asked = False
        elif row.kind == p.ASKED and row.key == holder:
            asked = True
        elif row.kind in _SECRETS and row.restricted:
            heard.add(holder)
            waiting = True
    return holder if waiting and holder and not asked and holder not in heard else ""


_SECRETS = frozenset({p.DISCLOSURE, p.ACTIVITY, p.ACTIVITY_SETTLED, p.REFERRAL, p.MET, p.SHARED})


def _allowed(actor: Actor, rows: list[Row], today: date) -> Iterator[str]:
    """The ids of the restricted rows this user may see."""
    restricted = [row for row in rows if row.restricted]
    if actor.role is Role.MANAGER:
        yield from (row.id for row in restricted)
        return
    if actor.role is not Role.SUPERVISOR:
        return
    # That somebody was asked, or had to look, is between them and the manager.
    restricted = [row for row in restricted if row.by == actor.staff or row.kind not in (p.ASKED, p.EMERGENCY)]
    yield from (row.id for row in restricted if row.by == actor.staff)
    if _opened(actor, rows, today):
        yield from (row.id for row in restricted)
        return
    if _holder(rows) != actor.staff:
        return
    holder = ""
    counting = {row.id for row in entries.live(rows)}
    ids = {row.id for row in restricted}
    for row in rows:
        if row.kind == p.FACT and row.key == "supervisor" and row.id in counting:
            holder = p.unpack(row.payload, p.FactPayload).value or ""
        elif row.id in ids and holder == actor.staff:
            yield row.id


def _opened(actor: Actor, rows: list[Row], today: date) -> bool:
    """Whether everything is open to them: the person was asked and agreed, or today is the day of an emergency."""
    agreed = False
    for row in entries.live(rows):
        if row.kind == p.FACT and row.key == "supervisor":
            agreed = False
        elif row.kind == p.ASKED and row.key == actor.staff:
            agreed = p.unpack(row.payload, p.SharedPayload).grounds == "yes"
        elif row.kind == p.EMERGENCY and row.by == actor.staff and row.day == today.isoformat():
            return True
    return agreed and _holder(rows) == actor.staff


def _holder(rows: list[Row]) -> str:
    """Who the case is allocated to now."""
    found = [row for row in entries.live(rows) if row.kind == p.FACT and row.key == "supervisor"]
    return (p.unpack(found[-1].payload, p.FactPayload).value or "") if found else ""


class Emergency(NamedTuple):
    """Emergency access: to whose need-to-know records (prisoner number), by whom, on which day."""

    number: str
    by: str
    on: date


def emergencies(actor: Actor, today: date, days: int = 7) -> tuple[Emergency, ...]:
    """Emergency access in the last days, for the manager, the oldest first. Nothing for anybody else."""
    if actor.role is not Role.MANAGER:
        return ()
    with store().read():
        rows = entries.of_kind(p.EMERGENCY)
        names = {member.id: member.name for member in staff()}
    since = today - timedelta(days=days)
    found = (
        Emergency(row.key.partition(":")[0], names.get(row.by, row.by), date.fromisoformat(row.day)) for row in rows
    )
    return tuple(one for one in found if one.on >= since)
