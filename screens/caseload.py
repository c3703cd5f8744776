"""The caseload: who needs somebody now, why, and one key for what to do about it.

One small page is read before the first drawing; counts of a whole establishment and the people further down follow
in the background.
"""

from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.worker import Worker

from db import views
from db.errors import RecordError
from db.roles import may
from db.rows import CaseRow, Changed, Counts, Filter, Page
from screens import head
from screens.actions import bindings
from screens.base import Sitting
from screens.caseload_pane import CaseloadPane
from screens.filter_words import decode, encode, home, narrowed, whose
from screens.finding import whose_duties
from screens.foot import FootEntry
from screens.messages import Go, RecordChanged
from screens.people import People
from screens.revealing import RevealingRoom
from screens.routes import Route
from screens.selecting import SelectingRoom
from widgets.case_table import CaseTable
from widgets.frame import Rule, SummaryLine
from widgets.why_pane import WhyPane

WIDE = 150
MORE, END = 100, 2000
# Lines of the screen that are not the list's.
_FRAME = 10
# How far down a person who moved is looked for after a change.
DEEPEST = 5000
_ABOUT_SOMEBODY = ("meet", "contact", "defer", "note")
# Counted without a noticeable wait however large the establishment is.
_SMALL = frozenset({"mine", "supervisor"})


class _Read(NamedTuple):
    """An answer of the record: its number, the page, the counts if read with it, who of those selected is in it."""

    number: int
    page: Page
    counts: Counts | None
    still: frozenset[str] | None = None


class _Loading(NamedTuple):
    """People who follow being read: for which reading of the list, whether to its end, and who reads."""

    number: int
    to_end: bool
    worker: Worker[None]


