"""Backups: whole, encrypted, verified after writing, kept in rotation."""

import json
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import audit, backup, engine, store
from db.audit import Line
from db.errors import (
    DiskFull,
    RecordDamaged,
    RecordMissing,
    WrongKey,
)
from db.keyring import Keyring
from db.models import Meta
from db.slots import Cost
from db.store import Store

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PASSWORD = "three words do well"


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path, cost=CHEAP)


@pytest.fixture
def key(ring: Keyring) -> bytes:
    return ring.create("lyn", PASSWORD)[0]


@pytest.fixture
def record(tmp_path: Path, key: bytes) -> Iterator[Store]:
    with store.create(tmp_path, key, establishment="Moorland") as made:
        yield made


def put(record: Store, name: str) -> None:
    with record.write():
        Meta.insert(name=name, value="x").execute()
        audit.append(record, Line("lyn", "desk", "set"))


def names(record: Store) -> set[str]:
    with record.read():
        return {row.name for row in Meta.select()}


def unlock(ring: Keyring) -> bytes:
    return ring.unlock("lyn", PASSWORD)


def stamps(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Make the next stamps a day apart."""
    days = iter(range(1, 1 + count * 4))
    monkeypatch.setattr("db.bundle.stamp", lambda: f"2026-03-{next(days):02}T09:00:00.000000Z")


def spoil(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)


def test_a_backup_is_one_file_of_record_slots_and_manifest(record: Store) -> None:
    made = backup.make(record)
    with zipfile.ZipFile(made.path) as archive:
        assert sorted(archive.namelist()) == ["keys.json", "manifest.json", "record.db"]
        assert {part.compress_type for part in archive.infolist()} == {zipfile.ZIP_STORED}


def test_a_backup_tells_when_it_was_made_and_how_far_the_trail_went(record: Store) -> None:
    put(record, "a")
    before = datetime.now(UTC)
    made = backup.make(record)
    head = audit.head(record)
    assert head is not None
    assert (made.head, made.lines, made.schema) == (head.hash, 1, 1)
    assert made.record == record.about()["record"]
    assert before - timedelta(seconds=1) < made.made < datetime.now(UTC) + timedelta(seconds=1)


def test_nothing_in_a_backup_is_in_clear_but_the_manifest(record: Store) -> None:
    put(record, "Featherstonehaugh")
    made = backup.make(record)
    content = made.path.read_bytes()
    for secret in (b"Featherstone", b"Moorland", b"lyn", b"SQLite format", b"CREATE TABLE", PASSWORD.encode()):
        assert secret not in content
    with zipfile.ZipFile(made.path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert sorted(manifest) == ["format", "hashes", "head", "lines", "made", "record", "schema", "sizes"]


def test_only_its_owner_may_read_a_backup(record: Store) -> None:
    assert backup.make(record).path.stat().st_mode & 0o777 == 0o600


def test_a_backup_leaves_no_other_file(record: Store) -> None:
    made = backup.make(record)
    assert os.listdir(record.layout.backups) == [made.path.name]


def test_a_backup_can_be_made_while_somebody_writes(record: Store, tmp_path: Path, key: bytes) -> None:
    with store.open_record(tmp_path, key, busy_ms=0) as other, other.write():
        Meta.insert(name="unfinished", value="x").execute()
        made = backup.make(record)
        other.use()
    assert backup.check(made.path, key) == made


def test_a_backup_holds_what_was_confirmed_before_it(record: Store, tmp_path: Path) -> None:
    put(record, "before")
    made = backup.make(record)
    put(record, "after")
    record.close()
    backup.restore(made.path, tmp_path, unlock)
    with store.open_record(tmp_path, unlock(Keyring(tmp_path))) as again:
        assert "before" in names(again)
        assert "after" not in names(again)


def test_two_backups_in_one_second_are_two_files(record: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.bundle.stamp", lambda: "2026-03-02T09:00:00.000000Z")
    assert backup.make(record).path != backup.make(record).path
    assert len(backup.backups(record.layout.backups)) == 2


def test_a_backup_made_elsewhere_is_not_rotated_with_the_records_own(record: Store, tmp_path: Path) -> None:
    made = backup.make(record, tmp_path / "stick")
    assert made.path.parent == tmp_path / "stick"
    assert backup.backups(record.layout.backups) == ()


def test_a_copy_that_does_not_read_back_never_takes_a_name(record: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.run

    def bad_disk(database: object, sql: str, values: tuple[object, ...] = ()) -> object:
        cursor = real(database, sql, values)  # type: ignore[arg-type]
        if sql.startswith("VACUUM"):
            spoil(Path(str(values[0])), 5000)
        return cursor

    monkeypatch.setattr("db.engine.run", bad_disk)
    with pytest.raises(RecordDamaged):
        backup.make(record)
    assert os.listdir(record.layout.backups) == []


def test_a_backup_that_finds_the_disk_full_leaves_nothing(record: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.bundle.sync_file", full)
    with pytest.raises(DiskFull):
        backup.make(record)
    assert os.listdir(record.layout.backups) == []


def test_a_backup_is_made_with_the_clock_at_1970(record: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert backup.make(record).path.exists()


def test_the_newest_fourteen_are_kept(record: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stamps(monkeypatch, 16)
    made = [backup.make(record).path for _ in range(16)]
    kept = backup.backups(record.layout.backups)
    assert [each.path for each in kept] == made[:1:-1]


def test_rotation_leaves_other_peoples_files_alone(record: Store) -> None:
    other = record.layout.backups / "notes.txt"
    other.write_text("mine")
    backup.make(record)
    backup.rotate(record.layout.backups, keep=0)
    assert os.listdir(record.layout.backups) == ["notes.txt"]


def test_what_a_killed_backup_left_is_swept_up_a_day_later(record: Store) -> None:
    old, new = record.layout.backups / ".old.tmp", record.layout.backups / ".new.tmp"
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (0, 0))
    backup.rotate(record.layout.backups)
    assert os.listdir(record.layout.backups) == [".new.tmp"]


def test_backups_are_listed_newest_first(record: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stamps(monkeypatch, 3)
    made = [backup.make(record) for _ in range(3)]
    assert backup.backups(record.layout.backups) == tuple(reversed(made))


@pytest.mark.parametrize("at", [0, 40, 5000, -22])
def test_the_newest_good_backup_passes_over_a_spoilt_one(
    record: Store, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    stamps(monkeypatch, 2)
    good, bad = backup.make(record), backup.make(record)
    spoil(bad.path, at)
    assert backup.newest_good(record.layout.backups) == good


def test_a_truncated_backup_is_passed_over(record: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stamps(monkeypatch, 2)
    good, bad = backup.make(record), backup.make(record)
    os.truncate(bad.path, bad.path.stat().st_size // 2)
    assert backup.newest_good(record.layout.backups) == good


def test_without_a_good_backup_there_is_none(record: Store) -> None:
    assert backup.newest_good(record.layout.backups) is None


@pytest.mark.parametrize(
    ("hours", "due"), [(-1, True), (0, False), (23, False), (24, True), (25, True)], ids=lambda value: str(value)
)
def test_a_backup_is_due_a_day_after_the_last_or_when_the_clock_was_set_back(
    record: Store, hours: int, due: bool
) -> None:
    made = backup.make(record)
    assert backup.is_due(record.layout.backups, made.made + timedelta(hours=hours)) is due


def test_a_first_backup_is_due(record: Store) -> None:
    assert backup.is_due(record.layout.backups, datetime(2026, 3, 2, tzinfo=UTC))


def test_a_good_backup_passes_its_check(record: Store, key: bytes) -> None:
    made = backup.make(record)
    assert backup.check(made.path, key) == made
    assert os.listdir(record.layout.backups) == [made.path.name]


def test_a_backup_does_not_open_with_another_key(record: Store) -> None:
    with pytest.raises(WrongKey):
        backup.check(backup.make(record).path, bytes(32))


def test_a_file_that_is_no_backup_is_told_apart(record: Store, tmp_path: Path, key: bytes) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear Lyn")
    with pytest.raises(RecordDamaged, match=r"letter\.txt is no backup"):
        backup.check(other, key)


def test_a_zip_with_anything_else_in_it_is_no_backup(record: Store, key: bytes) -> None:
    made = backup.make(record)
    with zipfile.ZipFile(made.path, "a") as archive:
        archive.writestr("../outside", b"x")
    with pytest.raises(RecordDamaged):
        backup.check(made.path, key)


def test_a_backup_that_is_not_there_is_missing(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(RecordMissing):
        backup.check(tmp_path / "nowhere", key)
