"""Recall in a case: every step with what was said at it, reviews, barriers, what is kept, papers, earlier recalls."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult

from db import roles
from db.recalls import EXPECTED, STARTED, RecallCase
from screens.actions import bindings
from screens.base import Sitting
from screens.case_room import CaseRoom
from screens.case_words import MINE
from screens.confirm import Answer, Question
from screens.foot import FootEntry
from screens.messages import Go
from screens.paper_form import route_to
from screens.recall_case_items import Entry, RecallCaseList, lines_of
from screens.routes import Route

_ADD = (
    Answer("v", "review or decision", "recall-decide"),
    Answer("b", "barrier", "recall-barrier"),
    Answer("k", "to keep", "recall-keep"),
    Answer("p", "papers", "recall-papers"),
    Answer("w", "re-release proposed", "recall-propose"),
    Answer("t", "turn the type", "recall-turn"),
    Answer("r", "released", "recall-released"),
    Answer("escape", "nothing", ""),
)
_EXPECTED = (
    Answer("b", "back in custody: start re-engagement", "recall-start"),
    Answer("o", "the recall was called off", "recall-called-off"),
    Answer("escape", "nothing", ""),
)
_PRINT = (
    Answer("l", "leaflet for the person", "recall-leaflet"),
    Answer("m", "agenda of the early meeting", "recall-meeting"),
    Answer("v", "for a review", "recall-review"),
    Answer("s", "case summary", "case-summary"),
    Answer("escape", "nothing", ""),
)


class RecallCaseScreen(CaseRoom):
    """The recall of one case."""

    PLACE = "recall"
    PAGE = "recall"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("Enter", "record"),
        "recall_add",
        "contact",
        "print",
        "reveal",
        "help",
    )
    BINDINGS = bindings("recall_add")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The case `route` names, the cursor on the line it names."""
        super().__init__(sitting, route)
        self._list = RecallCaseList(empty="Reading the recall …")
        self._recall: RecallCase | None = None
        self._sought = route.cursor

    def body(self) -> ComposeResult:
        """The list."""
        yield self._list

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._list.focus()

    def route(self) -> Route:
        """The case, and the line the cursor is on."""
        item = self._list.item
        return Route(self.PLACE, self.origin.case, self._sought or (self._list.key_of(item) if item else ""))

    def on_resize(self, event: events.Resize) -> None:
        """Notes are wrapped to the width."""
        self.call_after_refresh(self._show)

    def tell(self) -> None:
        """Read what there is about the recall, then show it."""
        if self._recall is None:
            self._read_recall()
        else:
            self._draw()

    def read_again(self) -> None:
        """Read case and recall again."""
        self._recall = None
        super().read_again()

    def _read_recall(self) -> None:
        from db.views.recall import recall_case

        actor, number, today = self.actor, self.origin.case, self.today
        self.in_background(lambda: recall_case(actor, number, today), self._take_recall, failed=self.trouble)

    def _take_recall(self, found: RecallCase) -> None:
        self._recall = found
        self._draw()
        self.refresh_bindings()

    def _draw(self) -> None:
        if self._recall is None:
            return
        width = self._list.size.width or 80
        mine = MINE[self.actor.role]
        fresh = self._list.item is None
        self._list.show(lines_of(self._recall, self.names, self.today, self.reveal, mine, width))
        if fresh and not self._sought:
            first = next((step.duty.name for step in self._recall.steps if step.duty.live), "")
            if first:
                self._list.go_to(first)
        if self._sought:
            self._list.go_to(self._sought)
            self._sought = ""

    def duty_here(self) -> str:
        """The step the cursor is on, if there is still something to do about it."""
        item = self._list.item
        return item.duty if isinstance(item, Entry) else ""

    # Keys -----------------------------------------------------------------------------------------------------------

    @property
    def _started(self) -> bool:
        now = self._recall.now if self._recall else None
        return now is not None and now.stage == STARTED

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Recording takes a role that records."""
        if action == "recall_add":
            return self._recall is not None and roles.may(self.actor, "work")
        return False if action == "recall" else super().check_action(action, parameters)

    def on_recall_case_list_chosen(self, message: RecallCaseList.Chosen) -> None:
        """Open the form of the line Enter was pressed on."""
        message.stop()
        item = message.item
        if not isinstance(item, Entry):
            if self._recall is not None and not self._started:
                self._start()
            return
        place, cursor = item.opens
        if not place:
            self.say("There is nothing more to record on this line.")
        elif not roles.may(self.actor, "work"):
            self.say("Your role reads; it records nothing.")
        else:
            self.open_form(place, cursor)

    def action_recall_add(self) -> None:
        """Before re-engagement is started, start it; then ask what is to be recorded, and open its form."""
        if self._started:
            self.app.push_screen(Question("Add to this recall", _ADD), self._open)
        else:
            self._start()

    def _start(self) -> None:
        """Start re-engagement; somebody not recalled may also be expected."""
        now = self._recall.now if self._recall else None
        if now is not None and now.stage == EXPECTED:
            self.app.push_screen(Question("Expected back: here now?", _EXPECTED), self._open)
            return
        if now is not None:
            self.open_form("recall-start")
            return
        answers = (
            Answer("b", "back in custody: start re-engagement", "recall-start"),
            Answer("x", "expected back", "recall-expect"),
            Answer("escape", "nothing", ""),
        )
        self.app.push_screen(Question("Recalled: back already?", answers), self._open)

    def action_print(self) -> None:
        """Ask which paper, then print it."""
        now = self._recall.now if self._recall else None
        if now is None or now.stage == EXPECTED:
            super().action_print()
            return
        self.app.push_screen(Question("Print", _PRINT), self._print)

    def _open(self, place: str | None) -> None:
        if place:
            self.open_form(place)

    def _print(self, kind: str | None) -> None:
        if kind:
            self.post_message(Go(route_to(self.origin.case, kind)))
