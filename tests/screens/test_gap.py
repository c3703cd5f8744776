"""Missing facts worked down like a form: on with Enter, skipped, come back to, nothing typed lost."""

import pytest
from textual import events

from db import commands, views
from screens.messages import Go
from screens.routes import Route
from tests.screens.desk import Desk, play
from tests.screens.prison import ADMIN, MANAGER, TODAY, Prison, number_of

pytestmark = pytest.mark.usefixtures("real_forms")

WALK = "fact:licence-expiry"


async def begin(desk: Desk, walk: str = WALK) -> None:
    """Begin the walk through what is missing."""
    await desk.press("5")
    desk.shell.screen.post_message(Go(Route("gaps", cursor=walk)))
    await desk.settle()
    await desk.press("enter")
    assert desk.top == "GapForm"


def who(desk: Desk) -> str:
    return desk.lines[2].split("  ")[0]


def value(number: str) -> str:
    found = views.case_detail(ADMIN, number, TODAY).facts
    return next(row.value for row in found if row.fact == "licence-expiry")


def test_enter_records_it_and_goes_on_to_the_next_person_saying_how_far_it_is(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await begin(desk)
        assert (who(desk), "1 of 8   0 recorded" in desk.lines[0]) == ("BARLOW DEAN", True)
        await desk.type("9/11/2028")
        await desk.press("enter")
        assert (who(desk), "2 of 8   1 recorded, 0 skipped, 7 left" in desk.lines[0]) == ("ODUYA SAMUEL", True)
        assert value(number_of(0)) == "2028-11-09"

    play(own_prison, scene, actor=ADMIN)


def test_ctrl_s_goes_on_as_enter_does(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await begin(desk)
        await desk.type("9/11/2028")
        await desk.press("ctrl+s")
        assert who(desk) == "ODUYA SAMUEL"

    play(own_prison, scene, actor=ADMIN)


def test_what_was_typed_and_skipped_is_there_again_on_coming_back(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await begin(desk)
        await desk.type("9/11")
        await desk.press("pagedown")
        assert (who(desk), "1 skipped" in desk.lines[0]) == ("ODUYA SAMUEL", True)
        await desk.press("pageup")
        assert "A draft from" in desk.text
        await desk.press("enter")
        assert who(desk) == "BARLOW DEAN"
        assert "9/11" in desk.text or "9 Nov" in desk.text

    play(own_prison, scene, actor=ADMIN)


def test_keys_that_come_faster_than_the_next_person_go_to_the_next_person(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await begin(desk)
        for text in ("9/11/2028", "8/12/2029"):
            desk.at_once(text)
            desk.shell.post_message(events.Key("enter", "\r"))
        for _ in range(50):
            await desk.settle()
        assert (value(number_of(0)), value(number_of(1))) == ("2028-11-09", "2029-12-08")
        assert who(desk) == "FENWICK PAUL"

    play(own_prison, scene, actor=ADMIN)


def test_after_the_last_it_says_what_was_left_and_the_list_shows_it(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await begin(desk, f"person:{number_of(0)}")
        await desk.press("pagedown")
        await desk.press("y")
        await desk.press("enter")
        assert "That was the last. 1 recorded. 1 left for later." in desk.text
        assert desk.top == "GapsScreen"

    play(own_prison, scene, actor=ADMIN)


def test_a_value_that_cannot_be_stays_and_says_so(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await begin(desk)
        await desk.type("30/2")
        await desk.press("enter")
        assert "There is no 30 Feb" in desk.text
        assert who(desk) == "BARLOW DEAN"

    play(own_prison, scene, actor=ADMIN)


def test_what_somebody_else_recorded_meanwhile_is_shown_beside_ones_own(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await begin(desk)
        await desk.type("9/11/2028")
        commands.set_facts(MANAGER, number_of(0), {"licence-expiry": "2030-01-01"}, TODAY)
        await desk.press("enter")
        assert "Theirs: 2030-01-01" in desk.text
        assert "Yours: 2028-11-09" in desk.text
        assert who(desk) == "BARLOW DEAN"

    play(own_prison, scene, actor=ADMIN)


def test_esc_stops_where_it_is_and_keeps_what_was_typed(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await begin(desk)
        await desk.type("9/11")
        await desk.press("escape", "y")
        assert desk.top == "GapsScreen"
        await desk.press("enter")
        assert "A draft from" in desk.text

    play(own_prison, scene, actor=ADMIN)
