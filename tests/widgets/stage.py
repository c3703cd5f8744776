"""A stage for furniture: rows made in one line, small host applications, and what stands on the screen."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from msgspec.structs import replace
from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget
from textual.worker import WorkerCancelled

from db.rows import CaseRow, DutyRow, FactRow, MissingFact, State, TimelineRow
from widgets import form, looks, themes
from widgets.looks import Look

M = TypeVar("M", bound=Message)

TODAY = date(2026, 3, 2)
SMALL, LARGE = (80, 24), (160, 48)


def duty(
    title: str = "Planning meeting",
    state: State = State.WEEK,
    days: int | None = 3,
    *,
    id: str = "",
    owner: str = "OS",
    discreet: str = "",
    why: str = "Initial OASys Mon 5 Jan; within 8 weeks of it.",
    missing: tuple[str, ...] = (),
) -> DutyRow:
    """A duty due so many days from today."""
    return DutyRow(
        id=id or title.lower().replace(" ", "-"),
        key="",
        title=title,
        discreet_title=discreet,
        owner=owner,
        force="expected",
        figure="set",
        opens=None,
        due=None if days is None else TODAY + timedelta(days),
        state=state,
        rank=2,
        days=days,
        short_notice=False,
        last_working_day=None,
        why=why,
        source="OMI 2.2e",
        deferred_to=None,
        met_on=None,
        missing=missing,
    )


def due_on(when: date | datetime | None, state: State, **others: Any) -> DutyRow:
    """A duty with this due date and state."""
    return replace(duty(), due=when, state=state, **others)


def case(
    number: str = "A1234BC",
    surname: str = "Barlow",
    *duties: DutyRow,
    forenames: str = "Dean",
    tier: int | None = 4,
    rosh: str | None = None,
    flags: tuple[str, ...] = (),
    seen: int | None = 11,
    out: int | None = 54,
    where: str = "B-2-014",
    missing: tuple[MissingFact, ...] = (),
) -> CaseRow:
    """A person with these duties, the most urgent first; seen so many days ago, out in so many."""
    return CaseRow(
        number=number,
        surname=surname,
        forenames=forenames,
        cell=where,
        wing="B",
        where=where,
        supervisor="s1",
        tier=tier,
        rosh=rosh,
        flags=flags,
        last_seen=None if seen is None else TODAY - timedelta(seen),
        release_date=None if out is None else TODAY + timedelta(out),
        release_kind="conditional",
        scope="in",
        limb="",
        next=duties[0] if duties else None,
        duties=duties,
        missing=missing,
    )


def caseload(count: int) -> list[CaseRow]:
    """So many people, A0000AA onwards, each with one duty."""
    return [
        case(f"A{at % 10000:04}{chr(65 + at // 10000)}A", "Filler", duty(), forenames=f"Number {at}")
        for at in range(count)
    ]


def fact(name: str, value: str = "", *, group: str = "person", discreet: bool = False, question: str = "") -> FactRow:
    """A fact; without a value it is not known."""
    return FactRow(name, name.capitalize(), value, bool(value), "hand", TODAY, group, discreet, question)


def entry(at: int, text: str = "") -> TimelineRow:
    """An entry of so many days ago."""
    day = TODAY - timedelta(at)
    return TimelineRow(
        f"e{at}", "meeting", day, day, "J Carter", f"Met about the plan, {at}", text or f"All of what was said, {at}"
    )


class Stage(App[None]):
    """Furniture on its own, dressed as the application will be; keeps every message in `heard`.

    Fields that are typed into can only be made while an application runs: they are given as functions that make them.
    """

    CSS_PATH = [looks.STYLES, form.STYLES]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *furniture: Widget | Callable[[], Widget], look: Look | None = None) -> None:
        look = look or Look()
        super().__init__(ansi_color=look.ansi)
        themes.dress(self, look)
        self.furniture = furniture
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        for made in self.furniture:
            yield made if isinstance(made, Widget) else made()

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *themes.filters(looks.current())]

    def hear(self, message: Message) -> None:
        """Keep a message, once however far it bubbles."""
        if not any(message is heard for heard in self.heard):
            self.heard.append(message)

    def last(self, kind: type[M]) -> M:
        """The last message of a kind that was heard."""
        return [message for message in self.heard if isinstance(message, kind)][-1]

    def count(self, kind: type[Message]) -> int:
        """How many messages of a kind were heard."""
        return sum(isinstance(message, kind) for message in self.heard)

    @property
    def text(self) -> str:
        """What stands on the screen, line by line."""
        return "\n".join(text_lines(self))


async def work_done(app: App[Any]) -> None:
    """Wait for the background work under way; what went with its screen is over as well."""
    for worker in list(app.workers):
        with suppress(WorkerCancelled):
            await worker.wait()


def text_lines(app: App[Any]) -> list[str]:
    """The lines of the screen as text."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def play(
    app: Stage,
    scene: Callable[[Pilot[None]], Awaitable[None]],
    size: tuple[int, int] = SMALL,
) -> None:
    """Run a scene against the application without a terminal."""

    async def run() -> None:
        async with app.run_test(size=size, message_hook=app.hear) as pilot:
            await pilot.pause()
            await scene(pilot)

    asyncio.run(run())
