"""The diary: what falls due day by day over fourteen days, and into the day.

The days and everything on them come in one read, off the interface thread; going into a day reads nothing more.
"""

from dataclasses import replace
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import reactive

from db import views
from db.errors import RecordError
from db.roles import may
from db.rows import Changed, DiaryDay, DiaryEntry, Filter, Role
from db.views.diary import DAYS
from screens import head
from screens.actions import bindings
from screens.base import Room, Sitting
from screens.diary_days import DaysList
from screens.diary_entries import EntryList, EntryWhy
from screens.diary_words import (
    Spot,
    booked,
    day_words,
    entry_key,
    key_of,
    moved,
    note_words,
    nothing_words,
    said_of,
    span_words,
    spot,
    without_apart,
)
from screens.filter_words import home, narrowed, whose
from screens.finding import FindingRoom, whose_duties
from screens.foot import FootEntry
from screens.messages import Go, RecordChanged
from screens.revealing import RevealingRoom
from screens.routes import Route
from widgets.frame import Drawn, Rule
from widgets.lines import Line, Piece, cut
from widgets.palette import Ink

WIDE = 120
_ABOUT_SOMEBODY = frozenset({"meet", "contact", "defer", "note", "appointment"})
_INSIDE: tuple[FootEntry, ...] = ("open", "meet", "contact", ("next", "next day"), ("back", "all days"), "help")


class Standing(Drawn):
    """Whose diary, and how much falls due in the days shown or on the day the user is in."""

    lead = reactive("")
    said = reactive("")

    def lines(self, width: int) -> list[Line]:
        """The one line."""
        return [[Piece(self.lead, Ink.STRONG), Piece(cut(f"   {self.said}", width - len(self.lead)))]]


class _Read(NamedTuple):
    """An answer of the record: its number, where it leads, and the days."""

    number: int
    spot: Spot
    days: tuple[DiaryDay, ...]


