"""One case of a triage walk: who, what matters, the most urgent duty and its whole why, the rest, the last contact."""

from datetime import date

from textual.geometry import Size
from textual.reactive import reactive

from screens.triage_fit import Block, fit
from screens.triage_telling import Shown, Teller
from widgets.frame import Drawn
from widgets.lines import Line, Piece, width_of, wrap
from widgets.looks import current
from widgets.palette import Ink

TWO_COLUMNS = 100
"""From this many columns on, what else there is stands beside the most urgent duty."""
_GAP = 3
_CONTACTS, _TEXT, _ONE_TEXT = 5, 4, 6


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
            return fit(_one(self._teller(self.shown, width)), width, height)
        left = width * 11 // 20
        right = width - left - _GAP
        lefts = fit(_first(self._teller(self.shown, left)), left, height)
        rights = fit(_second(self._teller(self.shown, right)), right, height)
        lefts += [[]] * (len(rights) - len(lefts))
        rights += [[]] * (len(lefts) - len(rights))
        return [
            [*one, Piece(" " * max(0, left + _GAP - width_of(one))), *other]
            for one, other in zip(lefts, rights, strict=True)
        ]

    def _teller(self, shown: Shown, width: int) -> Teller:
        return Teller(shown, self.today, self.owner, self.reveal, width)


def _one(tell: Teller) -> list[Block]:
    """Everything in one column."""
    return [tell.who(), tell.notes(), tell.most_urgent(), tell.then(whole=True), tell.contacts(1, _ONE_TEXT)]


def _first(tell: Teller) -> list[Block]:
    """The left column: who, what matters, what is urgent."""
    return [tell.who(), tell.notes(), tell.most_urgent(), tell.then(whole=False)]


def _second(tell: Teller) -> list[Block]:
    """The right column: what was said, what is not known, what comes later."""
    return [tell.contacts(_CONTACTS, _TEXT), tell.missing(), tell.calm()]
