"""Logging a contact and writing a note, by keys."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual import events

from db import views
from db.rows import ContactRow, State
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, KAUR, SINGH, TODAY, WEBB, Scene, play
from widgets.choices import TickList

CONTACT, NOTE = Route("contact", BARLOW), Route("note", BARLOW)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(BARLOW)
    casework.settle(KAUR)
    return tmp_path


def logged(case: str = BARLOW) -> ContactRow:
    """The one contact that was recorded."""
    (contact,) = views.case_detail(CARTER, case, TODAY).contacts
    return contact


def ticks(scene: Scene) -> TickList:
    field = scene.screen.form.field("meets")
    assert isinstance(field, TickList)
    return field


async def say(scene: Scene, text: str = "Talked it through") -> None:
    scene.screen.form.field("text").grab()
    await scene.type(text)


def test_a_contact_is_now_by_me_and_a_meeting_unless_something_else_is_said(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await say(scene)
        await scene.press("ctrl+s")
        assert scene.top == "Landing"

    play(record, scene, at=CONTACT)
    contact = logged()
    assert (contact.kind, contact.at, contact.by) == ("meeting", TODAY, "jcarter")
    assert contact.text == "Talked it through"


def test_what_only_a_meeting_meets_is_ticked_and_the_rest_offered(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert ticks(scene).ticked == ("recall-contact", "first-meeting")
        assert "[ ] Legal advice" in scene.text

    play(record, scene, at=CONTACT)


def test_ticked_duties_are_met_and_the_clock_moves(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await say(scene)
        await scene.press("ctrl+s")
        assert "Next: Meet about the plan, by Thu 2 Apr 2026." in scene.text

    play(record, scene, at=CONTACT)
    states = {duty.name: duty.state for duty in views.case_detail(CARTER, BARLOW, TODAY).duties}
    assert states["first-meeting"] is State.MET
    assert states["recall-contact"] is State.MET
    assert states["recall-legal"] is State.OVERDUE


def test_a_duty_on_offer_is_met_once_it_is_ticked(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await say(scene)
        ticks(scene).grab()
        await scene.press("down", "down", "space", "ctrl+s")

    play(record, scene, at=CONTACT)
    assert "recall-distress" in logged().meets


@pytest.mark.parametrize(("key", "kind"), [("n", "note"), ("p", "phone"), ("l", "letter")])
def test_another_kind_unticks_what_only_a_meeting_meets(record: Path, key: str, kind: str) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press(key)
        assert scene.screen.form.field("kind").value == kind
        assert ticks(scene).ticked == ()
        assert "See after return" not in scene.text

    play(record, scene, at=CONTACT)


def test_a_video_link_meets_what_a_meeting_meets(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("p", *["up"] * 6, "v")
        assert ticks(scene).ticked == ("recall-contact", "first-meeting")

    play(record, scene, at=CONTACT)


def test_a_tick_on_offer_survives_another_kind(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        ticks(scene).grab()
        await scene.press("down", "down", "space")
        scene.screen.form.field("kind").grab()
        await scene.press("p")
        assert ticks(scene).ticked == ("recall-distress",)

    play(record, scene, at=CONTACT)


def test_one_key_picks_the_kind_and_goes_on_to_what_was_said(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("p")
        assert scene.screen.form.field("text").busy
        await scene.type("Rang the hostel")
        await scene.press("ctrl+s")

    play(record, scene, at=CONTACT)
    assert (logged().kind, logged().text) == ("phone", "Rang the hostel")


@pytest.mark.parametrize("text", ["Met him at visits; a long talk", "Phoned, no reply", "– not in his cell"])
def test_a_text_typed_at_once_is_what_was_said_and_picks_no_kind(record: Path, text: str) -> None:
    async def scene(scene: Scene) -> None:
        await scene.type(text)
        await scene.press("ctrl+s")

    play(record, scene, at=CONTACT)
    assert (logged().kind, logged().text) == ("meeting", text)


def test_a_text_pasted_at_once_is_what_was_said(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert scene.shell.focused is not None
        scene.shell.focused.post_message(events.Paste("met him on the wing"))
        await scene.settle()
        await scene.press("ctrl+s")

    play(record, scene, at=CONTACT)
    assert (logged().kind, logged().text) == ("meeting", "met him on the wing")


def test_what_asks_for_more_is_named_not_ticked(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        ticks(scene).grab()
        await scene.settle()
        assert "By d in the case, since they ask for more: Release now?" in " ".join(scene.text.split())

    play(record, scene, at=CONTACT)


def test_without_what_was_said_nothing_is_saved_and_the_field_says_so(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("ctrl+s")
        assert scene.top == "ContactForm"
        assert "! What was said is needed." in scene.text
        assert scene.screen.form.field("text").busy

    play(record, scene, at=CONTACT)
    assert views.case_detail(CARTER, BARLOW, TODAY).contacts == ()


def test_a_day_to_come_is_refused_under_its_field(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await say(scene)
        scene.screen.form.field("when").grab()
        await scene.type("2026-03-03")
        await scene.press("ctrl+s")
        assert "! Tue 3 Mar 2026 has not come yet." in scene.text

    play(record, scene, at=CONTACT)


def test_when_takes_a_time_as_well(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await say(scene)
        scene.screen.form.field("when").grab()
        await scene.type("today 10:40")
        await scene.press("ctrl+s")

    play(record, scene, at=CONTACT)
    assert str(logged().at) == "2026-03-02 10:40:00"


def test_somebody_else_can_have_seen_the_person(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await say(scene)
        scene.screen.form.field("who").grab()
        await scene.type("patel")
        assert "R Patel (rpatel)" in scene.text
        await scene.press("ctrl+s")

    play(record, scene, at=CONTACT)
    assert logged().by == "rpatel"


def test_somebody_nobody_knows_is_refused_under_the_field(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await say(scene)
        scene.screen.form.field("who").grab()
        await scene.type("nobody")
        await scene.press("ctrl+s")
        assert "! Nobody on the staff list is called “nobody”." in scene.text

    play(record, scene, at=CONTACT)


def test_a_safety_concern_opens_a_handover_and_says_so(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "opens a handover, due today" in scene.text
        await say(scene)
        scene.screen.form.field("safety").grab()
        await scene.press("space", "ctrl+s")
        assert "A safety handover is outstanding" in scene.text

    play(record, scene, at=CONTACT)
    assert any(duty.state is State.SAFETY for duty in views.case_detail(CARTER, BARLOW, TODAY).duties)


def test_strengths_concerns_understanding_and_language_are_kept(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await say(scene)
        await scene.press("tab")
        await scene.type("Keeps at it")
        await scene.press("tab")
        await scene.type("Not sleeping")
        await scene.press("tab", "u", "tab")
        await scene.type("English")
        await scene.press("ctrl+s")

    play(record, scene, at=CONTACT)
    contact = logged()
    assert (contact.strengths, contact.concerns) == ("Keeps at it", "Not sleeping")
    assert (contact.understood, contact.language) == ("unsure", "English")


def test_declined_is_recorded_as_declined(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await say(scene)
        scene.screen.form.field("declined").grab()
        await scene.press("y")
        assert "See after return" not in scene.text
        await scene.press("ctrl+s")
        assert "Recorded as declined" in scene.text

    play(record, scene, at=CONTACT)
    assert logged().declined


def test_a_case_administrator_logs_no_meetings(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        line = next(line for line in scene.text.splitlines() if "Kind" in line)
        assert "(n)ote" in line
        assert "meeting" not in line

    play(record, scene, at=CONTACT, actor=SINGH)


def test_an_inspector_is_told_before_typing_that_nothing_can_be_recorded(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert "Your role reads; it records nothing. Esc leaves." in scene.text
        assert "save" not in scene.foot

    play(record, scene, at=CONTACT, actor=WEBB)


def test_a_note_is_three_moves(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("n")
        await scene.type("Rang the hostel")
        await scene.press("ctrl+s")
        assert scene.top == "CaseScreen"
        assert "Noted." in scene.foot

    play(record, scene, at=Route("case", BARLOW))
    assert (logged().kind, logged().text) == ("note", "Rang the hostel")


def test_a_note_meets_nothing(record: Path) -> None:
    before = views.case_detail(CARTER, BARLOW, TODAY).row.next

    async def scene(scene: Scene) -> None:
        await scene.type("Rang the hostel")
        await scene.press("ctrl+s")

    play(record, scene, at=NOTE)
    assert views.case_detail(CARTER, BARLOW, TODAY).row.next == before
    assert views.case_detail(CARTER, BARLOW, TODAY).row.last_seen is None


def test_leaving_with_something_typed_asks_and_the_draft_is_offered_again(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("p")
        await say(scene, "Half of it")
        await scene.press("escape")
        assert "Leave this form without saving?" in scene.text
        await scene.press("y")
        await scene.go(CONTACT)
        assert "A draft from" in scene.text
        await scene.press("enter")
        await scene.type("; rang back")
        assert scene.screen.form.field("text").value == "Half of it; rang back"
        assert scene.screen.form.field("kind").value == "phone"
        assert ticks(scene).ticked == ()

    play(record, scene, at=CONTACT)


def test_every_field_can_be_reached_with_tab_alone(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        reached = set()
        for _ in range(12):
            reached |= {field.id for field in scene.screen.form if field.busy}
            await scene.press("tab")
        assert reached == set(scene.screen.form.texts())

    play(record, scene, at=CONTACT)


def test_the_field_with_the_cursor_is_always_in_view(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        for _ in range(12):
            field = next(field for field in scene.screen.form if field.busy)
            assert field.label[:10] in scene.text
            await scene.press("tab")

    play(record, scene, at=CONTACT)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["small", "large"])
def test_the_contact_form_as_a_picture(record: Path, snap_compare: Any, size: tuple[int, int]) -> None:
    assert casework.pictured(snap_compare, record, CONTACT, size)


def test_the_contact_form_with_something_wrong_as_a_picture(record: Path, snap_compare: Any) -> None:
    keys = ("tab", *"9999", "ctrl+s")
    assert casework.pictured(snap_compare, record, CONTACT, (80, 24), *keys)


def test_the_note_as_a_picture(record: Path, snap_compare: Any) -> None:
    assert casework.pictured(snap_compare, record, NOTE, (80, 24), *"Hello")


def test_from_the_caseload_to_the_clock_moved_in_a_few_keys(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        first = next(line for line in scene.text.splitlines() if line.startswith("!"))
        assert "BARLOW Dean" in first
        await scene.press("enter")
        assert scene.top == "CaseScreen"
        assert "BCST 1: Custody started Thu 19 Feb 2026." in scene.text
        await scene.press("down", "down")
        said = " ".join(scene.text.split())
        assert "Back in custody Thu 19 Feb 2026." in said
        assert "1 working day from Thu 19 Feb: Fri 20 Feb. 10 days late, was due Fri 20 Feb" in said
        await scene.press("c")
        assert "[x] See after return" in scene.text
        await scene.type("Met him on the wing")
        await scene.press("ctrl+s")
        assert scene.top == "CaseScreen"
        assert "Next: Meet about the plan, by Thu 2 Apr 2026." in scene.text
        await scene.press("escape")
        assert scene.screen.route().cursor == BARLOW

    play(record, scene, caseload=True)
    assert date(2026, 4, 2) in [duty.due for duty in views.case_detail(CARTER, BARLOW, TODAY).duties]


def test_with_somebody_recalled_what_to_bear_in_mind_stands_where_it_is_written_until_it_is(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        words = " ".join(scene.text.split())
        assert "Say that this is a loss. Ask if they are safe" in words
        assert "(thin: 13 interviews, 68 answers)" in words
        assert "[ ] Legal advice" in scene.text
        await say(scene)
        assert "Say that this is a loss" not in scene.text

    play(record, scene, at=CONTACT)


def test_with_anybody_else_nothing_stands_there(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        assert scene.screen.form.field("text").help == ""

    play(record, scene, at=Route("contact", KAUR))
