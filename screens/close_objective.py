"""Closing an objective: what came of it, and what the person says of it."""

from collections.abc import Iterable
from datetime import date

from textual.widget import Widget

from db import commands
from db.errors import Invalid, Stale
from db.rows import Changed
from policy.planning import plan_words
from screens.base import Sitting
from screens.objective_form import READS, PlanForm
from screens.routes import Route
from screens.words import Words
from widgets.choices import Choice, Option
from widgets.fields import DateField, LongText
from widgets.palette import Ink


class CloseObjectiveForm(PlanForm):
    """The objective the route's `cursor` names."""

    TITLE_WORDS = "Close an objective"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """As it stands now."""
        super().__init__(sitting, route)
        self.row = next((one for one in self.plan.objectives if one.id == route.cursor), None)
        self._seen = self.row.row if self.row else ""

    def fields(self) -> Iterable[Widget]:
        """Outcome, when, why, their comment."""
        if not self.allowed or self.row is None:
            yield self.refused(READS if not self.allowed else "This objective is not open any more.")
            return
        yield Words(self.row.kept.change, ink=Ink.STRONG)
        options = [Option(name, word.title) for name, word in plan_words().outcome.items()]
        yield Choice("Outcome", options, id="outcome", required=True)
        yield DateField("On", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield LongText("Why", id="why", lines=2, help="needed unless it was achieved")
        yield LongText("Their comment", id="comment", value=self.row.kept.comment, lines=2)

    def submit(self) -> Changed:
        """Close it."""
        typed = self.typed
        if self.row is None:
            raise Invalid("This objective is not open any more.")
        try:
            return commands.close_objective(
                self.actor,
                self.origin.case,
                self.row.id,
                typed["outcome"],
                self.today,
                on=date.fromisoformat(typed["on"]),
                why=typed["why"],
                comment=typed["comment"],
                seen=self._seen,
            )
        except Stale as stale:
            self._seen = stale.now or self._seen
            raise
