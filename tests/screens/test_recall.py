"""Recall on the screen: the list, a case, the forms and the preview, by pressing keys."""

from datetime import timedelta
from typing import Any

import pytest

from db import commands, door, entries
from db.commands import recall, recall_work
from db.recalls import Notice, RecallCase
from db.views.recall import recall_case
from tests.screens.desk import LARGE, SMALL, Desk, keys, play, shell_of
from tests.screens.prison import ADMIN, CARTER, INSPECTOR, MANAGER, TODAY, Prison, number_of
from widgets.looks import Look

pytestmark = pytest.mark.usefixtures("elsewhere")

BARLOW, ODUYA, FENWICK, KAUR, LONG = (number_of(at) for at in (0, 1, 2, 3, 5))


def recalls_in(prison: Prison) -> Prison:
    """Somebody just back, somebody back for weeks, a fixed term, somebody expected with a name that goes on and on."""
    door.sign_in_with(prison.directory, prison.key, MANAGER.staff, TODAY)
    try:
        back = Notice("standard", TODAY - timedelta(4), reasons=("out-of-touch", "non-compliance"))
        recall.start(MANAGER, BARLOW, back, TODAY)
        said = {"said": "Where are my things?", "understood": "yes", "checked": "said it back"}
        commands.meet(MANAGER, BARLOW, "recall-contact", TODAY, on=TODAY - timedelta(3), fields=said)
        recall.start(MANAGER, ODUYA, Notice("extended", TODAY - timedelta(45), reasons=("further-charge",)), TODAY)
        given = {
            "what": "accommodation",
            "about": "No address",
            "owner": "OM",
            "action": "Ask the council",
            "by": "2026-03-10",
        }
        recall_work.barrier(MANAGER, ODUYA, given, TODAY)
        recall_work.keep(MANAGER, ODUYA, {"what": "job", "about": "Tyre garage"}, TODAY)
        recall_work.decide(MANAGER, ODUYA, "formal review", "hearing", TODAY - timedelta(2))
        fixed = Notice("fixed-term", TODAY - timedelta(6), "28", TODAY + timedelta(20), ("other",))
        recall.start(MANAGER, FENWICK, fixed, TODAY)
        commands.set_facts(MANAGER, LONG, {"left": (TODAY - timedelta(9)).isoformat()}, TODAY)
        recall.expect(MANAGER, LONG, Notice("standard", told_by="A Khan"), TODAY)
        return prison
    finally:
        door.sign_out()


@pytest.fixture(scope="module")
def office(filled_prison: Prison, tmp_path_factory: pytest.TempPathFactory) -> Prison:
    """For reading only."""
    return recalls_in(filled_prison.copy(tmp_path_factory.mktemp("recalls") / "record"))


@pytest.fixture
def own_office(own_prison: Prison) -> Prison:
    """The same, to be changed."""
    return recalls_in(own_prison)


def recorded(prison: Prison, number: str) -> RecallCase:
    """What the record has, read after the desk was left."""
    door.sign_in_with(prison.directory, prison.key, MANAGER.staff, TODAY)
    try:
        return recall_case(MANAGER, number, TODAY)
    finally:
        door.sign_out()


