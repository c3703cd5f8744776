"""A bare application that shows one screen, for screens that need no shell; keeps the messages it hears."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.filter import LineFilter
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

from tests.widgets.stage import text_lines, work_done
from widgets import looks, themes
from widgets.looks import Look

M = TypeVar("M", bound=Message)


class Stage(App[None]):
    """One screen, dressed as the application is."""

    CSS_PATH = [looks.STYLES]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, shown: Screen[Any], look: Look | None = None) -> None:
        look = look or Look()
        super().__init__(ansi_color=look.ansi)
        themes.dress(self, look)
        self.shown = shown
        self.heard: list[Message] = []
        self.answers: list[object] = []

    async def on_mount(self) -> None:
        await self.push_screen(self.shown, self.answers.append)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *themes.filters(looks.current())]

    def hear(self, message: Message) -> None:
        """Keep a message, once however far it bubbles."""
        if not any(message is heard for heard in self.heard):
            self.heard.append(message)

    def all(self, kind: type[M]) -> list[M]:
        """The messages of a kind that were heard."""
        return [message for message in self.heard if isinstance(message, kind)]

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(text_lines(self))

    async def paste(self, pilot: Pilot[None], text: str) -> None:
        """Paste a text into what has the focus."""
        self.post_message(events.Paste(text))
        await self.settle(pilot)

    async def settle(self, pilot: Pilot[None]) -> None:
        """Wait for background work and for what it brings."""
        for _ in range(3):
            await work_done(self)
            await pilot.pause()

    async def until(self, pilot: Pilot[None], true: Callable[[], bool]) -> None:
        """Wait for what a timer brings; fails where it never does."""
        for _ in range(500):
            if true():
                return
            await self.settle(pilot)
        raise AssertionError(f"that never came; the screen is\n{self.text}")


def show(
    screen: Screen[Any],
    scene: Callable[[Stage, Pilot[None]], Awaitable[None]],
    *,
    look: Look | None = None,
    size: tuple[int, int] = (80, 24),
) -> Stage:
    """Play a scene with one screen; gives the stage."""
    stage = Stage(screen, look)

    async def run() -> None:
        async with stage.run_test(size=size, message_hook=stage.hear) as pilot:
            await stage.settle(pilot)
            await scene(stage, pilot)

    asyncio.run(run())
    return stage
