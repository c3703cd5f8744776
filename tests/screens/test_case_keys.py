"""What the keys do in a case, and where the cursor is afterwards."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import commands, views
from db.rows import Contact
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, KAUR, TODAY, WEBB, Scene, play

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


def test_leaving_a_form_leaves_the_cursor_where_it_was(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("down", "down", "down")
        before = cursor(scene)
        for key in ("c", "n", "d", "s"):
            await scene.press(key)
            assert scene.top != "CaseScreen"
            await scene.press("escape")
            assert scene.top == "CaseScreen"
            assert cursor(scene) == before

    play(record, scene, at=Route("case", BARLOW))


def test_the_route_brings_the_cursor_back_even_into_a_fold(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert cursor(scene) == "benefits-induction"
        assert "Benefits (chase CRC)" in scene.text

    play(record, scene, at=Route("case", BARLOW, "benefits-induction"))


def test_d_meets_the_duty_under_the_cursor(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        scene.screen.go_to("recall-contact")
        await scene.press("d")
        assert scene.top == "MeetForm"
        assert scene.screen.duty.name == "recall-contact"

    play(record, scene, at=Route("case", BARLOW))


def test_d_asks_which_where_the_cursor_is_on_none(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("end", "d")
        assert scene.top == "MeetForm"
        assert "1  ! 11d late First talk" in scene.text

    play(record, scene, at=Route("case", BARLOW))


def test_undo_names_the_last_change_asks_and_takes_it_back(record: Path) -> None:
    log(KAUR, text="Said by mistake")

    async def scene(scene: Scene) -> None:
        await scene.press("u")
        said = " ".join(scene.text.split())
        assert "Undo your last change? Meeting of Mon 2 Mar 2026, KAUR Jaspreet." in said
        await scene.press("n")
        assert views.case_detail(CARTER, KAUR, TODAY).contacts
        await scene.press("u", "y")
        assert not views.case_detail(CARTER, KAUR, TODAY).contacts
        assert "Undone" in scene.foot

    play(record, scene, at=Route("case", KAUR))


def test_a_change_made_elsewhere_shows_when_the_case_is_told(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        casework.give(KAUR, offender_manager="M Okafor")
        scene.screen.refresh_case(KAUR)
        await scene.settle()
        assert "OM M Okafor" in scene.text

    play(record, scene, at=Route("case", KAUR))


def test_an_inspector_reads_and_is_offered_nothing_to_record(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "contact" not in scene.foot
        await scene.press("c")
        assert scene.top == "CaseScreen"
        await scene.press("down", "down")
        assert "Back in custody" in scene.text
        assert "Enter records it" not in scene.text
        await scene.press("enter")
        assert scene.top == "CaseScreen"
        assert scene.foot.strip() == "Your role reads; it records nothing."

    play(record, scene, at=Route("case", BARLOW), actor=WEBB)


def test_every_key_the_key_line_draws_does_something(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert scene.foot.split() == [
            *("Enter", "open", "d", "meet", "a", "duty", "c", "contact"),
            *("Tab", "next", "section", "v", "reveal", "?", "keys"),
        ]

    play(record, scene, at=Route("case", BARLOW))


def test_a_person_who_is_not_in_the_record_is_a_sentence(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "There is nobody with the number A9999ZZ in this record." in scene.text

    play(record, scene, at=Route("case", "A9999ZZ"))


def test_the_longest_of_names_is_not_cut(tmp_path: Path) -> None:
    long = casework.person(KAUR, "Wolfeschlegelsteinhausenbergerdorff", "Hubert Blaine Bartholomew Maximilian")
    casework.make(tmp_path, people=(long,))

    async def scene(scene: Scene) -> None:
        assert "WOLFESCHLEGELSTEINHAUSENBERGERDORFF Hubert Blaine Bartholomew Maximilian" in scene.text
        assert "A0091KK · age 34 · B-2-014" in scene.text
        assert "tier not known" in scene.text

    play(tmp_path, scene, at=Route("case", KAUR))


def test_after_the_lock_the_case_is_found_again_where_it_was_left(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("down", "down")
        assert scene.shell.routes()[-1] == Route("case", BARLOW, "recall-contact")

    play(record, scene, at=Route("case", BARLOW))
