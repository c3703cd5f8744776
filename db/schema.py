"""Schema versions: which one this program writes, and how an older record is brought forward."""

from pathlib import Path

from peewee import SqliteDatabase

from db import engine, triggers
from db.errors import OurFault, translating

VERSION = 1
MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: SqliteDatabase) -> tuple[str, ...]:
    """Apply what is pending, reinstall the safeguards and mark the version: all of it, or nothing. Gives the names.

    A folder that is missing or short yields "nothing to do", so what was reached is compared with `VERSION`
    inside the transaction; OurFault where they differ.
    """
    from playhouse.migrations import Runner

    with translating(), database.atomic("IMMEDIATE"):
        runner = Runner(database, str(MIGRATIONS))
        applied: list[str] = runner.up()
        reached = max((step.idx for step in runner.status() if step.applied), default=0)
        if reached != VERSION:
            raise OurFault(
                f"This Wingdesk is not installed whole: it should bring the record to version {VERSION}, and its "
                f"migrations reach {reached}. Install it again; nothing was changed."
            )
        triggers.install(database)
        engine.run(database, f"PRAGMA application_id = {engine.APPLICATION_ID}")
        engine.run(database, f"PRAGMA user_version = {VERSION}")
    return tuple(applied)
