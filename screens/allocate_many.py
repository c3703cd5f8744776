"""Giving several cases, or everything somebody holds, to other supervisors: previewed, written and undone together."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.widget import Widget

from db import allocating, commands, roles
from db.loads import Allocation, Proposed
from db.rows import Changed
from db.views.workload import allocation
from screens.allocate import LONGEST, TO, WHY, would_hold
from screens.allocate_preview import Preview, applying, in_order, summary
from screens.allocate_words import asked_for
from screens.base import Sitting
from screens.foot import Foot
from screens.forms import FormScreen
from screens.routes import Route
from screens.supervisor_pick import EACH, Choosable, SupervisorPick
from screens.words import Words
from widgets.fields import TextField
from widgets.form import Field
from widgets.palette import Ink

_OTHERS, _LINES = 20, 12
_EACH = "Each case goes to whoever held it before, else covers its home area, else has the most room left."


class AllocateManyForm(FormScreen):
    """The form for several cases."""

    TITLE_WORDS: ClassVar[str] = "Allocate cases"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The cases `route` names, or everything of the supervisor it names."""
        super().__init__(sitting, route)
        numbers, everything_of = asked_for(route)
        self._of = everything_of
        self._told: Allocation = allocation(sitting.actor, numbers, sitting.today, everything_of=everything_of)
        self._preview = Preview(self._told.names)
        self._words = Words("", id="come-to")
        self._proposed: tuple[Proposed, ...] = ()
        self._refusal = self._refused_because()
        if self._refusal:
            self._foot = Foot(("leave", "keys"))

    def _refused_because(self) -> str:
        if not roles.may(self.actor, "allocate"):
            return "Naming a supervisor is the manager's."
        if not self._told.cases:
            return "There are no cases to allocate."
        return "" if self._told.choices else allocating.NOBODY

    def subject(self) -> str:
        """How many, and whose."""
        number = len(self._told.cases)
        said = f"{number} {'case' if number == 1 else 'cases'}"
        if self._of is None:
            return said
        whose = f"everything {self._told.names.get(self._of, self._of)} holds" if self._of else "without a supervisor"
        return f"{said}: {whose}"

    def fields(self) -> Iterable[Widget]:
        """To whom; the reason; what it would come to."""
        if self._refusal:
            yield Words(f"{self._refusal} Esc leaves.", ink=Ink.TODAY)
            return
        if left_out := allocating.not_weighed(self._told):
            yield Words(left_out, ink=Ink.DIM)
        yield SupervisorPick(self._choices(), self._told.workload.most, id=TO, others=_OTHERS, at_most=_LINES)
        yield TextField("Reason", id=WHY, required=True, help="why they are given to others", max_length=LONGEST)
        yield Words("")
        yield self._words
        yield self._preview

    def on_mount(self) -> None:
        """Show what the first choice comes to."""
        if not self._refusal:
            self._look(EACH)

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another choice comes to something else."""
        if event.field.id == TO:
            self._look(event.field.value)

    def _look(self, to: str) -> None:
        self._proposed = self._proposals(to)
        self._words.text = summary(self._proposed, self._told)
        self._preview.show(in_order(self._proposed))
        self._preview.action_first()

    def _proposals(self, to: str) -> tuple[Proposed, ...]:
        return allocating.share(self._told) if to == EACH else allocating.to_one(self._told, to)

    def _choices(self) -> tuple[Choosable, ...]:
        found = [Choosable(EACH, "Each as suggested", None, _EACH, True)]
        for load in self._told.choices:
            if load.id == self._of:
                continue
            given = sum(not case.barred and case.holder != load.id for case in self._told.cases)
            found.append(Choosable(load.id, load.name, load, would_hold(load, given, self._told.workload)))
        return tuple(found)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would be refused is not offered."""
        if action == "save" and self._refusal:
            return False
        return super().check_action(action, parameters)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Something must come of it."""
        if applying(self._proposals(typed[TO])):
            return {}
        return {TO: "None of these cases would change hands. Choose somebody else, or Esc leaves."}

    def submit(self) -> Changed:
        """Record those that apply, together."""
        going = applying(self._proposals(self.typed[TO]))
        seen = {case.number: case.holder for case in self._told.cases}
        return commands.allocate(self.actor, going, self.typed[WHY], self.today, seen)
