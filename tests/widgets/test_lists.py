"""The lists of a case: duties with their why, the story, the facts."""

from datetime import datetime

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from db.rows import DutyRow, FactRow, State, TimelineRow
from tests.widgets.stage import LARGE, SMALL, TODAY, Stage, duty, entry, fact, play
from widgets.duty_list import DutyList
from widgets.facts_list import FactsList
from widgets.timeline import Timeline

DUTIES = (
    duty("Go through the reasons", State.OVERDUE, -4, why="Back in custody Thu 19 Feb."),
    duty("BCST 2", State.OVERDUE, -3, owner="CRC", why="BCST 1 completed Mon 23 Feb."),
    duty("Initial OASys", State.WEEK, 3, owner="OM"),
    duty("Pre-release", State.OPEN, 30, owner="CRC"),
    duty("Planning meeting", State.LATER, 40, why="Initial OASys Mon 5 Jan."),
    duty("Induction", State.MET, -20),
    duty("Signposting", State.MET, -20, owner="CRC"),
)


def duties(items: tuple[DutyRow, ...] = DUTIES) -> DutyList:
    made = DutyList()
    made.today = TODAY
    made.show(items)
    return made


def lines(stage: Stage) -> list[str]:
    return [line.rstrip() for line in stage.text.splitlines() if line.strip()]


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_own_duties_come_first_then_the_fold_then_what_is_settled(size: tuple[int, int]) -> None:
    stage = Stage(duties())

    async def scene(pilot: Pilot[None]) -> None:
        shown = [line for line in lines(stage) if not line.startswith("   ")]
        assert shown == [
            "! 4d late  Go through the reasons",
            "· 11 Apr   Planning meeting",
            "! 3d late  ▸ chase: CRC 2, OM 1",
            "✓ met      Induction",
            "✓ met      Signposting (chase CRC)",
        ]
        why = "Back in custody Thu 19 Feb. 4 days late, was due Thu 26 Feb · Expected · OMI 2.2e"
        assert why in " ".join(stage.text.split())

    play(stage, scene, size)


def test_enter_on_the_fold_opens_it_and_closes_it_again() -> None:
    made = duties()
    stage = Stage(made)

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("down", "down", "enter")
        assert "! 3d late  BCST 2 (chase CRC)" in lines(stage)
        assert "! 3d late  ▾ chase: CRC 2, OM 1" in lines(stage)
        await pilot.press("enter")
        assert "! 3d late  BCST 2 (chase CRC)" not in lines(stage)
        assert stage.count(DutyList.Chosen) == 0

    play(stage, scene)


def test_enter_on_a_duty_chooses_it() -> None:
    stage = Stage(duties())

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter")
        assert stage.last(DutyList.Chosen).duty.title == "Planning meeting"

    play(stage, scene)


def test_a_folded_duty_can_be_gone_to() -> None:
    made = duties()
    stage = Stage(made)

    async def scene(pilot: Pilot[None]) -> None:
        assert made.go_to("initial-oasys")
        await pilot.pause()
        assert made.shown is not None
        assert made.shown.title == "Initial OASys"
        assert not made.go_to("no-such-duty")

    play(stage, scene)


def test_the_readers_own_duties_are_not_chased() -> None:
    made = duties()
    stage = Stage(made)

    async def scene(pilot: Pilot[None]) -> None:
        made.owner = "CRC"
        await pilot.pause()
        assert "! 3d late  BCST 2" in lines(stage)
        assert any("chase: OS 2, OM 1" in line for line in lines(stage))

    play(stage, scene)


def test_a_long_why_is_shown_whole() -> None:
    why = " ".join(f"word{at}" for at in range(150))
    stage = Stage(duties((duty(why=why), duty("Next one"))))

    async def scene(pilot: Pilot[None]) -> None:
        shown = " ".join(stage.text.split())
        assert all(f"word{at}" in shown for at in range(150))
        assert "Next one" in shown

    play(stage, scene)


def test_a_discreet_duty_hides_title_and_why_until_revealed() -> None:
    review = duty("Risk of harm review", State.OVERDUE, -4, discreet="Risk review", why="RoSH was high on 3 Nov.")
    made = duties((review,))
    stage = Stage(made)

    async def scene(pilot: Pilot[None]) -> None:
        assert "RoSH" not in stage.text
        assert "Risk review" in stage.text
        made.reveal = True
        await pilot.pause()
        assert "RoSH was high on 3 Nov." in stage.text

    play(stage, scene)


# The story ----------------------------------------


