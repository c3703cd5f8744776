"""A record somebody else's process holds: told in a sentence, and nothing of the command was written."""

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db import backup, store
from db.errors import RecordBusy
from db.models import Meta
from db.store import Store

KEY = bytes(range(32))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a second process, made by fork")


@contextmanager
def meanwhile(work: Callable[[Callable[[], None]], None]) -> Iterator[Callable[[], None]]:
    """Another process, held in the middle of `work`, where it calls what it is given.

    It goes on when the block ends, or calls what it was given.
    """
    told, telling = os.pipe()
    waiting, go = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            os.close(go)

            def pause() -> None:
                os.write(telling, b"x")
                os.read(waiting, 1)

            work(pause)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(telling)
    with open(go, "wb", buffering=0) as gate:
        assert os.read(told, 1) == b"x"
        yield gate.close
    _, status = os.waitpid(child, 0)
    os.close(told)
    os.close(waiting)
    assert status == 0


def put(record: Store, name: str) -> None:
    with record.write():
        Meta.insert(name=name, value="x").execute()


def names(record: Store) -> set[str]:
    with record.read():
        return {row.name for row in Meta.select()}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    store.create(tmp_path, KEY, establishment="Moorland").close()
    return tmp_path


def writes(place: Path, name: str) -> Callable[[Callable[[], None]], None]:
    def work(pause: Callable[[], None]) -> None:
        with store.open_record(place, KEY) as record, record.write():
            Meta.insert(name=name, value="x").execute()
            pause()

    return work


def opens(place: Path) -> Callable[[Callable[[], None]], None]:
    def work(pause: Callable[[], None]) -> None:
        with store.open_record(place, KEY):
            pause()

    return work


def test_a_command_is_refused_while_another_process_writes(place: Path) -> None:
    with meanwhile(writes(place, "theirs")), store.open_record(place, KEY, busy_ms=20) as record:
        with pytest.raises(RecordBusy, match="try again"):
            put(record, "mine")
        assert "mine" not in names(record)


def test_the_command_works_once_the_other_process_is_done(place: Path) -> None:
    with (
        meanwhile(writes(place, "theirs")),
        store.open_record(place, KEY, busy_ms=20) as record,
        pytest.raises(RecordBusy),
    ):
        put(record, "mine")
    with store.open_record(place, KEY) as record:
        put(record, "mine")
        assert names(record) >= {"mine", "theirs"}


def test_a_record_opens_and_reads_while_another_process_writes(place: Path) -> None:
    with meanwhile(writes(place, "theirs")), store.open_record(place, KEY, busy_ms=20) as record:
        assert "theirs" not in names(record)


def test_a_record_open_in_another_process_is_not_restored_over(place: Path) -> None:
    with store.open_record(place, KEY) as record:
        made = backup.make(record)
        put(record, "after")
    with meanwhile(opens(place)), pytest.raises(RecordBusy, match="open in another"):
        backup.restore(made.path, place, lambda _: KEY)
    with store.open_record(place, KEY) as record:
        assert "after" in names(record)


def test_a_record_being_restored_is_not_opened(place: Path) -> None:
    with store.open_record(place, KEY) as record:
        made = backup.make(record)

    def work(pause: Callable[[], None]) -> None:
        def asked(_: object) -> bytes:
            pause()
            return KEY

        backup.restore(made.path, place, asked)

    with meanwhile(work), pytest.raises(RecordBusy, match="being restored"):
        store.open_record(place, KEY)
    store.open_record(place, KEY).close()


def test_two_processes_writing_lose_nothing_of_each_other(place: Path) -> None:
    def work(pause: Callable[[], None]) -> None:
        pause()
        with store.open_record(place, KEY) as record:
            for number in range(50):
                put(record, f"theirs {number}")

    with meanwhile(work) as release, store.open_record(place, KEY) as record:
        release()
        for number in range(50):
            put(record, f"mine {number}")
    with store.open_record(place, KEY) as record:
        assert len(names(record) & {f"{who} {number}" for who in ("mine", "theirs") for number in range(50)}) == 100
