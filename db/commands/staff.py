"""Looking after staff and sign-ins: the manager's."""

import re
from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from db import entries, roles
from db import payloads as p
from db.commands.allocate import vacate
from db.commands.work import changed, command, words
from db.current import store
from db.drafts import discard_all
from db.engine import key_of, run
from db.errors import AlreadyThere, Invalid, NotFound, Stale
from db.keyring import Keyring
from db.loads import Terms
from db.passwords import refuse_weak
from db.rows import Actor, Changed, Role
from db.staff import rebuild_staff, staff
from db.views.workload import terms_of

LONGEST_WEEK = 48
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


def _keyring() -> Keyring:
    return Keyring(store().layout.directory)


def _payload(id: str) -> p.StaffPayload:
    now = entries.current(entries.of_kind(p.STAFF, id))
    if not now:
        raise NotFound(f"There is no member of staff called “{id}”; wingdesk users list shows them.")
    return p.unpack(now[-1].payload, p.StaffPayload)


def add_staff(actor: Actor, id: str, name: str, role: Role | None, today: date, password: str | None = None) -> Changed:
    """Add a member of staff; with a role and password they can sign in, without they only hold cases.

    Raises Invalid (id, name, weak password), AlreadyThere, NotAllowed.
    """
    roles.check(actor, "users")
    id = id.strip().lower()
    if not _ID.fullmatch(id):
        raise Invalid("A user name is 2 to 40 lower-case letters, digits, dots or hyphens. Nothing was saved.")
    if role is not None and password is None:
        raise Invalid("Somebody who signs in needs a password. Nothing was saved.")
    if password is not None:
        refuse_weak(id, password)
    with command(actor, None, f"add staff {id}", today) as work:
        if entries.current(entries.of_kind(p.STAFF, id)):
            raise AlreadyThere(f"There is a member of staff called “{id}” already. Nothing was saved.")
        work.add_to_line(p.STAFF, id, p.StaffPayload(words(name, "The name"), role.value if role else None))
        work.sentence = f"{name} added"
    _settle_staff()
    if password is not None:
        _keyring().add(key_of(store().database), id, password)
    return changed(work)


def _settle_staff() -> None:
    with store().write():
        rebuild_staff()


def change_role(actor: Actor, id: str, role: Role, today: date) -> Changed:
    """Give somebody who signs in another role.

    Raises NotFound, NotAllowed, Invalid (they do not sign in or have left, or no manager would be left).
    """
    roles.check(actor, "users")
    _check_signs_in(id)
    if id == actor.staff and role is not Role.MANAGER and not _another_manager(id):
        raise Invalid("You are the only manager: make somebody else one first. Nothing was changed.")
    return _change(actor, id, today, "role", role=role)


def _another_manager(id: str) -> bool:
    return any(one.sign_in and one.active and one.role is Role.MANAGER and one.id != id for one in staff())


def _check_signs_in(id: str) -> None:
    kept = _payload(id)
    if kept.role is None or not kept.active:
        raise Invalid(f"{kept.name} {'has left' if kept.role else 'does not sign in'}. Nothing was changed.")


def disable(actor: Actor, id: str, today: date) -> Changed:
    """Take somebody's sign-in away and mark them as left; their cases are then without a supervisor.

    The slot goes first, so that nobody is left able to sign in. Raises NotFound, NotAllowed, Invalid (oneself).
    """
    roles.check(actor, "users")
    if id == actor.staff:
        raise Invalid("You cannot take away your own sign-in. Nothing was changed.")
    leaver = _payload(id)
    ring = _keyring()
    if ring.knows(id):
        ring.remove(id)
    done = _change(actor, id, today, "disable", active=False)
    sql = "SELECT number FROM standing WHERE supervisor = ? ORDER BY number"
    vacate(actor, [str(row[0]) for row in run(store().database, sql, (id,))], f"{leaver.name} has left", today)
    return done


def set_terms(
    actor: Actor,
    id: str,
    today: date,
    *,
    hours: int,
    areas: Sequence[str],
    away: date | None,
    back: date | None,
    seen: Terms | None = None,
) -> Changed:
    """Record a supervisor's hours a week (0: not recorded), home probation areas, and an absence.

    `away` is its first day, `back` the first day of work after it (None: not known). `seen`: the terms the user had
    before them; where somebody else has changed them since, nothing is written.

    Raises Invalid (hours, back before away), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "allocate")
    if not 0 <= hours <= LONGEST_WEEK:
        raise Invalid(f"Hours a week are 1 to {LONGEST_WEEK}, or none given. Nothing was saved.", field="hours")
    if back is not None and (away is None or back <= away):
        raise Invalid("Back is a day after the first day away. Nothing was saved.", field="back")
    named = tuple(dict.fromkeys(area for area in (" ".join(one.split()) for one in areas) if area))
    with command(actor, None, f"terms {id}", today) as work:
        kept = _payload(id)
        if seen is not None and terms_of(kept, today) != seen:
            raise Stale(
                f"Somebody else has just changed this for {kept.name}. Nothing was saved: Esc leaves, and h shows it."
            )
        payload = replace(
            kept,
            hours=hours,
            areas=named,
            away=away.isoformat() if away else "",
            back=back.isoformat() if back else "",
        )
        work.add_to_line(p.STAFF, id, payload)
        work.sentence = f"hours, areas and absence of {kept.name}"
    work.sentence = f"Recorded for {kept.name}."
    return changed(work)


def reset_password(actor: Actor, id: str, password: str, today: date) -> Changed:
    """Give somebody who signs in a new password; what they had half typed is discarded.

    Raises NotFound, NotAllowed, Invalid.
    """
    roles.check(actor, "users")
    _check_signs_in(id)
    refuse_weak(id, password)
    done = _change(actor, id, today, "reset")
    _keyring().set_password(key_of(store().database), id, password)
    discard_all(store(), id)
    return done


def _change(
    actor: Actor, id: str, today: date, verb: str, *, role: Role | None = None, active: bool | None = None
) -> Changed:
    roles.check(actor, "users")
    with command(actor, None, f"{verb} {id}", today) as work:
        kept = _payload(id)
        payload = replace(
            kept,
            role=role.value if role else kept.role,
            active=kept.active if active is None else active,
        )
        work.add_to_line(p.STAFF, id, payload)
        work.sentence = f"{verb}: {kept.name}"
    _settle_staff()
    return changed(work)
