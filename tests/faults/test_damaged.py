"""A damaged record, or a file that is none: told apart, in a sentence, and nothing written on the screen."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import audit, backup, engine, store
from db.audit import Line
from db.errors import RecordDamaged, RecordError, WrongKey, WrongRecord
from db.keyring import Keyring
from db.models import Draft
from db.slots import Cost
from db.store import Store

PASSWORD = "three words do well"
PAGE = 4096


@pytest.fixture
def key(tmp_path: Path) -> bytes:
    return Keyring(tmp_path, cost=Cost(8, 1, 1)).create("lyn", PASSWORD)[0]


@pytest.fixture
def place(tmp_path: Path, key: bytes) -> Path:
    """The directory of a record of some hundred pages, closed."""
    with store.create(tmp_path, key, establishment="Moorland") as record:
        fill(record)
    return tmp_path


@pytest.fixture(autouse=True)
def quiet(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """SQLCipher would write on the terminal when it meets damage."""
    yield
    assert capfd.readouterr() == ("", "")


def fill(record: Store) -> None:
    with record.write():
        for number in range(400):
            Draft.insert(id=f"{number:04}", user="lyn", route=str(number), payload="x" * 1000, saved="z").execute()
        audit.append(record, Line("lyn", "desk", "set"))


def read_all(record: Store) -> int:
    with record.read():
        return sum(len(row.payload) for row in Draft.select())


def change(path: Path, deed: Callable[[bytearray], object]) -> None:
    content = bytearray(path.read_bytes())
    deed(content)
    path.write_bytes(content)


def flip(at: int) -> Callable[[bytearray], None]:
    def deed(content: bytearray) -> None:
        content[at] ^= 0xFF

    return deed


def zero_page(number: int) -> Callable[[bytearray], None]:
    def deed(content: bytearray) -> None:
        content[PAGE * (number - 1) : PAGE * number] = bytes(PAGE)

    return deed


def truncate(length: int) -> Callable[[bytearray], None]:
    def deed(content: bytearray) -> None:
        del content[length:]

    return deed


def test_the_first_page_damaged_is_damage(place: Path, key: bytes) -> None:
    change(place / "record.db", flip(100))
    with pytest.raises(RecordDamaged, match="backup"):
        store.open_record(place, key)


def test_the_salt_of_the_file_damaged_is_damage_and_not_a_wrong_key(place: Path, key: bytes) -> None:
    change(place / "record.db", flip(3))
    with pytest.raises(RecordDamaged):
        store.open_record(place, key)


@pytest.mark.parametrize("deed", [flip(PAGE * 80 + 50), zero_page(81)], ids=["flipped", "zeroed"])
def test_a_page_damaged_in_the_middle_is_found_where_it_is_read(
    place: Path, key: bytes, deed: Callable[[bytearray], None]
) -> None:
    change(place / "record.db", deed)
    with store.open_record(place, key) as record, pytest.raises(RecordDamaged):
        read_all(record)


def test_a_damaged_page_is_named_by_the_check(place: Path, key: bytes) -> None:
    change(place / "record.db", flip(PAGE * 80 + 50))
    with store.open_record(place, key) as record:
        assert "81" in " ".join(record.faults())


def test_a_whole_record_passes_the_check(place: Path, key: bytes) -> None:
    with store.open_record(place, key) as record:
        assert record.faults() == ()


def test_what_can_still_be_read_is_read_after_damage_was_met(place: Path, key: bytes) -> None:
    change(place / "record.db", flip(PAGE * 80 + 50))
    with store.open_record(place, key) as record:
        with pytest.raises(RecordDamaged):
            read_all(record)
        assert record.about()["establishment"] == "Moorland"


@pytest.mark.parametrize("length", [1, 15, 100, PAGE - 1, PAGE, PAGE * 50, PAGE * 50 + 100])
def test_a_truncated_record_is_damage(place: Path, key: bytes, length: int) -> None:
    change(place / "record.db", truncate(length))
    with pytest.raises(RecordDamaged):
        store.open_record(place, key)


def test_an_empty_file_is_damage_and_stays_empty(place: Path, key: bytes) -> None:
    (place / "record.db").write_bytes(b"")
    with pytest.raises(RecordDamaged, match="empty"):
        store.open_record(place, key)
    assert (place / "record.db").stat().st_size == 0


def test_any_other_file_in_its_place_is_damage(place: Path, key: bytes) -> None:
    (place / "record.db").write_bytes(b"Dear Lyn, this is a letter and not a record. " * 500)
    with pytest.raises(RecordDamaged):
        store.open_record(place, key)


def test_an_ordinary_database_is_not_taken_for_a_record(place: Path, key: bytes) -> None:
    (place / "record.db").unlink()
    plain = sqlite3.connect(place / "record.db")
    plain.execute("CREATE TABLE entry (id TEXT)")
    plain.close()
    with pytest.raises(WrongRecord, match="not encrypted") as caught:
        store.open_record(place, key)
    assert not isinstance(caught.value, WrongKey)


def test_an_encrypted_database_that_is_no_record_is_told_apart(place: Path, key: bytes) -> None:
    (place / "record.db").unlink()
    other = engine.connect(place / "record.db", key, 0)
    engine.run(other, "CREATE TABLE entry (id TEXT)")
    engine.forget(other)
    with pytest.raises(WrongRecord, match="no record of Wingdesk's") as caught:
        store.open_record(place, key)
    assert not isinstance(caught.value, WrongKey)


def test_another_records_key_is_a_wrong_key_and_not_damage(place: Path) -> None:
    with pytest.raises(WrongKey):
        store.open_record(place, bytes(32))


def test_another_records_file_is_not_taken_for_this_one(place: Path, key: bytes) -> None:
    elsewhere = place / "elsewhere"
    store.create(elsewhere, bytes(32), establishment="Elsewhere").close()
    (elsewhere / "record.db").replace(place / "record.db")
    with pytest.raises(RecordDamaged):
        store.open_record(place, key)


def test_a_directory_in_its_place_is_a_sentence(place: Path, key: bytes) -> None:
    (place / "record.db").unlink()
    (place / "record.db").mkdir()
    with pytest.raises(RecordError) as caught:
        store.open_record(place, key)
    assert caught.value.exit_status == 4


def test_a_damaged_record_is_not_backed_up_over_good_ones(place: Path, key: bytes) -> None:
    with store.open_record(place, key) as record:
        good = backup.make(record)
    change(place / "record.db", flip(PAGE * 80 + 50))
    with store.open_record(place, key) as record, pytest.raises(RecordDamaged):
        backup.make(record)
    assert os.listdir(place / "backups") == [good.path.name]


def test_after_damage_the_newest_good_backup_opens(place: Path, key: bytes) -> None:
    with store.open_record(place, key) as record:
        backup.make(record)
    change(place / "record.db", flip(100))
    good = backup.newest_good(place / "backups")
    assert good is not None
    aside = backup.restore(good.path, place, lambda ring: ring.unlock("lyn", PASSWORD))
    assert aside is not None
    assert (aside / "record.db").exists()
    with store.open_record(place, key) as again:
        assert read_all(again) == 400_000
        assert audit.verify(again, good.head).sound


def test_a_damaged_write_ahead_log_costs_at_most_what_it_held(place: Path, key: bytes) -> None:
    with store.open_record(place, key) as record:
        with record.write():
            engine.run(record.database, "INSERT INTO meta VALUES ('late', 'x')")
        left = {side: (place / f"record.db{side}").read_bytes() for side in ("", "-wal")}
    for side, content in left.items():
        (place / f"record.db{side}").write_bytes(content)
    change(place / "record.db-wal", flip(500))
    with store.open_record(place, key) as again:
        assert read_all(again) == 400_000
        assert again.faults() == ()
