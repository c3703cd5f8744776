"""A case administrator's morning, from a fresh extract to a clear queue, counted in keys."""

import json
from pathlib import Path

import pytest

from db import commands, door, intake, views
from screens.path_field import remember
from tests.screens.desk import Desk, play
from tests.screens.prison import ADMIN, MANAGER, TODAY, Prison, person

pytestmark = pytest.mark.usefixtures("real_forms")

PEOPLE = 52
CHANGED, GONE, NEW, REFUSED = 40, 4, 3, 6
FEWEST = 60
"""What it takes: the file 8, who is gone 5, three questions 7, six facts of the three who are new 36, going about 4."""


def number(at: int) -> str:
    return f"B{1000 + at}CD"


def somebody(at: int, **changed: object) -> dict[str, object]:
    given = person(1, prisonerNumber=number(at), lastName=f"NAME{chr(65 + at // 26)}{chr(65 + at % 26)}")
    return {**given, "licenceExpiryDate": "2028-11-09", "cellLocation": f"B-1-{at:03}", **changed}


def written(file: Path, people: list[dict[str, object]]) -> Path:
    file.write_text(json.dumps(people))
    return file


@pytest.fixture
def morning(new_prison: Prison, tmp_path: Path) -> Prison:
    """A record in which nothing waits, and beside it the extract of this morning."""
    door.sign_in_with(new_prison.directory, new_prison.key, MANAGER.staff, TODAY)
    try:
        everybody = [somebody(at) for at in range(PEOPLE)]
        intake.take_in(MANAGER, written(tmp_path / "first.json", everybody), TODAY, already_here="late")
        for at in range(PEOPLE):
            commands.set_facts(MANAGER, number(at), {"oasys-on-arrival": "yes"}, TODAY)
        for at in (40, 41):
            commands.set_facts(ADMIN, number(at), {"nationality": "Irish"}, TODAY)
        assert views.waits(ADMIN, TODAY).gaps == 0
    finally:
        door.sign_out()
    # 38 cells, one recall the extract is of two minds about and one spelling; two of them corrected by hand before.
    today = [somebody(at, cellLocation=f"C-2-{at:03}") for at in range(CHANGED - 3)]
    today += [somebody(at) for at in range(CHANGED - 3, PEOPLE - GONE)]
    today[40]["nationality"] = today[41]["nationality"] = "French"
    today[39]["recall"] = True
    today += [somebody(60 + at, licenceExpiryDate=None) for at in range(NEW)]
    today += [somebody(70 + at, lastName="") for at in range(REFUSED)]
    written(tmp_path / "today.json", today)
    remember(tmp_path / "yesterday.json")
    return new_prison


class Counting:
    """Presses keys at a desk and counts them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.count = 0

    async def press(self, *keys: str) -> None:
        """Press these."""
        self.count += len(keys)
        await self.desk.press(*keys)

    async def type(self, text: str) -> None:
        """Type this; every character is a key."""
        self.count += len(text)
        await self.desk.type(text)


def test_a_mornings_work_from_a_fresh_extract_to_a_clear_queue_counted_in_keys(morning: Prison) -> None:
    async def scene(desk: Desk) -> None:
        hand = Counting(desk)
        await hand.press("5", "i")
        await hand.type("to")
        await hand.press("tab", "ctrl+s")
        said = " ".join(desk.text.split())
        assert "! 6 refused ? 3 to ask 3 new 40 changed 4 gone" in said
        await hand.press("a")
        await hand.press("escape")
        assert "Gone                   4" in desk.text
        assert "Questions              3" in desk.text
        # Four are gone: all released today.
        await hand.press("enter", "e", "enter", "r", "ctrl+s")
        assert "4 people: released" in desk.text
        # A recall that is none, and two corrections the extract speaks against: the extract holds.
        await hand.press("enter", "n", "ctrl+s")
        await hand.press("e", "enter", "e", "ctrl+s")
        assert "Nothing is asked" in desk.text
        await hand.press("escape")
        # What is missing of the three who are new.
        await hand.press("enter", "enter")
        while desk.top == "GapForm" and hand.count <= FEWEST:
            if "Licence expiry" in desk.lines[4]:
                await hand.type("9/11/2028")
            else:
                await hand.press("y")
            await hand.press("enter")
        assert "That was the last." in desk.text
        await hand.press("escape")
        assert "Nothing waits: the queue is clear" in desk.text
        assert hand.count == FEWEST

    play(morning, scene, actor=ADMIN)
