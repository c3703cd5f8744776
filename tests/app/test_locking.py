import threading

import pytest

from db.errors import RecordBusy
from screens.actions import ACTIONS
from screens.routes import Route
from tests.app.fakes import PATEL, FakeCaseload, FakeContact, FakeGate, Scene, play


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
        assert kept.left == {}

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


def test_forms_left_half_typed_are_told_of_at_the_next_sign_in() -> None:
    gate = FakeGate()
    gate.half_typed = ("contact A1234BC",)

    async def scene(on: Scene) -> None:
        assert "Half typed and kept as a draft: contact A1234BC." in on.text

    play(scene, gate=gate)


def test_whose_sign_in_was_taken_away_is_locked_out_within_seconds() -> None:
    gate = FakeGate()

    async def scene(on: Scene) -> None:
        gate.ended = True
        await on.shell.look_at_the_clock()
        await on.settle()
        assert on.top == "LockScreen"
        assert "BARLOW" not in on.text

    play(scene, gate=gate)
