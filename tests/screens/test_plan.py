"""The sentence plan on the screen, by pressing keys."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db import commands, views
from db import planning as pl
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import CARTER, KAUR, PATEL, SINGH, TODAY, WEBB, Scene, pictured, play

LARGE = (160, 48)
PLAN = Route("plan", KAUR)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(KAUR)
    return tmp_path


def add(change: str, target: str = "2026-06-01", why: str = "", **more: str) -> str:
    before = {one.id for one in plan().objectives}
    given = pl.Objective(more.pop("pathway", "employment"), change, target, **more)
    commands.save_objective(CARTER, KAUR, given, TODAY, why=why)
    return next(one.id for one in plan().objectives if one.id not in before)


def plan() -> pl.Plan:
    return views.plan(CARTER, KAUR, TODAY)


def enter(kind: str, **fields: str) -> None:
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    commands.save_entry(CARTER, KAUR, kind, given, TODAY, TODAY)


def worked() -> None:
    """A plan with something of everything."""
    steps = '[{"what":"Meet the tutor","owner":"A Okoro","state":"done","on":"2026-02-26"},{"what":"Read two pages"}]'
    add("Read a letter alone", "2026-03-05", steps=steps, words="I want to read to her", programme="basic-literacy")
    add("Keep calm when told no", "2026-02-27", pathway="attitudes", programme="thinking-skills", owner="B Lee")
    add("Find a room of his own", "2026-05-01", pathway="accommodation", measure="An offer in writing")
    add("Stay off drugs", "2026-06-01", pathway="substances")
    held = pl.MeetingPayload("planning", "held", "P Dunn", part="contributed", agreed="Start with reading.")
    commands.save_meeting(CARTER, KAUR, held, date(2026, 2, 26), TODAY, agree=True)
    add("Write to the landlord", "2026-04-01", pathway="accommodation")
    enter("individual-need", need="language", there="yes", detail="Punjabi")
    enter(
        "individual-need",
        need="faith-times",
        there="yes",
        detail="Friday prayers",
        done="Meetings are kept off Fridays.",
    )
    enter("intervention", programme="thinking-skills", status="started", started="2026-03-01", keyworker="B Lee")


def test_an_empty_plan_says_what_it_would_hold_and_the_key_that_fills_it(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("p")
        assert scene.top == "PlanScreen"
        assert "No plan yet" in scene.text
        assert "a adds one" in scene.text

    play(record, scene, at=Route("case", KAUR))


def test_an_objective_is_added_by_keyboard(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("a")
        await scene.type("Read a letter alone")
        await scene.press("tab", "e", "tab", "tab")
        await scene.type("1 jun 2026")
        await scene.press("tab")
        await scene.type("I want to read to her")
        await scene.press("ctrl+s")
        assert scene.top == "PlanScreen"
        assert "Education, training and employment" in scene.text
        assert "Read a letter alone" in scene.text
        assert "“I want to read to her”" in scene.text
        assert "Objective added; it is looked at by Mon 1 Jun" in scene.text

    play(record, scene, at=PLAN)


def test_what_is_missing_is_said_at_its_field(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("a")
        await scene.type("Read a letter alone")
        await scene.press("ctrl+s")
        assert scene.top == "ObjectiveForm"
        assert "Pathway is needed." in scene.text

    play(record, scene, at=PLAN)


def test_steps_are_added_and_turned_with_space(record: Path) -> None:
    add("Read a letter alone")

    async def scene(scene: Scene) -> None:
        await scene.press("enter", "a")
        await scene.type("Meet the tutor")
        await scene.press("ctrl+s")
        assert "Steps   0 of 1 done" in scene.text
        await scene.press("end", "space")
        assert "under way" in scene.text
        await scene.press("space")
        assert "Steps   1 of 1 done" in scene.text
        assert plan().objectives[0].steps[0].on == TODAY.isoformat()

    play(record, scene, at=PLAN)


def test_closing_asks_what_came_of_it_and_why(record: Path) -> None:
    add("Read a letter alone")

    async def scene(scene: Scene) -> None:
        await scene.press("l", "p", "ctrl+s")
        assert "Say why it ended so." in scene.text
        await scene.press(*"Moved")
        await scene.press("ctrl+s")
        assert scene.top == "PlanScreen"
        assert "partly achieved" in scene.text
        assert plan().closed[0].kept.why == "Moved"

    play(record, scene, at=PLAN)


def test_plus_moves_an_objective_and_a_move_against_a_rule_asks_why(record: Path) -> None:
    add("Read", programme="basic-literacy")
    add("Write")
    add("Think", pathway="attitudes", programme="thinking-skills")

    async def scene(scene: Scene) -> None:
        await scene.press("plus")
        assert [one.kept.change for one in plan().objectives] == ["Write", "Read", "Think"]
        await scene.press("plus")
        assert scene.top == "MoveForm"
        assert "OMI 2.1a" in scene.text
        await scene.type("Course starts now.")
        await scene.press("ctrl+s")
        assert [one.kept.change for one in plan().objectives] == ["Write", "Think", "Read"]
        assert "Reading or language first: 3 ought to come before 2" in scene.text
        await scene.press("u", "y")
        assert [one.kept.change for one in plan().objectives] == ["Write", "Read", "Think"]

    play(record, scene, at=PLAN)


def test_what_gives_something_away_waits_until_it_is_revealed(record: Path) -> None:
    worked()

    async def scene(scene: Scene) -> None:
        await scene.press("end")
        assert "drugs" not in scene.text.lower()
        await scene.press("v")
        assert "Drugs and alcohol" in scene.text
        assert "Stay off drugs" in scene.text

    play(record, scene, at=PLAN, size=LARGE)


def test_the_face_of_the_plan_shows_hold_needs_and_what_was_done_about_them(record: Path) -> None:
    worked()

    async def scene(scene: Scene) -> None:
        assert "Version 1, agreed Thu 26 Feb 2026 · 1 changed, not agreed yet" in scene.text
        assert "Transfer is held: an accredited programme runs until it ends" in scene.text
        assert "Need: language, Punjabi – nothing done yet" in scene.text
        assert "Need: faith times, Friday prayers – Meetings are kept off Fridays." in scene.text

    play(record, scene, at=PLAN, size=(100, 30))


def test_a_plan_of_forty_objectives_is_one_line_each_and_the_cursor_stays_on_its_own(record: Path) -> None:
    for at in range(40):
        pathway = ("employment", "finance", "family")[at % 3]
        add(f"Objective number {at}", "2026-06-01", pathway=pathway, steps='[{"what":"One"},{"what":"Two"}]')

    async def scene(scene: Scene) -> None:
        await scene.press("end")
        assert "Objective number 38" in scene.text
        await scene.press("minus")
        assert "37/40" not in scene.text
        assert scene.screen.here.kept.change == "Objective number 38"
        assert scene.screen.here.at == 38

    play(record, scene, at=PLAN)


def test_two_people_on_one_objective_the_form_shows_both_and_saves_on_the_second_press(record: Path) -> None:
    id = add("Read a letter alone")

    async def scene(scene: Scene) -> None:
        await scene.press("enter", "enter")
        assert scene.top == "ObjectiveForm"
        other = pl.Objective("employment", "Read a book alone", "2026-06-01")
        commands.save_objective(PATEL, KAUR, other, TODAY, id=id)
        await scene.press("end")
        await scene.type(" and aloud")
        await scene.press("ctrl+s")
        said = " ".join(scene.text.split())
        assert "Theirs: To change: Read a book alone" in said
        assert "Yours: To change: Read a letter alone and aloud" in said
        assert plan().objectives[0].kept.change == "Read a book alone"
        await scene.press("ctrl+s")
        assert plan().objectives[0].kept.change == "Read a letter alone and aloud"

    play(record, scene, at=PLAN)


def test_a_meeting_is_arranged_held_and_agrees_the_plan(record: Path) -> None:
    add("Read a letter alone")
    enter("person", role="keyworker", name="A Okoro", area="education")

    async def scene(scene: Scene) -> None:
        await scene.press("m")
        assert "A Okoro, education" in scene.text
        assert "P Dunn, offender manager" in scene.text
        await scene.press("a", "ctrl+s")
        assert "2 not invited" in scene.text
        scene.screen.sheet.go_to(f"meeting {plan().meetings[0].id}")
        await scene.press("enter", "tab", "h")
        form = scene.screen.form
        form.field("came").value = "0,1"
        form.field("part").value = "contributed"
        form.field("agreed").value = "Reading first."
        form.field("agree").value = "yes"
        await scene.press("ctrl+s")
        assert plan().agreed is not None
        assert "version 1 agreed" in scene.text
        assert "Came: P Dunn, A Okoro" in scene.text

    play(record, scene, at=PLAN, size=(100, 40))


def test_an_earlier_version_stands_beside_the_plan_as_it_is(record: Path) -> None:
    worked()

    async def scene(scene: Scene) -> None:
        await scene.press("e")
        assert "Version 1  agreed Thu 26 Feb 2026, 4 objectives" in scene.text
        assert "+ 5 Write to the landlord" in scene.text

    play(record, scene, at=PLAN)


def test_an_entry_of_the_register_is_added_in_the_section_of_the_cursor(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("g", "tab")
        await scene.press("a")
        assert "Write down   need" in scene.text
        await scene.press("l", "tab", "tab", "y", "tab")
        await scene.type("Punjabi")
        await scene.press("ctrl+s")
        assert "language, Punjabi" in scene.text
        assert "1 with nothing done yet" in scene.text

    play(record, scene, at=PLAN)


def test_a_section_of_several_kinds_asks_which(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("g")
        scene.screen.sheet.go_to("head risk")
        await scene.press("a")
        assert "MAPPA meeting" in scene.text
        await scene.press("r")
        assert scene.top == "EntryForm"
        assert "In force since" in scene.text

    play(record, scene, at=PLAN)


def test_risk_in_the_register_waits_until_it_is_revealed(record: Path) -> None:
    enter("restriction", what="no-contact", detail="His brother", authority="Court", review="2026-02-20")

    async def scene(scene: Scene) -> None:
        await scene.press("g", "end")
        assert "His brother" not in scene.text
        await scene.press("v")
        scene.screen.sheet.go_to("head risk")
        await scene.settle()
        assert "no contact, His brother, Court" in scene.text

    play(record, scene, at=PLAN)


@pytest.mark.parametrize("actor", [WEBB, SINGH])
def test_who_may_not_work_on_a_plan_reads_it(record: Path, actor: object) -> None:
    add("Read a letter alone")

    async def scene(scene: Scene) -> None:
        assert "Read a letter alone" in scene.text
        assert "add" not in scene.foot
        await scene.press("a", "l", "plus")
        assert scene.top == "PlanScreen"

    play(record, scene, at=PLAN, actor=actor)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(80, 24), LARGE])
def test_picture_of_a_plan(snap_compare: Callable[..., bool], record: Path, size: tuple[int, int]) -> None:
    worked()
    assert pictured(snap_compare, record, PLAN, size)


def test_picture_of_an_empty_plan(snap_compare: Callable[..., bool], record: Path) -> None:
    assert pictured(snap_compare, record, PLAN, (80, 24))


@pytest.mark.parametrize("size", [(80, 24), LARGE])
def test_picture_of_the_register(snap_compare: Callable[..., bool], record: Path, size: tuple[int, int]) -> None:
    worked()
    assert pictured(snap_compare, record, Route("register", KAUR), size, "v")


def test_picture_of_an_objective_form(snap_compare: Callable[..., bool], record: Path) -> None:
    assert pictured(snap_compare, record, PLAN, (80, 24), "a")


def test_picture_of_versions(snap_compare: Callable[..., bool], record: Path) -> None:
    worked()
    assert pictured(snap_compare, record, PLAN, (80, 24), "e")


def test_the_history_is_filtered_by_sort_and_shows_all_again(record: Path) -> None:
    worked()

    async def scene(scene: Scene) -> None:
        await scene.press("f", "p")
        assert "Punjabi" in scene.text
        assert "fact" not in {line.split()[2] for line in scene.text.splitlines()[8:-1] if len(line.split()) > 3}
        await scene.press("f", "c")
        assert "Nothing of that sort" in scene.text
        await scene.press("f", "a")
        assert "Nothing of that sort" not in scene.text

    play(record, scene, at=Route("history", KAUR))


def test_a_draft_of_one_objective_is_not_offered_for_another(record: Path) -> None:
    add("Read a letter alone")
    add("Write a letter")

    async def scene(scene: Scene) -> None:
        await scene.press("enter", "enter")
        await scene.type("And more")
        await scene.press("escape", "y", "escape", "down", "enter", "enter")
        assert scene.top == "ObjectiveForm"
        assert "A draft" not in scene.text
        await scene.press("escape", "escape", "up", "enter", "enter")
        assert "A draft" in scene.text

    play(record, scene, at=PLAN)
