"""Today's extract: shown first, taken in when the user says so."""

import threading
from pathlib import Path
from typing import Any

import pytest

from db import intake, views
from db.errors import DiskFull
from db.rows import Filter
from screens.routes import Route
from tests.screens.desk import Desk, keys, play, shell_of
from tests.screens.prison import ADMIN, CARTER, MANAGER, TODAY, Prison, extract, person

pytestmark = pytest.mark.usefixtures("elsewhere")

EVERYBODY = range(8)


async def look_at(desk: Desk, file: Path, *before: str) -> None:
    """Ask for this file and have it shown."""
    await desk.press("5", "i", *before)
    desk.screen().form.field("file").value = str(file)
    await desk.press("ctrl+s")
    assert desk.top == "RecordsScreen"


def prose(desk: Desk) -> str:
    """What stands on the screen as one line."""
    return " ".join(desk.text.split())


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """An extract with one of each: new, changed, gone, refused."""
    people = [person(at) for at in EVERYBODY if at != 4]
    people[1]["cellLocation"] = "A-3-030"
    people[1]["conditionalReleaseDate"] = "2027-06-01"
    people.append({**person(0), "prisonerNumber": "A7777ZZ", "lastName": "NEWCOMER"})
    people.append({**person(0), "prisonerNumber": "A8888ZZ", "lastName": ""})
    return extract(tmp_path / "today.json", people)


