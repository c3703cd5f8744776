"""Writing a list to a file: asks where, asks again before it writes over anything, and says what was written."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from db import export, papers
from db.export import Table
from db.papers import Paper
from db.rows import Changed
from screens.asking import PassingForm, Told
from screens.base import Sitting
from screens.confirm import Confirm
from screens.foot import FootEntry
from screens.path_field import PathField, expanded, last_directory, remember
from screens.routes import Route
from widgets.form import Field

_AFTERWARDS = (
    "The file is not encrypted: only you can open it, and it is yours to look after. The audit trail notes it."
)


class FileForm(PassingForm):
    """Asks for the file, and before it writes over one. The route's `cursor` says whether anything is revealed."""

    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("save", "write it"),
        ("leave", "not now"),
        ("Tab", "complete the path"),
        "keys",
    )
    HOLDS: ClassVar[str] = ""
    """What the file will hold, in a sentence."""

    ENDINGS: ClassVar[Mapping[str, str]] = {".txt": "to read or print", ".csv": "for a spreadsheet"}
    """How the file's name may end, and what each ending gives; the first is proposed."""

    DISCREET: ClassVar[str] = ""
    REVEALED: ClassVar[str] = ""
    """What it leaves out while nothing is revealed, and holds otherwise."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About what the route names."""
        super().__init__(sitting, route)
        self.reveal = sitting.office or route.cursor == "revealed"
        self._agreed: Path | None = None

    def holds(self) -> str:
        """What the file will hold, in a sentence."""
        return self.HOLDS

    def proposed(self) -> str:
        """The name proposed for the file, without its ending."""
        raise NotImplementedError

    def listed(self) -> tuple[Table | Paper, str]:
        """What is written, and how much it is in words. Runs in a thread: reads the record, touches no widget."""
        raise NotImplementedError

    def fields(self) -> Iterable[Field]:
        """The path; its ending says how it is written."""
        proposed = f"{last_directory()}{self.proposed()}{next(iter(self.ENDINGS))}"
        yield PathField("File", id="file", value=proposed, required=True, help="its path")
        yield Told("", f"A name that ends in {self._endings()}.")
        yield Told("Holds", self.holds())
        yield Told("", self.REVEALED if self.reveal else self.DISCREET)
        yield Told("Afterwards", _AFTERWARDS)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Whether it can be written there."""
        path = expanded(typed["file"])
        if path.is_dir():
            return {"file": "That is a directory. Add the name of a file."}
        if path.suffix.lower() not in self.ENDINGS:
            return {"file": f"The name ends in {self._endings()}."}
        if not path.parent.is_dir():
            return {"file": f"There is no directory {path.parent}."}
        return {}

    def _endings(self) -> str:
        return " or ".join(f"{ending} ({gives})" for ending, gives in self.ENDINGS.items())

    def action_save(self) -> None:
        """Write it; over a file that is there only after asking."""
        path = expanded(self.form.texts()["file"])
        if path.is_file() and path != self._agreed and path.suffix.lower() in self.ENDINGS:
            question = Confirm(f"There is a file called {path.name} already.", yes="write over it", no="keep it")
            self.app.push_screen(question, lambda yes: self._agree(path) if yes else None)
        else:
            super().action_save()

    def _agree(self, path: Path) -> None:
        self._agreed = path
        super().action_save()

    def submit(self) -> Changed:
        """Read what is to be listed, and write it."""
        path = expanded(self.typed["file"])
        written, how_much = self.listed()
        replace = path == self._agreed
        if isinstance(written, Table):
            export.write_table(self.actor, path, written, self.today, replace=replace)
        else:
            papers.write_paper(self.actor, path, written, self.today, case=self.origin.case or None, replace=replace)
        remember(path)
        return Changed("", (), (), "", f"{how_much} written to {path}.")
