"""A record closed: the key forgotten, every thread's connection gone."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import engine, errors, store
from db.errors import (
    NotSignedIn,
)
from db.models import PROXY, Meta
from db.store import Store

KEY = bytes(range(32))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Store]:
    with store.create(tmp_path, KEY, establishment="Moorland", code="MDI", busy_ms=0) as made:
        yield made


def put(name: str, value: str = "x") -> None:
    Meta.insert(name=name, value=value).execute()


def names() -> set[str]:
    return {row.name for row in Meta.select()}


def test_a_closed_store_gives_nothing(record: Store) -> None:
    record.close()
    for enter in (record.read, record.write, record.outside):
        with pytest.raises(NotSignedIn), enter():
            pass
    with pytest.raises(NotSignedIn):
        record.about()


def test_closing_forgets_the_key(record: Store) -> None:
    record.close()
    assert KEY.hex() not in repr(vars(record.database))
    with pytest.raises(NotSignedIn):
        engine.key_of(record.database)


def test_the_models_speak_to_nothing_once_the_store_is_closed(record: Store) -> None:
    record.close()
    assert PROXY.obj is None


def test_a_store_closes_twice(record: Store) -> None:
    record.close()
    record.close()


def test_closing_closes_the_connections_of_every_thread(record: Store) -> None:
    ready, go = threading.Event(), threading.Event()
    seen: list[BaseException] = []

    def work() -> None:
        with record.read():
            names()
        ready.set()
        go.wait()
        try:
            engine.run(record.database, "SELECT name FROM meta").fetchall()
        except Exception as error:
            seen.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    ready.wait()
    record.close()
    go.set()
    thread.join()
    told = errors.translate(seen[0])
    assert isinstance(told, NotSignedIn)


def test_closing_interrupts_a_long_read(record: Store) -> None:
    ready = threading.Event()
    seen: list[BaseException] = []

    def endless() -> None:
        try:
            with record.read() as database:
                ready.set()
                engine.run(
                    database, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
                ).fetchall()
        except Exception as error:
            seen.append(error)

    thread = threading.Thread(target=endless)
    thread.start()
    ready.wait()
    record.close(patience=0)
    thread.join()
    assert isinstance(seen[0], NotSignedIn)


def test_closing_lets_a_write_end(record: Store, tmp_path: Path) -> None:
    begun, closing = threading.Event(), threading.Event()

    def work() -> None:
        with record.write():
            put("confirmed")
            begun.set()
            closing.wait()

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait()
    # The writer goes on only once the store was asked to close.
    closer = threading.Thread(target=record.close, kwargs={"patience": 30})
    closer.start()
    while not record._closed:
        pass
    closing.set()
    closer.join()
    thread.join()
    with store.open_record(tmp_path, KEY) as again, again.read():
        assert "confirmed" in names()


def test_closing_in_the_middle_of_ones_own_write_keeps_nothing_of_it(record: Store, tmp_path: Path) -> None:
    def half() -> None:
        with record.write():
            put("half")
            record.close()

    with pytest.raises(NotSignedIn):
        half()
    with store.open_record(tmp_path, KEY) as again, again.read():
        assert "half" not in names()


def test_each_thread_has_a_connection_of_its_own(record: Store) -> None:
    seen: list[object] = []

    def work() -> None:
        with record.read() as database:
            seen.append(database.connection())  # type: ignore[no-untyped-call]

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    work()
    assert seen[0] is not seen[1]
