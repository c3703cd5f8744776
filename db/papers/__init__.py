"""Papers: what is printed for somebody to read, hand over or put in the file, as PDF or plain text.

A paper is a title, whom it is about, and blocks one under another; how it looks is decided here once (`as_text`,
`as_pdf`), so that what prints something only says what it holds. Never without a line in the audit trail.
"""

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

import msgspec

from db import export, roles
from db.errors import Invalid
from db.rows import Actor

PDF, TEXT = ".pdf", ".txt"
ENDINGS = (PDF, TEXT)


class Heading(msgspec.Struct, frozen=True):
    """The heading of a section."""

    text: str


class Says(msgspec.Struct, frozen=True):
    """A paragraph; `strong` where the eye is to meet it first."""

    text: str
    strong: bool = False


class Points(msgspec.Struct, frozen=True):
    """Points one under another, each with a mark before it; `ticks` gives each a box to tick by hand."""

    items: tuple[str, ...]
    ticks: bool = False


class Facts(msgspec.Struct, frozen=True):
    """Labels with their values: (label, value) each."""

    rows: tuple[tuple[str, str], ...]


class Grid(msgspec.Struct, frozen=True):
    """A table: the names of its columns, its rows, and how the width is shared out (alike where not said)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()


class Lines(msgspec.Struct, frozen=True):
    """Room to write by hand: so many empty lines."""

    number: int


Block = Heading | Says | Points | Facts | Grid | Lines


class Paper(msgspec.Struct, frozen=True):
    """Something to be printed.

    Attributes:
        title: What it is: "Sentence plan".
        about: Whom it is about and as at when; stands on every page.
        blocks: What it holds, in order.
        large: In large type, for the person it is about to read.
        foot: A line at the foot of every page: who may see it, where it comes from.
        one_page: The type is made smaller, as far as it can still be read, until it all stands on one page.
    """

    title: str
    about: str
    blocks: tuple[Block, ...]
    large: bool = False
    foot: str = ""
    one_page: bool = False


KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "case-summary": ("db.papers.case_summary", "Case summary"),
        "recall-leaflet": ("db.papers.recall_leaflet", "Recall leaflet"),
        "recall-meeting": ("db.papers.recall_meeting", "Agenda: meeting after recall"),
        "recall-review": ("db.papers.recall_review", "Recall: for the review"),
        "plan": ("db.papers.own_plan", "Sentence plan, the person's own copy"),
        "plan-file": ("db.papers.plan", "Sentence plan, for the file"),
        "meeting-agenda": ("db.papers.meeting_agenda", "Planning meeting, agenda"),
        "meeting-record": ("db.papers.meeting_record", "Planning meeting, record"),
        "checklist": ("db.papers.checklists", "Pathway checklist"),
        "resettlement-plan": ("db.papers.resettlement_plan", "Resettlement plan"),
        "who-does-what": ("db.papers.who_does_what", "Who does what for me"),
    }
)
"""What can be printed about one person: name → the module whose `paper` makes it, and what people call it."""


def of_case(actor: Actor, kind: str, number: str, today: date) -> Paper:
    """A paper about one person, by its name in `KINDS`. Raises NotFound, NotAllowed, Invalid (no such paper)."""
    roles.check(actor, "print")
    if kind not in KINDS:
        raise Invalid(f"There is no paper called “{kind}”; there is {', '.join(KINDS)}. Nothing was written.", "kind")
    made: Paper = import_module(KINDS[kind][0]).paper(actor, number, today)
    return made


def content(file: Path, paper: Paper, today: date) -> bytes:
    """The paper as the bytes of a file; the file's ending (.pdf, .txt) says how. Raises Invalid (another ending)."""
    ending = file.suffix.lower()
    if ending == TEXT:
        from db.papers.as_text import as_text

        return as_text(paper).encode()
    if ending == PDF:
        from db.papers.as_pdf import as_pdf

        return as_pdf(paper, today)
    raise Invalid("The file's name ends in .pdf (to print) or .txt (plain text). Nothing was written.", field="file")


def write_paper(
    actor: Actor, file: Path, paper: Paper, today: date, *, case: str | None = None, replace: bool = False
) -> None:
    """Write a paper about `case` to `file`, readable by its owner only.

    Raises Invalid (another ending, no such directory), AlreadyThere unless `replace`, NotAllowed, DiskFull, ReadOnly.
    """
    roles.check(actor, "print")
    export.put(actor, file, content(file, paper, today), today, paper.title, case=case, replace=replace)
