"""Who the cursor is on, why, and what comes then."""

from textual.pilot import Pilot

from db.rows import CaseRow, State
from tests.widgets.stage import LARGE, SMALL, TODAY, Stage, case, duty, play
from widgets.lines import width_of
from widgets.why_pane import WhyPane

WHY = "Back in custody Thu 19 Feb. The reasons are to be gone through with him within 5 working days: Thu 26 Feb."
BARLOW = case(
    "A1234BC",
    "Barlow",
    duty("Go through the reasons", State.OVERDUE, -4, why=WHY),
    duty("Meeting with offender manager", State.WEEK, 3),
    duty("Pre-release", State.OPEN, 30, owner="CRC"),
    duty("Legal advice", State.MET, -10),
    rosh="high",
    flags=("PPO",),
)


def pane(row: CaseRow | None, *, reveal: bool = False) -> WhyPane:
    made = WhyPane()
    made.row, made.reveal, made.today = row, reveal, TODAY
    return made


def said(made: WhyPane, width: int = 80) -> list[str]:
    lines = made.lines(width)
    assert all(width_of(line) <= width for line in lines)
    return ["".join(piece.text for piece in line) for line in lines]


def test_three_lines_say_who_why_on_what_ground_and_what_then() -> None:
    assert said(pane(BARLOW)) == [
        "BARLOW Dean A1234BC · tier 4 · Back in custody Thu 19 Feb. The reasons are to be",
        "gone through with him within 5 working days: Thu 26 Feb. Expected · OMI 2.2e",
        "Then: Meeting with offender manager ◐ Thu 5                             v reveal",
    ]


def test_risk_words_are_said_only_when_revealed() -> None:
    assert "RoSH high · PPO" in " ".join(said(pane(BARLOW, reveal=True)))
    assert "RoSH" not in " ".join(said(pane(BARLOW)))


def test_a_why_too_long_for_its_lines_gives_way_to_its_source() -> None:
    long = case("A1234BC", "Barlow", duty("Planning", State.OVERDUE, -4, why=WHY * 3))
    lines = said(pane(long))
    assert len(lines) == 3
    assert "… Expected · OMI 2.2e" in lines[2]
    assert lines[2].endswith("v reveal")


def test_a_why_that_needs_the_line_of_what_comes_then_has_it_whole() -> None:
    why = f"{WHY} That is a Thursday; the working day before it is Wed 25 Feb."
    row = case("A1234BC", "Barlow", duty("Planning", State.OVERDUE, -4, why=why), duty("Induction", State.WEEK, 3))
    lines = said(pane(row))
    assert why in " ".join(lines)
    assert "Then" not in lines[2]
    assert lines[2].endswith("v reveal")


def test_a_why_that_gives_something_away_waits_until_it_is_revealed() -> None:
    why = "The risk of harm was assessed as high on 28 Oct; it is to be reviewed within 4 months."
    row = case("A1234BC", "Barlow", duty("Risk of harm review", State.OVERDUE, -2, discreet="Risk review", why=why))
    hidden, shown = " ".join(said(pane(row))), " ".join(said(pane(row, reveal=True)))
    assert "2 days late, was due Sat 28 Feb" in hidden
    assert "harm" not in hidden
    assert "assessed as high" in shown


def test_what_is_met_is_not_what_comes_then() -> None:
    assert "Legal advice" not in said(pane(BARLOW), 160)[-1]
    assert "Pre-release (chase CRC) ○ open" in said(pane(BARLOW), 160)[-1]


def test_a_tier_that_is_not_known_is_said_to_be() -> None:
    assert "tier not known" in said(pane(case("A1234BC", "Barlow", duty(), tier=None)))[0]


def test_somebody_without_duties_has_nothing_due() -> None:
    assert said(pane(case("A1234BC", "Barlow")))[0] == "BARLOW Dean A1234BC · tier 4 · Nothing is due."


def test_the_pane_keeps_its_three_lines_whoever_is_shown() -> None:
    made = pane(None)
    stage = Stage(made)

    async def scene(pilot: Pilot[None]) -> None:
        assert not stage.text.strip()
        made.row = BARLOW
        await pilot.pause()
        assert stage.text.splitlines()[2].endswith("v reveal")
        assert made.size.height == 3

    for size in (SMALL, LARGE):
        made = pane(None)
        stage = Stage(made)
        play(stage, scene, size)
