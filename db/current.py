"""The record this process has open, and what its user may still undo."""

from dataclasses import dataclass, field

from db.errors import LOCKED, NotSignedIn
from db.store import Store


@dataclass(slots=True)
class Desk:
    """An open record and the commands its user gave since signing in, newest last: (command, what it did)."""

    store: Store
    done: list[tuple[str, str]] = field(default_factory=list)


_desk: Desk | None = None


def sit_down(store: Store) -> None:
    """Make `store` the record every view and command speaks to."""
    global _desk
    _desk = Desk(store)


def desk() -> Desk:
    """The desk in use; NotSignedIn where no record is open."""
    if _desk is None:
        raise NotSignedIn(LOCKED)
    return _desk


def store() -> Store:
    """The open record; NotSignedIn where there is none."""
    return desk().store


def stand_up() -> None:
    """Close the record, forget its key and what could be undone."""
    global _desk
    if _desk is not None:
        leaving, _desk = _desk, None
        leaving.store.close()
