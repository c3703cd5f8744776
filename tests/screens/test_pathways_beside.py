"""What stands beside the checklist: groups, the earlier plan, signpostings, who leaves, services."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db import commands, views
from db.checklists import ActivityRow, Status
from db.commands import Mark
from db.rows import Actor
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, KAUR, PATEL, SINGH, TODAY, WEBB, Scene, pictured, play

AT = Route("pathways", KAUR)
LARGE = (160, 48)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(BARLOW)
    casework.settle(KAUR)
    return tmp_path


def the(activity: str, number: str = KAUR) -> ActivityRow:
    return next(row for row in views.checklist(CARTER, number, TODAY).activities if row.id == activity)


def mark(activity: str, status: Status, **more: object) -> None:
    commands.mark(CARTER, KAUR, (Mark(activity, status, **more),), TODAY)  # type: ignore[arg-type]


def opened(*pathways: str, cursor: str = "") -> Route:
    return Route("pathways", KAUR, cursor, ",".join(pathways))


@pytest.mark.parametrize(("actor", "shows"), [(CARTER, True), (PATEL, True), (SINGH, False), (WEBB, False)])
def test_the_need_to_know_groups_show_on_v_to_who_may_see_them_only(record: Path, actor: Actor, shows: bool) -> None:
    commands.disclose(CARTER, KAUR, "domestic-abuse", "Hit for years", TODAY)
    commands.mark(CARTER, KAUR, (Mark("abuse-safety-plan", Status.NEEDED),), TODAY)

    async def scene(scene: Scene) -> None:
        assert "abuse" not in scene.text
        before = scene.text
        await scene.press("v")
        assert ("Support after domestic abuse" in scene.text) is shows
        await scene.press("v")
        assert "abuse" not in scene.text
        assert before.splitlines()[4:12] == scene.text.splitlines()[4:12]

    play(record, scene, actor=actor, at=AT)


def test_groups_show_only_while_revealed_with_prompts_and_their_source(record: Path) -> None:
    commands.set_cohort(CARTER, KAUR, "ex-service", "yes", TODAY)

    async def scene(scene: Scene) -> None:
        await scene.press("g")
        assert "Groups are discreet" in scene.text
        assert "Ex-service" not in scene.text
        await scene.press("v")
        assert "Ex-service" in scene.text
        assert "regular or a reservist" in " ".join(scene.text.split())
        await scene.press("v")
        assert "Ex-service" not in scene.text

    play(record, scene, at=AT)


def test_space_records_whether_somebody_belongs_to_a_group(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("v")
        assert scene.screen._list.go_to("learning ")
        await scene.press("space")
        member = {row.id: row.member for row in views.groups(CARTER, KAUR, TODAY)}
        assert member["learning"] == "yes"

    play(record, scene, at=Route("groups", KAUR))


def test_one_outcome_for_one_provider_is_recorded_for_several(record: Path) -> None:
    mark("debt-advice", Status.SIGNPOSTED, to="Citizens Advice")
    mark("money-signposting", Status.SIGNPOSTED, to="Jobcentre")
    commands.mark(CARTER, BARLOW, (Mark("debt-advice", Status.SIGNPOSTED, to="Citizens Advice"),), TODAY)

    async def scene(scene: Scene) -> None:
        await scene.press("i")
        assert "3 of 3" in scene.text
        scene.screen._list.go_to(f"{BARLOW}:debt-advice")
        await scene.press("f")
        assert "Jobcentre" not in scene.text
        await scene.press("e", "enter")
        assert "2 signpostings or referrals, 2 people" in scene.text
        await scene.press("tab")
        await scene.type("Seen on the wing, plan agreed")
        await scene.press("tab", "y", "ctrl+s")
        assert the("debt-advice").met
        assert the("debt-advice", BARLOW).met
        assert not the("money-signposting").met

    play(record, scene, at=AT)


def test_l_lists_who_leaves_in_the_next_12_weeks_and_enter_opens_their_checklist(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("l")
        assert "1 leaving, 1 with something open" in scene.text
        assert "KAUR Jaspreet" in scene.text
        await scene.press("enter")
        assert scene.top == "PathwaysScreen"

    play(record, scene, at=AT)


def test_the_plan_of_the_custody_before_stands_beside_the_present_one(record: Path) -> None:
    mark("bank-account", Status.NEEDED)
    casework.give(KAUR, left="2026-03-01")
    casework.give(KAUR, left=None)
    casework.give(KAUR, custody_start="2026-03-02")
    commands.mark(CARTER, KAUR, (Mark("motivation", Status.NEEDED, on=date(2026, 2, 1)),), TODAY)

    async def scene(scene: Scene) -> None:
        await scene.press("e")
        assert "Motivation for resettlement goals" in scene.text
        assert "then needed" in scene.text

    play(record, scene, at=AT)


def test_services_are_looked_for_and_a_referral_starts_from_one(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("6", "f")
        await scene.type("construction licence")
        await scene.press("ctrl+s")
        assert "1 service, 0 to be checked" in scene.text
        # What the line has no room for stands beneath it.
        assert "Health and Safety in a" in scene.text
        assert "licence to practise, level 1." in " ".join(scene.text.split())
        await scene.press("enter")
        form = scene.screen.form
        form.field("number").value = KAUR
        await scene.press("ctrl+s")
        assert "takes consent" in scene.text
        form.field("consent").value = "given"
        await scene.press("ctrl+s")
        (sent,) = views.checklist(CARTER, KAUR, TODAY).referrals
        assert sent.to == "Virtual Campus"

    play(record, scene, at=AT)


def test_an_administrator_keeps_the_directory(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("a")
        await scene.type("Garden course")
        await scene.press("ctrl+s")
        assert "Garden course" in scene.text
        await scene.press("home", "e")
        scene.screen.form.field("waiting").value = "3 weeks"
        await scene.press("ctrl+s")
        assert views.services(SINGH, "garden", TODAY)[0].waiting == "3 weeks"

    play(record, scene, actor=SINGH, at=Route("services"))


def test_a_list_of_services_is_taken_in_from_a_file(record: Path, tmp_path: Path) -> None:
    file = tmp_path / "services.csv"
    file.write_text("title,provider\nGarden course,Northgate\n", encoding="utf-8")

    async def scene(scene: Scene) -> None:
        await scene.press("i")
        scene.screen.form.field("file").value = str(file)
        await scene.press("ctrl+s")
        assert "Garden course" in scene.text

    play(record, scene, actor=SINGH, at=Route("services"))


def _worked(record: Path) -> None:
    mark("bank-account", Status.REFERRED, to="NatWest", consent="given")
    mark("income-options", Status.NEEDED, until=date(2026, 3, 5))
    mark("tenancy-kept", Status.DONE, words="Landlord agreed")
    mark("duty-to-refer", Status.NEEDED)


def test_picture_of_the_groups(snap_compare: Callable[..., bool], record: Path) -> None:
    assert pictured(snap_compare, record, Route("groups", KAUR), (80, 24), "v")


def test_picture_of_who_leaves(snap_compare: Callable[..., bool], record: Path) -> None:
    assert pictured(snap_compare, record, Route("leaving"), (80, 24))


def test_picture_of_the_services(snap_compare: Callable[..., bool], record: Path) -> None:
    assert pictured(snap_compare, record, Route("services"), (80, 24))


def test_picture_of_signpostings(snap_compare: Callable[..., bool], record: Path) -> None:
    _worked(record)
    assert pictured(snap_compare, record, Route("referrals"), (80, 24), "v")


def test_m_records_an_immediate_need_whenever_it_is_found(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("m")
        assert scene.top == "NeedForm"
        form = scene.screen.form
        form.field("immediate").value = "yes"
        await scene.press("ctrl+s")
        assert "Say what the need is" in scene.text
        form.field("words").value = "Arrears of three months"
        await scene.press("ctrl+s")
        names = {duty.name for duty in views.case_detail(CARTER, KAUR, TODAY).duties}
        assert "immediate-resettlement-need:arrears-of-three-months" in names
        assert {row.id: row.need for row in views.checklist(CARTER, KAUR, TODAY).pathways}["finance"] == "yes"

    play(record, scene, at=opened(cursor="pathway finance"))


def test_q_records_advice_asked_for_and_says_how_much_is_used(record: Path) -> None:
    commands.ask_advice(CARTER, KAUR, "Forklift licence", TODAY)
    commands.meet(CARTER, KAUR, "iag-request:forklift-licence", TODAY, fields={"minutes": "90"})

    async def scene(scene: Scene) -> None:
        await scene.press("q")
        assert "90 of 120 minutes used in this sentence; 30 left." in scene.text
        await scene.type("Own business")
        await scene.press("ctrl+s")
        assert scene.top == "PathwaysScreen"
        assert [one.title for one in views.checklist(CARTER, KAUR, TODAY).advice] == [
            "Forklift licence",
            "Own business",
        ]

    play(record, scene, at=AT)
