"""A small real record, people in it, and a desk to work at it by pressing keys."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot

from app import rooms
from app.session import RecordGate
from app.shell import Shell
from db import commands, door
from db.intake import take_in
from db.keyring import Keyring
from db.rows import Actor, Role
from db.slots import Cost
from screens import forms
from screens.base import Room, Sitting
from screens.routes import Route
from screens.words import Words
from tests.widgets.stage import text_lines, work_done
from widgets import looks
from widgets.looks import Look

TODAY = date(2026, 3, 2)
BARLOW, KAUR, MARSH = "A1234BC", "A0091KK", "A2222MT"
"""Recalled and late on everything; steady; nothing known beyond a name."""

CARTER = Actor("jcarter", "J Carter", Role.SUPERVISOR, "desk-1")
PATEL = Actor("rpatel", "R Patel", Role.MANAGER, "desk-1")
SINGH = Actor("asingh", "A Singh", Role.ADMINISTRATOR, "desk-1")
WEBB = Actor("iwebb", "I Webb", Role.INSPECTOR, "desk-1")


def person(number: str, surname: str, forenames: str, **others: Any) -> dict[str, Any]:
    """Somebody as an extract gives them: sentenced, here since the autumn."""
    return {
        "prisonerNumber": number,
        "lastName": surname,
        "firstName": forenames,
        "dateOfBirth": "1991-06-14",
        "gender": "Male",
        "nationality": "British",
        "status": "ACTIVE IN",
        "lastMovementTypeCode": "ADM",
        "lastMovementReasonCode": "INT",
        "inOutStatus": "IN",
        "prisonId": "EXI",
        "cellLocation": "B-2-014",
        "alerts": [],
        "legalStatus": "SENTENCED",
        "imprisonmentStatus": "SENT03",
        "recall": False,
        "indeterminateSentence": False,
        "sentenceStartDate": "2025-11-10",
        "sentenceExpiryDate": "2028-11-09",
        "licenceExpiryDate": "2028-11-09",
        "conditionalReleaseDate": "2026-05-22",
        "receptionDate": "2025-11-10",
        "mostSeriousOffence": "Burglary dwelling - with intent to steal",
        **others,
    }


PEOPLE = (
    person(
        BARLOW,
        "BARLOW",
        "Dean",
        legalStatus="RECALL",
        recall=True,
        imprisonmentStatus="LR",
        lastMovementReasonCode="L",
        receptionDate="2026-02-19",
        sentenceStartDate="2023-02-20",
        sentenceExpiryDate="2027-02-19",
        licenceExpiryDate="2027-02-19",
        conditionalReleaseDate="2025-02-19",
    ),
    person(KAUR, "KAUR", "Jaspreet", cellLocation="B-2-008"),
    {"prisonerNumber": MARSH, "lastName": "MARSH", "firstName": "Tony", "prisonId": "EXI", "inOutStatus": "IN"},
)


def make(directory: Path, *, people: tuple[dict[str, Any], ...] = PEOPLE, already_here: str = "late") -> None:
    """Make a record with these people in it, the first two of them Carter's, and sit down at it."""
    record = directory / "record"
    door.make_record(
        record,
        "HMP Example",
        "EXI",
        "rpatel",
        "R Patel",
        "a long pass phrase",
        TODAY,
        ring=Keyring(record, cost=Cost(8, 1, 1)),
    )
    for actor in (CARTER, SINGH, WEBB):
        commands.add_staff(PATEL, actor.staff, actor.name, None, TODAY)
    extract = directory / "extract.json"
    extract.write_text(json.dumps(people), encoding="utf-8")
    take_in(PATEL, extract, TODAY, already_here=already_here)


def give(number: str, on: date | None = None, actor: Actor = PATEL, **values: str | None) -> None:
    """Record facts about somebody: `give(KAUR, offender_manager="P Dunn, 01632 960001")`."""
    commands.set_facts(actor, number, {name.replace("_", "-"): value for name, value in values.items()}, TODAY, on)


