"""Recall from the command line: expected, started, previewed, reported, printed."""

from pathlib import Path

import pytest

from tests.app.command_line import CommandLine, person

NUMBER = "A1234BC"
RECALL_KEYS = {
    "key", "stage", "type", "days", "reasons", "expected", "returned", "release", "computed", "changes", "released",
    "route",
}  # fmt: skip
NOW_KEYS = RECALL_KEYS | {"alerts", "steps", "papers", "barriers", "keep", "decisions"}


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, capsys, monkeypatch)
    line.make_record()
    line.take_in(person())
    return line


def start(desk: CommandLine, *more: str) -> object:
    return desk.json("recall", NUMBER, "--type", "fixed-term", "--days", "28", "--returned", "2026-03-02", *more)


def test_starting_says_what_it_did_and_the_case_has_the_recall(desk: CommandLine) -> None:
    done = desk.json(
        "recall",
        NUMBER,
        "--type",
        "standard",
        "--returned",
        "2026-03-02",
        "--reason",
        "out-of-touch",
        "--reason",
        "other",
    )
    assert set(done) == {"number", "rows", "met", "duties", "does"}
    assert {one["about"] for one in done["does"]} >= {"Recall", "Clock", "Papers missing", "Supervisor"}
    recalls = desk.json("case", NUMBER)["recalls"]
    assert len(recalls) == 1
    assert set(recalls[0]) == NOW_KEYS
    assert (recalls[0]["stage"], recalls[0]["type"], recalls[0]["returned"]) == ("started", "standard", "2026-03-02")
    assert recalls[0]["reasons"] == ["out-of-touch", "other"]
    assert desk.duty(NUMBER, "recall-contact")["due"] == "2026-03-03"


def test_a_dry_run_writes_nothing(desk: CommandLine) -> None:
    shown = start(desk, "--dry-run")
    assert set(shown) == {"number", "does"}  # type: ignore[call-overload]
    assert desk.json("case", NUMBER)["recalls"] == []


def test_the_notice_governs_and_the_difference_is_told(desk: CommandLine) -> None:
    answer = desk("recall", NUMBER, "--type", "fixed-term", "--days", "28", "--returned", "2026-03-02",
                  "--release", "2026-03-27")  # fmt: skip
    assert answer.status == 0
    assert "Check:" in answer.out
    assert desk.duty(NUMBER, "recall-release")["due"] == "2026-03-27"
    assert desk.json("case", NUMBER)["recalls"][0]["computed"] == "2026-03-29"


def test_expected_and_unknown_people(desk: CommandLine) -> None:
    answer = desk("recall", "B4321CD", "--expected")
    assert answer.status == 2
    assert desk("recall", "B4321CD", "--expected", "--name", "MARSH, Tony", "--told-by", "A Khan").status == 0
    assert desk.json("case", "B4321CD")["recalls"][0]["stage"] == "expected"
    assert [case["number"] for case in desk.json("triage", "--all")["cases"]] == [NUMBER]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--type", "standard"),
        ("--type", "standard", "--expected", "--returned", "2026-03-02"),
        ("--type", "holiday", "--returned", "2026-03-02"),
        ("--type", "standard", "--returned", "2026-03-03"),
        ("--type", "standard", "--returned", "yesterday"),
        ("--type", "standard", "--returned", "2026-03-02", "--reason", "bad luck"),
    ],
)
def test_what_cannot_be_right_is_refused_and_leaves_nothing(desk: CommandLine, arguments: tuple[str, ...]) -> None:
    answer = desk("recall", NUMBER, *arguments)
    assert answer.status == 2
    assert answer.out == ""
    assert desk.json("case", NUMBER)["recalls"] == []


def test_an_inspector_is_refused(desk: CommandLine) -> None:
    desk.add_user("inspector", "inspector")
    desk.as_user("inspector")
    assert desk("recall", NUMBER, "--type", "standard", "--returned", "2026-03-02").status == 3


def test_the_report_as_table_json_and_csv(desk: CommandLine) -> None:
    start(desk)
    found = desk.json("report", "recall")
    assert (found["as_at"], found["now"], found["suppressed_under"]) == ("2026-03-02", 1, None)
    fixed = next(one for one in found["figures"] if one["measure"] == "type-fixed-term")
    assert (fixed["count"], fixed["of"], fixed["numbers"]) == (1, 1, [NUMBER])
    csv = desk("report", "recall", "--format", "csv")
    assert csv.out.splitlines()[0] == "measure,number,of,share,not known,not due yet,found elsewhere,source"
    assert "Type: fixed-term,1,1,100 %,0,0,," in csv.out
    table = desk("report", "recall")
    assert "1 back, 0 expected" in table.out
    assert desk("report", "recall", "--as-at", "2026-03-03").status == 2


def test_a_supervisor_is_not_told_numbers_under_five(desk: CommandLine) -> None:
    desk.add_user("jcarter", "supervisor")
    desk.json("set", NUMBER, "supervisor=jcarter")
    start(desk)
    desk.as_user("jcarter")
    found = desk.json("report", "recall")
    assert (found["now"], found["suppressed_under"]) == (None, 5)
    assert {one["count"] for one in found["figures"]} <= {None, 0}


def test_the_leaflet_is_printed(desk: CommandLine, tmp_path: Path) -> None:
    start(desk)
    for ending in ("pdf", "txt"):
        assert desk("print", "recall-leaflet", NUMBER, "--out", str(tmp_path / f"leaflet.{ending}")).status == 0
    assert "Sunday 29 March 2026" in " ".join((tmp_path / "leaflet.txt").read_text(encoding="utf-8").split())


def test_a_review_from_the_command_line_sets_the_next_clock(desk: CommandLine) -> None:
    desk.json("recall", NUMBER, "--type", "standard", "--returned", "2026-03-02")
    desk.on("2026-03-30")
    desk.json("done", NUMBER, "recall-28", "outcome=no-release", "next=2026-06-30")
    assert desk.duty(NUMBER, "recall-annual")["due"] == "2026-06-30"
    assert desk.json("case", NUMBER)["recalls"][0]["decisions"][0]["outcome"] == "no-release"
