"""The duties of one case: the reader's own each on a line with its why beneath, everybody else's folded into one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual.message import Message
from textual.reactive import var

from db.rows import DutyRow, State
from widgets.lines import Line, Piece, cells, cut, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.why_pane import why_words
from widgets.words import bare_title, chase_words, due_long, due_words, force_words, last_working_day_words

_FOLD = "chase"
_INDENT = 11


@dataclass(frozen=True, slots=True)
class Folded:
    """Everybody else's duties on one line."""

    duties: tuple[DutyRow, ...]
    opened: bool

    @property
    def words(self) -> str:
        """Who is to be chased, how often: `chase: CRC 2, OM 1`."""
        owners = Counter(duty.owner for duty in self.duties)
        return f"{_FOLD}: " + ", ".join(f"{owner} {number}" for owner, number in owners.items())


class DutyList(Listing[DutyRow | Folded]):
    """Duties in the order given. Enter chooses one, or opens and closes those of others."""

    today = var(date.min)
    reveal = var(False)
    owner = var("OS")

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on a duty, or on none."""

        duty: DutyRow | None

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a duty."""

        duty: DutyRow

    def __init__(
        self,
        *,
        empty: str = "No duties yet: they start with facts. Tab goes to the facts, Enter on one fills it in.",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(empty=empty, id=id, classes=classes)
        self._duties: tuple[DutyRow, ...] = ()
        self._unfolded = False

    @property
    def shown(self) -> DutyRow | None:
        """The duty under the cursor; none on the folded line."""
        return self.item if isinstance(self.item, DutyRow) else None

    def show(self, items: Sequence[DutyRow | Folded]) -> None:
        """Show these duties; those still to be done by others are folded together."""
        self._duties = tuple(item for item in items if isinstance(item, DutyRow))
        others = tuple(duty for duty in self._duties if duty.live and chase_words(duty, self.owner))
        mine = [duty for duty in self._duties if duty.live and not chase_words(duty, self.owner)]
        settled = [duty for duty in self._duties if not duty.live]
        fold: list[DutyRow | Folded] = (
            [Folded(others, self._unfolded), *(others if self._unfolded else ())] if others else []
        )
        super().show([*mine, *fold, *settled])

    def go_to(self, key: str) -> bool:
        """Put the cursor on the duty of this name, unfolding it if need be."""
        if super().go_to(key):
            return True
        if self._unfolded or not any(duty.name == key for duty in self._duties):
            return False
        self._unfolded = True
        self.show(self._duties)
        return super().go_to(key)

    def key_of(self, item: DutyRow | Folded) -> str:
        """The duty's name."""
        return item.name if isinstance(item, DutyRow) else _FOLD

    def head(self, item: DutyRow | Folded, width: int, cursor: bool) -> Line:
        """Mark, due words, title."""
        if isinstance(item, Folded):
            return self._fold_line(item, width, cursor)
        mark, ink = current().mark(item.state), ink_of(item.state)
        chase = chase_words(item, self.owner)
        title = cut(bare_title(item, self.reveal), width - _INDENT - cells(chase))
        words = pad(due_words(item, self.today), _INDENT - 2 - len(mark))
        return [
            Piece(mark, ink, item.state in (State.SAFETY, State.OVERDUE)),
            Piece(f" {words} ", ink),
            Piece(title, Ink.TEXT if item.live else Ink.DIM, cursor),
            Piece(chase, Ink.DIM),
        ]

    def _fold_line(self, fold: Folded, width: int, cursor: bool) -> Line:
        first = fold.duties[0]
        mark, ink = current().mark(first.state), ink_of(first.state)
        words = pad(due_words(first, self.today), _INDENT - 2 - len(mark))
        opener = current().opener(fold.opened)
        return [
            Piece(mark, ink),
            Piece(f" {words} ", ink),
            Piece(f"{opener} {cut(fold.words, width - _INDENT - 2)}", Ink.TEXT, cursor),
        ]

    def beneath(self, item: DutyRow | Folded, width: int) -> list[Line]:
        """Why, in full; then when, what it rests on, and what is missing."""
        if isinstance(item, Folded):
            words = "Enter folds them away." if item.opened else "Others owe these. Enter shows them."
            return [[Piece(" " * _INDENT + words, Ink.DIM)]]
        when = due_long(item, self.today)
        said = [when[:1].upper() + when[1:], last_working_day_words(item, self.today), force_words(item)]
        text = [
            Piece(why_words(item, self.today, self.reveal)),
            Piece(" " + current().dot.join(part for part in said if part), Ink.DIM),
        ]
        return [[Piece(" " * _INDENT), *line] for line in wrap(text, width - _INDENT)]

    def highlighted(self, item: DutyRow | Folded | None) -> None:
        """Say which duty the cursor is on."""
        self.post_message(self.Highlighted(item if isinstance(item, DutyRow) else None))

    def chosen(self, item: DutyRow | Folded) -> None:
        """Choose a duty, or open and close the fold."""
        if isinstance(item, DutyRow):
            self.post_message(self.Chosen(item))
            return
        self._unfolded = not item.opened
        self.show(self._duties)

    def _again(self) -> None:
        self.show(self._duties)

    def watch_today(self) -> None:
        """Another day, other words."""
        self._again()

    def watch_reveal(self) -> None:
        """Titles and whys come or go."""
        self._again()

    def watch_owner(self) -> None:
        """Other duties are folded."""
        self._again()
