"""Coming in and going out: making a record, signing in and out."""

import platform
from datetime import date
from pathlib import Path

from db import audit, current, entries
from db import payloads as p
from db.clock import stamp
from db.errors import AlreadyThere, NotAllowed, RecordMissing
from db.keyring import Keyring
from db.refreshing import refresh
from db.rows import Actor, Role
from db.staff import rebuild_staff
from db.store import create, exists, open_record


def terminal() -> str:
    """What this terminal is called in the record: the machine's name."""
    return platform.node() or "terminal"


def make_record(
    directory: Path,
    establishment: str,
    code: str,
    user: str,
    name: str,
    password: str,
    today: date,
    ring: Keyring | None = None,
) -> tuple[Actor, str]:
    """Make a record with its first user, a manager, and sit down at it; gives the recovery code, shown once.

    Raises AlreadyThere, Invalid (weak password), NetworkShare, DiskFull, ReadOnly.
    """
    if exists(directory):
        raise AlreadyThere(f"There is a record in {directory} already. Open it, or name another directory.")
    key, code_once = (ring or Keyring(directory)).create(user, password)
    current.sit_down(create(directory, key, establishment=establishment, code=code))
    actor = Actor(user.strip().lower(), name, Role.MANAGER, terminal())
    first_staff(actor, today)
    return actor, code_once


def first_staff(actor: Actor, today: date) -> None:
    """Write the first user's own staff row, which no command could: there is nobody yet to give it."""
    store = current.store()
    command = entries.new_id()
    with store.write():
        payload = p.pack(p.StaffPayload(actor.name, actor.role.value))
        day = today.isoformat()
        line = entries.line(None, p.STAFF, actor.staff)
        entries.insert(
            [
                entries.Row(
                    entries.new_id(), None, p.STAFF, actor.staff, day, day, stamp(), actor.staff,
                    actor.terminal, "init", line, False, command, payload, False,
                )
            ]
        )  # fmt: skip
        rebuild_staff()
        audit.append(store, audit.Line(actor.staff, actor.terminal, "make the record", day, None, command))


def sign_in(directory: Path, user: str, password: str, today: date) -> Actor:
    """Unlock the record, bring stale duties up to date, and note the sign-in.

    Raises RecordMissing, WrongPassword, TooSoon (with seconds), NotAllowed for somebody without a sign-in,
    RecordDamaged, RecordBusy.
    """
    if not exists(directory) and not Keyring(directory).exists():
        raise RecordMissing(
            f"There is no record in {directory}. Make one with wingdesk init, or name another directory with --record."
        )
    ring = Keyring(directory)
    failed = ring.failures(user)
    return sign_in_with(directory, ring.unlock(user, password), user, today, failed)


def sign_in_with(directory: Path, key: bytes, user: str, today: date, failed: int = 0) -> Actor:
    """The same with the key already unwrapped; `failed` tries before are noted with the sign-in."""
    current.sit_down(open_record(directory, key))
    return enter(user, today, failed)


def enter(user: str, today: date, failed: int = 0) -> Actor:
    """Let `user` into the record that is open: find who they are, bring stale duties up to date, note the sign-in."""
    try:
        actor = actor_called(user)
        refresh(today)
        note(actor, "sign in", today, detail=f"after {failed} failed" if failed else "")
    except BaseException:
        current.stand_up()
        raise
    return actor


def actor_called(user: str) -> Actor:
    """Who a user of the open record is. Raises NotAllowed where they have no sign-in."""
    from db.staff import staff

    wanted = user.strip().casefold()
    for member in staff():
        if member.id == wanted and member.sign_in and member.active:
            return Actor(member.id, member.name, member.role, terminal())
    raise NotAllowed(f"“{user}” has no sign-in in this record. Ask the manager.")


def note(actor: Actor, verb: str, today: date, case: str | None = None, detail: str = "") -> None:
    """Note in the audit trail something that writes no rows: a sign-in, a print, an export."""
    store = current.store()
    with store.write():
        audit.append(store, audit.Line(actor.staff, actor.terminal, verb, today.isoformat(), case, detail=detail))


def recover(directory: Path, code: str, user: str, password: str, today: date) -> Actor:
    """Open the record with the recovery code and give `user` a new password.

    Raises WrongPassword for a wrong code, TooSoon, NotAllowed for somebody without a sign-in, Invalid for a weak
    password.
    """
    ring = Keyring(directory)
    key = ring.recover(code)
    actor = sign_in_with(directory, key, user, today)
    ring.set_password(key, user, password)
    note(actor, "reset by recovery code", today)
    return actor


def sign_out() -> None:
    """Close the record and forget its key."""
    current.stand_up()
