"""The pathway checklist on the screen, worked by keys."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db import commands, views
from db.checklists import ActivityRow, Status
from db.commands import Mark
from db.rows import Actor, Role
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, KAUR, PATEL, SINGH, TODAY, WEBB, Scene, pictured, play
from widgets.looks import Look, LookName

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


def test_w_in_a_case_shows_the_pathways_and_w_is_in_the_palette(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("w")
        assert scene.top == "PathwaysScreen"
        for name in ("Accommodation", "Education, training, employment", "Health", "Attitudes, thinking and behaviour"):
            assert name in scene.text
        assert "release 22 May 2026, 81d" in scene.text
        assert "0 of 16 done, 16 to go" in scene.text
        await scene.press("o")
        assert scene.top == "CaseScreen"

    play(record, scene, at=Route("case", KAUR))


def test_space_goes_through_the_quick_statuses_and_writes_each(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("space")
        assert "needed" in scene.text
        assert the("bank-account").status is Status.NEEDED
        await scene.press("space")
        assert the("bank-account").status is Status.IN_PROGRESS
        await scene.press("space")
        assert the("bank-account").status is Status.NOT_ASSESSED

    play(record, scene, at=opened("finance", cursor="activity bank-account"))


def test_twenty_activities_take_two_keys_each_whatever_the_speed(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        for first, many in (("housing-needs", 17), ("ete-options", 3)):
            scene.screen._list.go_to(f"activity {first}")
            for _ in range(many):
                await scene.pilot.press("space", "down")
        await scene.settle()
        await scene.settle()
        needed = [row for row in views.checklist(CARTER, KAUR, TODAY).activities if row.status is Status.NEEDED]
        assert len(needed) == 20

    play(record, scene, at=opened("accommodation", "ete"), size=(80, 48))


def test_tab_goes_from_pathway_to_pathway_whatever_is_open(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("home", "enter", "down", "down", "tab")
        assert scene.screen._list.item.id == "ete"
        await scene.press("shift+tab")
        assert scene.screen._list.item.id == "accommodation"
        await scene.press("shift+tab")
        assert scene.screen._list.item.id == "attitudes"
        await scene.press("tab")
        assert scene.screen._list.item.id == "accommodation"

    play(record, scene, at=AT)


def test_what_is_done_is_not_undone_by_a_stray_space(record: Path) -> None:
    mark("bank-account", Status.DONE, words="Account open")

    async def scene(scene: Scene) -> None:
        await scene.press("space")
        assert "Enter changes it" in scene.foot
        assert the("bank-account").status is Status.DONE

    play(record, scene, at=opened("finance", cursor="activity bank-account"))


def test_enter_asks_for_the_outcome_and_refuses_a_placeholder(record: Path) -> None:
    mark("bank-account", Status.NEEDED)

    async def scene(scene: Scene) -> None:
        await scene.press("enter")
        assert scene.top == "MarkForm"
        await scene.press("tab", "tab")
        await scene.type("tbc")
        await scene.press("ctrl+s")
        assert "says nothing yet" in scene.text
        await scene.type(" – account open since Friday")
        await scene.press("ctrl+s")
        assert scene.top == "PathwaysScreen"
        assert the("bank-account").status is Status.DONE
        assert "done 2 Mar" in scene.text

    play(record, scene, at=opened("finance", cursor="activity bank-account"))


def test_what_takes_consent_is_not_passed_on_without(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        form = scene.screen.form
        form.field("status").value = "referred"
        form.field("to").value = "Leeds housing"
        await scene.press("ctrl+s")
        assert "Consent is needed" in scene.text
        form.field("consent").value = "given"
        await scene.press("ctrl+s")
        assert the("duty-to-refer").with_whom == "Leeds housing"

    play(record, scene, at=Route("mark", KAUR, "duty-to-refer"))


def test_a_adds_any_activity_at_any_level_by_part_of_its_name(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("a")
        await scene.type("mentor")
        assert "Mentoring through the gate" in scene.text
        assert "Bank account" not in scene.text
        await scene.press("tab", "enter")
        assert scene.top == "MarkForm"
        await scene.press("ctrl+s")
        assert the("mentoring").status is Status.NEEDED

    play(record, scene, at=AT)


def test_f_leaves_only_what_is_outstanding(record: Path) -> None:
    mark("bank-account", Status.DONE, words="Account open")

    async def scene(scene: Scene) -> None:
        assert "Bank account" in scene.text
        await scene.press("f")
        assert "Bank account" not in scene.text
        assert "only what is outstanding" in scene.text

    play(record, scene, at=opened("finance"), size=LARGE)


def test_what_is_discreet_waits_until_it_is_revealed(record: Path) -> None:
    mark("substance-access", Status.NEEDED)

    async def scene(scene: Scene) -> None:
        assert "v shows it" in scene.text
        assert "needed" not in scene.text.replace("Needs", "")
        await scene.press("v")
        assert "needed" in scene.text

    play(record, scene, at=opened("drugs"))


def test_a_need_to_know_activity_is_marked_while_revealed(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("v", "end", "up", "space", "down", "space")
        found = views.secret_checklist(CARTER, KAUR, TODAY)
        assert found is not None
        assert {row.id for row in found.activities if row.status is Status.NEEDED} == {"abuse-identified"}

    play(record, scene, at=AT)


def test_what_is_need_to_know_is_written_apart_however_fast_it_is_marked(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("v")
        scene.screen._list.go_to("activity bank-account")
        scene.screen.action_mark()
        scene.screen._list.go_to("activity abuse-identified")
        scene.screen.action_mark()
        await scene.settle()
        plain = views.checklist(CARTER, KAUR, TODAY).activities
        assert {row.id for row in plain if row.status is Status.NEEDED} == {"bank-account"}
        found = views.secret_checklist(CARTER, KAUR, TODAY)
        assert found is not None
        assert {row.id for row in found.activities if row.status is Status.NEEDED} == {"abuse-identified"}
        await scene.press("d")
        assert scene.top == "PathwaysScreen", "it is met with Enter: no list has its duty"

    play(record, scene, at=opened("finance", "abuse"), size=LARGE)


def test_the_manager_reads_what_was_disclosed_who_looked_in_an_emergency_and_whom_to_ask_about(record: Path) -> None:
    commands.disclose(CARTER, KAUR, "domestic-abuse", "Hit for years", TODAY)
    other = Actor("sdoyle", "S Doyle", Role.SUPERVISOR, "desk-2")
    commands.add_staff(PATEL, other.staff, other.name, None, TODAY)
    commands.open_in_emergency(other, KAUR, "Threats on a visit", TODAY)
    commands.allocate(PATEL, {KAUR: "sdoyle"}, "Moved wing", TODAY)

    async def scene(scene: Scene) -> None:
        await scene.press("v")
        assert "Disclosed, domestic abuse: Hit for years" in scene.text
        assert "Opened in an emergency by S Doyle: Threats on a visit" in scene.text
        assert "Ask the person before sdoyle may know" in scene.text

    play(record, scene, actor=PATEL, at=AT)


def test_y_records_a_disclosure_and_leaves_no_trace_in_the_history(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("y", "d", "tab", "tab")
        await scene.type("Hit by her partner")
        await scene.press("ctrl+s")
        assert scene.top == "PathwaysScreen"
        found = views.secret_checklist(CARTER, KAUR, TODAY)
        assert found is not None
        assert found.secrets[0].words == "Hit by her partner"
        await scene.press("h", "v")
        assert "partner" not in scene.text

    play(record, scene, at=AT)


def test_b_records_part_1_of_the_screening_from_the_keyboard(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("b")
        assert "part 1" in scene.text
        form = scene.screen.form
        form.field("immediate").value = "Nowhere to go\nA dog left alone"
        form.field("need-accommodation").value = "yes"
        form.field("tenancy").value = "yes"
        await scene.press("ctrl+s")
        assert scene.top == "PathwaysScreen"
        found = views.checklist(CARTER, KAUR, TODAY)
        assert found.pathways[0].need == "yes"
        names = {duty.name for duty in views.case_detail(CARTER, KAUR, TODAY).duties}
        assert "immediate-resettlement-need:a-dog-left-alone" in names
        await scene.press("b", "b")
        assert "part 2" in scene.text

    play(record, scene, at=AT)


def test_what_a_screening_is_filled_in_from_stands_in_view(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("b", "ctrl+s", "b", "1")
        assert "saving records it again" in scene.text

    play(record, scene, at=AT)


def test_the_day_the_provider_received_part_1_is_recorded_when_it_has_come(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("b")
        scene.screen.form.field("by").value = "D Garside"
        scene.screen.form.field("on").value = "2026-02-27T10:30"
        scene.screen.form.field("received").value = "2026-03-03"
        await scene.press("ctrl+s")
        assert scene.screen.form.field("received").error == "Tue 3 Mar 2026 has not come yet."
        scene.screen.form.field("received").value = ""
        await scene.press("ctrl+s", "b", "1")
        assert "D Garside" in scene.text
        scene.screen.form.field("received").value = "2026-03-02"
        await scene.press("ctrl+s")
        duties = {duty.id: duty for duty in views.case_detail(CARTER, KAUR, TODAY).duties}
        assert duties["bcst1"].met_on == date(2026, 2, 27)
        assert duties["bcst2"].due == date(2026, 3, 9)

    play(record, scene, at=AT)


@pytest.mark.parametrize("actor", [SINGH, WEBB])
def test_who_may_not_record_is_not_offered_it(record: Path, actor: Actor) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("space", "b", "a", "y")
        assert scene.top == "PathwaysScreen"
        assert "next status" not in scene.foot
        await scene.go(Route("mark", KAUR, "bank-account"))
        assert "Esc leaves" in scene.text

    play(record, scene, actor=actor, at=AT)


def test_what_somebody_else_changed_meanwhile_is_said_and_shown(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        commands.mark(PATEL, KAUR, (Mark("bank-account", Status.DONE, words="Open"),), TODAY)
        await scene.press("ctrl+s")
        assert "Somebody has just marked" in scene.text
        assert scene.top == "MarkForm"

    play(record, scene, at=Route("mark", KAUR, "bank-account"))


def test_u_takes_the_last_mark_back(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("space", "u", "y")
        assert the("bank-account").status is Status.NOT_ASSESSED

    play(record, scene, at=opened("finance", cursor="activity bank-account"))


@pytest.mark.parametrize("look", [Look(LookName.MONO, marks=False, unicode=False), Look(LookName.BASIC)])
def test_in_ascii_and_sixteen_colours_nothing_else_is_sent(record: Path, look: Look) -> None:
    mark("bank-account", Status.NEEDED)

    async def scene(scene: Scene) -> None:
        for keys in (("v",), ("g", "v", "escape"), ("l", "escape"), ("i", "escape"), ("6",)):
            await scene.press(*keys)
            if not look.unicode:
                assert scene.text.isascii()

    play(record, scene, at=opened("finance", "accommodation"), look=look)


def _worked(record: Path) -> None:
    mark("bank-account", Status.REFERRED, to="NatWest", consent="given")
    mark("income-options", Status.NEEDED, until=date(2026, 3, 5))
    mark("tenancy-kept", Status.DONE, words="Landlord agreed")
    mark("duty-to-refer", Status.NEEDED)


@pytest.mark.parametrize("size", [(80, 24), LARGE])
def test_picture_of_the_checklist(snap_compare: Callable[..., bool], record: Path, size: tuple[int, int]) -> None:
    _worked(record)
    assert pictured(snap_compare, record, opened("finance", cursor="activity income-options"), size)


def test_picture_of_an_activity(snap_compare: Callable[..., bool], record: Path) -> None:
    _worked(record)
    assert pictured(snap_compare, record, Route("mark", KAUR, "bank-account"), (80, 24))


def test_picture_of_the_screening(snap_compare: Callable[..., bool], record: Path) -> None:
    assert pictured(snap_compare, record, Route("screening", KAUR, "bcst1"), (80, 24))


@pytest.mark.parametrize("size", [(80, 24), LARGE])
def test_a_very_long_name_leaves_number_release_and_screening_in_view(tmp_path: Path, size: tuple[int, int]) -> None:
    surname = "Featherstonehaugh-Cholmondeley-Warrington"
    long = casework.person(KAUR, surname, "Maximilian Bartholomew", cellLocation="SEGREGATION-1-001")
    casework.make(tmp_path, people=(long,))

    async def scene(scene: Scene) -> None:
        line = scene.text.splitlines()[2]
        assert line.startswith("FEATHERS")
        assert KAUR in line
        assert "BCST 1" in line
        assert len(line.rstrip()) <= size[0]

    play(tmp_path, scene, at=AT, size=size)


def test_of_somebody_of_whom_nothing_is_known_there_is_still_a_checklist(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "0 of 16 done" in scene.text
        assert "no date" in scene.text

    play(record, scene, at=Route("pathways", casework.MARSH))


def test_the_keys_of_the_checklist_are_under_the_question_mark(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("question_mark")
        assert "Add any activity to the checklist" in scene.text

    play(record, scene, at=AT, size=LARGE)
