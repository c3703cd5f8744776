"""The application: the lock between desk and door, what works where, and how it ends.

Locking shows the door first and takes the desk away behind it, so that nothing beneath can show or act; then drafts
are kept, the record is closed and its key forgotten. What is left is a route (`app.lock.Kept`).
"""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from textual import events
from textual.binding import ActiveBinding
from textual.filter import LineFilter
from textual.screen import ModalScreen

from app import actions, crash, dress, keymap, settings
from app.door import Door
from app.lock import IdleClock, Kept
from app.navigation import DESK, DOOR
from app.session import Gate, RecordGate
from app.settings import Settings
from app.typeahead import Typeahead
from db.errors import RecordError
from db.rows import Actor
from screens.actions import ACTIONS, bindings
from screens.base import Desk, Room
from screens.blank import BlankScreen
from screens.too_small import TooSmallScreen
from widgets import looks, themes
from widgets.looks import Look, Refusal

CHECK_SECONDS = 5.0
# The longest an end by signal may take: the terminal may be gone, and with it whoever reads what is drawn.
END_SECONDS = 8.0
# What shows that somebody is there; a mouse that only moves does not.
_TOUCHES = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)


class Shell(Door):
    """Wingdesk on a terminal."""

    TITLE = "Wingdesk"
    CSS_PATH = [looks.STYLES, Path(__file__).with_name("shell.tcss")]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = bindings("commands", "keys", "lock", "blank", "quit")

    def __init__(
        self,
        gate: Gate,
        today: date,
        *,
        look: Look | None = None,
        wishes: Settings = settings.DEFAULTS,
        keys: Mapping[str, str] | None = None,
        notices: Sequence[str] = (),
        user: str = "",
        demonstration: bool = False,
        signed_in: Actor | None = None,
        key: bytes | None = None,
        day: Callable[[], date] | None = None,
        idle: IdleClock | None = None,
    ) -> None:
        """A shell before `gate`. `day` tells when today has become another day; None where today is fixed."""
        self._look = look or Look()
        super().__init__(ansi_color=self._look.ansi)
        themes.dress(self, self._look)
        # Before anything is styled, so that the sheet need not be read twice.
        self.stylesheet.set_variables(self.get_css_variables())
        self._keys = dict(keys or {})
        self.set_keymap(self._keys)
        self.gate = gate
        self.today = today
        self.user = user
        self.notices = tuple(notices)
        self.demonstration = demonstration
        self.office = wishes.reveal == "office"
        self.idle = idle or IdleClock(wishes.idle_minutes)
        self.last_words = ""
        self._osc52 = wishes.osc52
        self._day = day
        self._signed_in = signed_in
        self._key = key
        self._ending = False
        self._typeahead = Typeahead(self, self._deliver)
        self._copied = ""

    # Starting and ending

    async def on_mount(self) -> None:
        """Show the door, or the desk to somebody who has signed in already."""
        self._beginning = False
        self._hear_signals()
        self.set_interval(CHECK_SECONDS, self.look_at_the_clock)
        signed_in, self._signed_in = self._signed_in, None
        key, self._key = self._key, None
        if signed_in is not None:
            try:
                opened = self.gate.resume(signed_in, key, self.today)
            except RecordError as error:
                self.notices = (*self.notices, error.sentence)
            else:
                await self.enter(replace(opened, notices=(*self.notices, *opened.notices)))
                return
        await self.show_door()

    async def action_quit(self) -> None:
        """Keep drafts, close the record, leave."""
        if not self._ending:
            self._ending = True
            await self._close_up(self.partings())
            self.exit()

    def _hear_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM"):
            number = getattr(signal, name, None)
            # Not outside the main thread, and not on Windows.
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                if number is not None:
                    loop.add_signal_handler(number, self.end_by_signal)

    def end_by_signal(self) -> None:
        """The terminal has gone, or somebody ends the program: drafts are kept, the record closed."""
        watchdog = threading.Timer(END_SECONDS, os._exit, (0,))
        watchdog.daemon = True
        watchdog.start()
        self.run_worker(self.action_quit(), exit_on_error=False)

    # Locking

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
        self.kept = Kept(self.sitting.actor.staff, self.routes())
        partings = self.partings()
        self.sitting = None
        self.away.clear()
        self._copied = ""
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
            await self._close_up(partings, self._take_desk_away)
        finally:
            self.away.set()

    async def _take_desk_away(self) -> None:
        await self.remove_mode(DESK)

    async def _close_up(self, partings: Sequence[Callable[[], None]], between: Callable[[], Any] | None = None) -> None:
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
        """Every few seconds: lock if nobody has pressed a key for long; begin a new day when it is one."""
        if self.idle.expired:
            if self.at_desk:
                await self.shut()
            else:
                self._forget_typed()
        elif self._day is not None and self._day() != self.today:
            await self._begin_day(self._day())

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
        routes = self.routes()
        await self.show_mode(DOOR)
        await self.remove_mode(DESK)
        with contextlib.suppress(RecordError):
            await asyncio.to_thread(self.gate.begin_day, today)
        await self.set_out(replace(sitting, today=today), routes)

    # What works where

    async def on_event(self, event: events.Event) -> None:
        """See every key first: it counts against idleness, and takes a sentence off the key line."""
        # What comes back up from a widget has been here before.
        if not isinstance(event, _TOUCHES) or event.is_forwarded:
            await super().on_event(event)
        elif self.at_desk and self.idle.expired:
            # The machine was asleep, or the check is a moment away: this key must not act.
            await self.shut()
        elif isinstance(event, events.Key | events.Paste):
            self.idle.stamp()
            if isinstance(event, events.Key) and self._blanks(event.key):
                self._typeahead.drop()
            await self._typeahead.take(event)
        else:
            self.idle.stamp()
            await super().on_event(event)

    async def _deliver(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and self.at_desk and isinstance(self.screen, Desk):
            self.screen.hush()
        await super().on_event(event)

    def _blanks(self, key: str) -> bool:
        return key in self._keys.get("blank", ACTIONS["blank"].keys).split(",")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether one of the shell's own actions works now. In front of the door hardly any does."""
        if not self.is_running or not self.screen_stack:
            return False
        top = self.screen
        if isinstance(top, BlankScreen):
            return False
        if isinstance(top, TooSmallScreen):
            return action in (actions.SMALL if self.at_desk else actions.ALWAYS)
        if action in ("commands", "keys") and isinstance(top, ModalScreen) and not isinstance(top, Desk):
            return False
        if action in actions.OURS:
            return self.at_desk or action in actions.DOOR
        return True

    def action_keys(self) -> None:
        """Show the keys of this screen."""
        from app import palette
        from screens.help import HelpScreen

        groups = palette.help_groups(self.working(), room=self.at_desk and isinstance(self.screen, Room))
        self.push_screen(HelpScreen("Keys and marks" if self.at_desk else "Keys", groups))

    def on_help_requested(self) -> None:
        """A screen asks for its keys to be shown."""
        if self.check_action("keys", ()):
            self.action_keys()

    def action_commands(self) -> None:
        """Offer every command by name."""
        from app import palette
        from screens.commands import CommandsScreen

        active = self.working()

        async def do(name: str | None) -> None:
            for bound in active.values():
                if bound.binding.id == name and self.at_desk:
                    await self.run_action(bound.binding.action, bound.node)
                    return

        self.push_screen(CommandsScreen(palette.commands(active)), do)

    def working(self) -> dict[str, ActiveBinding]:
        """Every binding that works now. Forms hide the application's own ones from Textual, but not from the user."""
        from app import palette

        own = palette.everywhere(self, self._keys)
        return {**{key: bound for key, bound in self.screen.active_bindings.items() if key not in own}, **own}

    # Looks and the clipboard

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing leaves that the terminal cannot show."""
        return [*super().get_line_filters(), *themes.filters(self._look)]

    @property
    def clipboard(self) -> str:
        """What was copied inside Wingdesk since signing in."""
        return self._copied

    def copy_to_clipboard(self, text: str) -> None:
        """Keep `text` for pasting here; the terminal's own clipboard gets it only where the settings say so."""
        self._copied = text
        if self._osc52:
            super().copy_to_clipboard(text)

    # Faults of our own

    def _handle_exception(self, error: Exception) -> None:
        if not self.last_words and not self._ending:
            log = crash.note(error, self.gate.directory)
            for parting in self.partings():
                with contextlib.suppress(Exception):
                    parting()
            self.last_words = crash.sentence(log)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.panic()

    def panic(self, *renderables: Any) -> None:
        """End because of a fault; what the framework would print is left unprinted, for it holds people's names."""
        if not self.last_words and not self._ending:
            self.last_words = crash.sentence(None)
        super().panic()


def open_shell(
    directory: Path,
    user: str,
    today: date,
    demonstration: bool,
    signed_in: Actor | None = None,
    key: bytes | None = None,
    *,
    day: Callable[[], date] | None = None,
) -> int:
    """Open the full-screen application on the record in `directory` and stay until it is left.

    Args:
        directory: Where the record is, or is to be made.
        user: User name given on the command line, "" if none.
        today: The day everything is reckoned from.
        demonstration: Whether every screen says that the people are made up.
        signed_in: Somebody who has signed in already.
        key: The key of the record, for `signed_in`; None where the record is open already.
        day: Tells the present day, where it may turn into the next; None where today is fixed.

    Returns:
        The exit status: 0, 2 where this terminal cannot show it, 70 after a fault of our own.
    """
    config = settings.directory()
    wishes, wrong = settings.read(config / settings.FILE)
    keys, wrong_keys = keymap.read(config / keymap.FILE)
    look = dress.here(wishes)
    if isinstance(look, Refusal):
        print(look.sentence, file=sys.stderr)
        return 2
    # Textual would add a grey filter of its own to our look without colour.
    os.environ.pop("NO_COLOR", None)
    threading.excepthook = lambda args: _note_thread(args, directory)
    gate = RecordGate(directory)
    shell = Shell(
        gate,
        today,
        look=look,
        wishes=wishes,
        keys=keys,
        notices=(*wrong, *wrong_keys),
        user=user,
        demonstration=demonstration,
        signed_in=signed_in,
        key=key,
        day=day,
    )
    del key
    try:
        shell.run(mouse=wishes.mouse)
    except Exception as error:
        shell.last_words = shell.last_words or crash.sentence(crash.note(error, directory))
    finally:
        gate.close()
    if shell.last_words:
        print(shell.last_words, file=sys.stderr)
        return 70
    return 0


def _note_thread(args: threading.ExceptHookArgs, directory: Path) -> None:
    if args.exc_value is not None:
        crash.note(args.exc_value, directory)
