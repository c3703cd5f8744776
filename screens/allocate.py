"""Naming the supervisor of one case: who is suggested and why, everybody else with their load, and the reason."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from db import allocating, commands, roles
from db.errors import Invalid, NotFound
from db.loads import Allocation, Candidate, Load, Workload
from db.rows import Changed
from db.views.workload import allocation
from screens.base import Sitting
from screens.foot import Foot
from screens.forms import FormScreen
from screens.routes import Route
from screens.supervisor_pick import Choosable, SupervisorPick
from screens.words import Words
from widgets.discretion import gives_away
from widgets.fields import TextField
from widgets.lines import cut
from widgets.palette import Ink
from widgets.words import long_date

TO, WHY = "to", "why"
LONGEST = 500
_OTHERS = 17


def would_hold(load: Load, given: int, workload: Workload) -> str:
    """What somebody would hold with so many more, and whether that is too many, or more than their hours allow."""
    then, capacity = load.cases + given, workload.capacity(load)
    over = f", over {workload.most} (OMI 3.1j a)" if workload.over(then) else ""
    if not over and then > capacity:
        over = f", over the {capacity} that {load.terms.hours} hours allow"
    return f"{load.name} would then hold {then} {'case' if then == 1 else 'cases'}{over}."


class AllocateForm(FormScreen):
    """The form for one case."""

    TITLE_WORDS: ClassVar[str] = "Allocate a case"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The case `route` names. Raises NotFound."""
        super().__init__(sitting, route)
        self._told: Allocation = allocation(sitting.actor, (route.case,), sitting.today)
        if not self._told.cases:
            raise NotFound("No case was named.")
        self._case: Candidate = self._told.cases[0]
        self._refusal = self._refused_because()
        if self._refusal:
            self._foot = Foot(("leave", "keys"))

    def _refused_because(self) -> str:
        if not roles.may(self.actor, "allocate"):
            return "Naming a supervisor is the manager's."
        if self._case.barred:
            return self._case.barred
        return "" if self._choices() else allocating.NOBODY

    def subject(self) -> str:
        """Name, number, place."""
        return f"{cut(self._case.name, 34)}  {self._case.number}  {self._case.where}".rstrip()

    def fields(self) -> Iterable[Widget]:
        """Who has it now and who is suggested; the choice; the reason."""
        yield Words(self._now())
        if self._refusal:
            yield Words(f"{self._refusal} Esc leaves.", ink=Ink.TODAY)
            return
        yield Words(allocating.explain(allocating.suggest(self._case, self._told), self._told), ink=Ink.ACCENT)
        if left_out := allocating.not_weighed(self._told):
            yield Words(left_out, ink=Ink.DIM)
        yield Words("")
        yield SupervisorPick(self._choices(), self._told.workload.most, id=TO, others=_OTHERS)
        yield TextField("Reason", id=WHY, required=True, help="why this one", max_length=LONGEST)

    def _now(self) -> str:
        case = self._case
        if not case.holder:
            return "Nobody supervises this case now."
        spell = case.spells[0] if case.spells and case.spells[0].until is None else None
        since = f" since {long_date(spell.since)}" if spell else ""
        why = spell.why if spell else ""
        if gives_away(why) and not self.office:
            why = "the reason is discreet"
        return f"Now: {self._told.names.get(case.holder, case.holder)}{since}{f' ({why})' if why else ''}."

    def _choices(self) -> tuple[Choosable, ...]:
        suggested = allocating.suggest(self._case, self._told).to
        found = [
            Choosable(load.id, load.name, load, would_hold(load, 1, self._told.workload), load.id == suggested)
            for load in self._told.choices
            if load.id != self._case.holder
        ]
        return tuple(sorted(found, key=lambda choice: not choice.suggested))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would be refused is not offered."""
        if action == "save" and self._refusal:
            return False
        return super().check_action(action, parameters)

    def submit(self) -> Changed:
        """Record it."""
        if not self.typed[TO]:
            raise Invalid("Nobody was chosen.", field=TO)
        case = self._case
        return commands.allocate(
            self.actor, {case.number: self.typed[TO]}, self.typed[WHY], self.today, {case.number: case.holder}
        )
