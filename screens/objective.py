"""One objective in full: what is to change, its steps one by one, how far it has come."""

from datetime import date

from msgspec.structs import replace

from db import commands
from db import planning as pl
from db.errors import RecordError, Stale
from policy.planning import plan_words, programme_title
from screens.actions import bindings
from screens.plan_room import PlanRoom
from screens.plan_words import HIDDEN, discreet, next_state, state_of, step_pieces
from screens.sheet import Sheet, SheetLine, heading, said
from widgets.lines import Piece
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import long_date


class ObjectiveScreen(PlanRoom):
    """The objective the route's `detail` names."""

    PLACE = "objective"
    FOOTER = (("Enter", "change"), "step", "turn", "finish", "reveal", "help")
    BINDINGS = bindings("step", "turn", "finish")

    @property
    def row(self) -> pl.ObjectiveRow | None:
        """The objective, open or closed; None while it is being read, or where it was taken back."""
        return self.plan.objective(self.origin.detail) if self.plan else None

    def lines(self, plan: pl.Plan) -> list[SheetLine]:
        """The objective, then its steps."""
        row = plan.objective(self.origin.detail)
        if row is None:
            return [
                said("gone", "This objective is not there any more: somebody took it back. Esc leaves.", stops=True)
            ]
        if discreet(row) and not self.reveal:
            return [said("hidden", f"This objective is {HIDDEN}.", stops=True)]
        kept = row.kept
        title = plan_words().pathway[kept.pathway].title
        place = f"place {row.at} in the sequence" if row.at else "closed"
        state = state_of(row, self.today)
        mark = "" if row.closed else f"{current().mark(state)} "
        shown = [
            heading(title, place),
            SheetLine("objective", (Piece(mark, ink_of(state)), Piece(kept.change, Ink.STRONG)), data=row),
        ]
        for label, value in self._facts(row):
            if value:
                shown.append(SheetLine(f"fact {label}", (Piece(f"  {label}: ", Ink.DIM), Piece(value)), data=row))
        shown.append(heading("Steps", f"{row.done} of {len(row.steps)} done" if row.steps else ""))
        shown += [self._step(at, step) for at, step in enumerate(row.steps)]
        if not row.steps:
            shown.append(said("no steps", "No steps yet: a adds one."))
        return shown

    def _facts(self, row: pl.ObjectiveRow) -> list[tuple[str, str]]:
        kept = row.kept
        other = self.plan.objective(kept.builds_on) if self.plan and kept.builds_on else None
        began = f", begun {long_date(date.fromisoformat(kept.start))}" if kept.start else ""
        return [
            ("In their own words", f"“{kept.words}”" if kept.words else ""),
            ("Measured by", kept.measure),
            ("By", f"{long_date(row.target)}{began}"),
            ("Owner", kept.owner),
            ("Rests on", programme_title(kept.programme) if kept.programme else ""),
            ("Where", "in the community" if kept.place == "community" else kept.place and "in custody"),
            ("Builds on", other.kept.change if other else ""),
            ("RoSH", kept.risk.replace("-", " ") if self.reveal else ""),
            ("Tag", "victims and community" if kept.victims == "yes" else ""),
            ("Progress", kept.progress),
            ("Their comment", kept.comment),
            ("Closed", f"{long_date(row.closed)}, {plan_words().outcome[kept.outcome].title}" if row.closed else ""),
            ("Why", kept.why),
        ]

    def _step(self, at: int, step: pl.Step) -> SheetLine:
        more = ((Piece("What came of it: ", Ink.DIM), Piece(step.outcome)),) if step.outcome else ()
        return SheetLine(f"step {at}", (Piece("  "), *step_pieces(step, self.today)), more=more, data=at)

    # Keys -----------------------------------------------------------------------------------------------------------

    def duty_here(self) -> str:
        """The duty of looking at this objective."""
        return f"objective-review:{self.row.key}" if self.row and not self.row.closed else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A closed objective is read, not worked on."""
        if action in ("step", "finish") and (self.row is None or self.row.closed):
            return False
        if action == "turn" and (self._at is None or (self.row and self.row.closed)):
            return False
        return super().check_action(action, parameters)

    @property
    def _at(self) -> int | None:
        item = self.sheet.item
        return item.data if item and isinstance(item.data, int) else None

    def on_sheet_chosen(self, message: Sheet.Chosen) -> None:
        """Change the objective, or the step under the cursor."""
        message.stop()
        row = self.row
        if row is None or (discreet(row) and not self.reveal):
            self.action_reveal()
        elif row.closed:
            self.say("It is closed. What came of it stands; a new objective can take it up again.")
        elif isinstance(message.line.data, int):
            self.open("step", f"{row.id} {message.line.data}")
        else:
            self.open("edit-objective", row.id)

    def action_step(self) -> None:
        """Add a step."""
        if self.row:
            self.open("step", f"{self.row.id} {len(self.row.steps)}")

    def action_finish(self) -> None:
        """Close the objective."""
        if self.row:
            self.open("close-objective", self.row.id)

    def action_turn(self) -> None:
        """The next state of the step under the cursor; what is done is done today."""
        row, at = self.row, self._at
        if row is None or at is None:
            return
        steps = list(row.steps)
        state = next_state(steps[at].state)
        steps[at] = replace(steps[at], state=state, on=self.today.isoformat() if state == "done" else "")
        actor, case, today = self.actor, self.origin.case, self.today

        def failed(error: RecordError) -> None:
            changed = "Somebody else has just changed this: it stands here as they left it."
            self.say(changed if isinstance(error, Stale) else error.sentence)
            self.read_again()

        self.in_background(
            lambda: commands.save_steps(actor, case, row.id, steps, today, seen=row.row),
            self.changed,
            doing="Saving",
            failed=failed,
        )
