"""The bare driver beside the program: the same file, the same pragmas, the same statements, nothing else."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlcipher3 import dbapi2 as driver

from db import engine

PRAGMAS = (
    "PRAGMA cipher_log_level=NONE",
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_mode=wal",
    "PRAGMA synchronous=2",
    "PRAGMA foreign_keys=1",
    "PRAGMA recursive_triggers=1",
    "PRAGMA trusted_schema=0",
    "PRAGMA temp_store=2",
    "PRAGMA cache_size=-65536",
    "PRAGMA journal_size_limit=67108864",
)
"""What `db.engine` tells every connection."""

Statement = tuple[str, tuple[object, ...]]


def connect(file: Path, key: bytes) -> Any:
    """The driver's own connection to a record; transactions are ours to begin and end."""
    connection = driver.connect(str(file), isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    for pragma in PRAGMAS:
        connection.execute(pragma)
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
