"""Forms: what is typed is understood, what is wrong is said under its field, and keys go where they should."""

from datetime import datetime

import pytest
from textual import events
from textual.pilot import Pilot

from db.rows import State
from tests.widgets.stage import LARGE, SMALL, TODAY, Stage, play
from widgets.choices import Choice, Option, Tick, TickItem, TickList
from widgets.fields import DateField, LongText, TextField, TimeField
from widgets.form import Field, Form
from widgets.looks import Look, LookName

KINDS = [("meeting", "meeting"), ("note", "note"), ("phone", "phone"), ("video", "video"), ("letter", "letter")]
ITEMS = (
    TickItem(
        "supervisor-contact", "Meet about the plan's targets", State.TODAY, "due today, next Thu 2 Apr", ticked=True
    ),
    TickItem("activity:disclosure", "Disclosure rules, one to one", State.WEEK, "due Thu 5 Mar"),
)


class Contact:
    """A contact form on a stage, its fields at hand."""

    def __init__(self, look: Look | None = None) -> None:
        self.stage = Stage(self.build, look=look)

    def build(self) -> Form:
        """The form and its fields."""
        self.kind = Choice("Kind", KINDS, value="meeting", id="kind", required=True)
        self.when = TimeField("When", today=TODAY, value="2026-03-02T10:40", id="when", required=True, lean="past")
        self.where = TextField("Where", id="where")
        self.declined = Tick("Declined?", "did not want to meet", id="declined")
        self.said = LongText("What was said", id="said", required=True)
        self.next = DateField("Next", today=TODAY, id="next", lean="future")
        self.meets = TickList("This also meets", ITEMS, id="meets")
        self.form = Form(self.kind, self.when, self.where, self.declined, self.said, self.next, self.meets)
        return self.form

    def line(self, start: str) -> str:
        """The line of the screen that begins so."""
        return next(line.rstrip() for line in self.stage.text.splitlines() if line.strip().startswith(start))


@pytest.fixture
def contact() -> Contact:
    return Contact()


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_form_stands_as_it_is_drawn(contact: Contact, size: tuple[int, int]) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        shown = [line.rstrip() for line in contact.stage.text.splitlines() if line.strip()]
        assert shown == [
            "          Kind  (m)eeting   note   phone   video   letter",
            "          When  Mon 2 Mar 2026 10:40",
            "         Where",
            "     Declined?  [ ] did not want to meet",
            " What was said",
            "          Next  like today, 2/3, 2 mar, +7",
            "  This also meets",
            "    [x] Meet about the plan's targets  ● due today, next Thu 2 Apr",
            "    [ ] Disclosure rules, one to one   ◐ due Thu 5 Mar",
        ]

    play(contact.stage, scene, size)