def story(count: int) -> Timeline:
    made = Timeline()
    made.today = TODAY
    made.show([entry(at) for at in range(count)])
    return made


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_entry_under_the_cursor_is_opened_beneath(size: tuple[int, int]) -> None:
    stage = Stage(story(500))

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("down")
        assert "All of what was said, 1" in stage.text
        assert "All of what was said, 0" not in stage.text
        await pilot.press("end", "enter")
        assert "All of what was said, 499" in stage.text
        assert stage.last(Timeline.Opened).entry.id == "e499"

    play(stage, scene, size)


def test_the_whole_of_an_entry_comes_into_view() -> None:
    made = Timeline()
    made.today = TODAY
    made.show([entry(at, "\n".join(f"line {at} {line}" for line in range(8))) for at in range(60)])
    stage = Stage(made)

    async def scene(pilot: Pilot[None]) -> None:
        for _ in range(9):
            await pilot.press("down")
            assert f"line {made.cursor} 7" in stage.text
        for _ in range(9):
            await pilot.press("up")
            assert f"Met about the plan, {made.cursor} " in stage.text
            assert f"line {made.cursor} 0" in stage.text

    play(stage, scene)


def test_an_entry_written_later_says_when_it_was() -> None:
    written = TimelineRow("e1", "note", TODAY.replace(day=1), TODAY, "J Carter", "Rang", "Rang his brother")
    made = Timeline()
    made.today = TODAY
    made.show([written])
    stage = Stage(made)

    async def scene(pilot: Pilot[None]) -> None:
        assert "written Mon 2 Mar by J Carter" in stage.text

    play(stage, scene)


def test_a_time_of_another_year_is_told_beneath_rather_than_cut() -> None:
    made = Timeline()
    made.today = TODAY
    when = datetime(2025, 12, 19, 15, 5)
    made.show([TimelineRow("e1", "note", when, when.date(), "J Carter", "Rang", "Rang his brother")])
    stage = Stage(made)

    async def scene(pilot: Pilot[None]) -> None:
        assert "Fri 19 Dec 2025 " in stage.text
        assert "at 15:05" in stage.text
        assert "…" not in stage.text

    play(stage, scene)


# The facts ----------------------------------------

FACTS = (
    fact("cell", "B-2-014", group="place"),
    fact("arrival", group="place"),
    fact("rosh", "high", group="risk", discreet=True),
    fact("recall", group="recall", question="The recall flag says yes, the legal status SENTENCED: which is right?"),
)


def facts(items: tuple[FactRow, ...] = FACTS) -> FactsList:
    made = FactsList()
    made.today = TODAY
    made.show(items)
    return made


def test_facts_stand_under_their_groups_and_what_is_not_known_is_marked() -> None:
    stage = Stage(facts())

    async def scene(pilot: Pilot[None]) -> None:
        shown = [" ".join(line.split()) for line in lines(stage)]
        assert shown == [
            "Place",
            "Cell B-2-014 hand Mon 2 Mar",
            "? Arrival not known hand",
            "Risk",
            "Rosh not revealed",
            "Recall",
            "? Recall not known hand",
        ]

    play(stage, scene)


def test_the_cursor_passes_over_the_names_of_groups() -> None:
    made = facts()
    stage = Stage(made)

    async def scene(pilot: Pilot[None]) -> None:
        seen = []
        for key in ("home", "down", "down", "down", "down", "up", "home"):
            await pilot.press(key)
            assert isinstance(made.item, FactRow)
            seen.append(made.item.fact)
        assert seen == ["cell", "arrival", "rosh", "recall", "recall", "rosh", "cell"]

    play(stage, scene)


def test_a_question_is_asked_under_its_fact_and_enter_edits_it() -> None:
    made = facts()
    stage = Stage(made)

    async def scene(pilot: Pilot[None]) -> None:
        assert made.go_to("recall")
        await pilot.press("enter")
        assert "which is right?" in stage.text
        assert stage.last(FactsList.Edit).fact.fact == "recall"

    play(stage, scene)


def test_discreet_values_show_when_revealed() -> None:
    made = facts()
    stage = Stage(made)

    async def scene(pilot: Pilot[None]) -> None:
        assert "high" not in stage.text
        made.reveal = True
        await pilot.pause()
        assert "high" in stage.text

    play(stage, scene)


@pytest.mark.parametrize(
    ("made", "key"),
    [(DutyList, "Enter on one fills it in"), (Timeline, "c logs a contact"), (FactsList, "5 takes in")],
)
def test_an_empty_list_says_what_would_fill_it(made: type[Widget], key: str) -> None:
    stage = Stage(made())

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter")
        assert key in " ".join(stage.text.split())

    play(stage, scene)
