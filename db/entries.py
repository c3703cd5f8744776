"""The append-only rows: how they are written, and read back as one person's story.

A *line* is the history of one thing, such as the hand-recorded value of one fact: its first row
replaces the line's own name, each later row the one before it. Two people replacing the same row
collide, and the second is told (record.md, Nothing is overwritten).
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import count
from typing import NamedTuple

import msgspec

from db import engine
from db.audit import ENTRY_COLUMNS
from db.current import store


class Row(NamedTuple):
    """One row of `entry`, its columns in the table's own order."""

    id: str
    case: str | None
    kind: str
    key: str
    effective: str
    day: str
    recorded: str
    by: str
    terminal: str
    source: str
    replaces: str | None
    withdrawn: bool
    command: str
    payload: str
    restricted: bool


_COLUMNS = ", ".join(f'"{name}"' for name in ENTRY_COLUMNS)
_SELECT = f"SELECT {_COLUMNS} FROM entry"
_INSERT = f"INSERT INTO entry ({_COLUMNS}) VALUES ({', '.join('?' * len(ENTRY_COLUMNS))})"
_CHUNK = 400
# Row._make, without its counting of the columns, which `_SELECT` names.
_row = partial(tuple.__new__, Row)


def new_id() -> str:
    """A new row's or command's id."""
    return uuid.uuid4().hex


def new_ids() -> Iterator[str]:
    """Ids for the rows of one command: a UUID's first half and more, then a count, so that they sort as written."""
    begins = uuid.uuid4().hex[:24]
    return (f"{begins}{number:08x}" for number in count())


def line(case: str | None, kind: str, key: str = "") -> str:
    """The name of a line, which its first row replaces."""
    return f"{case or ''}/{kind}/{key}"


def insert(rows: Sequence[Row]) -> None:
    """Write rows, inside the command's own transaction."""
    engine.run_many(store().database, _INSERT, rows)


def _rows(sql: str, values: Sequence[object] = ()) -> list[Row]:
    return list(map(_row, engine.run(store().database, sql, values)))


def of_case(number: str, as_at: str | None = None, *, restricted: bool = False) -> list[Row]:
    """Every row about one person, oldest first; with `as_at` (ISO date) those written on that day or before.

    What is need-to-know is left out unless it is asked for: `db.need_to_know` says who may see which of it.
    """
    until = (" AND day <= ?" if as_at else "") + _open(restricted)
    values = (number, as_at) if as_at else (number,)
    return _rows(f'{_SELECT} WHERE "case" = ?{until} ORDER BY recorded, id', values)


def _open(restricted: bool) -> str:
    return "" if restricted else " AND NOT restricted"


def of_cases(numbers: Iterable[str], *, restricted: bool = False) -> Iterator[tuple[str, list[Row]]]:
    """Every row about several people, person by person, oldest first; need-to-know as in `of_case`."""
    wanted = list(numbers)
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        found: dict[str, list[Row]] = {number: [] for number in part}
        marks = ", ".join("?" * len(part))
        where = f'"case" IN ({marks}){_open(restricted)}'
        for row in _rows(f"{_SELECT} WHERE {where} ORDER BY recorded, id", part):
            if row.case is not None:
                found[row.case].append(row)
        yield from found.items()


def of_kinds(numbers: Sequence[str], kinds: Sequence[str]) -> list[Row]:
    """Every row of some kinds about a few hundred people at most, oldest first."""
    people, wanted = ", ".join("?" * len(numbers)), ", ".join("?" * len(kinds))
    where = f'"case" IN ({people}) AND kind IN ({wanted})'
    return _rows(f"{_SELECT} WHERE {where} ORDER BY recorded, id", (*numbers, *kinds))


def of_line(kind: str, key: str, numbers: Iterable[str]) -> dict[str, list[Row]]:
    """The rows of one line, such as those of one fact, for several people: each person's oldest first."""
    found: dict[str, list[Row]] = {number: [] for number in numbers}
    wanted = list(found)
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        where = f'"case" IN ({", ".join("?" * len(part))}) AND kind = ? AND key = ?'
        for row in _rows(f"{_SELECT} WHERE {where} ORDER BY recorded, id", (*part, kind, key)):
            found[row.case or ""].append(row)
    return found


def of_kind_in(kind: str, numbers: Iterable[str]) -> list[Row]:
    """The rows of one kind about several people, oldest first; nothing need-to-know."""
    wanted, found = list(numbers), []
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        where = f'"case" IN ({", ".join("?" * len(part))}) AND kind = ?{_open(False)}'
        found += _rows(f"{_SELECT} WHERE {where} ORDER BY recorded, id", (*part, kind))
    return found


def of_kind(kind: str, key: str | None = None) -> list[Row]:
    """Every establishment-level row of a kind, oldest first."""
    also = "" if key is None else " AND key = ?"
    values = (kind,) if key is None else (kind, key)
    return _rows(f'{_SELECT} WHERE "case" IS NULL AND kind = ?{also} ORDER BY recorded, id', values)


def of_command(command: str) -> list[Row]:
    """Every row one command wrote."""
    return _rows(f"{_SELECT} WHERE command = ? ORDER BY recorded, id", (command,))


def live(rows: Iterable[Row]) -> list[Row]:
    """The rows that count, in the order given: no withdrawals, and nothing that was taken back."""
    listed = list(rows)
    undone = {undone_by(row) for row in listed if row.withdrawn}
    return [row for row in listed if not row.withdrawn and row.id not in undone]


def says_again(one: Row, row: Row) -> bool:
    """Whether `one` is what an undo wrote to say `row` again, after something that took `row` back was undone."""
    return one.source == "undo" and not one.withdrawn and _said(one) == _said(row)


def _said(row: Row) -> tuple[str | None, str, str, str, str]:
    return row.case, row.kind, row.key, row.effective, row.payload


def undone_by(withdrawal: Row) -> str | None:
    """The row a withdrawal takes back: the one it names, else the one it replaces.

    In a line both differ where a row is taken back after those that followed it were.
    """
    return msgspec.json.decode(withdrawal.payload, type=dict[str, str]).get("undone") or withdrawal.replaces


def replaced(rows: Sequence[Row], counting: Sequence[Row]) -> set[str]:
    """The rows, and names of lines, that a row that counts took the place of; `counting` are the live ones of `rows`.

    A row that follows others that were taken back takes the place of the one that stood before those.
    """
    found = {row.replaces for row in counting if row.replaces}
    if len(rows) == len(counting):
        return found
    living = {row.id for row in counting}
    before = {row.id: row.replaces for row in rows}
    for at in list(found):
        while at in before and at not in living:
            at = before[at] or ""
        found.add(at)
    return found


def current(rows: Iterable[Row]) -> list[Row]:
    """The rows that count and that no other that counts replaces, in the order given."""
    listed = list(rows)
    counting = live(listed)
    gone = replaced(listed, counting)
    return [row for row in counting if row.id not in gone]


def last_of_line(rows: Iterable[Row], name: str) -> str:
    """What the next row of a line replaces: its last row's id, or the line's name where it has none."""
    at = name
    following = {row.replaces: row.id for row in rows if row.replaces}
    while at in following:
        at = following[at]
    return at