def settle(number: str) -> None:
    """Give somebody a supervisor, an offender manager and what is known of their risk."""
    give(number, date(2026, 1, 5), supervisor="jcarter", offender_manager="P Dunn, 01632 960001", rosh="medium")
    give(number, date(2026, 1, 5), ppo="no", tier="2")


def open_again(directory: Path) -> None:
    """Open the record again, as after a lock."""
    record = directory / "record"
    key = Keyring(record, cost=Cost(8, 1, 1)).unlock("rpatel", "a long pass phrase")
    door.sign_in_with(record, key, "rpatel", TODAY)


class Landing(Room):
    """What lies beneath the case in these tests: an empty room in the caseload's place."""

    PLACE = "caseload"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        super().__init__(sitting, route)
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        yield Words("the caseload")
        yield self.foot()

    def say(self, sentence: str) -> None:
        self.told.append(sentence)
        super().say(sentence)


class Scene:
    """A desk being worked at: keys go in, what stands on the screen comes out."""

    def __init__(self, shell: Shell, pilot: Pilot[None]) -> None:
        self.shell = shell
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, one after another, and wait until what they set going is over."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text into the field with the cursor, as fast as a terminal hands it on."""
        await self.pilot.pause()
        focused = self.shell.focused
        assert focused is not None
        for character in text:
            focused.post_message(events.Key({" ": "space"}.get(character, character), character))
        await self.pilot.pause()
        await self.settle()

    async def settle(self) -> None:
        """Wait for background work and for what it brings."""
        for _ in range(3):
            await work_done(self.shell)
            await self.pilot.pause()

    async def go(self, route: Route) -> None:
        """Open a room or a form."""
        from screens.messages import Go

        self.shell.screen.post_message(Go(route))
        await self.settle()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(text_lines(self.shell))

    @property
    def screen(self) -> Any:
        """The screen on top."""
        return self.shell.screen

    @property
    def foot(self) -> str:
        """The last line that is not blank."""
        return [line for line in text_lines(self.shell) if line.strip()][-1]

    @property
    def top(self) -> str:
        """The kind of screen on top."""
        return type(self.shell.screen).__name__


def desk(directory: Path, actor: Actor = CARTER, *, look: Look | None = None) -> Shell:
    """The application on the record that is open, with somebody signed in."""
    return Shell(RecordGate(directory / "record"), TODAY, look=look, signed_in=actor)


def play(
    directory: Path,
    scene: Callable[[Scene], Awaitable[None]],
    *,
    actor: Actor = CARTER,
    at: Route | None = None,
    size: tuple[int, int] = (80, 24),
    caseload: bool = False,
    look: Look | None = None,
) -> None:
    """Play a scene at the desk, beginning at a route over the caseload: an empty room, or the real one."""

    async def run() -> None:
        looks.use(look or Look())
        shell = desk(directory, actor, look=look)
        async with shell.run_test(size=size) as pilot:
            playing = Scene(shell, pilot)
            await playing.settle()
            if at is not None:
                await playing.go(at)
            await scene(playing)

    with pytest.MonkeyPatch.context() as patch:
        if not caseload:
            patch.setitem(rooms.SCREENS, "caseload", (__name__, "Landing"))
        asyncio.run(run())


def pictured(
    snap_compare: Callable[..., bool], directory: Path, route: Route, size: tuple[int, int], *keys: str
) -> bool:
    """Whether a route, after some keys, still looks like its picture."""
    looks.use(Look())

    async def before(pilot: Pilot[None]) -> None:
        shell = pilot.app
        assert isinstance(shell, Shell)
        playing = Scene(shell, pilot)
        await playing.settle()
        await playing.go(route)
        for key in keys:
            await playing.press(key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(rooms.SCREENS, "caseload", (__name__, "Landing"))
        # No picture has "Kept as a draft" in it or not depending on how fast it was taken.
        patch.setattr(forms, "DRAFT_SECONDS", 3600.0)
        return snap_compare(desk(directory), run_before=before, terminal_size=size)
