"""The caseload written to a file."""

import csv
import stat
from pathlib import Path
from typing import Any

import pytest

from db import audit, current, engine
from tests.screens.desk import Desk, keys, play, shell_of
from tests.screens.prison import INSPECTOR, MANAGER, Prison

pytestmark = pytest.mark.usefixtures("elsewhere")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own directory."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("USERPROFILE", str(place))
    return place


async def to(desk: Desk, path: str) -> None:
    """Type a path in place of the one proposed."""
    desk.screen().form.field("file").value = path
    await desk.settle()


def test_the_list_is_written_to_the_file_proposed_and_said(own_prison: Prison, home: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("x", "ctrl+s")
        assert desk.top == "CaseloadScreen"
        assert "6 people written to" in desk.text

    play(own_prison, scene)
    written = (home / "caseload-2026-03-02.txt").read_text("utf-8")
    assert written.startswith("Caseload on Mon 2 Mar 2026: Mine\nDiscreet: without risk words.\n")
    assert "KAUR JASPREET" in written
    assert "HUSSAIN" not in written
    assert "RoSH" not in written


def test_the_file_can_be_read_by_its_owner_only(own_prison: Prison, home: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("x", "ctrl+s")

    play(own_prison, scene)
    assert stat.S_IMODE((home / "caseload-2026-03-02.txt").stat().st_mode) == 0o600


def test_what_is_written_follows_the_filter(own_prison: Prison, home: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("f", "tab", "a", "ctrl+s", "x", "ctrl+s")

    play(own_prison, scene, actor=MANAGER)
    written = (home / "caseload-2026-03-02.txt").read_text("utf-8")
    assert "A wing" in written
    assert "MARSH" in written
    assert "KAUR" not in written


def test_risk_words_are_written_only_while_they_are_revealed(own_prison: Prison, home: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("v", "x")
        assert "With risk words and full titles" in desk.text
        await desk.press("ctrl+s")

    play(own_prison, scene)
    assert "RoSH" in (home / "caseload-2026-03-02.txt").read_text("utf-8")


def test_a_name_that_ends_in_csv_gives_a_spreadsheet(own_prison: Prison, home: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("x")
        await to(desk, "~/list.csv")
        await desk.press("ctrl+s")

    play(own_prison, scene)
    with (home / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert {row["Number"] for row in rows} >= {"A1003AD"}


def test_a_file_that_is_there_is_written_over_only_after_asking(own_prison: Prison, home: Path) -> None:
    there = home / "caseload-2026-03-02.txt"
    there.write_text("something dear")

    async def scene(desk: Desk) -> None:
        await desk.press("x", "ctrl+s")
        assert "There is a file called caseload-2026-03-02.txt already." in desk.text
        await desk.press("n")
        assert there.read_text() == "something dear"
        assert desk.top == "PrintForm"
        await desk.press("ctrl+s", "y")
        assert desk.top == "CaseloadScreen"

    play(own_prison, scene)
    assert "KAUR" in there.read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("~/list.doc", "The name ends in .txt"),
        ("~/nowhere/list.txt", "There is no directory"),
        ("~", "That is a directory."),
        ("", "File is needed."),
    ],
)
def test_a_path_that_cannot_be_written_is_said_under_the_field(
    own_prison: Prison, home: Path, path: str, said: str
) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("x")
        await to(desk, path)
        await desk.press("ctrl+s")
        assert desk.top == "PrintForm"
        assert said in desk.text

    play(own_prison, scene)
    assert list(home.iterdir()) == []


def test_the_audit_trail_notes_who_wrote_what_where(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("x", "ctrl+s")
        with current.store().read() as database:
            lines = list(engine.run(database, "SELECT who, verb, detail FROM audit WHERE verb = 'print'"))
        assert [tuple(line) for line in lines] == [
            ("inspector", "print", "Caseload on Mon 2 Mar 2026: All, 8 rows, to caseload-2026-03-02.txt")
        ]
        assert audit.verify(current.store()).sound

    play(own_prison, scene, actor=INSPECTOR)


def test_leaving_writes_nothing_and_asks_nothing(own_prison: Prison, home: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("x", "a", "escape")
        assert desk.top == "CaseloadScreen"

    play(own_prison, scene)
    assert list(home.iterdir()) == []


def test_picture_of_printing(prison: Prison, snap_compare: Any) -> None:
    assert snap_compare(shell_of(prison), terminal_size=(80, 24), run_before=keys("x"))
