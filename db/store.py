"""A record, open: made, opened, read from, written to, and closed with its key forgotten.

One directory holds one record (`db.files.Layout`). Everything read or written goes through `Store.read`
and `Store.write`, where every trouble of the driver's becomes a sentence (`db.errors`).
"""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import SqliteDatabase

from db import engine, keycheck, schema, triggers
from db.clock import stamp
from db.errors import (
    LOCKED,
    AlreadyThere,
    NotSignedIn,
    OurFault,
    RecordBusy,
    RecordDamaged,
    RecordMissing,
    WrongKey,
    translating,
)
from db.files import (
    Layout,
    hold,
    let_go,
    make_private,
    private_directory,
    private_file,
    remove_database,
    settle,
    sync_directory,
)
from db.models import PROXY, Meta
from db.share import refuse_share

BUSY_MS = 5000
DEMONSTRATION = "demonstration"
"""What a demonstration says of itself in `about`, and the day it stands on."""
INTERRUPTIONS = 40
WROTE_WHILE_READING = "Wingdesk tried to write while it was only reading. Nothing was written."


class Store:
    """An open record. The models of `db.models` speak to the store that was opened or entered last."""

    def __init__(self, layout: Layout, database: SqliteDatabase, held: int, notices: tuple[str, ...] = ()) -> None:
        self.layout = layout
        self.database = database
        self.notices = notices
        """Sentences about what opening found and put right; the manager should see them."""
        self._held: int | None = held
        self._closed = False
        self._inside: dict[int, int] = {}
        self._change = threading.Condition()
        self._mine = threading.local()

    @contextmanager
    def read(self) -> Iterator[SqliteDatabase]:
        """One consistent view of the record for everything inside. Inside `write`, part of that.

        Raises NotSignedIn once the store is closed, RecordDamaged, DiskFailed; OurFault, keeping nothing, if
        something was written.
        """
        with self._entered():
            if self.database.in_transaction():
                yield self.database
                return
            with self.database.atomic("DEFERRED"):
                before = engine.changes(self.database)
                yield self.database
                if engine.changes(self.database) != before:
                    raise OurFault(WROTE_WHILE_READING)

    @contextmanager
    def write(self) -> Iterator[SqliteDatabase]:
        """One transaction, begun IMMEDIATE: all of what is inside is durable when this returns, or none of it is.

        A `write` inside a `write` joins it. Raises RecordBusy after the busy timeout, DiskFull, ReadOnly,
        RecordDamaged, DiskFailed, Stale for a second replacement of one row, NotSignedIn once closed.
        """
        with self._entered():
            if getattr(self._mine, "writing", False):
                yield self.database
                return
            if self.database.in_transaction():
                raise OurFault(WROTE_WHILE_READING)
            with self.database.atomic("IMMEDIATE"):
                self._mine.writing = True
                try:
                    yield self.database
                finally:
                    self._mine.writing = False

    @contextmanager
    def outside(self) -> Iterator[SqliteDatabase]:
        """The database outside any transaction, for what cannot be done in one (a backup). Errors as `read`."""
        with self._entered():
            if self.database.in_transaction():
                raise OurFault("Wingdesk tried to copy the record in the middle of a change. Nothing was written.")
            yield self.database

    def use(self) -> None:
        """Have the models speak to this store (opening and entering it do so already)."""
        if PROXY.obj is not self.database:
            PROXY.initialize(self.database)

    def faults(self) -> tuple[str, ...]:
        """Everything wrong with the file itself, page by page; empty if nothing is. Reads the whole record."""
        with self._entered():
            return engine.faults(self.database)

    def about(self) -> dict[str, str]:
        """What the record says of itself: `record` (its id), `establishment`, `code`, `made` (UTC stamp)."""
        with self.read():
            return {row.name: row.value for row in Meta.select()}

    def close(self, patience: float = 2.0) -> None:
        """Forget the key and close every thread's connection.

        What other threads have under way gets `patience` seconds to end, is then interrupted, and rolls back. From
        then on `read` and `write` raise NotSignedIn. May be called twice, and from a signal handler.
        """
        with self._change:
            self._closed = True
            done = self._change.wait_for(self._alone, patience)
            for _ in range(INTERRUPTIONS):
                if done:
                    break
                # Again and again: an interruption between two statements is forgotten by the second.
                engine.interrupt(self.database)
                done = self._change.wait_for(self._alone, 0.05)
        if PROXY.obj is self.database:
            PROXY.initialize(None)
        engine.forget(self.database)
        held, self._held = self._held, None
        let_go(held)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _alone(self) -> bool:
        return not (set(self._inside) - {threading.get_ident()})

    @contextmanager
    def _entered(self) -> Iterator[None]:
        me = threading.get_ident()
        with self._change:
            if self._closed:
                raise NotSignedIn(LOCKED)
            self._inside[me] = self._inside.get(me, 0) + 1
        try:
            self.use()
            with translating():
                yield
        except RecordDamaged:
            # After a failed page the connection answers nothing sensible any more: the next use gets a new one.
            if not self.database.in_transaction():
                self.database.close()
            raise
        finally:
            with self._change:
                self._inside[me] -= 1
                if not self._inside[me]:
                    del self._inside[me]
                self._change.notify_all()


