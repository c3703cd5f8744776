"""Many cell moves from a pasted roll list, with what each line would come to; those that apply are one change."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.widget import Widget

from db import commands, views
from db.moving import Placing
from db.rows import Changed, State
from screens.forms import FormScreen
from screens.words import Words
from widgets.fields import LongText
from widgets.form import Field
from widgets.lines import Line, Piece, cut, pad
from widgets.listing import FormListing
from widgets.looks import current, ink_of
from widgets.palette import Ink

_NAME, _NUMBER = 22, 8
_HOW = "Paste or type one line a person: number and cell, or cell and number. Ctrl+S records those that apply."


class RollForm(FormScreen):
    """The list, and under it line by line what it would come to."""

    TITLE_WORDS: ClassVar[str] = "Cell moves from a roll list"

    def fields(self) -> Iterable[Widget]:
        """The text, what it comes to."""
        self._placings: tuple[Placing, ...] = ()
        self._summary = Words("", id="come-to")
        self._preview = PlacingList()
        yield Words(_HOW, ink=Ink.DIM)
        yield LongText("List", id="list", required=True, lines=4)
        yield Words("")
        yield self._summary
        yield self._preview

    def on_field_changed(self, event: Field.Changed) -> None:
        """Look at it anew."""
        super().on_field_changed(event)
        actor, text = self.actor, event.field.value
        self.in_background(lambda: views.placings(actor, text), self._show)

    def _show(self, placings: tuple[Placing, ...]) -> None:
        self._placings = placings
        going = sum(not one.refusal for one in placings)
        staying = len(placings) - going
        said = f"{going} would move" if placings else ""
        if staying:
            said += f", {staying} would not: {'it stands' if staying == 1 else 'they stand'} first"
        self._summary.text = said + ("." if said else "")
        self._preview.show(sorted(placings, key=lambda one: (not one.refusal, one.line)))
        self._preview.action_first()

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Something must come of it."""
        self._placings = views.placings(self.actor, typed["list"])
        return {} if any(not one.refusal for one in self._placings) else {"list": "No line of this moves anybody."}

    def submit(self) -> Changed:
        """Record those that apply, together."""
        going = [one for one in self._placings if not one.refusal]
        cells = {one.number: one.cell for one in going}
        return commands.rehouse(self.actor, cells, self.today, seen={one.number: one.before for one in going})


class PlacingList(FormListing[Placing]):
    """One line a line of the list: who, from where, to which cell; or why not."""

    def key_of(self, item: Placing) -> str:
        """The line's number."""
        return str(item.line)

    def head(self, item: Placing, width: int, cursor: bool) -> Line:
        """Mark, who, number, from and to, or why not."""
        state = State.OVERDUE if item.refusal else State.CLEAR
        mark = f"{current().mark(state)} "
        who = item.name or f"line {item.line}: {item.text}"
        number = item.number if item.name else ""
        line = [
            Piece(mark, ink_of(state)), Piece(pad(who, _NAME) + " ", Ink.TEXT, cursor),
            Piece(pad(number, _NUMBER) + " ", Ink.DIM),
        ]  # fmt: skip
        room = width - len(mark) - _NAME - _NUMBER - 2
        if item.refusal:
            return [*line, Piece(cut(item.refusal, room), ink_of(state))]
        return [*line, Piece(cut(f"{item.before or 'no cell'} {'→' if current().unicode else '->'} {item.cell}", room))]
