"""One entry of the register: which kind, where a section has several, and its fields."""

from collections.abc import Iterable, Mapping
from datetime import date

from textual.widget import Widget

from db import commands, roles
from db.errors import Stale
from db.rows import Changed
from policy.register import RegisterField, register
from screens.base import Sitting
from screens.case_fields import Hint
from screens.messages import Go
from screens.objective_form import READS, PlanForm
from screens.programme_field import ProgrammeField
from screens.routes import Route
from widgets.choices import Choice, Option, TickItem, TickList
from widgets.fields import DateField, LongText, TextField
from widgets.form import LABEL, Field
from widgets.lines import cells
from widgets.words import long_date

_ON = "entered-on"


class EntryForm(PlanForm):
    """The route's `cursor`: the kind, and the id of the entry to put right ("" to add one)."""

    TITLE_WORDS = "Write down"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """As it stands now."""
        super().__init__(sitting, route)
        self.kind, _, id = route.cursor.partition(" ")
        self.rule = register().kind[self.kind]
        self.row = next((one for one in self.plan.of(self.kind) if one.id == id), None)
        self._seen = self.row.row if self.row else ""

    @property
    def allowed(self) -> bool:
        """Whether this role may write it."""
        return roles.may(self.actor, "work" if self.rule.administrator else "plan")

    def subject(self) -> str:
        """What is written down, about whom."""
        return f"{self.rule.one}   {super().subject()}"

    def fields(self) -> Iterable[Widget]:
        """The fields of the kind; its date behind the first."""
        if not self.allowed:
            yield self.refused(READS)
            return
        on = self.row.on if self.row else self.today
        for field in self.rule.fields:
            yield from self._field(field)
            if field is self.rule.fields[0]:
                yield DateField(
                    self.rule.on, id=_ON, today=self.today, value=on.isoformat(), required=True, lean="past"
                )
        if self.rule.meets:
            yield Hint("It also meets the duties it answers to.", above=1)

    def _field(self, field: RegisterField) -> Iterable[Widget]:
        value = self.row.fields.get(field.name, "") if self.row else ""
        id, label, needed = field.name, field.label, field.required
        if cells(label) > LABEL:
            yield Hint(label, above=1)
        match field.type:
            case "long":
                yield LongText(label, id=id, value=value, required=needed, help=field.help, lines=2)
            case "choice" | "yes-no":
                values = field.values or ("yes", "no")
                options = [Option(one, one.replace("-", " ")) for one in values]
                yield Choice(label, options, id=id, value=value, required=needed)
                if field.help:
                    yield Hint(field.help)
            case "date":
                yield DateField(label, id=id, today=self.today, value=value, required=needed, help=field.help)
            case "ticks":
                ticked = set(value.split(","))
                yield TickList(label, [TickItem(one, one, ticked=one in ticked) for one in field.values], id=id)
            case "programme":
                yield ProgrammeField(label, id=id, value=value, required=needed)
            case _:
                yield TextField(label, id=id, value=value, required=needed, help=field.help, max_length=500)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """What happened did not happen on a day to come."""
        day = date.fromisoformat(typed[_ON])
        return {_ON: f"{long_date(day)} has not come yet."} if day > self.today else {}

    def submit(self) -> Changed:
        """Write it down."""
        fields = {field.name: self.typed.get(field.name, "") for field in self.rule.fields}
        on = date.fromisoformat(self.typed[_ON])
        try:
            return commands.save_entry(
                self.actor,
                self.origin.case,
                self.kind,
                fields,
                on,
                self.today,
                id=self.row.id if self.row else "",
                seen=self._seen,
            )
        except Stale as stale:
            self._seen = stale.now or self._seen
            raise


class KindForm(PlanForm):
    """Which kind of entry to add to the section the route's `cursor` names; its letter goes on to its form."""

    TITLE_WORDS = "Write down"
    FOOTER = ("leave", "keys")

    def fields(self) -> Iterable[Widget]:
        """The kinds of the section."""
        kinds = [name for name, kind in register().kind.items() if kind.section == self.origin.cursor]
        yield Choice("What", [Option(name, register().kind[name].one) for name in kinds], id="kind")
        yield Hint("Its letter, or an arrow, chooses it.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to save here."""
        return False if action == "save" else super().check_action(action, parameters)

    def on_field_changed(self, event: Field.Changed) -> None:
        """On to the form of the kind that was chosen."""
        event.stop()
        route = Route("entry", self.origin.case, f"{event.field.value} ")
        self.dismiss(None)
        self.app.post_message(Go(route))
