"""Steps agreed at the meeting after a recall, typed one a line, and into which objective they go."""

from pathlib import Path

import pytest

from db import commands, views
from db import planning as pl
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, TODAY, Scene, play

MEETING = Route("meet", BARLOW, "recall-meeting")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(BARLOW)
    return tmp_path


async def to_steps(scene: Scene) -> None:
    await scene.press("tab", "tab", "tab")


def objectives() -> tuple[pl.ObjectiveRow, ...]:
    return views.plan(CARTER, BARLOW, TODAY).objectives


def test_steps_go_into_an_objective_there_is_by_its_number(record: Path) -> None:
    commands.save_objective(CARTER, BARLOW, pl.Objective("accommodation", "A home", "2026-09-01"), TODAY)

    async def scene(scene: Scene) -> None:
        await to_steps(scene)
        await scene.type("Ring the hostel; A Khan; 6/3")
        assert "Ring the hostel (A Khan, by Fri 6 Mar 2026)" in scene.text
        await scene.press("enter")
        await scene.type("Find the papers; Dean")
        await scene.press("tab", "1", "ctrl+s")
        assert scene.top == "Landing"

    play(record, scene, at=MEETING)
    assert objectives()[0].steps == (
        pl.Step("Ring the hostel", "A Khan", "2026-03-06"),
        pl.Step("Find the papers", "Dean"),
    )


def test_a_new_objective_is_asked_about_only_where_there_is_to_be_one(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "To change" not in scene.text
        await to_steps(scene)
        await scene.type("Ring the hostel; fri")
        await scene.press("tab", "n", "ctrl+s")
        assert "! What is to change is missing." in scene.text
        assert "! Which pathway is it about?" in scene.text
        await scene.type("Somewhere to live")
        await scene.press("tab", "a", "ctrl+s")
        assert scene.top == "Landing"

    play(record, scene, at=MEETING)
    assert [(one.kept.change, one.kept.pathway) for one in objectives()] == [("Somewhere to live", "accommodation")]


def test_steps_without_an_objective_are_asked_where_they_belong(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await to_steps(scene)
        await scene.type("Ring the hostel")
        await scene.press("ctrl+s")
        assert "! Which objective do the steps belong to?" in scene.text
        await scene.press("p", "ctrl+s")
        assert scene.top == "Landing"

    play(record, scene, at=MEETING)
    assert objectives() == ()


def test_a_line_that_cannot_be_read_is_said_under_the_steps(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await to_steps(scene)
        await scene.type("Ring the hostel; A Khan; soonish")
        await scene.press("tab")
        assert "! “soonish”: That is not a date." in scene.text

    play(record, scene, at=MEETING)


def test_the_meeting_without_any_steps_is_recorded_as_before(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("ctrl+s")
        assert scene.top == "Landing"

    play(record, scene, at=MEETING)


def test_a_discreet_objective_does_not_show_its_words(record: Path) -> None:
    commands.save_objective(CARTER, BARLOW, pl.Objective("substances", "Off heroin", "2026-09-01"), TODAY)

    async def scene(scene: Scene) -> None:
        assert "1 discreet" in scene.text
        assert "heroin" not in scene.text

    play(record, scene, at=MEETING)
