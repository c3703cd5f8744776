"""Printing the list of recalls to a file: those the filter shows, as discreet as the screen they came from."""

from collections.abc import Iterable
from datetime import date

from db import views
from db.export import Table
from db.recalls import EXPECTED, RecallLine
from db.rows import State
from db.views.recall import recalls
from policy.recall_words import recall_words
from screens.base import Sitting
from screens.case_words import Names, names_of
from screens.file_form import FileForm
from screens.recall_filter import decode, home, words
from screens.recall_items import back_words, type_short, when_next
from screens.routes import Route
from screens.several_words import people_words
from widgets.plain import harmless
from widgets.words import bare_title, long_date

_COLUMNS = (
    "Due", "Next step", "Name", "Number", "Where", "Type", "Back", "Supervisor", "Done", "Late", "Cannot tell",
    "Barriers", "Release",
)  # fmt: skip


class RecallPrintForm(FileForm):
    """The recalls the filter in the route's `detail` shows."""

    TITLE_WORDS = "Print the list of recalls to a file"
    HOLDS = "everybody the list shows: next step, name, number, type, time back, supervisor, steps, barriers, release."
    DISCREET = "Discreet, as on the screen: no titles that give something away. To have them, press v first."
    REVEALED = "With full titles, since they are revealed on the screen."

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the filter in the route's `detail`."""
        super().__init__(sitting, route)
        self._filter = decode(route.detail, home(sitting.actor))

    def subject(self) -> str:
        """Which recalls."""
        return words(self._filter) or "everybody recalled or expected"

    def proposed(self) -> str:
        """The recalls of today."""
        return f"recall-{self.today.isoformat()}"

    def listed(self) -> tuple[Table, str]:
        """Everybody the filter shows."""
        found = recalls(self.actor, self._filter, self.today)
        names = names_of(views.staff())
        lines = tuple(tuple(map(harmless, _cells(line, self.today, self.reveal, names))) for line in found)
        note = "Revealed: holds full titles." if self.reveal else "Discreet: without titles that give something away."
        title = f"Recall on {long_date(self.today)}: {self.subject()}"
        return Table(title, (note,), _COLUMNS, lines), people_words(len(lines))


def _cells(line: RecallLine, today: date, reveal: bool, names: Names) -> Iterable[str]:
    if line.stage == EXPECTED:
        yield from ("expected", "")
    elif line.question:
        yield from ("recalled?", "ask: signals disagree")
    elif line.past:
        yield from (f"{(today - line.past).days}d late", "Release not recorded")
    elif line.next is None:
        yield from ("clear", "")
    else:
        yield from (when_next(line.next, today), bare_title(line.next, reveal))
    yield line.name
    yield line.number
    yield line.where
    yield type_short(line)
    yield back_words(line.returned, today) if line.states else ""
    yield names.get(line.supervisor, line.supervisor) or "nobody named"
    yield _steps(line, State.MET)
    yield _steps(line, State.OVERDUE)
    yield _steps(line, State.UNKNOWN)
    yield str(line.barriers or "")
    yield line.release.isoformat() if line.release else ""


def _steps(line: RecallLine, state: State) -> str:
    """The steps that stand so, each in a word or two."""
    steps = zip(recall_words().step, line.states, strict=False)
    return ", ".join(step.says for step, stands in steps if stands is state)
