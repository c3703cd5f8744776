"""What is need-to-know in the diary: for the supervisor of the case, while it is revealed, and never on paper."""

from datetime import date
from pathlib import Path

import pytest

from db import commands
from db.checklists import Status
from db.commands import Mark
from db.rows import Actor
from screens import path_field
from tests.screens.desk import Desk, play
from tests.screens.prison import CARTER, MANAGER, TODAY, Prison, number_of

WEDNESDAY = date(2026, 3, 4)
BARLOW = number_of(0)


def planned() -> None:
    """A safety plan for Wednesday."""
    made = Mark("abuse-safety-plan", Status.NEEDED, until=WEDNESDAY)
    commands.mark(CARTER, BARLOW, (made,), TODAY)


def wednesday(desk: Desk) -> str:
    """The line of that day."""
    return next(line for line in desk.lines if "Wed  4 Mar" in line)


def test_it_shows_while_revealed_and_leads_to_the_checklist(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        planned()
        await desk.press("2")
        before = wednesday(desk)
        await desk.press("v")
        assert wednesday(desk) != before
        await desk.press("right", "right", "enter")
        assert "Pathway activity" in desk.text
        assert "d meet a duty" not in desk.keys
        await desk.press("v")
        assert "Pathway activity" not in desk.text
        await desk.press("v", "enter")
        assert "BARLOW" in desk.text
        assert desk.top == "PathwaysScreen"

    play(own_prison, scene)


def test_the_managers_diary_is_the_same_revealed_or_not(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        planned()
        await desk.press("2")
        before = wednesday(desk)
        await desk.press("v")
        assert wednesday(desk) == before

    play(own_prison, scene, actor=MANAGER)


@pytest.mark.parametrize("actor", [CARTER, MANAGER])
def test_nothing_of_it_is_printed_even_while_revealed(
    own_prison: Prison, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(path_field, "_last", "")

    async def scene(desk: Desk) -> None:
        await desk.press("2", "v", "x")
        desk.screen().form.field("file").value = str(tmp_path / "before.txt")
        await desk.press("ctrl+s")
        planned()
        await desk.press("x")
        desk.screen().form.field("file").value = str(tmp_path / "after.txt")
        await desk.press("ctrl+s")

    play(own_prison, scene, actor=actor)
    assert (tmp_path / "after.txt").read_text("utf-8") == (tmp_path / "before.txt").read_text("utf-8")
