"""The dates the command line gives for extracts: each worked out by hand from a calendar."""

from pathlib import Path
from typing import Any

import pytest

from tests.app.command_line import CommandLine, person


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, capsys, monkeypatch)
    line.make_record()
    return line


@pytest.mark.parametrize(
    ("admitted", "due"),
    [
        ("2026-02-27T16:40:00", "2026-03-02T16:40:00"),  # over a weekend, to the minute
        ("2026-02-26", "2026-03-01"),  # no time: to the end of the third day after
    ],
)
def test_bcst_1_is_due_72_hours_after_custody_start(desk: CommandLine, admitted: str, due: str) -> None:
    desk.take_in(person(receptionDate=None, lastAdmissionDate=admitted))
    assert desk.duty("A1234BC", "bcst1")["due"] == due


def test_72_hours_are_the_same_clock_time_over_a_clock_change(desk: CommandLine) -> None:
    desk.on("2026-03-27")
    desk.take_in(person(receptionDate=None, lastAdmissionDate="2026-03-27T09:15:00"))
    assert desk.duty("A1234BC", "bcst1")["due"] == "2026-03-30T09:15:00"


@pytest.mark.parametrize(
    ("today", "completed", "received", "due"),
    [
        ("2026-04-02", "2026-04-01", None, "2026-04-10"),  # over Good Friday and Easter Monday
        ("2026-12-23", "2026-12-22", None, "2026-12-31"),  # over Christmas Day and the substitute day
        ("2026-04-02", "2026-04-01", "2026-04-02", "2026-04-13"),
    ],
)
def test_bcst_2_is_due_5_working_days_after_the_provider_received_bcst_1(
    desk: CommandLine, today: str, completed: str, received: str | None, due: str
) -> None:
    desk.on(today)
    desk.take_in(person(receptionDate=completed, sentenceStartDate=completed))
    fields = [f"received={received}"] if received else []
    desk.json("done", "A1234BC", "bcst1", "--on", completed, *fields)
    assert desk.duty("A1234BC", "bcst2")["due"] == due


def test_a_month_after_31_january_is_the_last_of_february(desk: CommandLine) -> None:
    desk.on("2026-01-31")
    desk.take_in(person(receptionDate="2026-01-05", sentenceStartDate="2026-01-05"))
    desk.json("set", "A1234BC", "supervisor=manager")
    desk.json("log", "A1234BC", "--kind", "meeting", "--text", "Met.", "--meets", "first-meeting")
    contact = desk.duty("A1234BC", "supervisor-contact")
    assert (contact["opens"], contact["due"], contact["last_working_day"]) == ("2026-02-14", "2026-02-28", "2026-02-27")


def test_the_pre_release_review_opens_84_days_before_release(desk: CommandLine) -> None:
    desk.take_in(person(conditionalReleaseDate="2026-06-15"))
    review = desk.duty("A1234BC", "pre-release-review")
    assert (review["opens"], review["due"], review["state"]) == ("2026-03-23", "2026-05-18", "later")


def test_a_duty_that_first_applied_after_its_date_is_short_notice(desk: CommandLine) -> None:
    release = "2026-03-27"
    desk.take_in(
        person(conditionalReleaseDate=release, lastAdmissionDate="2025-11-03", receptionDate="2025-11-03",
               sentenceStartDate="2025-11-03", lastMovementReasonCode="INT")
    )  # fmt: skip
    desk.json("set", "A1234BC", "arrival=2026-03-02")
    review = desk.duty("A1234BC", "pre-release-review")
    assert (review["due"], review["short_notice"], review["state"]) == ("2026-03-09", True, "week")


def test_the_earliest_future_release_date_counts_and_past_ones_never(desk: CommandLine) -> None:
    desk.take_in(person(automaticReleaseDate="2026-03-01", conditionalReleaseDate="2026-09-01"))
    assert desk.json("triage", "--all")["cases"][0]["release_date"] == "2026-09-01"


