from datetime import date, timedelta
from pathlib import Path

import pytest
from textual import events

from db.errors import RecordBusy, RecordDamaged, TooSoon
from screens import forms
from tests.app.fakes import CARTER, PATEL, TODAY, FakeCaseload, FakeGate, Scene, play
from widgets.form import Field


def test_somebody_who_has_signed_in_sees_the_caseload_at_once() -> None:
    async def scene(on: Scene) -> None:
        assert on.top == "FakeCaseload"
        assert "BARLOW Dean" in on.text

    assert play(scene).story == ["opened for jcarter"]


def test_signing_in_leads_to_the_caseload() -> None:
    async def scene(on: Scene) -> None:
        assert on.top == "SignInScreen"
        await on.sign_in()
        assert on.top == "FakeCaseload"

    assert play(scene, signed_in=None).story == ["opened for jcarter"]


def test_a_wrong_password_says_so_and_stays_at_the_door() -> None:
    async def scene(on: Scene) -> None:
        await on.sign_in(password="bread and butter")
        assert on.top == "SignInScreen"
        assert "do not open this record" in on.text

    assert play(scene, signed_in=None).story == ["refused jcarter"]


def test_having_to_wait_is_told_with_its_seconds() -> None:
    gate = FakeGate()
    gate.trouble = TooSoon("Too many tries with the wrong password. Wait 20 seconds, then try again.", 20)

    async def scene(on: Scene) -> None:
        await on.sign_in()
        assert "Wait 20 seconds" in on.text

    play(scene, gate=gate, signed_in=None)


def test_damage_is_told_apart_from_a_wrong_password() -> None:
    gate = FakeGate()
    gate.trouble = RecordDamaged("The record is damaged. Restore the newest good backup.")

    async def scene(on: Scene) -> None:
        await on.sign_in()
        assert "The record is damaged" in on.text
        assert "do not open" not in on.text

    play(scene, gate=gate, signed_in=None)


def test_a_record_that_will_not_open_for_somebody_signed_in_leads_to_the_door_with_the_reason() -> None:
    gate = FakeGate()
    gate.trouble = RecordBusy("Another program is using the record.")

    async def scene(on: Scene) -> None:
        assert on.top == "SignInScreen"
        assert "Another program is using the record." in on.text

    play(scene, gate=gate)


def test_what_was_wrong_with_the_settings_is_said_at_the_door() -> None:
    async def scene(on: Scene) -> None:
        assert "settings.toml: look must be" in on.text

    play(scene, signed_in=None, notices=["settings.toml: look must be auto."])


def test_what_was_wrong_with_the_settings_is_said_on_the_desk_to_somebody_signed_in() -> None:
    async def scene(on: Scene) -> None:
        assert "settings.toml: look must be" in on.text

    play(scene, notices=["settings.toml: look must be auto."])


# Getting about


def test_keys_in_one_burst_go_to_the_form_the_first_of_them_opens() -> None:
    async def scene(on: Scene) -> None:
        room = on.shell.screen
        assert isinstance(room, FakeCaseload)
        for key in "cuuc":
            on.shell.post_message(events.Key(key, key))
        await on.settle()
        assert room.done == ["contact"]
        assert [field.value for field in on.shell.screen.query(Field)] == ["uuc", ""]

    play(scene)


def test_blanking_goes_before_keys_that_still_wait() -> None:
    async def scene(on: Scene) -> None:
        for key in ("c", "a", "f12"):
            on.shell.post_message(events.Key(key, None))
        await on.settle()
        assert on.shell.current_mode == "door"
        assert "BARLOW" not in on.text

    play(scene)


def test_an_action_that_wrote_something_has_the_room_look_again_and_says_what_moved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forms, "DRAFT_SECONDS", 3600.0)

    async def scene(on: Scene) -> None:
        room = on.shell.screen
        assert isinstance(room, FakeCaseload)
        await on.press("c")
        await on.type("spoke")
        await on.press("ctrl+s")
        assert on.top == "FakeCaseload"
        assert room.refreshed == ["A1234BC"]
        assert "Next meeting by Thu 2 Apr." in on.text
        await on.press("u")
        assert "Undone." in on.text
        await on.press("down")
        assert "Enter open" in on.text

    play(scene)


def test_a_key_pressed_twice_opens_one_form() -> None:
    async def scene(on: Scene) -> None:
        await on.press("c", "c")
        names = [type(screen).__name__ for screen in on.shell.screen_stack]
        assert names.count("FakeContact") == 1

    play(scene)


def test_a_place_is_found_again_as_it_was_left() -> None:
    async def scene(on: Scene) -> None:
        await on.press("enter")
        assert on.top == "FakeCase"
        await on.press("5")
        assert on.top == "FakeRecords"
        await on.press("1")
        assert on.top == "FakeCase"
        await on.press("1")
        assert on.top == "FakeCaseload"

    play(scene, signed_in=PATEL)


def test_a_place_one_may_not_work_in_is_not_gone_to() -> None:
    async def scene(on: Scene) -> None:
        await on.press("5")
        assert on.top == "FakeCaseload"

    play(scene, signed_in=CARTER)


def test_esc_in_the_lowest_room_stays_there() -> None:
    async def scene(on: Scene) -> None:
        await on.press("escape", "escape")
        assert on.top == "FakeCaseload"

    play(scene)