def test_the_list_has_a_mark_under_the_letter_of_every_step(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("3")
        heading = next(line for line in desk.lines if "WTSDLEOMVPBFNACZR" in line)
        barlow = next(line for line in desk.lines if "BARLOW" in line)
        at = heading.index("WTSDLEOMVPBFNACZR")
        marks = dict(zip("WTSDLEOMVPBFNACZR", barlow[at : at + 17].ljust(17), strict=True))
        assert (marks["S"], marks["T"], marks["D"]) == ("✓", "!", "!")
        assert marks["R"] == " "  # no release day in a standard recall
        assert "standard" in barlow
        assert "4d" in barlow
        assert "Recalled 3" in desk.text
        assert "1 expected" in desk.text

    play(office, scene)


def test_the_line_under_the_cursor_says_what_is_outstanding(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("3")
        desk.screen()._list.go_to(BARLOW)
        await desk.settle()
        assert "T First talk: 4d late" in " ".join(desk.text.split())

    play(office, scene)


def test_figures_are_the_managers(office: Prison) -> None:
    async def managers(desk: Desk) -> None:
        await desk.press("3")
        assert "seen in a week" in desk.text

    async def supervisors(desk: Desk) -> None:
        await desk.press("3")
        assert "seen in a week" not in desk.text

    play(office, managers, actor=MANAGER)
    play(office, managers, actor=INSPECTOR)
    play(office, supervisors)


def test_a_filter_narrows_and_esc_takes_it_off(office: Prison) -> None:
    async def run(desk: Desk) -> None:
        await desk.press("3", "f", "tab", "tab")
        await desk.press("x")
        await desk.press("ctrl+s")
        shown = [line.surname for line in desk.screen()._list._items]
        assert shown == ["O'NEILL-FEATHERSTONEHAUGH"]
        assert "only mine and unallocated, expected back" in desk.text
        await desk.press("escape")
        assert len(desk.screen()._list._items) == 4

    play(office, run)


def test_enter_opens_the_recall_and_r_does_so_from_a_case(office: Prison, real_forms: None) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("3", "enter")
        assert desk.top == "RecallCaseScreen"
        await desk.press("escape", "1", "enter", "r")
        assert desk.top == "RecallCaseScreen"
        await desk.press("escape")
        assert desk.top == "CaseScreen"

    play(office, scene)


async def open_recall(desk: Desk, number: str) -> None:
    """Open the recall of somebody from the list."""
    await desk.press("3")
    desk.screen()._list.go_to(number)
    await desk.press("enter")


def test_a_case_says_what_was_said_and_how_it_was_checked(office: Prison, real_forms: None) -> None:
    async def scene(desk: Desk) -> None:
        await open_recall(desk, BARLOW)
        desk.screen()._list.go_to("recall-contact")
        await desk.settle()
        words = " ".join(desk.text.split())
        assert "Said: Where are my things?" in words
        assert "Understood: yes, checked: said it back" in words
        assert "out of touch" in words

    play(office, scene)


def test_steps_reviews_barriers_keep_papers_and_prompts_stand_one_under_another(
    office: Prison, real_forms: None
) -> None:
    async def scene(desk: Desk) -> None:
        await open_recall(desk, ODUYA)
        for words in (
            "Steps", "Reviews, decisions, re-release", "Formal review: to an oral hearing", "Accommodation: No address",
            "Job: Tyre garage", "Papers of the dossier", "Worth remembering now",
        ):  # fmt: skip
            assert words in desk.text

    play(office, scene, size=(100, 60))


def test_a_step_is_recorded_where_the_cursor_is(own_office: Prison, real_forms: None) -> None:
    async def scene(desk: Desk) -> None:
        await open_recall(desk, BARLOW)
        desk.screen()._list.go_to("recall-legal")
        await desk.press("enter")
        assert desk.top == "MeetForm"
        await desk.press("tab")
        await desk.type("list of firms")
        await desk.press("ctrl+s")
        assert desk.top == "RecallCaseScreen"

    play(own_office, scene)
    step = next(step for step in recorded(own_office, BARLOW).steps if step.duty.id == "recall-legal")
    assert step.also == (("contacts", "list of firms"),)


def test_starting_shows_everything_first_and_esc_writes_nothing(own_office: Prison, real_forms: None) -> None:
    async def scene(desk: Desk) -> None:
        await open_recall(desk, LONG)
        await desk.press("a", "b")
        assert desk.top == "StartForm"
        await desk.press("ctrl+s")
        assert desk.top == "RecallPreview"
        words = " ".join(desk.text.split())
        assert "nothing is written yet" in words
        assert "standard, back in custody Mon 2 Mar 2026" in words
        await desk.press("escape")
        assert desk.top == "StartForm"
        assert entries.of_kinds([LONG], ("recall",))[-1].payload.count("expected")
        await desk.press("ctrl+s", "ctrl+s")
        assert desk.top == "RecallCaseScreen"
        assert "Re-engagement started: standard" in desk.text

    play(own_office, scene)
    now = recorded(own_office, LONG).now
    assert now is not None
    assert (now.stage, now.told_by) == ("started", "A Khan")


def test_a_recall_that_is_called_off_goes(own_office: Prison, real_forms: None) -> None:
    async def scene(desk: Desk) -> None:
        await open_recall(desk, LONG)
        await desk.press("a", "o")
        await desk.type("Rescinded")
        await desk.press("ctrl+s")
        assert "called off" in desk.text
        await desk.press("escape")
        assert "expected" not in desk.text.replace("start or expect", "")

    play(own_office, scene)


def test_turning_shows_which_dates_move(own_office: Prison, real_forms: None) -> None:
    async def scene(desk: Desk) -> None:
        await open_recall(desk, FENWICK)
        await desk.press("a", "t")
        await desk.press("s", "tab", "backspace", "tab", "tab", "tab")
        await desk.type("New charge")
        await desk.press("ctrl+s")
        words = " ".join(desk.text.split())
        assert "no longer due (was Sun 22 Mar 2026)" in words
        assert "28-day review begins: Tue 24 Mar 2026" in words
        await desk.press("ctrl+s")
        assert desk.top == "RecallCaseScreen"

    play(own_office, scene)
    now = recorded(own_office, FENWICK).now
    assert now is not None
    assert now.type == "standard"


def test_a_barrier_a_paper_and_what_is_kept_by_their_keys(own_office: Prison, real_forms: None) -> None:
    async def scene(desk: Desk) -> None:
        await open_recall(desk, BARLOW)
        await desk.press("a", "b", "m", "tab", "tab")
        await desk.type("Supervisor")
        await desk.press("tab")
        await desk.type("Ask why")
        await desk.press("ctrl+s")
        await desk.press("a", "k", "p", "tab")
        await desk.type("His mother")
        await desk.press("ctrl+s")
        await desk.press("a", "p", "space", "ctrl+s")
        assert desk.top == "RecallCaseScreen"

    play(own_office, scene)
    found = recorded(own_office, BARLOW)
    assert [(one.what, one.owner, one.action) for one in found.barriers] == [("motivation", "Supervisor", "Ask why")]
    assert [(one.what, one.about) for one in found.kept] == [("people", "His mother")]
    assert [one.id for one in found.papers if one.received] == ["notice"]


def test_a_release_closes_it(own_office: Prison, real_forms: None) -> None:
    async def scene(desk: Desk) -> None:
        await open_recall(desk, FENWICK)
        await desk.press("a", "r", "ctrl+s")
        assert desk.top == "RecallCaseScreen"
        assert "Not on recall now." in desk.text
        assert "Earlier recalls" in desk.text

    play(own_office, scene)
    assert [one.route for one in recorded(own_office, FENWICK).before] == ["automatic"]


def test_somebody_new_is_expected_by_number_and_name(own_office: Prison, real_forms: None) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("3")
        desk.screen()._list.go_to(BARLOW)
        await desk.press("a")
        assert desk.top == "ExpectForm"
        await desk.type("b4321cd")
        await desk.press("tab")
        await desk.type("marsh, tony")
        await desk.press("ctrl+s")
        assert desk.top == "RecallScreen"
        await desk.press("f", "right", "ctrl+s")
        assert "MARSH tony" in desk.text

    play(own_office, scene)


def test_an_inspector_records_nothing(office: Prison, real_forms: None) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("3")
        assert "a start" not in desk.keys
        await desk.press("a")
        assert desk.top == "RecallScreen"
        await desk.press("enter", "a")
        assert desk.top == "RecallCaseScreen"

    play(office, scene, actor=INSPECTOR)


def test_nobody_recalled_says_what_would_stand_here(prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("3")
        assert "Nobody is recalled or expected back." in desk.text

    play(prison, scene, actor=ADMIN)


def test_x_asks_which_paper(office: Prison, real_forms: None) -> None:
    async def scene(desk: Desk) -> None:
        await open_recall(desk, BARLOW)
        await desk.press("x")
        assert "leaflet for the person" in desk.text
        await desk.press("l")
        assert desk.top == "PaperForm"
        assert "Recall leaflet" in desk.text

    play(office, scene)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
def test_picture_of_recall(office: Prison, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(shell_of(office, MANAGER), terminal_size=size, run_before=keys("3"))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
def test_picture_of_recall_in_a_case(
    office: Prison, real_forms: None, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(shell_of(office, CARTER), terminal_size=size, run_before=keys("3", "enter"))


def test_picture_of_the_preview(office: Prison, real_forms: None, snap_compare: Any) -> None:
    pressed = ("3", "end", "a", "ctrl+s")
    assert snap_compare(shell_of(office, CARTER), terminal_size=SMALL, run_before=keys(*pressed))


def test_picture_of_recall_in_ascii(office: Prison, snap_compare: Any) -> None:
    look = Look(marks=False, unicode=False)
    assert snap_compare(shell_of(office, MANAGER, look=look), terminal_size=SMALL, run_before=keys("3"))


def test_every_review_has_the_barriers_that_stand_beside_it_with_whose_and_by_when(office: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("3")
        desk.screen()._list.go_to(ODUYA)
        await desk.settle()
        await desk.press("enter")
        desk.screen()._list.go_to("recall-proactive")
        await desk.settle()
        assert "In the way: accommodation, OM, by Tue 10 Mar: Ask the council." in " ".join(desk.text.split())
        await desk.press("a", "v")
        assert desk.top == "DecideForm"
        assert "accommodation · OM · Ask the council" in desk.text

    play(office, scene)


def test_a_release_not_recorded_stands_first_and_says_how_to_record_it(own_prison: Prison) -> None:
    door.sign_in_with(own_prison.directory, own_prison.key, MANAGER.staff, TODAY)
    recall.start(MANAGER, KAUR, Notice("standard", TODAY - timedelta(40)), TODAY)
    recall.start(MANAGER, FENWICK, Notice("fixed-term", TODAY - timedelta(28), "28", TODAY - timedelta(1)), TODAY)
    door.sign_out()

    async def scene(desk: Desk) -> None:
        await desk.press("3")
        assert desk.screen()._list.item.number == FENWICK
        assert "! 1d late" in desk.text
        assert "Release was set for Sun 1 Mar, and none is recorded: Enter, then a r." in desk.text
        await desk.press("enter", "a", "r")
        assert desk.top == "ReleasedForm"

    play(own_prison, scene)
