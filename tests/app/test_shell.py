import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.errors import RecordBusy, RecordDamaged, TooSoon
from screens import forms
from screens.actions import ACTIONS
from screens.routes import Route
from tests.app.fakes import CARTER, PATEL, TODAY, FakeCaseload, FakeContact, FakeGate, Scene, play


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


# Locking


def test_the_lock_hides_everything_and_closes_the_record() -> None:
    async def scene(on: Scene) -> None:
        await on.press("ctrl+l")
        assert on.top == "LockScreen"
        assert "BARLOW" not in on.text
        assert "A1234BC" not in on.text

    assert play(scene).story == ["opened for jcarter", "closed"]


def test_the_lock_takes_every_screen_away() -> None:
    async def scene(on: Scene) -> None:
        await on.press("enter")
        await on.press("ctrl+l")
        assert [type(screen).__name__ for screen in on.shell.screen_stack] == ["BlankScreen", "LockScreen"]
        assert on.shell.sitting is None
        assert not [node for node in on.shell._registry if isinstance(node, FakeCaseload)]

    play(scene)


def test_the_lock_keeps_routes_and_a_staff_id_and_nothing_else() -> None:
    async def scene(on: Scene) -> None:
        await on.press("enter")
        await on.press("ctrl+l")
        kept = on.shell.kept
        assert kept is not None
        assert kept.staff == "jcarter"
        assert kept.routes == (Route("caseload", cursor="A1234BC"), Route("case", "A1234BC"))

    play(scene)


def test_whoever_locked_comes_back_to_where_they_were() -> None:
    async def scene(on: Scene) -> None:
        await on.press("enter")
        await on.press("ctrl+l")
        await on.sign_in()
        assert on.top == "FakeCase"
        assert "case A1234BC" in on.text
        await on.press("escape")
        assert on.top == "FakeCaseload"

    assert play(scene).story == ["opened for jcarter", "closed", "opened for jcarter"]


def test_somebody_else_starts_afresh_after_the_lock() -> None:
    async def scene(on: Scene) -> None:
        await on.press("enter")
        await on.press("ctrl+l")
        await on.sign_in("rpatel", "salt and vinegar")
        assert on.top == "FakeCaseload"
        assert on.shell.sitting is not None
        assert on.shell.sitting.actor == PATEL

    play(scene)


@pytest.mark.parametrize("key", ["f12", "ctrl+k"])
def test_blanking_leaves_nothing_on_the_screen_and_any_key_shows_the_lock(key: str) -> None:
    async def scene(on: Scene) -> None:
        await on.press(key)
        assert on.text.strip() == ""
        await on.press("x")
        assert on.top == "LockScreen"

    assert play(scene).story == ["opened for jcarter", "closed"]


EVERY_KEY = (
    *sorted({key for action in ACTIONS.values() for key in action.keys.split(",")} - {"ctrl+q"}),
    *("ctrl+c", "ctrl+v", "tab", "shift+tab", "up", "down", "pageup", "pagedown", "home", "end"),
)
"""The key of every action there is, and what lists and fields know; quitting is looked at apart."""


def test_no_key_gets_behind_the_lock() -> None:
    async def scene(on: Scene) -> None:
        await on.press("ctrl+l")
        for key in EVERY_KEY:
            await on.press(key)
            assert on.shell.sitting is None, key
            assert on.shell.current_mode == "door", key
            assert "BARLOW" not in on.text, key

    assert play(scene).story == ["opened for jcarter", "closed"]


def test_every_key_only_wakes_the_blank_screen() -> None:
    async def scene(on: Scene) -> None:
        for key in (*EVERY_KEY, "ctrl+q"):
            await on.pilot.press("f12")
            assert on.top == "BlankScreen", key
            assert on.text.strip() == "", key
            await on.pilot.press(key)
            assert on.top == "LockScreen", key
            assert on.shell.is_running, key

    play(scene)


@pytest.mark.parametrize("action", ["commands", "keys", "lock", "quit", "blank"])
def test_the_blank_screen_enables_no_action_of_the_shell(action: str) -> None:
    async def scene(on: Scene) -> None:
        assert on.shell.check_action(action, ())
        await on.press("f12")
        assert not on.shell.check_action(action, ())

    play(scene)


@pytest.mark.parametrize(("action", "works"), [("commands", False), ("lock", False), ("quit", True), ("blank", True)])
def test_the_lock_enables_only_what_shows_and_changes_nothing(action: str, works: bool) -> None:
    async def scene(on: Scene) -> None:
        await on.press("ctrl+l")
        assert on.shell.check_action(action, ()) is works

    play(scene)


def test_five_minutes_without_a_key_lock() -> None:
    async def scene(on: Scene) -> None:
        on.clock.seconds = 299
        await on.shell.look_at_the_clock()
        assert on.top == "FakeCaseload"
        on.clock.seconds = 300
        await on.shell.look_at_the_clock()
        await on.settle()
        assert on.top == "LockScreen"

    play(scene)


