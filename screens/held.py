"""The cases one supervisor holds, or those without one: to see them, and to give one, some or all to another."""

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult

from db import views
from db.loads import HeldCase, Load
from db.roles import may
from db.rows import Changed, StaffRow
from screens import head
from screens.actions import bindings
from screens.allocate_words import several
from screens.base import Sitting
from screens.finding import FindingRoom
from screens.foot import Foot, FootEntry
from screens.held_items import HeldList
from screens.messages import Go, RecordChanged
from screens.revealing import RevealingRoom
from screens.routes import Route
from screens.workload_items import UNALLOCATED
from widgets.frame import Rule, SummaryLine

_READS: tuple[FootEntry, ...] = ("open", "reveal", "find", "back", "help")


class _Read(NamedTuple):
    """An answer of the record."""

    load: Load | None
    cases: tuple[HeldCase, ...]
    staff: tuple[StaffRow, ...]


class HeldScreen(FindingRoom, RevealingRoom):
    """The list behind one line of the workload; who may not allocate opens the case with Enter."""

    PLACE = "held"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("open", "allocate"),
        "select",
        "everybody",
        ("allocate", "those selected"),
        "overview",
        "help",
    )
    BINDINGS = bindings("select", "everybody", "allocate", "overview", "undo")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The cases of whom the route's `detail` names (nobody's if empty); its second line says which are selected."""
        super().__init__(sitting, route)
        self._staff, _, selected = route.detail.partition("\n")
        self._allocates = may(sitting.actor, "allocate")
        self._wanted = route.cursor
        self._summary = SummaryLine(lead="" if self._staff else UNALLOCATED)
        self._list = HeldList(self._staff, self._allocates)
        self._list.selected = {number for number in selected.split(",") if number}
        self._position = Rule()
        if not self._allocates:
            self._foot = Foot(_READS)

    def compose(self) -> ComposeResult:
        """Head, counts, the list."""
        self._list.today, self._list.reveal = self.today, self.office
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
        """Read it again; the cursor stays on the person."""
        self.in_background(self._read, self._show, doing="Reading the cases")

    def route(self) -> Route:
        """Whose cases, the person under the cursor, and who is selected."""
        selected = ",".join(sorted(self._list.selected))
        detail = f"{self._staff}\n{selected}" if selected else self._staff
        return Route(self.PLACE, cursor=self._list.number or self._wanted, detail=detail)

    def _read(self) -> _Read:
        from db.views.workload import held, workload

        told = workload(self.actor, self.today)
        loads = (told.waiting.load, *told.loads)
        load = next((load for load in loads if load.id == self._staff), None)
        return _Read(load, held(self.actor, self._staff, self.today), views.staff())

    def _show(self, read: _Read) -> None:
        self._list.names = {member.id: member.name for member in read.staff}
        name = self._list.names.get(self._staff, self._staff)
        self._summary.lead = name if self._staff else UNALLOCATED
        self._summary.counts = read.load.counts if read.load else None
        self._list.empty = f"{name} holds no cases." if self._staff else "Everybody here has a supervisor."
        self._list.tell(read.cases)
        if self._wanted:
            self._list.go_to(self._wanted)
            self._wanted = ""
        self.refresh_bindings()

    def on_held_list_highlighted(self) -> None:
        """Say where in the list the cursor is, and how many are selected."""
        many, picked = len(self._list.cases), len(self._list.selected)
        where = f"{self._list.cursor + 1} of {many}" if many else ""
        self._position.label = f"{picked} selected, {where}" if picked else where
        self.refresh_bindings()

    def on_held_list_opened(self, message: HeldList.Opened) -> None:
        """Allocate the case; for who may not, open it."""
        self.post_message(Go(Route("allocate" if self._allocates else "case", message.number)))

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What this user's role allows, and what there is to do it to."""
        if action in ("select", "everybody", "allocate"):
            return self._allocates and bool(self._list.number)
        if action in ("overview", "reveal"):
            return bool(self._list.number)
        if action == "undo" and not may(self.actor, "work"):
            return False
        return super().check_action(action, parameters)

    def action_select(self) -> None:
        """Select the case, or take that back."""
        self._list.turn()

    def action_everybody(self) -> None:
        """Select everybody, or nobody."""
        self._list.turn_all()

    def action_allocate(self) -> None:
        """Allocate those selected; where none is, the case under the cursor."""
        self.post_message(Go(several(self._list.chosen_numbers)))

    def action_overview(self) -> None:
        """Open the case."""
        self.post_message(Go(Route("case", self._list.number)))

    def show_discreet(self, reveal: bool) -> None:
        """Show what is discreet, or hide it again."""
        self._list.reveal = reveal

    def action_undo(self) -> None:
        """Undo the user's last change, once they have seen what it is."""
        from screens.undoing import ask_undo

        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))
