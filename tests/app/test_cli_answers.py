"""Where an answer goes, and what is said of a request that is wrong."""

import errno
import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.cli.root import run
from tests.app.command_line import CommandLine, person


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, capsys, monkeypatch)
    line.make_record()
    line.take_in(person())
    return line


class Refusing(io.StringIO):
    """A stream that takes nothing, with a descriptor that may be pointed elsewhere."""

    def __init__(self, error: OSError, place: int) -> None:
        super().__init__()
        self.error = error
        self.place = place

    def fileno(self) -> int:
        """Its descriptor."""
        return self.place

    def write(self, text: str) -> int:
        """Refuse it."""
        raise self.error


@contextmanager
def refusing(error: OSError, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Standard output refuses everything."""
    with tempfile.TemporaryFile() as place, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", Refusing(error, place.fileno()))
        yield


ASKED = [("triage", "--all"), ("triage", "--all", "--format", "csv"), ("facts",), ("--help",), ("verify",)]


@pytest.mark.parametrize("asked", ASKED)
def test_whoever_stops_reading_ends_it_quietly(
    desk: CommandLine, asked: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with refusing(BrokenPipeError(errno.EPIPE, "Broken pipe"), monkeypatch):
        assert run(asked) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("asked", ASKED)
def test_without_a_standard_output_it_ends_quietly(
    desk: CommandLine, asked: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert run(asked) == 0
    sys.stdout.close()
    assert capsys.readouterr().err == ""


def test_an_answer_that_cannot_be_written_out_is_not_said_to_have_changed_nothing(
    desk: CommandLine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with refusing(OSError(errno.ENOSPC, "No space left on device"), monkeypatch):
        assert run(("log", "A1234BC", "--kind", "note", "--text", "Spoke about work.")) == 4
    told = capsys.readouterr().err
    assert "could not be written out" in told
    assert "Nothing" not in told
    assert [contact["text"] for contact in desk.json("case", "A1234BC")["contacts"]] == ["Spoke about work."]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("imprt", "x"), "wingdesk has no command imprt; wingdesk --help shows how it is used."),
        (
            ("triage", "--al"),
            "wingdesk triage has no option --al, perhaps --all; wingdesk triage --help shows how it is used.",
        ),
        (("triage", "--wing"), "--wing wants a value; wingdesk triage --help shows how it is used."),
        (("triage", "--all=3"), "--all takes no value; wingdesk triage --help shows how it is used."),
        (
            ("triage", "--limit", "x"),
            "--limit is a whole number from 1 up, and “x” is not; wingdesk triage --help shows how it is used.",
        ),
        (
            ("demo", "--cases", "0"),
            "--cases is a whole number from 1 to 100000, and “0” is not; wingdesk demo --help shows how it is used.",
        ),
        (
            ("demo", "--seed", "x"),
            "--seed is a whole number, and “x” is not; wingdesk demo --help shows how it is used.",
        ),
        (
            ("triage", "--format", "xml"),
            "--format is one of table, json, csv, and “xml” is not; wingdesk triage --help shows how it is used.",
        ),
        (("case",), "wingdesk case wants NUMBER; wingdesk case --help shows how it is used."),
        (("case", "A1234BC", "now"), "wingdesk case has no use for now; wingdesk case --help shows how it is used."),
        (("log", "A1234BC"), "wingdesk log wants --kind KIND; wingdesk log --help shows how it is used."),
        (
            ("users", "role", "lyn"),
            "wingdesk users role wants ROLE, one of supervisor, administrator, manager, inspector; "
            "wingdesk users role --help shows how it is used.",
        ),
    ],
)
def test_a_wrong_request_is_one_sentence_that_says_how(desk: CommandLine, asked: tuple[str, ...], told: str) -> None:
    answer = desk(*asked)
    assert (answer.status, answer.out, answer.err) == (2, "", told + "\n")


def test_a_group_of_commands_alone_shows_what_is_in_it(desk: CommandLine) -> None:
    answer = desk("users")
    assert answer.status == 2
    assert "Staff and sign-ins" in answer.err


@pytest.mark.parametrize("place", ["record/meta/there", "password"])
def test_a_place_that_can_hold_no_backup_is_a_wrong_request(desk: CommandLine, place: str) -> None:
    (desk.record / "meta").write_text("", encoding="utf-8")
    answer = desk("backup", str(desk.directory / place))
    assert answer.status == 2
    assert "cannot be made a directory" in answer.err
    assert "Nothing was written" in answer.err


def test_a_place_that_can_hold_no_record_is_a_wrong_request(desk: CommandLine) -> None:
    answer = desk("init", "--establishment", "HMP Example", "--record", str(desk.directory / "password" / "there"))
    assert answer.status == 2
    assert "cannot be made a directory" in answer.err


def test_a_record_that_is_no_demonstration_is_not_called_one(desk: CommandLine) -> None:
    answer = desk("demo", "--keep", str(desk.record), "--no-open")
    assert (answer.status, answer.out) == (2, "")
    assert "is no demonstration" in answer.err


def test_a_demonstration_that_is_there_is_used_again_and_said_to_be(desk: CommandLine) -> None:
    asked = ("demo", "--keep", str(desk.directory / "demo"), "--no-open")
    assert desk(*asked, "--cases", "1").out.startswith("Made in ")
    assert desk(*asked, "--cases", "2").out.startswith("There already in ")


def test_a_time_with_a_zone_is_not_taken_for_the_clocks_here(desk: CommandLine) -> None:
    answer = desk("log", "A1234BC", "--kind", "note", "--text", "Spoke.", "--on", "2026-03-01T23:30Z")
    assert answer.status == 2
    assert "2026-05-22T14:30" in answer.err


def test_a_new_password_that_is_not_given_is_asked_for_by_its_own_name(desk: CommandLine) -> None:
    answer = desk("users", "add", "lyn", "--role", "inspector")
    assert answer.status == 3
    assert "WINGDESK_NEW_PASSWORD_FILE" in answer.err


def test_a_wing_is_named_as_it_was_given(desk: CommandLine) -> None:
    assert desk("triage", "--wing", "B").out.startswith("Wing B, Mon 2 Mar 2026: 1 cases.")
    assert desk("duties", "--wing", "b").out.startswith("Wing B, 2026-03-02:")
