"""Putting a duty off, once; or recording that it is not required. One form for both."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from db import commands, roles, views
from db.errors import Invalid
from db.rows import Changed, DutyRow, Role, State
from screens.case_fields import Hint
from screens.case_form import DutyForm
from screens.foot import Foot
from screens.words import Words
from widgets.choices import Choice, Option
from widgets.fields import DateField, LongText
from widgets.form import Field
from widgets.palette import Ink
from widgets.words import long_date

_PUT_OFF, _NOT_REQUIRED = "defer", "waive"
_CHOICE = (Option(_PUT_OFF, "put off", "p"), Option(_NOT_REQUIRED, "not required", "n"))


class DeferForm(DutyForm):
    """Put off or not required, and why. What may not be done is said first, and not asked."""

    TITLE_WORDS: ClassVar[str] = "Put off, or not required"
    WANTED: ClassVar[str] = _PUT_OFF
    """What the form begins with, where it may be done."""

    def duty_fields(self, duty: DutyRow) -> Iterable[Widget]:
        """The duty in words, what may not be done, then the choice, the day and the reason."""
        yield self.about(duty)
        no_deferral, no_waiver = self.why_not_deferred(duty), self.why_not_waived(duty)
        for words in dict.fromkeys((no_deferral, no_waiver)):
            if words:
                yield Words(words, ink=Ink.TODAY)
        if no_deferral and no_waiver:
            self._foot = Foot(("leave", "keys"))
            return
        possible = [option for option, refusal in zip(_CHOICE, (no_deferral, no_waiver), strict=True) if not refusal]
        wanted = self.WANTED if any(option.value == self.WANTED for option in possible) else possible[0].value
        yield Choice("What", possible, id="what", value=wanted, required=True)
        last = views.last_day_to_put_off(duty)
        if not no_deferral and last is not None:
            yield DateField("To", id="to", today=self.today, lean="future", help="like 2/3, thu or +7")
            said = f"{long_date(last)} at the latest; measures keep the original date."
            yield Hint(said, id="latest")
        yield LongText("Why", id="why", required=True, lines=2)

    def on_mount(self) -> None:
        """Show the day only where one is asked for."""
        super().on_mount()
        self._suit()

    def why_not_deferred(self, duty: DutyRow) -> str:
        """Why this duty cannot be put off, in a sentence; "" where it can."""
        if refusal := self._refusal(duty):
            return refusal
        if duty.state is State.SAFETY:
            return "A safety concern is passed on the same day: it cannot be put off."
        if duty.deferred_to is not None:
            return f"It was put off before, to {long_date(duty.deferred_to)}; once is all there is."
        last = views.last_day_to_put_off(duty)
        if last is None:
            return "It has no due date, so there is nothing to put off."
        if last < self.today:
            return f"It could be put off to {long_date(last)} at the latest, and that has passed."
        return ""

    def why_not_waived(self, duty: DutyRow) -> str:
        """Why this user cannot find it not required, in a sentence; "" where they can."""
        if refusal := self._refusal(duty):
            return refusal
        if views.may_waive(self.actor, duty.force, duty.figure):
            return ""
        what = "mandatory" if duty.force == "mandatory" else "set by its source"
        return f"Not required takes the manager: this duty is {what}."

    def _refusal(self, duty: DutyRow) -> str:
        if not roles.may(self.actor, "work"):
            return "Your role reads; it records nothing."
        if self.actor.role is Role.ADMINISTRATOR and duty.owner != "CA":
            return f"A case administrator works only on what a case administrator owns; this is for {duty.owner}."
        return "" if duty.live else "Nothing more is asked of this duty."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing may be done there is nothing to save."""
        duty = self.duty
        if action == "save" and duty and self.why_not_deferred(duty) and self.why_not_waived(duty):
            return False
        return super().check_action(action, parameters)

    def on_field_changed(self, event: Field.Changed) -> None:
        """What is not required needs no day."""
        super().on_field_changed(event)
        if event.field.id == "what":
            self._suit()

    def _suit(self) -> None:
        texts = self.form.texts()
        for id in ("to", "latest"):
            for widget in self.query(f"#{id}"):
                widget.display = texts.get("what") == _PUT_OFF

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """The day: needed to put off, after the due date, not past, not beyond the last there may be."""
        duty = self.duty
        if duty is None or typed["what"] != _PUT_OFF:
            return {}
        last = views.last_day_to_put_off(duty)
        if not typed["to"]:
            return {"to": "To which day? Nothing is put off without one."}
        to = date.fromisoformat(typed["to"])
        if last is not None and to > last:
            return {"to": f"{long_date(to)} is too far: {long_date(last)} at the latest."}
        if to < self.today:
            return {"to": f"{long_date(to)} has passed."}
        return {}

    def submit(self) -> Changed:
        """Record it."""
        duty, typed = self.duty, self.typed
        if duty is None:
            raise Invalid("No duty was chosen.")
        if typed["what"] == _NOT_REQUIRED:
            return commands.waive(self.actor, self.origin.case, duty.name, typed["why"], self.today)
        to = date.fromisoformat(typed["to"])
        return commands.defer(self.actor, self.origin.case, duty.name, to, typed["why"], self.today)


class WaiveForm(DeferForm):
    """The same form, begun at not required."""

    WANTED: ClassVar[str] = _NOT_REQUIRED
