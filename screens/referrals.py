"""Signpostings and referrals whose outcome is not known: all, those to one provider, one outcome for many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from db import commands, roles, views
from db.commands.saying import says_nothing
from db.rows import Changed, Filter, Role
from db.views.leaving import Unfollowed
from screens import head
from screens.actions import bindings
from screens.base import Sitting
from screens.case_fields import Hint
from screens.foot import FootEntry
from screens.forms import FormScreen
from screens.messages import Go, RecordChanged
from screens.revealing import RevealingRoom
from screens.routes import Route
from screens.words import Words
from widgets.choices import Choice, Option, box
from widgets.discretion import gives_away
from widgets.fields import DateField, TextField
from widgets.frame import Rule
from widgets.lines import Line, Piece, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import due_long, due_words, long_date, short_date

_HIDDEN = "v shows it"


def whose(sitting: Sitting) -> Filter:
    """A supervisor's own cases; everybody's for who holds none."""
    return Filter("mine" if sitting.actor.role is Role.SUPERVISOR else "all")


class ReferralsScreen(RevealingRoom):
    """The list, with what is selected in it."""

    PLACE = "referrals"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        "select",
        "everybody",
        ("Enter", "what came of it"),
        ("outstanding", "this provider"),
        "reveal",
        "help",
    )
    BINDINGS = bindings("select", "everybody", "outstanding", "undo")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Everybody in scope; the cursor on what the route names."""
        super().__init__(sitting, route)
        self._list = ReferralList()
        self._list.reveal = sitting.office
        self._rule = Rule()
        self._every: tuple[Unfollowed, ...] = ()
        self._provider = ""

    def compose(self) -> ComposeResult:
        """Frame, a line on what it is, the list."""
        self._list.today = self.today
        yield head.top_line(self.sitting)
        yield head.places(self.actor, head.place_of(self.app.screen_stack))
        yield Words("Signpostings and referrals without an outcome", bold=True)
        yield self._rule
        yield self._list
        yield self.foot()

    def on_mount(self) -> None:
        """Read it."""
        self._list.focus()
        self.refresh_case("")

    def refresh_case(self, number: str) -> None:
        """Read it again."""
        actor, today, wanted = self.actor, self.today, whose(self.sitting)
        self.in_background(lambda: views.unfollowed(actor, wanted, today), self._take, doing="Reading")

    def _take(self, found: tuple[Unfollowed, ...]) -> None:
        self._every = found
        self._show()

    def _show(self) -> None:
        shown = [one for one in self._every if not self._provider or one.to == self._provider]
        self._list.empty = "Every signposting and referral has an outcome."
        self._list.selected &= {_name(one) for one in shown}
        self._list.show(shown)
        self._say_where()

    def _say_where(self) -> None:
        late = sum(one.duty.days is not None and one.duty.days < 0 for one in self._every)
        picked = f"{len(self._list.selected)} selected, " if self._list.selected else ""
        which = f"to {self._provider}: " if self._provider and self._list.reveal else ""
        self._rule.label = f"{picked}{which}{len(self._list.rows)} of {len(self._every)}, {late} late"
        self.refresh_bindings()

    def on_referral_list_changed(self, message: "ReferralList.Changed") -> None:
        """Say how many are selected."""
        message.stop()
        self._say_where()

    def on_referral_list_opened(self, message: "ReferralList.Opened") -> None:
        """Say what came of those selected, or of the one under the cursor."""
        message.stop()
        names = sorted(self._list.selected) or ([_name(self._list.item)] if self._list.item else [])
        self.post_message(Go(Route("follow-up", detail=" ".join(names))))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the role may do, and what there is to do it to."""
        if action in ("select", "everybody", "outstanding"):
            return bool(self._every)
        if action == "undo":
            return roles.may(self.actor, "work")
        return super().check_action(action, parameters)

    def action_select(self) -> None:
        """Select the line, or take that back."""
        self._list.turn()

    def action_everybody(self) -> None:
        """Select every line, or none."""
        self._list.turn_all()

    def action_outstanding(self) -> None:
        """Only those to the provider under the cursor, or all."""
        self._provider = "" if self._provider else self._list.item.to if self._list.item else ""
        self._show()

    def show_discreet(self, reveal: bool) -> None:
        """Show what is discreet, or hide it again."""
        self._list.reveal = reveal
        self._list.redraw()
        self._say_where()

    def action_undo(self) -> None:
        """Undo the last change."""
        from screens.undoing import ask_undo

        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))


def _name(one: Unfollowed) -> str:
    return f"{one.row.number}:{one.key}"


class ReferralList(Listing[Unfollowed]):
    """One line each: when it is due, who, to whom, for what."""

    ABOVE = 1
    DEFAULT_CSS = "ReferralList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    @dataclass
    class Opened(Message):
        """Enter was pressed."""

    @dataclass
    class Changed(Message):
        """Something was selected, or not any more."""

    def __init__(self) -> None:
        super().__init__(empty="Reading …", id="referrals")
        self.today = date.min
        self.reveal = False
        self.selected: set[str] = set()

    @property
    def rows(self) -> list[Unfollowed]:
        """Every line."""
        return list(self._items)

    def turn(self) -> None:
        """Select the line under the cursor, or take that back; then on to the next."""
        if self.item is not None:
            self.selected ^= {_name(self.item)}
            self.redraw()
            self.action_down()
            self.post_message(self.Changed())

    def turn_all(self) -> None:
        """Select every line; where all are, none."""
        every = {_name(one) for one in self._items}
        self.selected = set() if self.selected == every else every
        self.redraw()
        self.post_message(self.Changed())

    def key_of(self, item: Unfollowed) -> str:
        """Whose, and which."""
        return _name(item)

    def heading(self, width: int) -> Line:
        """The names of the columns."""
        name, to = _rooms(width)
        return [Piece(f"      {pad('Due', 9)} {pad('Name', name)} {pad('To', to)} Made", Ink.DIM)]

    def head(self, item: Unfollowed, width: int, cursor: bool) -> Line:
        """Selected or not, when an outcome is due, who, to whom."""
        name, to = _rooms(width)
        state = item.duty.state
        whom = item.to if self.reveal or not gives_away(f"{item.to} {item.title}") else _HIDDEN
        return [
            box(_name(item) in self.selected),
            Piece(f" {current().mark(state)} ", ink_of(state)),
            Piece(pad(due_words(item.duty, self.today), 9) + " ", ink_of(state)),
            Piece(pad(item.row.name, name) + " ", Ink.TEXT, cursor),
            Piece(pad(whom, to) + " "),
            Piece(short_date(item.made, self.today)[4:], Ink.DIM),
        ]

    def beneath(self, item: Unfollowed, width: int) -> list[Line]:
        """What for, and when an outcome is due."""
        title = item.title if self.reveal or not gives_away(item.title) else "What for is discreet: v shows it"
        said = [Piece(f"{title}. "), Piece(f"Outcome {due_long(item.duty, self.today)}.", Ink.DIM)]
        return [[Piece("      "), *line] for line in wrap(said, width - 8)]

    def chosen(self, item: Unfollowed) -> None:
        """Say so."""
        self.post_message(self.Opened())


def _rooms(width: int) -> tuple[int, int]:
    room = max(30, width - 6 - 10 - 2 - 8)
    return room // 2, room - room // 2


class FollowUpForm(FormScreen):
    """What came of one or several; the route's detail names them."""

    TITLE_WORDS: ClassVar[str] = "What came of it"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About those the route names."""
        super().__init__(sitting, route)
        pairs = [name.partition(":") for name in route.detail.split()]
        self._made = [(number, key) for number, _, key in pairs]

    def subject(self) -> str:
        """How many, and of whom."""
        numbers = list(dict.fromkeys(number for number, _ in self._made))
        of = numbers[0] if len(numbers) == 1 else f"{len(numbers)} people"
        made = "1 signposting or referral" if len(self._made) == 1 else f"{len(self._made)} signpostings or referrals"
        return f"{made}, {of}"

    def fields(self) -> Iterable[Widget]:
        """The outcome, and whether the need is met."""
        if not roles.may(self.actor, "work") or self.actor.role is Role.ADMINISTRATOR:
            yield Words("The outcome is the supervisor's to record. Esc leaves.", ink=Ink.TODAY)
            return
        yield DateField("On", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield TextField("Outcome", id="words", required=True, max_length=500, help="what came of it")
        yield Choice("Need met?", (Option("yes", "yes"), Option("no", "no")), id="met", required=True)
        yield Hint("An outcome says what came of it, never that somebody is at it. Ctrl+S records it for all of them.")

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """An outcome, on a day that has come."""
        found = {}
        if says_nothing(typed["words"]):
            found["words"] = f"“{typed['words']}” says nothing yet."
        day = date.fromisoformat(typed["on"])
        if day > self.today:
            found["on"] = f"{long_date(day)} has not come yet."
        return found

    def submit(self) -> Changed:
        """Record it."""
        on = date.fromisoformat(self.typed["on"])
        return commands.follow_up(self.actor, self._made, self.typed["words"], self.today, on=on, met=self.typed["met"])
