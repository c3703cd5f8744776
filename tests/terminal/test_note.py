"""A note half written: what a lost terminal, a lock, another size of the window and a killed program leave of it."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from db import commands, current, door, drafts
from db.keyring import Keyring
from db.rows import Role
from db.slots import Cost
from tests.db.records import person, taken_in
from tests.terminal.harness import Terminal, terminal

PASSWORD = "salt and vinegar"
TODAY = date(2026, 3, 2)
NUMBER = "A1234BC"
TEXT = "Rang the hostel, bed from Friday"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record with a supervisor, whose one case has a number."""
    directory = tmp_path / "record"
    ring = Keyring(directory, cost=Cost(8, 1, 1))
    manager, _ = door.make_record(directory, "HMP Example", "MDI", "rpatel", "R Patel", PASSWORD, TODAY, ring)
    commands.add_staff(manager, "jcarter", "J Carter", Role.SUPERVISOR, TODAY, PASSWORD)
    taken_in(manager, tmp_path, person(prisonerNumber=NUMBER, lastName="BARLOW", firstName="Dean"))
    commands.allocate(manager, {NUMBER: "jcarter"}, "First", TODAY)
    door.sign_out()
    return directory


@contextmanager
def wingdesk(record: Path) -> Iterator[Terminal]:
    """The program itself on that record."""
    told = {
        "XDG_CONFIG_HOME": str(record.parent / "config"),
        "HOME": str(record.parent),
        "WINGDESK_RECORD": str(record),
        "WINGDESK_TODAY": TODAY.isoformat(),
    }
    with terminal("-m", "app", environment=told) as window:
        yield window


def sign_in(window: Terminal) -> None:
    window.see("User name")
    window.press("jcarter", "enter", PASSWORD, "enter")
    window.see("BARLOW Dean")


def begin(window: Terminal) -> None:
    """Begin a note: a call, with something to say."""
    window.press("n")
    window.see("Write a note")
    window.press("p" + TEXT)
    window.see(TEXT)


def kept(record: Path) -> list[dict[str, str]]:
    """What the user's drafts hold."""
    door.sign_in(record, "jcarter", PASSWORD, TODAY)
    try:
        return [json.loads(draft.payload) for draft in drafts.kept(current.store(), "jcarter")]
    finally:
        door.sign_out()


def go_on(window: Terminal) -> None:
    """Go on with the draft where it is offered, and save it."""
    window.press("n")
    window.see("A draft from")
    window.press("enter")
    window.see(TEXT)
    window.see("(p)hone")
    window.press("ctrl+s")
    window.see("Logged the phone.")


def test_a_terminal_hung_up_in_the_middle_of_a_note_loses_nothing_of_it(record: Path) -> None:
    with wingdesk(record) as window:
        sign_in(window)
        begin(window)
        window.hang_up()
        assert window.end() == 0
    assert kept(record) == [{"kind": "phone", "text": TEXT}]
    with wingdesk(record) as window:
        sign_in(window)
        go_on(window)
        window.press("ctrl+q")
        assert window.end() == 0
    assert kept(record) == []


def test_a_program_killed_leaves_the_note_as_it_was_kept(record: Path) -> None:
    with wingdesk(record) as window:
        sign_in(window)
        begin(window)
        window.see("Kept as a draft")
        window.signal(signal.SIGKILL)
        assert window.end() == -signal.SIGKILL
    assert kept(record) == [{"kind": "phone", "text": TEXT}]


def test_a_lock_and_another_size_of_the_window_leave_the_note_as_it_was(record: Path) -> None:
    with wingdesk(record) as window:
        sign_in(window)
        begin(window)
        window.resize(70, 20)
        window.see("needs 80 columns by 24 rows")
        window.resize(100, 30)
        window.see(TEXT)
        window.press("ctrl+l")
        window.see("Locked")
        assert TEXT not in window.text
        window.press("jcarter", "enter", PASSWORD, "enter")
        window.see("A draft from")
        window.press("enter")
        window.see(TEXT)
        window.press("ctrl+s")
        window.see("Logged the phone.")
        window.press("ctrl+q")
        assert window.end() == 0
