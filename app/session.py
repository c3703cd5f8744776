"""Being signed in: the way from a user name and a password to an open record, and back to a closed one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from db.errors import NotSignedIn, RecordError
from db.rows import Actor, Role
from screens.drafts import RECENT, WALK, Draft, DraftBox, form_name
from screens.routes import Route

if TYPE_CHECKING:
    from db.store import Store
    from screens.first_run import NewRecord


@dataclass(frozen=True, slots=True)
class Opened:
    """The record is open.

    Attributes:
        actor: For whom.
        drafts: Where their half-typed forms are.
        notices: What opening found and put right, in sentences.
        half_typed: The forms they left half typed, newest first, in a word or two each.
        demonstration: Whether the record says that the people in it are made up.
    """

    actor: Actor
    drafts: DraftBox
    notices: tuple[str, ...] = ()
    half_typed: tuple[str, ...] = ()
    demonstration: bool = False


class Gate(Protocol):
    """What stands between the shell and the record. Everything but `exists` may be slow and may raise RecordError."""

    directory: Path

    def exists(self) -> bool:
        """Whether there is a record."""

    def sign_in(self, user: str, password: str, today: date) -> Opened:
        """Open the record for somebody who knows a password, and bring what depends on the day up to date."""

    def resume(self, actor: Actor, key: bytes | None, today: date) -> Opened:
        """Open the record for somebody who has signed in already; without a key it is open already."""

    def found(self, new: "NewRecord", today: date) -> tuple[Opened, str]:
        """Make a record and open it for its first user; also gives the recovery code."""

    def begin_day(self, today: date) -> None:
        """Bring what depends on the day up to date."""

    def news(self, actor: Actor) -> bool:
        """Whether anybody but `actor`, or another terminal, has written since this was asked last, or since sign-in.

        Raises NotSignedIn where somebody has taken `actor`'s sign-in or role away.
        """

    def keep_safe(self) -> str:
        """Back the record up where that is due; gives a sentence if it could not be done."""

    def close(self) -> None:
        """Close every connection and forget the key. May be called at any time, and twice."""


class RecordDrafts:
    """A user's drafts in the open record."""

    def __init__(self, store: "Store", user: str) -> None:
        """The drafts of `user` (staff id)."""
        self._store = store
        self._user = user

    def keep(self, route: Route, typed: Mapping[str, str]) -> None:
        """Keep what was typed in the form at `route`."""
        import msgspec

        from db import drafts

        payload = msgspec.json.encode(dict(typed)).decode()
        drafts.save(self._store, self._user, form_name(route), route.case, payload)

    def kept(self, route: Route) -> Draft | None:
        """The draft of the form at `route`."""
        import msgspec

        from db import drafts
        from db.clock import read_stamp

        found = drafts.find(self._store, self._user, form_name(route), route.case)
        if found is None:
            return None
        typed = msgspec.json.decode(found.payload, type=dict[str, str])
        return Draft(typed, read_stamp(found.saved).astimezone())

    def names(self) -> tuple[str, ...]:
        """The forms half typed, newest first: the place and the case."""
        from db import drafts

        found = drafts.kept(self._store, self._user)
        return tuple(
            f"{draft.route.partition(':')[0]} {draft.case}".strip()
            for draft in found
            if draft.route not in (WALK, RECENT.place)
        )

    def drop(self, route: Route) -> None:
        """Forget the draft of the form at `route`."""
        from db import drafts

        found = drafts.find(self._store, self._user, form_name(route), route.case)
        if found is not None:
            drafts.discard(self._store, self._user, found.id)


class RecordGate:
    """The gate to the record in a directory."""

    def __init__(self, directory: Path) -> None:
        """In front of `directory`."""
        self.directory = directory
        self._seen = 0

    def exists(self) -> bool:
        """Whether there is a record."""
        from db import store

        return store.exists(self.directory)

    def sign_in(self, user: str, password: str, today: date) -> Opened:
        """Open the record for somebody who knows a password."""
        from db import door

        return self._opened(door.sign_in(self.directory, user, password, today), today)

    def resume(self, actor: Actor, key: bytes | None, today: date) -> Opened:
        """Open the record for somebody who has signed in already; without a key it is open already."""
        from db import door

        if key is None:
            return self._opened(actor, today)
        return self._opened(door.sign_in_with(self.directory, key, actor.staff, today), today)

    def found(self, new: "NewRecord", today: date) -> tuple[Opened, str]:
        """Make a record and open it for its first user."""
        from db import door

        actor, code = door.make_record(
            self.directory, new.establishment, new.code, new.user, new.name, new.password, today
        )
        return self._opened(actor, today), code

    def begin_day(self, today: date) -> None:
        """Bring what depends on the day up to date."""
        from db.refreshing import refresh

        refresh(today)

    def news(self, actor: Actor) -> bool:
        """Whether anybody but `actor`, or another terminal, has written since this was asked last, or since sign-in."""
        from db import audit, current

        self._seen, others = audit.others_wrote(current.store(), self._seen, actor.staff, actor.terminal)
        if others and not _still_may(actor):
            raise NotSignedIn(f"{actor.name} no longer signs in as {actor.role}.")
        return others

    def keep_safe(self) -> str:
        """Back the record up where the newest backup is a day old; gives a sentence if it could not be done."""
        from db import backup, current

        try:
            store = current.store()
            if backup.is_due(store.layout.backups, datetime.now(UTC)):
                backup.make(store)
        except NotSignedIn:
            return ""
        except RecordError as error:
            return f"Today's backup could not be made. {error.sentence}"
        return ""

    def close(self) -> None:
        """Close every connection and forget the key."""
        from db import door

        door.sign_out()

    def _opened(self, actor: Actor, today: date) -> Opened:
        from db import audit, current
        from db.store import DEMONSTRATION

        store = current.store()
        self._seen = audit.newest(store)
        # What opening put right concerns whoever looks after the record.
        notices = (*store.notices, *_emergencies(actor, today)) if actor.role is Role.MANAGER else ()
        box = RecordDrafts(store, actor.staff)
        return Opened(actor, box, notices, box.names(), DEMONSTRATION in store.about())


def _still_may(actor: Actor) -> bool:
    """Whether this user still signs in, and in this role."""
    from db.staff import staff

    return any(
        member.id == actor.staff and member.sign_in and member.active and member.role is actor.role
        for member in staff()
    )


def _emergencies(actor: Actor, today: date) -> tuple[str, ...]:
    """That somebody opened what is need-to-know in an emergency, said to the manager at every sign-in for a week."""
    from db.need_to_know import emergencies

    found = emergencies(actor, today)
    if not found:
        return ()
    said = "; ".join(f"{one.number} by {one.by}, {one.on.day} {one.on:%b}" for one in found[-3:])
    return (f"Emergency access: {said}. The records (5) lead there.",)