class CaseloadScreen(SelectingRoom, RevealingRoom):
    """Place 1."""

    PLACE = "caseload"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = ("open", "meet", "contact", "triage", "find", "help", "filter")
    BINDINGS = bindings("meet", "contact", "defer", "note", "triage", "filter", "undo", "print")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The list `route` names: its filter in `detail`, the person in `cursor`."""
        super().__init__(sitting, route)
        detail, _, selected = route.detail.partition("\n")
        self._filter = decode(detail, home(sitting.actor))
        self._after: str | None = None
        self._counts: Counts | None = None
        self._reading = 0
        self._listed: set[str] = set()
        self._wanted = route.cursor
        self._loading: _Loading | None = None
        self._people = People(empty="")
        self.begin_with(selected)
        self._summary = SummaryLine()
        self._why = WhyPane()
        self._pane = CaseloadPane()
        self._narrowing = Rule()
        self._position = Rule()

    @property
    def people(self) -> CaseTable:
        """The list."""
        return self._people

    @property
    def wanted(self) -> Filter:
        """Whom it shows."""
        return self._filter

    # Showing

    def compose(self) -> ComposeResult:
        """Head, counts, the list, and why the person under the cursor is where they are."""
        owner = whose_duties(self.actor)
        for part in (self._people, self._why, self._pane):
            part.today, part.reveal, part.owner = self.today, self.office, owner
        # Set here, not in a sheet of its own: Textual reads every sheet anew for one that a screen brings, and this is
        # the screen everybody waits for.
        self._why.styles.height = 4
        self._fit(self.app.size.width)
        yield head.top_line(self.sitting)
        yield head.places(self.actor, "1")
        yield self._summary
        yield self._narrowing
        with Horizontal():
            yield self._people
            yield self._pane
        yield self._position
        yield self._why
        yield self.foot()

    def on_mount(self) -> None:
        """Show the first page; what is further down, and large counts, come after the first drawing."""
        self._people.focus()
        try:
            read = self._read(self._next_reading(), self._screenful, self._filter.who in _SMALL)
        except RecordError as error:
            self._people.empty = error.sentence
        else:
            self._show(read)

    def on_resize(self, event: events.Resize) -> None:
        """The window has another width."""
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        """From so many columns on the case stands beside the list, not beneath it."""
        self._pane.display = width >= WIDE
        self._why.display = width < WIDE

    def refresh_case(self, number: str) -> None:
        """Read the list again; the cursor stays on the person. Silently: what moved is being said."""
        self._read_again()

    def route(self) -> Route:
        """The filter, unless it is the one everybody begins with; who is selected; the person under the cursor."""
        detail = "" if self._filter == home(self.actor) else encode(self._filter)
        detail += self.selected_words()
        return Route(self.PLACE, cursor=self._people.number, detail=detail)

    def narrow(self, wanted: Filter) -> None:
        """Show these cases from now on."""
        self._filter = wanted
        self._counts = None
        # Nobody is acted on who is not in the list.
        self.choose(frozenset())
        self._read_again("Reading the caseload")

    @property
    def _screenful(self) -> int:
        return max(1, self.app.size.height - _FRAME)

    def _next_reading(self) -> int:
        self._reading += 1
        return self._reading

    def _read_again(self, doing: str = "") -> None:
        number, many, person = (
            self._next_reading(),
            max(self._screenful, len(self._listed)),
            self._wanted or self._people.number,
        )
        self.in_background(lambda: self._read(number, many, True, person), self._show, doing=doing)

    def _read(self, number: int, many: int, counted: bool, person: str = "") -> _Read:
        """Read `many` people, or as many as it takes to reach `person`."""
        counts = views.counts(self.actor, self._filter, self.today) if counted else None
        page = views.caseload(self.actor, self._filter, self.today, limit=many)
        rows = list(page.rows)
        while person and page.after and len(rows) < DEEPEST and all(row.number != person for row in rows[-many:]):
            page = views.caseload(self.actor, self._filter, self.today, page.after, many := 500)
            rows += page.rows
        return _Read(number, Page(tuple(rows), page.after), counts, self.still_selected())

    def _show(self, read: _Read) -> None:
        if read.number != self._reading:
            return
        rows, self._after = read.page.rows, read.page.after
        self._listed = {row.number for row in rows}
        if read.counts is not None:
            self._counts = read.counts
        self._tell(rows)
        was_empty = self._people.row is None
        self._people.show(rows, more=self._after is not None)
        if read.still is not None:
            self.choose(self._people.selected & read.still)
        if was_empty or not rows:
            self.refresh_bindings()
        if self._wanted and self._people.go_to(self._wanted):
            self._wanted = ""
        if read.counts is None:
            self.call_after_refresh(self._count, read.number)
        elif not rows:
            self.in_background(self._anybody, self._say_why_empty)

    def _count(self, number: int) -> None:
        def count() -> _Read:
            return _Read(number, Page((), None), views.counts(self.actor, self._filter, self.today))

        self.in_background(count, self._take_counts)

    def _take_counts(self, read: _Read) -> None:
        if read.number == self._reading:
            self._counts = read.counts
            self._tell(self._listed)
            if not self._listed:
                self.in_background(self._anybody, self._say_why_empty)

    def _tell(self, rows: "tuple[CaseRow, ...] | set[str]") -> None:
        self._summary.lead = whose(self._filter)
        self._summary.counts = self._counts
        only = narrowed(self._filter, self._duty_title())
        self._narrowing.label = f"only {only}; Esc shows all" if only else ""
        self.place_cursor()

    def _duty_title(self) -> str:
        if not self._filter.duty:
            return ""
        from screens.duty_field import title_of

        return title_of(self._filter.duty)

    def _anybody(self) -> bool:
        return views.counts(self.actor, Filter("all"), self.today).cases > 0

    def _say_why_empty(self, anybody: bool) -> None:
        from screens import empty

        self._people.empty = empty.caseload(self.actor, self._filter, anybody)
        self._people.redraw()

    # Further down

    def on_case_table_near_end(self) -> None:
        """Load the people who follow, once what is there already has been drawn."""
        self.call_after_refresh(self._load, MORE)

    def on_people_end_wanted(self) -> None:
        """Load many of those who follow, then go to the end."""
        self._load(END, to_end=True)

    def _load(self, many: int, to_end: bool = False) -> None:
        number, after = self._reading, self._after
        if after is None:
            return
        if self._loading is not None and not self._loading.worker.is_finished:
            if self._loading.number == number and self._loading.to_end >= to_end:
                return
            self._loading.worker.cancel()

        def read() -> _Read:
            return _Read(number, views.caseload(self.actor, self._filter, self.today, after, many), None)

        def take(answer: _Read) -> None:
            if answer.number != self._reading or after != self._after:
                return
            # Somebody whose order changed meanwhile may come twice.
            rows = [row for row in answer.page.rows if row.number not in self._listed]
            self._listed.update(row.number for row in rows)
            self._after = answer.page.after
            at_end = self._people.cursor == len(self._listed) - len(rows) - 1
            self._people.append(rows, more=self._after is not None)
            # Unless the user has moved on meanwhile.
            if to_end and at_end:
                CaseTable.action_last(self._people)
            self.place_cursor()

        doing = "Reading those who follow" if to_end else ""
        self._loading = _Loading(number, to_end, self.in_background(read, take, doing=doing))

    # The cursor

    def on_case_table_highlighted(self, message: CaseTable.Highlighted) -> None:
        """Say why, for the person the cursor is on now."""
        self._why.row = self._pane.row = message.row
        self.place_cursor()

    def on_case_table_opened(self, message: CaseTable.Opened) -> None:
        """Open the case."""
        self.post_message(Go(Route("case", message.row.number)))

    def place_cursor(self) -> None:
        """Say where the cursor is, and how many are selected."""
        total = max(len(self._listed), self._counts.cases if self._counts else 0)
        where = f"{self._people.cursor + 1} of {total}" if self._listed else ""
        picked = len(self._people.selected)
        self._position.label = f"{picked} selected, {where}" if picked else where

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What this user's role allows, and what there is to do it to."""
        if action in (*_ABOUT_SOMEBODY, "triage") and self._people.row is None:
            return False
        if action in (*_ABOUT_SOMEBODY, "undo") and not may(self.actor, "work"):
            return False
        return super().check_action(action, parameters)

    def action_meet(self) -> None:
        """Record that a duty was met; the form lists them where there are several."""
        self._go_about_duty("meet")

    def action_defer(self) -> None:
        """Defer a duty, or find it not required; with people selected, for all of them."""
        if not self.go_about_several("defer-several"):
            self._go_about_duty("defer")

    def action_contact(self) -> None:
        """Log a contact; with people selected, one with all of them."""
        if not self.go_about_several("contact-several"):
            self._go_about("contact")

    def action_note(self) -> None:
        """Write a note."""
        self._go_about("note")

    def action_triage(self) -> None:
        """Walk through those who need somebody now, one at a time."""
        self.post_message(Go(Route("triage", detail=encode(self._filter))))

    def action_filter(self) -> None:
        """Choose who is shown."""
        self.post_message(Go(Route("filter", detail=encode(self._filter))))

    def action_print(self) -> None:
        """Print or export what is shown, or those who are selected."""
        revealed = "revealed" if self._people.reveal else ""
        self.post_message(Go(Route("print", cursor=revealed, detail=encode(self._filter) + self.selected_words())))

    def action_back(self) -> None:
        """There is nothing beneath; a selection is given up, then a filter is taken off."""
        if self._people.selected:
            self.choose(frozenset())
        elif self._filter != home(self.actor):
            self.narrow(home(self.actor))
            self.say("The filter is off.")

    def show_discreet(self, reveal: bool) -> None:
        """Show what is discreet, or hide it again."""
        for part in (self._people, self._why, self._pane):
            part.reveal = reveal

    def action_undo(self) -> None:
        """Undo the user's last change, once they have seen what it is."""
        from screens.undoing import ask_undo

        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))

    def _go_about_duty(self, place: str) -> None:
        row = self._people.row
        if row is None:
            return
        if not row.duties:
            self.say(f"{row.name} has nothing due.")
        else:
            only = row.duties[0].name if len(row.duties) == 1 else ""
            self.post_message(Go(Route(place, row.number, only)))

    def _go_about(self, place: str) -> None:
        if self._people.row is not None:
            self.post_message(Go(Route(place, self._people.number)))
