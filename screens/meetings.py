"""The planning meetings of a case: arranged, held or not, who is missing, what was agreed."""

from db import planning as pl
from db.rows import State
from policy.planning import plan_words
from screens.actions import bindings
from screens.messages import Go
from screens.paper_form import route_to
from screens.plan_room import PlanRoom
from screens.sheet import Sheet, SheetLine, heading, said
from widgets.lines import Piece
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import short_date


class MeetingsScreen(PlanRoom):
    """The meetings, those ahead first."""

    PLACE = "meetings"
    FOOTER = (("Enter", "open"), "arrange", ("print", "agenda, record"), "plan", "help")
    BINDINGS = bindings("arrange")
    PAPER = "meeting-agenda"

    def lines(self, plan: pl.Plan) -> list[SheetLine]:
        """Those ahead, who is expected at the next, and those that were."""
        ahead = sorted((one for one in plan.meetings if one.kept.state == "arranged"), key=lambda one: one.on)
        past = [one for one in plan.meetings if one.kept.state != "arranged"]
        shown = [heading("Planning meetings", "ahead"), *(self._meeting(one) for one in ahead)]
        if not ahead:
            shown.append(said("none", "None is arranged: a arranges one, or puts down one that was held."))
        shown.append(heading("Expected at the next", "keyworkers who deliver an intervention, and who chairs"))
        for one in plan.expected:
            shown.append(said(f"expected {one.name}", f"{one.name}, {one.role}", Ink.TEXT))
        if not plan.expected:
            shown.append(said("nobody", "Nobody is named yet: g names people and interventions."))
        shown += [heading("Held"), *(self._meeting(one) for one in past)]
        if not past:
            shown.append(said("no past", "None yet."))
        return shown

    def _meeting(self, one: pl.MeetingRow) -> SheetLine:
        kept = one.kept
        late = kept.state == "arranged" and one.on < self.today
        state = State.OVERDUE if late else State.CLEAR if kept.state == "held" else State.LATER
        title = plan_words().meeting[kept.kind].title
        about = [kept.video == "yes" and "by video link", kept.version and f"version {kept.version} agreed"]
        about += [kept.state == "not-held" and "not held", late and "was it held?"]
        tail = current().dot.join(part for part in about if part)
        left = (
            Piece(f"{current().mark(state)} ", ink_of(state)),
            Piece(f"{short_date(one.on, self.today)}  {title}"),
            Piece(f"  {tail}" if tail else "", Ink.DIM),
        )
        missing = (Piece(f"{len(one.not_invited)} not invited", Ink.UNKNOWN),) if one.not_invited else ()
        return SheetLine(f"meeting {one.id}", left, missing, tuple(self._more(one)), one)

    def _more(self, one: pl.MeetingRow) -> list[tuple[Piece, ...]]:
        kept = one.kept
        told = [("Chair", kept.chair)]
        for label, chosen in (
            ("Came", [each.name for each in kept.attendance if each.came]),
            ("Sent a contribution", [each.name for each in kept.attendance if each.contributed]),
            ("Invited", [each.name for each in kept.attendance if each.invited and not each.came]),
        ):
            told.append((label, ", ".join(chosen)))
        told.append(("Not invited", ", ".join(one.not_invited)))
        part = plan_words().part[kept.part].title if kept.part else ""
        told.append(("The person", f"{part}: {kept.part_why}" if kept.part_why else part))
        told.append(
            ("Family", kept.family or {"yes": "wished, nobody named", "no": "not wished"}.get(kept.family_wish, ""))
        )
        told += [("Agreed", kept.agreed), ("Why not", kept.why)]
        return [(Piece(f"{label}: ", Ink.DIM), Piece(text)) for label, text in told if text]

    def on_sheet_chosen(self, message: Sheet.Chosen) -> None:
        """Open the meeting."""
        message.stop()
        if isinstance(message.line.data, pl.MeetingRow):
            self.open("plan-meeting", message.line.data.id)

    def action_arrange(self) -> None:
        """Arrange a meeting, or put down one that was held."""
        self.open("plan-meeting")

    def action_print(self) -> None:
        """The agenda of the meeting ahead, or the record of one that was held."""
        item = self.sheet.item
        held = item is not None and isinstance(item.data, pl.MeetingRow) and item.data.kept.state == "held"
        self.post_message(Go(route_to(self.origin.case, "meeting-record" if held else "meeting-agenda")))