def test_nothing_looked_at_shows_what_waits_and_the_key_for_an_extract(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("5")
        assert "i chooses today's extract" in desk.text
        assert "Missing facts          14" in desk.text
        assert desk.keys == "Enter open   i choose a file   r receive   l roll list   u undo   ? keys"

    play(prison, scene, actor=ADMIN)


def test_an_extract_is_shown_with_its_counts_and_nothing_is_taken_in(prison: Prison, changed: Path) -> None:
    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        assert prose(desk).count("9 rows ! 1 refused 1 new 1 changed 1 gone 6 unchanged") == 1
        assert "not taken in yet" in desk.lines[3]
        assert len(views.caseload(ADMIN, Filter("all"), TODAY).rows) == 8

    play(prison, scene, actor=ADMIN)


def test_what_changed_stands_there_field_by_field(prison: Prison, changed: Path) -> None:
    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        lines = [line for line in desk.lines if "→" in line]
        assert len(lines) == 2
        assert "A1001AB" in lines[0]
        assert "ODUYA SAMUEL" in lines[0]
        assert "B-2-002 → A-3-030" in lines[0]
        assert "1 Jun 2027" in lines[1]
        assert "ODUYA" not in lines[1]

    play(prison, scene, actor=ADMIN)


def test_who_is_new_and_who_is_gone_are_named(prison: Prison, changed: Path) -> None:
    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        said = prose(desk)
        assert "New 1 A7777ZZ NEWCOMER" in said
        assert "Gone 1: not here by this file. Nobody is deleted; each case asks A1004AE LLOYD RHYS" in said
        assert "Questions" not in said

    play(prison, scene, actor=ADMIN)


def test_a_refused_row_says_line_number_field_and_reason(prison: Prison, changed: Path) -> None:
    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        said = prose(desk)
        assert "Refused 1" in said
        assert "A8888ZZ" in said
        assert "line " in said
        assert "surname" in said.lower()

    play(prison, scene, actor=ADMIN)


def test_a_question_says_what_and_on_what_evidence(prison: Prison, tmp_path: Path) -> None:
    people = [person(at) for at in EVERYBODY]
    people[3]["recall"] = True
    file = extract(tmp_path / "today.json", people)

    async def scene(desk: Desk) -> None:
        await look_at(desk, file)
        assert "Questions 1" in desk.text
        assert "recall flag yes; legal status SENTENCED" in prose(desk)

    play(prison, scene, actor=ADMIN)


def test_taking_it_in_writes_it_and_leaves_the_result_on_the_screen(own_prison: Prison, changed: Path) -> None:
    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        await desk.press("a")
        assert "Taken in: 1 new, 1 changed, 1 gone. 1 row was refused and left out." in prose(desk)
        assert "NEWCOMER" in desk.text
        assert desk.keys == "i choose a file   v reveal   Esc back   / find   ? keys"
        await desk.press("1")
        assert desk.lines[2].startswith("All 9 ")
        assert "NEWCOMER" in desk.text

    play(own_prison, scene, actor=ADMIN)


def test_the_key_that_saves_forms_takes_it_in_too(own_prison: Prison, changed: Path) -> None:
    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        await desk.press("ctrl+s")
        assert "Taken in: 1 new" in prose(desk)

    play(own_prison, scene, actor=MANAGER)


def test_in_part_of_a_roll_nobody_is_gone(prison: Prison, tmp_path: Path) -> None:
    part = extract(tmp_path / "part.json", [person(1, cellLocation="A-3-030")])

    async def scene(desk: Desk) -> None:
        await look_at(desk, part)
        assert "7 gone" in desk.text
        await look_at(desk, part, "tab", "tab", "space")
        assert "0 gone" in desk.text

    play(prison, scene, actor=ADMIN)


def test_where_many_would_be_gone_it_asks_whether_this_is_the_whole_roll(
    prison: Prison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.intake_words._MANY_GONE", 5)
    part = extract(tmp_path / "part.json", [person(1)])

    async def scene(desk: Desk) -> None:
        await look_at(desk, part)
        assert "If it is only part of the roll, press i and tick that" in prose(desk)

    play(prison, scene, actor=ADMIN)


@pytest.mark.parametrize(("key", "late"), [("f", 0), ("l", 8)])
def test_the_first_extract_asks_what_of_duties_that_fell_due_before(
    new_prison: Prison, tmp_path: Path, key: str, late: int
) -> None:
    file = extract(tmp_path / "first.json")

    async def scene(desk: Desk) -> None:
        await look_at(desk, file)
        assert "This is the record's first extract." in desk.text
        await desk.press("a")
        assert "what of duties that fell due before today" in prose(desk)
        await desk.press(key)
        assert "Taken in: 8 new" in prose(desk)
        rows = views.caseload(ADMIN, Filter("all"), TODAY).rows
        overdue = sum(any(duty.state == "overdue" for duty in row.duties) for row in rows)
        assert (overdue > 0) == (late > 0)

    play(new_prison, scene, actor=ADMIN)


def test_not_answering_the_first_question_takes_nothing_in(new_prison: Prison, tmp_path: Path) -> None:
    file = extract(tmp_path / "first.json")

    async def scene(desk: Desk) -> None:
        await look_at(desk, file)
        await desk.press("a", "escape")
        assert "not taken in yet" in desk.lines[3]
        assert views.caseload(ADMIN, Filter("all"), TODAY).rows == ()

    play(new_prison, scene, actor=ADMIN)


def test_the_same_file_again_changes_nothing_and_says_so(own_prison: Prison, changed: Path) -> None:
    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        await desk.press("a")
        await look_at(desk, changed)
        assert "0 new 0 changed" in prose(desk)

    play(own_prison, scene, actor=ADMIN)


def test_a_file_that_is_no_extract_is_said_in_a_sentence(prison: Prison, tmp_path: Path) -> None:
    file = tmp_path / "empty.json"
    file.write_text("")

    async def scene(desk: Desk) -> None:
        await look_at(desk, file)
        assert "empty" in prose(desk)
        assert "i asks for another file" in prose(desk)
        assert "a take it in" not in desk.keys

    play(prison, scene, actor=ADMIN)


def test_a_file_that_is_not_there_is_said_under_the_field(prison: Prison, tmp_path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("5", "i")
        desk.screen().form.field("file").value = str(tmp_path / "nowhere.json")
        await desk.press("ctrl+s")
        assert desk.top == "ExtractForm"
        assert "There is no such file." in desk.text

    play(prison, scene, actor=ADMIN)


def test_trouble_while_taking_in_is_said_and_what_is_shown_stays(
    own_prison: Prison, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: Any, **more: Any) -> Any:
        raise DiskFull("The disk is full. Nothing was taken in.")

    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        monkeypatch.setattr(intake, "take_in", full)
        await desk.press("a")
        assert desk.keys == "The disk is full. Nothing was taken in."
        assert "not taken in yet" in desk.lines[3]
        await desk.press("down")
        assert desk.keys.startswith("a take it in")

    play(own_prison, scene, actor=ADMIN)


def test_while_it_is_being_written_nobody_leaves(
    own_prison: Prison, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    real = intake.take_in

    def slow(*given: Any, **more: Any) -> Any:
        go.wait(10)
        return real(*given, **more)

    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        monkeypatch.setattr(intake, "take_in", slow)
        await desk.pilot.press("a", "escape", "1", "a")
        assert desk.top == "RecordsScreen"
        go.set()
        await desk.settle()
        assert "Taken in: 1 new" in prose(desk)

    play(own_prison, scene, actor=ADMIN)


def test_escape_puts_the_preview_away_and_then_leaves(prison: Prison, changed: Path) -> None:
    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        await desk.press("escape")
        assert desk.keys == "Put away. Nothing was taken in."
        await desk.press("escape")
        assert desk.top == "CaseloadScreen"

    play(prison, scene, actor=ADMIN)


def test_discreet_values_are_shown_only_when_revealed(prison: Prison, tmp_path: Path) -> None:
    alerts = [{"alertType": "R", "alertCode": "ROV", "active": True, "expired": False}]
    people = [person(at) for at in EVERYBODY]
    people[1]["alerts"] = alerts
    file = extract(tmp_path / "today.json", people)

    async def scene(desk: Desk) -> None:
        await look_at(desk, file)
        assert "(discreet: v shows it)" in desk.text
        assert "very-high" not in desk.text
        await desk.press("v")
        assert "medium → very-high" in desk.text

    play(prison, scene, actor=ADMIN)


def test_what_is_looked_at_is_looked_at_again_after_the_lock(prison: Prison, changed: Path) -> None:
    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        route = desk.screen().route()
        assert route == Route("records", detail=str(changed))
        again = type(desk.screen())(desk.screen().sitting, route)
        await desk.shell.push_screen(again)
        await desk.settle()
        assert "1 changed" in desk.text

    play(prison, scene, actor=ADMIN)


def test_two_thousand_new_people_are_listed_and_the_end_is_one_key_away(prison: Prison, tmp_path: Path) -> None:
    many = [person(0, prisonerNumber=f"B{at:04}BB", lastName=f"FILLER{at}") for at in range(2000)]
    file = extract(tmp_path / "many.json", many)

    async def scene(desk: Desk) -> None:
        await look_at(desk, file)
        assert "2000 new" in desk.text
        await desk.press("end")
        assert "B1999BB" in desk.text

    play(prison, scene, actor=ADMIN)


def test_those_who_may_not_take_in_an_extract_are_told_who_may(prison: Prison) -> None:
    from screens.base import Sitting
    from screens.records import RecordsScreen

    async def scene(desk: Desk) -> None:
        await desk.shell.push_screen(RecordsScreen(Sitting(CARTER, TODAY), Route("records")))
        await desk.settle()
        assert "by the case administrator or the manager" in prose(desk)
        await desk.press("i")
        assert desk.top == "RecordsScreen"

    play(prison, scene)


def test_the_directory_of_the_last_file_is_proposed_next_time(prison: Prison, changed: Path) -> None:
    async def scene(desk: Desk) -> None:
        await look_at(desk, changed)
        await desk.press("escape", "i")
        assert desk.screen().form.field("file").value == f"{changed.parent}/"

    play(prison, scene, actor=ADMIN)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])
def test_picture_of_an_intake_previewed(
    prison: Prison, changed: Path, snap_compare: Any, size: tuple[int, int]
) -> None:
    shell = shell_of(prison, ADMIN)

    async def before(pilot: Any) -> None:
        desk = Desk(shell, pilot)
        await desk.settle()
        await look_at(desk, changed)

    assert snap_compare(shell, terminal_size=size, run_before=before)


def test_picture_of_the_first_question(new_prison: Prison, tmp_path: Path, snap_compare: Any) -> None:
    file = extract(tmp_path / "first.json")
    shell = shell_of(new_prison, ADMIN)

    async def before(pilot: Any) -> None:
        desk = Desk(shell, pilot)
        await desk.settle()
        await look_at(desk, file)
        await desk.press("a")

    assert snap_compare(shell, terminal_size=(80, 24), run_before=before)


def test_picture_of_the_file_being_asked_for(prison: Prison, snap_compare: Any) -> None:
    assert snap_compare(shell_of(prison, ADMIN), terminal_size=(80, 24), run_before=keys("5", "i"))
