from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from textual.pilot import Pilot

from db.errors import Invalid, RecordBusy, Stale
from db.rows import Changed
from screens import forms
from screens.base import Sitting
from screens.forms import told
from screens.messages import RecordChanged
from screens.routes import Route
from tests.app.fakes import CARTER, TODAY, FakeContact, FakeDrafts
from tests.screens.stage_door import Stage, show

ROUTE = Route("contact", "A1234BC")
CHANGED = Changed("A1234BC", ("r1",), (), "c1", "Next meeting by Thu 2 Apr.")


class Form(FakeContact):
    """The stand-in form, with an answer of its own."""


@pytest.fixture
def drafts() -> FakeDrafts:
    return FakeDrafts()


@pytest.fixture
def form(drafts: FakeDrafts) -> Form:
    Form.answer = CHANGED
    Form.saved = []
    return Form(Sitting(CARTER, TODAY, drafts=drafts), ROUTE)


def test_saving_writes_what_was_typed_and_tells_everybody(form: Form) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"spoke", "ctrl+s")
        await stage.settle(pilot)
        assert form.saved == [{"text": "spoke", "where": ""}]
        assert [message.changed for message in stage.all(RecordChanged)] == [CHANGED]
        assert stage.answers == [CHANGED]

    show(form, scene)


def test_a_field_that_is_needed_keeps_the_form_from_being_saved(form: Form) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+s")
        await stage.settle(pilot)
        assert form.saved == []
        assert "What was said is needed." in stage.text

    show(form, scene)


def test_what_the_form_itself_finds_wrong_stands_under_the_field(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Form, "check", lambda self, typed: {"where": "There is no such room."})

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"spoke", "ctrl+s")
        await stage.settle(pilot)
        assert form.saved == []
        assert "There is no such room." in stage.text

    show(form, scene)


def test_what_the_record_refuses_is_said_and_nothing_typed_is_lost(form: Form) -> None:
    Form.answer = RecordBusy("Another program is using the record.")

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"spoke", "ctrl+s")
        await stage.settle(pilot)
        assert "Another program is using the record." in stage.text
        assert "what you typed is still here" in " ".join(stage.text.split())
        assert form.form.texts() == {"text": "spoke", "where": ""}
        Form.answer = CHANGED
        await pilot.press("ctrl+s")
        await stage.settle(pilot)
        assert stage.answers == [CHANGED]

    show(form, scene)


def test_a_field_the_record_refuses_is_named_under_it(form: Form) -> None:
    Form.answer = Invalid("There is no such room.", "where")

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"spoke", "ctrl+s")
        await stage.settle(pilot)
        assert form.form.field("where").error == "There is no such room."
        assert form.problem == ""

    show(form, scene)


def test_two_versions_are_both_shown() -> None:
    words = told(Stale("Somebody else changed this first.", mine="low", theirs="high"))
    assert words.splitlines() == ["Somebody else changed this first.", "Theirs: high", "Yours: low"]


def test_an_untouched_form_is_left_without_a_question(form: Form) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("escape")
        await stage.settle(pilot)
        assert stage.answers == [None]

    show(form, scene)


def test_what_was_typed_and_taken_back_asks_nothing_either(form: Form) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("a", "backspace", "escape")
        await stage.settle(pilot)
        assert stage.answers == [None]

    show(form, scene)


@pytest.mark.parametrize(
    ("key", "left", "kept"), [("y", True, True), ("d", True, False), ("n", False, False), ("escape", False, False)]
)
def test_a_touched_form_asks_before_it_is_left(
    form: Form, drafts: FakeDrafts, key: str, left: bool, kept: bool
) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"spoke", "escape")
        await stage.settle(pilot)
        assert "Leave this form without saving?" in stage.text
        await pilot.press(key)
        await stage.settle(pilot)
        assert (stage.answers == [None]) is left
        assert (ROUTE in drafts.box) is kept

    show(form, scene)


def test_a_draft_is_kept_once_the_typing_stops(form: Form, drafts: FakeDrafts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "DRAFT_SECONDS", 1e-3)

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"spoke")
        await stage.until(pilot, lambda: "Kept as a draft" in stage.text)
        assert drafts.box == {ROUTE: {"text": "spoke", "where": ""}}

    show(form, scene)


def test_an_untouched_form_keeps_no_draft(form: Form, drafts: FakeDrafts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "DRAFT_SECONDS", 1e-3)

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await stage.settle(pilot)
        assert drafts.box == {}

    show(form, scene)


def test_saving_drops_the_draft(form: Form, drafts: FakeDrafts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "DRAFT_SECONDS", 1e-3)

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"spoke")
        await stage.until(pilot, lambda: ROUTE in drafts.box)
        await pilot.press("ctrl+s")
        await stage.settle(pilot)
        assert drafts.box == {}

    show(form, scene)


@pytest.mark.parametrize(
    ("key", "text", "kept", "left"),
    [("enter", "spoke", True, False), ("d", "", False, False), ("escape", None, True, True)],
)
def test_a_draft_is_offered_and_the_answer_is_done(
    form: Form, drafts: FakeDrafts, key: str, text: str | None, kept: bool, left: bool
) -> None:
    drafts.box[ROUTE] = {"text": "spoke", "where": "wing office"}

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        assert "A draft from 10:40 was kept." in stage.text
        assert "spoke" not in stage.text
        await pilot.press(key)
        await stage.settle(pilot)
        assert (stage.answers == [None]) is left
        assert (ROUTE in drafts.box) is kept
        if text is not None:
            assert form.form.texts()["text"] == text

    show(form, scene)


def test_a_draft_of_another_case_is_not_offered(form: Form, drafts: FakeDrafts) -> None:
    drafts.box[replace(ROUTE, case="A0091KK")] = {"text": "spoke", "where": ""}

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        assert stage.screen is form

    show(form, scene)


def test_a_second_save_while_the_first_runs_writes_once(form: Form) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"spoke", "ctrl+s", "ctrl+s")
        await stage.settle(pilot)
        assert len(form.saved) == 1

    show(form, scene)


def test_letters_typed_into_a_form_do_nothing_else(form: Form) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"cdsnvux1?/")
        assert form.form.texts()["text"] == "cdsnvux1?/"
        assert stage.screen is form

    show(form, scene)


def test_what_parts_with_a_form_keeps_its_draft(form: Form, drafts: FakeDrafts) -> None:
    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*"spoke")
        parting: Callable[[], None] = form.parting()
        assert drafts.box == {}
        parting()
        assert drafts.box == {ROUTE: {"text": "spoke", "where": ""}}

    show(form, scene)


def test_a_draft_of_another_day_says_which(form: Form, drafts: FakeDrafts) -> None:
    drafts.box[ROUTE] = {"text": "spoke", "where": "wing office"}
    drafts.saved = datetime(2026, 2, 27, 16, 5)

    async def scene(stage: Stage, pilot: Pilot[None]) -> None:
        assert "A draft from Fri 27 Feb, 16:05 was kept." in stage.text

    show(form, scene)
