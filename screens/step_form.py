"""One step of an objective: what, whose, by when, and what came of it."""

from collections.abc import Iterable

from textual.widget import Widget

from db import commands, views
from db import planning as pl
from db.errors import Invalid, Stale
from db.rows import Changed
from screens.base import Sitting
from screens.case_fields import Hint
from screens.objective_form import READS, PlanForm
from screens.routes import Route
from widgets.choices import Choice, Option, Tick
from widgets.fields import DateField, TextField

_STATES = (
    Option("", "to do", "t"),
    Option("doing", "under way", "u"),
    Option("done", "done", "d"),
    Option("dropped", "no longer needed", "n"),
)


class StepForm(PlanForm):
    """The step the route's `cursor` names: objective and number; one number beyond the last adds one."""

    TITLE_WORDS = "A step"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """As it stands now."""
        super().__init__(sitting, route)
        id, _, at = route.cursor.partition(" ")
        self.row = next((one for one in self.plan.objectives if one.id == id), None)
        self.at = int(at or 0)
        self._seen = self.row.row if self.row else ""
        steps = self.row.steps if self.row else ()
        self._now = steps[self.at] if self.at < len(steps) else None

    def fields(self) -> Iterable[Widget]:
        """What, whose, by when, how far."""
        if not self.allowed or self.row is None:
            yield self.refused(READS if not self.allowed else "This objective is not open any more.")
            return
        now = self._now or pl.Step("")
        yield TextField("Step", id="what", value=now.what, required=True, help="one thing to be done", max_length=500)
        yield TextField("Whose", id="owner", value=now.owner, help="the person, a keyworker or a role")
        yield DateField("By", id="target", today=self.today, value=now.target, lean="future")
        yield Choice("Stands at", _STATES, id="state", value=now.state)
        yield DateField("Done on", id="when", today=self.today, value=now.on, lean="past")
        yield TextField("What came of it", id="outcome", value=now.outcome, max_length=500)
        if self._now is not None:
            yield Tick("Take out", "this step was put down by mistake", id="remove")
        yield Hint(f"A step of: {self.row.kept.change}")

    def submit(self) -> Changed:
        """Write it down among the others."""
        typed = self.typed
        if self.row is None:
            raise Invalid("This objective is not open any more.")
        on = typed["when"] or (self.today.isoformat() if typed["state"] == "done" else "")
        step = pl.Step(typed["what"], typed["owner"], typed["target"], typed["state"], on, typed["outcome"])
        steps = list(self.row.steps)
        steps[self.at : self.at + 1] = [] if typed.get("remove") == "yes" else [step]
        try:
            return commands.save_steps(self.actor, self.origin.case, self.row.id, steps, self.today, seen=self._seen)
        except Stale as stale:
            self._seen = stale.now or self._seen
            self._stand_among_theirs()
            raise

    def _stand_among_theirs(self) -> None:
        """Both have been shown: saved again, this step stands among the steps there are now."""
        plan = views.plan(self.actor, self.origin.case, self.today)
        self.row = next((one for one in plan.objectives if self.row and one.id == self.row.id), None)
        whats = [step.what for step in self.row.steps] if self.row else []
        self.at = whats.index(self._now.what) if self._now and self._now.what in whats else len(whats)
