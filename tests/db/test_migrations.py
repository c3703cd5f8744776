"""Bringing an older record forward: all of it or nothing, after a backup, with its safeguards in place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playhouse.schema_diff import diff_models

from db import backup, engine, schema, store, triggers
from db.errors import NewerRecord, OurFault
from db.models import MODELS
from db.store import Store

KEY = bytes(range(32))

REBUILDS = '''
from peewee import TextField

def up(migrator, db):
    """Rebuild a table, as SQLite does for most changes; its triggers go with it."""
    migrator.migrate(
        migrator.drop_column("audit", "detail", legacy=True),
        migrator.add_column("audit", "detail", TextField(default="")),
        migrator.add_not_null("entry", "key"),
    )
    db.execute_sql("ALTER TABLE entry RENAME TO before")
    db.execute_sql("CREATE TABLE entry AS SELECT * FROM before")
    db.execute_sql("DROP TABLE before")
'''
FAILS = '''
def up(migrator, db):
    """Change something, then fail."""
    db.execute_sql("CREATE TABLE halfway (x)")
    db.execute_sql("INSERT INTO nowhere VALUES (1)")
'''


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Store]:
    with store.create(tmp_path / "record", KEY, establishment="Moorland") as made:
        yield made


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that knows version 2: a folder with the first migration, to which tests add the second."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in schema.MIGRATIONS.glob("0*.py"):
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    monkeypatch.setattr(schema, "VERSION", 2)
    return folder


def tables(record: Store) -> set[str]:
    with record.read() as database:
        return {row[0] for row in engine.run(database, "SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_the_migrations_build_what_the_models_say(record: Store) -> None:
    with record.outside() as database:
        difference = diff_models(database, list(MODELS))
    assert not difference, difference


def test_every_version_has_one_migration() -> None:
    numbers = sorted(int(file.name[:4]) for file in schema.MIGRATIONS.glob("[0-9]*.py"))
    assert numbers == list(range(1, schema.VERSION + 1))


def test_a_new_record_is_of_this_programs_version_with_every_safeguard(record: Store) -> None:
    with record.read() as database:
        assert engine.version(database) == schema.VERSION
        assert triggers.missing(database) == ()


def test_an_older_record_is_brought_forward_when_it_is_opened(record: Store, later: Path) -> None:
    record.close()
    (later / "0002_rebuild.py").write_text(REBUILDS)
    with store.open_record(record.layout.directory, KEY) as again, again.read() as database:
        assert engine.version(database) == 2
        assert again.notices[0].startswith("The record was brought from version 1 to 2")


def test_a_backup_is_made_before_anything_is_changed(
    record: Store, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.close()
    (later / "0002_rebuild.py").write_text(REBUILDS)
    store.open_record(record.layout.directory, KEY).close()
    kept = backup.backups(record.layout.backups)
    assert [each.schema for each in kept] == [1]
    backup.check(kept[0].path, KEY)


def test_no_backup_is_made_when_nothing_is_to_be_changed(record: Store) -> None:
    record.close()
    store.open_record(record.layout.directory, KEY).close()
    assert backup.backups(record.layout.backups) == ()


def test_safeguards_that_a_rebuilt_table_lost_are_back(record: Store, later: Path) -> None:
    record.close()
    (later / "0002_rebuild.py").write_text(REBUILDS)
    with store.open_record(record.layout.directory, KEY) as again:
        assert triggers.missing(again.database) == ()


def test_without_reinstalling_the_rebuilt_table_would_have_lost_them(
    record: Store, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (later / "0002_rebuild.py").write_text(REBUILDS)
    monkeypatch.setattr("db.triggers.install", lambda _: None)
    with record.outside() as database:
        schema.migrate(database)
        assert triggers.missing(database) != ()


def test_a_migration_that_fails_changes_nothing(record: Store, later: Path) -> None:
    record.close()
    (later / "0002_fails.py").write_text(FAILS)
    with pytest.raises(OurFault):
        store.open_record(record.layout.directory, KEY)
    with engine.opened(record.layout.record, KEY) as database:
        assert engine.version(database) == 1
        assert triggers.missing(database) == ()
        found = engine.run(database, "SELECT count(*) FROM sqlite_master WHERE name = 'halfway'").fetchone()
    assert found[0] == 0


def test_a_record_that_could_not_be_brought_forward_opens_with_the_program_of_before(
    record: Store, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.close()
    (later / "0002_fails.py").write_text(FAILS)
    with pytest.raises(OurFault):
        store.open_record(record.layout.directory, KEY)
    monkeypatch.setattr(schema, "VERSION", 1)
    with store.open_record(record.layout.directory, KEY) as again:
        assert again.about()["establishment"] == "Moorland"


def test_a_missing_migrations_folder_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", tmp_path / "not there")
    with pytest.raises(OurFault, match="not installed whole"):
        store.create(tmp_path / "record", KEY, establishment="Moorland")
    assert not (tmp_path / "record" / "record.db").exists()


def test_a_folder_short_of_a_migration_is_noticed_and_changes_nothing(record: Store, later: Path) -> None:
    record.close()
    with pytest.raises(OurFault, match="should bring the record to version 2"):
        store.open_record(record.layout.directory, KEY)
    with engine.opened(record.layout.record, KEY) as database:
        assert engine.version(database) == 1


def test_a_record_by_a_newer_program_is_not_touched(record: Store) -> None:
    with record.outside() as database:
        engine.run(database, "PRAGMA user_version = 99")
    record.close()
    with pytest.raises(NewerRecord, match="newer Wingdesk"):
        store.open_record(record.layout.directory, KEY)
    with engine.opened(record.layout.record, KEY) as database:
        assert engine.version(database) == 99


def test_migrating_a_record_of_this_version_changes_nothing(record: Store) -> None:
    before = tables(record)
    with record.outside() as database:
        assert schema.migrate(database) == ()
    assert tables(record) == before
