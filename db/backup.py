"""Backups: the whole record in one encrypted file (db.bundle), verified and kept in rotation; and restoring one."""

import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from peewee import SqliteDatabase

from db import bundle, engine
from db.bundle import KEYS, RECORD
from db.clock import read_stamp, stamp
from db.errors import RecordBusy, RecordError, translating
from db.files import (
    Layout,
    hold,
    let_go,
    private_directory,
    private_file,
    remove_database,
    settle,
    sync_directory,
    sync_file,
    write_whole,
)
from db.keyring import Keyring
from db.slots import load as load_slots
from db.store import Store

ENDING = ".wingdesk-backup"
KEEP = 14


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file and what its manifest says: made at `made` (UTC), from schema `schema`, up to audit `head`."""

    path: Path
    made: datetime
    schema: int
    head: str
    lines: int
    record: str


def make(store: Store, into: Path | None = None) -> Backup:
    """Back the record up into the directory `into` (default: its own backups, kept to the newest 14).

    Other people go on working meanwhile. The copy is opened with its key and checked page by page before it takes
    its name. Raises DiskFull, ReadOnly, RecordDamaged if the record itself is damaged.
    """
    own = into is None or into == store.layout.backups
    # A snapshot is a read: nobody's transaction is held up, and closing the store waits for it.
    with store.outside() as database:
        made = pack(database, store.layout, store.layout.backups if into is None else into)
    if own:
        rotate(store.layout.backups)
    return made


def pack(database: SqliteDatabase, layout: Layout, into: Path) -> Backup:
    """Write one verified backup of an open `database` into the directory `into`; nothing is left of a failed one.

    Raises Invalid where `into` can be no directory, and what a disk does to a file.
    """
    with translating():
        private_directory(into)
        copy = into / f".{secrets.token_hex(6)}.tmp"
        keys, whole = copy.with_suffix(".keys.tmp"), copy.with_suffix(".zip.tmp")
        key = engine.key_of(database)
        try:
            # Copied first, so that a password changed meanwhile does not make the parts disagree.
            if layout.keys.exists():
                write_whole(keys, layout.keys.read_bytes())
            private_file(copy)
            engine.run(database, "VACUUM INTO ?", (str(copy),))
            manifest = bundle.describe(copy, key, keys)
            bundle.write(whole, manifest, copy, keys)
            bundle.read(whole, thorough=True)
            place = _free_name(into, manifest)
            whole.replace(place)
            sync_directory(into)
        finally:
            remove_database(copy)
            keys.unlink(missing_ok=True)
            whole.unlink(missing_ok=True)
        return _told(place, manifest)


def backups(directory: Path) -> tuple[Backup, ...]:
    """The backups in a backups directory whose manifest can be read, newest first."""
    found = []
    for path in directory.glob(f"*{ENDING}"):
        try:
            found.append(_told(path, bundle.read(path, thorough=False)))
        except RecordError:
            continue
    return tuple(sorted(found, key=lambda each: (each.made, each.path.name), reverse=True))


def newest_good(directory: Path) -> Backup | None:
    """The newest backup in `directory` that reads back as it was written; None if there is none."""
    for each in backups(directory):
        try:
            bundle.read(each.path, thorough=True)
        except RecordError:
            continue
        return each
    return None


def is_due(directory: Path, now: datetime, every: timedelta = timedelta(days=1)) -> bool:
    """Whether the newest backup in `directory` is older than `every`, in the future, or not there."""
    found = backups(directory)
    return not found or not timedelta(0) <= now - found[0].made < every


def rotate(directory: Path, keep: int = KEEP) -> tuple[Path, ...]:
    """Remove all but the newest `keep` backups from `directory`; gives what was removed. Unreadable ones stay."""
    gone = tuple(each.path for each in backups(directory)[keep:])
    for path in (*gone, *_left(directory, ".*.tmp")):
        path.unlink(missing_ok=True)
    return gone


def check(path: Path, key: bytes) -> Backup:
    """Read a backup through, and open it with `key`: every page authenticated. RecordDamaged, WrongKey, NewerRecord."""
    with translating(), bundle.unpacked(path, path.parent) as (staged, manifest):
        bundle.describe(staged / RECORD, key, staged / KEYS)
        return _told(path, manifest)


def restore(path: Path, directory: Path, unlock: Callable[[Keyring], bytes]) -> Path | None:
    """Put the record of a backup in the place of the one in `directory`; gives where the old one is kept, if any.

    `unlock` gets key slots and gives the key. Where the slots in `directory` are whole and of the same key, they
    stay, so that nobody who left comes back and passwords are today's; else they are the backup's own. The copy is
    opened and checked before anything is touched; the old record moves aside with its side files; after a crash
    the next start finishes what was decided, or finds everything as it was.
    Close the store first: RecordBusy while anybody has the record open.
    """
    layout = Layout(directory)
    with translating():
        private_directory(directory)
        held = hold(layout.held, alone=True)
        if held is None:
            raise RecordBusy("The record is open in another window or program. Close it there, then restore.")
        try:
            settle(directory)
            for left in _left(directory, ".*.restore"):
                shutil.rmtree(left, ignore_errors=True)
            aside = _decide(path, layout, unlock)
            settle(directory)
            private_directory(layout.backups)
            return aside
        finally:
            let_go(held)


def _decide(path: Path, layout: Layout, unlock: Callable[[Keyring], bytes]) -> Path | None:
    """Unpack, open and check a backup, and leave it where `settle` brings it in; where the old record will go."""
    directory = layout.directory
    with bundle.unpacked(path, directory) as (staged, _):
        ours = _same_key(layout.keys, staged / KEYS)
        key = unlock(Keyring(directory if ours else staged, tries_in=directory))
        bundle.describe(staged / RECORD, key, staged / KEYS)
        if ours:
            (staged / KEYS).unlink(missing_ok=True)
        there = layout.record.exists() or layout.keys.exists()
        aside = f"aside-{stamp().replace(':', '').replace('.', '-')}"
        (staged / "aside").write_text(aside, "utf-8")
        for file in staged.iterdir():
            sync_file(file)
        sync_directory(staged)
        staged.replace(layout.incoming)
        sync_directory(directory)
        return directory / aside if there else None


def _left(directory: Path, pattern: str) -> tuple[Path, ...]:
    """What something that was killed left behind; what is still being written was touched within the last day."""
    return tuple(path for path in directory.glob(pattern) if time.time() - path.stat().st_mtime > 86400)


def _same_key(present: Path, past: Path) -> bool:
    """Whether the slots in `present` are whole and wrap the key of the slots in `past`, or of a backup without any."""
    try:
        return not past.exists() or load_slots(present).check == load_slots(past).check
    except RecordError:
        return False


def _free_name(into: Path, manifest: bundle.Manifest) -> Path:
    """A name that sorts by time; two in one second are told apart by a figure."""
    day, clock = manifest.made[:10], manifest.made[11:19].replace(":", "")
    for count in range(1000):
        place = into / f"{day}-{clock}Z{f'-{count}' if count else ''}{ENDING}"
        if not place.exists():
            return place
    return into / f"{day}-{clock}Z-{secrets.token_hex(4)}{ENDING}"


def _told(path: Path, manifest: bundle.Manifest) -> Backup:
    return Backup(path, read_stamp(manifest.made), manifest.schema, manifest.head, manifest.lines, manifest.record)
