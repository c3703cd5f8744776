"""Staff: who holds cases and who signs in, kept as rows and as one current table."""

from collections.abc import Sequence

from db import engine, entries
from db import payloads as p
from db.current import store
from db.errors import NotFound
from db.rows import Role, StaffRow
from db.texts import plain

_COLUMNS = "id, name, role, active"


def _row(found: Sequence[object]) -> StaffRow:
    identity, name, role, active = found
    return StaffRow(
        str(identity), str(name), Role(str(role)) if role else Role.SUPERVISOR, role is not None, bool(active)
    )


def staff() -> tuple[StaffRow, ...]:
    """Everybody, by name."""
    with store().read():
        return tuple(
            _row(found) for found in engine.run(store().database, f"SELECT {_COLUMNS} FROM staff ORDER BY find, id")
        )


def name_of(identity: str) -> str:
    """What this member of staff is called; the id itself where nobody has it. Inside a read."""
    found = engine.run(store().database, "SELECT name FROM staff WHERE id = ?", (identity,)).fetchone()
    return str(found[0]) if found else identity


def staff_member(text: str) -> StaffRow:
    """The active member of staff with this id, or this name if it is one person's.

    Raises NotFound where there is none, or several.
    """
    wanted = text.strip()
    with store().read():
        run = engine.run(
            store().database, f"SELECT {_COLUMNS} FROM staff WHERE id = ? OR find = ?", (wanted.lower(), plain(wanted))
        )
        found = [row for row in map(_row, run) if row.active]
    if len(found) != 1:
        many = "There are several" if found else "There is no"
        raise NotFound(f"{many} member of staff called “{wanted}”; wingdesk users list shows them.")
    return found[0]


def called(identity: str) -> str:
    """The name of a member of staff, whether or not they are still here; the id itself where it is nobody's."""
    found = engine.run(store().database, "SELECT name FROM staff WHERE id = ?", (identity,)).fetchone()
    return str(found[0]) if found else identity


def staff_rows(*, stored: bool = False) -> list[tuple[str, ...]]:
    """The current table's rows as texts: as the record's rows give them, or as stored. For `verify`."""
    if stored:
        names = "id, name, find, post, role, wing, active"
        return [
            tuple(str(value) for value in row) for row in engine.run(store().database, f"SELECT {names} FROM staff")
        ]
    return [tuple(str(int(value) if isinstance(value, bool) else value) for value in row) for row in _current()]


def _current() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for row in entries.current(entries.of_kind(p.STAFF)):
        kept = p.unpack(row.payload, p.StaffPayload)
        rows.append((row.key, kept.name, plain(kept.name), kept.post, kept.role, kept.wing, kept.active))
    return rows


def rebuild_staff() -> None:
    """Write the current table anew from the rows, inside the caller's transaction."""
    database = store().database
    engine.run(database, "DELETE FROM staff")
    sql = "INSERT INTO staff (id, name, find, post, role, wing, active) VALUES (?, ?, ?, ?, ?, ?, ?)"
    engine.run_many(database, sql, _current())
