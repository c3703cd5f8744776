"""Which columns the caseload has at a width, and what stands in each."""

from dataclasses import dataclass
from datetime import date

from db.rows import NOT_HERE, CaseRow, State
from widgets.discretion import fit_headline, risk_words
from widgets.lines import Line, Piece, cut_front, pad
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import due_words, fit_name, out_words, seen_words, unseen

_COUNTED = frozenset({State.SAFETY, State.OVERDUE, State.TODAY, State.WEEK, State.UNKNOWN})
_SCOPES = {"in": "in scope", "extension": "local extension", "out": "out of scope", "unknown": "cannot tell"}
_STATUS = 10
_MORE = 3
_SEEN = 5


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of the columns in cells; 0 leaves one out. Gaps are one cell, two before the name."""

    duty: int
    name: int
    number: int
    tier: int
    where: int
    about: int
    release: int


def columns(width: int) -> Columns:
    """The columns of a caseload `width` cells wide; what is left over goes to duty and name."""
    number, tier = (7, 4) if width >= 100 else (0, 0)
    about, release = (0, 0) if width < 120 else (18, 0) if width < 150 else (26, 14)
    where = 9 if width < 120 else 10
    optional = sum(column + 1 for column in (number, tier, about, release) if column)
    # Status, +, where, seen, out and the gaps: what every width has.
    left = max(24, width - (_STATUS + 1 + _MORE + 2 + 1 + where + 1 + _SEEN + 1 + 4) - optional)
    name = max(8, min(28, left * 18 // 42))
    return Columns(min(60, left - name), name, number, tier, where, about, release)


def heading(width: int, reveal: bool) -> Line:
    """The line of column names."""
    at = columns(width)
    names = [pad("  Due", _STATUS), pad("Next duty", at.duty) + pad("+", _MORE, right=True) + " ", pad("Name", at.name)]
    optional = [("Number", at.number), ("Tier", at.tier)]
    names += [pad(name, size) for name, size in optional if size]
    names.append(pad("Where", at.where))
    names += [
        pad(name, size) for name, size in (("Risk" if reveal else "Scope", at.about), ("Release", at.release)) if size
    ]
    return [Piece(" ".join([*names, pad("Seen", _SEEN), "Out"]), Ink.DIM)]


def others(row: CaseRow) -> int:
    """How many duties besides the first are late, today, within seven days or cannot be told."""
    first = row.next.name if row.next else ""
    return sum(duty.state in _COUNTED and duty.name != first for duty in row.duties)


def line(row: CaseRow, width: int, today: date, reveal: bool, owner: str, cursor: bool) -> Line:
    """One person's line."""
    at = columns(width)
    more = f"+{number}" if (number := others(row)) else ""
    pieces = [
        *status(row, today),
        Piece(
            " " + _duty(row, at.duty + _MORE - 1 - len(more), reveal, owner), Ink.TEXT if row.next else Ink.DIM, cursor
        ),
        Piece(f" {more}  ", Ink.DIM),
        Piece(pad(fit_name(row, at.name), at.name) + " ", Ink.TEXT, cursor),
    ]
    if at.number:
        tier = "?" if row.tier is None else str(row.tier)
        pieces += [Piece(pad(row.number, at.number) + " ", Ink.DIM), Piece(pad(tier, at.tier) + " ", Ink.DIM)]
    pieces.append(Piece(pad(cut_front(row.where, at.where), at.where) + " "))
    if at.about:
        about = risk_words(row) if reveal else _SCOPES.get(row.scope, row.scope)
        pieces.append(Piece(pad(about, at.about) + " " + pad(row.release_kind, at.release) + " ", Ink.DIM))
    pieces.append(
        Piece(
            pad(seen_words(row.last_seen, today), _SEEN) + " ", Ink.OVERDUE if unseen(row.last_seen, today) else Ink.DIM
        )
    )
    out = "" if row.where == NOT_HERE else out_words(row.release_date, today)
    pieces.append(Piece(out, Ink.DIM))
    return pieces


def status(row: CaseRow, today: date) -> Line:
    """Mark and due words of the most urgent duty, ten cells."""
    mark, ink = current().mark(row.state), ink_of(row.state)
    words = pad(due_words(row.next, today), _STATUS - 1 - len(mark))
    return [Piece(mark, ink, row.state in (State.SAFETY, State.OVERDUE, State.UNKNOWN)), Piece(" " + words, ink)]


def _duty(row: CaseRow, width: int, reveal: bool, owner: str) -> str:
    if row.next is None:
        return pad("nothing due", width)
    return pad(fit_headline(row, row.next, width, reveal, owner), width)
