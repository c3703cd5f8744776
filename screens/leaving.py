"""Everyone leaving in the next 12 weeks: when, where to, and what is still open; with what the day itself asks."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.message import Message

from db import views
from db.rows import State
from db.views.leaving import Leaver
from screens import head
from screens.base import Sitting
from screens.foot import FootEntry
from screens.messages import Go
from screens.referrals import whose
from screens.revealing import RevealingRoom
from screens.routes import Route
from screens.words import Words
from widgets.frame import Rule
from widgets.lines import Line, Piece, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import bare_title, due_words, short_date

_NAMED = 6
_DAY_AT_HAND = 7


class LeavingScreen(RevealingRoom):
    """The list, the first to leave first."""

    PLACE = "leaving"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (("Enter", "checklist"), "reveal", ("Esc", "back"), "help")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Everybody in scope; the cursor on whom the route names."""
        super().__init__(sitting, route)
        self._list = LeaverList()
        self._list.reveal = sitting.office
        self._rule = Rule()
        self._sought = route.cursor

    def compose(self) -> ComposeResult:
        """Frame, a line on what it is, the list."""
        self._list.today = self.today
        yield head.top_line(self.sitting)
        yield head.places(self.actor, head.place_of(self.app.screen_stack))
        yield Words("Leaving in the next 12 weeks", bold=True)
        yield self._rule
        yield self._list
        yield self.foot()

    def on_mount(self) -> None:
        """Read it."""
        self._list.focus()
        self.refresh_case("")

    def route(self) -> Route:
        """The person under the cursor."""
        return Route(self.PLACE, cursor=self._list.item.row.number if self._list.item else self._sought)

    def refresh_case(self, number: str) -> None:
        """Read it again."""
        actor, today, wanted = self.actor, self.today, whose(self.sitting)
        self.in_background(lambda: views.leaving(actor, wanted, today), self._take, doing="Reading")

    def _take(self, found: tuple[Leaver, ...]) -> None:
        self._list.empty = "Nobody leaves in the next 12 weeks."
        self._list.show(found)
        if self._sought:
            self._list.go_to(self._sought)
            self._sought = ""
        still = sum(bool(one.open) for one in found)
        self._rule.label = f"{len(found)} leaving, {still} with something open"

    def on_leaver_list_opened(self, message: "LeaverList.Opened") -> None:
        """To their checklist."""
        message.stop()
        self.post_message(Go(Route("pathways", message.number)))

    def show_discreet(self, reveal: bool) -> None:
        """Show what is discreet, or hide it again."""
        self._list.reveal = reveal
        self._list.redraw()


class LeaverList(Listing[Leaver]):
    """One line a person; beneath the one under the cursor what is open, and what the day asks."""

    ABOVE = 1
    DEFAULT_CSS = "LeaverList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    @dataclass
    class Opened(Message):
        """Enter was pressed on a person."""

        number: str

    def __init__(self) -> None:
        super().__init__(empty="Reading …", id="leaving")
        self.today = date.min
        self.reveal = False

    def key_of(self, item: Leaver) -> str:
        """The prisoner number."""
        return item.row.number

    def heading(self, width: int) -> Line:
        """The names of the columns."""
        name = _room(width)
        return [
            Piece(
                f"{pad('Release', 16)}{pad('Name', name)} {pad('Where', 10)}{pad('Open', 5)}{pad('Sent', 5)}Address",
                Ink.DIM,
            )
        ]

    def head(self, item: Leaver, width: int, cursor: bool) -> Line:
        """When, who, where, how much is open."""
        row, first = item.row, item.open[0] if item.open else None
        state = State.OVERDUE if item.days < 0 else first.state if first else State.CLEAR
        day = short_date(item.on, self.today)[4:]
        days = f"{item.days}d" if item.days >= 0 else "late"
        return [
            Piece(f"{current().mark(state)} ", ink_of(state)),
            Piece(
                pad(f"{day} {days}", 14),
                Ink.STRONG if item.days <= _DAY_AT_HAND else Ink.TEXT,
            ),
            Piece(pad(row.name, _room(width)) + " ", Ink.TEXT, cursor),
            Piece(pad(row.where, 10), Ink.DIM),
            Piece(pad(str(len(item.open)) if item.open else "–", 5), ink_of(state)),
            Piece(pad(str(item.unfollowed) if item.unfollowed else "–", 5), Ink.DIM),
            Piece(item.address.replace("-", " ") or "?", Ink.TEXT if item.address else Ink.UNKNOWN),
        ]

    def beneath(self, item: Leaver, width: int) -> list[Line]:
        """What is open, the most urgent first; in the last week also what the day asks."""
        lines: list[Line] = []
        if item.days < 0:
            lines.append([Piece("    To leave on recall, and no release is recorded: r, then a r.", Ink.OVERDUE)])
        for duty in item.open[:_NAMED]:
            when = pad(due_words(duty, self.today), 9)
            mark = Piece(f"  {current().mark(duty.state)} {when} ", ink_of(duty.state))
            lines.append([Piece("  "), mark, Piece(f"{bare_title(duty, self.reveal)} ({duty.owner})")])
        if len(item.open) > _NAMED:
            lines.append([Piece(f"    and {len(item.open) - _NAMED} more", Ink.DIM)])
        if 0 <= item.days <= _DAY_AT_HAND:
            lines.append([Piece("    Today:" if item.days == 0 else "    On the day:", Ink.ACCENT)])
            for words in item.on_the_day:
                lines += [[Piece("      "), *line] for line in wrap([Piece(words)], width - 8)]
        return lines

    def chosen(self, item: Leaver) -> None:
        """Say whose checklist is wanted."""
        self.post_message(self.Opened(item.row.number))


def _room(width: int) -> int:
    return max(16, min(34, width - 16 - 1 - 20 - 18))
