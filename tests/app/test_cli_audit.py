"""The audit trail from the command line: one's own entries, everybody's, and what is the manager's alone."""

from pathlib import Path

import pytest

from tests.app.command_line import CommandLine, person


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, capsys, monkeypatch)
    line.make_record()
    return line


def desk_of_four(desk: CommandLine) -> None:
    """A record with all four roles, each of whom has done something about one person."""
    for user, role in (("jcarter", "supervisor"), ("asingh", "administrator"), ("iwebb", "inspector")):
        desk.add_user(user, role)
    desk.take_in(person())
    desk.json("set", "A1234BC", "supervisor=jcarter")
    desk.as_user("asingh")
    desk.json("set", "A1234BC", "ppo=no")
    desk.as_user("jcarter")
    desk.json("log", "A1234BC", "--kind", "note", "--text", "Settled in.")
    desk.json("pathway", "A1234BC", "abuse-identified", "needed")


@pytest.mark.parametrize(
    ("user", "who"),
    [
        ("manager", {"manager", "asingh", "jcarter"}),
        ("iwebb", {"manager", "asingh", "jcarter"}),
        ("asingh", {"asingh"}),
        ("jcarter", {"jcarter"}),
    ],
)
def test_the_trail_is_ones_own_or_everybodys_and_of_restricted_lines_the_managers(
    desk: CommandLine, user: str, who: set[str]
) -> None:
    desk_of_four(desk)
    desk.as_user(user)
    found = desk.json("audit", "--case", "a1234bc")["lines"]
    assert {line["who"] for line in found} == who
    assert {line["number"] for line in found} == {"A1234BC"}
    assert any(line["verb"] == "restricted record changed" for line in found) is (user == "manager")
    assert "abuse" not in str(found)
    every = desk.json("audit")["lines"]
    assert len(every) > len(found)
    assert any(line["restricted"] for line in every) is (user == "manager")
    told = desk("audit").out
    assert "sign in" in told
    assert ("restricted" in told) is (user == "manager")


def test_what_an_inspector_reads_of_the_trail_is_as_many_lines_as_verify_counts(desk: CommandLine) -> None:
    desk_of_four(desk)
    desk.as_user("iwebb")
    lines = desk.json("audit")["lines"]
    assert desk.json("verify")["audit_lines"] == len(lines) + 1, "and the sign-in to verify"


def test_the_trail_of_one_person_is_of_somebody_the_record_knows(desk: CommandLine) -> None:
    assert desk("audit", "--case", "Z9999ZZ").status == 2
    assert desk("audit", "--format", "csv").out.startswith("when,who,terminal,what,number,detail")
