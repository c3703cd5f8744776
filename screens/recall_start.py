"""Starting re-engagement, turning a recall into another type, and recording that somebody is expected back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from db import roles
from db.commands import recall as commands
from db.errors import Invalid, RecordError
from db.recalls import EXPECTED, Does, Notice, RecallCase
from db.rows import Changed
from db.views.recall import preview, preview_turn, recall_case
from policy.recall_words import TYPES, recall_words
from screens.base import Sitting
from screens.case_fields import Hint
from screens.case_form import CaseForm
from screens.foot import FootEntry
from screens.forms import FormScreen
from screens.recall_preview import RecallPreview
from screens.routes import Route
from widgets.choices import Choice, Option, TickItem, TickList
from widgets.fields import DateField, LongText, TextField
from widgets.words import long_date

_READS = "Your role reads; it records nothing."
_LETTERS = {"standard": "s", "fixed-term": "f", "hdc": "h", "extended": "e", "ipp": "i", "life": "l"}
_DAYS = (Option("14", "14", "1"), Option("28", "28", "2"))


def type_choice(value: str = "", *, required: bool = True) -> Choice:
    """The types of recall, each with its letter."""
    options = [Option(kind, called, _LETTERS[kind]) for kind, called in TYPES.items()]
    return Choice("Type", options, id="type", value=value, required=required)


def reason_ticks(ticked: Sequence[str] = ()) -> TickList:
    """The reasons; several may apply."""
    items = [TickItem(one.id, one.label, ticked=one.id in ticked) for one in recall_words().reason]
    return TickList("Reasons, as many as apply", items, id="reasons")


def day_in(typed: Mapping[str, str], name: str) -> date | None:
    """The day in a field that may be empty."""
    return date.fromisoformat(typed[name]) if typed.get(name) else None


def ids_in(typed: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The ticked ones."""
    return tuple(one for one in typed.get(name, "").split(",") if one)


class RecallForm(CaseForm):
    """A form about the recall of one case; a role that records nothing is told so at once."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the case `route` names. Raises NotFound."""
        super().__init__(sitting, route)
        self.recall: RecallCase = recall_case(sitting.actor, route.case, sitting.today)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who may not record has nothing to save."""
        if action == "save" and not roles.may(self.actor, "work"):
            return False
        return super().check_action(action, parameters)

    def fields(self) -> Iterable[Widget]:
        """The fields, for who may record."""
        if roles.may(self.actor, "work"):
            yield from self.asked()
        else:
            yield self.refused(_READS)

    def asked(self) -> Iterable[Widget]:
        """The fields. Subclasses override this."""
        return ()

    def not_ahead(self, typed: Mapping[str, str], *names: str) -> dict[str, str]:
        """What is wrong with days that cannot lie ahead."""
        days = {name: day_in(typed, name) for name in names}
        return {name: f"{long_date(day)} has not come yet." for name, day in days.items() if day and day > self.today}


class PreviewedForm(RecallForm):
    """A form whose action is shown line by line before it is done."""

    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("save", "see what it will do"),
        "leave",
        ("Tab", "next field"),
        "keys",
    )

    def previewed(self, typed: Mapping[str, str]) -> tuple[Does, ...]:
        """What it would do; runs in a thread. Subclasses override this."""
        raise NotImplementedError

    def action_save(self) -> None:
        """Show what it will do; saving there does it."""
        if not self.checked():
            return
        typed = self.typed
        self.problem = ""
        self.in_background(
            lambda: self.previewed(typed), self._ask, doing="Working out what it will do", failed=self._cannot
        )

    def _ask(self, does: tuple[Does, ...]) -> None:
        self.app.push_screen(RecallPreview(self.TITLE_WORDS, self.subject(), does), self._answered)

    def _answered(self, wanted: bool | None) -> None:
        if wanted:
            super().action_save()

    def _cannot(self, error: RecordError) -> None:
        field = error.field if isinstance(error, Invalid) else None
        if field and field in self.form.texts():
            self.form.field(field).error = error.sentence
            self.form.field(field).grab()
        else:
            self.problem = error.sentence


class StartForm(PreviewedForm):
    """Start re-engagement: what the notice says; everything else follows from it."""

    TITLE_WORDS: ClassVar[str] = "Start re-engagement"

    def asked(self) -> Iterable[Widget]:
        """Type, day of return, length, release date on the notice, reasons."""
        now = self.recall.now
        returned = now.returned if now and now.stage != EXPECTED and now.returned else self.today
        yield type_choice(now.type if now else "")
        yield DateField(
            "Back since", id="returned", today=self.today, value=returned.isoformat(), required=True, lean="past"
        )
        yield Choice("Fixed, days", _DAYS, id="days", value=now.days if now else "")
        notice = now.notice.isoformat() if now and now.notice else ""
        yield DateField("Release", id="release", today=self.today, value=notice, lean="future",
                        help="the date on the notice; it governs")  # fmt: skip
        yield reason_ticks(now.reasons if now else ())
        yield DateField("Came here", id="arrived", today=self.today, lean="past", help="if later")
        yield Hint("The next screen shows everything this will do. Nothing is written before that.", above=1)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Days that cannot lie ahead; days only for a fixed term."""
        found = self.not_ahead(typed, "returned", "arrived")
        if typed["days"] and typed["type"] != "fixed-term":
            found["days"] = "Only a fixed-term recall has a number of days: Backspace takes it away."
        return found

    def previewed(self, typed: Mapping[str, str]) -> tuple[Does, ...]:
        """What starting would do."""
        return preview(self.actor, self.origin.case, notice_in(typed), self.today)

    def submit(self) -> Changed:
        """Do it."""
        return commands.start(self.actor, self.origin.case, notice_in(self.typed), self.today)[0]


