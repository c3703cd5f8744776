"""The door of the shell: blank, sign-in, first run and lock, and the way in."""

import threading
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from textual.message import Message

from app import brisk
from app.lock import IdleClock, Kept
from app.navigation import DOOR, HOME, Navigator
from app.session import Gate, Opened
from db.errors import Invalid, RecordError
from screens.base import Sitting
from screens.blank import BlankScreen

if TYPE_CHECKING:
    from screens.first_run import FirstRunScreen, RecoveryScreen
    from screens.sign_in import SignInScreen


# After the first screens: a backup need not hold up somebody who has two minutes.
SETTLED_SECONDS = 20.0


class Door(Navigator):
    """An application one must be let into. Passwords are checked and records made in threads, which post messages."""

    gate: Gate
    today: date
    idle: IdleClock
    kept: Kept | None = None
    """What the lock left; None where nobody was locked out."""

    user = ""
    """The user name given on the command line."""

    notices: tuple[str, ...] = ()
    """What was wrong with settings and keys."""

    demonstration = False
    office = False

    _waiting: Opened | None = None

    class LetIn(Message):
        """The record is open for somebody; `code` is the recovery code, if it was just made."""

        def __init__(self, opened: Opened, code: str = "") -> None:
            """Let in whoever `opened` names."""
            super().__init__()
            self.opened = opened
            self.code = code

    class Told(Message):
        """Something to say at the desk."""

        def __init__(self, sentence: str) -> None:
            """Say `sentence`."""
            super().__init__()
            self.sentence = sentence

    class TurnedAway(Message):
        """Nobody was let in."""

        def __init__(self, error: RecordError) -> None:
            """Because of `error`."""
            super().__init__()
            self.error = error

    def __init__(self, *, ansi_color: bool) -> None:
        """Nothing is being put away yet."""
        super().__init__(ansi_color=ansi_color)
        self.away = threading.Event()
        """Set unless the record is just being closed; nobody is let in before that is over."""
        self.away.set()

    async def show_door(self) -> None:
        """Put the right door on the blank screen: first run, sign-in or lock."""
        if self.kept is not None:
            from screens.lock import LockScreen

            await self.push_screen(LockScreen(demonstration=self.demonstration))
        elif self.gate.exists():
            from screens.sign_in import SignInScreen

            await self.push_screen(SignInScreen(user=self.user, demonstration=self.demonstration, notices=self.notices))
        else:
            from screens.first_run import FirstRunScreen

            await self.push_screen(FirstRunScreen(str(self.gate.directory)))
        self.fit()

    async def on_blank_screen_woken(self) -> None:
        """A key was pressed on the blank screen: show what is behind it, which is never more than the door."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        else:
            await self.show_door()

    def on_sign_in_screen_submitted(self, message: "SignInScreen.Submitted") -> None:
        """Check the password in a thread."""
        user, password = message.user, message.password
        self._knock(lambda: self.LetIn(self.gate.sign_in(user, password, self.today)))

    def on_first_run_screen_submitted(self, message: "FirstRunScreen.Submitted") -> None:
        """Make the record in a thread."""
        new = message.new
        self._knock(lambda: self.LetIn(*self.gate.found(new, self.today)))

    async def on_door_let_in(self, message: LetIn) -> None:
        """Show the desk, or first the recovery code; unless the screen was blanked meanwhile."""
        if self.current_mode != DOOR or (isinstance(self.screen, BlankScreen) and not message.code):
            self.run_worker(self.gate.close, thread=True)
        elif message.code:
            from screens.first_run import RecoveryScreen

            self._waiting = message.opened
            covered = isinstance(self.screen, BlankScreen)
            if covered:
                await self.pop_screen()
            await self.push_screen(RecoveryScreen(message.code))
            if covered:
                await self.push_screen(BlankScreen())
        else:
            await self.enter(message.opened)

    async def on_recovery_screen_acknowledged(self, _: "RecoveryScreen.Acknowledged") -> None:
        """The code is written down: show the desk."""
        opened, self._waiting = self._waiting, None
        if opened is not None:
            await self.enter(opened)

    def on_door_turned_away(self, message: TurnedAway) -> None:
        """Say why on the door; a try that was blanked meanwhile is forgotten."""
        from screens.first_run import FirstRunScreen
        from screens.sign_in import SignInScreen

        error = message.error
        for screen in self.screen_stack:
            if isinstance(screen, SignInScreen):
                screen.refuse(error.sentence)
            elif isinstance(screen, FirstRunScreen):
                screen.refuse(error.sentence, (error.field if isinstance(error, Invalid) else None) or "")

    async def enter(self, opened: Opened) -> None:
        """Build the desk: where they were for whoever locked it, the caseload for anybody else."""
        kept, self.kept = self.kept, None
        again = kept is not None and kept.staff == opened.actor.staff
        self.idle.stamp()
        self.demonstration = self.demonstration or opened.demonstration
        sitting = Sitting(opened.actor, self.today, self.demonstration, self.office, opened.drafts)
        if kept is not None and again:
            await self.set_out(sitting, kept.routes, kept.left)
        else:
            await self.set_out(sitting, (HOME,))
        # What was typed at the door goes with it.
        await self.remove_mode(DOOR)
        self.add_mode(DOOR, BlankScreen)
        told = [*opened.notices]
        if opened.half_typed and not again:
            forms = ", ".join(opened.half_typed[:3])
            told.append(f"Half typed and kept as a draft: {forms}. Open the form again to go on.")
        if told and self.desks:
            self.desks[-1].say(" ".join(told))
        self.call_after_refresh(brisk.started)
        self.set_timer(SETTLED_SECONDS, self._keep_safe)

    def _keep_safe(self) -> None:
        def run() -> None:
            if sentence := self.gate.keep_safe():
                self.post_message(self.Told(sentence))

        self.run_worker(run, thread=True, group="safe")

    def on_door_told(self, message: Told) -> None:
        """Say it at the desk."""
        if self.desks:
            self.desks[-1].say(message.sentence)

    def _knock(self, work: Callable[[], LetIn]) -> None:
        def run() -> None:
            self.away.wait()
            try:
                answer: Message = work()
            except RecordError as error:
                answer = self.TurnedAway(error)
            self.post_message(answer)

        self.run_worker(run, thread=True, group="door")
