"""Bringing stored duties up to date where the rules or time alone changed them."""

from datetime import date

from db import engine
from db.current import store
from db.overrides import overrides_in_force
from policy.digest import digest_of


def refresh(today: date) -> int:
    """Work out anew every case whose rules changed or that time alone changed; gives how many.

    A case is stale when the rulebook, overrides or holidays are others than it was worked out with, when its
    `recheck_on` has come, or when it was worked out on a later day than `today`.
    """
    database = store().database
    digest = digest_of(overrides_in_force())
    sql = "SELECT number FROM standing WHERE recheck_on <= ? OR digest <> ? OR assessed > ?"
    with store().read():
        stale = [row[0] for row in engine.run(database, sql, (today.isoformat(), digest, today.isoformat()))]
    if not stale:
        return 0
    from db.standing import rebuild  # brings all the rules with it, which a sign-in with nothing stale does not need

    with store().write():
        rebuild(stale, today)
    return len(stale)
