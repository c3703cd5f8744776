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
    """Who and why, then, where a line is left, the duties that come next. Three lines, or as many as given."""

    row = reactive[CaseRow | None](None)
    reveal = reactive(False)
    today = reactive(date.min)
    owner = reactive("OS")
    hint = reactive("v reveal")

    def lines(self, width: int) -> list[Line]:
        """The sentence and the line of what comes then; a sentence that needs every line has them, beside the hint."""
        if self.row is None:
            return []
        height = max(3, self.size.height)
        said = self._said(self.row, width, height)
        if len(said) < height:
            return [*said, *[[] for _ in range(height - 1 - len(said))], self._then(self.row, width)]
        return [*said[:-1], apart(said[-1], self._hint(), width)]

    def _said(self, row: CaseRow, width: int, height: int) -> list[Line]:
        """Who and why in so many lines, cut before its source if it must be; the last leaves room for the hint."""
        who = [Piece(row.name, Ink.STRONG), Piece(f" {row.number}{self._tier(row)}{self._risk(row)}{current().dot}")]
        if row.next is None:
            return wrap([*who, Piece("Nothing is due.")], width)[: height - 1]
        tail = Piece(f" {force_words(row.next)}", Ink.DIM)
        why = why_words(row.next, self.today, self.reveal)
        words = why.split(" ")
        least = width - width_of(self._hint()) - 2

        def said(count: int) -> list[Line]:
            kept = why if count == len(words) else " ".join(words[:count]) + current().cut
            return wrap([*who, Piece(kept), tail], width)

        def too_long(lines: list[Line]) -> bool:
            return len(lines) > height or (len(lines) == height and width_of(lines[-1]) > least)

        if not too_long(lines := said(len(words))):
            return lines
        return said(bisect_left(range(1, len(words)), True, key=lambda count: too_long(said(count))))[:height]

    def _tier(self, row: CaseRow) -> str:
        return f"{current().dot}tier {row.tier}" if row.tier is not None else f"{current().dot}tier not known"

    def _risk(self, row: CaseRow) -> str:
        return current().dot + risk_words(row) if self.reveal else ""

    def _hint(self) -> Line:
        if self.reveal:
            return [Piece("revealed", Ink.TODAY)]
        key, blank, does = self.hint.partition(" ")
        return [Piece(key), Piece(blank + does, Ink.DIM)]

    def _then(self, row: CaseRow, width: int) -> Line:
        hint = self._hint()
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
