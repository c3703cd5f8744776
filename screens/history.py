"""The whole story of a case, newest first."""

from textual.app import ComposeResult

from screens.base import Sitting
from screens.case_room import CaseRoom
from screens.case_words import story
from screens.routes import Route
from widgets.timeline import Timeline


class HistoryScreen(CaseRoom):
    """Every entry there is about a case; the one under the cursor in full."""

    PLACE = "history"
    FOOTER = ("overview", "contact", "note", "reveal", "undo", "help")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The case `route` names, the cursor on the entry it names."""
        super().__init__(sitting, route)
        self._timeline = Timeline(id="story")
        self._sought = route.cursor

    def body(self) -> ComposeResult:
        """The timeline."""
        yield self._timeline

    def on_mount(self) -> None:
        """Begin in the timeline."""
        super().on_mount()
        self._timeline.today = self.as_at or self.today
        self._timeline.focus()

    def route(self) -> Route:
        """The case, and the entry the cursor is on."""
        item = self._timeline.item
        entry = item.id if item is not None else self._sought
        return Route(self.PLACE, self.origin.case, entry, self.origin.detail)

    def tell(self) -> None:
        """Show every entry."""
        if self.detail is None:
            return
        self._timeline.show(story(self.detail, self.names, self.reveal))
        if self._sought:
            self._timeline.go_to(self._sought)
            self._sought = ""

    def action_overview(self) -> None:
        """Back to the overview beneath."""
        self.action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """This is the history already."""
        return False if action == "history" else super().check_action(action, parameters)
