"""The encrypted database itself: how a connection is opened, what every connection is told, how all are closed.

The one place that meets the driver and playhouse, neither of which is typed.
"""

import logging
import re
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from peewee import Database, DatabaseError, SqliteDatabase
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as driver

from db.errors import (
    DAMAGED,
    LOCKED,
    NewerRecord,
    NotSignedIn,
    RecordDamaged,
    RecordMissing,
    WrongKey,
    WrongRecord,
    translate,
    translating,
)

# "Wing" in ASCII: marks the file as ours, whoever opens it with the key.
APPLICATION_ID = 0x57696E67
KEY_BYTES = 32
SMALLEST = 512
PLAIN_HEADER = b"SQLite format 3\x00"

# Peewee logs every row value at DEBUG, and rekey() the key.
logging.getLogger("peewee").disabled = True
logging.getLogger("peewee").propagate = False

_RAW_KEY = re.compile(r"x'[0-9a-f]{64}'")


class _Connection(driver.Connection):  # type: ignore[misc] # the driver is untyped
    """The driver's connection, which alone takes no weak references."""


class Engine(SqlCipherDatabase):  # type: ignore[misc] # playhouse is untyped
    """SQLCipher with a raw key. Each thread has its own connection (0.8 ms); `forget` closes those of all threads."""

    def __init__(self, path: Path, key: bytes, busy_ms: int, *, wal: bool) -> None:
        if len(key) != KEY_BYTES:
            raise WrongKey("The key of a record is 32 bytes; this is not one.")
        self._open: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._guard = threading.Lock()
        super().__init__(
            str(path),
            # Without the first, SQLCipher writes to the terminal when it meets damage.
            pragmas=(
                ("cipher_log_level", "NONE"),
                ("busy_timeout", busy_ms),
                *((("journal_mode", "wal"),) if wal else ()),
                ("synchronous", 2),
                ("foreign_keys", 1),
                ("recursive_triggers", 1),
                ("trusted_schema", 0),
                ("temp_store", 2),
                # 2 MB: each thread that reads keeps its own pages, decrypted.
                ("cache_size", -2000),
                ("journal_size_limit", 67108864),
            ),
            lock_type="IMMEDIATE",
            passphrase=f"x'{key.hex()}'",
            check_same_thread=False,
            factory=_Connection,
        )

    def _connect(self) -> Any:
        # An empty passphrase would silently make a plain file: refused here, below everything else.
        if not _RAW_KEY.fullmatch(self.connect_params.get("passphrase", "")):
            raise NotSignedIn(LOCKED)
        connection = super()._connect()
        with self._guard:
            self._open.add(connection)
        return connection

    def interrupt(self) -> None:
        """Stop whatever any thread is reading."""
        with self._guard:
            for connection in list(self._open):
                connection.interrupt()

    def forget(self) -> None:
        """Forget the key and close the connections of every thread."""
        self.connect_params.clear()
        with self._guard:
            for connection in list(self._open):
                connection.close()
            self._open.clear()


class Cursor(Protocol):
    """What the driver gives for a statement, as far as it is used here."""

    @property
    def description(self) -> Sequence[Any] | None:
        """The columns; None for a statement that gives none."""

    @property
    def rowcount(self) -> int:
        """How many rows a change touched."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """All rows left."""

    def __iter__(self) -> Iterator[Any]: ...


def run(database: Database, sql: str, values: Sequence[object] = ()) -> Cursor:
    """Execute `sql`, its parameters marked ``?`` whatever the dialect, on this thread's connection."""
    cursor: Cursor = database.execute_sql(sql.replace("?", database.param), values)  # type: ignore[no-untyped-call]
    return cursor


def run_many(database: Database, sql: str, rows: Iterable[Sequence[object]]) -> None:
    """Execute `sql` for each of the rows of parameters, on this thread's connection."""
    connection: Any = database.connection()  # type: ignore[no-untyped-call]
    connection.cursor().executemany(sql.replace("?", database.param), rows)


