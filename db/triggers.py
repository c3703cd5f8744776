"""The safeguards inside the database itself: rows and audit are only ever added to, and the audit stays chained.

A migration that rebuilds a table drops its triggers without a word, so they are reinstalled after every
migration and looked at whenever a record is opened.
"""

import re

from peewee import Database

from db import engine


def _never(table: str, deed: str) -> str:
    return (
        f"CREATE TRIGGER {table}_never_{deed.lower()} BEFORE {deed} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'wingdesk: {table} is only added to'); END"
    )


# By name, in SQLite's words; recursive_triggers must be on, or INSERT OR REPLACE walks around the DELETE ones.
TRIGGERS: dict[str, str] = {
    **{
        f"{table}_never_{deed.lower()}": _never(table, deed)
        for table in ("entry", "audit")
        for deed in ("UPDATE", "DELETE")
    },
    "audit_chained": (
        "CREATE TRIGGER audit_chained BEFORE INSERT ON audit BEGIN "
        "SELECT RAISE(ABORT, 'wingdesk: audit out of sequence') WHERE NEW.seq IS NOT "
        "coalesce((SELECT max(seq) FROM audit WHERE terminal = NEW.terminal), 0) + 1; "
        "SELECT RAISE(ABORT, 'wingdesk: audit not chained') WHERE NEW.prev IS NOT "
        "coalesce((SELECT hash FROM audit WHERE terminal = NEW.terminal ORDER BY seq DESC LIMIT 1), ''); END"
    ),
}


def missing(database: Database) -> tuple[str, ...]:
    """The names of safeguards that are not there, or not as they should be."""
    found = dict(engine.run(database, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    return tuple(name for name, sql in TRIGGERS.items() if _plain(found.get(name) or "") != _plain(sql))


def install(database: Database) -> None:
    """Put every safeguard in place anew; to be called inside the transaction of what may have dropped them."""
    for name, sql in TRIGGERS.items():
        engine.run(database, f"DROP TRIGGER IF EXISTS {name}")
        engine.run(database, sql)


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip().rstrip(";")
