"""Putting a duty off, or finding it not required, by keys."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import commands, views
from db.rows import DutyRow, State
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, KAUR, PATEL, TODAY, Scene, play

LEGAL = Route("defer", BARLOW, "recall-legal")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(BARLOW)
    casework.settle(KAUR)
    return tmp_path


def duty(name: str, case: str = BARLOW) -> DutyRow:
    return next(each for each in views.case_detail(CARTER, case, TODAY).duties if each.name == name)


async def why(scene: Scene, text: str = "At court") -> None:
    scene.screen.form.field("why").grab()
    await scene.type(text)


def test_the_last_day_there_may_be_is_said(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "Fri 6 Mar 2026 at the latest; measures keep the original date." in scene.text

    play(record, scene, at=LEGAL)


def test_a_duty_is_put_off_with_a_day_and_a_reason(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        scene.screen.form.field("to").grab()
        await scene.type("6 mar")
        await why(scene)
        await scene.press("ctrl+s")
        assert "Put off to Fri 6 Mar 2026" in scene.foot

    play(record, scene, at=LEGAL)
    assert duty("recall-legal").deferred_to == date(2026, 3, 6)


def test_beyond_the_last_day_is_refused_under_the_field(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        scene.screen.form.field("to").grab()
        await scene.type("9 mar")
        await why(scene)
        await scene.press("ctrl+s")
        assert "! Mon 9 Mar 2026 is too far: Fri 6 Mar 2026 at the latest." in scene.text

    play(record, scene, at=LEGAL)


def test_a_reason_is_needed(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        scene.screen.form.field("to").grab()
        await scene.type("6 mar")
        await scene.press("ctrl+s")
        assert "! Why is needed." in scene.text

    play(record, scene, at=LEGAL)


def test_to_put_off_takes_a_day(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await why(scene)
        await scene.press("ctrl+s")
        assert "! To which day? Nothing is put off without one." in scene.text

    play(record, scene, at=LEGAL)


def test_not_required_needs_no_day(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("n")
        assert "at the latest" not in scene.text
        await why(scene, "Done at the sending prison")
        await scene.press("ctrl+s")
        assert "Not required: Done at the sending prison" in scene.foot

    play(record, scene, at=LEGAL)
    assert duty("recall-legal").state is State.WAIVED


def test_the_waive_form_begins_at_not_required(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert scene.screen.form.field("what").value == "waive"

    play(record, scene, at=Route("waive", BARLOW, "recall-legal"))


def test_not_required_on_a_set_duty_is_the_managers_and_that_is_said_first(record: Path) -> None:
    async def supervisor(scene: Scene) -> None:
        assert "Not required takes the manager: this duty is set by its source." in scene.text
        assert "not required" not in [option.words for option in scene.screen.form.field("what").options]

    async def manager(scene: Scene) -> None:
        assert "takes the manager" not in scene.text
        await scene.press("n")
        await why(scene)
        await scene.press("ctrl+s")

    play(record, supervisor, at=Route("defer", BARLOW, "recall-28"))
    play(record, manager, at=Route("defer", BARLOW, "recall-28"), actor=PATEL)
    assert duty("recall-28").state is State.WAIVED


def test_a_duty_is_put_off_once(record: Path) -> None:
    commands.defer(CARTER, BARLOW, "recall-legal", date(2026, 3, 5), "At court", TODAY)

    async def scene(scene: Scene) -> None:
        assert "It was put off before, to Thu 5 Mar 2026; once is all there is." in scene.text
        assert [option.value for option in scene.screen.form.field("what").options] == ["waive"]

    play(record, scene, at=LEGAL)


def test_what_has_been_late_too_long_cannot_be_put_off(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "and that has passed." in scene.text

    play(record, scene, at=Route("defer", KAUR, "first-meeting"))


def test_where_neither_may_be_done_there_is_no_form(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "It has no due date" in scene.text
        assert "Not required takes the manager" in scene.text
        assert scene.foot.split() == ["Esc", "leave", "F1", "keys"]

    play(record, scene, at=Route("defer", BARLOW, "tenancy"))


def test_without_a_duty_those_there_are_can_be_chosen(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("3")
        assert scene.top == "DeferForm"
        assert scene.screen.duty.name == "recall-legal"

    play(record, scene, at=Route("defer", BARLOW))


def test_the_form_as_a_picture(record: Path, snap_compare: Any) -> None:
    assert casework.pictured(snap_compare, record, LEGAL, (80, 24))
