"""A week of the diary written to a file."""

import csv
from pathlib import Path

import pytest

from db import current, engine, views
from db.rows import Filter
from screens import path_field
from tests.screens.desk import Desk, play
from tests.screens.prison import CARTER, TODAY, Prison

MINE = Filter("mine")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own directory."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("USERPROFILE", str(place))
    monkeypatch.setattr(path_field, "_last", "")
    return place


def late() -> int:
    """How many of J Carter's duties should be over before today, by the open record."""
    return len(views.diary(CARTER, MINE, TODAY)[0].entries)


def test_seven_days_from_the_one_under_the_cursor_are_written_with_what_is_late(own_prison: Prison, home: Path) -> None:
    many: list[int] = []

    async def scene(desk: Desk) -> None:
        await desk.press("2", "x")
        assert "Mon 2 Mar to Sun 8 Mar, Mine" in desk.lines[0]
        await desk.press("ctrl+s")
        assert desk.top == "DiaryScreen"
        assert f"{late() + 3} duties written to" in desk.text
        many.append(late())

    play(own_prison, scene)
    written = (home / "diary-2026-03-02.txt").read_text("utf-8").splitlines()
    assert written[0] == "Diary: Mon 2 Mar to Sun 8 Mar, Mine"
    assert written[1].startswith("As at Mon 2 Mar 2026. Discreet")
    assert sum(each.startswith("Before today") for each in written) == many[0]
    assert [each.split("  ")[0] for each in written[-9:]] == [
        "Mon 2 Mar, today",
        "Tue 3 Mar",
        "Wed 4 Mar",
        *["Thu 5 Mar"] * 3,
        "Fri 6 Mar",
        "Sat 7 Mar, weekend",
        "Sun 8 Mar, weekend",
    ]
    assert "nothing due" in written[-1]


def test_a_week_further_on_leaves_out_what_is_late(own_prison: Prison, home: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "pagedown", "x")
        desk.screen().form.field("file").value = "~/week.csv"
        await desk.press("ctrl+s")

    play(own_prison, scene)
    with (home / "week.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["Day"] == "Mon 9 Mar"
    assert rows[-1]["Day"] == "Sun 15 Mar, weekend"
    (found,) = [row for row in rows if row["Name"] == "BARLOW DEAN"]
    assert (found["Duty"], found["Supervisor"]) == ("OM named (chase CA)", "J Carter")


def test_full_titles_are_written_only_while_they_are_revealed(own_prison: Prison, home: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "x", "ctrl+s")
        assert "risk of harm" not in (home / "diary-2026-03-02.txt").read_text("utf-8").lower()
        await desk.press("v", "x")
        assert "With full titles" in desk.text
        await desk.press("ctrl+s", "y")

    play(own_prison, scene)
    assert "risk of harm" in (home / "diary-2026-03-02.txt").read_text("utf-8").lower()


def test_the_audit_trail_notes_the_week_that_was_written(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("2", "x", "ctrl+s")
        with current.store().read() as database:
            lines = list(engine.run(database, "SELECT who, verb, detail FROM audit WHERE verb = 'print'"))
        assert [tuple(each) for each in lines] == [
            ("jcarter", "print", f"Diary: Mon 2 Mar to Sun 8 Mar, Mine, {late() + 9} rows, to diary-2026-03-02.txt")
        ]

    play(own_prison, scene)
