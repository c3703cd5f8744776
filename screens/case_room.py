"""What the rooms of one case share: reading it, its header, and everything that can be recorded about it."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult

from db import roles, views
from db.errors import RecordError
from db.rows import CaseDetail, Changed
from screens.actions import bindings
from screens.base import Sitting
from screens.case_header import CaseHeader
from screens.case_words import Names, names_of
from screens.drafts import remember
from screens.head import CasePages, place_of, places, top_line
from screens.messages import Go, RecordChanged
from screens.paper_form import route_to
from screens.revealing import RevealingRoom
from screens.routes import Route, earlier_day
from screens.undoing import ask_undo
from screens.words import Words
from widgets.palette import Ink
from widgets.words import long_date


@dataclass(frozen=True, slots=True)
class Read:
    """A case as it was read, with the names of staff."""

    detail: CaseDetail
    names: Names


class CaseRoom(RevealingRoom):
    """A room about one case. Subclasses show it (`tell`) and say which duty the cursor is on."""

    BINDINGS = bindings(
        *("overview", "plan", "pathways", "recall", "history"),
        *("contact", "note", "meet", "defer", "undo", "print"),
    )
    CSS_PATH = "case.tcss"
    PAGE: ClassVar[str] = "overview"
    """The page of the case this is, or belongs to: an action's name."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The case `route` names."""
        super().__init__(sitting, route)
        self.detail: CaseDetail | None = None
        self.names: Names = {}
        self.reveal = sitting.office
        self.as_at = earlier_day(route.detail)
        self._header = CaseHeader(route.case, self.as_at or sitting.today)

    def body(self) -> ComposeResult:
        """What stands under the header. Subclasses override this."""
        yield from ()

    def tell(self) -> None:
        """Show `self.detail`. Subclasses override this."""

    def duty_here(self) -> str:
        """The duty the cursor is on, `id` or `id:key`; "" for none. Subclasses override this."""
        return ""

    def compose(self) -> ComposeResult:
        """Frame, header, body, keys."""
        yield top_line(self.sitting)
        yield places(self.actor, place_of(self.app.screen_stack))
        yield self._header
        yield CasePages(self.PAGE)
        if self.as_at is not None:
            words = f"As at {long_date(self.as_at)}, as it was known that day: to be read only. Esc goes back."
            yield Words(words, ink=Ink.TODAY, bold=True)
        yield from self.body()
        yield self.foot()

    def on_mount(self) -> None:
        """Read the case, and remember that it was opened."""
        self.read_again()
        box, number = self.sitting.drafts, self.origin.case
        self.in_background(lambda: remember(box, number), lambda _: None, failed=lambda _: None)

    def refresh_case(self, number: str) -> None:
        """Read the case again, if something about it was written."""
        if number in ("", self.origin.case):
            self.read_again()

    def read_again(self) -> None:
        """Read the case off the interface thread, then show it."""
        actor, number, today, as_at = self.actor, self.origin.case, self.today, self.as_at

        def read() -> Read:
            return Read(views.case_detail(actor, number, today, as_at), names_of(views.staff()))

        self.in_background(read, self._take, doing="Reading the case", failed=self.trouble)

    def trouble(self, error: RecordError) -> None:
        """Say why the case cannot be read."""
        self.say(error.sentence)

    def _take(self, read: Read) -> None:
        self.detail, self.names = read.detail, read.names
        self._header.names = read.names
        self._header.detail = read.detail
        self._show()

    def _show(self) -> None:
        self._header.reveal = self.reveal
        if self.detail is not None:
            self.tell()

    # What can be done -----------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the role may not do is not offered."""
        if self.as_at is not None and action in _OF_TODAY:
            return False
        if action == "move":
            return roles.may(self.actor, "moves")
        if action in _WORK:
            return roles.may(self.actor, "work")
        return super().check_action(action, parameters)

    def open_form(self, place: str, cursor: str = "") -> None:
        """Open a form about this case; what was is only read."""
        if self.as_at is not None:
            self.say(f"This is the case as at {long_date(self.as_at)}: it is only read. Esc goes back to today.")
            return
        self.post_message(Go(Route(place, self.origin.case, cursor)))

    def to(self, place: str) -> None:
        """To another room about this case: back to it where it is the one beneath."""
        if place == self.PLACE:
            return
        beneath = [screen for screen in self.app.screen_stack if isinstance(screen, CaseRoom)][:-1]
        if beneath and place == beneath[-1].PLACE and beneath[-1].origin.case == self.origin.case:
            self.action_back()
        else:
            self.post_message(Go(Route(place, self.origin.case)))

    def action_overview(self) -> None:
        """The overview of this case."""
        self.to("case")

    def action_history(self) -> None:
        """The whole story."""
        self.to("history")

    def action_recall(self) -> None:
        """The recall of this case."""
        self.to("recall")

    def action_pathways(self) -> None:
        """The pathway checklist."""
        self.to("pathways")

    def action_contact(self) -> None:
        """Log a contact."""
        self.open_form("contact")

    def action_note(self) -> None:
        """Write a note."""
        self.open_form("note")

    def action_appointment(self) -> None:
        """Book an appointment."""
        self.open_form("appointment")

    def action_meet(self) -> None:
        """Meet the duty the cursor is on, or choose one."""
        self.open_form("meet", self.duty_here())

    def action_defer(self) -> None:
        """Put the duty the cursor is on off, or record that it is not required."""
        self.open_form("defer", self.duty_here())

    def action_plan(self) -> None:
        """The sentence plan."""
        self.to("plan")

    def action_print(self) -> None:
        """Print the case summary to a file."""
        self.post_message(Go(route_to(self.origin.case, "case-summary")))

    def action_move(self) -> None:
        """Record a movement."""
        self.open_form("move")

    def action_as_at(self) -> None:
        """Show the case as it was known on an earlier day."""
        self.post_message(Go(Route("as-at", self.origin.case)))

    def show_discreet(self, reveal: bool) -> None:
        """Show the case with what is discreet in it, or without."""
        self.reveal = reveal
        self._show()

    def action_undo(self) -> None:
        """Name the last change, ask, and take it back."""
        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))


_WORK = frozenset({"contact", "note", "meet", "defer", "appointment"})
_OF_TODAY = _WORK | {"move", "undo", "as_at", "plan", "pathways", "recall", "print"}
"""What is only done in a case as it is today."""
