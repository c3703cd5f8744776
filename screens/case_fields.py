"""Fields for what duties and facts ask: the right kind for each type, and staff found by name."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from textual.widget import Widget

from db.rows import StaffRow
from screens.words import Words
from widgets.choices import Choice, Option
from widgets.fields import DateField, TextField, TimeField
from widgets.form import INDENT, LABEL
from widgets.lines import Line, Piece, cells, wrap
from widgets.palette import Ink
from widgets.plain import harmless

_OFFERED = 6


def moment_in(text: str) -> date | datetime:
    """The date or local date-time a field's value names.

    Raises:
        ValueError: It names none; a form has checked that before.
    """
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


class Hint(Words):
    """A quiet sentence among the fields, by default in line with what is typed."""

    def __init__(self, text: str, *, indent: int = INDENT, above: int = 0, id: str | None = None) -> None:
        """Show `text`, so many cells in and so many lines down."""
        super().__init__(text, ink=Ink.DIM, id=id)
        self.styles.margin = (above, 0, 0, indent)


def field_for(
    kind: str,
    label: str,
    *,
    id: str,
    today: date,
    values: Sequence[str] = (),
    value: str = "",
    required: bool = False,
    help: str = "",
    staff: Sequence[StaffRow] = (),
) -> Iterable[Widget]:
    """The field for one type of answer; a label too long to stand beside it goes above it.

    `kind` is text, yes-no, choice, date, date-time, month, length or staff; `value` what is recorded now.
    """
    if cells(label) > LABEL:
        yield Hint(label, above=1)
        label = "Answer"
    help = help or ("needed" if required else "")
    if kind in ("yes-no", "choice"):
        chosen = ("yes", "no") if kind == "yes-no" else values
        options = [Option(one, one.replace("-", " ")) for one in chosen]
        yield Choice(label, options, id=id, value=value, required=required)
    elif kind == "date":
        yield DateField(label, id=id, today=today, value=value, required=required, help="like 2/3 or 2 mar 2026")
    elif kind == "date-time":
        yield TimeField(label, id=id, today=today, value=value, required=required, help="like 2/3 or 2/3 10:40")
    elif kind == "staff":
        yield StaffField(label, staff, id=id, value=value, required=required)
    else:
        yield TextField(label, id=id, value=value, required=required, help=help, max_length=500)


class StaffField(TextField):
    """Somebody on the staff list, by any part of the name or by user name; who that could be is said beneath."""

    def __init__(
        self, label: str, staff: Sequence[StaffRow], *, id: str, value: str = "", required: bool = False
    ) -> None:
        """Choose among `staff`; `value` is the id of who stands there now."""
        self.staff = tuple(member for member in staff if member.active)
        name = next((member.name for member in self.staff if member.id == value), value)
        super().__init__(label, id=id, value=name, required=required, help="part of a name", overtype=True)

    def found(self) -> tuple[StaffRow, ...]:
        """Who what was typed could mean: the one of exactly that name or id, otherwise everybody it is part of."""
        typed = " ".join(self.typed.casefold().split())
        if not typed:
            return ()
        exact = [member for member in self.staff if typed in (member.id, member.name.casefold())]
        if exact:
            return tuple(exact)
        words = typed.split()
        return tuple(
            member for member in self.staff if all(word in f"{member.name} {member.id}".casefold() for word in words)
        )

    @property
    def value(self) -> str:
        """The staff id once it can mean only one person, otherwise what was typed."""
        found = self.found()
        return found[0].id if len(found) == 1 else self.typed.strip()

    @value.setter
    def value(self, value: str) -> None:
        self._input.value = harmless(next((member.name for member in self.staff if member.id == value), value))

    def wrong(self) -> str:
        """Whether it is one person on the staff list."""
        if not self.typed.strip():
            return super().wrong()
        found = self.found()
        if not found:
            return f"Nobody on the staff list is called “{self.typed.strip()}”."
        return "" if len(found) == 1 else f"That could be {_names(found)}. Type more of the name."

    def changed(self) -> None:
        """Say anew who it could be."""
        super().changed()
        self.watch_error()
        self.refresh(layout=True)

    def left(self) -> None:
        """On leaving, the line shows the name in full."""
        found = self.found()
        if len(found) == 1 and self.typed != found[0].name:
            self._input.value = harmless(found[0].name)
        super().left()

    def notes(self, width: int) -> list[Line]:
        """What is wrong; while typing, who it could be."""
        found = self.found()
        if self.error or not self.busy or not found or found[0].name == self.typed:
            return super().notes(width)
        return [[Piece(" " * INDENT), *line] for line in wrap([Piece(_names(found), Ink.ACCENT)], width - INDENT)]


def _names(found: Sequence[StaffRow]) -> str:
    said = ", ".join(f"{member.name} ({member.id})" for member in found[:_OFFERED])
    return said + (f" or {len(found) - _OFFERED} more" if len(found) > _OFFERED else "")
