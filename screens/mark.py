"""How one activity stands, with the words that takes; and adding any activity at any level."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from textual.message import Message
from textual.widget import Widget

from db import commands, roles, views
from db.checklists import ActivityRow, Checklist, Status
from db.commands import Mark
from db.commands.saying import says_nothing
from db.rows import Changed, Role
from policy.catalogue import catalogue
from screens.base import Sitting
from screens.case_fields import Hint
from screens.foot import Foot
from screens.forms import FormScreen
from screens.messages import Go
from screens.pathway_items import hidden, status_words
from screens.routes import Route
from screens.words import Pieces, Words
from widgets.choices import Choice, Option
from widgets.fields import DateField, TextField
from widgets.lines import Line, Piece, cut, pad, wrap
from widgets.listing import Listing
from widgets.looks import current
from widgets.palette import Ink
from widgets.words import long_date

_SENT = (Status.SIGNPOSTED, Status.REFERRED)
_CONSENT = (
    Option("given", "given", "g"),
    Option("not-needed", "not needed", "n"),
    Option("safeguarding", "safeguarding", "s"),
    Option("refused", "refused", "r"),
)
_KEYS = {
    Status.NEEDED: "n",
    Status.IN_PROGRESS: "i",
    Status.DONE: "d",
    Status.NOT_NEEDED: "t",
    Status.DECLINED: "c",
    Status.SIGNPOSTED: "s",
    Status.REFERRED: "r",
    Status.FOLLOWED_UP: "f",
}


class ChecklistForm(FormScreen):
    """A form about something on one person's checklist."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the case `route` names. Raises NotFound."""
        super().__init__(sitting, route)
        self.found: Checklist = views.checklist(sitting.actor, route.case, sitting.today)
        self._refusal = ""
        if not roles.may(sitting.actor, "work"):
            self._refusal = "Your role reads; it records nothing."
        elif sitting.actor.role is Role.ADMINISTRATOR:
            self._refusal = "The checklist is the supervisor's to record."
        if self._refusal:
            self._foot = Foot(("leave", "keys"))

    def subject(self) -> str:
        """Name, number, place."""
        return f"{cut(self.found.name, 40)}  {self.found.number}  {self.found.where}".rstrip()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would be refused is not offered."""
        return not (action == "save" and self._refusal) and super().check_action(action, parameters)

    def refused(self) -> Widget:
        """What the form says instead of fields the record would refuse."""
        return Words(f"{self._refusal} Esc leaves.", ink=Ink.TODAY)


class MarkForm(ChecklistForm):
    """The form of one activity, which `route.cursor` names."""

    TITLE_WORDS: ClassVar[str] = "Pathway activity"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """How it stands now is what the form begins with. Raises NotFound."""
        super().__init__(sitting, route)
        rows = list(self.found.activities)
        row = next((row for row in rows if row.id == route.cursor), None)
        if row is None:
            secret = views.secret_checklist(sitting.actor, route.case, sitting.today)
            row = next((row for row in secret.activities if row.id == route.cursor), None) if secret else None
        self.row: ActivityRow | None = row
        if row is None:
            self._refusal = "There is no such activity."

    def fields(self) -> Iterable[Widget]:
        """What it is and how it stands; then how it is to stand."""
        row = self.row
        if row is None or self._refusal:
            yield self.refused()
            return
        dot = current().dot
        now = "discreet" if hidden(row, self.office) else status_words(row, self.today)
        said = f": {row.said}" if row.said and not hidden(row, self.office) else ""
        about = dot.join(part for part in (row.provider, f"to {row.to}" if row.to else "", row.source) if part)
        yield Pieces(
            [
                [Piece(f"L{row.level} {row.title}", Ink.STRONG), Piece(f"   now: {now}{said}", Ink.DIM)],
                [Piece(f"{row.words} ", Ink.TEXT), Piece(about, Ink.DIM)],
                [],
            ]
        )
        yield Choice("Status", self._options(row), id="status", value=self._first(row), required=True)
        yield DateField("On", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield TextField(
            "Outcome or why", id="words", max_length=500, help="done, followed up: what came of it; not needed: why"
        )
        yield TextField("To whom", id="to", value="", help=row.to or "signposted or referred: to whom")
        restricted = catalogue().pathway[row.pathway].restricted
        consent = [one for one in _CONSENT if restricted or one.value != "safeguarding"]
        yield Choice("Consent", consent, id="consent")
        yield DateField("By, ask again", id="until", today=self.today, help="by when to do it, or find out: like 2/4")
        if row.referral:
            yield Choice("Need met?", (Option("yes", "yes"), Option("no", "no")), id="need-met")
        yield TextField("Language", id="language", max_length=60, help="how it was explained, where it was")
        yield Choice("Interpreter?", (Option("yes", "yes"), Option("no", "no")), id="interpreter")
        yield TextField("Format", id="format", max_length=60, help="spoken, easy read, large print, translated")
        understood = (Option("yes", "yes"), Option("unsure", "unsure"), Option("no", "no"))
        yield Choice("Understood?", understood, id="understood")
        yield Hint(_ASKS, above=1)

    def _options(self, row: ActivityRow) -> list[Option]:
        wanted = [status for status in _KEYS if status is not Status.NOT_NEEDED or row.level > 1]
        if not row.referral:
            wanted.remove(Status.FOLLOWED_UP)
        return [Option(status.value, status.words, _KEYS[status]) for status in wanted]

    def _first(self, row: ActivityRow) -> str:
        if row.referral and row.status in _SENT:
            return Status.FOLLOWED_UP.value
        if row.status in (Status.NEEDED, Status.IN_PROGRESS):
            return Status.DONE.value
        return Status.NEEDED.value if row.status is Status.NOT_ASSESSED else row.status.value

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """What the chosen status asks for."""
        row = self.row
        if row is None:
            return {}
        found = {}
        status = Status(typed["status"])
        if status in (Status.DONE, Status.FOLLOWED_UP, Status.NOT_NEEDED):
            if not typed["words"]:
                asked = "Why it is not needed" if status is Status.NOT_NEEDED else "What came of it"
                found["words"] = f"{asked} is missing."
            elif says_nothing(typed["words"]):
                found["words"] = f"“{typed['words']}” says nothing yet."
        if status is Status.FOLLOWED_UP and not typed.get("need-met"):
            found["need-met"] = "Whether the need is met is missing."
        if status in _SENT:
            if not typed["to"]:
                found["to"] = "To whom is missing."
            if row.consent and typed["consent"] in ("", "not-needed"):
                found["consent"] = "Consent is needed before this is passed on."
        day = date.fromisoformat(typed["on"])
        if day > self.today:
            found["on"] = f"{long_date(day)} has not come yet."
        return found

    def submit(self) -> Changed:
        """Record it."""
        typed = self.typed
        status = Status(typed["status"])
        sent = status in _SENT
        mark = Mark(
            self.origin.cursor,
            status,
            date.fromisoformat(typed["on"]),
            typed["words"],
            date.fromisoformat(typed["until"]) if typed["until"] else None,
            typed["to"] if sent else "",
            typed["consent"] if sent else "",
            "",
            typed.get("need-met", "") if status is Status.FOLLOWED_UP else "",
            typed["language"],
            typed["interpreter"],
            typed["format"],
            typed["understood"],
            self.row.row if self.row else None,
        )
        return commands.mark(self.actor, self.origin.case, (mark,), self.today)


_ASKS = "An outcome says what came of it, never that somebody is at it."


class AddForm(ChecklistForm):
    """Any activity at any level, found by any part of its name."""

    TITLE_WORDS: ClassVar[str] = "Add an activity"
    FOOTER = (("Enter", "choose"), "leave", ("letters", "find"), "keys")

    def fields(self) -> Iterable[Widget]:
        """A line to find it by, and the activities."""
        if self._refusal:
            yield self.refused()
            return
        self._list = ActivityPick(self.found, self.office, self.today)
        yield TextField("Find", id="find", help="any part of a name, a pathway, L2, L3")
        yield self._list

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to save; choosing goes on."""
        return action != "save" and super().check_action(action, parameters)

    @property
    def touched(self) -> bool:
        """What was looked for is no loss."""
        return False

    def on_field_changed(self, event: object) -> None:
        """Show those that fit."""
        self._list.narrow(self.form.texts().get("find", ""))

    def on_activity_pick_chosen(self, message: "ActivityPick.Chosen") -> None:
        """Go on to the form of the activity."""
        message.stop()
        going = Go(replace(self.origin, place="mark", cursor=message.row.id))
        app = self.app
        self.dismiss(None)
        app.post_message(going)


