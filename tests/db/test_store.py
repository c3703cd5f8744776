"""A record made, opened, read, written and closed."""

import io
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import engine, store
from db.errors import (
    OurFault,
    RecordBusy,
    Stale,
)
from db.models import Entry, Meta
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


def entry(number: int, replaces: str | None = None) -> None:
    Entry.insert(
        id=f"e{number}",
        kind="contact",
        effective="2026-03-02",
        day="2026-03-02",
        recorded="2026-03-02T09:00:00.000000Z",
        by="lyn",
        terminal="desk",
        source="hand",
        command=f"c{number}",
        payload="{}",
        replaces=replaces,
    ).execute()


def test_what_failed_half_way_left_nothing(record: Store) -> None:
    def half() -> None:
        with record.write():
            put("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with record.read():
        assert "half" not in names()


def test_a_write_inside_a_write_is_part_of_it(record: Store) -> None:
    def both() -> None:
        with record.write():
            put("outer")
            with record.write():
                put("inner")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        both()
    with record.read():
        assert not names() & {"outer", "inner"}


def test_a_read_inside_a_write_sees_what_was_written(record: Store) -> None:
    with record.write():
        put("new")
        with record.read():
            assert "new" in names()


def test_a_write_inside_a_read_is_refused(record: Store) -> None:
    with record.read(), pytest.raises(OurFault), record.write():
        put("never")
    with record.read():
        assert "never" not in names()


def test_writing_while_reading_keeps_nothing(record: Store) -> None:
    with pytest.raises(OurFault), record.read():
        put("never")
    with record.read():
        assert "never" not in names()


def test_a_write_after_one_that_failed_works(record: Store) -> None:
    with pytest.raises(ZeroDivisionError), record.write():
        raise ZeroDivisionError
    with record.write():
        put("after")
    with record.read():
        assert "after" in names()


def test_a_read_sees_one_state_of_the_record_throughout(record: Store) -> None:
    def somebody_else() -> None:
        with record.write():
            put("meanwhile")

    with record.read():
        before = names()
        other = threading.Thread(target=somebody_else)
        other.start()
        other.join()
        assert names() == before
    with record.read():
        assert names() == before | {"meanwhile"}


def test_a_row_replaced_twice_is_stale(record: Store) -> None:
    with record.write():
        entry(1)
        entry(2, replaces="e1")
    with pytest.raises(Stale) as caught, record.write():
        entry(3, replaces="e1")
    assert caught.value.exit_status == 4


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE entry SET payload = '{}' WHERE id = 'e1'",
        "DELETE FROM entry WHERE id = 'e1'",
        "REPLACE INTO entry SELECT * FROM entry WHERE id = 'e1'",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE id = 'e1'",
        "UPDATE OR REPLACE entry SET id = 'e2' WHERE id = 'e1'",
        "INSERT INTO entry SELECT * FROM entry WHERE id = 'e1' ON CONFLICT (id) DO UPDATE SET kind = 'changed'",
    ],
)
def test_a_row_is_never_changed_or_removed(record: Store, deed: str) -> None:
    with record.write():
        entry(1)
        entry(2)
    with pytest.raises(OurFault), record.write() as database:
        engine.run(database, deed)
    with record.read():
        assert [(row.id, row.kind) for row in Entry.select().order_by(Entry.id)] == [
            ("e1", "contact"),
            ("e2", "contact"),
        ]


def test_a_second_writer_is_told_that_the_record_is_busy(record: Store, tmp_path: Path) -> None:
    with store.open_record(tmp_path, KEY, busy_ms=0) as other, record.write():
        put("first")
        with pytest.raises(RecordBusy), other.write():
            put("second")
        record.use()
    with record.read():
        assert "second" not in names()


def test_reading_goes_on_while_somebody_writes(record: Store, tmp_path: Path) -> None:
    with store.open_record(tmp_path, KEY, busy_ms=0) as other, record.write():
        put("first")
        with other.read():
            assert "first" not in names()
        record.use()


def test_a_copy_is_not_made_in_the_middle_of_a_change(record: Store) -> None:
    with record.write(), pytest.raises(OurFault), record.outside():
        pass


def test_row_values_never_reach_the_log(record: Store) -> None:
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with record.write():
            put("surname", "Featherstonehaugh")
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    assert not logging.getLogger("peewee").isEnabledFor(logging.CRITICAL)
    assert told.getvalue() == ""
