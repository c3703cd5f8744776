"""What is half typed in the contact form, kept and offered again."""

from pathlib import Path

import pytest

from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, KAUR, Scene, play
from widgets.choices import TickList

CONTACT = Route("contact", BARLOW)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(BARLOW)
    casework.settle(KAUR)
    return tmp_path


def ticks(scene: Scene) -> TickList:
    field = scene.screen.form.field("meets")
    assert isinstance(field, TickList)
    return field


def test_a_draft_keeps_the_ticks_as_they_were_left(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.type("Half of it")
        ticks(scene).grab()
        await scene.press("space", "down", "down", "space", "escape", "y")
        await scene.go(CONTACT)
        await scene.press("enter")
        assert ticks(scene).ticked == ("first-meeting", "recall-distress")

    play(record, scene, at=CONTACT)


def test_what_is_half_typed_is_kept_when_the_screen_locks(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.type("Half of it")
        await scene.press("ctrl+l")
        assert "Half of it" not in scene.text
        assert scene.shell.away.is_set()

    play(record, scene, at=CONTACT)
    casework.open_again(record)

    async def again(scene: Scene) -> None:
        assert "A draft from" in scene.text
        await scene.press("enter")
        assert scene.screen.form.field("text").value == "Half of it"

    play(record, again, at=CONTACT)


def test_what_was_saved_is_offered_to_nobody_again(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.type("Talked it through")
        await scene.press("ctrl+s")
        await scene.go(CONTACT)
        assert "A draft from" not in scene.text

    play(record, scene, at=CONTACT)
