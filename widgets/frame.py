"""The frame of every screen: who and where on top, the places, the counts, a rule, and the keys at the foot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from db.rows import Counts, State
from widgets.lines import Line, Piece, apart, cells, cut, strip, width_of, wrap
from widgets.looks import Look, current, ink_of
from widgets.palette import Ink
from widgets.words import long_date, state_words


class Drawn(Widget):
    """A widget that is lines of text, drawn one by one."""

    def lines(self, width: int) -> list[Line]:
        """Its lines, at most `width` cells each."""
        raise NotImplementedError

    _kept: tuple[tuple[Size, Look], list[Line]] | None = None

    def render_line(self, y: int) -> Strip:
        """The line `y`, blank after the last."""
        # Worked out once for all the lines of a drawing, not once for each of them.
        drawn_for = (self.size, current())
        if self._kept is None or self._kept[0] != drawn_for:
            self._kept = (drawn_for, self.lines(self.size.width))
        lines = self._kept[1]
        return strip(lines[y] if y < len(lines) else [], self.size.width)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Work the lines out anew at the next drawing."""
        self._kept = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return max(1, len(self.lines(width)))


class TopLine(Drawn):
    """Line 1: product and place, who is signed in, today. What does not fit is shortened, the place first."""

    product = reactive("Wingdesk")
    place = reactive("")
    demonstration = reactive(False)
    who = reactive("")
    role = reactive("")
    today = reactive[date | None](None)

    def lines(self, width: int) -> list[Line]:
        """The one line."""
        right = self._right(width)
        left = [Piece(self.product, Ink.ACCENT)]
        if self.demonstration:
            left += [Piece(current().dot, Ink.DIM), Piece("DEMONSTRATION", Ink.TODAY, True)]
        room = width - width_of(left) - width_of(right) - len(current().dot) - 2
        if self.place and room >= min(6, cells(self.place)):
            left.append(Piece(current().dot + cut(self.place, room), Ink.DIM))
        return [apart(left, right, width)]

    def _right(self, width: int) -> Line:
        """Who and when, as fully as leaves room for product and mark."""
        left = cells(self.product) + (len(current().dot) + len("DEMONSTRATION") if self.demonstration else 0) + 2
        day = long_date(self.today) if self.today else ""
        role = f", {self.role}" if self.role else ""
        initial = _initial(self.who)
        for who, when in ((self.who + role, day), (initial + role, day), (initial + role, day[4:]), (initial, day[4:])):
            line = [Piece(who, Ink.DIM), *([Piece("  " if who else ""), Piece(when)] if when else [])]
            if left + width_of(line) <= width:
                return line
        return [Piece(cut(initial, max(0, width - left - 13)), Ink.DIM), Piece("  "), Piece(day[4:])]


def _initial(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first[0]} {rest}" if rest else name


@dataclass(frozen=True, slots=True)
class Place:
    """One of the numbered places: the key that goes there and its name."""

    key: str
    name: str


