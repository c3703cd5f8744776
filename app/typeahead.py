"""Keys that come faster than the screen changes: each waits until what the one before it set going has happened.

Textual hands a key to whatever has the focus at that moment and goes on. Keys that arrive in one burst (a slow line,
a password typed by a program) would so reach the field or the screen that is just being left.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from textual import events
from textual.app import App
from textual.dom import DOMNode

# Keys further apart than this many seconds are not a burst.
BURST = 0.1
# No key waits longer than this many seconds for the one before it.
LONGEST = 0.5
# The first round carries the key up to the screen; the others what handling it has posted, and what that has posted.
ROUNDS = 3


class Typeahead:
    """Hands over keys and pastes one at a time, as `deliver` takes them."""

    def __init__(self, app: App[None], deliver: Callable[[events.Event], Awaitable[None]]) -> None:
        """Deliver to what has the focus in `app`."""
        self._app = app
        self._deliver = deliver
        self._waiting: deque[events.Event] = deque()
        self._holding = False
        self._round = 0
        self._last = float("-inf")
        self._target: DOMNode | None = None

    async def take(self, event: events.Event) -> None:
        """Deliver `event` now, or after those before it have taken effect."""
        if not self._holding and event.time - self._last >= BURST:
            await self._hand_over(event)
            return
        self._waiting.append(event)
        if not self._holding:
            self._holding = True
            self._wait_for_effect()

    def drop(self) -> None:
        """Forget what waits; a round under way ends by itself."""
        self._waiting.clear()

    async def _hand_over(self, event: events.Event) -> None:
        self._last = event.time
        self._target = self._app.focused or self._app.screen
        await self._deliver(event)

    def _wait_for_effect(self) -> None:
        self._round += 1
        number = self._round
        asyncio.get_running_loop().call_later(LONGEST, self._app.call_later, self._effect_seen, number)
        self._go_round(number, ROUNDS)

    def _go_round(self, number: int, rounds: int) -> None:
        """Send a marker the way a key takes: from what had the focus up to the application, `rounds` times."""
        target = self._target
        path = [] if target is None or not target.is_attached else [*target.ancestors_with_self]
        path = [node for node in path if node is not self._app]

        def hop(at: int) -> None:
            if at < len(path):
                path[at].call_later(hop, at + 1)
            elif rounds > 1:
                self._app.call_later(self._go_round, number, rounds - 1)
            else:
                self._app.call_later(self._effect_seen, number)

        hop(0)

    async def _effect_seen(self, number: int) -> None:
        if number != self._round or not self._holding:
            return
        if self._waiting:
            await self._hand_over(self._waiting.popleft())
        if self._waiting:
            self._wait_for_effect()
        else:
            self._holding = False