class DiaryScreen(FindingRoom, RevealingRoom):
    """Place 2."""

    PLACE = "diary"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("open", "open day"),
        ("next", "next day"),
        ("PgDn", "next week"),
        "filter",
        ("print", "print"),
        "help",
    )
    BINDINGS = bindings(
        "meet", "contact", "defer", "note", "appointment", "filter", "views", "openings", "undo", "print"
    )
    DEFAULT_CSS = """
    DiaryScreen Standing { height: 1; width: 1fr; }
    DiaryScreen Horizontal { height: 1fr; }
    DaysList, EntryList { height: 1fr; width: 1fr; overflow: hidden hidden; }
    """

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Where the route's `detail` says; its `cursor` is the duty the user stood on in the day."""
        super().__init__(sitting, route)
        self._spot = spot(route.detail, home(sitting.actor), sitting.today)
        self._sought = route.cursor
        self._days: tuple[DiaryDay, ...] = ()
        self._reading = 0
        self._standing = Standing()
        self._narrowing = Rule()
        self._list = DaysList()
        self._entries = EntryList()
        self._position = Rule()
        self._why = EntryWhy()

    # Showing

    def compose(self) -> ComposeResult:
        """Head, how much, the days, the day under the cursor beside them where there is room, why."""
        owner = whose_duties(self.actor)
        for each in (self._list, self._entries):
            each.today, each.owner = self.today, owner
        self._why.today = self.today
        self._entries.reveal = self._why.reveal = self.office
        yield head.top_line(self.sitting)
        yield head.places(self.actor, "2")
        yield self._standing
        yield self._narrowing
        with Horizontal():
            yield self._list
            yield self._entries
        yield self._position
        yield self._why
        yield self.foot()

    def on_mount(self) -> None:
        """Read the days."""
        self._arrange()
        self._read(self._spot)

    def on_resize(self, event: events.Resize) -> None:
        """From so many columns on the day stands beside the days, not in their place."""
        self._arrange()

    def refresh_case(self, number: str) -> None:
        """Read the days again; the cursor stays where it is."""
        self._read(self._spot)

    def route(self) -> Route:
        """Whose diary, the day, and inside it the duty under the cursor."""
        item = self._entries.item
        cursor = entry_key(item) if item is not None and self._spot.inside else ""
        return Route(self.PLACE, cursor=cursor, detail=self._spot.coded())

    def narrow(self, wanted: Filter) -> None:
        """Show these people's duties from now on."""
        self._read(replace(self._spot, wanted=wanted))

    def _read(self, there: Spot) -> None:
        """Read the days of another spot, or of the same one again, and go there."""
        self._spot = there
        self._reading += 1
        number, actor, today, reveal = self._reading, self.actor, self.today, self._entries.reveal

        def read() -> _Read:
            days = views.diary(actor, there.wanted, today, there.start, openings=there.openings, apart=reveal)
            return _Read(number, there, days)

        self.in_background(read, self._take, doing="Reading the diary", failed=self._trouble)

    def _take(self, read: _Read) -> None:
        if read.number != self._reading:
            return
        self._days = read.days
        self._list.bookings = any(booked(day) for day in read.days)
        self._list.openings = read.spot.openings
        # Where the user has gone meanwhile, which need not be where they were when the reading began.
        day = key_of(self._spot.day)
        self._arrange()
        self._list.show(read.days)
        self._list.go_to(day)
        self._show_day()

    def _trouble(self, error: RecordError) -> None:
        self.say(error.sentence)
        if not self._days:
            self._list.empty = error.sentence
            self._list.redraw()

    def _arrange(self) -> None:
        """Days, the day, or both; the keys that work there."""
        wide, inside = self.app.size.width >= WIDE, self._spot.inside
        self._list.brief = wide
        self._list.styles.width = self._list.wide + 3 if wide else "1fr"
        self._list.display = wide or not inside
        self._entries.display = wide or inside
        self._why.display = wide or inside
        self._list.wake(not inside)
        self._entries.wake(inside)
        self._list.redraw()
        (self._entries if inside else self._list).focus()
        self._offer()

    def _offer(self) -> None:
        self._foot.offer(_INSIDE if self._spot.inside else self.FOOTER)
        self.refresh_bindings()

    def _show_day(self) -> None:
        """Show what stands on the day under the cursor."""
        day = self._day
        if day is None:
            return
        self._entries.empty = nothing_words(day.day, self.today)
        self._entries.show(day.entries)
        if self._sought and self._entries.go_to(self._sought):
            self._sought = ""
        self._tell()
        self.refresh_bindings()

    @property
    def _day(self) -> DiaryDay | None:
        key = key_of(self._spot.day)
        return next((day for day in self._days if key_of(day.day) == key), None)

    def _tell(self) -> None:
        """The line of how much, what the filter leaves out, where the cursor is, and why."""
        here, day = self._spot, self._day
        only = narrowed(here.wanted, self._duty_title())
        self._narrowing.label = f"only {only}; Esc shows all" if only and not here.inside else only and f"only {only}"
        self._standing.lead = whose(here.wanted)
        if here.inside and day is not None:
            note = note_words(day.day, self.today)
            said = said_of(day, self._list.owner)
            self._standing.said = f"{day_words(day.day, self.today)}{f', {note}' if note else ''}: {said}"
        else:
            self._standing.said = span_words(self._days, self.today, self._list.owner)
        entries = self._entries.item
        shown = here.inside and day is not None and entries is not None
        self._why.entry = entries if shown else None
        self._position.label = f"{self._entries.cursor + 1} of {len(day.entries)}" if shown and day else ""

    def _duty_title(self) -> str:
        if not self._spot.wanted.duty:
            return ""
        from screens.duty_field import title_of

        return title_of(self._spot.wanted.duty)

    # Moving

    def on_days_list_moved(self, message: DaysList.Moved) -> None:
        """Another day, with other days around it where it is not among those shown."""
        message.stop()
        self._move(message.by)

    def on_entry_list_turned(self, message: EntryList.Turned) -> None:
        """The day after or before, without leaving it first."""
        message.stop()
        self._move(message.by)

    def _move(self, by: int | None) -> None:
        here = self._spot
        there = replace(here, day=self.today, start=self.today) if by is None else moved(here, self.today, by, DAYS)
        if there.start != here.start:
            self._read(there)
        else:
            self._spot = there
            self._list.go_to(key_of(there.day))
            self._show_day()

    def on_days_list_highlighted(self, message: DaysList.Highlighted) -> None:
        """The cursor has gone to another day by itself (End)."""
        message.stop()
        item = self._list.item
        shown = any(key_of(day.day) == key_of(self._spot.day) for day in self._days)
        if item is not None and shown and item.day == message.day != self._spot.day:
            self._spot = replace(self._spot, day=item.day)
            self._show_day()

    def on_days_list_entered(self, message: DaysList.Entered) -> None:
        """Into the day."""
        message.stop()
        self._go_inside(True)

    def _go_inside(self, inside: bool) -> None:
        self._spot = replace(self._spot, inside=inside)
        if inside:
            self._entries.action_first()
        self._arrange()
        self._tell()

    def on_entry_list_highlighted(self, message: EntryList.Highlighted) -> None:
        """Say why, for the duty the cursor is on now."""
        message.stop()
        self._tell()

    def on_entry_list_opened(self, message: EntryList.Opened) -> None:
        """Open the case, at the duty; the checklist, where that is need-to-know."""
        message.stop()
        if message.entry.apart:
            self.post_message(Go(Route("pathways", message.entry.number)))
            return
        cursor = "" if message.entry.booked else message.entry.duty.name
        self.post_message(Go(Route("case", message.entry.number, cursor)))

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What this user's role allows, and what there is to do it to."""
        if action in _ABOUT_SOMEBODY and (not self._spot.inside or self._entries.item is None):
            return False
        item = self._entries.item
        if item is not None and ((action == "meet" and item.booked) or (action in ("meet", "defer") and item.apart)):
            return False
        if action in (*_ABOUT_SOMEBODY, "undo") and not may(self.actor, "work"):
            return False
        return super().check_action(action, parameters)

    def action_meet(self) -> None:
        """Record that the duty under the cursor was met."""
        self._go_about("meet", True)

    def action_defer(self) -> None:
        """Put the duty under the cursor off, or find it not required; move an appointment, or call it off."""
        entry: DiaryEntry | None = self._entries.item
        if entry is not None and entry.booked:
            self.post_message(Go(Route("appointment", entry.number, entry.duty.key)))
        else:
            self._go_about("defer", True)

    def action_appointment(self) -> None:
        """Book an appointment with the person under the cursor."""
        self._go_about("appointment")

    def action_contact(self) -> None:
        """Log a contact with the person under the cursor."""
        self._go_about("contact")

    def action_note(self) -> None:
        """Write a note about the person under the cursor."""
        self._go_about("note")

    def _go_about(self, place: str, duty: bool = False) -> None:
        entry: DiaryEntry | None = self._entries.item
        if entry is not None:
            self.post_message(Go(Route(place, entry.number, entry.duty.name if duty else "")))

    def action_filter(self) -> None:
        """Choose whose diary it is."""
        from screens.filter_words import encode

        self.post_message(Go(Route("filter", detail=encode(self._spot.wanted))))

    def action_views(self) -> None:
        """Choose, save or drop a filter with a name."""
        from screens.filter_words import encode

        self.post_message(Go(Route("views", detail=encode(self._spot.wanted))))

    def action_openings(self) -> None:
        """Show what can begin on each day, or leave it out again."""
        there = replace(self._spot, openings=not self._spot.openings)
        self._read(there)
        self.say("Also shown: what can begin on each day; b leaves it out." if there.openings else "Only what is due.")

    def action_print(self) -> None:
        """Print or export seven days, from the one under the cursor on."""
        revealed = "revealed" if self._entries.reveal else ""
        self.post_message(Go(Route("print-diary", cursor=revealed, detail=self._spot.coded())))

    def action_back(self) -> None:
        """Out of the day; then the filter is taken off; then back to the caseload."""
        if self._spot.inside:
            self._go_inside(False)
        elif self._spot.wanted != home(self.actor):
            self.narrow(home(self.actor))
            self.say("The filter is off.")
        else:
            Room.action_back(self)

    def action_undo(self) -> None:
        """Undo the user's last change, once they have seen what it is."""
        from screens.undoing import ask_undo

        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))

    def show_discreet(self, reveal: bool) -> None:
        """Show what is discreet, or hide it again."""
        self._entries.reveal = self._why.reveal = reveal
        self._entries.redraw()
        if self.actor.role is Role.SUPERVISOR:
            # What is need-to-know is read only while it shows, and forgotten with it at once.
            self._days = without_apart(self._days)
            self._show_day()
            self._read(self._spot)
