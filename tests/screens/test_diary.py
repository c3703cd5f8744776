"""The diary on a real record, by its keys."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from db import commands, views
from db.rows import Filter
from screens.diary_words import Spot
from screens.routes import Route
from tests.screens.desk import LARGE, Desk, keys, play, shell_of
from tests.screens.prison import CARTER, INSPECTOR, MANAGER, TODAY, Prison, number_of

elsewhere = pytest.mark.usefixtures("elsewhere")
MINE = Filter("mine")


def line(desk: Desk, text: str) -> str:
    """The one line of the screen with this text in it."""
    found = [each for each in desk.lines if text in each]
    assert len(found) == 1, desk.text
    return found[0]


def under_cursor(desk: Desk) -> str:
    """The day the cursor is on, as a route tells it."""
    detail: str = desk.screen().route().detail
    return dict(part.split("=") for part in detail.split("&"))["day"]


def late() -> int:
    """How many of J Carter's duties should be over before today, by the open record."""
    return len(views.diary(CARTER, MINE, TODAY)[0].entries)


# The days


def test_the_diary_shows_fourteen_days_from_today_and_before_them_what_is_late(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2")
        assert desk.lines[1].startswith("1 Caseload  2 Diary")
        days = desk.lines[5:20]
        assert days[0].split()[:4] == ["!", "Before", "today", str(late())]
        assert [each[2:].split()[:2] for each in days[1:4]] == [["Mon", "2"], ["Tue", "3"], ["Wed", "4"]]
        assert days[14].split()[:3] == ["Sun", "15", "Mar"]
        assert under_cursor(desk) == "2026-03-02"

    play(prison, scene)


def test_a_day_says_how_much_falls_due_how_much_is_to_be_chased_and_whose_it_is(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2")
        assert line(desk, "Thu  5 Mar").split() == ["◐", "Thu", "5", "Mar", "3", "2", "BARLOW"]
        assert line(desk, "Fri  6 Mar").split() == ["Fri", "6", "Mar", "–", "–"]
        assert desk.lines[2] == "Mine   5 due Mon 2 Mar to Sun 15 Mar, 4 of them to chase"

    play(prison, scene)


def test_weekends_and_bank_holidays_are_said_in_words(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2")
        assert "weekend" in line(desk, "Sat  7 Mar")
        assert "today" in line(desk, "Mon  2 Mar")
        await desk.press(*["pagedown"] * 5)
        assert "bank holiday" in line(desk, "Fri  3 Apr")
        assert "bank holiday" in line(desk, "Mon  6 Apr")
        assert "holiday" not in line(desk, "Thu  9 Apr")

    play(prison, scene)


def test_arrows_go_by_day_and_pages_by_week_and_home_to_today(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2")
        for key, day in (
            ("right", "2026-03-03"),
            ("down", "2026-03-04"),
            ("left", "2026-03-03"),
            ("pagedown", "2026-03-10"),
            ("pagedown", "2026-03-17"),
            ("pageup", "2026-03-10"),
            ("home", "2026-03-02"),
            ("up", "before"),
            ("left", "before"),
            ("right", "2026-03-02"),
            ("end", "2026-03-15"),
            ("right", "2026-03-16"),
        ):
            await desk.press(key)
            assert under_cursor(desk) == day, key
        assert line(desk, "Mon 16 Mar")
        assert "Before today" not in desk.text

    play(prison, scene)


def test_keys_that_come_faster_than_the_days_are_read_all_count(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2")
        await desk.pilot.press(*["pagedown"] * 4, "right")
        await desk.settle()
        assert under_cursor(desk) == "2026-03-31"
        assert line(desk, "Tue 31 Mar")

    play(prison, scene)


def test_opening_days_show_with_a_key_and_go_with_it(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "b")
        assert line(desk, "Mon  2 Mar").split()[3:7] == ["today", "–", "–", "6"]
        await desk.press("enter")
        assert "can begin" in desk.lines[5]
        await desk.press("escape", "b")
        assert "Begin" not in desk.text

    play(prison, scene)


def test_the_key_lines_hold_what_works_there(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2")
        assert desk.keys == "Enter open day   → next day   PgDn next week   f filter   x print   ? keys"
        await desk.press("right", "right", "right", "enter")
        assert desk.keys == "Enter open   d meet a duty   c contact   → next day   Esc all days   ? keys"

    play(prison, scene)


# Into the day


def test_enter_goes_into_the_day_in_the_caseloads_order_with_why(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "right", "right", "right", "enter")
        assert desk.lines[2] == "Mine   Thu 5 Mar: 3 due, 2 of them to chase"
        assert [each.split("BARLOW")[0].split()[2:] for each in desk.lines[5:8]] == [
            ["Basic", "skills", "screening", "(chase", "PS)"],
            ["Benefits", "(chase", "CRC)"],
            ["Induction"],
        ]
        assert "BARLOW DEAN A1000AA · tier 4 · J Carter" in desk.lines[-5]
        assert "Due Thu 5 Mar, in 3 days" in desk.lines[-2]
        assert "1 of 3" in desk.lines[-6]

    play(prison, scene)


def test_what_is_late_says_how_late(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "up", "enter")
        assert desk.lines[2].startswith(f"Mine   Before today: {late()} to be done, ")
        assert desk.lines[5].startswith("! 9m late")

    play(prison, scene)


def test_arrows_go_on_to_the_next_day_from_inside_one(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "enter")
        assert "Nothing falls due on Mon 2 Mar." in desk.text
        await desk.press("right", "right", "right")
        assert "Thu 5 Mar: 3 due" in desk.text
        await desk.press("left", "left", "left", "left")
        assert f"Before today: {late()} to be done" in desk.text
        await desk.press("escape")
        assert under_cursor(desk) == "before"

    play(prison, scene)


@elsewhere
@pytest.mark.parametrize(
    ("key", "opened"),
    [
        ("enter", "case case=A1000AA cursor=induction"),
        ("d", "meet case=A1000AA cursor=induction"),
        ("s", "defer case=A1000AA cursor=induction"),
        ("c", "contact case=A1000AA cursor="),
        ("n", "note case=A1000AA cursor="),
    ],
)
def test_a_key_opens_what_it_is_for_about_the_duty_under_the_cursor(prison: Prison, key: str, opened: str) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "right", "right", "right", "enter", "end", key)
        assert desk.lines[0] == opened

    play(prison, scene)


@elsewhere
def test_among_the_days_there_is_nothing_to_meet_or_to_write_about(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "right", "right", "right", "d", "c", "s", "n")
        assert desk.top == "DiaryScreen"

    play(prison, scene)


@elsewhere
def test_an_inspector_reads_and_is_offered_nothing_to_record(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "up", "enter", "d")
        assert desk.top == "DiaryScreen"
        assert desk.keys == "Enter open   → next day   Esc all days   ? keys"

    play(prison, scene, actor=INSPECTOR)


def test_a_duty_met_from_the_diary_leaves_it_and_the_cursor_stays_on_the_person(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "right", "right", "right", "enter", "end", "d")
        assert desk.top == "MeetForm"
        await desk.press("ctrl+s")
        assert desk.top == "DiaryScreen"
        assert "Thu 5 Mar: 2 due" in desk.text
        assert "BARLOW" in desk.lines[-5]
        await desk.press("u", "y")
        assert "Thu 5 Mar: 3 due" in desk.text

    play(own_prison, scene)


def test_a_duty_put_off_moves_to_the_day_it_was_put_off_to(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2")
        to = TODAY + timedelta(7)
        commands.defer(CARTER, number_of(0), "induction", to, "In court", TODAY)
        desk.screen().refresh_case(number_of(0))
        await desk.settle()
        assert line(desk, "Thu  5 Mar").split()[4] == "2"
        await desk.press("pagedown", "enter")
        assert desk.lines[5].startswith("◐ put off     Induction")
        assert "deferred to Mon 9 Mar" in desk.lines[-2]

    play(own_prison, scene)


def test_titles_that_give_something_away_wait_until_they_are_revealed(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "up", "enter")
        assert "Risk review" in desk.text
        assert "risk of harm" not in desk.text.lower()
        await desk.press("v")
        assert "risk of harm" in desk.text.lower()
        await desk.press("v")
        assert "risk of harm" not in desk.text.lower()

    play(prison, scene)


def test_revealing_ends_by_itself_after_a_minute(prison: Prison, monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[tuple[float, Callable[[], None]]] = []

    async def scene(desk: Desk) -> None:
        await desk.press("2", "up", "enter")
        monkeypatch.setattr(desk.screen(), "set_timer", lambda seconds, then: timers.append((seconds, then)))
        await desk.press("v")
        assert timers[0][0] == 60.0
        timers[0][1]()
        await desk.settle()
        assert "risk of harm" not in desk.text.lower()

    play(prison, scene)


# Whose


def test_the_filter_of_the_diary_is_its_own(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "f")
        assert desk.top == "FilterForm"
        await desk.press("e", "ctrl+s")
        assert desk.lines[2].startswith("All   ")
        assert int(line(desk, "Before today").split()[3]) > late()
        await desk.press("1")
        assert desk.lines[2].startswith("Mine 6 ")
        await desk.press("2")
        assert desk.lines[2].startswith("All   ")

    play(prison, scene)


def test_a_filter_that_names_a_duty_says_so_and_escape_takes_it_off(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2")
        desk.screen().narrow(Filter("mine", duty="induction"))
        await desk.settle()
        assert "only Induction; Esc shows all" in desk.text
        assert line(desk, "Thu  5 Mar").split()[4] == "1"
        await desk.press("escape")
        assert desk.top == "DiaryScreen"
        assert line(desk, "Thu  5 Mar").split()[4] == "3"
        await desk.press("escape")
        assert desk.top == "CaseloadScreen"

    play(prison, scene)


def test_everybody_else_begins_with_all_cases(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2")
        assert desk.lines[2].startswith("All   ")

    play(prison, scene, actor=MANAGER)


def test_an_empty_record_has_an_empty_diary(empty_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2")
        assert desk.lines[2] == "Mine   nothing due Mon 2 Mar to Sun 15 Mar"
        await desk.press("up", "enter")
        assert "Nothing is left from before today." in desk.text

    play(empty_prison, scene)


# Where somebody was


def test_the_diary_is_found_again_as_it_was_left(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "right", "right", "right", "enter", "down", "1")
        assert desk.top == "CaseloadScreen"
        await desk.press("2")
        assert "Thu 5 Mar: 3 due" in desk.text
        assert "2 of 3" in desk.text
        await desk.press("2")
        assert "Before today" in desk.text
        assert under_cursor(desk) == "2026-03-02"

    play(prison, scene)


def test_a_case_opened_from_the_diary_still_stands_in_the_diary(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "right", "right", "right", "enter", "end", "enter")
        assert desk.top == "CaseScreen"
        assert desk.screen().query_one("Places").at == "2"
        assert desk.screen().route().cursor == "induction"
        await desk.press("escape")
        assert "3 of 3" in desk.text

    play(prison, scene)


# Wide


def test_a_wide_window_has_the_day_beside_the_days(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "right", "right", "right")
        assert "Thu  5 Mar" in desk.text
        assert "Basic skills" in desk.lines[5]
        await desk.press("enter")
        assert "Thu  5 Mar" in desk.text
        assert "BARLOW DEAN A1000AA" in desk.lines[-5]

    play(prison, scene, size=LARGE)
    play(prison, scene, size=(120, 30))


def test_an_opened_route_leads_back_into_the_day(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        from screens.messages import Go

        here = Spot(MINE, TODAY, TODAY + timedelta(3), inside=True)
        route = Route("diary", cursor=f"{number_of(0)} induction", detail=here.coded())
        desk.screen().post_message(Go(route))
        await desk.settle()
        assert "3 of 3" in desk.text
        assert desk.screen().route() == route

    play(prison, scene)


# Pictures


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])
def test_picture_of_the_days(prison: Prison, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(prison), terminal_size=size, run_before=keys("2", "right", "right", "right"))


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])
def test_picture_of_what_is_late(prison: Prison, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(prison), terminal_size=size, run_before=keys("2", "up", "enter", "down"))
