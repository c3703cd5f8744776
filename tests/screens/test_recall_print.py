"""The list of recalls written to a file."""

import csv
from pathlib import Path

import pytest

from screens import path_field
from tests.screens.desk import Desk, play
from tests.screens.prison import CARTER, MANAGER, Prison
from tests.screens.test_recall import FENWICK, recalls_in


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own directory."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("USERPROFILE", str(place))
    monkeypatch.setattr(path_field, "_last", "")
    return place


@pytest.fixture
def office(own_prison: Prison) -> Prison:
    return recalls_in(own_prison)


def rows(home: Path) -> list[dict[str, str]]:
    (file,) = home.glob("*.csv")
    return list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))


def test_those_the_filter_shows_are_written_with_what_is_done_and_what_is_late(office: Prison, home: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("3", "f", "tab", "f", "ctrl+s", "x", "l")
        assert desk.top == "RecallPrintForm"
        assert "fixed-term" in desk.lines[0]
        await desk.press(*["backspace"] * 3)
        await desk.type("csv")
        await desk.press("ctrl+s")
        assert desk.top == "RecallScreen"
        assert "1 person written to" in desk.text

    play(office, scene, actor=MANAGER)
    (row,) = rows(home)
    assert (row["Number"], row["Type"], row["Back"], row["Supervisor"]) == (FENWICK, "fixed 28", "6d", "J Carter")
    assert "first talk" in row["Late"]
    assert row["Done"] == ""


def test_expected_somebody_is_on_the_list_too(office: Prison, home: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("3", "f", "tab", "tab", "x", "ctrl+s", "x")
        assert desk.top == "RecallPrintForm", "nobody to print a leaflet for: straight to the list"
        await desk.press(*["backspace"] * 3)
        await desk.type("csv")
        await desk.press("ctrl+s")

    play(office, scene, actor=CARTER)
    (row,) = rows(home)
    assert (row["Due"], row["Done"], row["Name"].split()[0]) == ("expected", "", "O'NEILL-FEATHERSTONEHAUGH")
