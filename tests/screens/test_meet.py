"""Recording that a duty was met, by keys."""

from pathlib import Path
from typing import Any

import pytest

from db import commands, views
from db.commands import recall_work
from db.rows import Contact, State
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, KAUR, PATEL, SINGH, TODAY, WEBB, Scene, play
from widgets.fields import TimeField


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(BARLOW)
    casework.settle(KAUR)
    return tmp_path


def state(duty: str, case: str = BARLOW) -> State:
    return next(each.state for each in views.case_detail(CARTER, case, TODAY).duties if each.name == duty)


def test_without_a_duty_those_there_are_come_most_urgent_first_ones_own_before_others(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "1  ! 11d late First talk" in scene.text
        assert "2  ! 10d late See after return" in scene.text
        assert "(chase" not in scene.text

    play(record, scene, at=Route("meet", BARLOW))


def test_one_key_chooses_the_duty(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("3")
        assert scene.top == "MeetForm"
        assert scene.screen.duty.name == "recall-legal"

    play(record, scene, at=Route("meet", BARLOW))


def test_enter_chooses_the_duty_under_the_cursor(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("down", "enter")
        assert scene.screen.duty.name == "recall-contact"

    play(record, scene, at=Route("meet", BARLOW))


def test_what_was_met_is_named(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("3")
        await scene.press("ctrl+s")
        assert "Met: Legal advice." in scene.text

    play(record, scene, at=Route("meet", BARLOW))


def test_before_a_duty_is_chosen_there_is_nothing_to_save(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert scene.foot.split() == ["Enter", "choose", "Esc", "leave", "F1", "keys"]
        await scene.press("ctrl+s")
        assert scene.top == "MeetForm"

    play(record, scene, at=Route("meet", BARLOW))


def test_esc_leaves_the_choice_without_asking(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("escape")
        assert scene.top == "Landing"

    play(record, scene, at=Route("meet", BARLOW))


def test_a_duty_that_asks_nothing_is_met_with_one_key(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "It asks nothing more. Ctrl+S records it." in scene.text
        await scene.press("ctrl+s")
        assert scene.top == "Landing"

    play(record, scene, at=Route("meet", BARLOW, "induction"))
    assert state("induction") is State.MET


def test_the_form_says_why_the_duty_is_there(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "3 days from Thu 19 Feb: Sun 22 Feb" in " ".join(scene.text.split())

    play(record, scene, at=Route("meet", BARLOW, "recall-legal"))


def test_the_day_can_be_an_earlier_one(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert isinstance(scene.screen.form.field("on"), TimeField)
        await scene.type("20 feb")
        await scene.press("ctrl+s")

    play(record, scene, at=Route("meet", BARLOW, "recall-legal"))
    duty = next(each for each in views.case_detail(CARTER, BARLOW, TODAY).duties if each.name == "recall-legal")
    assert str(duty.met_on) == "2026-02-20"


def test_a_day_to_come_is_refused_under_its_field(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.type("tomorrow")
        await scene.press("ctrl+s")
        assert "! Tue 3 Mar 2026 has not come yet." in scene.text

    play(record, scene, at=Route("meet", BARLOW, "recall-legal"))


def test_what_a_duty_asks_is_shown_and_what_it_needs_is_said(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "It asks: Told whom (needed); What was agreed." in scene.text
        await scene.press("ctrl+s")
        assert "! Told whom is needed." in scene.text

    safety()
    play(record, scene, at=Route("meet", BARLOW, handover()))


def test_what_was_typed_meets_the_duty(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("tab")
        await scene.type("Orderly officer")
        await scene.press("ctrl+s")
        assert scene.top == "Landing"

    safety()
    duty = handover()
    play(record, scene, at=Route("meet", BARLOW, duty))
    assert state(duty) is State.MET


def test_a_choice_is_one_letter(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "low   medium   high   very high" in scene.text.replace("(", "").replace(")", "")
        await scene.press("tab", "h", "ctrl+s")

    play(record, scene, at=Route("meet", BARLOW, "rosh-review"))
    assert views.case_detail(CARTER, BARLOW, TODAY).row.rosh == "high"


def test_what_the_record_refuses_is_said_and_nothing_typed_is_lost(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("tab")
        await scene.type("tbc")
        await scene.press("ctrl+s")
        assert scene.top == "MeetForm"
        assert "says nothing yet" in " ".join(scene.text.replace("┃", " ").split())
        assert scene.screen.form.field("answer").value == "tbc"

    play(record, scene, at=Route("meet", BARLOW, "recall-proactive"))


def test_a_case_administrator_is_told_before_typing_what_is_not_theirs(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "A case administrator records only what a case administrator owns" in scene.text
        assert "save" not in scene.foot

    play(record, scene, at=Route("meet", BARLOW, "recall-legal"), actor=SINGH)


def test_naming_a_supervisor_is_the_managers(record: Path) -> None:
    async def refused(scene: Scene) -> None:
        assert "Naming a supervisor is the manager's." in scene.text

    async def allowed(scene: Scene) -> None:
        await scene.press("tab")
        await scene.type("carter")
        await scene.press("ctrl+s")
        assert scene.top == "Landing"

    casework.give(KAUR, supervisor=None)
    play(record, refused, at=Route("meet", KAUR, "allocate-supervisor"))
    play(record, allowed, at=Route("meet", KAUR, "allocate-supervisor"), actor=PATEL)
    assert views.case_detail(PATEL, KAUR, TODAY).row.supervisor == "jcarter"


def test_an_inspector_records_nothing(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "Your role reads; it records nothing." in scene.text

    play(record, scene, at=Route("meet", BARLOW, "recall-legal"), actor=WEBB)


def safety() -> None:
    commands.log_contact(CARTER, BARLOW, Contact("note", TODAY, "Low. Says it is too much.", safety=True), TODAY)


def handover() -> str:
    return next(each.name for each in views.case_detail(CARTER, BARLOW, TODAY).duties if each.state is State.SAFETY)


def test_choosing_a_duty_as_a_picture(record: Path, snap_compare: Any) -> None:
    assert casework.pictured(snap_compare, record, Route("meet", BARLOW), (80, 24))


def test_the_form_of_a_duty_as_a_picture(record: Path, snap_compare: Any) -> None:
    assert casework.pictured(snap_compare, record, Route("meet", BARLOW, "rosh-review"), (80, 24))


def test_a_review_has_the_barriers_that_stand_beside_it_the_first_few(record: Path) -> None:
    for at, what in enumerate(("accommodation", "motivation", "intervention", "om-contact", "new-charge")):
        given = {"what": what, "owner": "OM", "action": f"Ask {at}", "by": f"2026-03-1{at}"}
        recall_work.barrier(PATEL, BARLOW, given, TODAY)

    async def scene(scene: Scene) -> None:
        assert "In the way: 5" in scene.text
        assert "Tue 10 Mar · accommodation · OM · Ask 0" in scene.text
        assert "and 1 more: r in the case" in scene.text

    play(record, scene, at=Route("meet", BARLOW, "recall-proactive"))


def test_a_review_without_barriers_says_so(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "In the way: no barrier is recorded." in scene.text

    play(record, scene, at=Route("meet", BARLOW, "recall-28"))
