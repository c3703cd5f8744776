"""`wingdesk print`: papers about one person."""

from pathlib import Path

import pytest

from tests.app.command_line import CommandLine, person


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, capsys, monkeypatch)
    line.make_record()
    line.take_in(person())
    return line


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF-"), ("txt", b"CASE SUMMARY")])
def test_the_ending_of_the_file_says_how_it_is_printed(desk: CommandLine, ending: str, begins: bytes) -> None:
    file = desk.directory / f"out.{ending}"
    answer = desk("print", "case-summary", "a1234bc", "--out", str(file))
    assert answer.status == 0
    assert file.read_bytes().startswith(begins)
    assert "Case summary of A1234BC written to" in answer.err
    assert answer.out == ""


def test_printing_stands_in_the_audit_trail(desk: CommandLine) -> None:
    file = desk.directory / "out.pdf"
    assert desk.json("print", "case-summary", "A1234BC", "--out", str(file))["file"] == str(file)
    assert desk("verify").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("case-summary", "A1234BC", "--out", "out.doc"), "ends in .pdf"),
        (("case-summary", "Z9999ZZ", "--out", "out.pdf"), "Z9999ZZ"),
        (("letter", "A1234BC", "--out", "out.pdf"), "letter"),
        (("case-summary", "A1234BC"), "--out"),
    ],
)
def test_what_cannot_be_printed_is_said_with_status_2(
    desk: CommandLine, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(desk.directory)
    answer = desk("print", *arguments)
    assert answer.status == 2
    assert said in answer.err
    assert not list(desk.directory.glob("out.*"))
