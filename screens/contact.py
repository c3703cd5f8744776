"""Logging a contact, and the shorter form of a note."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widget import Widget

from db import commands, roles, views
from db.errors import Invalid
from db.rows import Changed, Contact, DutyRow, Role, State
from db.views.recall import recall_case
from policy.recall_words import contact_line
from screens.base import Sitting
from screens.case_fields import Hint, StaffField, moment_in
from screens.case_form import CaseForm
from screens.case_words import READS
from screens.routes import Route
from widgets.choices import Choice, Option, Tick, TickItem, TickList
from widgets.fields import LongText, TextField, TimeField
from widgets.form import Field
from widgets.lines import Line, Piece, wrap
from widgets.palette import Ink
from widgets.words import day_of, due_words, long_date, short_date

KINDS = (
    Option("meeting", "meeting", "m"),
    Option("note", "note", "n"),
    Option("phone", "phone", "p"),
    Option("video", "video", "v"),
    Option("letter", "letter", "l"),
)
"""The kinds of contact and the letter of each."""
_FACE_TO_FACE = ("meeting", "video")
_UNDERSTOOD = (Option("yes", "yes, said it back", "y"), Option("unsure", "unsure", "u"), Option("no", "no", "n"))
_NOW = frozenset({State.SAFETY, State.OVERDUE, State.TODAY, State.WEEK, State.OPEN})
_CERTAIN = "certain"


class MeetsList(TickList):
    """The duties a contact also meets, and beneath them those that ask for more than it says."""

    def __init__(self, items: Sequence[TickItem], elsewhere: str) -> None:
        """Offer `items`; `elsewhere` says what is to be recorded another way."""
        super().__init__("This also meets", items, id="meets", empty="No duty that this kind of contact meets.")
        self._elsewhere = elsewhere

    def notes(self, width: int) -> list[Line]:
        """What is wrong, and what is to be recorded another way."""
        if not self._elsewhere:
            return super().notes(width)
        said = wrap([Piece(self._elsewhere, Ink.DIM)], width - 4)
        return [*super().notes(width), *([Piece("    "), *line] for line in said)]


class RecordForm(CaseForm):
    """What contact and note share: a day to come is refused under its field, and so is somebody unknown."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who may not record has nothing to save."""
        if action == "save" and not roles.may(self.actor, "work"):
            return False
        return super().check_action(action, parameters)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Nothing has been said on a day to come."""
        if "when" not in typed:
            return {}
        day = day_of(moment_in(typed["when"]))
        return {"when": f"{long_date(day)} has not come yet."} if day > self.today else {}

    def record(self, contact: Contact) -> Changed:
        """Write it down, naming the fields as the form does."""
        try:
            return commands.log_contact(self.actor, self.origin.case, contact, self.today)
        except Invalid as error:
            if error.field == "on":
                raise Invalid(error.sentence, field="when") from error
            raise


class ContactForm(RecordForm):
    """A contact: how, when, what was said, what went well and what worries, and the duties it meets."""

    TITLE_WORDS: ClassVar[str] = "Log a contact"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the case `route` names."""
        super().__init__(sitting, route)
        offered = [(duty, views.contact_meets(duty.name)) for duty in self.live() if self._mine(duty)]
        self._certain = tuple(duty for duty, how in offered if how == _CERTAIN)
        self._offered = tuple(duty for duty, how in offered if how and how != _CERTAIN)
        self._declined = False
        self._kind = "note" if sitting.actor.role is Role.ADMINISTRATOR else "meeting"

    def _mine(self, duty: DutyRow) -> bool:
        return self.actor.role is not Role.ADMINISTRATOR or duty.owner == "CA"

    def fields(self) -> Iterable[Widget]:
        """As drawn; the duties come last."""
        if not roles.may(self.actor, "work"):
            yield self.refused(READS)
            return
        may_meet = self.actor.role is not Role.ADMINISTRATOR
        kinds = [kind for kind in KINDS if may_meet or kind.value not in _FACE_TO_FACE]
        yield Choice("Kind", kinds, id="kind", value=self._kind, required=True, onward=self._say)
        yield TimeField("When", id="when", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield TextField("Where", id="where", help="wing office, visits, healthcare")
        yield StaffField("Who", views.staff(), id="who", value=self.actor.staff, required=True)
        yield Tick("Declined?", "offered and declined; the clock starts again", id="declined")
        yield Tick("Safety?", "a safety concern: opens a handover, due today", id="safety")
        yield LongText("What was said", id="text", required=True, lines=3, help=self._prompt())
        yield LongText("Strengths", id="strengths", lines=1, help="what is going well")
        yield LongText("Concerns", id="concerns", lines=1)
        yield Choice("Understood?", _UNDERSTOOD, id="understood")
        yield TextField("Language", id="language", help="English, plain; interpreter; easy read")
        yield MeetsList(self._items(), self._elsewhere())

    def _prompt(self) -> str:
        """What a contact with somebody recalled is to bear in mind; it goes once there is something to say."""
        if not any(duty.id.startswith("recall-") for duty in self.live()):
            return ""
        recall = recall_case(self.actor, self.origin.case, self.today)
        live = [step.duty for step in recall.steps if step.duty.live and step.duty.due]
        ahead = sorted(live, key=lambda duty: day_of(duty.due or self.today))
        return contact_line([duty.id for duty in ahead], recall.prompts)

    def _say(self, typed: str) -> None:
        """The kind is chosen, or whoever sits here began to type at once: on to what was said."""
        text = self.form.field("text")
        if isinstance(text, LongText):
            # At once, not when the application comes to it: more may have been typed already.
            self.set_focus(text.control)
            text.put(typed)

    def _items(self) -> tuple[TickItem, ...]:
        """The duties this kind of contact can meet; those only a meeting meets are ticked, and go with it.

        Declined, it can only start those clocks again that a person may decline.
        """
        certain = self._certain if self._kind in _FACE_TO_FACE else ()
        if self._declined:
            return tuple(self._item(duty, ticked=True) for duty in certain if views.declinable(duty.name))
        items = [self._item(duty, ticked=True) for duty in certain]
        return tuple(items + [self._item(duty, ticked=False) for duty in self._offered])

    def _item(self, duty: DutyRow, *, ticked: bool) -> TickItem:
        words = due_words(duty, self.today)
        if duty.due and duty.state not in (State.OVERDUE, State.UNKNOWN):
            day = day_of(duty.due)
            words = "due today" if day == self.today else f"due {short_date(day, self.today)}"
        return TickItem(duty.name, self.duty_title(duty), duty.state, words, ticked)

    def _elsewhere(self) -> str:
        """The duties that ask for more than a contact says."""
        asking = []
        for duty in self.live():
            if duty.state not in _NOW or duty.owner not in self.mine:
                continue
            asked = [ask.label.rstrip("?").lower() for ask in views.asks(duty.name) if ask.required]
            if asked:
                asking.append(f"{self.duty_title(duty)} (asks for: {', '.join(asked)})")
        return f"By d in the case, since they ask for more: {'; '.join(asking)}." if asking else ""

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another kind of contact meets other duties, and one that was declined still others."""
        super().on_field_changed(event)
        before = (self._kind, self._declined)
        if event.field.id == "kind" and event.field.value:
            self._kind = event.field.value
        elif event.field.id == "declined":
            self._declined = event.field.value == "yes"
        if (self._kind, self._declined) != before:
            ticks = self.form.field("meets")
            if isinstance(ticks, TickList):
                ticks.show(self._items())

    def submit(self) -> Changed:
        """Record it."""
        typed = self.typed
        contact = Contact(
            typed["kind"],
            moment_in(typed["when"]),
            typed["text"],
            where=typed["where"],
            by=typed["who"],
            strengths=typed["strengths"],
            concerns=typed["concerns"],
            understood=typed["understood"],
            language=typed["language"],
            declined=typed["declined"] == "yes",
            safety=typed["safety"] == "yes",
            meets=tuple(name for name in typed["meets"].split(",") if name),
        )
        return self.record(contact)


class NoteKind(Choice):
    """The kind of a note, one key; whatever else is typed or pasted begins the text."""

    @dataclass
    class Picked(Message):
        """A kind was picked by its key, or the text was begun with what is in `text`."""

        text: str

    _going_on = False
    """Whether the cursor is on its way to the text: keys that follow are the text's, whatever they are."""

    def on_focus(self) -> None:
        """A key says the kind again."""
        self._going_on = False

    def on_key(self, event: events.Key) -> None:
        """A small letter picks the kind it belongs to; anything else that can be read is the text's."""
        character = event.character or ""
        if not event.is_printable or not (character.strip() or self._going_on):
            return
        event.stop()
        event.prevent_default()
        picks = () if self._going_on else self.options
        kind = next((option.value for option in picks if option.key == character), "")
        self._going_on = True
        if kind:
            self.value = kind
        self.post_message(self.Picked("" if kind else character))

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted is the text's."""
        event.stop()
        self.post_message(self.Picked(event.text))


class NoteForm(RecordForm):
    """A note, or a call or letter in two words: its kind by one key, what there is to say, and nothing else."""

    TITLE_WORDS: ClassVar[str] = "Write a note"
    FOOTER = ("save", "leave", "keys")

    def fields(self) -> Iterable[Widget]:
        """The kind and the text."""
        if not roles.may(self.actor, "work"):
            yield self.refused(READS)
            return
        kinds = [kind for kind in KINDS if kind.value not in _FACE_TO_FACE]
        yield NoteKind("Kind", kinds, id="kind", value="note", required=True)
        yield LongText("What was said", id="text", required=True, lines=8)
        yield Hint("One key says the kind, then the text. A meeting is logged with c: it also meets duties.")

    def on_note_kind_picked(self, message: NoteKind.Picked) -> None:
        """On to the text, with what was typed."""
        message.stop()
        field = self.form.field("text")
        field.grab()
        if message.text:
            field.control.post_message(events.Paste(message.text))

    def submit(self) -> Changed:
        """Record it as of today."""
        return self.record(Contact(self.typed["kind"], self.today, self.typed["text"], by=self.actor.staff))
