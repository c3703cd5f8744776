"""An establishment's overrides of local figures, as kept in the record."""

from datetime import date

from db import entries
from db import payloads as p
from db.current import store
from db.entries import Row


def overrides_in_force(as_at: date | None = None) -> str:
    """The overrides' TOML text, empty where there are none; with `as_at`, those of that day."""
    with store().read():
        rows = entries.of_kind(p.OVERRIDES)
    kept: list[Row] = [row for row in rows if as_at is None or row.day <= as_at.isoformat()]
    now = entries.current(kept)
    return p.unpack(now[-1].payload, p.OverridesPayload).toml if now else ""