def test_the_desk_is_built_again_when_the_day_turns() -> None:
    days = [TODAY]

    async def scene(on: Scene) -> None:
        await on.press("enter")
        days[0] = TODAY + timedelta(1)
        await on.shell.look_at_the_clock()
        await on.settle()
        assert on.top == "FakeCase"
        assert on.shell.sitting is not None
        assert on.shell.sitting.today == date(2026, 3, 3)
        assert on.shell.sitting.actor == CARTER

    gate = play(scene, day=lambda: days[0])
    assert gate.story == ["opened for jcarter", "day 2026-03-03"]


def test_a_form_is_finished_on_the_day_it_was_begun() -> None:
    days = [TODAY]

    async def scene(on: Scene) -> None:
        await on.press("c")
        await on.type("spoke")
        days[0] = TODAY + timedelta(1)
        await on.shell.look_at_the_clock()
        await on.settle()
        assert on.top == "FakeContact"
        assert "spoke" in on.text

    assert play(scene, day=lambda: days[0]).story == ["opened for jcarter"]


# Help, commands, sizes


@pytest.mark.parametrize("key", ["question_mark", "f1"])
def test_help_lists_the_keys_of_the_screen_and_the_marks(key: str) -> None:
    async def scene(on: Scene) -> None:
        await on.press(key)
        assert on.top == "HelpScreen"
        assert "Log a contact, and tick the duties it also meets" in on.text
        assert "Find a person" not in on.text
        await on.press("escape")
        assert on.top == "FakeCaseload"

    play(scene)


@pytest.mark.parametrize("key", ["question_mark", "ctrl+p", "c", "ctrl+l"])
def test_a_demonstration_says_so_on_the_shells_own_screens(key: str) -> None:
    async def scene(on: Scene) -> None:
        await on.press(key)
        assert "DEMONSTRATION" in on.text

    play(scene, demonstration=True)


def test_the_palette_does_what_is_chosen_by_name() -> None:
    async def scene(on: Scene) -> None:
        room = on.shell.screen
        assert isinstance(room, FakeCaseload)
        await on.press("ctrl+p")
        await on.paste("last change")
        await on.press("enter")
        assert on.top == "FakeCaseload"
        assert room.done == ["undo"]

    play(scene)


def test_the_palette_locks_from_a_form() -> None:
    async def scene(on: Scene) -> None:
        await on.press("c")
        await on.press("ctrl+p")
        await on.type("lock")
        await on.press("enter")
        assert on.top == "LockScreen"

    play(scene)


def test_the_users_own_key_acts_and_the_usual_one_does_not() -> None:
    async def scene(on: Scene) -> None:
        room = on.shell.screen
        assert isinstance(room, FakeCaseload)
        assert "k contact" in on.text
        await on.press("c")
        assert room.done == []
        await on.press("k")
        assert room.done == ["contact"]

    play(scene, keys={"contact": "k"})


def test_a_window_too_small_says_what_is_needed_and_goes_back_by_itself() -> None:
    async def scene(on: Scene) -> None:
        assert "needs 80 columns by 24 rows; this window has 79 by 24" in " ".join(on.text.split())
        assert "BARLOW" not in on.text
        await on.pilot.resize_terminal(80, 24)
        await on.settle()
        assert "BARLOW" in on.text

    play(scene, size=(79, 24))


def test_a_window_made_too_small_keeps_what_is_typed_in_a_form() -> None:
    async def scene(on: Scene) -> None:
        await on.press("c")
        await on.type("spoke")
        await on.pilot.resize_terminal(80, 23)
        await on.settle()
        assert on.top == "TooSmallScreen"
        await on.type("xyz")
        await on.pilot.resize_terminal(80, 24)
        await on.settle()
        assert on.top == "FakeContact"
        assert "spoke" in on.text
        assert "xyz" not in on.text

    play(scene)


def test_a_window_too_small_can_be_locked_all_the_same() -> None:
    async def scene(on: Scene) -> None:
        await on.press("ctrl+l")
        assert on.shell.sitting is None
        await on.pilot.resize_terminal(80, 24)
        await on.settle()
        assert on.top == "LockScreen"

    assert play(scene, size=(60, 20)).story == ["opened for jcarter", "closed"]


# Faults of our own


def test_a_fault_is_told_in_a_sentence_and_logged_without_anybodys_name(tmp_path: Path) -> None:
    gate = FakeGate(tmp_path)
    words: list[str] = []

    async def scene(on: Scene) -> None:
        await on.press("c")
        await on.type("spoke")
        on.shell.screen.dismiss()
        await on.settle()
        await on.pilot.press("d")
        words.append(on.shell.last_words)

    with pytest.raises(ZeroDivisionError):
        play(scene, gate=gate)
    assert "Everything you saved is in the record." in words[0]
    log = (tmp_path / "log").read_text("utf-8")
    assert "ZeroDivisionError" in log
    assert "action_meet" in log
    assert "BARLOW" not in log
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


def test_a_fault_prints_no_traceback(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    async def scene(on: Scene) -> None:
        await on.pilot.press("d")

    with pytest.raises(ZeroDivisionError):
        play(scene, gate=FakeGate(tmp_path))
    out, err = capfd.readouterr()
    assert "BARLOW" not in out + err
    assert "Traceback" not in out + err


def test_what_somebody_else_wrote_has_every_room_look_again_and_leaves_a_form_as_it_is() -> None:
    gate = FakeGate()

    async def scene(on: Scene) -> None:
        room = on.shell.screen
        assert isinstance(room, FakeCaseload)
        await on.shell.look_at_the_clock()
        await on.settle()
        assert room.refreshed == []
        await on.press("c")
        await on.type("spoke")
        gate.others = True
        await on.shell.look_at_the_clock()
        await on.settle()
        assert room.refreshed == [""]
        assert on.top == "FakeContact"
        assert "spoke" in on.text

    play(scene, gate=gate)
