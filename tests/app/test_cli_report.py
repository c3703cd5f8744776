"""wingdesk report: the same figures as the screens."""

from pathlib import Path

import pytest

from tests.app.command_line import CommandLine, person


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, capsys, monkeypatch)
    line.make_record()
    line.take_in(person(), person(prisonerNumber="B2222BB"))
    line.json("set", "A1234BC", "supervisor=manager", "--why", "Knows him")
    return line


def test_the_workload_is_told_supervisor_by_supervisor(desk: CommandLine) -> None:
    told = desk.json("report", "workload")
    assert (told["held"], told["most"], told["unallocated"]["cases"]) == (1, 70, 1)
    (supervisor,) = told["supervisors"]
    assert (supervisor["id"], supervisor["cases"], supervisor["capacity"]) == ("manager", 1, 70)
    assert sum(supervisor["tiers"].values()) == 1
    assert sum(supervisor["states"].values()) == 1


def test_within_a_time_it_says_who_was_given_how_many(desk: CommandLine) -> None:
    told = desk.json("report", "workload", "--from", "2026-03-01")
    assert (told["from"], told["to"]) == ("2026-03-01", "2026-03-02")
    assert told["supervisors"][0]["given"] == 1


def test_as_a_table_and_as_csv(desk: CommandLine) -> None:
    table = desk("report", "workload")
    assert table.status == 0
    assert "Unallocated" in table.out
    lines = desk("report", "workload", "--format", "csv").out.splitlines()
    assert lines[0].startswith("supervisor,id,cases,capacity,tier 4,")
    assert lines[1].startswith("Unallocated,,1,")


@pytest.mark.parametrize(
    "wrong", [("--to", "2026-03-01"), ("--from", "2026-03-02", "--to", "2026-03-01"), ("--as-at", "2026-03-03")]
)
def test_times_that_cannot_be_are_refused(desk: CommandLine, wrong: tuple[str, ...]) -> None:
    assert desk("report", "workload", *wrong).status == 2


def test_the_reason_given_for_a_supervisor_is_kept(desk: CommandLine) -> None:
    case = desk.json("case", "A1234BC")
    why = next(duty["why"] for duty in case["duties"] if duty["id"] == "first-meeting")
    assert why.endswith("Reason given: Knows him.")
