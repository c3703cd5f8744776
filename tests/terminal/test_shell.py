import json
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from db import current, door, drafts
from db.keyring import Keyring
from db.slots import Cost
from tests.terminal.harness import Terminal, terminal

PROGRAM = "tests/terminal/program.py"
PASSWORD = "salt and vinegar"
COLOURS = {str(number) for number in (*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108))}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record with one user, whose password costs little to check."""
    directory = tmp_path / "record"
    ring = Keyring(directory, cost=Cost(8, 1, 1))
    door.make_record(directory, "HMP Example", "", "rpatel", "R Patel", PASSWORD, date(2026, 3, 2), ring)
    door.sign_out()
    return directory


@contextmanager
def shell(record: Path, **environment: str) -> Iterator[Terminal]:
    """The shell on that record."""
    config = {"XDG_CONFIG_HOME": str(record.parent / "config"), "HOME": str(record.parent)}
    with terminal(PROGRAM, str(record), environment={**config, **environment}) as window:
        yield window


def sign_in(window: Terminal) -> None:
    window.see("User name")
    window.press("rpatel", "enter", PASSWORD, "enter")
    window.see("BARLOW Dean")


def kept(record: Path) -> list[Mapping[str, str]]:
    """What the user's drafts hold."""
    door.sign_in(record, "rpatel", PASSWORD, date(2026, 3, 2))
    try:
        return [json.loads(draft.payload) for draft in drafts.kept(current.store(), "rpatel")]
    finally:
        door.sign_out()


def test_in_true_colour_signing_in_leads_to_the_caseload_and_quitting_gives_the_terminal_back(record: Path) -> None:
    with shell(record) as window:
        sign_in(window)
        window.see("Enter open   c contact   ? keys")
        assert {"38", "2"} <= window.styles
        window.press("ctrl+q")
        assert window.end() == 0
    assert window.sent.rindex(b"\x1b[?1049l") > window.sent.rindex(b"\x1b[?1049h")
    assert window.sent.rindex(b"\x1b[?25h") > window.sent.rindex(b"\x1b[?25l")


def test_in_sixteen_colours_no_other_colour_is_sent(record: Path) -> None:
    with shell(record, TERM="xterm", COLORTERM="") as window:
        sign_in(window)
        window.press("ctrl+q")
        assert window.end() == 0
    assert not {"38", "48"} & window.styles
    assert COLOURS & window.styles


def test_without_colour_none_is_sent(record: Path) -> None:
    with shell(record, NO_COLOR="1") as window:
        sign_in(window)
        window.press("?")
        window.see("On this screen")
        window.press("ctrl+q")
        assert window.end() == 0
    assert not COLOURS & window.styles
    assert "1" in window.styles


@pytest.mark.parametrize(
    "environment",
    [{"LANG": "C"}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1", "LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}],
    ids=["LANG=C", "LC_ALL=C", "latin-1", "ascii"],
)
def test_where_the_terminal_is_not_utf_8_only_ascii_is_sent(record: Path, environment: dict[str, str]) -> None:
    with shell(record, **environment) as window:
        sign_in(window)
        window.see("BARLOW Dean  A1234BC  e *")
        window.press("?")
        window.see("Move in a list;")
        window.press("escape")
        window.see_no_more("Move in a list;")
        window.press("c")
        window.see("What was said")
        window.press("spoke", "escape")
        window.see("Leave this form")
        window.press("n", "ctrl+p")
        window.see("Commands")
        window.press("ctrl+q")
        assert window.end() == 0
    assert window.sent.isascii()
    assert b"\\u" not in window.sent


def test_a_dumb_terminal_is_refused_in_a_sentence(record: Path) -> None:
    with shell(record, TERM="dumb") as window:
        assert window.end() == 2
    assert b"wingdesk triage" in window.sent
    assert b"\x1b" not in window.sent


def test_the_mouse_is_left_to_the_terminal(record: Path) -> None:
    with shell(record) as window:
        sign_in(window)
        window.press("ctrl+q")
        window.end()
    assert b"\x1b[?1000h" not in window.sent
    assert b"\x1b[?1003h" not in window.sent


