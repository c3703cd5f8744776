"""Routes: where somebody is, small enough to keep while the screen is locked.

A route is all that survives the lock: the screens it names are built again from the record
after somebody has signed in. It holds a place, a prisoner number and where the cursor stood,
never a name or a word anybody typed.
"""

from dataclasses import dataclass
from datetime import date

AS_AT = "as-at:"
"""How the detail of a route to a case begins that is shown as it was on an earlier day, which follows."""


@dataclass(frozen=True, slots=True)
class Route:
    """A room or a form, and what it is about.

    Attributes:
        place: Key of a room or form, for example `caseload`, `case`, `contact`.
        case: Prisoner number, or "" where the place is not about one case.
        cursor: What the cursor stood on: a prisoner number, a duty (`id` or `id:key`), a fact.
        detail: Anything else short that is needed to build the place again.
    """

    place: str
    case: str = ""
    cursor: str = ""
    detail: str = ""


def earlier_day(detail: str) -> date | None:
    """The earlier day a route's detail asks for; None where it asks for none."""
    return date.fromisoformat(detail.removeprefix(AS_AT)) if detail.startswith(AS_AT) else None
