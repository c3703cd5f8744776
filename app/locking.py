"""The lock between desk and door.

Locking shows the door first and takes the desk away behind it, so that nothing beneath can show or act; then drafts
are kept, the record is closed and its key forgotten. What is left is a route (`app.lock.Kept`).
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from textual.screen import ModalScreen

from app.door import Door
from app.lock import Kept
from app.navigation import DESK, DOOR
from db.errors import NotSignedIn, RecordError
from db.rows import Actor
from screens.blank import BlankScreen
from screens.too_small import TooSmallScreen


class Locking(Door):
    """An application that locks on demand and when left alone, and begins a new day at midnight."""

    day: Callable[[], date] | None = None
    """Tells the present day; None where today is fixed."""

    copied = ""
    """What was copied inside Wingdesk since signing in."""

    async def action_lock(self) -> None:
        """Lock."""
        await self.shut()

    async def action_blank(self) -> None:
        """Blank at once; any key then shows the lock."""
        if self.at_desk:
            await self.shut(blank=True)
        elif not isinstance(self.screen, BlankScreen):
            await self._blank_door()

    async def on_lock_requested(self) -> None:
        """A screen asks to lock."""
        await self.shut()

    async def on_blank_requested(self) -> None:
        """A screen asks to blank."""
        await self.action_blank()

    async def shut(self, *, blank: bool = False) -> None:
        """Show the door, then put everything behind it away."""
        if self.sitting is None or not self.at_desk:
            return
        self.kept = Kept(self.sitting.actor.staff, self.routes(), dict(self.left))
        partings = self.partings()
        self.sitting = None
        self.away.clear()
        self.copied = ""
        await self.show_mode(DOOR)
        if not blank:
            await self.show_door()
        self.run_worker(self._put_away(partings), exit_on_error=True)

    async def _blank_door(self) -> None:
        from screens.first_run import FirstRunScreen, RecoveryScreen

        if isinstance(self.screen, TooSmallScreen):
            await self.pop_screen()
        if any(isinstance(screen, FirstRunScreen | RecoveryScreen) for screen in self.screen_stack):
            await self.push_screen(BlankScreen())
            return
        with self.batch_update():
            while len(self.screen_stack) > 1:
                await self.pop_screen()

    async def _put_away(self, partings: Sequence[Callable[[], None]]) -> None:
        """Take the desk apart behind the door."""
        try:
            await self.close_up(partings, self._take_desk_away)
        finally:
            self.away.set()

    async def _take_desk_away(self) -> None:
        await self.remove_mode(DESK)

    async def close_up(self, partings: Sequence[Callable[[], None]], between: Callable[[], Any] | None = None) -> None:
        """Keep drafts, then close the record; both in a thread, since another program may hold the record."""

        def keep() -> None:
            for parting in partings:
                # Nobody is left to be told: the record itself refused the draft.
                with contextlib.suppress(RecordError):
                    parting()

        await asyncio.to_thread(keep)
        if between is not None:
            await between()
        await asyncio.to_thread(self.gate.close)

    async def look_at_the_clock(self) -> None:
        """Every few seconds: lock if nobody has pressed a key for long; begin a new day; look what others wrote."""
        if self.idle.expired:
            if self.at_desk:
                await self.shut()
            else:
                self._forget_typed()
        elif self.day is not None and self.day() != self.today:
            await self._begin_day(self.day())
        elif self.sitting is not None and self.at_desk:
            self.run_worker(self._look_for_news(self.sitting.actor), group="news", exclusive=True, exit_on_error=False)

    async def _look_for_news(self, actor: Actor) -> None:
        """Have every room look again, where somebody else has written; forms stay. Lock, if that ended this sign-in."""
        try:
            news = await asyncio.to_thread(self.gate.news, actor)
        except NotSignedIn:
            await self.shut()
            return
        except RecordError:
            return
        if news:
            self.look_again("")

    def _forget_typed(self) -> None:
        from screens.first_run import FirstRunScreen
        from screens.sign_in import SignInScreen

        self.idle.stamp()
        for screen in self.screen_stack:
            if isinstance(screen, SignInScreen | FirstRunScreen):
                screen.forget()

    async def _begin_day(self, today: date) -> None:
        """Reckon from `today`; forms that are open are finished on the day they were begun."""
        sitting = self.sitting
        if sitting is None:
            self.today = today
            return
        if isinstance(self.screen, ModalScreen):
            return
        self.today = today
        routes, left = self.routes(), self.left
        await self.show_mode(DOOR)
        await self.remove_mode(DESK)
        with contextlib.suppress(RecordError):
            await asyncio.to_thread(self.gate.begin_day, today)
        await self.set_out(replace(sitting, today=today), routes, left)
