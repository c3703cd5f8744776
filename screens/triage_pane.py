"""One case of a triage walk: who, what matters, the most urgent duty and its whole why, the rest, the last contact."""

from dataclasses import dataclass
from datetime import date

from textual.geometry import Size
from textual.reactive import reactive

from db.rows import CaseDetail, DutyRow, Recorded, State
from screens.case_words import Names, story, values
from screens.triage_fit import Block, fit, going_on
from screens.triage_walk import done_words
from widgets.discretion import gives_away, risk_words
from widgets.frame import Drawn
from widgets.lines import Line, Piece, apart, cells, cut, pad, paragraphs, width_of, wrap
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.why_pane import why_words
from widgets.words import (
    day_of,
    due_long,
    due_words,
    force_words,
    long_date,
    out_words,
    seen_words,
    short_date,
    title_of,
    unseen,
)

TWO_COLUMNS = 100
"""From this many columns on, what else there is stands beside the most urgent duty."""
URGENT = 6
"""The last rank that counts as urgent (rulebook.md, Urgency)."""
_GAP, _DUE = 3, 11
_CONTACTS, _TEXT, _ONE_TEXT = 5, 4, 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as the walk shows it: what the record says, who is who, what was recorded about it in this walk."""

    detail: CaseDetail
    names: Names
    done: tuple[Recorded, ...] = ()


class TriagePane(Drawn):
    """The case in one column, or from 100 columns in two. Told by `shown`, `reveal`, `said` (a sentence instead)."""

    DEFAULT_CSS = "TriagePane { height: 1fr; width: 1fr; }"

    shown: reactive[Shown | None] = reactive(None)
    reveal = reactive(False)
    said = reactive("")

    def __init__(self, today: date, owner: str) -> None:
        """For somebody to whom duties of an `owner` are their own."""
        super().__init__()
        self.today = today
        self.owner = owner
        self._drawn: tuple[tuple[object, ...], list[Line]] = ((), [])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """It has what the screen has left."""
        return max(1, self.size.height)

    def lines(self, width: int) -> list[Line]:
        """Everything, as much as there is room for; put together once, not for each line that is drawn."""
        made_for = (self.shown, self.reveal, self.said, width, self.size.height, current())
        if self._drawn[0] != made_for:
            self._drawn = (made_for, self._all(width))
        return self._drawn[1]

    def _all(self, width: int) -> list[Line]:
        if self.said:
            return [[], *([Piece("  "), *line] for line in wrap([Piece(self.said, Ink.DIM)], width - 4))]
        if self.shown is None:
            return []
        height = max(1, self.size.height)
        if width < TWO_COLUMNS:
            return fit(_one(_Teller(self, self.shown, width)), width, height)
        left, right = width * 11 // 20, width - width * 11 // 20 - _GAP
        lefts = fit(_first(_Teller(self, self.shown, left)), left, height)
        rights = fit(_second(_Teller(self, self.shown, right)), right, height)
        lefts += [[]] * (len(rights) - len(lefts))
        rights += [[]] * (len(lefts) - len(rights))
        return [
            [*one, Piece(" " * max(0, left + _GAP - width_of(one))), *other]
            for one, other in zip(lefts, rights, strict=True)
        ]


def _one(tell: "_Teller") -> list[Block]:
    """Everything in one column."""
    who = tell.who()
    return [
        Block(who, len(who)),
        Block(tell.notes(), 2, _more_notes, close=True),
        *tell.most_urgent(),
        tell.then(calm=False),
        tell.contacts(1, _ONE_TEXT),
    ]


def _first(tell: "_Teller") -> list[Block]:
    """The left column: who, what matters, what is urgent."""
    who, notes = tell.who(), tell.notes()
    return [
        Block(who, len(who)),
        Block(notes, 3, _more_notes, close=True),
        *tell.most_urgent(),
        tell.then(calm=False),
    ]


def _second(tell: "_Teller") -> list[Block]:
    """The right column: what was said, what is not known, what comes later."""
    return [tell.contacts(_CONTACTS, _TEXT), tell.missing(), tell.calm()]


def _more_notes(number: int) -> Line:
    return [Piece(f"  and {number} lines more: Enter opens the case", Ink.DIM)]


def _more_duties(number: int) -> Line:
    return [Piece(f"and {number} more: Enter opens the case", Ink.DIM)]


class _Teller:
    """Says one case, part by part, in lines of a width."""

    def __init__(self, pane: TriagePane, shown: Shown, width: int) -> None:
        self.detail, self.row, self.names = shown.detail, shown.detail.row, shown.names
        self.today, self.owner, self.reveal, self.width = pane.today, pane.owner, pane.reveal, width
        self.done = done_words(shown.done, pane.reveal)

    # Who, and what matters ------------------------------------------------------------------------------------------

    def who(self) -> list[Line]:
        """Name, number, where, tier; release; who is responsible and when they were last met; what was done."""
        said = f"{current().mark(State.MET)} {self.done}"
        done = wrap([Piece(said, Ink.CLEAR)], self.width) if self.done else []
        return [*self._name(), *wrap([Piece(self._release())], self.width), *self._people(), *done]

    def _name(self) -> list[Line]:
        row = self.row
        right = [Piece(f"tier {row.tier}" if row.tier is not None else "tier not known", Ink.STRONG)]
        if self.reveal:
            right.append(Piece(current().dot + risk_words(row), Ink.TODAY))
        about = current().dot.join((row.number, row.where or row.cell or "place not known"))
        whole = [Piece(row.name, Ink.STRONG), Piece(f"  {about}")]
        if width_of(whole) + width_of(right) + 2 <= self.width:
            return [apart(whole, right, self.width)]
        name, beside = wrap([Piece(row.name, Ink.STRONG)], self.width), [Piece(about)]
        if width_of(beside) + width_of(right) + 2 <= self.width:
            return [*name, apart(beside, right, self.width)]
        return [*name, beside, *wrap(right, self.width)]

    def _release(self) -> str:
        row, words = self.row, self.detail.release_words
        if row.release_date is None:
            return words or "release not known"
        kind = f" ({words})" if words else ""
        return f"release {long_date(row.release_date)}{kind}, {out_words(row.release_date, self.today)}"

    def _people(self) -> list[Line]:
        row = self.row
        supervisor = self.names.get(row.supervisor, row.supervisor) or "none named"
        manager = values(self.detail).get("offender-manager", "") or "not known"
        seen = seen_words(row.last_seen, self.today)
        last = "never seen here" if row.last_seen is None else f"last seen {seen} ago"
        late = row.last_seen is not None and unseen(row.last_seen, self.today)
        dot = current().dot
        said = [Piece(f"OS {supervisor}{dot}OM {manager}{dot}{last}")]
        return wrap([*said, Piece(" (unseen)", Ink.TODAY)] if late else said, self.width)

    def notes(self) -> list[Line]:
        """What the case has to say of itself."""
        told: list[Line] = []
        for note in self.detail.notes:
            shown = note if self.reveal or not gives_away(note) else "Something is to be looked at: v shows it."
            for at, line in enumerate(wrap([Piece(shown, Ink.UNKNOWN)], self.width - 2)):
                mark = current().mark(State.UNKNOWN) if at == 0 else " "
                told.append([Piece(f"{mark} ", Ink.UNKNOWN), *line])
        return told

    # What is due ----------------------------------------------------------------------------------------------------

    def most_urgent(self) -> list[Block]:
        """The duty that brings the case into the walk, and all there is to say why."""
        duty = self.row.next
        if duty is None:
            return [Block([[Piece("Nothing is due and nothing is open.", Ink.DIM)]], 1)]
        lines: list[Line] = []
        if (duty.rank or 9) > URGENT:
            lines.append([Piece("Nothing urgent is left here. What comes next:", Ink.DIM)])
        title = wrap([Piece(title_of(duty, self.reveal, self.owner), Ink.STRONG)], self.width - _DUE)
        for at, line in enumerate(title):
            lines.append([*(self._due(duty) if at == 0 else [Piece(" " * _DUE)]), *line])
        when = due_long(duty, self.today)
        why = why_words(duty, self.today, self.reveal)
        whole = [Piece(f"{when[:1].upper()}{when[1:]}. "), Piece(why)] if why == duty.why else [Piece(why)]
        lines += wrap(whole, self.width)
        lines += wrap([Piece(force_words(duty), Ink.DIM)], self.width)
        return [Block(lines, len(lines))]

    def then(self, *, calm: bool) -> Block:
        """The further urgent duties in a line each, then what is not known, then how much is open or later."""
        first = self.row.next.name if self.row.next else ""
        rest = [duty for duty in self.row.duties if duty.name != first and (duty.rank or 9) <= URGENT]
        lines = [self._line(duty) for duty in rest if not duty.missing]
        if self.row.missing and self.width < TWO_COLUMNS:
            lines += self._unknown()
        quiet = [duty for duty in self.row.duties if duty.name != first and (duty.rank or 9) > URGENT]
        if quiet and not calm:
            lines.append([Piece(f"{len(quiet)} more open or later", Ink.DIM)])
        return Block(lines, 2, _more_duties)

    def calm(self) -> Block:
        """What is open or later, a line each."""
        first = self.row.next.name if self.row.next else ""
        quiet = [duty for duty in self.row.duties if duty.name != first and (duty.rank or 9) > URGENT]
        return self._section("Open and later", [self._line(duty) for duty in quiet])

    def missing(self) -> Block:
        """Each fact that is not known, and how many duties wait for it."""
        told: list[Line] = []
        hidden = 0
        for fact in self.row.missing:
            if gives_away(fact.label) and not self.reveal:
                hidden += 1
                continue
            number = len(fact.needed_for)
            waiting = f"  {number} dut{'ies wait' if number != 1 else 'y waits'}"
            mark = Piece(f"{current().mark(State.UNKNOWN)} ", Ink.UNKNOWN)
            told.append([mark, Piece(pad(fact.label, self.width - cells(waiting) - 3)), Piece(waiting, Ink.DIM)])
        if hidden:
            told.append([Piece(f"  {hidden} {'are' if hidden != 1 else 'is'} discreet: v shows it", Ink.DIM)])
        return self._section("Cannot tell, because not known", told)

    def _unknown(self) -> list[Line]:
        """All that is not known in one line."""
        labels = [fact.label for fact in self.row.missing if self.reveal or not gives_away(fact.label)]
        number = len(self.row.missing)
        said = f"{number} fact{'s' if number != 1 else ''} not known{': ' if labels else ''}{', '.join(labels)}"
        mark = Piece(f"{current().mark(State.UNKNOWN)} ", Ink.UNKNOWN)
        return [[mark, Piece(cut(said, self.width - 2), Ink.UNKNOWN)]]

    def _line(self, duty: DutyRow) -> Line:
        title = cut(title_of(duty, self.reveal, self.owner), self.width - _DUE)
        return [*self._due(duty), Piece(title)]

    def _due(self, duty: DutyRow) -> Line:
        mark, ink = current().mark(duty.state), ink_of(duty.state)
        words = pad(due_words(duty, self.today), _DUE - 2 - len(mark))
        return [Piece(mark, ink, duty.state in (State.SAFETY, State.OVERDUE)), Piece(f" {words} ", ink)]

    # What was said --------------------------------------------------------------------------------------------------

    def contacts(self, most: int, lines: int) -> Block:
        """The last contacts: when, how, by whom, and what was said in so many lines."""
        known = {contact.id: contact for contact in self.detail.contacts}
        told: list[Line] = []
        found = (entry for entry in story(self.detail, self.names, self.reveal) if entry.id in known)
        for entry, _ in zip(found, range(most), strict=False):
            declined = ", declined" if known[entry.id].declined else ""
            when = short_date(day_of(entry.effective), self.today)
            parts = (f"{entry.kind}{declined}", when, entry.by)
            lead = "Last " if not told else ""
            told.append([Piece(cut(lead + current().dot.join(part for part in parts if part), self.width), Ink.ACCENT)])
            # The story leaves out what gives something away; what it left then stands in the summary.
            whole = entry.text.startswith(known[entry.id].text)
            text = paragraphs(entry.text if whole else f"{entry.summary} {entry.text}".strip(), self.width)
            told += text if len(text) <= lines else [*text[: lines - 1], going_on(text[lines - 1], self.width)]
        if not told:
            told = [[Piece("No contact is recorded yet: c logs one.", Ink.DIM)]]
        return Block(told, 3)

    def _section(self, heading: str, lines: list[Line]) -> Block:
        return Block([[Piece(heading, Ink.ACCENT)], *lines] if lines else [], 3, _more_duties)
