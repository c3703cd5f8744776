"""What the rooms of one case's plan share: the plan is read with the case, and one sheet shows it."""

from dataclasses import dataclass

from textual.app import ComposeResult

from db import roles, views
from db.planning import Plan
from db.rows import Changed
from screens.actions import bindings
from screens.base import Sitting
from screens.case_room import CaseRoom, Read
from screens.case_words import names_of
from screens.messages import Go, RecordChanged
from screens.paper_form import route_to
from screens.routes import Route
from screens.sheet import Sheet, SheetLine

_ADDED = ("objective ", "step ", "entry ", "meeting ")
_WRITES = frozenset({"objective", "step", "later", "earlier", "turn", "finish", "arrange", "entry", "agree"})


@dataclass(frozen=True, slots=True)
class _PlanRead(Read):
    plan: Plan


class PlanRoom(CaseRoom):
    """A room about one case's plan. Subclasses make its lines (`lines`)."""

    BINDINGS = bindings("plan", "register")
    PAGE = "plan"
    PAPER = "plan"
    """What x prints here."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The plan of the case `route` names, the cursor on what it names."""
        super().__init__(sitting, route)
        self.plan: Plan | None = None
        self.sheet = Sheet(empty="Reading the plan …", id="sheet")
        self._sought = route.cursor

    def lines(self, plan: Plan) -> list[SheetLine]:
        """What stands in the room. Subclasses override this."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """The sheet."""
        yield self.sheet

    def on_mount(self) -> None:
        """Begin in the sheet."""
        super().on_mount()
        self.sheet.focus()

    def read_again(self) -> None:
        """Read case and plan off the interface thread, then show them."""
        actor, number, today = self.actor, self.origin.case, self.today

        def read() -> _PlanRead:
            detail = views.case_detail(actor, number, today)
            return _PlanRead(detail, names_of(views.staff()), views.plan(actor, number, today))

        self.in_background(read, self._take_plan, doing="Reading the plan", failed=self.trouble)

    def _take_plan(self, read: _PlanRead) -> None:
        self.plan = read.plan
        before = {line.key for line in self.sheet.lines_shown}
        self._take(read)
        # Whoever added one line goes on with it.
        added = [line.key for line in self.sheet.lines_shown if line.key not in before and line.key.startswith(_ADDED)]
        if before and len(added) == 1:
            self.sheet.go_to(added[0])
        self.refresh_bindings()

    def tell(self) -> None:
        """Show every line; the cursor stays on what it was on, or comes to what was sought."""
        if self.plan is None:
            return
        fresh = not self.sheet.lines_shown
        shown = self.lines(self.plan)
        self.sheet.show(shown)
        if fresh:
            self.sheet.stand_at(self.first(shown))
        if self._sought and self.sheet.go_to(self._sought):
            self._sought = ""

    def first(self, shown: list[SheetLine]) -> int:
        """Where the cursor begins."""
        return next((at for at, line in enumerate(shown) if line.stops), 0)

    def route(self) -> Route:
        """The case, and the line the cursor is on."""
        item = self.sheet.item
        key = item.key if item is not None and item.stops else self._sought
        return Route(self.PLACE, self.origin.case, key, self.origin.detail)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the role may not do is not offered."""
        if action in _WRITES and not roles.may(self.actor, "plan"):
            return False
        return super().check_action(action, parameters)

    def changed(self, changed: Changed) -> None:
        """Tell every room what was written."""
        self.post_message(RecordChanged(changed))

    def open(self, place: str, cursor: str = "", detail: str = "") -> None:
        """Open a room or a form about this case."""
        self.post_message(Go(Route(place, self.origin.case, cursor, detail)))

    def action_print(self) -> None:
        """Print what stands here."""
        self.post_message(Go(route_to(self.origin.case, self.PAPER)))

    def action_plan(self) -> None:
        """To the plan; in it, to where its keys work."""
        self.sheet.focus() if self.PLACE == "plan" else self.to("plan")

    def action_register(self) -> None:
        """People, needs, interventions, assessments, risk."""
        self.open("register")
