"""Writing a note: its kind by one key, then the text; no letter is lost on the way."""

from pathlib import Path

import pytest
from textual import events

from db import views
from db.rows import ContactRow
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, TODAY, Scene, play

NOTE = Route("note", BARLOW)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(BARLOW)
    return tmp_path


def logged() -> ContactRow:
    """The one contact that was recorded."""
    (contact,) = views.case_detail(CARTER, BARLOW, TODAY).contacts
    return contact


@pytest.mark.parametrize(("key", "kind"), [("n", "note"), ("p", "phone"), ("l", "letter")])
def test_a_small_letter_says_the_kind_of_a_note_and_the_text_follows(record: Path, key: str, kind: str) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press(key)
        await scene.type("The hostel has a bed")
        await scene.press("ctrl+s")
        assert scene.top == "Landing"

    play(record, scene, at=NOTE)
    assert (logged().kind, logged().text) == (kind, "The hostel has a bed")


def test_a_text_begun_at_once_loses_no_letter_and_is_a_note(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.type("Nobody came")
        await scene.press("ctrl+s")

    play(record, scene, at=NOTE)
    assert (logged().kind, logged().text) == ("note", "Nobody came")


def test_what_is_typed_and_saved_faster_than_it_can_be_drawn_loses_no_letter(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("p")
        for letter in "Nobody":
            scene.shell.post_message(events.Key(letter.lower(), letter))
        scene.shell.post_message(events.Key("ctrl+s", None))
        await scene.settle()
        assert scene.top == "Landing"

    play(record, scene, at=NOTE)
    assert logged().text == "Nobody"


def test_a_pasted_text_is_the_note(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert scene.shell.focused is not None
        scene.shell.focused.post_message(events.Paste("Letter from\nthe council"))
        await scene.settle()
        await scene.press("ctrl+s")

    play(record, scene, at=NOTE)
    assert logged().text == "Letter from\nthe council"
