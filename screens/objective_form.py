"""Adding an objective, or changing one."""

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from db import commands, roles, views
from db import planning as pl
from db.errors import Stale
from db.rows import Changed
from policy.planning import plan_words
from policy.sequence import RISKS
from screens.base import Sitting
from screens.case_fields import Hint
from screens.case_form import CaseForm
from screens.programme_field import ProgrammeField
from screens.routes import Route
from widgets.choices import Choice, Option, Tick
from widgets.fields import DateField, LongText, TextField

READS = "Your role reads; it does not work on plans."


class PlanForm(CaseForm):
    """A form about one case's plan, as it was when the form was opened."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About what the route's `cursor` names. Raises NotFound."""
        super().__init__(sitting, route)
        self.plan = views.plan(sitting.actor, route.case, sitting.today)

    @property
    def allowed(self) -> bool:
        """Whether this role may write it."""
        return roles.may(self.actor, "plan")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would be refused is not offered."""
        if action == "save" and not self.allowed:
            return False
        return super().check_action(action, parameters)


class ObjectiveForm(PlanForm):
    """The fields of an objective; the route's `cursor` names the one to change, "" to add one."""

    TITLE_WORDS = "An objective"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """As it stands now."""
        super().__init__(sitting, route)
        self.row = next((one for one in self.plan.objectives if one.id == route.cursor), None)
        self._seen = self.row.row if self.row else ""
        self._over = ""
        self._now = self.row.kept if self.row else pl.Objective("", "", "")

    def fields(self) -> Iterable[Widget]:
        """What is to change first; what is seldom needed last."""
        if not self.allowed:
            yield self.refused(READS)
            return
        now = self._now
        yield LongText("To change", id="change", value=now.change, required=True, lines=2, help="in their terms")
        pathways = [Option(name, word.title.lower()) for name, word in plan_words().pathway.items()]
        yield Choice("Pathway", pathways, id="pathway", value=now.pathway, required=True)
        yield TextField("Measured by", id="measure", value=now.measure, help="how it will be seen", max_length=500)
        yield DateField("By", id="target", today=self.today, value=now.target, required=True, lean="future")
        yield LongText("Own words", id="words", value=now.words, lines=1, help="what the person said")
        yield TextField("Owner", id="owner", value=now.owner, help="a keyworker or a role")
        yield ProgrammeField("Rests on", id="programme", value=now.programme)
        yield DateField("Begins", id="start", today=self.today, value=now.start, lean="nearest")
        yield TextField("Place", id="at", value=self._at(), help=self._places(), overtype=True)
        options = [Option("custody", "in custody"), Option("community", "in the community", "o")]
        yield Choice("Where", options, id="place", value=now.place)
        if others := self._others():
            yield TextField("Builds on", id="builds_on", value=self._number(now.builds_on), help=others, overtype=True)
        yield Choice("RoSH it lowers", [Option(one, one.replace("-", " ")) for one in RISKS], id="risk", value=now.risk)
        yield Tick("Tag", "victims and community", id="victims", ticked=now.victims == "yes")
        yield LongText("Progress", id="progress", value=now.progress, lines=1)
        yield LongText("Their comment", id="comment", value=now.comment, lines=1)
        yield TextField("Why this order", id="why", help="only where it goes against a rule", max_length=500)
        yield Hint("Reading or English comes before a programme that needs it, the higher risk first. These warn.")

    def _at(self) -> str:
        return str(self.row.at) if self.row else ""

    def _places(self) -> str:
        last = len(self.plan.objectives) + (0 if self.row else 1)
        return f"in the sequence, 1 to {last}; empty: last"

    def _others(self) -> str:
        others = [one for one in self.plan.objectives if self.row is None or one.id != self.row.id]
        return f"the number of another, {others[0].at} to {others[-1].at}" if others else ""

    def _number(self, id: str) -> str:
        found = next((one for one in self.plan.objectives if id and one.id == id), None)
        return str(found.at) if found else ""

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Places are numbers of the plan."""
        found = {}
        last = len(self.plan.objectives) + (0 if self.row else 1)
        for name in ("at", "builds_on"):
            text = typed.get(name, "")
            if text and not (text.isdigit() and 1 <= int(text) <= last):
                found[name] = f"A number from 1 to {last}."
        return found

    def submit(self) -> Changed:
        """Write it down."""
        typed = self.typed
        on = typed.get("builds_on", "")
        built = next((one.id for one in self.plan.objectives if on and one.at == int(on)), "")
        given = pl.Objective(
            typed["pathway"],
            typed["change"],
            typed["target"],
            typed["start"],
            typed["measure"],
            typed["words"],
            typed["owner"],
            typed["place"],
            typed["programme"],
            typed["risk"],
            built,
            "yes" if typed["victims"] == "yes" else "",
            self._now.steps,
            typed["comment"],
            typed["progress"],
        )
        try:
            return commands.save_objective(
                self.actor,
                self.origin.case,
                given,
                self.today,
                id=self.row.id if self.row else "",
                seen=self._seen,
                over=self._over,
                at=int(typed["at"]) if typed["at"] and typed["at"] != self._at() else None,
                why=typed["why"],
            )
        except Stale as stale:
            # Both have been shown by the time Ctrl+S is pressed again, which is then a choice.
            self._over = stale.now
            raise
