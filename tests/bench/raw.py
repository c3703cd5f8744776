"""The bare driver beside the program: the same file, the same pragmas, the same statements, nothing else."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlcipher3 import dbapi2 as driver

from db import engine

Statement = tuple[str, tuple[object, ...]]
_BUSY_MS = 5000


def connect(file: Path, key: bytes) -> Any:
    """The driver's own connection to a record, told all that `db.engine` tells its own; transactions are ours."""
    connection = driver.connect(str(file), isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    told: Sequence[tuple[str, object]] = engine.Engine(file, key, _BUSY_MS, wal=True)._pragmas
    for name, value in told:
        connection.execute(f"PRAGMA {name}={value}")
    return connection


@contextmanager
def connected(file: Path, key: bytes) -> Iterator[Any]:
    """The same, closed at the end."""
    connection = connect(file, key)
    try:
        yield connection
    finally:
        connection.close()


def statements(work: Callable[[], object]) -> list[Statement]:
    """Every statement `work` puts to the record, with its values, in order."""
    told: list[Statement] = []
    run = engine.run

    def telling(database: Any, sql: str, values: Sequence[object] = ()) -> engine.Cursor:
        told.append((sql, tuple(values)))
        return run(database, sql, values)

    with patch.object(engine, "run", telling):
        work()
    return told


def replay(connection: Any, told: Sequence[Statement]) -> int:
    """The same statements in one read, everything fetched and nothing made of it; gives how many rows came."""
    rows = 0
    cursor = connection.cursor()
    cursor.execute("BEGIN DEFERRED")
    for sql, values in told:
        rows += len(cursor.execute(sql, values).fetchall())
    cursor.execute("COMMIT")
    return rows