def test_a_release_date_that_passes_makes_finding_one_the_administrators_duty(desk: CommandLine) -> None:
    desk.take_in(person(conditionalReleaseDate="2026-03-06"))
    desk.on("2026-03-09")
    missing = desk.duty("A1234BC", "release-date-missing")
    assert (missing["opens"], missing["due"], missing["owner"]) == ("2026-03-06", "2026-03-13", "CA")


@pytest.mark.parametrize(
    ("fields", "facts", "answer", "limb"),
    [
        ({"alerts": [{"alertType": "R", "alertCode": "ROH", "active": True}]}, [], "in", "RoSH high"),
        ({"alerts": [{"alertType": "O", "alertCode": "OPPO", "active": True}]}, [], "in", "PPO"),
        ({}, [], "unknown", ""),
        ({}, ["rosh=low", "ppo=no"], "out", "neither"),
        ({}, ["rosh=low", "ppo=no", "local-extension=yes"], "extension", "local extension"),
        ({"sentenceExpiryDate": "2027-02-17"}, [], "out", "under 12 months"),
        ({"sentenceExpiryDate": "2027-02-18"}, ["ppo=yes"], "in", "PPO"),
        ({"legalStatus": "INDETERMINATE_SENTENCE", "imprisonmentStatus": "IPP", "indeterminateSentence": True,
          "sentenceExpiryDate": None}, [], "in", "Phase III"),
        ({"legalStatus": "INDETERMINATE_SENTENCE", "imprisonmentStatus": "MLP", "indeterminateSentence": True,
          "sentenceExpiryDate": None}, [], "out", "life"),
        ({"dateOfBirth": "2009-01-01"}, [], "out", "adult"),
    ],
)  # fmt: skip
def test_scope_and_the_limb_that_decided(
    desk: CommandLine, fields: dict[str, Any], facts: list[str], answer: str, limb: str
) -> None:
    desk.take_in(person(**fields))
    if facts:
        desk.json("set", "A1234BC", *facts, "--why", "Board of 2 March")
    scope = desk.json("triage", "--all")["cases"][0]["scope"]
    assert scope["answer"] == answer
    assert limb in (scope["limb"] or "")


def test_missing_facts_are_named_with_the_duties_that_wait_for_them(desk: CommandLine) -> None:
    desk.take_in(person())
    missing = {one["fact"]: one["needed_for"] for one in desk.json("triage", "--all")["cases"][0]["missing"]}
    assert "planning-meeting" in missing["rosh"]
    assert "planning-meeting" in missing["ppo"]


def test_a_fixed_term_recall_ends_on_day_28_counting_the_return_as_day_1(desk: CommandLine) -> None:
    desk.take_in(
        person(legalStatus="RECALL", imprisonmentStatus="FTR_ORA", recall=True, receptionDate=None,
               lastAdmissionDate="2026-02-26", sentenceStartDate="2024-06-03", conditionalReleaseDate="2025-06-03",
               sentenceExpiryDate="2026-06-02")
    )  # fmt: skip
    release = desk.duty("A1234BC", "recall-release")
    assert release["due"] == "2026-03-25"
    desk.json("set", "A1234BC", "recall-release=2026-03-24")
    assert desk.duty("A1234BC", "recall-release")["due"] == "2026-03-24"
    assert "recall notice says Tue 24 Mar 2026" in " ".join(desk("case", "A1234BC").out.split())


def test_recall_steps_run_from_the_return(desk: CommandLine) -> None:
    desk.take_in(
        person(legalStatus="RECALL", imprisonmentStatus="LR_ORA", recall=True, receptionDate=None,
               lastAdmissionDate="2026-02-26", sentenceStartDate="2024-06-03", conditionalReleaseDate="2025-06-03",
               sentenceExpiryDate="2027-06-02")
    )  # fmt: skip
    due = {
        duty["id"]: duty["due"] for duty in desk.json("case", "A1234BC")["duties"] if duty["id"].startswith("recall-")
    }
    assert due["recall-contact"] == "2026-02-27"
    assert due["recall-explained"] == "2026-03-05"
    assert due["recall-28"] == "2026-03-26"
    assert due["recall-proactive"] == "2026-03-26"
    assert due["recall-annual"] == "2027-02-26"
    assert due["recall-before-sed"] == "2027-03-02"
