"""Half-typed forms, kept in the record under the user, the form and the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from screens.routes import Route

WALK = "triage"
"""The place whose draft is a walk under way, not a form half typed."""
RECENT = Route("recent")
"""Under what the cases somebody opened last are kept among their drafts."""
MOST_RECENT = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody had typed, field by field, and when it was kept (local time)."""

    typed: Mapping[str, str]
    saved: datetime


class DraftBox(Protocol):
    """Where a user's drafts are kept. Every method may raise `db.errors.RecordError`."""

    def keep(self, route: Route, typed: Mapping[str, str]) -> None:
        """Keep what was typed in the form at `route`, in place of an earlier draft of it."""

    def kept(self, route: Route) -> Draft | None:
        """The draft of the form at `route`, if there is one."""

    def drop(self, route: Route) -> None:
        """Forget the draft of the form at `route`."""


class NoDrafts:
    """A box that keeps nothing, for a form that stands alone."""

    def keep(self, route: Route, typed: Mapping[str, str]) -> None:
        """Keep nothing."""

    def kept(self, route: Route) -> Draft | None:
        """Nothing is kept."""
        return None

    def drop(self, route: Route) -> None:
        """Nothing is there to forget."""


def remember(box: DraftBox, number: str) -> None:
    """Keep a case as the one opened last; in a thread."""
    numbers = [number, *(one for one in recent(box) if one != number)]
    box.keep(RECENT, {"numbers": ",".join(numbers[:MOST_RECENT])})


def recent(box: DraftBox) -> tuple[str, ...]:
    """The numbers of the cases opened last, the latest first."""
    kept = box.kept(RECENT)
    return tuple(number for number in kept.typed.get("numbers", "").split(",") if number) if kept else ()


def form_name(route: Route) -> str:
    """How a draft names its form: the place, and what in the case it is about."""
    return f"{route.place}:{route.cursor}" if route.cursor else route.place
