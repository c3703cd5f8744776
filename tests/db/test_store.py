"""A record made, opened, read, written and closed."""

import io
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest

from db import engine, errors, store, triggers
from db.errors import (
    AlreadyThere,
    NetworkShare,
    NotSignedIn,
    OurFault,
    RecordBusy,
    RecordMissing,
    Stale,
    WrongKey,
)
from db.files import Layout
from db.keyring import Keyring
from db.models import PROXY, Entry, Meta
from db.share import file_system, on_share
from db.slots import Cost
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


# Made


def test_a_record_says_where_it_belongs(record: Store) -> None:
    about = record.about()
    assert (about["establishment"], about["code"]) == ("Moorland", "MDI")
    assert len(about["record"]) == 32


def test_no_file_of_the_record_begins_like_sqlites_or_holds_a_name_in_clear(tmp_path: Path) -> None:
    key, _ = Keyring(tmp_path, cost=Cost(8, 1, 1)).create("evans", "three words do well")
    with store.create(tmp_path, key, establishment="Moorland") as record:
        with record.write():
            put("surname", "Featherstonehaugh" * 500)
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert {path.name for path in files} >= {"record.db", "record.db-wal", "keys.json"}
        for path in files:
            content = path.read_bytes()
            assert content[:16] != engine.PLAIN_HEADER
            for name in (b"Featherstone", b"Moorland", b"evans", b"SQLite", b"CREATE TABLE"):
                assert name not in content


def test_only_its_owner_may_read_the_record(tmp_path: Path) -> None:
    place = tmp_path / "new"
    with store.create(place, KEY, establishment="Moorland") as record:
        with record.write():
            put("a")
        assert place.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in place.glob("record.db*")} == {0o600}


def test_a_record_others_may_read_is_made_private_when_it_is_opened(tmp_path: Path) -> None:
    store.create(tmp_path, KEY, establishment="Moorland").close()
    (tmp_path / "record.db").chmod(0o644)
    store.open_record(tmp_path, KEY).close()
    assert (tmp_path / "record.db").stat().st_mode & 0o777 == 0o600


def test_a_record_is_not_made_over_another(record: Store, tmp_path: Path) -> None:
    with pytest.raises(AlreadyThere):
        store.create(tmp_path, KEY, establishment="Elsewhere")
    assert record.about()["establishment"] == "Moorland"


def test_a_record_that_could_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("db.schema.migrate", full)
        with pytest.raises(errors.DiskFull):
            store.create(tmp_path, KEY, establishment="Moorland")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []
    store.create(tmp_path, KEY, establishment="Moorland").close()


def test_what_a_killed_init_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "record.new").write_bytes(b"half of something")
    (tmp_path / "record.new-wal").write_bytes(b"half of something")
    with store.create(tmp_path, KEY, establishment="Moorland") as record:
        assert record.about()["establishment"] == "Moorland"
    assert not list(tmp_path.glob("record.new*"))


@pytest.mark.parametrize("key", [b"", b"short", bytes(31), bytes(33)])
def test_a_key_that_is_not_32_bytes_never_makes_a_file(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(WrongKey):
        store.create(tmp_path, key, establishment="Moorland")
    assert not (tmp_path / "record.db").exists()


def test_an_empty_passphrase_is_refused_below_everything_else(tmp_path: Path) -> None:
    database = engine.connect(tmp_path / "record.db", KEY, 0)
    database.connect_params["passphrase"] = ""
    with pytest.raises(NotSignedIn):
        engine.run(database, "CREATE TABLE name (surname TEXT)")
    assert not (tmp_path / "record.db").exists()


def test_a_record_is_made_only_with_the_key_of_its_slots(tmp_path: Path) -> None:
    Keyring(tmp_path, cost=Cost(8, 1, 1)).create("lyn", "three words do well")
    with pytest.raises(WrongKey):
        store.create(tmp_path, KEY, establishment="Moorland")


# Opened


def test_a_record_opens_again_with_what_was_written(tmp_path: Path) -> None:
    with store.create(tmp_path, KEY, establishment="Moorland") as first, first.write():
        put("kept")
    with store.open_record(tmp_path, KEY) as second, second.read():
        assert "kept" in names()


def test_an_empty_directory_holds_no_record(tmp_path: Path) -> None:
    assert not store.exists(tmp_path)
    with pytest.raises(RecordMissing, match="wingdesk init"):
        store.open_record(tmp_path, KEY)


def test_a_directory_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(RecordMissing):
        store.open_record(tmp_path / "nowhere", KEY)
    assert not (tmp_path / "nowhere").exists()


def test_a_key_of_the_wrong_length_opens_nothing(tmp_path: Path) -> None:
    store.create(tmp_path, KEY, establishment="Moorland").close()
    with pytest.raises(WrongKey):
        store.open_record(tmp_path, b"")


def test_every_connection_is_durable_and_enforces_what_it_should(record: Store) -> None:
    with record.read() as database:
        told = {
            name: engine.run(database, f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "recursive_triggers",
                "cache_size",
                "busy_timeout",
                "temp_store",
                "application_id",
                "user_version",
            )
        }
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "cache_size": -65536,
        "busy_timeout": 0,
        "temp_store": 2,
        "application_id": engine.APPLICATION_ID,
        "user_version": 1,
    }


def test_the_busy_timeout_is_five_seconds_unless_told(tmp_path: Path) -> None:
    with store.create(tmp_path, KEY, establishment="Moorland") as record, record.read() as database:
        assert engine.run(database, "PRAGMA busy_timeout").fetchone()[0] == 5000