def test_a_form_can_be_filled_in_from_the_keyboard_alone(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.form.focus_first()
        await pilot.press(
            "p", "tab", *"2/3 16:40", "down", *"wing", "enter", "space", "tab", *"Rang", "tab", *"+31", "tab"
        )
        await pilot.press("space", "down", "space")
        assert contact.form.texts() == {
            "kind": "phone",
            "when": "2026-03-02T16:40",
            "where": "wing",
            "declined": "yes",
            "said": "Rang",
            "next": "2026-04-02",
            "meets": "activity:disclosure",
        }
        assert contact.form.check()

    play(contact.stage, scene)


def test_a_draft_is_put_back_as_it_was(contact: Contact) -> None:
    draft = {
        "kind": "note",
        "when": "yesterday",
        "where": "court",
        "declined": "yes",
        "said": "Two\nlines",
        "next": "soon",
        "meets": "activity:disclosure",
    }

    async def scene(pilot: Pilot[None]) -> None:
        assert not contact.form.touched
        contact.form.restore(draft)
        await pilot.pause()
        assert contact.form.texts() == {**draft, "when": "2026-03-01"}
        assert contact.form.touched

    play(contact.stage, scene)


def test_every_change_is_told_so_that_a_draft_can_be_kept(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.form.focus_first()
        for keys in (["n"], ["tab", "x"], ["tab", "x"], ["tab", "space"], ["tab", "x"], ["tab", "x"], ["tab", "space"]):
            before = contact.stage.count(Field.Changed)
            await pilot.press(*keys)
            assert contact.stage.count(Field.Changed) > before, keys

    play(contact.stage, scene)


# What is wrong ----------------------------------------


def test_what_is_wrong_is_said_under_the_field_as_soon_as_it_is_left(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.next.grab()
        await pilot.press(*"31/2")
        assert not contact.next.error
        await pilot.press("tab")
        lines = contact.stage.text.splitlines()
        at = next(number for number, line in enumerate(lines) if line.strip().startswith("Next"))
        assert lines[at + 1].rstrip() == " " * 16 + "! There is no 31 Feb."
        assert lines[at + 3].startswith("  This also meets")

    play(contact.stage, scene)


def test_what_was_wrong_goes_away_when_it_is_put_right(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.next.grab()
        await pilot.press(*"31/2", "tab", "shift+tab", *"31/3")
        assert not contact.next.error
        assert "There is no" not in contact.stage.text

    play(contact.stage, scene)


def test_checking_goes_to_the_first_field_that_is_wrong(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.meets.grab()
        await pilot.pause()
        assert not contact.form.check()
        await pilot.pause()
        assert contact.said.error == "What was said is needed."
        assert contact.said.busy

    play(contact.stage, scene)


def test_what_the_record_refuses_can_be_said_under_a_field(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.where.error = "Nobody is there today."
        await pilot.pause()
        assert "! Nobody is there today." in contact.stage.text

    play(contact.stage, scene)


# Dates ------------------------------------------------


def test_what_was_understood_stands_beside_what_is_typed(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.next.grab()
        await pilot.press(*"2/4")
        assert contact.line("Next").split() == ["Next", "2/4", "Thu", "2", "Apr", "2026"]
        await pilot.press("tab")
        assert contact.line("Next").split() == ["Next", "Thu", "2", "Apr", "2026"]

    play(contact.stage, scene)


def test_typing_in_a_date_replaces_the_one_that_was_there(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.when.grab()
        await pilot.press(*"yesterday 9:05")
        assert contact.when.when == datetime(2026, 3, 1, 9, 5)

    play(contact.stage, scene)


def test_a_field_that_is_passed_over_changes_nothing(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.form.focus_first()
        await pilot.press("tab", "tab", "tab", "shift+tab", "shift+tab", "shift+tab")
        assert not contact.form.touched

    play(contact.stage, scene)


# Choices ----------------------------------------------


def test_a_letter_or_an_arrow_chooses(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.form.focus_first()
        for key, value in [
            ("v", "video"),
            ("left", "phone"),
            ("right", "video"),
            ("right", "letter"),
            ("right", "letter"),
        ]:
            await pilot.press(key)
            assert contact.kind.value == value
        assert contact.line("Kind") == "          Kind  meeting   note   phone   video   (l)etter"

    play(contact.stage, scene)


def test_a_choice_that_is_needed_cannot_be_emptied_and_another_can() -> None:
    needed, free = (Choice("Understood?", KINDS, value="note", required=required) for required in (True, False))

    async def scene(pilot: Pilot[None]) -> None:
        for choice in (needed, free):
            choice.grab()
            await pilot.press("backspace")
        assert (needed.value, free.value) == ("note", "")

    play(Stage(Form(needed, free)), scene)


def test_every_option_has_a_letter_of_its_own() -> None:
    choice = Choice("Owner", [("m", "manager"), ("me", "me"), Option("x", "men", "x"), ("em", "em")])
    assert [option.key for option in choice.options] == ["m", "e", "x", ""]


def test_options_that_do_not_fit_a_line_go_onto_the_next() -> None:
    choice = Choice("Group", [(f"option {at}", f"option {at}") for at in range(12)], value="option 11")
    stage = Stage(Form(choice))

    async def scene(pilot: Pilot[None]) -> None:
        assert all(f"option {at}" in stage.text for at in range(11))
        assert "option (1)1" in stage.text or "(" in stage.text.splitlines()[2]

    play(stage, scene)


def test_arrows_leave_a_tick_list_at_its_ends(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.meets.grab()
        await pilot.press("down", "up")
        assert contact.meets.busy
        await pilot.press("up")
        assert contact.next.busy

    play(contact.stage, scene)


def test_ticks_are_kept_when_the_list_is_shown_anew(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.meets.value = "activity:disclosure"
        contact.meets.show([*ITEMS, TickItem("signpost", "What came of a referral", ticked=True)])
        assert contact.meets.ticked == ("activity:disclosure", "signpost")

    play(contact.stage, scene)


# Texts ------------------------------------------------


def test_a_long_text_grows_with_what_is_typed_and_then_scrolls() -> None:
    stage = Stage(lambda: Form(LongText("What was said", id="said"), TextField("Strengths")))

    async def scene(pilot: Pilot[None]) -> None:
        said = stage.query_one("#said", LongText)
        said.grab()
        heights = []
        for count in (1, 5, 20):
            said.value = "\n".join(f"line {at}" for at in range(count))
            await pilot.pause()
            heights.append(said.size.height)
        assert heights == [3, 5, 8]

    play(stage, scene)


def test_arrows_leave_a_long_text_at_its_ends(contact: Contact) -> None:
    async def scene(pilot: Pilot[None]) -> None:
        contact.said.value = "one\ntwo"
        contact.said.grab()
        await pilot.press("up", "down")
        assert contact.said.busy
        await pilot.press("down")
        assert contact.next.busy
        await pilot.press("up", "up", "up")
        assert contact.declined.busy

    play(contact.stage, scene)


def test_what_is_pasted_loses_its_control_characters() -> None:
    contact = Contact()

    async def scene(pilot: Pilot[None]) -> None:
        contact.where.grab()
        await pilot.pause()
        contact.stage.screen.post_message(events.Paste("a\x1b[2J\nb"))
        await pilot.pause()
        assert contact.where.value == "a␛[2J b"
        contact.said.grab()
        await pilot.pause()
        contact.stage.screen.post_message(events.Paste("a\x1b[2J\nb\x07"))
        await pilot.pause()
        assert contact.said.value == "a␛[2J\nb␇"
        assert "\x1b" not in contact.stage.text

    play(contact.stage, scene)


def test_a_form_taller_than_the_screen_scrolls_to_the_field_with_the_cursor() -> None:
    stage = Stage(lambda: Form(*(TextField(f"Field {at}") for at in range(40))))

    async def scene(pilot: Pilot[None]) -> None:
        fields = list(stage.query_one(Form))
        for at in (0, 23, 39, 20, 0):
            fields[at].grab()
            await pilot.pause()
            assert f"Field {at} " in stage.text

    play(stage, scene)


@pytest.mark.parametrize("name", [LookName.MONO, LookName.BASIC])
def test_the_field_with_the_cursor_is_reverse_where_there_is_no_colour_to_trust(name: LookName) -> None:
    contact = Contact(Look(name))

    async def scene(pilot: Pilot[None]) -> None:
        for field in contact.form:
            field.grab()
            await pilot.pause()
            strips = contact.stage.screen._compositor.render_strips()
            reversed_lines = [
                number
                for number, strip in enumerate(strips)
                if sum(len(segment.text) for segment in strip if segment.style and segment.style.reverse) > 40
            ]
            assert reversed_lines, field.label
            top = field.region.y + (1 if isinstance(field, TickList) else 0)
            assert reversed_lines[0] == top

    play(contact.stage, scene)


def test_the_typing_cursor_shows_in_a_reversed_field() -> None:
    contact = Contact(Look(LookName.MONO))

    async def scene(pilot: Pilot[None]) -> None:
        contact.where.grab()
        await pilot.press(*"wing")
        strip = contact.stage.screen._compositor.render_strips()[contact.where.region.y]
        styled = [
            (character, bool(segment.style and segment.style.reverse))
            for segment in strip
            for character in segment.text
        ]
        assert styled[19] == ("g", True)
        assert styled[20] == (" ", False)
        assert styled[21] == (" ", True)

    play(contact.stage, scene)
