"""The demonstration prison: a synthetic record to look round in. Nothing and nobody in it is real.

Asking whether the open record is one costs a look into it; only `build` brings the rest of this package with it.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from db import current
from db.demo.marks import ESTABLISHMENT, PASSWORD, ROLES
from db.errors import NotFound
from db.keyring import PRODUCTION, Keyring
from db.slots import Cost
from db.store import DEMONSTRATION

__all__ = ["ESTABLISHMENT", "PASSWORD", "ROLES", "build", "demonstration_day", "is_demonstration", "key_and_user"]


def build(
    directory: Path,
    today: date,
    cases: int = 400,
    seed: int = 1,
    *,
    cost: Cost = PRODUCTION,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Make an ordinary encrypted record of a synthetic prison in `directory`; no record may be open.

    The same seed, date and number of cases give the same rows on every machine. It is a whole demonstration
    (`is_demonstration`) only once this returns.

    Args:
        directory: where; made if it is not there.
        today: the day it stands on; its history is the half-year before (with more than 10,000 cases, 8 weeks).
        cases: how many people.
        seed: which prison.
        cost: what it costs to unwrap a key.
        progress: told from time to time how many cases are made, of how many.

    Raises:
        Invalid: fewer than one case.
        AlreadyThere: there is a record in `directory`.
        RecordError: the disk is full, read-only or a network share.
    """
    from db.demo import prison

    prison.build(directory, today, cases, seed, cost=cost, progress=progress)


def demonstration_day() -> date | None:
    """The day the open record was made for as a demonstration; None where it is none, or was not finished.

    Raises NotSignedIn where no record is open.
    """
    made_for = current.store().about().get(DEMONSTRATION)
    return date.fromisoformat(made_for) if made_for else None


def is_demonstration() -> bool:
    """Whether the open record is a demonstration, so that every screen says so. Raises NotSignedIn."""
    return demonstration_day() is not None


def key_and_user(directory: Path, role: str = "supervisor") -> tuple[bytes, str]:
    """The key of the demonstration in `directory` and the user of that role, for `db.door.sign_in_with`.

    Raises NotFound (no such role), RecordMissing, WrongPassword (somebody changed it), TooSoon.
    """
    if role not in ROLES:
        raise NotFound(f"A demonstration has the users {', '.join(ROLES)}; “{role}” is none of them.")
    return Keyring(directory).unlock(role, PASSWORD), role
