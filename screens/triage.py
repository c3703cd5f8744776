"""The triage walk: one case at a time, the most urgent first, everything about it within one screen.

What was done is never counted here: the record is asked what its user has recorded since the walk began, so that it
is right after undoing, after a lock, and after coming back later the same day.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.reactive import reactive
from textual.timer import Timer

from db import views
from db.errors import RecordError
from db.roles import may
from db.rows import Changed, Filter, Recorded
from db.views import triage as record
from screens.actions import bindings
from screens.base import Room, Sitting
from screens.case_words import Names, names_of
from screens.confirm import Answer, Question
from screens.filter_words import decode, encode, home
from screens.finding import whose_duties
from screens.foot import FootEntry
from screens.head import places, top_line
from screens.messages import Go, RecordChanged
from screens.routes import Route
from screens.triage_end import Outcome, TriageEnd, summary_words
from screens.triage_pane import Shown, TriagePane
from screens.triage_walk import END, KEPT, Walk, done_words, over_words, progress_words, walk_from
from widgets.frame import Drawn, Rule
from widgets.lines import Line, Piece, apart, cut, width_of
from widgets.palette import Ink

REVEAL_SECONDS = 60.0
_ABOUT_SOMEBODY = frozenset({"meet", "contact", "defer", "note"})


class Progress(Drawn):
    """How far the walk has come, and over whose cases it goes."""

    said = reactive("")
    over = reactive("")

    def lines(self, width: int) -> list[Line]:
        """The one line."""
        left = [Piece("Triage  ", Ink.DIM), Piece(self.said, Ink.STRONG)]
        room = width - width_of(left) - 2
        return [apart(left, [Piece(cut(self.over, room), Ink.DIM)] if room > 0 else [], width)]


class TriageScreen(Room):
    """The walk over the cases a filter gives (`detail` of its route)."""

    PLACE = "triage"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        *("meet", "contact", "defer", "note", "open", "next"),
        # Where those do not work.
        *("previous", "back", "help"),
    )
    BINDINGS = bindings("meet", "contact", "defer", "note", "open", "next", "previous", "reveal", "undo")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Over the filter in the route's `detail`; at the case in its `cursor` where it comes back to a walk."""
        super().__init__(sitting, route)
        self._wanted = decode(route.detail, home(sitting.actor))
        self._walk: Walk | None = None
        self._done: Mapping[str, tuple[Recorded, ...]] = {}
        self._names: Names = {}
        self._reading = 0
        self._reveal = sitting.office
        self._hiding: Timer | None = None
        self._paper = threading.Lock()
        self._progress = Progress()
        self._pane = TriagePane(sitting.today, whose_duties(sitting.actor))
        self._end = TriageEnd(sitting.today, whose_duties(sitting.actor))
        self._beneath = Rule()
"""
