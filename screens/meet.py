"""Recording that a duty was met: when, and only what that duty asks."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.widget import Widget

from db import commands, roles, views
from db.commands.recall_meeting import MEETING, hold_recall_meeting
from db.errors import Invalid
from db.rows import Ask, Changed, DutyRow, Role
from db.views.recall import recall_case
from policy.recall_words import prompt_line
from screens.agreed_steps import NOT, check_steps, show_new, step_fields, steps_in
from screens.case_fields import Hint, field_for, moment_in
from screens.case_form import DutyForm
from screens.recall_barriers import REVIEWS, BarriersBeside
from widgets.fields import TimeField
from widgets.form import Field
from widgets.words import day_of, long_date

_ON = "on"


class MeetForm(DutyForm):
    """The form of one duty."""

    TITLE_WORDS: ClassVar[str] = "Meet a duty"

    def duty_fields(self, duty: DutyRow) -> Iterable[Widget]:
        """The duty in words, when, and what it asks."""
        yield self.about(duty)
        if refusal := self.refusal(duty):
            yield self.refused(refusal)
            return
        asks = views.asks(duty.name)
        yield TimeField("When", id=_ON, today=self.today, value=self.today.isoformat(), required=True, lean="past")
        staff = views.staff() if any(ask.type == "staff" for ask in asks) else ()
        for ask in asks:
            if duty.id == MEETING and ask.name == "agreed":
                plan = views.plan(self.actor, self.origin.case, self.today)
                yield from step_fields(plan, self.today, self.office)
                continue
            yield from field_for(
                ask.type,
                ask.label,
                id=ask.name,
                today=self.today,
                values=ask.values,
                required=ask.required,
                help=ask.help,
                staff=staff,
            )
        if duty.id in REVIEWS:
            barriers = recall_case(self.actor, self.origin.case, self.today).barriers
            yield BarriersBeside(barriers, self.today, self.office)
        if prompt := prompt_line(duty.id):
            yield Hint(prompt, above=1)
        yield Hint(asked_words(asks), above=1)

    def refusal(self, duty: DutyRow) -> str:
        """What the record will refuse, said before anything is typed; "" where it will not."""
        if not roles.may(self.actor, "work"):
            return "Your role reads; it records nothing."
        if self.actor.role is Role.ADMINISTRATOR and duty.owner != "CA":
            return f"A case administrator records only what a case administrator owns; this is for {duty.owner}."
        asked = {ask.name for ask in views.asks(duty.name)}
        if "supervisor" in asked and not roles.may(self.actor, "allocate"):
            return "Naming a supervisor is the manager's."
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would be refused is not offered."""
        if action == "save" and self.duty is not None and self.refusal(self.duty):
            return False
        return super().check_action(action, parameters)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """A day to come is none on which anything was done; steps agreed belong somewhere."""
        day = day_of(moment_in(typed[_ON]))
        found = {_ON: f"{long_date(day)} has not come yet."} if day > self.today else {}
        return found | check_steps(typed) if "into" in typed else found

    def on_field_changed(self, event: Field.Changed) -> None:
        """A new objective is asked about once there is to be one."""
        super().on_field_changed(event)
        if event.field.id == "into":
            show_new(self.form)

    def submit(self) -> Changed:
        """Record it."""
        duty = self.duty
        if duty is None:
            raise Invalid("No duty was chosen.")
        if duty.id == MEETING:
            return self._meeting()
        fields = {name: value for name, value in self.typed.items() if name != _ON and value}
        return commands.meet(
            self.actor, self.origin.case, duty.name, self.today, on=moment_in(self.typed[_ON]), fields=fields
        )

    def _meeting(self) -> Changed:
        """Record the meeting after a recall, with the steps agreed there."""
        typed = self.typed
        said = {ask.name: typed[ask.name] for ask in views.asks(MEETING) if ask.name != "agreed"}
        into = "" if typed["into"] == NOT else typed["into"]
        steps = steps_in(typed["agreed"], self.today)
        return hold_recall_meeting(
            self.actor, self.origin.case, moment_in(typed[_ON]), said, steps, self.today, into=into,
            change=typed["change"], pathway=typed["pathway"],
        )  # fmt: skip


def asked_words(asks: tuple[Ask, ...]) -> str:
    """What a duty's form asks, and which of it is needed, in a sentence."""
    if not asks:
        return "It asks nothing more. Ctrl+S records it."
    said = "; ".join(f"{ask.label}{' (needed)' if ask.required else ''}" for ask in asks)
    return f"It asks: {said}. Ctrl+S records it."
