"""The handover summary of somebody who moves on: what the next prison needs to know, written to a file."""

from collections.abc import Iterable, Iterator
from datetime import date

from db import views
from db.export import Table
from db.rows import CaseDetail, DutyRow
from policy.facts import facts
from screens.base import Sitting
from screens.case_words import Names, names_of, value_words
from screens.file_form import FileForm
from screens.routes import Route
from widgets.discretion import risk_words
from widgets.plain import harmless
from widgets.words import bare_title, day_of, due_long, long_date

_COLUMNS = ("About", "What", "Since or due")
_GROUPS = {
    "person": "Person", "place": "Place", "sentence": "Sentence", "release": "Release", "recall": "Recall",
    "people": "People", "risk": "Risk", "needs": "Needs",
}  # fmt: skip
_LATEST = 5


class HandoverForm(FileForm):
    """The summary of the case the route names."""

    TITLE_WORDS = "Print the handover summary to a file"
    HOLDS = "what is known, what is still to be done and by when, the last contacts, and what is not known."
    DISCREET = "Discreet: without risk words and contacts' texts. To have them, press v in the case first, then x."
    REVEALED = "With risk words, discreet facts and what was said."

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the case."""
        super().__init__(sitting, route)
        self._detail = views.case_detail(sitting.actor, route.case, sitting.today)

    def subject(self) -> str:
        """Whose."""
        return f"{self._detail.row.name}  {self._detail.row.number}"

    def proposed(self) -> str:
        """The handover of the number."""
        return f"handover-{self.origin.case}-{self.today.isoformat()}"

    def listed(self) -> tuple[Table, str]:
        """The summary."""
        table = summary(self._detail, names_of(views.staff()), self.today, self.reveal)
        return table, f"The handover summary of {self._detail.row.name} was"


def summary(detail: CaseDetail, names: Names, today: date, reveal: bool) -> Table:
    """The case as the next prison needs it, as discreet as the screen unless `reveal`."""
    lines = tuple(tuple(harmless(cell) for cell in line) for line in _lines(detail, names, today, reveal))
    title = f"Handover summary: {detail.row.name} {detail.row.number}, {long_date(today)}"
    note = "Revealed: holds risk words." if reveal else "Discreet: without risk words."
    return Table(title, (note,), _COLUMNS, lines)


def _lines(detail: CaseDetail, names: Names, today: date, reveal: bool) -> Iterator[tuple[str, str, str]]:
    for row in detail.facts:
        if row.known and (reveal or not row.discreet):
            since = long_date(day_of(row.effective)) if row.effective else ""
            yield _GROUPS.get(row.group, row.group), f"{row.label}: {value_words(row.fact, row.value, names)}", since
    if reveal and (words := risk_words(detail.row)):
        yield "Risk", words, ""
    for duty in _owed(detail.duties):
        yield "To be done", f"{bare_title(duty, reveal)} ({duty.owner})", due_long(duty, today)
    missing = [one.label for one in detail.row.missing if reveal or not facts()[one.fact].discreet]
    if missing:
        yield "Not known", ", ".join(missing), ""
    for contact in detail.contacts[:_LATEST]:
        said = f": {contact.text}" if reveal else ""
        yield "Contact", f"{contact.kind}{said}", long_date(day_of(contact.at))


def _owed(duties: Iterable[DutyRow]) -> list[DutyRow]:
    return [duty for duty in duties if duty.live or duty.why == "No longer in this prison."]
