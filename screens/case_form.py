"""What the forms about one case share: whom they are about, and which duty, asked first where there are several."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widget import Widget

from db import views
from db.rows import DutyRow
from screens.base import Sitting
from screens.case_words import MINE
from screens.foot import Foot
from screens.forms import FormScreen
from screens.messages import Go
from screens.routes import Route
from screens.words import Pieces, Words
from widgets.discretion import gives_away, title_about
from widgets.lines import Line, Piece, cells, cut, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import due_long, due_words

_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
_DUE = 11
_DISCREET = "What it started from is discreet: the case shows it with v."


class CaseForm(FormScreen):
    """A form about one case."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the case `route` names. Raises NotFound."""
        super().__init__(sitting, route)
        self.detail = views.case_detail(sitting.actor, route.case, sitting.today)
        self.mine = MINE[sitting.actor.role]

    def subject(self) -> str:
        """Name, number, place, in what eighty columns leave beside the title."""
        row = self.detail.row
        about = f"  {row.number}  {row.where or row.cell}".rstrip()
        return cut(row.name, min(40, 77 - len(self.TITLE_WORDS) - len(about))) + about

    def refused(self, sentence: str) -> Widget:
        """What the form says instead of fields the record would refuse; all that is left is to leave."""
        self._foot = Foot(("leave", "keys"))
        return Words(f"{sentence} Esc leaves.", ink=Ink.TODAY)

    def duty_title(self, duty: DutyRow) -> str:
        """A duty's title as it may stand here, with whom to chase."""
        chase = "" if duty.owner in self.mine else f" (chase {duty.owner})"
        return title_about(duty, self.office) + chase

    def live(self) -> tuple[DutyRow, ...]:
        """What is still to be done: the reader's own first, the most urgent first."""
        return tuple(
            sorted((duty for duty in self.detail.duties if duty.live), key=lambda duty: duty.owner not in self.mine)
        )


class DutyForm(CaseForm):
    """A form about one duty of a case. Where none was named and there are several, one keystroke chooses it."""

    NOTHING: ClassVar[str] = "Nothing is outstanding in this case."
    """What to say where there is no duty to choose."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the duty `route` names, or the only one there is."""
        super().__init__(sitting, route)
        choices = self.live()
        self.duty = self._named(route.cursor) or (choices[0] if len(choices) == 1 else None)
        self.pick = DutyPick(choices, sitting.today, self.office, self.mine)
        if self.duty is None:
            self._foot = Foot((("Enter", "choose"), "leave", "keys"))

    def _named(self, name: str) -> DutyRow | None:
        return next((duty for duty in self.detail.duties if name and duty.name == name), None)

    def fields(self) -> Iterable[Widget]:
        """The duties to choose from, or the fields of the one there is."""
        if self.duty is not None:
            yield from self.duty_fields(self.duty)
        elif self.live():
            yield self.pick
        else:
            yield self.refused(self.NOTHING)

    def duty_fields(self, duty: DutyRow) -> Iterable[Widget]:
        """The fields for this duty. Subclasses override this."""
        raise NotImplementedError

    def about(self, duty: DutyRow) -> Widget:
        """The duty in words: title, when it is due, why."""
        when = due_long(duty, self.today)
        why = _DISCREET if gives_away(duty.why) and not self.office else duty.why
        return Pieces(
            [
                [Piece(self.duty_title(duty), Ink.STRONG)],
                [Piece(current().mark(duty.state) + " ", ink_of(duty.state)), Piece(f"{when[:1].upper()}{when[1:]}.")],
                [Piece(why, Ink.DIM)],
                [],
            ]
        )

    def on_mount(self) -> None:
        """Begin with the choice, or with the first field."""
        super().on_mount()
        if self.duty is None and self.live():
            self.pick.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to save before a duty is chosen."""
        if action == "save" and self.duty is None:
            return False
        return super().check_action(action, parameters)

    def on_duty_pick_chosen(self, message: "DutyPick.Chosen") -> None:
        """Go on to the form of the duty that was chosen."""
        message.stop()
        going = Go(replace(self.origin, cursor=message.duty.name))
        app = self.app
        self.dismiss(None)
        app.post_message(going)


class DutyPick(Listing[DutyRow]):
    """Duties to choose one from: Enter, or the key before it."""

    @dataclass
    class Chosen(Message):
        """A duty was chosen."""

        duty: DutyRow

    DEFAULT_CSS = "DutyPick { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    def __init__(self, duties: tuple[DutyRow, ...], today: date, reveal: bool, mine: frozenset[str]) -> None:
        super().__init__(empty="")
        self.today, self.reveal, self.mine = today, reveal, mine
        self._items = duties

    def key_of(self, item: DutyRow) -> str:
        """The duty's name."""
        return item.name

    def head(self, item: DutyRow, width: int, cursor: bool) -> Line:
        """Its key, when it is due, what it is."""
        at = self._items.index(item)
        key = _KEYS[at] if at < len(_KEYS) else " "
        mark, ink = current().mark(item.state), ink_of(item.state)
        chase = "" if item.owner in self.mine else f" (chase {item.owner})"
        return [
            Piece(f"{key}  ", Ink.ACCENT),
            Piece(f"{mark} {pad(due_words(item, self.today), _DUE - 2 - len(mark))} ", ink),
            Piece(cut(title_about(item, self.reveal), width - _DUE - 3 - cells(chase)), Ink.TEXT, cursor),
            Piece(chase, Ink.DIM),
        ]

    def beneath(self, item: DutyRow, width: int) -> list[Line]:
        """When it is due, in full."""
        when = due_long(item, self.today)
        return [[Piece(" " * (_DUE + 3)), *line] for line in wrap([Piece(when, Ink.DIM)], width - _DUE - 4)]

    def chosen(self, item: DutyRow) -> None:
        """Say which was chosen."""
        self.post_message(self.Chosen(item))

    def on_key(self, event: events.Key) -> None:
        """The key before a duty chooses it."""
        at = _KEYS.find(event.character) if event.character else -1
        if 0 <= at < len(self._items):
            event.stop()
            event.prevent_default()
            self.chosen(self._items[at])
