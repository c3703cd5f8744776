"""The register of scope: who is in scope, by local extension, out, or cannot be told; and what decided."""

from typing import ClassVar

from textual.app import ComposeResult

from db.roles import may
from db.rows import Changed
from db.views.scope import ANSWERS, UNKNOWN, Decision, Register, decision, register
from screens import head
from screens.actions import bindings
from screens.base import Sitting
from screens.finding import FindingRoom
from screens.foot import FootEntry
from screens.messages import Go, RecordChanged
from screens.revealing import RevealingRoom
from screens.routes import Route
from screens.scope_items import Answers, ScopeList
from widgets.frame import Rule


class ScopeScreen(FindingRoom, RevealingRoom):
    """One answer at a time; ← and → go to the others."""

    PLACE = "scope"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        "open",
        ("next", "next answer"),
        "extension",
        "reveal",
        "print",
        "help",
    )
    BINDINGS = bindings("extension", "print", "undo")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The answer the route's `detail` names (those who cannot be told, if none); its `cursor` names the person."""
        super().__init__(sitting, route)
        self._answer = route.detail or UNKNOWN
        self._wanted = route.cursor
        self._reading = 0
        self._answers = Answers()
        self._list = ScopeList()
        self._position = Rule()

    def compose(self) -> ComposeResult:
        """Head, how many of each, the list."""
        self._list.reveal = self.office
        yield head.top_line(self.sitting)
        yield head.places(self.actor, "4")
        yield self._answers
        yield Rule()
        yield self._list
        yield self._position
        yield self.foot()

    def on_mount(self) -> None:
        """Read it."""
        self._list.focus()
        self._read()

    def refresh_case(self, number: str) -> None:
        """Read it again; the cursor stays on the person."""
        self._list.decision = None
        self._read()

    def route(self) -> Route:
        """Which answer, and the person under the cursor."""
        return Route(self.PLACE, cursor=self._list.number or self._wanted, detail=self._answer)

    def _read(self) -> None:
        self._reading += 1
        number, answer = self._reading, self._answer

        def take(found: Register) -> None:
            if number != self._reading:
                return
            self._answers.tell(answer, found.counts)
            self._list.tell(answer, found.rows)
            if self._wanted:
                self._list.go_to(self._wanted)
                self._wanted = ""
            self.on_scope_list_highlighted()

        self.in_background(lambda: register(self.actor, answer), take, doing="Reading the register")

    def on_scope_list_highlighted(self) -> None:
        """Say where the cursor is, and read what that person's answer rests on."""
        many, number = len(self._list.rows), self._list.number
        self._position.label = f"{self._list.cursor + 1} of {many}" if many else ""
        self.refresh_bindings()
        if not number or (self._list.decision is not None and self._list.decision.number == number):
            return

        def take(found: Decision) -> None:
            if found.number == self._list.number:
                self._list.decision = found
                self._list.redraw()

        self.in_background(lambda: decision(self.actor, number, self.today), take)

    def on_scope_list_opened(self, message: ScopeList.Opened) -> None:
        """Open the case."""
        self.post_message(Go(Route("case", message.number)))

    def on_scope_list_turned(self, message: ScopeList.Turned) -> None:
        """Another answer."""
        at = (ANSWERS.index(self._answer) + message.by) % len(ANSWERS)
        self._answer = ANSWERS[at]
        self._list.tell(self._answer, ())
        self._read()

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What this user's role allows, and what there is to do it to."""
        if action == "extension":
            return may(self.actor, "scope") and bool(self._list.number)
        if action == "undo" and not may(self.actor, "work"):
            return False
        return super().check_action(action, parameters)

    def action_extension(self) -> None:
        """Decide on a local extension for the person under the cursor."""
        self.post_message(Go(Route("fact", self._list.number, "local-extension")))

    def action_print(self) -> None:
        """Print or export the register."""
        self.post_message(Go(Route("print-scope", cursor="revealed" if self._list.reveal else "")))

    def action_undo(self) -> None:
        """Undo the user's last change, once they have seen what it is."""
        from screens.undoing import ask_undo

        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))

    def show_discreet(self, reveal: bool) -> None:
        """Show what is discreet, or hide it again."""
        self._list.reveal = reveal
        self._list.redraw()
