"""A user's saved views."""

from db import entries, roles
from db import payloads as p
from db.current import store
from db.rows import Actor, SavedView
from db.texts import plain


def saved_views(actor: Actor) -> tuple[SavedView, ...]:
    """The views this user saved, by name."""
    roles.check_reads(actor)
    with store().read():
        rows = entries.current(entries.of_kind(p.VIEW))
    mine = [p.unpack(row.payload, p.ViewPayload) for row in rows if row.key.startswith(key_of(actor, ""))]
    found = (SavedView(one.name, one.wanted) for one in mine if one.wanted is not None)
    return tuple(sorted(found, key=lambda view: plain(view.name)))


def key_of(actor: Actor, name: str) -> str:
    """Under what a view is kept: whose, and its name however it is spelt."""
    return f"{actor.staff}/{plain(name)}"
