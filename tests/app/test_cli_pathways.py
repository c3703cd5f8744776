"""The pathway checklist from the command line."""

import json
from pathlib import Path

import pytest

from tests.app.command_line import CommandLine, person

NUMBER = "A1234BC"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, capsys, monkeypatch)
    line.make_record()
    line.take_in(person())
    return line


def test_the_case_has_its_checklist_and_nothing_restricted(desk: CommandLine) -> None:
    found = desk.json("case", NUMBER)
    assert len(found["checklist"]) == 50
    assert set(found["checklist"][0]) == {
        "pathway", "level", "activity", "title", "status", "on", "by", "said", "explained", "to", "due", "met",
        "provider", "source",
    }  # fmt: skip
    assert "abuse" not in json.dumps(found)
    assert found["referrals"] == []


def test_the_case_says_which_groups_somebody_is_in_and_what_they_ask_to_think_of(desk: CommandLine) -> None:
    desk.json("set", NUMBER, "care-leaver=yes")
    assert desk.json("case", NUMBER)["groups"] == ["care-leavers"]
    assert "who is the personal adviser?" in desk("case", NUMBER).out


def test_an_activity_is_done_with_an_outcome_only(desk: CommandLine) -> None:
    assert desk("pathway", NUMBER, "bank-account", "done", "--words", "tbc").status == 2
    done = desk.json("pathway", NUMBER, "bank-account", "done", "--words", "Account open")
    assert done["met"] == ["activity:bank-account"]
    assert (done["checklist"][0]["status"], done["checklist"][0]["met"]) == ("done", True)


def test_a_referral_stands_in_the_case_until_it_is_followed_up(desk: CommandLine) -> None:
    desk.json("pathway", NUMBER, "debt-advice", "signposted", "--to", "Citizens Advice")
    (sent,) = desk.json("case", NUMBER)["referrals"]
    assert (sent["to"], sent["outcome"], sent["due"]) == ("Citizens Advice", None, "2026-03-16")
    done = desk.json("done", NUMBER, "signpost-follow-up:debt-advice", "outcome=Plan agreed", "need-met=yes")
    assert done["met"] == ["signpost-follow-up:debt-advice"]
    (sent,) = desk.json("case", NUMBER)["referrals"]
    assert (sent["outcome"], sent["need_met"]) == ("Plan agreed", "yes")


def test_as_at_an_earlier_day_shows_the_checklist_of_that_day(desk: CommandLine) -> None:
    desk.json("pathway", NUMBER, "bank-account", "needed", "--today", "2026-03-04")
    found = desk.json("case", NUMBER, "--as-at", "2026-03-03", "--today", "2026-03-04")
    assert {one["status"] for one in found["checklist"]} == {"not-assessed"}


def test_the_catalogue_is_listed_with_its_sources(desk: CommandLine) -> None:
    found = desk.json("pathways")
    assert len(found) == 67
    assert all(one["source"].startswith("TTG") for one in found)


def test_who_leaves_is_listed_with_what_is_open(desk: CommandLine) -> None:
    desk.json("set", NUMBER, "release-date=2026-03-20")
    (one,) = desk.json("leaving")["leaving"]
    assert (one["number"], one["days"]) == (NUMBER, 18)
    assert desk.json("leaving", "--all")["leaving"] == [one]
    assert "in 18 days" in desk("leaving").out
    assert "pre-release-review" in {duty["id"] for duty in one["open"]}


def test_services_are_taken_in_and_found(desk: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "services.csv"
    file.write_text("title,provider,checked\nGarden course,Northgate,2026-02-20\n", encoding="utf-8")
    assert desk.json("services", "--import", str(file))["rows"]
    (one,) = desk.json("services", "garden")["services"]
    assert (one["title"], one["stale"]) == ("Garden course", False)
    assert desk("services", "--import", str(tmp_path / "none.csv")).status == 2


@pytest.mark.parametrize("command", [("pathways",), ("leaving", "--all"), ("services",)])
def test_each_says_it_in_words_too(desk: CommandLine, command: tuple[str, ...]) -> None:
    assert desk(*command).status == 0


@pytest.mark.parametrize("kind", ["checklist", "resettlement-plan", "who-does-what"])
def test_each_paper_is_printed(desk: CommandLine, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "paper.txt"
    assert desk("print", kind, NUMBER, "--out", str(file)).status == 0
    assert NUMBER in file.read_text(encoding="utf-8")