def test_what_is_copied_does_not_leave_for_the_terminals_clipboard(record: Path) -> None:
    with shell(record) as window:
        sign_in(window)
        window.press("c")
        window.see("Log a contact")
        window.press("spoke", "\x1b[1;2H", "ctrl+c", "ctrl+v")
        window.press("ctrl+q")
        assert window.end() == 0
    assert b"\x1b]52" not in window.sent


def test_keys_that_come_in_one_burst_reach_what_they_were_meant_for(record: Path) -> None:
    with shell(record) as window:
        window.see("User name")
        window.press("rpatel\t" + PASSWORD + "\r")
        window.see("BARLOW Dean")
        window.press("cspoke\twing office\x13")
        window.see("Next meeting by Thu 2 Apr.")
        window.press("cspoke of it")
        window.see("spoke of it")
        window.press("ctrl+q")
        assert window.end() == 0
    assert kept(record) == [{"text": "spoke of it", "where": ""}]


def test_the_lock_leaves_nothing_of_the_caseload_on_the_screen(record: Path) -> None:
    with shell(record) as window:
        sign_in(window)
        window.press("ctrl+l")
        window.see("Locked")
        assert "BARLOW" not in window.text
        window.press("rpatel", "enter", PASSWORD, "enter")
        window.see("BARLOW Dean")
        window.press("f12")
        window.until(lambda: not window.text.strip(), "a blank screen")
        window.press("x")
        window.see("Locked")
        window.press("ctrl+q")
        assert window.end() == 0


def test_a_window_made_too_small_says_so_and_comes_back_by_itself(record: Path) -> None:
    with shell(record) as window:
        sign_in(window)
        window.resize(70, 20)
        window.see("needs 80 columns by 24 rows")
        window.resize(100, 30)
        window.see("BARLOW Dean")
        window.press("ctrl+q")
        assert window.end() == 0


def test_a_lost_terminal_keeps_what_was_half_typed_and_ends(record: Path) -> None:
    with shell(record) as window:
        sign_in(window)
        window.press("c")
        window.see("Log a contact")
        window.press("spoke")
        window.see("spoke")
        window.hang_up()
        assert window.end() == 0
    assert kept(record) == [{"text": "spoke", "where": ""}]


def test_being_ended_keeps_what_was_half_typed_and_gives_the_terminal_back(record: Path) -> None:
    with shell(record) as window:
        sign_in(window)
        window.press("c")
        window.see("Log a contact")
        window.press("spoke")
        window.see("spoke")
        window.signal(signal.SIGTERM)
        assert window.end() == 0
    assert window.sent.rindex(b"\x1b[?1049l") > window.sent.rindex(b"\x1b[?1049h")
    assert kept(record) == [{"text": "spoke", "where": ""}]


def test_a_fault_of_our_own_ends_in_a_sentence_without_a_traceback_or_a_name(record: Path) -> None:
    with shell(record) as window:
        sign_in(window)
        shown = len(window.sent)
        window.press("d")
        assert window.end() == 70
    told = window.sent[shown:].rpartition(b"\x1b[?1049l")[2].decode()
    assert "Everything you saved is in the record." in told
    assert "Traceback" not in told
    assert "BARLOW" not in told
    log = (record / "log").read_text("utf-8")
    assert "ZeroDivisionError" in log
    assert "BARLOW" not in log


def test_broken_settings_keep_nobody_from_starting(record: Path) -> None:
    config = record.parent / "config" / "wingdesk"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text('look = "loud"\nidle_minutes = 99\n', "utf-8")
    (config / "keys.toml").write_text('wibble = "j"\ncontact = "j"\n', "utf-8")
    with shell(record) as window:
        window.see("settings.toml: look must be auto, full, basic or mono")
        window.see("idle_minutes must be a whole number of minutes from 1 to 15")
        window.see("there is no action “wibble”")
        sign_in(window)
        window.see("j contact")
        window.press("ctrl+q")
        assert window.end() == 0


def test_the_look_can_be_set_whatever_the_terminal_says(record: Path) -> None:
    config = record.parent / "config" / "wingdesk"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text('look = "mono"\nmarks = "ascii"\n', "utf-8")
    with shell(record) as window:
        sign_in(window)
        window.press("ctrl+q")
        assert window.end() == 0
    assert not COLOURS & window.styles
    assert window.sent.isascii()
