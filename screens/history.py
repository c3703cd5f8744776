"""The whole story of a case, newest first."""

from textual.app import ComposeResult

from db.rows import TimelineRow
from policy.register import register
from screens.actions import bindings
from screens.base import Sitting
from screens.case_room import CaseRoom
from screens.case_words import story
from screens.confirm import Answer, Question
from screens.routes import Route
from widgets.timeline import Timeline

_EMPTY = "Nothing has been recorded yet. c logs a contact, n a note."
_SORTS = {
    "": ("a", "all"),
    "contact": ("c", "contacts"),
    "plan": ("p", "plan, people, risk"),
    "duty": ("d", "duties"),
    "fact": ("f", "facts, extracts"),
}
_CONTACTS = frozenset({"meeting", "note", "phone", "video", "letter"})
_DUTIES = frozenset({"duty met", "put off", "not required", "concern", "safety concern", "discreet"})
_PLAN = frozenset({"objective", "plan", "planning", "register", *(kind.one for kind in register().kind.values())})


def sort_of(entry: TimelineRow) -> str:
    """Which sort of entry it is, as the filter has them."""
    for sort, kinds in (("contact", _CONTACTS), ("duty", _DUTIES), ("plan", _PLAN)):
        if entry.kind in kinds:
            return sort
    return "fact"


class HistoryScreen(CaseRoom):
    """Every entry there is about a case; the one under the cursor in full."""

    PLACE = "history"
    PAGE = "history"
    FOOTER = ("overview", "contact", "note", "filter", "reveal", "help")
    BINDINGS = bindings("filter", "move", "as_at")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The case `route` names, the cursor on the entry it names."""
        super().__init__(sitting, route)
        self._timeline = Timeline(id="story")
        self._sought = route.cursor
        self._only = route.detail if self.as_at is None else ""

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
        return Route(self.PLACE, self.origin.case, entry, self._only if self.as_at is None else self.origin.detail)

    def tell(self) -> None:
        """Show every entry."""
        if self.detail is None:
            return
        entries = tuple(story(self.detail, self.names, self.reveal))
        shown = tuple(entry for entry in entries if not self._only or sort_of(entry) == self._only)
        self._timeline.empty = (
            f"Nothing of that sort; f shows the rest, {len(entries)} entries." if self._only else _EMPTY
        )
        self._timeline.show(shown)
        if self._sought:
            self._timeline.go_to(self._sought)
            self._sought = ""

    def action_filter(self) -> None:
        """Choose which entries are shown."""
        answers = [Answer(key, words, sort) for sort, (key, words) in _SORTS.items()]
        answers.append(Answer("escape", "leave it", self._only))
        self.app.push_screen(Question("Which entries?", answers), self._narrow)

    def _narrow(self, sort: str | None) -> None:
        self._only = sort or ""
        self.tell()
        many = len(self._timeline.entries)
        if self._only:
            self.say(f"{many} {'entry' if many == 1 else 'entries'}: {_SORTS[self._only][1]}. f, a shows all again.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """This is the history already."""
        return False if action == "history" else super().check_action(action, parameters)
