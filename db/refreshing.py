"""Bringing stored duties up to date where the rules or time alone changed them."""

from datetime import date

from db import engine
from db.current import store
from db.overrides import overrides_in_force
from policy.digest import digest_of


def _tests(day: str, digest: str) -> tuple[tuple[str, str], ...]:
    """What makes a case stale, one statement each: together they would read everybody, alone each has its index."""
    return (
        ("SELECT number FROM standing WHERE recheck_on <= ?", day),
        ("SELECT number FROM standing WHERE assessed > ?", day),
        ("SELECT number FROM standing WHERE digest < ?", digest),
        ("SELECT number FROM standing WHERE digest > ?", digest),
    )


def refresh(today: date) -> int:
    """Work out anew every case whose rules changed or that time alone changed; gives how many.

    A case is stale when the rulebook, overrides or holidays are others than it was worked out with, when its
    `recheck_on` has come, or when it was worked out on a later day than `today`.
    """
    database = store().database
    digest = digest_of(overrides_in_force())
    day = today.isoformat()
    with store().read():
        stale = sorted({row[0] for test, value in _tests(day, digest) for row in engine.run(database, test, (value,))})
    if not stale:
        return 0
    from db.standing import rebuild  # brings all the rules with it, which a sign-in with nothing stale does not need

    with store().write():
        rebuild(stale, today)
    return len(stale)
