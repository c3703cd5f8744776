"""Why the objectives stand in an order that goes against a rule: asked, never forbidden."""

from collections.abc import Iterable

from textual.widget import Widget

from db import commands
from db.rows import Changed
from screens.base import Sitting
from screens.case_fields import Hint
from screens.objective_form import READS, PlanForm
from screens.routes import Route
from screens.words import Words
from widgets.fields import LongText
from widgets.palette import Ink


class MoveForm(PlanForm):
    """Moving an objective against a rule; the route's `cursor` names it and the place it is to have."""

    TITLE_WORDS = "Move against a rule"

    def fields(self) -> Iterable[Widget]:
        """What the rule says, and why."""
        if not self.allowed:
            yield self.refused(READS)
            return
        yield Words(self._warning(), ink=Ink.UNKNOWN)
        yield LongText("Why so", id="why", required=True, lines=2, help="kept beside the warning")
        yield Hint("Esc leaves the order as it is.")

    def _warning(self) -> str:
        id, _, to = self.origin.cursor.partition(" ")
        row = self.plan.objective(id)
        name = row.kept.change if row else id
        return (
            f"Place {to} for “{name}” goes against the order the inspection expects: reading or language before a "
            "programme that needs it, the higher risk first, what is built upon first (OMI 2.1a). It may stand so."
        )

    def submit(self) -> Changed:
        """Move it, with the reason."""
        id, _, to = self.origin.cursor.partition(" ")
        return commands.move_objective(self.actor, self.origin.case, id, int(to), self.today, self.typed["why"])


class ReasonForm(PlanForm):
    """Why an order that goes against a rule stays so; the route's `cursor` names the breach."""

    TITLE_WORDS = "Why in this order?"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The breach as it stands."""
        super().__init__(sitting, route)
        self.breach = next((one for one in self.plan.breaches if one.id == route.cursor), None)

    def fields(self) -> Iterable[Widget]:
        """What the rule says, and why."""
        if not self.allowed or self.breach is None:
            yield self.refused(READS if not self.allowed else "The order keeps to the rule by now.")
            return
        yield Words(f"{self.breach.words} {self.breach.source}.", ink=Ink.UNKNOWN)
        yield LongText("Why so", id="why", value=self.breach.reason, required=True, lines=2)

    def submit(self) -> Changed:
        """Record the reason."""
        return commands.explain_order(self.actor, self.origin.case, self.origin.cursor, self.typed["why"], self.today)