def exists(directory: Path) -> bool:
    """Whether there is a record in `directory` (whole or not)."""
    settle(directory)
    return Layout(directory).record.exists()


def create(directory: Path, key: bytes, *, establishment: str, code: str = "", busy_ms: int = BUSY_MS) -> Store:
    """Make a record in `directory` and open it. A crash leaves a whole record or none.

    Raises AlreadyThere, NetworkShare, WrongKey (not 32 bytes, or not the key of the slots), DiskFull, ReadOnly.
    """
    layout = Layout(directory)
    with translating():
        refuse_share(directory)
        if layout.record.exists():
            raise AlreadyThere(f"There is a record in {directory} already. Open it, or name another directory.")
        _refuse_other_key(layout, key)
        private_directory(directory)
        private_directory(layout.backups)
        new = directory / "record.new"
        remove_database(new)
        database = engine.connect(new, key, busy_ms)
        try:
            private_file(new)
            schema.migrate(database)
            about = {"record": uuid.uuid4().hex, "establishment": establishment, "code": code, "made": stamp()}
            for name, value in about.items():
                engine.run(database, 'INSERT INTO "meta" ("name", "value") VALUES (?, ?)', (name, value))
            engine.forget(database)
            new.replace(layout.record)
            sync_directory(directory)
        except BaseException:
            engine.forget(database)
            remove_database(new)
            raise
    return open_record(directory, key, busy_ms=busy_ms)


def open_record(directory: Path, key: bytes, *, busy_ms: int = BUSY_MS) -> Store:
    """Open the record in `directory`; an older one is backed up and brought forward first.

    Raises RecordMissing, RecordDamaged (0 bytes, torn, unreadable), WrongRecord (plain, or not ours), WrongKey,
    NewerRecord, NetworkShare, RecordBusy, ReadOnly.
    """
    layout = Layout(directory)
    with translating():
        _refuse_absent(layout)
        refuse_share(directory)
        # Held before a restore is finished: one that is under way keeps everybody out.
        held = hold(layout.held)
        if held is None:
            raise RecordBusy("The record is just being restored. Nothing was opened; try again in a moment.")
        try:
            settle(directory)
            store = _opened(layout, key, busy_ms, held)
        except BaseException:
            let_go(held)
            raise
    store.use()
    return store


def _opened(layout: Layout, key: bytes, busy_ms: int, held: int) -> Store:
    engine.look_at(layout.record)
    _refuse_other_key(layout, key)
    for file in (layout.record, layout.keys):
        make_private(file)
    database = engine.connect(layout.record, key, busy_ms)
    try:
        engine.identify(database, layout.record)
        return Store(layout, database, held, _ready(layout, database))
    except BaseException:
        engine.forget(database)
        raise


def _ready(layout: Layout, database: SqliteDatabase) -> tuple[str, ...]:
    """Bring an older record forward and put the safeguards right; gives sentences about what was amiss."""
    found = engine.version(database)
    engine.refuse_newer(found, schema.VERSION)
    if found < schema.VERSION:
        from db import backup

        backup.pack(database, layout, layout.backups)
        schema.migrate(database)
        return (f"The record was brought from version {found} to {schema.VERSION}, after a backup.",)
    gone = triggers.missing(database)
    if not gone:
        return ()
    with database.atomic("IMMEDIATE"):
        triggers.install(database)
    return (
        "Safeguards that keep rows from being changed were missing and were put back. "
        f"Check the record with wingdesk verify. ({', '.join(gone)})",
    )


def _refuse_absent(layout: Layout) -> None:
    if layout.record.exists() or layout.incoming.exists():
        return
    if layout.keys.exists() and any(layout.backups.glob("*")):
        raise RecordDamaged(f"The record in {layout.directory} is gone, but its backups are there. Restore one.")
    raise RecordMissing(
        f"There is no record in {layout.directory}. Make one with wingdesk init, or name another directory "
        "with --record."
    )


def _refuse_other_key(layout: Layout, key: bytes) -> None:
    """With the slots at hand a wrong key is told from damage; without them SQLCipher cannot tell."""
    if len(key) != engine.KEY_BYTES or keycheck.belongs(layout.keys, key) is False:
        raise WrongKey(f"This is not the key of the record in {layout.directory}. Nothing was opened.")
