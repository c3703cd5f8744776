"""The cases somebody holds, or those without a supervisor, as a list that can be selected from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from textual.binding import Binding
from textual.message import Message
from textual.reactive import var

from db.loads import HeldCase, Spell
from db.rows import State
from screens.actions import ACTIONS
from widgets.choices import box
from widgets.discretion import gives_away, headline
from widgets.lines import Line, Piece, cut_front, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import day_words, due_words, fit_name, long_date, seen_words, short_date, span

_DUE, _NUMBER, _TIER, _WHERE, _SEEN, _WAITS, _BY = 10, 8, 5, 10, 6, 9, 11
_HIDDEN = "The reason is discreet: v shows it."


class HeldList(Listing[HeldCase]):
    """One line a case. `choosing` says whether cases may be selected; `staff` whose they are, "" for nobody's."""

    ABOVE = 1
    BINDINGS = [
        Binding("enter", "choose", ACTIONS["open"].tells, show=False, id="open"),
    ]

    DEFAULT_CSS = "HeldList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    today = var(date.min)
    reveal = var(False)

    @dataclass
    class Opened(Message):
        """Enter was pressed on a case."""

        number: str

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on another case."""

    def __init__(self, staff: str, choosing: bool) -> None:
        """Nothing has been read yet."""
        super().__init__(empty="Reading the cases …")
        self.staff = staff
        self.choosing = choosing
        self.names: Mapping[str, str] = {}
        self.selected: set[str] = set()

    @property
    def number(self) -> str:
        """The prisoner number under the cursor; empty where nobody is listed."""
        return self.item.row.number if self.item else ""

    @property
    def cases(self) -> Sequence[HeldCase]:
        """Every case of the list."""
        return self._items

    @property
    def chosen_numbers(self) -> tuple[str, ...]:
        """Those that are selected, in the order of the list; where none is, the one under the cursor."""
        found = tuple(case.row.number for case in self._items if case.row.number in self.selected)
        return found or ((self.number,) if self.number else ())

    def tell(self, cases: Sequence[HeldCase]) -> None:
        """Show these cases; what is selected and still here stays selected."""
        self.selected &= {case.row.number for case in cases}
        self.show(cases)

    def turn(self) -> None:
        """Select the case under the cursor, or take that back; then on to the next."""
        if self.item is not None:
            self.selected ^= {self.number}
            self._refresh_all()
            self.action_down()

    def turn_all(self) -> None:
        """Select everybody; where everybody is, nobody."""
        everybody = {case.row.number for case in self._items}
        self.selected = set() if self.selected == everybody else everybody
        self._refresh_all()

    def _refresh_all(self) -> None:
        self.redraw()
        self.post_message(self.Highlighted())

    def key_of(self, item: HeldCase) -> str:
        """The prisoner number."""
        return item.row.number

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be a case to open."""
        return action != "choose" or self.item is not None

    def heading(self, width: int) -> Line:
        """The names of the columns."""
        name = pad("Name", self._name_room(width))
        tail = f"{pad('Number', _NUMBER)} {pad('Tier', _TIER)}{pad('Where', _WHERE)} "
        box = "    " if self.choosing else ""
        if self.staff:
            said = f"{box}{pad('  Due', _DUE)} {name} {tail}{pad('Seen', _SEEN)} Held since"
        else:
            said = f"{box}{pad('Waiting', _WAITS)} {pad('  By', _BY)} {name} {tail}Held before by"
        return [Piece(said, Ink.DIM)]

    def head(self, item: HeldCase, width: int, cursor: bool) -> Line:
        """Selected or not, how urgent, who, and since when."""
        row = item.row
        picked = row.number in self.selected
        line: Line = [box(picked), Piece(" ")] if self.choosing else []
        line += self._status(item) if self.staff else self._wait(item)
        tier = "?" if row.tier is None else str(row.tier)
        line += [
            Piece(
                " " + pad(fit_name(row, self._name_room(width)), self._name_room(width)) + " ",
                Ink.TEXT,
                cursor or picked,
            ),
            Piece(f"{pad(row.number, _NUMBER)} {pad(tier, _TIER)}", Ink.DIM),
            Piece(pad(cut_front(row.where, _WHERE - 1), _WHERE) + " "),
        ]
        if self.staff:
            seen = pad(seen_words(row.last_seen, self.today), _SEEN) + " "
            since = long_date(item.since)[4:] if item.since else "not known"
            return [*line, Piece(seen), Piece(since, Ink.DIM)]
        return [*line, Piece(self._before(item), Ink.DIM)]

    def beneath(self, item: HeldCase, width: int) -> list[Line]:
        """Next duty or what the wait rests on, and why whoever has it, or last had it, was given it."""
        said = [*(self._duty(item) if self.staff else self._asked(item)), *self._story(item)]
        return [[Piece("      "), *line] for text in said for line in wrap([Piece(text, Ink.DIM)], width - 8)]

    def highlighted(self, item: HeldCase | None) -> None:
        """Say that the cursor has moved."""
        self.post_message(self.Highlighted())

    def chosen(self, item: HeldCase) -> None:
        """Say which case is wanted."""
        self.post_message(self.Opened(item.row.number))

    def watch_reveal(self) -> None:
        """Reasons come or go."""
        self.redraw()

    def _name_room(self, width: int) -> int:
        box = 4 if self.choosing else 0
        begins = _DUE if self.staff else _WAITS + 1 + _BY
        ends = _SEEN + 1 + 11 if self.staff else 14
        return max(10, min(34, width - box - begins - 2 - _NUMBER - 1 - _TIER - _WHERE - 1 - ends))

    def _status(self, item: HeldCase) -> Line:
        state = item.row.state
        return [Piece(pad(f"{current().mark(state)} {due_words(item.row.next, self.today)}", _DUE), ink_of(state))]

    def _wait(self, item: HeldCase) -> Line:
        if not item.wanted:
            return [Piece(pad("–", _WAITS) + " "), Piece(pad("none needed", _BY), Ink.DIM)]
        if item.since is None:
            state, waits = State.UNKNOWN, "?"
        else:
            waited = (self.today - item.since).days
            waits = "today" if waited < 1 else f"{waited} {'day' if waited == 1 else 'days'}"
            late, due = item.by is not None and item.by < self.today, item.by == self.today
            state = State.OVERDUE if late else State.TODAY if due else State.WEEK
        by = _by_words(item.by, self.today)
        if not item.told and item.by is not None:
            state, by = State.UNKNOWN, day_words(item.by, self.today)
        return [Piece(pad(waits, _WAITS) + " "), Piece(pad(f"{current().mark(state)} {by}", _BY), ink_of(state))]

    def _before(self, item: HeldCase) -> str:
        return self._called(item.spells[0]) if item.spells else "nobody"

    def _duty(self, item: HeldCase) -> list[str]:
        row = item.row
        if row.next is None:
            return ["Nothing is due."]
        return [f"Next: {headline(row, row.next, self.reveal)}."]

    def _asked(self, item: HeldCase) -> list[str]:
        if not item.wanted:
            return ["By the rules in force no supervisor need be named: not in scope."]
        return [item.reason] if item.reason else []

    def _story(self, item: HeldCase) -> list[str]:
        """Who holds it and who held it before, each with the reason given."""
        told = []
        for spell in item.spells[:2]:
            until = f" to {long_date(spell.until)}" if spell.until else ""
            why = f": {spell.why}" if spell.why else ""
            if why and gives_away(why) and not self.reveal:
                why = f". {_HIDDEN}"
            told.append(f"{self._called(spell)}, from {long_date(spell.since)}{until}{why}")
        return told

    def _called(self, spell: Spell) -> str:
        return self.names.get(spell.staff, spell.staff)


def _by_words(by: date | None, today: date) -> str:
    if by is None:
        return "no date"
    late = (today - by).days
    return f"{span(by, today)} late" if late > 0 else "today" if late == 0 else short_date(by, today)[:-4]
