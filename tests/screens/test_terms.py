"""Hours, areas and absence of a supervisor, and what the workload says of them."""

from typing import Any

import pytest

from tests.screens.allocating import staffed
from tests.screens.desk import LARGE, SMALL, Desk, keys, play, shell_of
from tests.screens.prison import CARTER, MANAGER, Prison

pytestmark = pytest.mark.usefixtures("elsewhere")


@pytest.fixture
def office(own_prison: Prison) -> Prison:
    """More supervisors, to be changed."""
    return staffed(own_prison)


def test_hours_areas_and_an_absence_are_recorded_and_said_in_the_workload(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down", "h")
        assert desk.lines[0].startswith("Hours, areas, absence   J Carter  6 cases")
        await desk.type("18")
        await desk.press("tab")
        await desk.type("Leeds, Hull")
        await desk.press("tab")
        await desk.type("2/3")
        await desk.press("tab")
        await desk.type("9/3")
        await desk.press("ctrl+s")
        assert desk.top == "WorkloadScreen"
        assert desk.keys == "Recorded for J Carter."
        said = " ".join(desk.text.split())
        assert "1 away" in desk.lines[3]
        assert "18 hours a week. Covers Leeds, Hull. Away from Mon 2 Mar 2026, back Mon 9 Mar 2026." in said
        assert any(line.endswith("away") and "J Carter" in line for line in desk.lines)

    play(office, scene, actor=MANAGER)


def test_a_bar_for_each_tier_stands_beneath_the_supervisor(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down")
        assert any(
            line.strip().startswith("tier not known") or line.strip().startswith("tier 4") for line in desk.lines
        )
        assert "late" in desk.text

    play(office, scene, actor=MANAGER)


def test_back_before_away_is_said_under_its_field(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down", "h", "tab", "tab")
        await desk.type("9/3")
        await desk.press("tab")
        await desk.type("9/3")
        await desk.press("ctrl+s")
        assert "! Back is a day after the first day away." in desk.text

    play(office, scene, actor=MANAGER)


def test_a_supervisor_is_not_offered_it(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "down", "h")
        assert desk.top == "WorkloadScreen"

    play(office, scene, actor=CARTER)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_form_looks_like_this(snap_compare: Any, office: Prison, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(office, MANAGER), terminal_size=size, run_before=keys("4", "down", "h"))
