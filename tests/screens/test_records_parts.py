"""The rooms of the records: what waits, who is gone, past intakes, roll lists, receptions, duplicates."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db import commands, door, intake, views
from db.moving import Movement
from db.rows import Actor
from screens import forms
from screens.messages import Go
from screens.routes import Route
from tests.screens.desk import Desk, play, shell_of
from tests.screens.prison import ADMIN, CARTER, MANAGER, TODAY, Prison, extract, number_of, person

pytestmark = pytest.mark.usefixtures("real_forms")

SIZES = pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])
BARLOW, ODUYA, LLOYD = number_of(0), number_of(1), number_of(4)
TWIN = "A1000AB"


@pytest.fixture
def asking(prison: Prison, tmp_path: Path) -> Prison:
    """Two are gone, one question is open, and one person may be here under two numbers; taken in by the manager."""
    made = prison.copy(tmp_path / "asking")
    people = [person(at) for at in range(8) if at not in (4, 5)]
    people[3]["recall"] = True
    people.append({**person(0), "prisonerNumber": TWIN})
    door.sign_in_with(made.directory, made.key, MANAGER.staff, TODAY)
    try:
        intake.take_in(MANAGER, extract(tmp_path / "today.json", people), TODAY)
        return made
    finally:
        door.sign_out()


async def go(desk: Desk, place: str, case: str = "", **more: str) -> None:
    """Open a room or a form from the records."""
    await desk.press("5")
    desk.shell.screen.post_message(Go(Route(place, case, **more)))
    await desk.settle()


def prose(desk: Desk) -> str:
    return " ".join(desk.text.split())


def test_what_waits_stands_first_and_the_cursor_on_it(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("5")
        names = [item.name for item in desk.screen().waits._items]
        assert names == [
            "What waits", "Gone", "Questions", "Missing facts", "Possible duplicates", "Tell the OM", "",
            "Done, and to be looked up", "Receptions and moves", "Intakes",
        ]  # fmt: skip
        assert desk.screen().waits.item.name == "Gone"

    play(asking, scene, actor=ADMIN)


def test_the_records_are_no_place_for_a_supervisor(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("5")
        assert desk.top == "CaseloadScreen"

    play(asking, scene, actor=CARTER)


def test_those_gone_are_answered_together_and_undone_together(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("5", "enter", "e", "enter", "t")
        assert "LLOYD RHYS, O'NEILL-FEATHERSTONEHAUGH" in desk.text
        assert "died" not in desk.text
        await desk.press("ctrl+s")
        assert "To which prison?" in desk.text
        await desk.type("HMP Leeds")
        await desk.press("ctrl+s")
        assert "2 people: transferred out. u undoes all of it." in desk.text
        assert "Gone" not in desk.lines[4]
        await desk.press("u", "y")
        assert "Gone 2" in desk.text

    play(asking, scene, actor=ADMIN)


def test_only_lines_of_one_sort_are_selected_together(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("5", "enter", "space", "space")
        assert len(desk.screen().list.selected) == 2
        await desk.press("space")
        assert [item.sort for item in desk.screen().list.chosen_items] == ["other"]

    play(asking, scene, actor=ADMIN)


def test_an_intake_shows_what_it_changed_and_is_undone_whole_by_another_than_took_it_in(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await go(desk, "intakes")
        assert "R Patel" in desk.lines[4]
        await desk.press("enter")
        assert "gone: not in it" in desk.text
        await desk.press("home", "u")
        assert "Undo the whole intake of today.json, Mon 2 Mar, by R Patel? 1 new, 1 changed, 2 gone." in prose(desk)
        await desk.press("y")
        assert "Undone: the intake of today.json, 4 people." in desk.text
        assert "undone by M Osei" in desk.lines[4]
        assert views.asked(ADMIN, TODAY) == ()

    play(asking, scene, actor=ADMIN)


def test_an_intake_something_was_built_on_says_what(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        commands.answer_gone(ADMIN, [LLOYD], Movement("release", TODAY), TODAY)
        await go(desk, "intakes")
        await desk.press("u")
        assert "It cannot be undone. Something has been built on it: LLOYD RHYS" in prose(desk)

    play(asking, scene, actor=ADMIN)


def test_an_intake_that_was_the_last_thing_done_is_undone_with_u(own_prison: Prison, tmp_path: Path) -> None:
    file = extract(tmp_path / "today.json", [person(at) for at in range(7)])

    async def scene(desk: Desk) -> None:
        await desk.press("5", "i")
        desk.screen().form.field("file").value = str(file)
        await desk.press("ctrl+s")
        await desk.press("a")
        await desk.press("escape")
        await desk.press("u")
        assert "Undo your last change? Intake of today.json" in prose(desk)
        await desk.press("y")
        assert "Undone: the intake of today.json" in desk.text
        assert "Gone                   none" in desk.text

    play(own_prison, scene, actor=ADMIN)


def test_a_pasted_roll_list_says_what_applies_and_moves_those(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("5", "l")
        await desk.paste(f"Roll of B wing\n{BARLOW} B-3-001\nB-3-002, {ODUYA}\nA7777ZZ B-1-1")
        assert "2 would move, 1 would not: it stands first." in desk.text
        assert "nobody in this record has that number" in desk.text
        await desk.press("ctrl+s")
        assert "2 cell moves. u undoes all of them." in desk.text
        assert views.case_detail(ADMIN, ODUYA, TODAY).row.where == "B-3-002"

    play(asking, scene, actor=ADMIN)


def test_somebody_new_is_received_and_what_is_missing_is_said(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("5", "r")
        await desk.type("a5555bb")
        await desk.press("tab")
        await desk.type("Smith")
        await desk.press("tab", "tab", "tab", "tab", "c", "ctrl+s")
        assert "Received: SMITH. Missing: " in desk.text
        assert views.whereabouts_now(ADMIN, "A5555BB", TODAY) is not None

    play(asking, scene, actor=ADMIN)


def test_a_number_the_record_knows_asks_for_no_name_and_says_who_is_back(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        commands.move(ADMIN, BARLOW, Movement("release", TODAY), TODAY)
        await desk.press("5", "r")
        await desk.type(BARLOW)
        assert "BARLOW DEAN left on Mon 2 Mar 2026, and is back." in prose(desk)
        assert "Surname" not in desk.text
        await desk.press("tab", "r", "ctrl+s")
        assert "Received on recall: BARLOW DEAN." in desk.text

    play(asking, scene, actor=ADMIN)


def test_two_numbers_are_linked_and_that_is_taken_back(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await go(desk, "pairs")
        assert "To decide 1" in desk.text
        await desk.press("enter", "l")
        assert f"{BARLOW} and {TWIN} are linked as one person." in desk.text
        assert "linked: one person, M Osei, Mon 2 Mar" in desk.text
        await desk.press("enter", "b")
        assert "To decide 1" in desk.text

    play(asking, scene, actor=ADMIN)


def test_whom_to_tell_of_a_transfer_stands_on_top_and_is_met_there(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        commands.set_facts(ADMIN, BARLOW, {"offender-manager": "P Dunn"}, TODAY)
        commands.move(ADMIN, BARLOW, Movement("transfer-out", TODAY, "HMP Leeds"), TODAY)
        await go(desk, "moves")
        assert "Offender managers to tell 1" in desk.text
        assert "by Tue 3 Mar  P Dunn" in desk.text
        await desk.press("enter", "ctrl+s")
        assert "Offender managers to tell" not in desk.text

    play(asking, scene, actor=ADMIN)


def test_who_is_out_now_stands_there_however_long_ago_they_went_and_is_recorded_back(asking: Prison) -> None:
    async def scene(desk: Desk) -> None:
        long_ago = TODAY - timedelta(20)
        commands.move(ADMIN, ODUYA, Movement("temporary-release", long_ago, "College"), long_ago)
        await go(desk, "moves")
        assert "Out now 1" in desk.text
        assert "temporary release, since Tue 10 Feb" in desk.text
        assert "Recorded in the last" not in desk.text
        await desk.press("m", "b", "ctrl+s")
        assert "Out now" not in desk.text

    play(asking, scene, actor=ADMIN)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No picture has "Kept as a draft" in it or not depending on how fast it was taken."""
    monkeypatch.setattr(forms, "DRAFT_SECONDS", 3600.0)


