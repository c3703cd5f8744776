"""The sentence plan of a case: what shapes it, objectives by pathway in sequence, what goes against the order."""

from datetime import date

from db import commands
from db import planning as pl
from db.errors import Invalid, RecordError
from db.rows import State
from policy.planning import plan_words, programme_title
from policy.register import register
from screens.actions import bindings
from screens.confirm import Answer, Question
from screens.messages import Go
from screens.paper_form import route_to
from screens.plan_room import PlanRoom
from screens.plan_words import HIDDEN, discreet, objective_line, standing
from screens.sheet import Sheet, SheetLine, blank, heading, said
from widgets.discretion import gives_away
from widgets.lines import Piece
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import short_date


class PlanScreen(PlanRoom):
    """The plan."""

    PLACE = "plan"
    FOOTER = (("Enter", "open"), "objective", ("later", "move"), "meetings", "register", "help")
    BINDINGS = bindings("objective", "later", "earlier", "finish", "meetings", "versions", "interventions")

    def lines(self, plan: pl.Plan) -> list[SheetLine]:
        """How it stands, what shapes the work, the objectives by pathway, what was closed."""
        shown = [heading("Sentence plan", standing(plan)), *self._meeting(plan), *self._shaping(plan)]
        shown += [self._broken(plan, one) for one in plan.breaches]
        if not plan.objectives:
            shown.append(said("none", "No objective is open: a adds one; a meeting (m) then agrees the plan."))
        shown += self._objectives(plan)
        if plan.closed:
            shown += [blank(1), heading("Closed", f"{len(plan.closed)}")]
            shown += [self._closed_line(one) for one in plan.closed]
        return shown

    def _meeting(self, plan: pl.Plan) -> list[SheetLine]:
        ahead = [one for one in plan.meetings if one.kept.state == "arranged"]
        if not ahead:
            return []
        one = ahead[-1]
        late = one.on < self.today
        state = State.OVERDUE if late else State.TODAY if one.on == self.today else State.LATER
        missing = f"; not invited: {', '.join(one.not_invited)}" if one.not_invited else ""
        words = f"{plan_words().meeting[one.kept.kind].title}, {short_date(one.on, self.today)}"
        told = " – was it held?" if late else missing
        left = (Piece(f"{current().mark(state)} ", ink_of(state)), Piece(words), Piece(told, Ink.UNKNOWN))
        return [SheetLine(f"meeting {one.id}", left, data=one)]

    def _shaping(self, plan: pl.Plan) -> list[SheetLine]:
        """Holds and needs: unmet needs stay visible, each on its line; those seen to share one."""
        shown = [self._hold(entry) for entry in plan.holds]
        needs = [entry for entry in plan.of("individual-need") if not entry.over]
        unmet = [entry for entry in needs if not entry.fields.get("done")]
        shown += [self._need(entry) for entry in unmet]
        met = [entry for entry in needs if entry.fields.get("done")]
        return shown + [self._need(entry) for entry in met]

    def _need(self, entry: pl.EntryRow) -> SheetLine:
        name = entry.fields["need"].replace("-", " ")
        detail = entry.fields.get("detail", "")
        done = entry.fields.get("done", "")
        if not self.reveal and (entry.hidden or gives_away(f"{name} {detail} {done}")):
            name, detail, done = "a need", "", HIDDEN
        state = State.CLEAR if entry.fields.get("done") else State.UNKNOWN
        left = (
            Piece(f"{current().mark(state)} ", ink_of(state)),
            Piece(f"Need: {name}{f', {detail}' if detail else ''}"),
            Piece(f" – {' '.join(done.split())}" if done else " – nothing done yet", Ink.DIM if done else Ink.UNKNOWN),
        )
        return SheetLine(f"entry {entry.kind} {entry.id}", left, data=entry)

    def _hold(self, entry: pl.EntryRow) -> SheetLine:
        ends = entry.fields.get("ends", "")
        until = f" until about {short_date(date.fromisoformat(ends), self.today)}" if ends else " until it ends"
        name = programme_title(entry.fields["programme"]) if self.reveal else "an accredited programme"
        left = (Piece(f"{current().mark(State.TODAY)} ", Ink.TODAY), Piece(f"Transfer is held: {name} runs{until}"))
        return SheetLine(f"entry {entry.kind} {entry.id}", left, data=entry)

    def _broken(self, plan: pl.Plan, one: pl.BreachRow) -> SheetLine:
        first, then = plan.objective(one.first), plan.objective(one.then)
        own = [row for row in (first, then) if row is not None]
        hidden = not self.reveal and (one.discreet or any(map(discreet, own)) or gives_away(one.words))
        title = f"Order of {' and '.join(str(row.at) for row in own)}" if hidden else one.title
        at = then.at if then else 0
        where = f"{first.at} ought to come before {at}" if first else f"nothing in the plan gives what {at} needs"
        mark = State.CLEAR if one.reason else State.UNKNOWN
        ink = Ink.DIM if one.reason else Ink.UNKNOWN
        why = f"So on purpose: {one.reason}" if one.reason else "+ and - move an objective; Enter says why it stays so."
        told = () if hidden else ((Piece(one.words),),)
        return SheetLine(
            f"breach {one.id}",
            (Piece(f"{current().mark(mark)} {title}: {HIDDEN if hidden else where}", ink),),
            (Piece("on purpose" if one.reason else "", Ink.DIM),),
            (*told, (Piece(why, Ink.DIM), Piece(f" {one.source}", Ink.DIM))),
            one,
        )

    def _objectives(self, plan: pl.Plan) -> list[SheetLine]:
        """By pathway, each where its first objective is; what is discreet stands together until it is revealed."""
        groups: dict[str, list[pl.ObjectiveRow]] = {}
        for row in plan.objectives:
            pathway = plan_words().pathway[row.kept.pathway]
            name = "Discreet" if pathway.discreet and not self.reveal else pathway.title
            groups.setdefault(name, []).append(row)
        shown: list[SheetLine] = []
        for name, rows in groups.items():
            done, steps = sum(row.done for row in rows), sum(len(row.steps) for row in rows)
            shown.append(heading(name, f"{done} of {steps} steps done" if steps else ""))
            shown += [objective_line(row, self.today, self.reveal, self.app.size.width) for row in rows]
        return shown

    def _closed_line(self, row: pl.ObjectiveRow) -> SheetLine:
        title = HIDDEN if discreet(row) and not self.reveal else row.kept.change
        outcome = plan_words().outcome[row.kept.outcome].title
        ended = f"{outcome} {short_date(row.closed, self.today)}" if row.closed else outcome
        more = [(Piece("Why: ", Ink.DIM), Piece(row.kept.why))] if row.kept.why else []
        more += [(Piece("Their comment: ", Ink.DIM), Piece(row.kept.comment))] if row.kept.comment else []
        shown = () if discreet(row) and not self.reveal else tuple(more)
        return SheetLine(f"closed {row.id}", (Piece(f"  {title}", Ink.DIM),), (Piece(ended, Ink.DIM),), shown, row)

    def first(self, shown: list[SheetLine]) -> int:
        """The first objective, where there is one."""
        at = next((at for at, line in enumerate(shown) if isinstance(line.data, pl.ObjectiveRow)), None)
        return super().first(shown) if at is None else at

    # Keys -----------------------------------------------------------------------------------------------------------

    @property
    def here(self) -> pl.ObjectiveRow | None:
        """The open objective under the cursor."""
        item = self.sheet.item
        return item.data if item and isinstance(item.data, pl.ObjectiveRow) and not item.data.closed else None

    def duty_here(self) -> str:
        """The duty of looking at the objective under the cursor."""
        return f"objective-review:{self.here.key}" if self.here else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An objective must be under the cursor to move or close it."""
        if action in ("later", "earlier", "finish") and self.here is None:
            return False
        return super().check_action(action, parameters)

    def on_sheet_chosen(self, message: Sheet.Chosen) -> None:
        """Open what Enter was pressed on."""
        message.stop()
        item = self.sheet.item
        match item.data if item else None:
            case pl.ObjectiveRow() as row if row.closed:
                self.say("It is closed: what came of it stands here and in the history.")
            case pl.ObjectiveRow() as row:
                self.open("objective", detail=row.id)
            case pl.MeetingRow() as meeting:
                self.open("plan-meeting", meeting.id)
            case pl.EntryRow() as entry:
                self.open("entry", f"{entry.kind} {entry.id}")
            case pl.BreachRow() as breach:
                self.open("sequence", breach.id)

    def action_objective(self) -> None:
        """Add an objective."""
        self.open("add-objective")

    def action_finish(self) -> None:
        """Close the objective under the cursor."""
        if self.here:
            self.open("close-objective", self.here.id)

    def action_later(self) -> None:
        """One place later in the sequence."""
        self._move(1)

    def action_earlier(self) -> None:
        """One place earlier in the sequence."""
        self._move(-1)

    def _move(self, by: int) -> None:
        here = self.here
        if here is None or self.plan is None:
            return
        to = here.at + by
        if not 1 <= to <= len(self.plan.objectives):
            self.say("It stands at the end of the sequence already.")
            return
        actor, case, today = self.actor, self.origin.case, self.today

        def failed(error: RecordError) -> None:
            if isinstance(error, Invalid) and error.field == "why":
                self.open("move-objective", f"{here.id} {to}")
            else:
                self.say(error.sentence)

        self.in_background(
            lambda: commands.move_objective(actor, case, here.id, to, today), self.changed, failed=failed
        )

    def action_print(self) -> None:
        """The person's own copy, or the plan for the file."""
        answers = (
            Answer("p", "the person's own copy, in large type", "plan"),
            Answer("f", "for the file", "plan-file"),
            Answer("escape", "nothing", ""),
        )
        self.app.push_screen(Question("Print which plan?", answers), self._print)

    def _print(self, kind: str | None) -> None:
        if kind:
            self.post_message(Go(route_to(self.origin.case, kind)))

    def action_meetings(self) -> None:
        """The planning meetings."""
        self.open("meetings")

    def action_versions(self) -> None:
        """Versions agreed, and what changed between them."""
        self.open("versions")

    def action_interventions(self) -> None:
        """Interventions, waiting lists and holds."""
        first = next(iter(name for name, kind in register().kind.items() if kind.section == "interventions"))
        self.open("register", f"head {register().kind[first].section}")
