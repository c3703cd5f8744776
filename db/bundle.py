"""The backup file: one uncompressed zip that holds the whole record, still encrypted.

`manifest.json` is the only part in clear: when, versions, sizes, hashes, the audit head. `record.db` is encrypted;
`keys.json` holds wrapped keys, users by hash.
"""

import hashlib
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from db import engine, schema
from db.clock import stamp
from db.errors import RecordDamaged, RecordMissing, WrongKey
from db.files import private_file, sync_file
from db.keycheck import belongs
from db.slots import load

FORMAT = 1
RECORD, KEYS, MANIFEST = "record.db", "keys.json", "manifest.json"


class Manifest(msgspec.Struct, frozen=True):
    """What a backup says of itself, in clear: UTC stamp, versions, sizes in bytes, SHA-256, the audit head."""

    format: int
    record: str
    made: str
    schema: int
    head: str
    lines: int
    sizes: dict[str, int]
    hashes: dict[str, str]


def describe(copy: Path, key: bytes, keys: Path) -> Manifest:
    """Open a copy with its key and look at every page; its manifest.

    Raises RecordDamaged, WrongKey, NewerRecord.
    """
    slots = load(keys) if keys.exists() else None
    if slots is not None and belongs(keys, key) is False:
        raise WrongKey("This is not the key of that backup.")
    with engine.opened(copy, key) as database:
        found = engine.faults(database)
        if found:
            raise RecordDamaged(f"The copy does not read back as it was written ({found[0]}). Nothing was changed.")
        version = engine.version(database)
        engine.refuse_newer(version, schema.VERSION)
        row = engine.run(database, 'SELECT "hash" FROM "audit" ORDER BY "id" DESC LIMIT 1').fetchone()
        lines = engine.run(database, 'SELECT count(*) FROM "audit"').fetchone()[0]
        record = engine.run(database, 'SELECT "value" FROM "meta" WHERE "name" = \'record\'').fetchone()
    sync_file(copy)
    files = {RECORD: copy, **({KEYS: keys} if slots is not None else {})}
    return Manifest(
        FORMAT,
        record[0] if record else "",
        stamp(),
        version,
        row[0] if row else "",
        lines,
        {name: file.stat().st_size for name, file in files.items()},
        {name: _hash_of(file) for name, file in files.items()},
    )


def write(path: Path, manifest: Manifest, copy: Path, keys: Path) -> None:
    """Put the parts into a new private file at `path`, on the disk when this returns."""
    private_file(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_member(MANIFEST), msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        for name, source in ((RECORD, copy), (KEYS, keys)):
            if name in manifest.hashes:
                with open(source, "rb") as file, archive.open(_member(name), "w", force_zip64=True) as member:
                    shutil.copyfileobj(file, member, 1 << 20)
    sync_file(path)


def _member(name: str) -> zipfile.ZipInfo:
    """A part whose stamp is fixed: a zip knows no year before 1980, and a clock may be set back."""
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o600 << 16
    return info


def read(path: Path, *, thorough: bool) -> Manifest:
    """A backup's manifest; `thorough` reads everything through against its hashes. RecordDamaged, RecordMissing."""
    if not path.is_file():
        raise RecordMissing(f"There is no backup at {path}.")
    damaged = f"{path.name} is no backup of Wingdesk's, or it is damaged. Use another one."
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
            names = set(manifest.hashes)
            complete = {RECORD} <= names <= {RECORD, KEYS} and sorted(archive.namelist()) == sorted(names | {MANIFEST})
            if manifest.format != FORMAT or not complete:
                raise RecordDamaged(damaged)
            if thorough:
                for name, known in manifest.hashes.items():
                    with archive.open(name) as member:
                        if _hash(member) != known:
                            raise RecordDamaged(damaged)
            return manifest
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, msgspec.DecodeError) as error:
        raise RecordDamaged(damaged) from error


@contextmanager
def unpacked(path: Path, beside: Path) -> Iterator[tuple[Path, Manifest]]:
    """The parts of a backup in a private directory of their own, which is gone afterwards unless it was moved."""
    manifest = read(path, thorough=True)
    staged = beside / f".{secrets.token_hex(6)}.restore"
    staged.mkdir(mode=0o700)
    try:
        with zipfile.ZipFile(path) as archive:
            for name in manifest.hashes:
                private_file(staged / name)
                with archive.open(name) as member, open(staged / name, "wb") as file:
                    shutil.copyfileobj(member, file)
        yield staged, manifest
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _hash(file: IO[bytes]) -> str:
    known = hashlib.sha256()
    while block := file.read(1 << 20):
        known.update(block)
    return known.hexdigest()


def _hash_of(path: Path) -> str:
    with open(path, "rb") as file:
        return _hash(file)
