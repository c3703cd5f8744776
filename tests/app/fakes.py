"""A gate, a room and a form that stand in for the record and its screens, and a way to play a scene among them."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot

from app.lock import IdleClock
from app.session import Opened
from app.shell import Shell
from db.errors import NotSignedIn, RecordError, WrongPassword
from db.rows import Actor, Changed, Role
from screens.actions import bindings
from screens.base import Room, Sitting
from screens.drafts import Draft
from screens.first_run import NewRecord
from screens.forms import FormScreen
from screens.messages import Go
from screens.routes import Route
from screens.words import Words
from tests.widgets.stage import text_lines, work_done
from widgets.fields import TextField
from widgets.form import Field

TODAY = date(2026, 3, 2)
CARTER = Actor("jcarter", "J Carter", Role.SUPERVISOR, "desk-1")
PATEL = Actor("rpatel", "R Patel", Role.MANAGER, "desk-1")
PASSWORDS = {"jcarter": ("bread and gravy", CARTER), "rpatel": ("salt and vinegar", PATEL)}
KEY = bytes(range(32))


class FakeDrafts:
    """Drafts in a dictionary; `kept_by` says in which thread the last one was kept."""

    def __init__(self) -> None:
        self.box: dict[Route, dict[str, str]] = {}
        self.trouble: RecordError | None = None
        self.saved = datetime(2026, 3, 2, 10, 40)

    def keep(self, route: Route, typed: Mapping[str, str]) -> None:
        if self.trouble:
            raise self.trouble
        self.box[route] = dict(typed)

    def kept(self, route: Route) -> Draft | None:
        typed = self.box.get(route)
        return None if typed is None else Draft(typed, self.saved)

    def drop(self, route: Route) -> None:
        self.box.pop(route, None)


class FakeGate:
    """A gate that knows two people; says what happened at it in `story`."""

    def __init__(self, directory: Path = Path("/nowhere"), *, there: bool = True) -> None:
        self.directory = directory
        self.there = there
        self.open = False
        self.story: list[str] = []
        self.drafts = FakeDrafts()
        self.trouble: RecordError | None = None
        self.may_open = threading.Event()
        self.may_open.set()
        self.new: NewRecord | None = None
        self.half_typed: tuple[str, ...] = ()
        self.others = False
        self.ended = False

    def exists(self) -> bool:
        return self.there

    def sign_in(self, user: str, password: str, today: date) -> Opened:
        self.may_open.wait(10)
        if self.trouble:
            raise self.trouble
        right, actor = PASSWORDS.get(user, ("", CARTER))
        if password != right:
            self.story.append(f"refused {user}")
            raise WrongPassword("That user name and password do not open this record.")
        return self._opened(actor)

    def resume(self, actor: Actor, key: bytes | None, today: date) -> Opened:
        if self.trouble:
            raise self.trouble
        return self._opened(actor)

    def found(self, new: NewRecord, today: date) -> tuple[Opened, str]:
        if self.trouble:
            raise self.trouble
        self.new = new
        self.there = True
        return self._opened(replace(PATEL, staff=new.user, name=new.name)), "ABCD-EFGH-JKMN-PQRS"

    def keep_safe(self) -> str:
        self.story.append("kept safe")
        return ""

    def news(self, actor: Actor) -> bool:
        if self.ended:
            raise NotSignedIn("J Carter no longer signs in.")
        told, self.others = self.others, False
        return told

    def begin_day(self, today: date) -> None:
        self.story.append(f"day {today}")

    def close(self) -> None:
        if self.open:
            self.story.append("closed")
        self.open = False

    def _opened(self, actor: Actor) -> Opened:
        self.open = True
        self.story.append(f"opened for {actor.staff}")
        return Opened(actor, self.drafts, half_typed=self.half_typed)


class FakeCaseload(Room):
    """A caseload of one person, whose name must not show through the lock."""

    PLACE = "caseload"
    FOOTER = ("open", "contact", "find", "help")
    BINDINGS = bindings("open", "contact", "meet", "undo")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        super().__init__(sitting, route)
        self.cursor = route.cursor or "A1234BC"
        self.done: list[str] = []
        self.refreshed: list[str] = []

    def compose(self) -> ComposeResult:
        yield Words("BARLOW Dean  A1234BC  é ●", id="people")
        yield self.foot()

    def route(self) -> Route:
        return Route("caseload", cursor=self.cursor)

    def refresh_case(self, number: str) -> None:
        self.refreshed.append(number)

    def action_open(self) -> None:
        self.post_message(Go(Route("case", self.cursor)))

    def action_contact(self) -> None:
        self.done.append("contact")
        self.post_message(Go(Route("contact", self.cursor)))

    def action_meet(self) -> None:
        raise ZeroDivisionError("BARLOW Dean has no duty")

    def action_undo(self) -> None:
        self.done.append("undo")
        self.say("Undone.")


class FakeCase(Room):
    """One person."""

    PLACE = "case"

    def compose(self) -> ComposeResult:
        yield Words(f"case {self.origin.case}")
        yield self.foot()


class FakeRecords(Room):
    """The records."""

    PLACE = "records"

    def compose(self) -> ComposeResult:
        yield Words("records")
        yield self.foot()


class FakeContact(FormScreen):
    """A form of two lines; `answer` is what saving does."""

    TITLE_WORDS = "Log a contact"
    answer: Changed | RecordError = Changed("A1234BC", ("r1",), (), "c1", "Next meeting by Thu 2 Apr.")
    may_save: threading.Event | None = None
    saved: list[dict[str, str]] = []

    def fields(self) -> Iterable[Field]:
        yield TextField("What was said", id="text", required=True)
        yield TextField("Where", id="where")

    def submit(self) -> Changed:
        if self.may_save is not None:
            self.may_save.wait(10)
        if isinstance(self.answer, RecordError):
            raise self.answer
        self.saved.append(dict(self.typed))
        return self.answer


SCREENS = {
    "caseload": ("tests.app.fakes", "FakeCaseload"),
    "case": ("tests.app.fakes", "FakeCase"),
    "records": ("tests.app.fakes", "FakeRecords"),
    "contact": ("tests.app.fakes", "FakeContact"),
}


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Scene:
    """A shell being played with: keys go in, what stands on the screen comes out."""

    def __init__(self, shell: Shell, gate: FakeGate, clock: Clock, pilot: Pilot[None]) -> None:
        self.shell = shell
        self.gate = gate
        self.clock = clock
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys and wait until everything they set going is over."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.press(*("space" if character == " " else character for character in text))

    async def paste(self, text: str) -> None:
        """Paste a text, which is quicker than a key for each character."""
        self.shell.post_message(events.Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Wait for background work and for what it brings."""
        for _ in range(3):
            await work_done(self.shell)
            await self.pilot.pause()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(text_lines(self.shell))

    @property
    def top(self) -> str:
        """The kind of screen on top."""
        return type(self.shell.screen).__name__

    async def sign_in(self, user: str = "jcarter", password: str = "bread and gravy") -> None:
        """Sign in at the door."""
        await self.paste(user)
        await self.press("enter")
        await self.paste(password)
        await self.press("enter")


def play(
    scene: Callable[[Scene], Awaitable[None]],
    *,
    gate: FakeGate | None = None,
    signed_in: Actor | None = CARTER,
    size: tuple[int, int] = (80, 24),
    shell: Callable[..., Shell] = Shell,
    **how: object,
) -> FakeGate:
    """Play a scene in a shell without a terminal; gives the gate, to see what happened at it."""
    gate = gate or FakeGate()
    clock = Clock()

    async def run() -> None:
        made = shell(gate, TODAY, signed_in=signed_in, key=KEY, idle=IdleClock(5, clock), **how)
        async with made.run_test(size=size) as pilot:
            playing = Scene(made, gate, clock, pilot)
            await playing.settle()
            await scene(playing)

    asyncio.run(run())
    return gate
