"""The register of scope: one answer at a time, what each rests on, local extensions."""

from typing import Any

import pytest

from db import commands, door
from tests.screens.desk import LARGE, SMALL, Desk, keys, play, shell_of
from tests.screens.prison import CARTER, MANAGER, TODAY, Prison, number_of

pytestmark = pytest.mark.usefixtures("real_forms")


@pytest.fixture
def decided(own_prison: Prison) -> Prison:
    """Lloyd is known to be out of scope."""
    door.sign_in_with(own_prison.directory, own_prison.key, MANAGER.staff, TODAY)
    try:
        commands.set_facts(MANAGER, number_of(4), {"rosh": "low", "ppo": "no"}, TODAY)
    finally:
        door.sign_out()
    return own_prison


async def lloyd(desk: Desk) -> None:
    """Put the cursor on Lloyd."""
    assert desk.screen()._list.go_to(number_of(4))
    await desk.settle()


def test_the_register_opens_on_those_who_cannot_be_told_and_arrows_go_round_the_answers(decided: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "r")
        assert "[cannot tell" in desk.lines[2]
        assert "Not known: " in desk.text
        await desk.press("right")
        assert "[out of scope 3]" in desk.lines[2]
        assert "LLOYD RHYS" in desk.text
        await desk.press("right", "right")
        assert "[local extension 0]" in desk.lines[2]
        assert "Nobody here is managed by local extension." in desk.text
        await desk.press("left", "left", "enter")
        assert desk.top == "CaseScreen"
        await desk.press("escape")
        assert "[out of scope 3]" in desk.lines[2]

    play(decided, scene, actor=MANAGER)


def test_the_limb_that_names_a_risk_waits_to_be_revealed(decided: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "r", "right")
        await lloyd(desk)
        assert "Which limb decided is discreet: v shows it." in desk.text
        assert "PPO" not in desk.text
        await desk.press("v")
        assert "Decided by: neither high risk of serious harm nor PPO." in desk.text
        assert "recorded by R Patel on Mon 2 Mar 2026" in " ".join(desk.text.split())

    play(decided, scene, actor=MANAGER)


def test_the_manager_decides_on_a_local_extension_with_a_reason(decided: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "r", "right")
        await lloyd(desk)
        await desk.press("l", "y", "ctrl+s")
        assert "! Why is needed." in desk.text
        await desk.type("Board of 2 March")
        await desk.press("ctrl+s")
        assert desk.top == "ScopeScreen"
        assert "local extension 1" in desk.lines[2]
        await desk.press("left", "left")
        assert "LLOYD RHYS" in desk.text
        assert "recorded by R Patel on Mon 2 Mar 2026: Board of 2 March" in " ".join(desk.text.split())

    play(decided, scene, actor=MANAGER)


def test_a_supervisor_reads_the_register_and_decides_nothing(decided: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("4", "r", "l")
        assert desk.top == "ScopeScreen"
        assert "local extension   v" not in desk.keys

    play(decided, scene, actor=CARTER)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_register_looks_like_this(snap_compare: Any, decided: Prison, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(decided, MANAGER), terminal_size=size, run_before=keys("4", "r"))
