"""The triage walk: one case at a time, the most urgent first, everything about it within one screen.

What was done is not counted here: the record is asked what its user has recorded since the walk began, so that it is
right after undoing, after a lock, and after coming back later the same day.
"""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import ClassVar

from textual.app import ComposeResult
from textual.reactive import reactive

from db import views
from db.errors import RecordError
from db.roles import may
from db.rows import CaseRow, Changed, Recorded
from db.views import triage
from screens.actions import bindings
from screens.base import Sitting
from screens.case_words import Names, names_of
from screens.confirm import Answer, Question
from screens.filter_words import decode, encode, home
from screens.finding import whose_duties
from screens.foot import FootEntry
from screens.head import places, top_line
from screens.messages import Back, Go, RecordChanged
from screens.revealing import RevealingRoom
from screens.routes import Route
from screens.triage_end import Outcome, TriageEnd, summary_words
from screens.triage_pane import TriagePane
from screens.triage_telling import Shown
from screens.triage_walk import (
    END,
    KEPT,
    Walk,
    nobody_words,
    over_words,
    progress_words,
    resuming_words,
    walk_from,
)
from widgets.frame import Drawn, Rule
from widgets.lines import Line, Piece, apart, cut, width_of
from widgets.palette import Ink

_ABOUT_SOMEBODY = frozenset({"meet", "contact", "defer", "note"})
_GO_ON, _ANEW, _LEAVE = "go on", "anew", "leave"


class Progress(Drawn):
    """How far the walk has come, and over whose cases it goes."""

    DEFAULT_CSS = "Progress { height: 1; width: 1fr; }"

    said = reactive("")
    over = reactive("")

    def lines(self, width: int) -> list[Line]:
        """The one line."""
        left = [Piece("Triage  ", Ink.DIM), Piece(cut(self.said, width - 8), Ink.STRONG)]
        room = width - width_of(left) - 2
        return [apart(left, [Piece(cut(self.over, room), Ink.DIM)] if room > 0 else [], width)]