@SIZES
@pytest.mark.parametrize(
    ("route", "keys"),
    [
        (Route("records"), ()),
        (Route("asked"), ("e",)),
        (Route("answer", detail=f"{LLOYD}:gone"), ("t",)),
        (Route("gaps"), ()),
        (Route("gap", BARLOW, "licence-expiry", "all 14 0"), ()),
        (Route("move", BARLOW), ("x",)),
        (Route("receive"), ("tab", "tab", "tab", "tab", "tab", "t")),
        (Route("pairs"), ()),
    ],
    ids=["waits", "asked", "answer", "gaps", "gap", "move", "receive", "pairs"],
)
def test_picture(
    asking: Prison, still: None, snap_compare: Any, size: tuple[int, int], route: Route, keys: tuple[str, ...]
) -> None:
    async def before(pilot: Any) -> None:
        desk = Desk(pilot.app, pilot)
        await desk.settle()
        await desk.press("5")
        if route.place != "records":
            desk.shell.screen.post_message(Go(route))
            await desk.settle()
        for key in keys:
            await desk.press(key)

    assert snap_compare(shell_of(asking, ADMIN), terminal_size=size, run_before=before)


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(("actor", "told"), [(MANAGER, True), (ADMIN, False)])
def test_emergency_access_waits_for_the_manager_and_leads_to_why(prison: Prison, actor: Actor, told: bool) -> None:
    async def scene(desk: Desk) -> None:
        commands.open_in_emergency(CARTER, BARLOW, "Threats on a visit", TODAY)
        await desk.press("5")
        assert ("Emergency access" in desk.text) is told
        assert "Threats" not in desk.text
        if told:
            assert "by J Carter, Mon 2 Mar; v there says why" in desk.text
            await desk.press("enter")
            await desk.press("v")
            assert "Opened in an emergency by J Carter: Threats on a visit" in desk.text

    play(prison, scene, actor=actor)