def test_safeguards_that_were_taken_away_are_put_back_and_told_of(tmp_path: Path) -> None:
    with store.create(tmp_path, KEY, establishment="Moorland") as record, record.outside() as database:
        engine.run(database, "DROP TRIGGER entry_never_delete")
    with store.open_record(tmp_path, KEY) as again:
        assert "entry_never_delete" in again.notices[0]
        assert triggers.missing(again.database) == ()


def test_a_safeguard_made_harmless_is_noticed(tmp_path: Path) -> None:
    with store.create(tmp_path, KEY, establishment="Moorland") as record, record.outside() as database:
        engine.run(database, "DROP TRIGGER entry_never_delete")
        engine.run(database, "CREATE TRIGGER entry_never_delete BEFORE DELETE ON entry BEGIN SELECT 1; END")
    with store.open_record(tmp_path, KEY) as again:
        assert "entry_never_delete" in again.notices[0]


def test_a_whole_record_opens_without_notices(tmp_path: Path) -> None:
    store.create(tmp_path, KEY, establishment="Moorland").close()
    with store.open_record(tmp_path, KEY) as again:
        assert again.notices == ()


# Written


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


# Closed


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


# What must not be said


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


# Errors


def test_a_full_disk_hidden_behind_a_failed_rollback_is_still_a_full_disk() -> None:
    def surface() -> None:
        try:
            raise peewee.OperationalError(_Coded("database or disk is full", 13))
        except peewee.OperationalError:
            raise peewee.OperationalError("cannot rollback - no transaction is active")  # noqa: B904

    with pytest.raises(peewee.OperationalError) as caught:
        surface()
    assert isinstance(errors.translate(caught.value), errors.DiskFull)


class _Coded(Exception):
    def __init__(self, words: str, code: int) -> None:
        super().__init__(words)
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (5, errors.RecordBusy),
        (5 | 2 << 8, errors.RecordBusy),
        (6, errors.RecordBusy),
        (8, errors.ReadOnly),
        (10 | 3 << 8, errors.DiskFailed),
        (11, errors.RecordDamaged),
        (13, errors.DiskFull),
        (14, errors.ReadOnly),
        (26, errors.RecordDamaged),
        (9, errors.NotSignedIn),
        (1, errors.OurFault),
    ],
)
def test_each_trouble_of_the_drivers_has_its_own_sentence(code: int, kind: type[errors.RecordError]) -> None:
    told = errors.translate(peewee.OperationalError(_Coded("words", code)))
    assert type(told) is kind


def test_what_is_not_the_databases_fault_is_left_alone() -> None:
    assert errors.translate(ValueError("something else")) is None
    with pytest.raises(ValueError, match="something else"), errors.translating():
        raise ValueError("something else")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.CheckFailed, 1),
        (errors.Invalid, 2),
        (errors.NotFound, 2),
        (errors.Ambiguous, 2),
        (errors.NotAllowed, 3),
        (errors.NotSignedIn, 3),
        (errors.WrongPassword, 3),
        (errors.Stale, 4),
        (errors.RecordMissing, 4),
        (errors.RecordBusy, 4),
        (errors.RecordDamaged, 4),
        (errors.WrongRecord, 4),
        (errors.DiskFull, 4),
        (errors.ReadOnly, 4),
        (errors.OurFault, 70),
    ],
)
def test_each_error_has_the_exit_status_of_the_command_line(kind: type[errors.RecordError], status: int) -> None:
    assert kind.exit_status == status


# Network shares

MOUNTS = """\
21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 21 0:40 / /home rw - nfs4 server:/home rw
31 30 8:2 / /home/local rw - ext4 /dev/sda2 rw
32 21 0:41 / /mnt/the\\040wing rw - cifs //server/wing rw
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/home", "nfs4"),
        ("/home/lyn/record", "nfs4"),
        ("/home/local/record", "ext4"),
        ("/homework", "ext4"),
        ("/mnt/the wing/record", "cifs"),
    ],
)
def test_the_file_system_of_a_place_is_that_of_the_nearest_mount(place: str, kind: str) -> None:
    assert file_system(place, MOUNTS) == kind


def test_a_place_is_looked_up_by_where_it_would_be_made(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"21 1 8:1 / / rw - ext4 x rw\n22 21 0:9 / {tmp_path.resolve()} rw - nfs x rw\n")
    assert on_share(tmp_path / "not" / "yet", table)
    assert not on_share(Path("/"), table)


def test_where_the_platform_does_not_say_nothing_is_refused(tmp_path: Path) -> None:
    assert not on_share(tmp_path, tmp_path / "no such table")


def test_a_record_is_not_made_on_a_network_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.share.on_share", lambda _: True)
    with pytest.raises(NetworkShare, match="PostgreSQL"):
        store.create(tmp_path, KEY, establishment="Moorland")
    assert list(tmp_path.iterdir()) == []


def test_a_record_on_a_network_share_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.create(tmp_path, KEY, establishment="Moorland").close()
    monkeypatch.setattr("db.share.on_share", lambda _: True)
    with pytest.raises(NetworkShare, match="PostgreSQL"):
        store.open_record(tmp_path, KEY)


def test_the_files_of_a_record_have_their_places(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    places = (layout.record, layout.keys, layout.backups, layout.settings, layout.log)
    assert [place.name for place in places] == ["record.db", "keys.json", "backups", "settings.toml", "log"]