def notice_in(typed: Mapping[str, str]) -> Notice:
    """The notice that was typed."""
    return Notice(
        typed["type"],
        day_in(typed, "returned"),
        typed.get("days", ""),
        day_in(typed, "release"),
        ids_in(typed, "reasons"),
        day_in(typed, "arrived"),
        typed.get("told", ""),
    )


class TurnForm(PreviewedForm):
    """Turn a recall into another type: which dates move is shown first."""

    TITLE_WORDS: ClassVar[str] = "Turn the recall into another type"

    def asked(self) -> Iterable[Widget]:
        """The new type, its length and release date, when it was decided, and why."""
        now = self.recall.now
        yield type_choice(now.type if now else "")
        yield Choice("Fixed, days", _DAYS, id="days", value=now.days if now else "")
        yield DateField("Release", id="release", today=self.today, lean="future", help="the date on the new notice")
        yield DateField(
            "Decided on", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past"
        )
        yield LongText("Why", id="why", required=True, lines=2)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Days that cannot lie ahead; days only for a fixed term."""
        found = self.not_ahead(typed, "on")
        if typed["days"] and typed["type"] != "fixed-term":
            found["days"] = "Only a fixed-term recall has a number of days: Backspace takes it away."
        return found

    def previewed(self, typed: Mapping[str, str]) -> tuple[Does, ...]:
        """Which dates would move."""
        on = day_in(typed, "on") or self.today
        release = day_in(typed, "release")
        return preview_turn(self.actor, self.origin.case, typed["type"], self.today, on, typed["days"], release)

    def submit(self) -> Changed:
        """Do it."""
        typed = self.typed
        done = commands.turn(
            self.actor,
            self.origin.case,
            typed["type"],
            typed["why"],
            self.today,
            on=day_in(typed, "on"),
            days=typed["days"],
            release=day_in(typed, "release"),
        )
        return done[0]


class ExpectForm(FormScreen):
    """Somebody is expected back: a recall is in progress, and they have not come yet."""

    TITLE_WORDS: ClassVar[str] = "Expected back on recall"

    def subject(self) -> str:
        """Whom, where that is known."""
        return self.origin.case

    def fields(self) -> Iterable[Widget]:
        """Who, of which type, why, who told us and when."""
        yield TextField("Number", id="number", value=self.origin.case, required=True, help="like A1234BC")
        yield TextField("Name", id="name", help="SURNAME, Forenames; only for somebody not in the record")
        yield type_choice(required=False)
        yield reason_ticks()
        yield TextField("Told by", id="told", help="who told the unit, and how to reach them")
        yield DateField("Told on", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who may not record has nothing to save."""
        if action == "save" and not roles.may(self.actor, "work"):
            return False
        return super().check_action(action, parameters)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Nobody is told on a day to come."""
        day = day_in(typed, "on")
        return {"on": f"{long_date(day)} has not come yet."} if day and day > self.today else {}

    def submit(self) -> Changed:
        """Record it."""
        typed = self.typed
        notice = Notice(typed["type"], None, reasons=ids_in(typed, "reasons"), told_by=typed["told"])
        on = day_in(typed, "on")
        return commands.expect(self.actor, typed["number"], notice, self.today, on, name=typed["name"])
