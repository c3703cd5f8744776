"""One fact of a case, by keys."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import commands, views
from db.rows import FactRow
from policy.facts import facts
from screens.base import Sitting
from screens.fact import FactForm
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, KAUR, MARSH, PATEL, SINGH, TODAY, WEBB, Scene, play
from widgets.form import Field


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(BARLOW)
    casework.settle(KAUR)
    return tmp_path


def fact(name: str, case: str = BARLOW) -> FactRow:
    return next(each for each in views.case_detail(CARTER, case, TODAY).facts if each.fact == name)


@pytest.mark.parametrize(
    ("name", "keys", "value"),
    [
        ("has-job", "y", "yes"),
        ("release-address", "o", "other"),
        ("release-date", "1/9/2026", "2026-09-01"),
        ("hearing-month", "2026-09", "2026-09"),
        ("sentence", "2y 6m", "2y 6m"),
        ("keyworkers", "A Lowe", "A Lowe"),
        ("recall-release", "1/9/2026", "2026-09-01"),
    ],
)
def test_a_fact_of_each_type_is_typed_and_kept(record: Path, name: str, keys: str, value: str) -> None:
    async def scene(scene: Scene) -> None:
        await scene.type(keys)
        await scene.press("ctrl+s")
        assert scene.top == "Landing"
        assert f"Recorded: {facts()[name].label}." in scene.foot

    play(record, scene, at=Route("fact", BARLOW, name))
    assert fact(name).value == value


def test_a_correction_of_what_an_extract_gave_is_kept_with_its_reason_and_undone(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.type("19/2/2026 14:30")
        await scene.press("ctrl+s")
        assert "Reason is needed." in scene.text
        await scene.type("as on the warrant")
        await scene.press("ctrl+s")
        assert "Recorded: Custody start." in scene.foot
        told = views.case_detail(CARTER, BARLOW, TODAY).timeline[0]
        assert (told.summary, told.text) == ("Custody start: Thu 19 Feb 2026 14:30", "as on the warrant")

    play(record, scene, at=Route("fact", BARLOW, "custody-start"))
    assert fact("custody-start").value == "2026-02-19T14:30"
    commands.undo(CARTER, TODAY)
    assert fact("custody-start").value == "2026-02-19"


def test_every_fact_there_is_has_a_form(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        for name in facts():
            fields = FactForm(Sitting(PATEL, TODAY), Route("fact", BARLOW, name)).fields()
            assert name in [field.id for field in fields if isinstance(field, Field)]

    play(record, scene, actor=PATEL)


def test_a_supervisor_is_chosen_from_the_staff_list_by_the_manager(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.type("sin")
        assert "A Singh (asingh)" in scene.text
        await scene.press("ctrl+s")

    play(record, scene, at=Route("fact", BARLOW, "supervisor"), actor=PATEL)
    assert fact("supervisor").value == "asingh"


def test_naming_a_supervisor_is_the_managers_and_that_is_said_first(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "Naming a supervisor is the manager's. Esc leaves." in scene.text
        assert scene.foot.split() == ["Esc", "leave", "F1", "keys"]

    play(record, scene, at=Route("fact", BARLOW, "supervisor"))


def test_a_supervisor_records_facts_of_their_own_cases_and_is_told_so(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "A supervisor records facts only of their own cases" in scene.text

    async def administrator(scene: Scene) -> None:
        await scene.press("y", "ctrl+s")
        assert scene.top == "Landing"

    play(record, scene, at=Route("fact", MARSH, "has-job"))
    play(record, administrator, at=Route("fact", MARSH, "has-job"), actor=SINGH)


def test_an_inspector_records_nothing(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "Your role reads; it records nothing." in scene.text

    play(record, scene, at=Route("fact", BARLOW, "has-job"), actor=WEBB)


def test_a_fact_holds_from_the_day_that_is_given(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("y")
        scene.screen.form.field("on").grab()
        await scene.type("20 feb")
        await scene.press("ctrl+s")

    play(record, scene, at=Route("fact", BARLOW, "has-job"))
    assert fact("has-job").effective == date(2026, 2, 20)


def test_a_fact_is_taken_back_to_not_known(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        scene.screen.form.field("unknown").grab()
        await scene.press("space", "ctrl+s")
        assert scene.top == "Landing"

    play(record, scene, at=Route("fact", BARLOW, "tier"))
    assert not fact("tier").known


def test_what_was_never_known_cannot_be_taken_back(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "Take back" not in scene.text

    play(record, scene, at=Route("fact", BARLOW, "has-job"))


def test_saving_nothing_is_refused_under_the_field(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("ctrl+s")
        assert "! Job to keep needs a value. Esc leaves it as it is." in scene.text

    play(record, scene, at=Route("fact", BARLOW, "has-job"))


def test_a_value_the_record_refuses_is_said_under_the_field(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.type("ages")
        await scene.press("ctrl+s")
        assert "is a length such as 4y" in " ".join(scene.text.split())
        assert scene.screen.form.field("sentence").error

    play(record, scene, at=Route("fact", BARLOW, "sentence"))


def test_a_day_to_come_is_none_since_which_a_fact_holds(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("y")
        scene.screen.form.field("on").grab()
        await scene.type("tomorrow")
        await scene.press("ctrl+s")
        assert "! Tue 3 Mar 2026 has not come yet." in scene.text

    play(record, scene, at=Route("fact", BARLOW, "has-job"))


def test_the_duties_that_wait_for_it_are_named(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "Waiting for it: Keep job and family." in scene.text

    play(record, scene, at=Route("fact", BARLOW, "has-job"))


def test_the_help_of_a_fact_stands_under_its_field(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "From the local partnership, never from previous convictions." in scene.text

    play(record, scene, at=Route("fact", BARLOW, "ppo"))


def test_two_people_who_change_the_same_fact_are_told_of_each_other_and_choose(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        form = scene.screen
        await scene.press("3")
        commands.set_facts(PATEL, BARLOW, {"tier": "4"}, TODAY)
        await scene.press("ctrl+s")
        assert "Theirs: 4" in scene.text
        assert "Yours: 3" in scene.text
        assert form.form.field("tier").value == "3"
        assert fact("tier").value == "4"
        await scene.press("ctrl+s")
        assert fact("tier").value == "3"

    play(record, scene, at=Route("fact", BARLOW, "tier"))


def test_the_field_of_a_fact_as_a_picture(record: Path, snap_compare: Any) -> None:
    assert casework.pictured(snap_compare, record, Route("fact", BARLOW, "release-address"), (80, 24))
