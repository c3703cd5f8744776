"""The shell before a real record: keys go in, what stands on the screen comes out."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot

from app.session import RecordGate
from app.shell import Shell
from db.rows import Actor
from screens.base import Room
from screens.words import Words
from tests.screens.prison import CARTER, TODAY, Prison
from tests.widgets.stage import text_lines, work_done

SMALL, LARGE = (80, 24), (160, 48)


class Elsewhere(Room):
    """A room or a form of somebody else's: says by which route it was opened."""

    def compose(self) -> ComposeResult:
        yield Words(f"{self.origin.place} case={self.origin.case} cursor={self.origin.cursor}")
        yield self.foot()


ELSEWHERE = dict.fromkeys(
    ("case", "contact", "note", "meet", "defer", "waive", "fact"), ("tests.screens.desk", "Elsewhere")
)


class Desk:
    """Somebody at work in a shell that is being played with."""

    def __init__(self, shell: Shell, pilot: Pilot[None]) -> None:
        self.shell = shell
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys and wait until everything they set going is over."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.press(*(_key(character) for character in text))

    def at_once(self, text: str) -> None:
        """Let the keys of a text arrive together, faster than anything can be drawn."""
        for character in text:
            self.shell.post_message(events.Key(_key(character), character))

    async def paste(self, text: str) -> None:
        """Paste a text."""
        self.shell.post_message(events.Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Wait for background work and for what it brings."""
        for _ in range(4):
            await work_done(self.shell)
            await self.pilot.pause()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(text_lines(self.shell))

    @property
    def lines(self) -> list[str]:
        """The same, line by line."""
        return [line.rstrip() for line in text_lines(self.shell)]

    @property
    def keys(self) -> str:
        """The last line."""
        return self.lines[-1]

    @property
    def names(self) -> list[str]:
        """The surnames in the list, from the top."""
        table = self.shell.screen.query("CaseTable").first()
        return [row.surname for row in table._items]  # type: ignore[attr-defined]

    @property
    def top(self) -> str:
        """The kind of screen on top."""
        return type(self.shell.screen).__name__

    def screen(self) -> Any:
        """The screen on top."""
        return self.shell.screen


def _key(character: str) -> str:
    from textual.keys import _character_to_key

    return _character_to_key(character)


def shell_of(prison: Prison, actor: Actor = CARTER, **how: Any) -> Shell:
    """A shell whose user has signed in already."""
    return Shell(RecordGate(prison.directory), TODAY, signed_in=actor, key=prison.key, **how)


def play(
    prison: Prison,
    scene: Callable[[Desk], Awaitable[None]],
    *,
    actor: Actor = CARTER,
    size: tuple[int, int] = SMALL,
    **how: Any,
) -> None:
    """Play a scene at the desk of `actor`; the record is closed afterwards."""

    async def run() -> None:
        shell = shell_of(prison, actor, **how)
        async with shell.run_test(size=size) as pilot:
            desk = Desk(shell, pilot)
            await desk.settle()
            await scene(desk)
            await shell.action_quit()

    asyncio.run(run())


def keys(*pressed: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """What to do before a picture is taken."""

    async def before(pilot: Pilot[None]) -> None:
        desk = Desk(pilot.app, pilot)  # type: ignore[arg-type]
        await desk.settle()
        for key in pressed:
            await desk.press(key)

    return before
