"""The demonstration prison: a synthetic record to look round in. Nothing and nobody in it is real."""

from datetime import date
from pathlib import Path

from db import current
from db.demo.plan import SIGN_INS
from db.demo.prison import ESTABLISHMENT, MARK, PASSWORD, build
from db.errors import NotFound
from db.keyring import Keyring

__all__ = ["ESTABLISHMENT", "PASSWORD", "ROLES", "build", "demonstration_day", "is_demonstration", "key_and_user"]

ROLES = tuple(member.id for member in SIGN_INS)
"""Who signs in: user names and roles are the same words."""


def demonstration_day() -> date | None:
    """The day the open record was made for as a demonstration; None where it is none, or was not finished.

    Raises NotSignedIn where no record is open.
    """
    made_for = current.store().about().get(MARK)
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
