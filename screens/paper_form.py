"""Printing a paper about the case: the route's `detail` says which."""

from typing import ClassVar

from db import papers
from db.papers import Paper
from screens.file_form import FileForm
from screens.routes import Route


class PaperForm(FileForm):
    """A paper about one person, as PDF or plain text by the ending of the file's name."""

    TITLE_WORDS = "Print to a file"
    HOLDS = "what the record has of this for the file, risk words included."
    DISCREET = ""
    ENDINGS: ClassVar[dict[str, str]] = {".pdf": "to print", ".txt": "plain text"}

    def holds(self) -> str:
        """What this paper holds."""
        return _HOLDS.get(self.origin.detail, self.HOLDS)

    def subject(self) -> str:
        """Which paper, about whom."""
        return f"{papers.KINDS[self.origin.detail][1]}  {self.origin.case}"

    def proposed(self) -> str:
        """The paper and the prisoner number."""
        return f"{self.origin.detail}-{self.origin.case}"

    def listed(self) -> tuple[Paper, str]:
        """The paper as it stands today."""
        paper = papers.of_case(self.actor, self.origin.detail, self.origin.case, self.today)
        return paper, paper.title


_HOLDS = {
    "plan": "objectives and steps in plain words, large type, to hand over: nothing restricted, nothing about victims.",
    "plan-file": "objectives, steps, order, needs and versions, for the file; no risk levels, no restrictions.",
    "meeting-agenda": "who is expected, the objectives, room to write: nothing restricted, nothing about victims.",
    "checklist": "every activity and how it stands, for staff: health and drugs too, nothing need-to-know.",
    "resettlement-plan": "needs and what is done about them, in plain words, to hand over: nothing need-to-know.",
    "who-does-what": "names, and who does what by when, in plain words, to hand over: nothing need-to-know.",
    "meeting-record": "the last meeting that was held: who came, how the person took part, what was agreed.",
}


def route_to(case: str, kind: str) -> Route:
    """The way to the form that prints `kind` about `case`."""
    return Route("paper", case, detail=kind)
