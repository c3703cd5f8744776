"""Answering a question of an extract, or several in the same way: who is gone, which value holds, what was found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from db import commands, views
from db.commands.answer import BY_HAND, EXTRACT, NOTED
from db.moving import Asked, Movement
from db.rows import Changed
from policy.facts import facts
from screens.asked import CORRECTION, GONE, sort_of
from screens.base import Sitting
from screens.case_fields import Hint, field_for
from screens.foot import Foot
from screens.forms import FormScreen
from screens.routes import Route
from screens.words import Words
from widgets.choices import Choice, Option, Tick
from widgets.fields import DateField, TextField
from widgets.form import Field
from widgets.palette import Ink
from widgets.words import long_date

STILL_HERE = "still-here"
_HOW = (
    Option("release", "released", "r"), Option("transfer-out", "transferred", "t"), Option("death", "died", "d"),
    Option(STILL_HERE, "still here", "s"),
)  # fmt: skip
_PLANNED = (Option("yes", "yes", "y"), Option("no", "no", "n"))
_TRANSFER = ("planned", "told")
_NAMED = 12


class AnswerForm(FormScreen):
    """The questions the route's `detail` names; all of one sort."""

    TITLE_WORDS: ClassVar[str] = "Answer"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Read what is open of what was chosen."""
        super().__init__(sitting, route)
        wanted = route.detail.split("\n")
        self.asked = [one for one in views.asked(sitting.actor, sitting.today) if one.key in wanted]
        self.sort = sort_of(self.asked[0]) if self.asked else ""
        if not self.asked:
            self._foot = Foot(("leave", "keys"))

    def subject(self) -> str:
        """Whom it is about, or how many."""
        if len(self.asked) == 1:
            return f"{self.asked[0].name}  {self.asked[0].number}"
        return f"{len(self.asked)} people" if self.asked else ""

    def fields(self) -> Iterable[Widget]:
        """The fields of the sort."""
        if not self.asked:
            yield Words("This has been answered meanwhile. Esc leaves.", ink=Ink.TODAY)
            return
        if len(self.asked) > 1:
            yield Words(_names(self.asked), ink=Ink.DIM)
        if self.sort == GONE:
            yield from self._gone_fields()
        elif self.sort == CORRECTION:
            yield from self._which_fields()
        else:
            yield from self._found_fields()

    def _gone_fields(self) -> Iterable[Widget]:
        options = [one for one in _HOW if one.value != "death" or len(self.asked) == 1]
        yield Choice("What happened", options, id="how", required=True)
        yield DateField("On", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield TextField("To", id="to", help="the prison, or where to")
        yield Choice("Planned", _PLANNED, id="planned")
        yield Tick("Told", "the offender manager has been told", id="told")
        yield Hint("They stay on record: every case can be read, and taken back with u.", indent=0, above=1)

    def _which_fields(self) -> Iterable[Widget]:
        one = self.asked[0]
        mine = f"by hand: {one.mine}" if len(self.asked) == 1 else "by hand"
        theirs = f"extract: {one.theirs}" if len(self.asked) == 1 else "the extract"
        if len(self.asked) == 1:
            yield Words(f"{one.about}: {one.reason}")
        yield Choice(
            "Which holds", (Option(BY_HAND, mine, "h"), Option(EXTRACT, theirs, "e")), id="which", required=True
        )

    def _found_fields(self) -> Iterable[Widget]:
        for one in self.asked[:1] if len(self.asked) == 1 else ():
            yield Words(f"{one.reason} ({one.evidence})")
        fact = facts().get(self.asked[0].fact) if len(self.asked) == 1 else None
        if fact is not None:
            yield from field_for(
                fact.type, fact.label if len(fact.label) <= 14 else "Value", id="value", today=self.today,
                values=fact.values, help=fact.help,
            )  # fmt: skip
        yield TextField("Note", id="note", help="what was found out", max_length=500)
        yield Hint("Without a value it is noted as seen; the same is not asked again.", indent=0, above=1)

    def on_mount(self) -> None:
        """Show what belongs to the answer."""
        super().on_mount()
        self._suit()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another answer asks something else."""
        super().on_field_changed(event)
        if event.field.id == "how":
            self._suit()

    def _suit(self) -> None:
        if self.sort != GONE:
            return
        how = self.form.texts().get("how", "")
        shown = {"on": how != STILL_HERE, "to": how in ("release", "transfer-out")}
        shown |= dict.fromkeys(_TRANSFER, how == "transfer-out")
        for name, show in shown.items():
            self.form.field(name).display = show

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to save where nothing is asked."""
        return bool(self.asked) if action == "save" else super().check_action(action, parameters)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """No day to come; a transfer names the prison."""
        found = {}
        if self.sort == GONE and typed["how"] != STILL_HERE:
            if date.fromisoformat(typed["on"]) > self.today:
                found["on"] = f"{long_date(date.fromisoformat(typed['on']))} has not come yet."
            if typed["how"] == "transfer-out" and not typed["to"]:
                found["to"] = "To which prison?"
        return found

    def submit(self) -> Changed:
        """Record it for all of them."""
        typed = self.typed
        if self.sort == GONE:
            movement = None
            if typed["how"] != STILL_HERE:
                transfer = typed["how"] == "transfer-out"
                movement = Movement(
                    typed["how"], date.fromisoformat(typed["on"]), "" if typed["how"] == "death" else typed["to"],
                    typed["planned"] if transfer else "", told=transfer and typed["told"] == "yes",
                )  # fmt: skip
            numbers = [one.number for one in self.asked]
            return commands.answer_gone(self.actor, numbers, movement, self.today)
        about: dict[str, list[str]] = defaultdict(list)
        for one in self.asked:
            about[one.number].append(one.about)
        if self.sort == CORRECTION:
            return commands.answer(self.actor, about, typed["which"], self.today, seen=_seen(self.asked))
        value = typed.get("value", "")
        values = {self.asked[0].fact: value} if value else {}
        return commands.answer(self.actor, about, NOTED, self.today, values, typed["note"])


def _seen(asked: Iterable[Asked]) -> Mapping[tuple[str, str], str]:
    return {(one.number, one.about): one.theirs for one in asked}


def _names(asked: Iterable[Asked]) -> str:
    named = list(dict.fromkeys(one.name for one in asked))
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"{', '.join(named[:_NAMED])}{more}"
