"""Forms that ask something without recording it: which cases, which file. Nothing is kept, so leaving asks nothing."""

from collections.abc import Mapping
from dataclasses import replace

from screens.base import Sitting
from screens.drafts import NoDrafts
from screens.forms import FormScreen
from screens.routes import Route
from widgets.form import Field
from widgets.lines import Line, Piece, wrap
from widgets.palette import Ink


class PassingForm(FormScreen):
    """A form whose answers nobody would miss: no draft is kept of it, and leaving it asks nothing."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """A form without drafts."""
        super().__init__(replace(sitting, drafts=NoDrafts()), route)

    @property
    def touched(self) -> bool:
        """Nothing here is worth a draft, or a question on leaving."""
        return False


class AskingForm(PassingForm):
    """A form whose answer goes to the room beneath it; subclasses take it in `answered`."""

    def answered(self, typed: Mapping[str, str]) -> None:
        """Take what was typed: field id → text. Called once every field is right, as the form closes."""
        raise NotImplementedError

    def action_save(self) -> None:
        """Check every field, hand over what was typed, close."""
        if self.checked():
            self.dismiss(None)
            self.answered(self.typed)


class Told(Field):
    """Not a field to fill in: a few words among the fields, with a label like theirs."""

    def __init__(self, label: str, words: str) -> None:
        """Say `words` beside `label`."""
        super().__init__(label)
        self._words = words

    @property
    def value(self) -> str:
        """Nothing is held here."""
        return ""

    @value.setter
    def value(self, value: str) -> None:
        raise AttributeError("Nothing can be typed here.")

    def body(self, width: int) -> list[Line]:
        """The words, wrapped."""
        return wrap([Piece(self._words, Ink.DIM)], width)