def connect(path: Path, key: bytes, busy_ms: int) -> SqliteDatabase:
    """A database at `path` with a write-ahead log, opened at its first use; WrongKey unless `key` is 32 bytes."""
    database: SqliteDatabase = Engine(path, key, busy_ms, wal=True)
    return database


def forget(database: SqliteDatabase) -> None:
    """Forget the key of `database` and close the connections of every thread."""
    if isinstance(database, Engine):
        database.forget()


def interrupt(database: SqliteDatabase) -> None:
    """Stop whatever any thread is reading from `database`."""
    if isinstance(database, Engine):
        database.interrupt()


@contextmanager
def opened(path: Path, key: bytes) -> Iterator[SqliteDatabase]:
    """`path` for a look: connected, checked to be one of ours, closed and forgotten afterwards; errors translated."""
    with translating():
        look_at(path)
        database: SqliteDatabase = Engine(path, key, 0, wal=False)
        try:
            identify(database, path)
            yield database
        finally:
            forget(database)


def changes(database: SqliteDatabase) -> int:
    """How many rows this thread's connection changed since it was opened."""
    connection: Any = database.connection()  # type: ignore[no-untyped-call]
    return int(connection.total_changes)


def key_of(database: SqliteDatabase) -> bytes:
    """The key `database` is open with; NotSignedIn once it was forgotten."""
    passphrase = str(database.connect_params.get("passphrase", ""))
    if not _RAW_KEY.fullmatch(passphrase):
        raise NotSignedIn(LOCKED)
    return bytes.fromhex(passphrase[2:-1])


def look_at(path: Path) -> None:
    """What the file tells without a key: RecordMissing, RecordDamaged if cut short, WrongRecord if not encrypted."""
    if not path.is_file():
        raise RecordMissing(f"There is no record at {path}.")
    with open(path, "rb") as file:
        start = file.read(len(PLAIN_HEADER))
    if not start:
        raise RecordDamaged(f"{path} is empty. Restore the newest good backup.")
    if path.stat().st_size < SMALLEST:
        # SQLite takes a file this short for an empty database and would begin a new one in it.
        raise RecordDamaged(f"{path} was cut short. Restore the newest good backup.")
    if start == PLAIN_HEADER:
        raise WrongRecord(f"{path} is an ordinary database, not encrypted, so it is no record of Wingdesk's.")


def identify(database: SqliteDatabase, path: Path) -> None:
    """Check that an opened database is a record: the right key, ours, its header whole."""
    try:
        ours = run(database, "PRAGMA application_id").fetchone()[0]
    except DatabaseError as error:
        told = translate(error)
        if isinstance(told, RecordDamaged):
            raise RecordDamaged(f"{path} cannot be read with its key. {DAMAGED}") from error
        raise
    if ours != APPLICATION_ID:
        raise WrongRecord(f"{path} opens with this key, but it is no record of Wingdesk's.")


def version(database: SqliteDatabase) -> int:
    """The schema version an opened record says it has."""
    return int(run(database, "PRAGMA user_version").fetchone()[0])


def refuse_newer(found: int, expected: int) -> None:
    """Raise NewerRecord where `found` is beyond what this program knows."""
    if found > expected:
        raise NewerRecord(
            f"This record was written by a newer Wingdesk (version {found} of the record, this program knows "
            f"{expected}). Use the newer one; nothing was changed."
        )


def faults(database: SqliteDatabase) -> tuple[str, ...]:
    """Everything wrong with the file itself: every page's authentication, then SQLite's own check. Reads it all."""
    with translating():
        pages = [str(row[0]) for row in run(database, "PRAGMA cipher_integrity_check").fetchall()]
        if pages:
            return tuple(pages)
        rows = [str(row[0]) for row in run(database, "PRAGMA integrity_check").fetchall()]
        return tuple(row for row in rows if row != "ok")
