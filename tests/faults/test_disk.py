"""A full disk, and a record that may not be written: a sentence, nothing lost, and on it goes once there is room."""

import os
import signal
import stat
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import audit, backup, engine, store
from db.audit import Line
from db.errors import DiskFailed, DiskFull, Invalid, ReadOnly, RecordError
from db.keyring import Keyring
from db.models import Meta
from db.slots import Cost
from db.store import Store

KEY = bytes(range(32))
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PASSWORD = "three words do well"
NOBODY = 65534


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Store]:
    with store.create(tmp_path, KEY, establishment="Moorland") as made:
        yield made


def write(record: Store, name: str, size: int = 10) -> None:
    with record.write():
        Meta.insert(name=name, value="x" * size).execute()
        audit.append(record, Line("lyn", "desk", "set"))


def names(record: Store) -> set[str]:
    with record.read():
        return {row.name for row in Meta.select()}


def limit_pages(record: Store, pages: int) -> None:
    with record.outside() as database:
        engine.run(database, f"PRAGMA max_page_count = {pages}")


def fill(record: Store) -> None:
    """No page more than the record has now."""
    with record.outside() as database:
        pages = engine.run(database, "PRAGMA page_count").fetchone()[0]
    limit_pages(record, pages)


def in_a_process(work: Callable[[], RecordError | None]) -> tuple[str, str]:
    """Run `work` in a process of its own; the kind of error it gave, and its sentence."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            told = work()
            os.write(writing, f"{type(told).__name__}\n{told}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        kind, _, sentence = pipe.read().decode().partition("\n")
    os.waitpid(child, 0)
    return kind, sentence


def trouble(work: Callable[[], object]) -> RecordError | None:
    try:
        work()
    except RecordError as error:
        return error
    return None


# Full


def test_a_full_disk_is_a_sentence(record: Store) -> None:
    fill(record)
    with pytest.raises(DiskFull, match="make room"):
        write(record, "big", 100_000)


def test_nothing_of_what_met_a_full_disk_was_written(record: Store) -> None:
    write(record, "before")
    fill(record)
    with pytest.raises(DiskFull):
        write(record, "big", 100_000)
    assert "before" in names(record)
    assert "big" not in names(record)
    assert audit.verify(record).lines == 1


def test_writing_goes_on_once_there_is_room(record: Store) -> None:
    fill(record)
    with pytest.raises(DiskFull):
        write(record, "big", 100_000)
    limit_pages(record, 10_000)
    write(record, "big", 100_000)
    assert "big" in names(record)
    assert record.faults() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="limits what a process may write by a POSIX resource limit")
def test_a_disk_that_takes_no_more_loses_nothing_that_was_confirmed(tmp_path: Path) -> None:
    store.create(tmp_path, KEY, establishment="Moorland").close()
    confirmed = tmp_path / "confirmed"

    def work() -> RecordError | None:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
        record = store.open_record(tmp_path, KEY)

        def until_it_fails() -> None:
            for number in range(1000):
                write(record, str(number), 3000)
                confirmed.write_text(str(number))

        return trouble(until_it_fails)

    kind, sentence = in_a_process(work)
    assert kind in (DiskFull.__name__, DiskFailed.__name__)
    assert "Nothing of this was written" in sentence
    last = int(confirmed.read_text())
    assert last > 5
    with store.open_record(tmp_path, KEY) as record:
        assert names(record) >= {str(number) for number in range(last + 1)}
        assert audit.verify(record).lines == last + 1
        assert record.faults() == ()
        write(record, "after")


def full(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_password_change_on_a_full_disk_leaves_the_old_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = Keyring(tmp_path, cost=CHEAP)
    key, _ = ring.create("lyn", PASSWORD)
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(DiskFull):
            ring.set_password(key, "lyn", "four words do better")
    assert ring.unlock("lyn", PASSWORD) == key
    assert not list(tmp_path.glob("*.tmp"))


def test_a_restore_on_a_full_disk_leaves_the_record_as_it_was(
    record: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup.make(record)
    write(record, "after")
    record.close()
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(DiskFull):
            backup.restore(made.path, tmp_path, lambda _: KEY)
    with store.open_record(tmp_path, KEY) as again:
        assert "after" in names(again)
    assert not list(tmp_path.glob(".*"))


# Not to be written


def test_a_record_whose_log_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    store.create(tmp_path, KEY, establishment="Moorland").close()
    (tmp_path / "record.db-wal").mkdir()
    with pytest.raises(ReadOnly, match="Check who owns"):
        store.open_record(tmp_path, KEY)


def test_a_record_opens_again_once_its_log_can_be_made(tmp_path: Path) -> None:
    store.create(tmp_path, KEY, establishment="Moorland").close()
    (tmp_path / "record.db-wal").mkdir()
    with pytest.raises(ReadOnly):
        store.open_record(tmp_path, KEY)
    (tmp_path / "record.db-wal").rmdir()
    with store.open_record(tmp_path, KEY) as record:
        write(record, "after")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
@pytest.mark.parametrize("closed", ["directory", "file"])
def test_a_record_that_belongs_to_somebody_else_is_a_sentence(closed: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        store.create(place, KEY, establishment="Moorland").close()

        def work() -> RecordError | None:
            return trouble(lambda: store.open_record(place, KEY))

        (place / "record.lock").chmod(0o666)
        (place / "record.db").chmod(0o444)
        place.chmod(0o555 if closed == "directory" else 0o777)
        # Modes mean nothing to root, so root becomes nobody for it.
        kind, sentence = in_a_process(lambda: as_nobody(work))
        place.chmod(0o700)
    assert kind == ReadOnly.__name__
    assert "Check who owns" in sentence


def as_nobody(work: Callable[[], RecordError | None]) -> RecordError | None:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    return work()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_a_record_is_not_made_in_somebody_elses_directory() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o555)
        kind, _ = in_a_process(
            lambda: as_nobody(lambda: trouble(lambda: store.create(place / "new", KEY, establishment="Moorland")))
        )
        place.chmod(0o700)
        assert list(place.iterdir()) == []
    assert kind == ReadOnly.__name__


def test_a_record_in_a_file_is_a_wrong_request(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Invalid, match="cannot be made a directory"):
        store.create(tmp_path / "file" / "record", KEY, establishment="Moorland")
    assert stat.S_ISREG((tmp_path / "file").stat().st_mode)
