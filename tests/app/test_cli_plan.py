"""A case's plan on the command line: as JSON, in words, printed."""

from datetime import date
from pathlib import Path

import pytest

from db import commands, door
from db import planning as pl
from db.keyring import Keyring
from db.rows import Actor
from tests.app.command_line import CHEAP, PASSWORD, TODAY, CommandLine, person

NUMBER = "A1234BC"
DAY = date.fromisoformat(TODAY)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, capsys, monkeypatch)
    line.make_record()
    line.take_in(person())
    return line


def work(desk: CommandLine) -> None:
    """A plan agreed at a meeting, with what stands around it."""
    ring = Keyring(desk.record, cost=CHEAP)
    actor: Actor = door.sign_in_with(desk.record, ring.unlock("manager", PASSWORD), "manager", DAY)
    try:
        given = pl.Objective(
            "employment",
            "Read a letter alone",
            "2026-06-01",
            programme="basic-literacy",
            steps='[{"what":"Meet the tutor","owner":"A Okoro","target":"2026-04-01"}]',
        )
        commands.save_objective(actor, NUMBER, given, DAY)
        commands.set_facts(actor, NUMBER, {"supervisor": "manager"}, DAY)
        entries = {
            "person": {"role": "keyworker", "name": "A Okoro", "area": "education"},
            "individual-need": {"need": "language", "there": "yes", "detail": "Polish"},
            "assessment": {"type": "initial", "by": "P Dunn", "overall": "medium", "sources": "police,education"},
            "intervention": {
                "programme": "thinking-skills",
                "status": "started",
                "started": "2026-03-01",
                "here": "yes",
            },
            "restriction": {"what": "mail", "detail": "Read", "authority": "Governor", "review": "2026-05-01"},
        }
        for kind, fields in entries.items():
            commands.save_entry(actor, NUMBER, kind, fields, DAY, DAY)
        held = pl.MeetingPayload("planning", "held", "P Dunn", part="contributed", agreed="Reading first.")
        commands.save_meeting(actor, NUMBER, held, DAY, DAY, agree=True)
    finally:
        door.sign_out()


def test_a_case_without_a_plan_has_none_and_empty_lists(desk: CommandLine) -> None:
    case = desk.json("case", NUMBER)
    assert case["plan"] is None
    assert [case[name] for name in ("meetings", "interventions", "assessments", "register")] == [[], [], [], []]


def test_the_json_of_a_case_carries_plan_people_needs_assessments_meetings_interventions(desk: CommandLine) -> None:
    work(desk)
    case = desk.json("case", NUMBER)
    assert (case["plan"]["version"], case["plan"]["agreed"]) == (1, TODAY)
    (objective,) = case["plan"]["objectives"]
    assert objective["change"] == "Read a letter alone"
    assert objective["target"] == "2026-06-01"
    assert objective["steps"][0] == {
        "what": "Meet the tutor",
        "owner": "A Okoro",
        "target": "2026-04-01",
        "state": "to-do",
        "on": None,
        "outcome": None,
    }
    assert {"role": "Keyworker", "name": "A Okoro"}.items() <= case["people"][-1].items()
    assert {"role": "Offender supervisor", "name": "M Shah"} in case["people"]
    assert {"need": "language", "value": "yes", "done": None}.items() <= case["needs"][-1].items()
    assert case["assessments"][0]["overall"] == "medium"
    assert case["interventions"][0]["holds_transfer"] is True
    assert case["meetings"][0]["agreed"] == "Reading first."
    assert case["register"][0]["kind"] == "restriction"
    assert case["contacts"] == []


def test_the_plan_as_at_a_day_before_it_was_written_is_none(desk: CommandLine) -> None:
    desk.on("2026-03-03")
    work_day = desk.json("case", NUMBER, "--as-at", TODAY)
    assert work_day["plan"] is None


def test_the_plan_is_told_in_words(desk: CommandLine) -> None:
    work(desk)
    said = " ".join(desk("case", NUMBER).out.split())
    assert "Sentence plan: version 1, agreed Mon 2 Mar 2026" in said
    assert "1. Read a letter alone: Education, training and employment, by Mon 1 Jun 2026, 0 of 1 steps done." in said


@pytest.mark.parametrize("kind", ["plan", "plan-file", "meeting-agenda", "meeting-record"])
@pytest.mark.parametrize("ending", ["pdf", "txt"])
def test_every_paper_of_the_plan_prints(desk: CommandLine, kind: str, ending: str) -> None:
    work(desk)
    file = desk.directory / f"out.{ending}"
    assert desk("print", kind, NUMBER, "--out", str(file)).status == 0
    assert file.stat().st_size > 300
    assert desk("verify").status == 0
