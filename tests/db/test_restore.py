"""Restoring a backup: what comes back, what is kept aside, and what a kill in the middle leaves."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import audit, backup, engine, store
from db.audit import Line
from db.errors import (
    NewerRecord,
    RecordBusy,
    RecordDamaged,
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


def spoil(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)


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
