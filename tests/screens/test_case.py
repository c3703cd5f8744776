"""One case on the screen: who this is, what is due and why, what cannot be told."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import commands, views
from db.rows import Contact, DutyRow
from screens.case_items import Missing
from screens.revealing import REVEAL_SECONDS
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, KAUR, MARSH, SINGH, TODAY, Scene, play

LARGE = (160, 48)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(BARLOW)
    casework.settle(KAUR)
    return tmp_path


def log(case: str, at: date = TODAY, text: str = "Talked about the move.", **others: Any) -> None:
    commands.log_contact(CARTER, case, Contact("meeting", at, text, **others), TODAY)


def cursor(scene: Scene) -> str:
    route: Route = scene.screen.route()
    return route.cursor


def test_the_header_says_who_where_how_long_and_who_is_responsible(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "KAUR Jaspreet  A0091KK · age 34 · B-2-008" in scene.text
        assert "release Fri 22 May, 81 days" in scene.text
        assert "SED 9 Nov 2028 (2y)" in scene.text
        assert "OS J Carter · OM P Dunn, 01632 960001 · never seen here" in scene.text
        assert "tier 2" in scene.text

    play(record, scene, at=Route("case", KAUR))


def test_the_header_stays_while_the_list_goes_on(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("end")
        assert "BARLOW Dean  A1234BC" in scene.text
        assert "First talk" not in scene.text

    play(record, scene, at=Route("case", BARLOW))


def test_what_is_most_urgent_is_first_and_under_the_cursor_with_its_why(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert cursor(scene) == "fold chase-PS"
        said = " ".join(scene.text.split())
        assert "! 8d late ▸ chase PS (2): BCST 1; Basic skills screening BCST 1: Custody started Thu 19 Feb" in said

    play(record, scene, at=Route("case", BARLOW))


def test_the_duty_under_the_cursor_says_why_with_its_arithmetic_and_source(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        scene.screen.go_to("recall-contact")
        await scene.settle()
        said = " ".join(scene.text.split())
        assert "Back in custody Thu 19 Feb 2026." in said
        assert "1 working day from Thu 19 Feb: Fri 20 Feb." in said
        assert "10 days late, was due Fri 20 Feb · Expected · local · Recall" in said

    play(record, scene, at=Route("case", BARLOW))


def test_a_why_that_gives_something_away_waits_until_it_is_revealed(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "ACCT" not in scene.text
        await scene.press("v")
        assert "ask about safety, consider ACCT" in scene.text

    play(record, scene, at=Route("case", BARLOW))


def test_what_was_revealed_is_hidden_again_by_itself(record: Path) -> None:
    assert REVEAL_SECONDS == 60

    async def scene(scene: Scene) -> None:
        await scene.press("v")
        assert "RoSH medium" in scene.text
        scene.screen._hide()
        await scene.settle()
        assert "RoSH" not in scene.text

    play(record, scene, at=Route("case", BARLOW))


def test_what_others_owe_is_folded_by_owner_and_enter_shows_it(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "▸ chase CRC (7): Benefits" in scene.text
        assert "Benefits (chase CRC)" not in scene.text
        assert scene.screen.go_to("fold chase-CRC")
        await scene.press("enter")
        assert "▾ chase CRC (7)" in scene.text
        assert "Benefits (chase CRC)" in scene.text

    play(record, scene, at=Route("case", BARLOW), size=LARGE)


def test_a_case_administrator_sees_their_own_duties_and_chases_the_supervisor(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "Dossier received" in scene.text
        assert "▸ chase OS (" in scene.text

    play(record, scene, at=Route("case", BARLOW), actor=SINGH)


def test_missing_facts_are_grouped_with_the_duties_that_wait_for_them(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("tab")
        assert "Cannot tell   26 facts not known" in scene.text
        assert "? Recall                          28 duties wait for it" in scene.text
        assert "Waiting: Six-month check; Licence conditions" in scene.text

    play(record, scene, at=Route("case", MARSH))


def test_enter_on_a_missing_fact_opens_its_field(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert scene.screen.go_to("missing release-address")
        await scene.press("enter")
        assert scene.top == "FactForm"
        assert "Release address: not known" in scene.text

    play(record, scene, at=Route("case", BARLOW))


def test_enter_on_a_duty_that_waits_for_a_fact_opens_that_fact(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert scene.screen.go_to("keep-ties")
        await scene.settle()
        assert "Enter fills in what is missing" in " ".join(scene.text.split())
        await scene.press("enter")
        assert scene.top == "FactForm"
        assert "Job to keep" in scene.text

    play(record, scene, at=Route("case", BARLOW))


def test_a_fact_filled_in_leaves_the_list_of_what_is_missing(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        scene.screen.go_to("missing release-address")
        await scene.press("enter", "s", "ctrl+s")
        assert scene.top == "CaseScreen"
        missing = [item.fact for item in scene.screen.lists[0].items if isinstance(item, Missing)]
        assert "release-address" not in missing
        assert "tenancy" in missing

    play(record, scene, at=Route("case", BARLOW))


def test_many_duties_that_wait_for_facts_are_one_line(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "▸ 20 wait for a fact that is not known" in scene.text
        assert scene.screen.go_to("fold waiting")
        await scene.press("enter")
        assert sum(isinstance(item, DutyRow) for item in scene.screen.lists[0].items) == 20

    play(record, scene, at=Route("case", MARSH))


def test_discreet_facts_are_counted_not_named_until_revealed(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "MAPPA" not in scene.text
        assert "RoSH" not in scene.text
        await scene.press("v")
        assert "Risk of serious harm (RoSH) medium" in " ".join(scene.text.split())
        assert "MAPPA-eligible" in scene.text

    play(record, scene, at=Route("case", BARLOW), size=LARGE)


def test_enter_on_the_line_that_counts_discreet_facts_reveals_them(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert scene.screen.go_to("said discreet missing")
        await scene.press("enter")
        assert "MAPPA-eligible" in scene.text

    play(record, scene, at=Route("case", BARLOW))


def test_tab_goes_from_section_to_section_and_round_again(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        first = cursor(scene)
        sections = [first]
        for _ in range(9):
            await scene.press("tab")
            sections.append(cursor(scene))
        assert sections[-1] == first
        assert len(set(sections)) == 9
        await scene.press("shift+tab", "tab")
        assert cursor(scene) == first

    play(record, scene, at=Route("case", KAUR))


def test_the_name_of_the_section_tab_goes_to_is_in_view(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        for name in ("Cannot tell", "Risk and restrictions", "People", "Needs that shape the work", "Strengths"):
            await scene.press("tab")
            assert name in scene.text

    play(record, scene, at=Route("case", BARLOW))


def test_from_a_hundred_columns_the_rest_stands_beside_the_duties(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        line = next(line for line in scene.text.splitlines() if line.startswith("Duties"))
        assert "Risk and restrictions" in line

    play(record, scene, at=Route("case", BARLOW), size=(100, 30))


def test_tab_goes_on_into_the_second_column(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("tab", "tab")
        assert cursor(scene) == "fact tier"

    play(record, scene, at=Route("case", BARLOW), size=LARGE)


def test_the_cursor_stays_where_it_was_when_the_window_becomes_wide(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        scene.screen.go_to("fact offender-manager")
        await scene.pilot.resize_terminal(*LARGE)
        await scene.settle()
        assert cursor(scene) == "fact offender-manager"
        await scene.press("down", "up")
        assert cursor(scene) == "fact offender-manager"

    play(record, scene, at=Route("case", BARLOW))


def test_what_the_case_has_to_say_of_itself_stands_above_the_duties(record: Path) -> None:
    casework.give(KAUR, rosh="high")

    async def scene(scene: Scene) -> None:
        await scene.press("v")
        lines = scene.text.splitlines()
        note = next(at for at, line in enumerate(lines) if line.startswith("? Assessed as tier 2, but"))
        duties = next(at for at, line in enumerate(lines) if line.startswith("Duties"))
        assert note < duties

    play(record, scene, at=Route("case", KAUR))


def test_a_long_note_is_wrapped_not_cut(record: Path) -> None:
    casework.give(KAUR, release_date="2026-07-01")
    notes = views.case_detail(CARTER, KAUR, TODAY).notes
    assert len(notes[0]) > 80

    async def scene(scene: Scene) -> None:
        assert notes[0] in " ".join(scene.text.split())

    play(record, scene, at=Route("case", KAUR))


def test_strengths_come_from_contacts_and_are_missed_where_there_are_none(record: Path) -> None:
    log(KAUR, strengths="Rang the garage himself")

    async def scene(scene: Scene) -> None:
        assert "Rang the garage himself" in scene.text

    async def none(scene: Scene) -> None:
        assert "None recorded yet: c logs a contact" in scene.text

    play(record, scene, at=Route("case", KAUR), size=LARGE)
    play(record, none, at=Route("case", BARLOW), size=LARGE)


def test_the_timeline_is_newest_first_by_when_it_happened(record: Path) -> None:
    log(KAUR, TODAY - timedelta(1), "The later talk")
    log(KAUR, TODAY - timedelta(9), "The earlier talk")

    async def scene(scene: Scene) -> None:
        assert scene.text.index("The later talk") < scene.text.index("The earlier talk")

    play(record, scene, at=Route("case", KAUR), size=LARGE)


def test_what_was_said_of_health_or_risk_waits_in_the_timeline(record: Path) -> None:
    log(KAUR, text="Talked about his mental health")

    async def scene(scene: Scene) -> None:
        assert "mental health" not in scene.text
        await scene.press("v")
        assert "Talked about his mental health" in scene.text

    play(record, scene, at=Route("case", KAUR), size=LARGE)


def test_h_shows_the_whole_story_and_o_comes_back(record: Path) -> None:
    for day in range(12):
        log(KAUR, TODAY - timedelta(day), f"Talk number {day}")

    async def scene(scene: Scene) -> None:
        assert "h shows all" in scene.text
        await scene.press("h")
        assert scene.top == "HistoryScreen"
        assert "Talk number 11" in scene.text
        await scene.press("o")
        assert scene.top == "CaseScreen"

    play(record, scene, at=Route("case", KAUR), size=LARGE)


def test_enter_on_an_entry_opens_the_story_there(record: Path) -> None:
    for day in range(4):
        log(KAUR, TODAY - timedelta(day), f"Talk number {day}", concerns="Not sleeping")

    async def scene(scene: Scene) -> None:
        entry = scene.screen.detail.contacts[2].id
        assert scene.screen.go_to(f"entry {entry}")
        await scene.press("enter")
        assert scene.top == "HistoryScreen"
        assert "Concerns: Not sleeping" in scene.text
        assert cursor(scene) == entry

    play(record, scene, at=Route("case", KAUR), size=LARGE)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["small", "large"])
def test_the_overview_as_a_picture(record: Path, snap_compare: Any, size: tuple[int, int]) -> None:
    log(BARLOW, TODAY - timedelta(2), "Quiet. Asked for a move.", strengths="Keeps his cell in order")
    casework.give(BARLOW, release_date="2026-09-01")
    assert casework.pictured(snap_compare, record, Route("case", BARLOW), size)


def test_a_case_of_which_nothing_is_known_as_a_picture(record: Path, snap_compare: Any) -> None:
    assert casework.pictured(snap_compare, record, Route("case", MARSH), (80, 24))


def test_the_revealed_case_as_a_picture(record: Path, snap_compare: Any) -> None:
    assert casework.pictured(snap_compare, record, Route("case", BARLOW), (160, 48), "v")


def test_the_history_as_a_picture(record: Path, snap_compare: Any) -> None:
    log(BARLOW, TODAY - timedelta(2), "Quiet. Asked for a move.", strengths="Keeps his cell in order")
    assert casework.pictured(snap_compare, record, Route("history", BARLOW), (80, 24))


def test_groups_with_extra_support_wait_to_be_revealed_and_say_what_they_ask_to_think_of(record: Path) -> None:
    casework.give(KAUR, care_leaver="yes", sex="male")

    async def scene(scene: Scene) -> None:
        assert scene.screen.go_to("said discreet groups")
        assert "Not known: 3" in scene.text
        assert "Care leavers" not in scene.text
        await scene.press("v")
        assert scene.screen.go_to("group care-leavers")
        await scene.settle()
        assert "Under 25: who is the personal adviser?" in scene.text
        assert "A priority need for housing at any age" in scene.text
        await scene.press("enter")
        assert scene.screen.PLACE == "groups"
        await scene.press("escape")
        assert scene.screen.PLACE == "case"

    play(record, scene, at=Route("case", KAUR), size=LARGE)


def test_nothing_of_a_disclosure_stands_in_the_overview_even_to_who_may_see_it(record: Path) -> None:
    before = views.case_detail(CARTER, KAUR, TODAY).groups
    commands.disclose(CARTER, KAUR, "domestic-abuse", "Hit for years", TODAY)
    assert views.case_detail(CARTER, KAUR, TODAY).groups == before