class ActivityPick(Listing[ActivityRow]):
    """Activities to choose one from."""

    DEFAULT_CSS = "ActivityPick { height: 1fr; min-height: 12; width: 1fr; overflow: hidden hidden; }"

    @dataclass
    class Chosen(Message):
        """An activity was chosen."""

        row: ActivityRow

    def __init__(self, found: Checklist, reveal: bool, today: date) -> None:
        super().__init__(empty="No activity has all of that in its name.", id="pick")
        self.reveal, self.today = reveal, today
        self._names = {row.id: row.name for row in found.pathways}
        self._every = found.activities
        self._items = found.activities

    def narrow(self, text: str) -> None:
        """Only those with every word of the text in name, pathway or level."""
        words = text.casefold().split()
        self.show([row for row in self._every if all(word in self._said(row).casefold() for word in words)])

    def _said(self, row: ActivityRow) -> str:
        return f"L{row.level} {row.title} {self._names[row.pathway]} {row.words}"

    def key_of(self, item: ActivityRow) -> str:
        """The activity's id."""
        return item.id

    def head(self, item: ActivityRow, width: int, cursor: bool) -> Line:
        """Level, name, pathway, how it stands."""
        status = "" if item.status is Status.NOT_ASSESSED else status_words(item, self.today)
        if hidden(item, self.reveal):
            status = ""
        room = max(20, width - 24 - 14)
        return [
            Piece(f"  L{item.level} ", Ink.DIM),
            Piece(pad(item.title, room - 6) + " ", Ink.TEXT, cursor),
            Piece(pad(self._names[item.pathway], 23) + " ", Ink.DIM),
            Piece(pad(status, 14), Ink.DIM),
        ]

    def beneath(self, item: ActivityRow, width: int) -> list[Line]:
        """What it is."""
        return [[Piece("     "), *line] for line in wrap([Piece(item.words, Ink.DIM)], width - 6)]

    def chosen(self, item: ActivityRow) -> None:
        """Say which was chosen."""
        self.post_message(self.Chosen(item))