class Places(Drawn):
    """Line 2: the places there are, by number; the current one stands out."""

    places = reactive[tuple[Place, ...]](())
    at = reactive("")

    def __init__(self, places: Iterable[Place] = (), current: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.places = tuple(places)
        self.at = current

    def lines(self, width: int) -> list[Line]:
        """The one line."""
        line: Line = []
        for place in self.places:
            here = place.key == self.at
            line += [
                Piece(f"{place.key} " if place.key else "", Ink.ACCENT if here else Ink.DIM),
                Piece(place.name, Ink.STRONG if here else Ink.DIM),
                Piece("  "),
            ]
        return [line[:-1]]


class Pages(Places):
    """A rule that names, at its right end, what else there is of the same thing; the one that is open stands out."""

    def lines(self, width: int) -> list[Line]:
        """The one line."""
        if not self.places:
            return [[Piece(current().rule * width, Ink.RULE)]]
        (named,) = super().lines(width)
        left = max(0, width - width_of(named) - 3)
        return [[Piece(current().rule * left + " ", Ink.RULE), *named, Piece(" " + current().rule, Ink.RULE)]]


_COUNTED = (State.SAFETY, State.OVERDUE, State.TODAY, State.WEEK, State.UNKNOWN)
_ALWAYS = frozenset({State.OVERDUE, State.TODAY, State.WEEK})
_SHORT = {State.OVERDUE: "late", State.WEEK: "in 7d"}


class SummaryLine(Drawn):
    """How many there are in each state, with mark and word; one line, two where one cannot hold it."""

    lead = reactive("", layout=True)
    counts = reactive[Counts | None](None, layout=True)

    def __init__(self, lead: str = "", counts: Counts | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(SummaryLine.lead, lead)
        self.set_reactive(SummaryLine.counts, counts)

    def lines(self, width: int) -> list[Line]:
        """The counts, closer together and in shorter words before they go onto a second line."""
        for gap, short in ((3, False), (2, False), (2, True), (1, True)):
            said = self._said(short)
            line = [piece for pieces in said for piece in (Piece(" " * gap), *pieces)][1:]
            if width_of(line) <= width:
                return [line]
        return wrap(line, width)

    def _said(self, short: bool) -> list[Line]:
        counts = self.counts
        if counts is None:
            return [[Piece(self.lead, Ink.STRONG)]]
        said: list[Line] = [[Piece(f"{self.lead} {counts.cases}".strip(), Ink.STRONG)]]
        for state in _COUNTED:
            number = counts.of(state)
            if number or state in _ALWAYS:
                words = _SHORT.get(state, state_words(state)) if short else state_words(state)
                text = f"{current().mark(state)} {number} {words}"
                said.append(
                    [
                        Piece(
                            text,
                            ink_of(state) if number else Ink.DIM,
                            bool(number) and state in (State.SAFETY, State.OVERDUE),
                        )
                    ]
                )
        if counts.unseen:
            said.append([Piece(f"{counts.unseen} unseen", Ink.DIM)])
        return said


class Rule(Drawn):
    """One thin rule, with a few words at its right end where there is something to say of the list above it."""

    label = reactive("")

    def __init__(self, label: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Rule.label, label)

    def lines(self, width: int) -> list[Line]:
        """The one line."""
        label = f" {cut(self.label, width - 4)} " if self.label else ""
        end = current().rule if label else ""
        return [
            [
                Piece(current().rule * (width - cells(label) - len(end)), Ink.RULE),
                Piece(label, Ink.DIM),
                Piece(end, Ink.RULE),
            ]
        ]


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is pressed, and what it does here in a word or two."""

    key: str
    does: str


MOST_KEYS = 6


class KeyLine(Drawn):
    """The last line: at most six keys that work here. `said` is a sentence shown in their place until it is emptied."""

    keys = reactive[tuple[Key, ...]](())
    said = reactive("")

    def __init__(self, keys: Iterable[Key] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys = tuple(keys)

    def validate_keys(self, keys: Sequence[Key]) -> tuple[Key, ...]:
        """Six at most: more would be cut off unseen.

        Raises:
            ValueError: There are more.
        """
        if len(keys) > MOST_KEYS:
            raise ValueError(
                f"At most {MOST_KEYS} keys fit on the last line; {len(keys)} given. The rest belong under ?."
            )
        return tuple(keys)

    def lines(self, width: int) -> list[Line]:
        """The one line, the keys closer together where they must be."""
        if self.said:
            return [[Piece(cut(self.said, width), Ink.TEXT)]]
        line: Line = []
        for gap in (3, 2, 1):
            line = []
            for key in self.keys:
                line += [Piece(key.key, Ink.ACCENT), Piece(f" {key.does}", Ink.DIM), Piece(" " * gap)]
            if width_of(line[:-1]) <= width:
                break
        return [line[:-1]]


class Notice(Drawn):
    """One line of text, blank when there is nothing to say: what was kept, or (`bad`) what is wrong."""

    text = reactive("")
    bad = reactive(False)

    def lines(self, width: int) -> list[Line]:
        """The one line."""
        return [[Piece(cut(self.text, width), Ink.OVERDUE if self.bad else Ink.DIM)]]
