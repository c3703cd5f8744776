"""One case of a triage walk in words: each part of it as a block of lines, for the pane to put where there is room."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from db.rows import CaseDetail, DutyRow, Recorded, State
from screens.case_words import Names, story, values
from screens.triage_fit import Block, going_on
from screens.triage_walk import done_words
from widgets.discretion import gives_away, risk_words
from widgets.lines import Line, Piece, apart, cells, cut, pad, paragraphs, width_of, wrap
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.why_pane import why_words
from widgets.words import (
    bare_title,
    chase_words,
    day_of,
    due_long,
    due_words,
    force_words,
    last_seen_words,
    long_date,
    out_words,
    short_date,
    title_of,
    unseen,
)

URGENT = 6
"""The last rank that counts as urgent (rulebook.md, Urgency)."""
_DUE = 11


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as the walk shows it: what the record says, who is who, what was recorded about it in this walk."""

    detail: CaseDetail
    names: Names
    done: tuple[Recorded, ...] = ()


def _more_notes(_: int) -> Line:
    return [Piece("  and more: Enter opens the case", Ink.DIM)]


def _more_duties(number: int) -> Line:
    return [Piece(f"and {number} more: Enter opens the case", Ink.DIM)]


def _facts_words(number: int) -> str:
    return f"{number} fact{'s' if number != 1 else ''} not known"


class Teller:
    """Says one case, part by part, in lines of a width."""

    def __init__(self, shown: Shown, today: date, owner: str, reveal: bool, width: int) -> None:
        """`owner` is whose duties are the reader's own."""
        self.detail, self.row, self.names = shown.detail, shown.detail.row, shown.names
        self.today, self.owner, self.reveal, self.width = today, owner, reveal, width
        self.done = done_words(shown.done, reveal)

    # Who, and what matters ------------------------------------------------------------------------------------------

    def who(self) -> Block:
        """Name, number, where, tier; release; who is responsible and when they were last met; what was done."""
        said = f"{current().mark(State.MET)} done in this walk: {self.done}"
        done = wrap([Piece(said, Ink.CLEAR)], self.width) if self.done else []
        lines = [*self._name(), *wrap([Piece(self._release())], self.width), *self._people(), *done]
        return Block(lines, len(lines))

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
        last = last_seen_words(row.last_seen, self.today)
        late = row.last_seen is not None and unseen(row.last_seen, self.today)
        dot = current().dot
        said = [Piece(f"OS {supervisor}{dot}OM {manager}{dot}{last}")]
        return wrap([*said, Piece(" (unseen)", Ink.TODAY)] if late else said, self.width)

    def notes(self) -> Block:
        """What the case has to say of itself."""
        told: list[Line] = []
        for note in (*self.detail.stands, *self.detail.notes):
            shown = note if self.reveal or not gives_away(note) else "Something is to be looked at: v shows it."
            for at, line in enumerate(wrap([Piece(shown, Ink.UNKNOWN)], self.width - 2)):
                mark = current().mark(State.UNKNOWN) if at == 0 else " "
                told.append([Piece(f"{mark} ", Ink.UNKNOWN), *line])
        return Block(told, 2, _more_notes, close=True)

    # What is due ----------------------------------------------------------------------------------------------------

    def most_urgent(self) -> Block:
        """The duty that brings the case into the walk, and all there is to say why."""
        duty = self.row.next
        if duty is None:
            return Block([[Piece("Nothing is due and nothing is open.", Ink.DIM)]], 1)
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
        return Block(lines, len(lines))

    def then(self, *, whole: bool) -> Block:
        """The further urgent duties in a line each; where that is the whole, also what is not known, open or later."""
        urgent, quiet = self._others()
        each = [self._line(duty) for duty in urgent if not duty.missing]
        unknown = [self._unknown()] if whole and self.row.missing else []
        later = [[Piece(f"{len(quiet)} more open or later", Ink.DIM)]] if whole and quiet else []
        lines = [*each, *unknown, *later]

        def more(number: int) -> Line:
            hidden = len(each) - (len(lines) - number)
            said = [f"and {hidden} more"] if hidden > 0 else []
            said += [_facts_words(len(self.row.missing))] if unknown else []
            said += [f"{len(quiet)} open or later"] if later else []
            return [Piece(f"{current().dot.join(said)}: Enter opens the case", Ink.DIM)]

        return Block(lines, 2, more)

    def calm(self) -> Block:
        """What is open or later, a line each."""
        return self._section("Open and later", [self._line(duty) for duty in self._others()[1]])

    def _others(self) -> tuple[list[DutyRow], list[DutyRow]]:
        """What there is besides the most urgent duty: urgent, and open or later."""
        first = self.row.next.name if self.row.next else ""
        others = [duty for duty in self.row.duties if duty.name != first]
        urgent = [duty for duty in others if (duty.rank or 9) <= URGENT]
        return urgent, [duty for duty in others if duty not in urgent]

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

    def _unknown(self) -> Line:
        """All that is not known in one line."""
        labels = [fact.label for fact in self.row.missing if self.reveal or not gives_away(fact.label)]
        said = f"{_facts_words(len(self.row.missing))}{': ' if labels else ''}{', '.join(labels)}"
        mark = Piece(f"{current().mark(State.UNKNOWN)} ", Ink.UNKNOWN)
        return [mark, Piece(cut(said, self.width - 2), Ink.UNKNOWN)]

    def _line(self, duty: DutyRow) -> Line:
        chase = chase_words(duty, self.owner)
        title = cut(bare_title(duty, self.reveal), self.width - _DUE - cells(chase))
        return [*self._due(duty), Piece(title), Piece(chase, Ink.DIM)]

    def _due(self, duty: DutyRow) -> Line:
        mark, ink = current().mark(duty.state), ink_of(duty.state)
        words = pad(due_words(duty, self.today), _DUE - 2 - len(mark))
        return [Piece(mark, ink, duty.state in (State.SAFETY, State.OVERDUE)), Piece(f" {words} ", ink)]

    # What was said --------------------------------------------------------------------------------------------------

    def contacts(self, most: int, lines: int) -> Block:
        """The last contacts: when, how, by whom, and what was said in so many lines."""
        told: list[Line] = []
        found = ((one, one.contact) for one in story(self.detail, self.names, self.reveal) if one.contact)
        for entry, contact in islice(found, most):
            declined = ", declined" if contact.declined else ""
            when = short_date(day_of(entry.effective), self.today)
            parts = (f"{entry.kind}{declined}", when, entry.by)
            lead = "Last " if not told else ""
            told.append([Piece(cut(lead + current().dot.join(part for part in parts if part), self.width), Ink.ACCENT)])
            # The story leaves out what gives something away; what it left then stands in the summary.
            whole = entry.text.startswith(contact.text)
            text = paragraphs(entry.text if whole else f"{entry.summary} {entry.text}".strip(), self.width)
            told += text if len(text) <= lines else [*text[: lines - 1], going_on(text[lines - 1], self.width)]
        if not told:
            told = [[Piece("No contact is recorded yet: c logs one.", Ink.DIM)]]
        return Block(told, 3)

    def _section(self, heading: str, lines: list[Line]) -> Block:
        return Block([[Piece(heading, Ink.ACCENT)], *lines] if lines else [], 3, _more_duties)
