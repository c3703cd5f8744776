"""A triage walk goes on where it stopped: after leaving it, the lock, quitting; until the day is over."""

from datetime import date

import pytest

from db import commands, current, drafts
from screens.routes import Route
from tests.screens import desk as desks
from tests.screens.desk import Desk, play
from tests.screens.prison import CARTER, TODAY, Prison
from tests.screens.walking import BARLOW, FENWICK, ORDER, note, progress, sign_in

pytestmark = pytest.mark.usefixtures("real_forms")


def test_coming_back_asks_whether_to_go_on(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right")
        await note(desk)
        await desk.press("right", "escape")
        assert desk.top == "CaseloadScreen"
        await desk.press("t")
        assert "You were at 3 of 6, 1 handled." in desk.text
        assert "Enter goes on   r starts again   Esc leave" in desk.text
        await desk.press("enter")
        assert progress(desk) == "3 of 6 · 1 handled"
        assert desk.lines[4].startswith(ORDER[2])

    play(own_prison, scene)


def test_r_starts_again_and_what_was_done_before_is_no_part_of_it(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t")
        await note(desk)
        await desk.press("right", "escape", "t", "r")
        assert progress(desk) == "1 of 6 · 0 handled"

    play(own_prison, scene)


def test_esc_leaves_the_question_and_the_walk_as_it_was(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right", "escape", "t", "escape")
        assert desk.top == "CaseloadScreen"
        await desk.press("t")
        assert "You were at 2 of 6, 0 handled." in desk.text

    play(own_prison, scene)


def test_a_walk_that_never_left_its_first_case_begins_again_unasked(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "escape", "t")
        assert desk.top == "TriageScreen"
        assert progress(desk) == "1 of 6 · 0 handled"

    play(own_prison, scene)


def test_a_walk_that_came_to_its_end_says_so(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", *["right"] * 6)
        await desk.press("escape", "t")
        assert "You had come to the end of 6 cases, 0 handled." in desk.text
        await desk.press("enter")
        assert progress(desk).startswith("6 cases")

    play(own_prison, scene)


def test_the_lock_brings_it_back_unasked_where_it_was(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right")
        await note(desk)
        await desk.press("right", "ctrl+l")
        assert ORDER[2] not in desk.text
        await sign_in(desk)
        assert desk.top == "TriageScreen"
        assert progress(desk) == "3 of 6 · 1 handled"
        assert desk.lines[4].startswith(ORDER[2])

    play(own_prison, scene)


def test_the_lock_brings_a_form_back_over_the_walk(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right", "n")
        await desk.type("Half of it")
        await desk.press("ctrl+l")
        await sign_in(desk)
        assert "A draft from" in desk.text
        await desk.press("enter", "ctrl+s")
        assert progress(desk) == "2 of 6 · 1 handled"

    play(own_prison, scene)


def test_after_quitting_a_new_start_the_same_day_goes_on_where_it_stopped(own_prison: Prison) -> None:
    async def morning(desk: Desk) -> None:
        await desk.press("t", "right")
        await note(desk)
        await desk.press("right")

    async def afternoon(desk: Desk) -> None:
        assert "draft" not in desk.text
        await desk.press("t")
        assert "You were at 3 of 6, 1 handled." in desk.text
        await desk.press("enter")
        assert progress(desk) == "3 of 6 · 1 handled"

    play(own_prison, morning)
    play(own_prison, afternoon)


def test_another_day_begins_anew(own_prison: Prison, monkeypatch: pytest.MonkeyPatch) -> None:
    async def today(desk: Desk) -> None:
        await desk.press("t", "right")

    async def tomorrow(desk: Desk) -> None:
        await desk.press("t")
        assert desk.top == "TriageScreen"
        assert progress(desk).startswith("1 of ")

    play(own_prison, today)
    monkeypatch.setattr(desks, "TODAY", date(2026, 3, 3))
    play(own_prison, tomorrow)


def test_the_list_stays_as_it_was_when_the_order_changes(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right", "right")
        commands.set_facts(CARTER, FENWICK, {"tier": "1"}, TODAY)
        await desk.press("left", "left")
        assert desk.lines[4].startswith("FENWICK")

    play(own_prison, scene)


def test_every_step_is_kept_at_once_so_that_a_hang_up_loses_none(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t")
        for at in (1, 2):
            await desk.press("right")
            kept = drafts.find(current.store(), CARTER.staff, "triage", "")
            assert kept is not None
            assert f'"at":"{at}"' in kept.payload

    play(own_prison, scene)


def test_only_prisoner_numbers_are_kept_never_a_name(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right")
        kept = drafts.find(current.store(), CARTER.staff, "triage", "")
        assert kept is not None
        assert kept.payload.count("A100") == 6
        assert "BARLOW" not in kept.payload
        assert desk.screen().route() == Route("triage", cursor=BARLOW, detail="who=mine")

    play(own_prison, scene)
