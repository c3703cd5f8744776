"""An intervention by any part of its name; one the catalogue does not have goes down as it was typed."""

from db.texts import plain
from policy.planning import programmes
from widgets.fields import TextField
from widgets.form import INDENT
from widgets.lines import Line, Piece, wrap
from widgets.palette import Ink

_OFFERED = 6


class ProgrammeField(TextField):
    """One of the catalogue, or the establishment's own; what it could be is said beneath while it is typed."""

    def __init__(self, label: str, *, id: str, value: str = "", required: bool = False) -> None:
        """`value` is an id of the catalogue, or a name."""
        title = programmes()[value].title if value in programmes() else value
        super().__init__(label, id=id, value=title, required=required, help="part of its name", overtype=True)

    def found(self) -> tuple[str, ...]:
        """The ids of those it could be; the one of exactly that title, otherwise all that have every word of it."""
        typed = plain(self.typed)
        if not typed:
            return ()
        exact = tuple(name for name, one in programmes().items() if typed == plain(one.title))
        words = typed.split()
        return exact or tuple(
            name for name, one in programmes().items() if all(word in plain(one.title) for word in words)
        )

    @property
    def value(self) -> str:
        """The id where it can mean only one, otherwise what was typed."""
        found = self.found()
        return found[0] if len(found) == 1 else self.typed.strip()

    @value.setter
    def value(self, value: str) -> None:
        self.write(programmes()[value].title if value in programmes() else value)

    def changed(self) -> None:
        """Say anew which it could be."""
        super().changed()
        self.watch_error()
        self.refresh(layout=True)

    def left(self) -> None:
        """On leaving, the line shows the title in full."""
        found = self.found()
        if len(found) == 1 and self.typed != programmes()[found[0]].title:
            self.write(programmes()[found[0]].title)
        super().left()

    def notes(self, width: int) -> list[Line]:
        """What is wrong; while typing, which it could be."""
        found = self.found()
        if self.error or not self.busy or not self.typed.strip():
            return super().notes(width)
        if not found:
            words = "Not in the catalogue: it goes down under this name."
        elif len(found) == 1 and programmes()[found[0]].title == self.typed:
            return super().notes(width)
        else:
            more = f" or {len(found) - _OFFERED} more" if len(found) > _OFFERED else ""
            words = ", ".join(programmes()[name].title for name in found[:_OFFERED]) + more
        return [[Piece(" " * INDENT), *line] for line in wrap([Piece(words, Ink.ACCENT)], width - INDENT)]