def test_a_key_counts_against_idleness_even_in_a_form() -> None:
    async def scene(on: Scene) -> None:
        await on.press("c")
        on.clock.seconds = 299
        await on.press("a")
        on.clock.seconds = 598
        await on.shell.look_at_the_clock()
        assert on.top == "FakeContact"

    play(scene)


def test_the_first_key_after_sleep_locks_and_does_nothing_else() -> None:
    async def scene(on: Scene) -> None:
        room = on.shell.screen
        assert isinstance(room, FakeCaseload)
        on.clock.seconds = 3600
        await on.press("u")
        assert on.top == "LockScreen"
        assert room.done == []

    play(scene)


def test_a_locked_screen_left_alone_forgets_what_was_typed_at_it() -> None:
    async def scene(on: Scene) -> None:
        await on.press("ctrl+l")
        await on.type("jcarter")
        on.clock.seconds = 300
        await on.shell.look_at_the_clock()
        await on.settle()
        assert "jcarter" not in on.text

    play(scene)


def test_blanking_while_the_password_is_checked_keeps_the_screen_blank_and_closes_the_record() -> None:
    gate = FakeGate()
    gate.may_open.clear()

    async def scene(on: Scene) -> None:
        await on.pilot.press(*"jcarter", "enter", *"salt", "enter")
        await on.pilot.press("f12")
        gate.may_open.set()
        await on.settle()
        assert on.text.strip() == ""
        await on.press("x")
        assert on.top == "SignInScreen"

    assert play(scene, gate=gate, signed_in=None).open is False


def test_nobody_is_let_in_before_the_record_is_closed() -> None:
    async def scene(on: Scene) -> None:
        await on.press("ctrl+l")
        on.shell.away.clear()
        await on.pilot.press(*"jcarter", "enter", *("space" if c == " " else c for c in "bread and gravy"), "enter")
        await on.pilot.pause()
        assert on.gate.story == ["opened for jcarter", "closed"]
        on.shell.away.set()
        await on.settle()
        assert on.top == "FakeCaseload"

    play(scene)


def test_the_lock_forgets_what_was_copied() -> None:
    async def scene(on: Scene) -> None:
        on.shell.copy_to_clipboard("BARLOW Dean")
        assert on.shell.clipboard == "BARLOW Dean"
        await on.press("ctrl+l")
        assert on.shell.clipboard == ""

    play(scene)


# Drafts


def test_a_form_half_filled_in_is_kept_by_the_lock_and_offered_after_it() -> None:
    async def scene(on: Scene) -> None:
        await on.press("c")
        await on.type("spoke of it")
        await on.press("ctrl+l")
        assert on.gate.drafts.box == {Route("contact", "A1234BC"): {"text": "spoke of it", "where": ""}}
        await on.sign_in()
        assert on.top == "Question"
        assert "A draft from 10:40 was kept." in on.text
        await on.press("enter")
        assert on.top == "FakeContact"
        assert "spoke of it" in on.text

    play(scene)


def test_nobody_else_is_offered_the_form() -> None:
    async def scene(on: Scene) -> None:
        await on.press("c")
        await on.type("spoke")
        await on.press("ctrl+l")
        await on.sign_in("rpatel", "salt and vinegar")
        assert on.top == "FakeCaseload"
        assert "spoke" not in on.text

    play(scene)


def test_a_draft_the_record_refuses_does_not_keep_the_screen_from_locking() -> None:
    gate = FakeGate()
    gate.drafts.trouble = RecordBusy("Another program is using the record.")

    async def scene(on: Scene) -> None:
        await on.press("c")
        await on.type("spoke")
        await on.press("ctrl+l")
        assert on.top == "LockScreen"

    assert play(scene, gate=gate).story == ["opened for jcarter", "closed"]


def test_a_form_being_saved_when_the_screen_locks_is_saved_and_leaves_no_draft() -> None:
    saving = threading.Event()
    FakeContact.may_save = saving

    async def scene(on: Scene) -> None:
        await on.press("c")
        await on.type("spoke")
        await on.pilot.press("ctrl+s")
        await on.pilot.press("ctrl+l")
        saving.set()
        await on.settle()
        assert on.top == "LockScreen"
        assert on.gate.drafts.box == {}

    try:
        play(scene)
    finally:
        FakeContact.may_save = None
    assert FakeContact.saved == [{"text": "spoke", "where": ""}]


def test_quitting_keeps_what_was_half_typed_and_closes_the_record() -> None:
    async def scene(on: Scene) -> None:
        await on.press("c")
        await on.type("spoke")
        await on.pilot.press("ctrl+q")
        await on.pilot.pause()

    gate = play(scene)
    assert gate.drafts.box == {Route("contact", "A1234BC"): {"text": "spoke", "where": ""}}
    assert gate.story == ["opened for jcarter", "closed"]


# Getting about


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
