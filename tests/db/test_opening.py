"""A record made and opened: whole, private, encrypted, and only with its key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import engine, errors, store, triggers
from db.errors import (
    AlreadyThere,
    NotSignedIn,
    RecordMissing,
    WrongKey,
)
from db.files import Layout
from db.keyring import Keyring
from db.models import Meta
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


def test_a_record_takes_its_name_only_when_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            store.create(tmp_path, KEY, establishment="Moorland")
    assert not store.exists(tmp_path)


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
        "cache_size": -2000,
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


def test_the_files_of_a_record_have_their_places(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    places = (layout.record, layout.keys, layout.backups, layout.settings, layout.log)
    assert [place.name for place in places] == ["record.db", "keys.json", "backups", "settings.toml", "log"]
