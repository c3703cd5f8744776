"""Barriers to re-release as lines: under the recall of a case, and beside the forms of its reviews."""

from collections.abc import Iterable
from datetime import date

from db.recalls import Barrier
from db.rows import State
from policy.recall import FORMAL_REVIEWS, PROACTIVE
from policy.recall_words import label_of, recall_words
from screens.words import Pieces
from widgets.discretion import gives_away
from widgets.lines import Line, Piece
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import short_date

REVIEWS = frozenset({*FORMAL_REVIEWS, PROACTIVE, "recall-part-b"})
"""The duties that ask what is in the way of release."""
HIDDEN = "discreet: v shows it"
_SHOWN = 4


def shown(text: str, reveal: bool) -> str:
    """A text, or that it waits until it is revealed."""
    return text if reveal or not gives_away(text) else HIDDEN


def barrier_state(one: Barrier, today: date) -> tuple[State, str]:
    """How a barrier stands against its day, as a mark and in words."""
    if one.removed:
        return State.MET, "gone"
    if one.by is None:
        return State.OPEN, "no date"
    if one.by < today:
        return State.OVERDUE, f"{(today - one.by).days}d late"
    if one.by == today:
        return State.TODAY, "today"
    return (State.WEEK if (one.by - today).days <= 7 else State.OPEN), short_date(one.by, today)


def in_the_way(barriers: Iterable[Barrier], today: date, reveal: bool) -> tuple[str, ...]:
    """The barriers that still stand, a sentence each: what, whose, by when, what is done, what else would do."""
    said = []
    for one in barriers:
        if one.removed is None:
            by = f"by {short_date(one.by, today)}" if one.by else "no date"
            what = label_of(recall_words().barrier, one.what)
            instead = f" Instead: {shown(one.alternatives, reveal)}." if one.alternatives else ""
            said.append(f"In the way: {what}, {one.owner}, {by}: {shown(one.action, reveal).rstrip('.')}.{instead}")
    return tuple(said)


class BarriersBeside(Pieces):
    """The barriers that still stand, beside the form of a review: the first few, with whose and by when."""

    def __init__(self, barriers: Iterable[Barrier], today: date, reveal: bool) -> None:
        """Those of `barriers` that are not gone."""
        standing = [one for one in barriers if one.removed is None]
        super().__init__([[], *_beside(standing, today, reveal)])


def _beside(standing: list[Barrier], today: date, reveal: bool) -> Iterable[Line]:
    if not standing:
        yield [Piece("In the way: no barrier is recorded. r a b in the case records one.", Ink.DIM)]
        return
    yield [Piece(f"In the way: {len(standing)}", Ink.ACCENT)]
    for one in standing[:_SHOWN]:
        state, when = barrier_state(one, today)
        what = label_of(recall_words().barrier, one.what)
        dot = current().dot
        yield [
            Piece(f"{current().mark(state)} {when}", ink_of(state)),
            Piece(f"{dot}{what}{dot}{one.owner}{dot}{shown(one.action, reveal)}"),
        ]
    if len(standing) > _SHOWN:
        yield [Piece(f"and {len(standing) - _SHOWN} more: r in the case", Ink.DIM)]
