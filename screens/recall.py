"""Recall: everybody recalled or expected back, with each step of re-engagement, and one key to what is next."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult

from db import views
from db.recalls import EXPECTED, RecallFigures, RecallFilter, RecallLine
from db.roles import may
from db.rows import Changed, Role
from screens import head
from screens.actions import bindings
from screens.base import Sitting
from screens.case_words import Names, names_of
from screens.confirm import Answer, Question
from screens.finding import FindingRoom
from screens.foot import FootEntry
from screens.messages import Go, RecordChanged
from screens.paper_form import route_to
from screens.recall_filter import decode, encode, home, words
from screens.recall_items import RecallList, RecallSummary
from screens.revealing import RevealingRoom
from screens.routes import Route
from widgets.frame import Rule
from widgets.lines import cut

_ABOUT_SOMEBODY = ("meet", "contact", "note")
_EMPTY = (
    "Nobody is recalled or expected back. a records that somebody is expected; an extract brings those who are here."
)
_NARROWED = "Nobody here fits the filter. Esc takes it off."


@dataclass(frozen=True, slots=True)
class _Read:
    people: tuple[RecallLine, ...]
    names: Names


class RecallScreen(FindingRoom, RevealingRoom):
    """Place 3."""

    PLACE = "recalls"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        "open",
        "meet",
        "contact",
        ("recall_add", "start or expect"),
        "filter",
        "help",
    )
    BINDINGS = bindings("recall_add", "filter", "meet", "contact", "note", "undo", "print")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The list `route` names: its filter in `detail`, the person in `cursor`."""
        super().__init__(sitting, route)
        self._filter = decode(route.detail, home(sitting.actor))
        self._wanted = route.cursor
        self._summary = RecallSummary()
        self._narrowing = Rule()
        self._list = RecallList()
        self._list.today, self._list.reveal = sitting.today, sitting.office
        self._position = Rule()

    def compose(self) -> ComposeResult:
        """Head, what it comes to, the list."""
        yield head.top_line(self.sitting)
        yield head.places(self.actor, "3")
        yield self._summary
        yield self._narrowing
        yield self._list
        yield self._position
        yield self.foot()

    def on_mount(self) -> None:
        """Read it."""
        self._list.focus()
        self.refresh_case("")

    def refresh_case(self, number: str) -> None:
        """Read it again; the cursor stays on the person."""
        self.in_background(self._read, self._show, doing="Reading who is recalled")

    def _read(self) -> _Read:
        from db.views.recall import recalls

        return _Read(recalls(self.actor, self._filter, self.today), names_of(views.staff()))

    def _count(self) -> RecallFigures:
        from db.views.recall_figures import recall_figures

        return recall_figures(self.actor, self.today)

    def _show_figures(self, figures: RecallFigures) -> None:
        self._summary.figures = figures

    def _show(self, read: _Read) -> None:
        self._summary.people = read.people
        if self.actor.role in (Role.MANAGER, Role.INSPECTOR):
            self.in_background(self._count, self._show_figures)
        self._list.names = read.names
        self._list.empty = _EMPTY if self._filter == home(self.actor) else _NARROWED
        only = words(self._filter)
        self._narrowing.label = f"only {only}" if only else ""
        self._list.show(read.people)
        if self._wanted:
            self._list.go_to(self._wanted)
            self._wanted = ""
        self.refresh_bindings()

    def route(self) -> Route:
        """The filter, unless it is the one everybody begins with, and the person under the cursor."""
        item = self._list.item
        detail = "" if self._filter == home(self.actor) else encode(self._filter)
        return Route(self.PLACE, cursor=item.number if item else self._wanted, detail=detail)

    def narrow_recalls(self, wanted: RecallFilter) -> None:
        """Show these from now on."""
        self._filter = wanted
        self.refresh_case("")

    def on_recall_list_highlighted(self) -> None:
        """Say where in the list the cursor is."""
        many = len(self._summary.people or ())
        self._position.label = f"{self._list.cursor + 1} of {many}" if many else ""
        self.refresh_bindings()

    def on_recall_list_opened(self, message: RecallList.Opened) -> None:
        """Open the recall of this person."""
        message.stop()
        self.post_message(Go(Route("recall", message.line.number)))

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What this user's role allows, and what there is to do it to."""
        item = self._list.item
        if action in _ABOUT_SOMEBODY and (item is None or item.stage == EXPECTED):
            return False
        if action in ("meet", "contact", "note", "undo", "recall_add") and not may(self.actor, "work"):
            return False
        return super().check_action(action, parameters)

    def action_recall_add(self) -> None:
        """Start the re-engagement of whom the cursor is on; of somebody else, record that they are expected."""
        item = self._list.item
        if item is not None and item.stage != "started":
            self.post_message(Go(Route("recall-start", item.number)))
        else:
            self.post_message(Go(Route("recall-expect")))

    def action_filter(self) -> None:
        """Choose who is shown."""
        self.post_message(Go(Route("recall-filter", detail=encode(self._filter))))

    def action_back(self) -> None:
        """Take the filter off; without one, leave."""
        if self._filter != home(self.actor):
            self.narrow_recalls(home(self.actor))
            self.say("The filter is off.")
        else:
            super().action_back()

    def action_meet(self) -> None:
        """Record the step that is next, or choose one."""
        item = self._list.item
        if item is None:
            return
        if item.next is None:
            self.say(f"{item.name} has no step outstanding.")
        else:
            self.post_message(Go(Route("meet", item.number, item.next.name)))

    def action_contact(self) -> None:
        """Log a contact."""
        self._go_about("contact")

    def action_note(self) -> None:
        """Write a note."""
        self._go_about("note")

    def _go_about(self, place: str) -> None:
        if self._list.item is not None:
            self.post_message(Go(Route(place, self._list.item.number)))

    def action_print(self) -> None:
        """Print the list or, for whom the cursor is on and who is back, the leaflet."""
        item = self._list.item
        if item is None or not item.states:
            self._print("list")
            return
        answers = (
            Answer("l", "the list", "list"),
            Answer("p", f"the leaflet for {cut(item.name, 30)}", "leaflet"),
            Answer("escape", "nothing", ""),
        )
        self.app.push_screen(Question("Print", answers), self._print)

    def _print(self, what: str | None) -> None:
        if what == "list":
            revealed = "revealed" if self._list.reveal else ""
            self.post_message(Go(Route("print-recall", cursor=revealed, detail=encode(self._filter))))
        elif what and self._list.item is not None:
            self.post_message(Go(route_to(self._list.item.number, "recall-leaflet")))

    def show_discreet(self, reveal: bool) -> None:
        """Show what is discreet, or hide it again."""
        self._list.reveal = reveal
        self._list.redraw()

    def action_undo(self) -> None:
        """Undo the user's last change, once they have seen what it is."""
        from screens.undoing import ask_undo

        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))
