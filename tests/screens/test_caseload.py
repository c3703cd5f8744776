"""The caseload on a real record, by its keys."""

from collections.abc import Callable
from typing import Any

import pytest

from db import commands, door
from db.rows import Contact
from screens.caseload import CaseloadScreen
from screens.routes import Route
from tests.screens.desk import LARGE, Desk, keys, play, shell_of
from tests.screens.prison import ADMIN, CARTER, INSPECTOR, MANAGER, TODAY, Prison, number_of

pytestmark = pytest.mark.usefixtures("elsewhere")


def test_a_supervisor_begins_with_their_own_cases(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        assert desk.lines[2].startswith("Mine 6 ")
        assert len(desk.names) == 6
        assert "HUSSAIN" not in desk.text

    play(prison, scene)


@pytest.mark.parametrize("actor", [MANAGER, ADMIN, INSPECTOR])
def test_everybody_else_begins_with_all_cases(prison: Prison, actor: Any) -> None:
    async def scene(desk: Desk) -> None:
        assert desk.lines[2].startswith("All 8 ")
        assert len(desk.names) == 8

    play(prison, scene, actor=actor)


def test_only_places_that_work_for_the_user_are_drawn_and_bound(prison: Prison) -> None:
    async def supervisor(desk: Desk) -> None:
        assert desk.lines[1] == "1 Caseload  2 Diary  3 Recall  4 Workload  6 Services"
        await desk.press("5")
        assert desk.top == "CaseloadScreen"

    async def administrator(desk: Desk) -> None:
        assert desk.lines[1] == "1 Caseload  2 Diary  3 Recall  4 Workload  5 Records  6 Services"
        await desk.press("5")
        assert desk.top == "RecordsScreen"

    play(prison, supervisor)
    play(prison, administrator, actor=ADMIN)


def test_the_key_line_holds_six_keys_and_each_does_something(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        assert desk.keys == "Enter open   d meet a duty   c contact   t triage   / find   ? keys"

    play(prison, scene)


def test_an_inspector_is_not_offered_what_only_those_who_work_cases_may_do(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        assert desk.keys == "Enter open   t triage   / find   f filter   ? keys"
        await desk.press("c")
        assert desk.top == "CaseloadScreen"

    play(prison, scene, actor=INSPECTOR)


def test_the_pane_says_why_for_the_person_under_the_cursor(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        first, second = desk.names[:2]
        assert first in desk.lines[-5]
        await desk.press("down")
        assert second in desk.lines[-5]
        assert "2 of 6" in desk.lines[-6]

    play(prison, scene)


@pytest.mark.parametrize(
    ("key", "place"), [("enter", "case"), ("c", "contact"), ("n", "note")]
)  # fmt: skip
def test_a_key_opens_what_it_is_for_about_the_person_under_the_cursor(prison: Prison, key: str, place: str) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("down")
        number = desk.screen().route().cursor
        await desk.press(key)
        assert desk.lines[0] == f"{place} case={number} cursor="

    play(prison, scene)


@pytest.mark.parametrize(("key", "place"), [("d", "meet"), ("s", "defer")])
def test_with_several_duties_the_form_is_left_to_list_them(prison: Prison, key: str, place: str) -> None:
    async def scene(desk: Desk) -> None:
        number = desk.screen().route().cursor
        await desk.press(key)
        assert desk.lines[0] == f"{place} case={number} cursor="

    play(prison, scene)


def test_after_a_change_the_cursor_stays_on_the_person(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("down", "down")
        caseload = desk.screen()
        number, before = caseload.route().cursor, desk.names
        name = before[2]
        commands.log_contact(CARTER, number, Contact("meeting", TODAY, "Met."), TODAY)
        caseload.refresh_case(number)
        await desk.settle()
        assert caseload.route().cursor == number
        assert name in desk.lines[-5]

    play(own_prison, scene)


def test_the_list_shows_what_was_written_meanwhile(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        row = next(at for at, line in enumerate(desk.lines) if "BARLOW" in line)
        assert "never" in desk.lines[row]
        commands.log_contact(CARTER, number_of(0), Contact("meeting", TODAY, "Met."), TODAY)
        desk.screen().refresh_case(number_of(0))
        await desk.settle()
        assert any("BARLOW" in line and " today " in line for line in desk.lines)

    play(own_prison, scene)


def test_revealing_shows_risk_words_and_a_second_time_hides_them(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        assert "RoSH" not in desk.text
        await desk.press("v")
        assert "RoSH" in desk.text
        await desk.press("v")
        assert "RoSH" not in desk.text

    play(prison, scene)


def test_revealing_ends_by_itself_after_a_minute(prison: Prison, monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[tuple[float, Callable[[], None]]] = []

    async def scene(desk: Desk) -> None:
        monkeypatch.setattr(desk.screen(), "set_timer", lambda seconds, then: timers.append((seconds, then)))
        await desk.press("v")
        assert [seconds for seconds, _ in timers] == [60.0]
        timers[0][1]()
        await desk.settle()
        assert "RoSH" not in desk.text

    play(prison, scene)


def test_undo_names_the_last_change_and_asks_before_it_takes_it_back(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        commands.log_contact(CARTER, number_of(0), Contact("meeting", TODAY, "Met."), TODAY)
        desk.screen().refresh_case("")
        await desk.settle()
        await desk.press("u")
        assert "Undo your last change? Meeting of" in desk.text
        await desk.press("n")
        assert any("BARLOW" in line and " today " in line for line in desk.lines)
        await desk.press("u", "y")
        assert any("BARLOW" in line and "never" in line for line in desk.lines)
        assert desk.keys.startswith("Undone: meeting")

    play(own_prison, scene)


def test_with_nothing_to_undo_undo_says_so(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("u")
        assert "nothing to undo" in desk.text

    play(prison, scene)


def test_an_intake_that_was_the_last_change_is_named_before_it_is_undone(own_prison: Prison) -> None:
    from db.current import desk as at_record

    async def scene(desk: Desk) -> None:
        at_record().done.append(("c1", "intake of today.json"))
        await desk.press("u")
        assert "Undo your last change? Intake of today.json." in " ".join(desk.lines)
        await desk.press("n")
        assert desk.top == "CaseloadScreen"

    play(own_prison, scene, actor=ADMIN)


def test_an_empty_record_says_who_fills_it_and_how(empty_prison: Prison) -> None:
    async def administrator(desk: Desk) -> None:
        assert "press 5, then i, to take in an extract" in " ".join(desk.text.split())
        assert desk.keys == "/ find   f filter   ? keys"

    async def supervisor(desk: Desk) -> None:
        assert "case administrator or the manager takes in" in " ".join(desk.text.split())

    play(empty_prison, administrator, actor=ADMIN)
    play(empty_prison, supervisor)


def test_where_nobody_is_named_to_a_supervisor_the_list_says_so(own_prison: Prison) -> None:
    door.sign_in_with(own_prison.directory, own_prison.key, MANAGER.staff, TODAY)
    try:
        for at in range(6):
            commands.set_facts(MANAGER, number_of(at), {"supervisor": MANAGER.staff}, TODAY)
    finally:
        door.sign_out()

    async def scene(desk: Desk) -> None:
        assert "the manager names supervisors" in " ".join(desk.text.split())

    play(own_prison, scene)


def test_where_somebody_was_the_list_opens_on_them_again(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("end")
        route = desk.screen().route()
        again = CaseloadScreen(desk.screen().sitting, route)
        await desk.shell.push_screen(again)
        await desk.settle()
        assert again.route() == route
        assert route.cursor == number_of([name.upper() for name in _surnames()].index(desk.names[-1].upper()))

    play(prison, scene)


def _surnames() -> list[str]:
    from tests.screens.prison import _PEOPLE

    return [who[0] for who in _PEOPLE]


def test_people_further_down_are_loaded_until_the_list_is_whole(
    prison: Prison, monkeypatch: pytest.MonkeyPatch
) -> None:
    from screens import caseload

    monkeypatch.setattr(caseload, "_FRAME", 22)
    monkeypatch.setattr(caseload, "MORE", 3)

    async def scene(desk: Desk) -> None:
        await desk.settle()
        assert len(desk.names) == len(set(desk.names)) == 8
        await desk.press("end")
        assert "8 of 8" in desk.text

    play(prison, scene, actor=MANAGER)


def test_end_loads_the_rest_and_goes_there(prison: Prison, monkeypatch: pytest.MonkeyPatch) -> None:
    from screens import caseload

    monkeypatch.setattr(caseload, "_FRAME", 22)
    monkeypatch.setattr(caseload.CaseloadScreen, "on_case_table_near_end", lambda self: None)

    async def scene(desk: Desk) -> None:
        assert len(desk.names) == 2
        await desk.press("end")
        assert len(desk.names) == 8
        assert "8 of 8" in desk.text

    play(prison, scene, actor=MANAGER)


def test_from_a_hundred_columns_on_number_and_tier_have_columns(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        assert "Number  Tier" in desk.lines[4]

    play(prison, scene, size=(100, 24))
    play(prison, scene, size=(150, 40))


def test_a_wide_window_has_the_case_beside_the_list(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        assert desk.lines[4][110:].strip() == desk.screen()._people.row.name
        assert desk.keys.startswith("Enter open")

    play(prison, scene, size=LARGE)


def test_a_route_holds_the_filter_and_the_cursor_and_no_name(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "e", "ctrl+s")
        assert desk.screen().route() == Route("caseload", cursor=desk.screen()._people.number, detail="who=all")

    play(prison, scene)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])
def test_picture_of_the_caseload(prison: Prison, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(prison), terminal_size=size, run_before=keys())


def test_picture_of_the_caseload_revealed(prison: Prison, snap_compare: Any) -> None:
    assert snap_compare(shell_of(prison), terminal_size=(80, 24), run_before=keys("v", "up"))


def test_picture_of_an_empty_caseload(empty_prison: Prison, snap_compare: Any) -> None:
    assert snap_compare(shell_of(empty_prison, ADMIN), terminal_size=(80, 24), run_before=keys())


def test_picture_of_a_very_long_name(prison: Prison, snap_compare: Any) -> None:
    assert snap_compare(shell_of(prison), terminal_size=(80, 24), run_before=keys("end"))
