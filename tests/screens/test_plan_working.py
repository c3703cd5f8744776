"""Going about in a plan: from room to room, to what was just added, to what is wrong; all of it at 80×24."""

from datetime import date
from pathlib import Path

import pytest

from db import commands
from db import planning as pl
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, KAUR, PATEL, TODAY, Scene, play
from tests.screens.test_plan import LARGE, PLAN, add, enter, plan, worked


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(KAUR)
    return tmp_path


def test_overview_and_history_are_a_key_away_from_every_room_of_the_plan(record: Path) -> None:
    worked()

    async def scene(scene: Scene) -> None:
        await scene.press("p", "o")
        assert scene.top == "CaseScreen"
        for room in ("g", "m", "e"):
            await scene.press("p", room, "o")
            assert scene.top == "CaseScreen"
            await scene.press("escape")
            assert scene.top != "CaseScreen"
            await scene.press("h")
            assert scene.top == "HistoryScreen"
            await scene.press("p")
            assert scene.top == "PlanScreen"
            await scene.press("o")

    play(record, scene, at=Route("case", KAUR))


def test_a_key_that_would_open_the_room_one_is_in_opens_nothing(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        rooms = len(scene.shell.screen_stack)
        await scene.press("r")
        assert len(scene.shell.screen_stack) == rooms

    play(record, scene, at=Route("recall", BARLOW))


def test_the_cursor_goes_on_with_what_was_just_added(record: Path) -> None:
    add("Read a letter alone")

    async def scene(scene: Scene) -> None:
        await scene.press("a")
        await scene.type("Write a letter")
        await scene.press("tab", "e", "tab", "tab")
        await scene.type("1 jun 2026")
        await scene.press("ctrl+s")
        assert scene.screen.here.kept.change == "Write a letter"
        await scene.press("enter", "a")
        await scene.type("Buy stamps")
        await scene.press("ctrl+s", "space")
        assert "under way" in scene.text
        assert plan().objectives[1].steps[0].state == "doing"

    play(record, scene, at=PLAN)


def test_a_refusal_about_a_field_at_the_foot_of_a_form_is_in_sight(record: Path) -> None:
    add("Think first", pathway="attitudes", programme="thinking-skills")

    async def scene(scene: Scene) -> None:
        await scene.press("a")
        await scene.type("Read a letter alone")
        await scene.press("tab", "e", "tab", "tab")
        await scene.type("1 jun 2026")
        await scene.press("tab", "tab", "tab")
        await scene.type("reading and writing")
        await scene.press("ctrl+s")
        assert "it so, say why." in scene.text
        await scene.type("The course has a place now.")
        await scene.press("ctrl+s")
        assert scene.top == "PlanScreen"
        assert "Reading or language first: 2 ought to come before 1" in scene.text
        assert "on purpose" in scene.text

    play(record, scene, at=PLAN)


def test_a_broken_rule_says_which_objectives_in_a_line_and_all_of_it_under_the_cursor(record: Path) -> None:
    add("Read", programme="basic-literacy")
    add("Think about what comes of it before doing it", pathway="attitudes", programme="thinking-skills")
    commands.move_objective(CARTER, KAUR, plan().objectives[0].id, 2, TODAY, why="Place free")

    async def scene(scene: Scene) -> None:
        assert "Reading or language first: 2 ought to come before 1" in scene.text
        assert "which gives that" not in scene.text
        await scene.press("home", "up")
        told = " ".join(scene.text.split())
        assert "needs reading and writing, and “Read”, which gives that, comes after it." in told
        assert "So on purpose: Place free" in told

    play(record, scene, at=PLAN)


def test_who_is_named_by_a_fact_is_among_the_people_until_they_are_written_down(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "Offender manager: P Dunn, 01632 960001" in scene.text
        enter("person", role="offender-manager", name="P Dunn", contact="01632 960002", area="Eastfield")
        scene.screen.read_again()
        await scene.settle()
        assert "Offender manager: " not in scene.text
        assert "offender manager, P Dunn, 01632 960002, Eastfield" in scene.text

    play(record, scene, at=Route("register", KAUR))


def test_dates_in_the_register_are_written_as_people_say_them(record: Path) -> None:
    enter("intervention", programme="workshop", status="started", started="2026-03-01", ends="2026-06-30")

    async def scene(scene: Scene) -> None:
        scene.screen.sheet.go_to(f"entry intervention {plan().of('intervention')[0].id}")
        await scene.settle()
        assert "Started: Sun 1 Mar 2026" in scene.text
        assert "Ends about: Tue 30 Jun 2026" in scene.text

    play(record, scene, at=Route("register", KAUR))


def test_an_earlier_version_can_be_read_in_full_where_nothing_changed(record: Path) -> None:
    worked()

    async def scene(scene: Scene) -> None:
        await scene.press("e")
        scene.screen.sheet.go_to(f"pair {plan().objectives[0].id}")
        await scene.settle()
        assert "Steps: Meet the tutor; Read two pages" in scene.text
        assert "By: Thu 5 Mar" in scene.text

    play(record, scene, at=PLAN)


def test_a_hold_is_on_record_and_nothing_to_look_into(record: Path) -> None:
    enter("intervention", programme="thinking-skills", status="started", started="2026-03-01")

    async def scene(scene: Scene) -> None:
        assert "? Transfer is held" not in scene.text
        assert "Transfer is held: an accredited programme is running here until it ends." in scene.text

    play(record, scene, at=Route("case", KAUR))


def test_the_history_says_kinds_and_values_in_words(record: Path) -> None:
    given = {"decision": "Moved to another wing"}
    commands.save_entry(CARTER, KAUR, "irmm", given, date(2026, 3, 1), TODAY)
    commands.set_need(CARTER, KAUR, "ete", "yes", "", TODAY)
    casework.give(KAUR, date(2026, 1, 6), sentence_type="ipp")

    async def scene(scene: Scene) -> None:
        await scene.press("v")
        assert "Risk: risk meeting (IRMM): Moved to another wing" in scene.text
        assert "Education, training, employment: a need" in scene.text
        assert "Sentence type: IPP" in scene.text
        assert "ipp" not in scene.text
        assert "irmm" not in scene.text

    play(record, scene, at=Route("history", KAUR), size=(100, 40))


def test_what_two_people_changed_in_different_fields_both_stands(record: Path) -> None:
    id = add("Read a letter alone", owner="A Okoro")

    async def scene(scene: Scene) -> None:
        await scene.press("enter", "enter")
        other = pl.Objective("employment", "Read a letter alone", "2026-07-01", owner="B Lee")
        commands.save_objective(PATEL, KAUR, other, TODAY, id=id)
        await scene.press("end")
        await scene.type(" and aloud")
        await scene.press("ctrl+s")
        told = " ".join(scene.text.split())
        assert "R Patel has just changed this objective." in told
        assert "Theirs: To change: Read a letter alone · Target date: 2026-07-01 · Owner: B Lee" in told
        assert "Yours: To change: Read a letter alone and aloud · Target date: 2026-07-01 · Owner: B Lee" in told
        await scene.press("ctrl+s")
        kept = plan().objectives[0].kept
        assert (kept.change, kept.owner, kept.target) == ("Read a letter alone and aloud", "B Lee", "2026-07-01")

    play(record, scene, at=PLAN)


def test_steps_that_two_people_add_at_once_both_stand(record: Path) -> None:
    id = add("Read a letter alone")

    async def scene(scene: Scene) -> None:
        await scene.press("enter", "a")
        commands.save_steps(PATEL, KAUR, id, [pl.Step("Meet the tutor")], TODAY, seen=plan().objectives[0].row)
        await scene.type("Buy stamps")
        await scene.press("ctrl+s")
        assert "R Patel has just changed this objective." in " ".join(scene.text.split())
        await scene.press("ctrl+s")
        assert [step.what for step in plan().objectives[0].steps] == ["Meet the tutor", "Buy stamps"]

    play(record, scene, at=PLAN)


def test_a_step_turned_while_somebody_else_changed_the_objective_stays_as_they_left_it(record: Path) -> None:
    id = add("Read a letter alone", steps='[{"what":"Meet the tutor"}]')

    async def scene(scene: Scene) -> None:
        await scene.press("enter", "end")
        done = pl.Step("Meet the tutor", state="done", on=TODAY.isoformat())
        commands.save_steps(PATEL, KAUR, id, [done], TODAY, seen=plan().objectives[0].row)
        await scene.press("space")
        assert "it stands here as they left it" in scene.foot
        assert "1 of 1 done" in scene.text

    play(record, scene, at=PLAN)


def test_the_overview_says_which_objective_reached_its_date_and_folds_those_ahead(record: Path) -> None:
    add("Read a letter alone", "2026-02-27")
    add("Stay off drugs", "2026-02-26", pathway="substances")
    for at in range(6):
        add(f"Later {at}", "2026-09-01")

    async def scene(scene: Scene) -> None:
        assert "Objective date: Read a letter alone" in scene.text
        assert "Stay off drugs" not in scene.text
        assert "Later 0" not in scene.text
        scene.screen.go_to("fold objectives")
        await scene.settle()
        assert "6 objectives have a date ahead" in scene.text
        await scene.press("enter")
        assert "Objective date: Later 0" in scene.text

    play(record, scene, at=Route("case", KAUR), size=(80, 40))


def test_a_few_objectives_ahead_are_listed_each(record: Path) -> None:
    for at in range(3):
        add(f"Later {at}", "2026-09-01")

    async def scene(scene: Scene) -> None:
        assert scene.screen.go_to(f"objective-review:{plan().objectives[2].key}")
        await scene.settle()
        assert "Objective date: Later 2" in scene.text

    play(record, scene, at=Route("case", KAUR))


def test_a_line_too_long_for_the_screen_is_said_whole_under_the_cursor_without_its_number(record: Path) -> None:
    add("Talk with his daughter about what happened and why it will not happen again to anybody")

    async def scene(scene: Scene) -> None:
        told = " ".join(scene.text.split())
        assert "Talk with his daughter about what happened and why it will not happen again to anybody" in told
        assert told.count("1 · Talk with") == 1

    play(record, scene, at=PLAN)


def test_needs_are_on_the_overview_those_nothing_was_done_about_above_the_duties(record: Path) -> None:
    enter("individual-need", need="language", there="yes", detail="Punjabi")
    enter("individual-need", need="health", there="yes", detail="Insulin")
    enter("individual-need", need="faith-times", there="yes", detail="Friday prayers", done="Kept free")
    enter("individual-need", need="video-link", there="no")

    async def scene(scene: Scene) -> None:
        lines = scene.text.splitlines()
        at = next(
            at for at, line in enumerate(lines) if "? Nothing done yet about a need: language, 1 discreet" in line
        )
        assert any(line.startswith("Duties") for line in lines[at + 1 : at + 3])
        assert scene.screen.go_to("register individual-need language")
        await scene.settle()
        assert "? Language, Punjabi – nothing done yet" in scene.text
        assert "A need that is discreet: v shows it – nothing done yet" in scene.text
        assert "Faith times, Friday prayers – Kept free" in scene.text
        assert "Video link" not in scene.text
        assert "Insulin" not in scene.text
        await scene.press("v")
        assert "? Health, Insulin – nothing done yet" in scene.text
        await scene.press("enter")
        assert scene.top == "EntryForm"
        assert scene.screen.form.field("detail").value == "Punjabi"

    play(record, scene, at=Route("case", KAUR), size=LARGE)


def test_the_line_of_unmet_needs_opens_the_plan(record: Path) -> None:
    enter("individual-need", need="language", there="yes")

    async def scene(scene: Scene) -> None:
        scene.screen.go_to("register unmet ")
        await scene.press("enter")
        assert scene.top == "PlanScreen"

    play(record, scene, at=Route("case", KAUR))


def test_everybody_around_a_case_is_on_the_overview_with_how_to_reach_them(record: Path) -> None:
    enter("person", role="offender-manager", name="P Dunn", contact="01632 960002", area="Eastfield")
    enter("person", role="family", name="R Kaur", contact="01632 960003")
    enter("person", role="keyworker", name="B Lee", ended="2026-03-01")

    async def scene(scene: Scene) -> None:
        assert "OM P Dunn, 01632 960002" in scene.text
        assert "Offender manager: P Dunn, 01632 960002, Eastfield" in scene.text
        assert "Family: R Kaur, 01632 960003" in scene.text
        assert "Keyworker: " not in scene.text

    play(record, scene, at=Route("case", KAUR), size=LARGE)
