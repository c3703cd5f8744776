"""Asks which extract to take in, and whether it holds the whole roll."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from screens.asking import AskingForm
from screens.base import rooms
from screens.foot import FootEntry
from screens.path_field import PathField, expanded, last_directory, remember
from screens.records import RecordsScreen
from widgets.choices import Tick
from widgets.form import Field


class ExtractForm(AskingForm):
    """A path, and a tick for a file that is only part of the roll; what it would change is shown in the records."""

    TITLE_WORDS = "Take in an extract"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("save", "show what it would change"), ("leave", "not now"), ("Tab", "complete the path"), "keys",
    )  # fmt: skip

    def subject(self) -> str:
        """Nothing is written by this form, and it says so."""
        return "first you are shown what it would change"

    def fields(self) -> Iterable[Field]:
        """The file and how much of the roll it holds."""
        path, _, partial = self.origin.detail.partition("\n")
        yield PathField(
            "File",
            id="file",
            value=path or last_directory(),
            required=True,
            help="its path, like ~/extracts/today.json",
        )
        yield Tick(
            "Part of it", "this file is only part of the roll: nobody is gone", id="partial", ticked=bool(partial)
        )

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Whether there is such a file."""
        path = expanded(typed["file"])
        if path.is_dir():
            return {"file": "That is a directory. Type the name of a file in it; Tab shows what there is."}
        if not path.exists():
            return {"file": "There is no such file."}
        return {}

    def answered(self, typed: Mapping[str, str]) -> None:
        """Have the records show what it would change."""
        path = expanded(typed["file"])
        remember(path)
        for room in rooms(self.app.screen_stack):
            if isinstance(room, RecordsScreen):
                room.look_at(path, typed["partial"] == "yes")
