"""Forms that ask something without recording it: which cases, which file. Nothing is kept, so leaving asks nothing."""

from collections.abc import Mapping
from dataclasses import replace

from screens.base import Sitting
from screens.drafts import NoDrafts
from screens.forms import FormScreen
from screens.routes import Route


class AskingForm(FormScreen):
    """A form whose answer goes to the room beneath it; subclasses take it in `answered`."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """A form without drafts."""
        super().__init__(replace(sitting, drafts=NoDrafts()), route)

    @property
    def touched(self) -> bool:
        """Nothing here is worth a draft, or a question on leaving."""
        return False

    def answered(self, typed: Mapping[str, str]) -> None:
        """Take what was typed: field id → text. Called once every field is right, before the form closes."""
        raise NotImplementedError

    def action_save(self) -> None:
        """Check every field, hand over what was typed, close."""
        if not self.form.check():
            return
        typed = self.form.texts()
        found = self.check(typed)
        for name, sentence in found.items():
            self.form.field(name).error = sentence
        if found:
            self.form.field(next(iter(found))).grab()
            return
        self.dismiss(None)
        self.answered(typed)
