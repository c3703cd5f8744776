"""Beside a wide caseload: the person under the cursor, why they stand there, and everything else that is due."""

from datetime import date

from textual.reactive import reactive

from db.rows import CaseRow, DutyRow, MissingFact, State
from widgets.discretion import gives_away, risk_words
from widgets.frame import Drawn
from widgets.lines import Line, Piece, pad, wrap
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.why_pane import why_words
from widgets.words import due_words, force_words, last_seen_words, out_words, short_date, title_of

_MARGIN, _DUE, _FEW = 2, 11, 5


class CaseloadPane(Drawn):
    """One case in a column. Told by `row`, `today`, `reveal`, `owner`, like the list it stands beside."""

    DEFAULT_CSS = "CaseloadPane { width: 50; height: 1fr; }"

    row = reactive[CaseRow | None](None)
    today = reactive(date.min)
    reveal = reactive(False)
    owner = reactive("OS")

    def lines(self, width: int) -> list[Line]:
        """Who, why, and the other duties, as many as fit."""
        if self.row is None:
            return []
        room = width - _MARGIN
        said = [*self._who(self.row, room), [], *self._why(self.row, room)]
        first = self.row.next.name if self.row.next else ""
        waiting = [self._duty(duty, room) for duty in self.row.duties if duty.name != first and not duty.missing]
        missing = [self._missing(fact, room) for fact in self.row.missing]
        kept = 2 + min(_FEW, len(missing)) if missing else 0
        said += self._section("Then", waiting, max(1, self.size.height - len(said) - 2 - kept))
        said += self._section("Cannot tell, because not known", missing, self.size.height - len(said) - 2)
        return [[Piece(" " * _MARGIN), *line] for line in said]

    def _who(self, row: CaseRow, width: int) -> list[Line]:
        dot = current().dot
        tier = "not known" if row.tier is None else str(row.tier)
        about = f"{row.number}{dot}tier {tier}{dot}{row.where or 'where not known'}"
        release = f"release {short_date(row.release_date, self.today)}" if row.release_date else "release not known"
        kind = f" ({row.release_kind})" if row.release_kind and row.release_date else ""
        out = f", {out_words(row.release_date, self.today)}" if row.release_date else ""
        lines = [[Piece(row.name, Ink.STRONG)], *wrap([Piece(about)], width)]
        lines += wrap([Piece(f"{release}{kind}{out}", Ink.DIM)], width)
        lines += [[Piece(last_seen_words(row.last_seen, self.today), Ink.DIM)]]
        return [*lines, *wrap([Piece(risk_words(row), Ink.TODAY)], width)] if self.reveal else lines

    def _why(self, row: CaseRow, width: int) -> list[Line]:
        if row.next is None:
            return [[Piece("Nothing is due.", Ink.DIM)]]
        duty = row.next
        title = wrap([Piece(title_of(duty, self.reveal, self.owner), Ink.STRONG)], width - _DUE)
        due = pad(f"{current().mark(duty.state)} {due_words(duty, self.today)}", _DUE)
        lines: list[Line] = [
            [Piece(due if not at else " " * _DUE, ink_of(duty.state)), *line] for at, line in enumerate(title)
        ]
        lines += wrap([Piece(why_words(duty, self.today, self.reveal))], width)
        return [*lines, *wrap([Piece(force_words(duty), Ink.DIM)], width)]

    def _section(self, heading: str, lines: list[Line], room: int) -> list[Line]:
        """As many of the lines as fit under their heading, and how many do not."""
        if not lines or room < 2:
            return []
        shown = lines if len(lines) <= room else lines[: room - 1]
        more = len(lines) - len(shown)
        return [[], [Piece(heading, Ink.STRONG)], *shown, *([[Piece(f"and {more} more", Ink.DIM)]] if more else [])]

    def _missing(self, fact: MissingFact, width: int) -> Line:
        name = fact.label if self.reveal or not gives_away(fact.label) else "something discreet"
        count = len(fact.needed_for)
        needed = f"  {count} {'duty' if count == 1 else 'duties'}"
        mark = current().mark(State.UNKNOWN)
        return [
            Piece(f"{mark} ", ink_of(State.UNKNOWN)),
            Piece(pad(name, width - len(needed) - 3)),
            Piece(needed, Ink.DIM),
        ]

    def _duty(self, duty: DutyRow, width: int) -> Line:
        due = pad(f"{current().mark(duty.state)} {due_words(duty, self.today)}", _DUE)
        return [
            Piece(due, ink_of(duty.state)),
            Piece(pad(title_of(duty, self.reveal, self.owner), width - _DUE), Ink.DIM),
        ]
