"""Forms somebody was filling in, kept for their next sign-in; personal, in the encrypted record, never audited."""

import uuid
from dataclasses import dataclass

from peewee import Expression

from db.clock import stamp
from db.models import Draft
from db.store import Store


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft: the `route` (screen) it belongs to, the case ("" for none), the form as JSON, saved when (UTC stamp)."""

    id: str
    user: str
    route: str
    case: str
    payload: str
    saved: str


def save(store: Store, user: str, route: str, case: str, payload: str) -> str:
    """Keep `payload` as the one draft of this user, route and case; gives its id, which stays while it is kept."""
    with store.write():
        (
            Draft.insert(id=uuid.uuid4().hex, user=user, route=route, case=case, payload=payload, saved=stamp())
            .on_conflict(
                conflict_target=(Draft.user, Draft.route, Draft.case),
                preserve=(Draft.payload, Draft.saved),
            )
            .execute()
        )
        found = _one(store, (Draft.user == user) & (Draft.route == route) & (Draft.case == case))
        assert found is not None
        return found.id


def load(store: Store, user: str, draft: str) -> Kept | None:
    """The draft of that id if it is this user's; None otherwise."""
    with store.read():
        return _one(store, (Draft.id == draft) & (Draft.user == user))


def find(store: Store, user: str, route: str, case: str) -> Kept | None:
    """This user's draft of that form, if there is one."""
    with store.read():
        return _one(store, (Draft.user == user) & (Draft.route == route) & (Draft.case == case))


def kept(store: Store, user: str) -> tuple[Kept, ...]:
    """Every draft of this user, newest first."""
    with store.read():
        return tuple(
            _kept(row) for row in Draft.select().where(Draft.user == user).order_by(Draft.saved.desc(), Draft.id)
        )


def discard(store: Store, user: str, draft: str) -> bool:
    """Drop this user's draft of that id; whether there was one."""
    with store.write():
        return bool(Draft.delete().where((Draft.id == draft) & (Draft.user == user)).execute())


def discard_all(store: Store, user: str) -> int:
    """Drop every draft of this user, as a reset by the manager does; how many there were."""
    with store.write():
        return int(Draft.delete().where(Draft.user == user).execute())


def _one(store: Store, condition: Expression) -> Kept | None:
    row = Draft.select().where(condition).first()
    return None if row is None else _kept(row)


def _kept(row: Draft) -> Kept:
    return Kept(row.id, row.user, row.route, row.case, row.payload, row.saved)
