"""The workload: who holds how many cases and of what sort, and who waits for a supervisor."""

from typing import ClassVar

from textual.app import ComposeResult

from db.loads import Workload
from db.roles import may
from db.rows import Changed
from screens import head
from screens.actions import bindings
from screens.base import Sitting
from screens.finding import FindingRoom
from screens.foot import FootEntry
from screens.messages import Go, RecordChanged
from screens.routes import Route
from screens.workload_items import LoadList, WorkloadSummary
from widgets.frame import Rule


class WorkloadScreen(FindingRoom):
    """Place 4."""

    PLACE = "workload"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("open", "cases"),
        ("allocate", "allocate all of them"),
        "terms",
        "scope",
        "help",
        "find",
        "back",
    )
    BINDINGS = bindings("allocate", "terms", "scope", "undo")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """With the cursor on the supervisor the route's `cursor` names."""
        super().__init__(sitting, route)
        self._wanted = route.cursor
        self._summary = WorkloadSummary()
        self._list = LoadList()
        self._position = Rule()

    def compose(self) -> ComposeResult:
        """Head, what it comes to, the list."""
        yield head.top_line(self.sitting)
        yield head.places(self.actor, "4")
        yield self._summary
        yield Rule()
        yield self._list
        yield self._position
        yield self.foot()

    def on_mount(self) -> None:
        """Read it."""
        self._list.focus()
        self.refresh_case("")

    def refresh_case(self, number: str) -> None:
        """Read it again; the cursor stays on the supervisor."""
        from db.views.workload import workload

        self.in_background(lambda: workload(self.actor, self.today), self._show, doing="Reading the workload")

    def route(self) -> Route:
        """The supervisor under the cursor."""
        load = self._list.load
        return Route(self.PLACE, cursor=self._wanted if load is None else load.id)

    def _show(self, workload: Workload) -> None:
        self._summary.workload = workload
        self._list.tell(workload)
        if self._wanted:
            self._list.go_to(self._wanted)
            self._wanted = ""
        self.refresh_bindings()

    def on_load_list_highlighted(self) -> None:
        """Say where in the list the cursor is, and what can be done there."""
        many = len(self._list.workload.loads) if self._list.workload else 0
        self._position.label = f"{self._list.cursor} of {many}" if self._list.cursor else ""
        self.refresh_bindings()

    def on_load_list_opened(self, message: LoadList.Opened) -> None:
        """List the cases."""
        self.post_message(Go(Route("held", detail=message.staff)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What this user's role allows, and what there is to allocate."""
        if action == "allocate":
            load = self._list.load
            return may(self.actor, "allocate") and load is not None and load.cases > 0
        if action == "terms":
            load = self._list.load
            return may(self.actor, "allocate") and load is not None and bool(load.id) and load.active
        if action == "undo" and not may(self.actor, "work"):
            return False
        return super().check_action(action, parameters)

    def action_allocate(self) -> None:
        """Give everything the supervisor holds, or everybody without one, to others."""
        from screens.allocate_words import everything

        if self._list.load is not None:
            self.post_message(Go(everything(self._list.load.id)))

    def action_terms(self) -> None:
        """Record hours, areas and absence of the supervisor under the cursor."""
        if self._list.load is not None:
            self.post_message(Go(Route("terms", cursor=self._list.load.id)))

    def action_scope(self) -> None:
        """Show who is in scope, and what decided."""
        self.post_message(Go(Route("scope")))

    def action_undo(self) -> None:
        """Undo the user's last change, once they have seen what it is."""
        from screens.undoing import ask_undo

        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))
