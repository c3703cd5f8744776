"""The application: what it is dressed in, which of its keys work where, and how it begins and ends."""

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

from app import actions, brisk, crash, dress, keymap, settings
from app.lock import IdleClock
from app.locking import Locking
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


class Shell(Locking):
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
        self.day = day
        self._signed_in = signed_in
        self._key = key
        self._ending = False
        self._typeahead = Typeahead(self, self._deliver)

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
            await self.close_up(self.partings())
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
        self.push_screen(HelpScreen("Keys and marks" if self.at_desk else "Keys", groups, self._label))

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

        self.push_screen(CommandsScreen(palette.commands(active), self._label), do)

    @property
    def _label(self) -> str:
        return "DEMONSTRATION" if self.demonstration else ""

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
        return self.copied

    def copy_to_clipboard(self, text: str) -> None:
        """Keep `text` for pasting here; the terminal's own clipboard gets it only where the settings say so."""
        self.copied = text
        if self._osc52:
            super().copy_to_clipboard(text)

    # Faults of our own

    def _handle_exception(self, error: Exception) -> None:
        if not self.last_words and not self._ending:
            self.last_words = crash.sentence(crash.note(error, self.gate.directory))
            # Whatever is wrong, the sentence above is still told; a draft may already have been kept by its timer.
            with contextlib.suppress(Exception):
                for parting in self.partings():
                    parting()
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
    brisk.starting()
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
