"""Appointments by keys: booked from a case, seen and moved in the diary."""

from typing import Any

import pytest

from db import commands, door
from db.rows import Appointment
from tests.screens.desk import LARGE, SMALL, Desk, keys, play, shell_of
from tests.screens.prison import CARTER, MANAGER, TODAY, Prison, number_of

pytestmark = pytest.mark.usefixtures("real_forms")


@pytest.fixture
def booked(own_prison: Prison) -> Prison:
    """Kaur has a review today."""
    door.sign_in_with(own_prison.directory, own_prison.key, MANAGER.staff, TODAY)
    try:
        commands.book(MANAGER, number_of(3), Appointment("review", TODAY, "visits", "P Dunn"), TODAY)
    finally:
        door.sign_out()
    return own_prison


def test_an_appointment_is_booked_in_a_case_and_it_stands_in_the_diary(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("K")
        await desk.type("aur")
        await desk.press("enter", "y", "r", "tab")
        await desk.type("5/3 10:30")
        await desk.press("ctrl+s")
        assert "Booked for Thu 5 Mar 2026" in desk.text
        assert "10:30  review" in desk.text
        await desk.press("2")
        assert "1 booked" in desk.lines[2]
        assert "Booked" in desk.lines[4]

    play(own_prison, scene)


def test_in_its_day_it_is_moved_or_called_off_with_the_key_that_defers(booked: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "enter")
        assert "Review" in desk.lines[5]
        assert "KAUR" in desk.lines[5]
        assert "Review booked, with P Dunn, at visits." in " ".join(desk.text.split())
        await desk.press("d")
        assert desk.top == "DiaryScreen"
        await desk.press("s")
        assert desk.top == "AppointmentForm"
        await desk.press("tab", "tab", "tab", "tab", "space", "ctrl+s")
        assert "! Why is it called off?" in desk.text
        await desk.type("At court")
        await desk.press("ctrl+s")
        assert desk.top == "DiaryScreen"
        assert "Called off: review of Mon 2 Mar 2026." in " ".join(desk.text.split())
        assert "KAUR" not in desk.lines[5] or "Review" not in desk.lines[5]

    play(booked, scene)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_a_day_with_an_appointment_looks_like_this(snap_compare: Any, booked: Prison, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(booked, CARTER), terminal_size=size, run_before=keys("2", "enter"))


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_form_looks_like_this(snap_compare: Any, booked: Prison, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(booked, CARTER), terminal_size=size, run_before=keys("2", "enter", "s"))
