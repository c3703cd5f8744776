"""Backups: whole, encrypted, verified, kept in rotation; and what restoring one leaves behind."""

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
    NewerRecord,
    RecordBusy,
    RecordDamaged,
    RecordMissing,
    WrongKey,
    WrongPassword,
)
from db.keyring import Keyring
from db.models import Meta
from db.slots import Cost
from db.store import Store

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PASSWORD = "three words do well"
OTHER = "four words do better"


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


# Made


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


# Kept


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


# Checked


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


# Restored


def test_a_record_is_restored_into_an_empty_directory_with_its_own_sign_ins(record: Store, tmp_path: Path) -> None:
    put(record, "kept")
    made = backup.make(record)
    place = tmp_path / "elsewhere"
    assert backup.restore(made.path, place, unlock) is None
    with store.open_record(place, Keyring(place).unlock("lyn", PASSWORD)) as again:
        assert "kept" in names(again)
        assert audit.verify(again, made.head).sound


def test_the_old_record_is_kept_aside_whole(record: Store, tmp_path: Path, key: bytes) -> None:
    made = backup.make(record)
    put(record, "after")
    record.close()
    aside = backup.restore(made.path, tmp_path, unlock)
    assert aside is not None
    with store.open_record(aside, key) as old:
        assert "after" in names(old)


def test_side_files_of_the_old_record_do_not_bring_old_rows_back(record: Store, tmp_path: Path, key: bytes) -> None:
    made = backup.make(record)
    put(record, "after")
    # As a killed program leaves them: the newest rows only in the write-ahead log.
    left = {side: (tmp_path / f"record.db{side}").read_bytes() for side in ("", "-wal", "-shm")}
    record.close()
    for side, content in left.items():
        (tmp_path / f"record.db{side}").write_bytes(content)
    backup.restore(made.path, tmp_path, unlock)
    with store.open_record(tmp_path, key) as again:
        assert "after" not in names(again)


def test_a_record_in_use_is_not_replaced(record: Store, tmp_path: Path) -> None:
    made = backup.make(record)
    put(record, "after")
    with pytest.raises(RecordBusy, match="open in another"):
        backup.restore(made.path, tmp_path, unlock)
    assert "after" in names(record)


def test_a_damaged_record_is_replaced(record: Store, tmp_path: Path, key: bytes) -> None:
    made = backup.make(record)
    record.close()
    spoil(tmp_path / "record.db", 50)
    backup.restore(made.path, tmp_path, lambda _: key)
    with store.open_record(tmp_path, key) as again:
        assert again.faults() == ()


def test_a_missing_record_is_put_back(record: Store, tmp_path: Path, key: bytes) -> None:
    made = backup.make(record)
    record.close()
    (tmp_path / "record.db").unlink()
    with pytest.raises(RecordDamaged, match="backups"):
        store.open_record(tmp_path, key)
    backup.restore(made.path, tmp_path, unlock)
    store.open_record(tmp_path, key).close()


def test_a_wrong_password_restores_nothing(record: Store, tmp_path: Path) -> None:
    made = backup.make(record)
    put(record, "after")
    record.close()
    with pytest.raises(WrongPassword):
        backup.restore(made.path, tmp_path, lambda ring: ring.unlock("lyn", "not the password"))
    with store.open_record(tmp_path, unlock(Keyring(tmp_path))) as again:
        assert "after" in names(again)


def test_a_spoilt_backup_restores_nothing(record: Store, tmp_path: Path, key: bytes) -> None:
    made = backup.make(record)
    put(record, "after")
    record.close()
    spoil(made.path, 9000)
    with pytest.raises(RecordDamaged):
        backup.restore(made.path, tmp_path, unlock)
    with store.open_record(tmp_path, key) as again:
        assert "after" in names(again)


def test_restoring_brings_nobody_back_who_left(record: Store, tmp_path: Path, ring: Keyring, key: bytes) -> None:
    ring.add(key, "sam", OTHER)
    made = backup.make(record)
    ring.remove("sam")
    record.close()
    backup.restore(made.path, tmp_path, unlock)
    assert not ring.knows("sam")
    assert ring.knows("lyn")


def test_with_the_slots_damaged_those_of_the_backup_come_back(record: Store, tmp_path: Path, key: bytes) -> None:
    made = backup.make(record)
    record.close()
    (tmp_path / "keys.json").write_text("{")
    backup.restore(made.path, tmp_path, unlock)
    assert Keyring(tmp_path).unlock("lyn", PASSWORD) == key


def test_a_backup_of_another_record_brings_its_own_slots(record: Store, tmp_path: Path) -> None:
    made = backup.make(record)
    place = tmp_path / "elsewhere"
    other_ring = Keyring(place, cost=CHEAP)
    other_key, _ = other_ring.create("sam", OTHER)
    store.create(place, other_key, establishment="Elsewhere").close()
    backup.restore(made.path, place, unlock)
    with store.open_record(place, Keyring(place).unlock("lyn", PASSWORD)) as again:
        assert again.about()["establishment"] == "Moorland"


def test_a_backup_by_a_newer_program_is_not_restored(record: Store, tmp_path: Path) -> None:
    with record.outside() as database:
        engine.run(database, "PRAGMA user_version = 99")
    with pytest.raises(NewerRecord):
        backup.make(record)


def test_restoring_leaves_no_other_file(record: Store, tmp_path: Path) -> None:
    made = backup.make(record)
    record.close()
    aside = backup.restore(made.path, tmp_path, unlock)
    assert aside is not None
    found = {path.name for path in tmp_path.iterdir() if path.suffix != ".lock"}
    assert found == {"record.db", "keys.json", "tries.json", "backups", aside.name}


@pytest.mark.parametrize("moves", range(6))
def test_a_restore_killed_at_any_move_is_finished_at_the_next_start(
    record: Store, tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    made = backup.make(record)
    put(record, "after")
    record.close()
    # Beyond opening, so that its side files are still there to be moved.
    for name in ("record.db", "record.db-wal", "record.db-shm", "keys.json"):
        (tmp_path / name).write_bytes(b"not what it was" * 1000)
    real, done = Path.replace, 0

    def killed(self: Path, target: Path) -> Path:
        nonlocal done
        if self.parent.name == "restore.ready" or target.parent.name.startswith("aside"):
            if done == moves:
                raise KeyboardInterrupt
            done += 1
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            backup.restore(made.path, tmp_path, unlock)
    with store.open_record(tmp_path, Keyring(tmp_path).unlock("lyn", PASSWORD)) as again:
        assert "after" not in names(again)
        assert again.faults() == ()
    assert not (tmp_path / "restore.ready").exists()
    (aside,) = tmp_path.glob("aside-*")
    assert sorted(path.name for path in aside.iterdir()) == ["keys.json", "record.db", "record.db-shm", "record.db-wal"]


def test_a_restore_killed_while_tidying_up_is_finished_at_the_next_start(
    record: Store, tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup.make(record)
    record.close()

    def killed(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rmdir", killed)
        with pytest.raises(KeyboardInterrupt):
            backup.restore(made.path, tmp_path, unlock)
    assert os.listdir(tmp_path / "restore.ready") == []
    store.open_record(tmp_path, key).close()
    assert not (tmp_path / "restore.ready").exists()
