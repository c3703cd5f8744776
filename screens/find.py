"""Finding a person by any part of name, number or cell, as it is typed."""

from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input

from db import views
from db.errors import RecordError
from db.rows import CaseRow
from screens import head
from screens.base import Room, Sitting
from screens.drafts import recent
from screens.finding import LONGEST, FindingRoom, whose_duties
from screens.foot import FootEntry
from screens.messages import Go
from screens.routes import Route
from screens.words import Pieces
from widgets.case_table import CaseTable
from widgets.frame import Rule
from widgets.lines import Piece
from widgets.palette import Ink
from widgets.plain import harmless
from widgets.why_pane import WhyPane

MOST = 100
_BEFORE = "Type any part of a name, a prisoner number or a cell."


class _Typed(Input):
    """The line that is typed into. Arrows and Enter belong to the list beneath it."""

    BINDINGS = [
        Binding("enter", "screen.open", "Open the person the cursor stands on", show=False, id="open"),
        Binding("up", "screen.move('up')", "Up", show=False, id="find.up"),
        Binding("down", "screen.move('down')", "Down", show=False, id="find.down"),
        Binding("pageup", "screen.move('page_up')", "Page up", show=False, id="find.page-up"),
        Binding("pagedown", "screen.move('page_down')", "Page down", show=False, id="find.page-down"),
    ]

    def _on_paste(self, event: events.Paste) -> None:
        event.text = " ".join(harmless(event.text).split())
        super()._on_paste(event)


class _Results(CaseTable, can_focus=False):
    """Who was found. The focus stays where the typing goes."""


class FindScreen(Room):
    """A line to type into, and the people it finds."""

    PLACE = "find"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = ("open", ("↑ ↓", "up and down"), "back", "keys")
    CSS_PATH = Path(__file__).with_name("find.tcss")
    AUTO_FOCUS = "Input"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """An empty line; what was typed in the room beneath is taken over from it."""
        super().__init__(sitting, route)
        self._line = _Typed(compact=True, select_on_focus=False, max_length=LONGEST)
        self._line.cursor_blink = False
        self._results = _Results(empty=_BEFORE)
        self._why = WhyPane()
        self._below = Rule()
        self._asked: str | None = None
        self._answered = ""
        self._opening = False
        self._recent: tuple[CaseRow, ...] = ()

    def compose(self) -> ComposeResult:
        """Head, line, people, why."""
        for part in (self._results, self._why):
            part.today, part.reveal, part.owner = self.today, self.office, whose_duties(self.actor)
        if not self.office:
            self._why.hint = ""
        yield head.top_line(self.sitting)
        with Horizontal():
            yield Pieces([[Piece("Find ", Ink.ACCENT)]])
            yield self._line
        yield Rule()
        yield self._results
        yield self._below
        yield self._why
        yield self.foot()

    def on_mount(self) -> None:
        """Take over what was typed before this stood here."""
        for room in reversed(self.app.screen_stack):
            if isinstance(room, FindingRoom):
                self.type(room.hand_over(self.type))
                break
        self.in_background(self._read_recent, self._take_recent, failed=lambda _: None)

    def _read_recent(self) -> tuple[CaseRow, ...]:
        from db.views.triage import standing_now

        return standing_now(self.actor, recent(self.sitting.drafts), self.today)

    def _take_recent(self, rows: tuple[CaseRow, ...]) -> None:
        """Before anything is typed, the cases opened last are listed."""
        self._recent = rows
        if not self._text:
            self._show("", ())

    def type(self, text: str) -> None:
        """Add to the line what was typed elsewhere."""
        self._line.value = (self._line.value + harmless(text))[:LONGEST]
        self._line.cursor_position = len(self._line.value)

    def route(self) -> Route:
        """Without what was typed: that is not kept."""
        return Route(self.PLACE)

    def refresh_case(self, number: str) -> None:
        """Look again for what stands in the line."""
        self._answered = ""
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what stands there now; while the record is slow, typing goes on and the last text counts."""
        event.stop()
        self._opening = False
        self._look()

    def action_move(self, way: str) -> None:
        """Move in the list."""
        moves = {
            "up": self._results.action_up,
            "down": self._results.action_down,
            "page_up": self._results.action_page_up,
            "page_down": self._results.action_page_down,
        }
        moves[way]()

    def action_open(self) -> None:
        """Open the person under the cursor, once what was typed has been looked for."""
        if self._asked is not None:
            self._opening = True
        elif self._results.number:
            self.post_message(Go(Route("case", self._results.number)))

    def on_case_table_highlighted(self, message: CaseTable.Highlighted) -> None:
        """Say why they stand where they do in the caseload."""
        self._why.row = message.row

    def on_case_table_opened(self, message: CaseTable.Opened) -> None:
        """Open the case."""
        self.post_message(Go(Route("case", message.row.number)))

    @property
    def _text(self) -> str:
        return " ".join(self._line.value.split())

    def _look(self) -> None:
        text = self._text
        if self._asked is not None or text == self._answered:
            return
        if not text:
            self._show(text, ())
            return
        self._asked = text
        self.in_background(
            lambda: _nearest(views.find(self.actor, text, self.today, MOST), text),
            lambda rows: self._found(text, rows),
            doing="Looking",
            failed=self._trouble,
        )

    def _found(self, text: str, rows: tuple[CaseRow, ...]) -> None:
        self._asked = None
        self._show(text, rows)
        self._look()
        if self._opening and self._asked is None:
            self._opening = False
            self.action_open()

    def _trouble(self, error: RecordError) -> None:
        self._asked = None
        self._opening = False
        self.say(error.sentence)

    def _show(self, text: str, rows: tuple[CaseRow, ...]) -> None:
        self._answered = text
        self._results.empty = f"Nobody has “{text}” in name, number or cell." if text else _BEFORE
        rows = rows if text else self._recent
        self._results.show(rows)
        self._results.action_first()
        self._below.label = _how_many(len(rows)) if text else "opened last" if rows else ""


def _nearest(rows: tuple[CaseRow, ...], text: str) -> tuple[CaseRow, ...]:
    """Those whose surname, number or cell begins with what was typed come first."""
    begin = text.casefold()

    def further(row: CaseRow) -> bool:
        return not any(part.casefold().startswith(begin) for part in (row.name, row.number, row.cell))

    return tuple(sorted(rows, key=further))


def _how_many(found: int) -> str:
    if not found:
        return ""
    if found >= MOST:
        return f"the first {MOST}; type more"
    return "1 person" if found == 1 else f"{found} people"