class TriageScreen(RevealingRoom):
    """The walk over the cases a filter gives (`detail` of its route)."""

    PLACE = "triage"
    AUTO_FOCUS = ""
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        *("meet", "contact", "defer", "note", "open", "next"),
        # In the room of those that do not work.
        *("previous", "back", "reveal", "help"),
    )
    BINDINGS = bindings("meet", "contact", "defer", "note", "open", "next", "previous", "undo")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Over the filter in the route's `detail`; at the case in its `cursor` where somebody comes back to a walk."""
        super().__init__(sitting, route)
        self._wanted = decode(route.detail, home(sitting.actor))
        self._walk: Walk | None = None
        self._row: CaseRow | None = None
        self._done: Mapping[str, tuple[Recorded, ...]] = {}
        self._names: Names = {}
        self._reading = 0
        self._paper = threading.Lock()
        self._progress = Progress()
        self._pane = TriagePane(sitting.today, whose_duties(sitting.actor))
        self._end = TriageEnd(sitting.today, whose_duties(sitting.actor))
        self._pane.reveal = self._end.reveal = sitting.office
        self._beneath = Rule()

    def compose(self) -> ComposeResult:
        """Frame, progress, the case or the end, keys."""
        self._end.display = False
        yield top_line(self.sitting)
        yield places(self.actor, "1")
        yield self._progress
        yield Rule()
        yield self._pane
        yield self._end
        yield self._beneath
        yield self.foot()

    # Beginning and going on -----------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Go on with the walk of this day, asking first unless it was only left for a moment; or begin one."""
        walk = None
        with suppress(RecordError):
            kept = self.sitting.drafts.kept(KEPT)
            walk = walk_from(kept.typed, self.today) if kept else None
        cursor = self.origin.cursor
        if walk is None:
            self._begin(cursor)
        elif cursor:
            self._go_on(walk.gone_to(cursor))
        else:
            self._go_on(walk)
            if walk.begun or self._handled:
                self.call_after_refresh(self._ask, walk)
            else:
                self._begin()

    def _ask(self, walk: Walk) -> None:
        # Something may lie over the walk by now; it goes on then.
        if self.app.screen is not self:
            return
        answers = (
            Answer("enter", "goes on" if not walk.ended else "shows it", _GO_ON),
            Answer("r", "starts again", _ANEW),
            Answer("escape", "leave", _LEAVE),
        )
        self.app.push_screen(Question(resuming_words(walk, self._handled, self._wanted), answers), self._answered)

    def _answered(self, answer: str | None) -> None:
        if answer == _ANEW:
            self._begin()
        elif answer != _GO_ON:
            self.post_message(Back())

    def _begin(self, cursor: str = "") -> None:
        """Begin a walk over whoever needs somebody now."""
        try:
            # Read first: what is recorded while the list is made counts.
            trail = triage.end_of_trail(self.actor)
            numbers = triage.walk_order(self.actor, self._wanted, self.today)
        except RecordError as error:
            self._pane.said = error.sentence
            return
        self._go_on(Walk(self.today, self._wanted, trail, numbers).gone_to(cursor))
        self._keep()

    def _go_on(self, walk: Walk) -> None:
        self._walk = walk
        try:
            self._names = names_of(views.staff())
        except RecordError as error:
            self.say(error.sentence)
        self._look()

    def route(self) -> Route:
        """The walk's filter, and the case it stands at."""
        walk = self._walk
        if walk is None or not walk.numbers:
            return self.origin
        return Route(self.PLACE, cursor=walk.number or END, detail=encode(walk.wanted))

    # Keeping the place ----------------------------------------------------------------------------------------------

    def parting(self) -> Callable[[], None]:
        """What keeps the walk, once the screen is about to go."""
        return self._write_down

    def _write_down(self) -> None:
        """Keep the walk as it is now; in a thread. One at a time, so that the newest is what stays."""
        with self._paper:
            walk = self._walk
            if walk is not None and walk.numbers:
                self.sitting.drafts.keep(KEPT, walk.as_kept())

    def _keep(self) -> None:
        self.in_background(self._write_down, lambda _: None)

    def action_back(self) -> None:
        """Leave the walk; it can be gone on with until the day is over."""

        def leave(_: object) -> None:
            if self.app.screen is self:
                self.post_message(Back())

        # Only once it is kept: whoever comes straight back must find it as it was left.
        self.in_background(self._write_down, leave, failed=leave)

    # Showing --------------------------------------------------------------------------------------------------------

    def refresh_case(self, number: str) -> None:
        """Something was written: it may have been done in this walk. The walk stays where it is."""
        self._look()

    @property
    def _handled(self) -> int:
        """How many cases of the walk something was recorded about since it began."""
        return sum(1 for number in self._walk.numbers if self._done.get(number)) if self._walk else 0

    def _look(self) -> None:
        """Read what was done and the case the walk stands at, or how all of them stand; and show it."""
        walk = self._walk
        if walk is None:
            return
        self._reading += 1
        ended = walk.ended and bool(walk.numbers)
        try:
            self._done = triage.recorded_since(self.actor, walk.trail, self.today)
            if not ended:
                self._look_at(walk)
        except RecordError as error:
            self._row, self._pane.shown, self._pane.said = None, None, error.sentence
        self._pane.display, self._end.display = not ended, ended
        self._progress.over = over_words(walk.wanted)
        self._progress.said = progress_words(walk, self._handled) if walk.numbers else ""
        back = "← back · " if walk.begun else ""
        self._beneath.label = "" if ended or not walk.numbers else f"{back}v reveal · Esc leave"
        if ended:
            self._end.focus()
            self._add_up(walk)
        else:
            self.set_focus(None)
        self.refresh_bindings()

    def _look_at(self, walk: Walk) -> None:
        if not walk.numbers:
            self._pane.said = nobody_words(walk.wanted)
            return
        detail = views.case_detail(self.actor, walk.number, self.today)
        self._row = detail.row
        self._pane.said = ""
        self._pane.shown = Shown(detail, self._names, self._done.get(walk.number, ()))

    def _add_up(self, walk: Walk) -> None:
        """Show what became of each case; there may be hundreds, so they are read in a thread."""
        number = self._reading

        def read() -> tuple[CaseRow, ...]:
            return triage.standing_now(self.actor, walk.numbers, self.today)

        def show(rows: tuple[CaseRow, ...]) -> None:
            if number != self._reading:
                return
            self._end.show([Outcome(row, self._done.get(row.number, ())) for row in rows])
            self._progress.said = summary_words(rows, self._handled)
            self.refresh_bindings()

        self.in_background(read, show, doing="Adding up")

    # What can be done -----------------------------------------------------------------------------------------------

    @property
    def _here(self) -> CaseRow | None:
        """The case the walk stands at, or at its end the one under the cursor."""
        if self._walk is None or not self._walk.ended:
            return self._row
        return self._end.item.row if self._end.item is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What this user's role allows, and what there is to do it to."""
        if action in (*_ABOUT_SOMEBODY, "undo") and not may(self.actor, "work"):
            return False
        if action in (*_ABOUT_SOMEBODY, "open") and self._here is None:
            return False
        if action == "next":
            return self._walk is not None and not self._walk.ended
        if action == "previous":
            return self._walk is not None and self._walk.begun
        return super().check_action(action, parameters)

    def action_next(self) -> None:
        """On to the next case; after the last one, to what was done."""
        self._move(1)

    def action_previous(self) -> None:
        """Back to the case before."""
        self._move(-1)

    def _move(self, step: int) -> None:
        if self._walk is not None:
            self._walk = self._walk.moved(step)
            self._look()
            self._keep()

    def action_open(self) -> None:
        """Open the case; Esc there comes back to the walk."""
        self._go("case")

    def on_triage_end_opened(self, message: TriageEnd.Opened) -> None:
        """Open a case from the end."""
        self.post_message(Go(Route("case", message.number)))

    def action_contact(self) -> None:
        """Log a contact."""
        self._go("contact")

    def action_note(self) -> None:
        """Write a note."""
        self._go("note")

    def action_meet(self) -> None:
        """Record that a duty was met; the form lists them where there are several."""
        self._go_about_duty("meet")

    def action_defer(self) -> None:
        """Defer a duty, or find it not required."""
        self._go_about_duty("defer")

    def _go(self, place: str, cursor: str = "") -> None:
        if self._here is not None:
            self.post_message(Go(Route(place, self._here.number, cursor)))

    def _go_about_duty(self, place: str) -> None:
        row = self._here
        if row is not None and not row.duties:
            self.say(f"{row.name} has nothing due.")
        elif row is not None:
            self._go(place, row.duties[0].name if len(row.duties) == 1 else "")

    def action_undo(self) -> None:
        """Undo the user's last change, once they have seen what it is."""
        from screens.undoing import ask_undo

        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))

    def show_discreet(self, reveal: bool) -> None:
        """Show what is discreet, or hide it again."""
        self._pane.reveal = self._end.reveal = reveal
        self._end.redraw()
