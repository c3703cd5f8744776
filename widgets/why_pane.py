"""Under the caseload: who the cursor is on, why their first duty is due, and what comes then."""

from bisect import bisect_left
from datetime import date

from textual.reactive import reactive

from db.rows import CaseRow, DutyRow
from widgets.discretion import gives_away, risk_words
from widgets.frame import Drawn
from widgets.lines import Line, Piece, apart, cells, cut, width_of, wrap
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import due_long, due_words, force_words, title_of


class WhyPane(Drawn):
    """Who and why in all its lines but the last, then the duties that come next. Three lines, or as many as given."""

    row = reactive[CaseRow | None](None)
    reveal = reactive(False)
    today = reactive(date.min)
    owner = reactive("OS")
    hint = reactive("v reveal")

    def lines(self, width: int) -> list[Line]:
        """The sentence, cut before its source if it must be, and the line of what comes then."""
        if self.row is None:
            return []
        room = max(3, self.size.height) - 1
        said = self._said(self.row, width, room)
        return [*said, *[[] for _ in range(room - len(said))], self._then(self.row, width)]

    def _said(self, row: CaseRow, width: int, room: int) -> list[Line]:
        who = [Piece(row.name, Ink.STRONG), Piece(f" {row.number}{self._tier(row)}{self._risk(row)}{current().dot}")]
        if row.next is None:
            return wrap([*who, Piece("Nothing is due.")], width)[:room]
        tail = Piece(f" {force_words(row.next)}", Ink.DIM)
        why = why_words(row.next, self.today, self.reveal)
        lines = wrap([*who, Piece(why), tail], width)
        if len(lines) <= room:
            return lines
        words = why.split(" ")

        def cut_after(count: int) -> list[Line]:
            return wrap([*who, Piece(" ".join(words[:count]) + current().cut), tail], width)

        most = bisect_left(range(1, len(words)), True, key=lambda count: len(cut_after(count)) > room)
        return cut_after(most)[:room]

    def _tier(self, row: CaseRow) -> str:
        return f"{current().dot}tier {row.tier}" if row.tier is not None else f"{current().dot}tier not known"

    def _risk(self, row: CaseRow) -> str:
        return current().dot + risk_words(row) if self.reveal else ""

    def _then(self, row: CaseRow, width: int) -> Line:
        key, blank, does = self.hint.partition(" ")
        hint = [Piece(key), Piece(blank + does, Ink.DIM)]
        if self.reveal:
            hint = [Piece("revealed", Ink.TODAY)]
        room = width - width_of(hint) - 3
        then: Line = []
        for duty in self._next(row):
            lead = current().dot if then else "Then: "
            said = [Piece(lead + title_of(duty, self.reveal, self.owner) + " ", Ink.DIM), *self._state(duty)]
            if width_of([*then, *said]) > room:
                if not then:
                    spare = room - width_of(said[1:]) - cells(lead)
                    then = [Piece(lead + cut(title_of(duty, self.reveal, self.owner), spare) + " ", Ink.DIM), *said[1:]]
                break
            then += said
        return apart(then, hint, width)

    def _next(self, row: CaseRow) -> list[DutyRow]:
        first = row.next.name if row.next else ""
        return [duty for duty in row.duties if duty.live and duty.name != first]

    def _state(self, duty: DutyRow) -> Line:
        return [Piece(f"{current().mark(duty.state)} {due_words(duty, self.today)}", ink_of(duty.state))]


def why_words(duty: DutyRow, today: date, reveal: bool) -> str:
    """Why a duty is due; where that would give something away and nothing is revealed, only when it is due."""
    if reveal or not gives_away(duty.why):
        return duty.why
    said = due_long(duty, today)
    return f"{said[:1].upper()}{said[1:]}. Reveal it to see what it started from."
