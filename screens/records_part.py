"""What the rooms of the records share: head, what it is about in a sentence, one list, undo."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from db.rows import Changed
from screens import head
from screens.actions import bindings
from screens.base import Sitting
from screens.finding import FindingRoom
from screens.messages import RecordChanged
from screens.records_list import Item, RecordsList
from screens.routes import Route
from screens.words import Words
from widgets.frame import Rule
from widgets.palette import Ink


class RecordsPart(FindingRoom):
    """A room of the records. Subclasses read (`read`) and say what Enter does."""

    TITLE_WORDS: ClassVar[str] = ""
    EMPTY: ClassVar[str] = ""
    BINDINGS = bindings("undo")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """With the cursor on what the route's `cursor` names."""
        super().__init__(sitting, route)
        self._sought = route.cursor
        self._told = Words(self.TITLE_WORDS, ink=Ink.STRONG, id="about")
        self._position = Rule()
        self.list = RecordsList("Reading …")

    def read(self) -> Sequence[Item]:
        """What the list shows. Runs in a thread: reads the record, touches no widget."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Head, what it is about, the list, the keys."""
        yield head.top_line(self.sitting)
        yield head.places(self.actor, "5")
        yield self._told
        yield Rule()
        yield self.list
        yield self._position
        yield self.foot()

    def on_mount(self) -> None:
        """Read it."""
        self.list.focus()
        self.refresh_case("")

    def refresh_case(self, number: str) -> None:
        """Read it again; the cursor stays where it was."""
        self.in_background(self.read, self._show, doing="Reading")

    def route(self) -> Route:
        """What the cursor is on."""
        item = self.list.item
        return Route(self.PLACE, self.origin.case, self._sought or (item.key if item else ""), self.origin.detail)

    def _show(self, items: Sequence[Item]) -> None:
        self.list.empty = self.EMPTY
        self.list.tell(items)
        if self._sought:
            self.list.go_to(self._sought)
            self._sought = ""
        self.refresh_bindings()

    def on_records_list_highlighted(self) -> None:
        """Say how far down the list the cursor is, and how many are selected."""
        lines = [item for item in self.list._items if item.key]
        at = next((at for at, item in enumerate(lines, 1) if item is self.list.item), 0)
        self._position.label = f"{at} of {len(lines)}" if lines else ""
        self.refresh_bindings()

    def on_records_list_opened(self, message: RecordsList.Opened) -> None:
        """Open the line under the cursor."""
        message.stop()
        self.opened(message.item)

    def opened(self, item: Item) -> None:
        """Do what Enter does on this line. Subclasses override this."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be answered together can be selected."""
        if action in ("select", "everybody"):
            return self.list.item is not None and bool(self.list.item.sort)
        return super().check_action(action, parameters)

    def action_select(self) -> None:
        """Select the line, or take that back."""
        self.list.select()
        self.refresh_bindings()

    def action_everybody(self) -> None:
        """Select all of the sort, or none."""
        self.list.select_all()
        self.refresh_bindings()

    def action_undo(self) -> None:
        """Undo the user's last change, once they have seen what it is."""
        from screens.undoing import ask_undo

        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))
