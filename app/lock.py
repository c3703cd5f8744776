"""When to lock, and what is kept while locked."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from screens.routes import Route

# Linux stops CLOCK_MONOTONIC during suspend and has this; macOS goes on counting in CLOCK_MONOTONIC, and Windows
# in time.monotonic().
_CLOCK: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def awake_or_asleep() -> float:
    """Seconds on a clock that also counts the time the machine was suspended; its start means nothing."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)


class IdleClock:
    """How long nobody has touched the keyboard."""

    def __init__(self, minutes: int, clock: Callable[[], float] = awake_or_asleep) -> None:
        """Start counting now; `minutes` is the idle time after which `expired` says yes."""
        self._limit = minutes * 60
        self._clock = clock
        self._last = clock()

    def stamp(self) -> None:
        """Somebody pressed a key."""
        self._last = self._clock()

    @property
    def expired(self) -> bool:
        """Whether the limit has passed since the last key."""
        return self._clock() - self._last >= self._limit


@dataclass(frozen=True, slots=True)
class Kept:
    """All that survives the lock: whose session it was, where they were, room upon room, and in the other places.

    Drafts are in the record, under the route of their form, and are offered when it is opened again.
    """

    staff: str
    routes: tuple[Route, ...]
    left: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
