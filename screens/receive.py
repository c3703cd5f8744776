"""Receiving somebody: a number the record does not know makes a new person; one it knows is back."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.widget import Widget

from db import commands, views
from db.moving import Reception, Whereabouts
from db.rows import Changed
from policy.facts import facts
from policy.moves import RECEPTIONS, moves
from policy.numbers import is_prisoner_number
from screens.case_fields import Hint, moment_in
from screens.forms import FormScreen
from screens.words import Words
from widgets.choices import Choice, Option
from widgets.fields import DateField, TextField, TimeField
from widgets.form import Field
from widgets.words import day_of, long_date, when_words

_NEW = ("surname", "forenames", "date-of-birth", "sex")
_KEYS = {"received": "c", "transfer-in": "t", "recalled": "r"}
_SAID = {
    "received": "A new custody start: screening and everything that counts from it begin anew.",
    "transfer-in": "Arrival here begins induction and allocation; a plan they bring is due for review.",
    "recalled": "A new custody start, and the steps of re-engagement begin.",
}


class ReceiveForm(FormScreen):
    """Number first: it says whether they are known."""

    TITLE_WORDS: ClassVar[str] = "Receive somebody"
    _known: Whereabouts | None = None

    def subject(self) -> str:
        """New, or back."""
        return "new, or back under the same number"

    def fields(self) -> Iterable[Widget]:
        """Number, who, how, from where, when, cell."""
        yield TextField("Number", id="number", required=True, help="like A1234BC", max_length=10)
        yield Hint("", id="known")
        yield TextField("Surname", id="surname", max_length=100)
        yield TextField("Forenames", id="forenames", max_length=100)
        yield DateField("Date of birth", id="date-of-birth", today=self.today, lean="past", help="like 4/5/1988")
        yield Choice("Sex", [Option(one, one) for one in facts()["sex"].values], id="sex")
        options = [Option(name, moves()[name].label, _KEYS[name]) for name in RECEPTIONS]
        yield Choice("How", options, id="what", required=True)
        yield Choice("Recall", [Option(one, one) for one in facts()["recall"].values if one != "no"], id="recall")
        yield TextField("From", id="from", help="court or prison", max_length=60)
        yield TimeField("When", id="at", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield TimeField("Custody start", id="custody-start", today=self.today, lean="past", help="if it is known")
        yield TextField("Cell", id="cell", help="like B-2-014", max_length=60)
        yield Hint("", id="follows", indent=0, above=1)

    def on_mount(self) -> None:
        """Show what belongs to how they came."""
        super().on_mount()
        self._suit()

    def on_field_changed(self, event: Field.Changed) -> None:
        """A number says whether they are known; how they came, what is asked."""
        super().on_field_changed(event)
        if event.field.id == "number":
            number = event.field.value.strip().upper()
            self._known = None
            if is_prisoner_number(number):
                self._known = views.whereabouts_now(self.actor, number, self.today)
            self._suit()
        elif event.field.id == "what":
            self._suit()

    def _suit(self) -> None:
        texts = self.form.texts()
        what = texts.get("what", "")
        for name in _NEW:
            self.form.field(name).display = self._known is None
        self.form.field("recall").display = what == "recalled"
        self.form.field("custody-start").display = what == "transfer-in"
        self.query_one("#follows", Words).text = _SAID.get(what, "")
        self.query_one("#known", Words).text = self._known_words()

    def _known_words(self) -> str:
        known = self._known
        if known is None:
            return ""
        if known.where != "away":
            return f"{known.name} is here already."
        if known.died:
            return f"{known.name} died{f' on {long_date(known.left)}' if known.left else ''}: see the case first."
        left = f" left on {long_date(known.left)}" if known.left else " is known"
        return f"{known.name}{left}, and is back. The record goes on where it was."

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """A number there can be, a name for somebody new, no day to come."""
        found = {}
        if not is_prisoner_number(typed["number"].strip().upper()):
            found["number"] = "A prisoner number is a letter, four digits, two letters: A1234BC."
        elif self._known is not None and self._known.where != "away":
            found["number"] = f"{self._known.name} is here already. m on the case records a movement."
        if self._known is None and not typed["surname"]:
            found["surname"] = "The surname is needed for somebody new."
        if day_of(moment_in(typed["at"])) > self.today:
            found["at"] = f"{when_words(moment_in(typed['at']), self.today)} has not come yet."
        return found

    def submit(self) -> Changed:
        """Record it."""
        typed = self.typed
        given = {name: typed[name] for name in _NEW if typed[name] and self._known is None}
        if typed["what"] == "recalled" and typed["recall"]:
            given["recall"] = typed["recall"]
        if typed["what"] == "transfer-in" and typed["custody-start"]:
            given["custody-start"] = typed["custody-start"]
        reception = Reception(
            typed["number"], typed["what"], moment_in(typed["at"]), typed["cell"], typed["from"], given
        )
        return commands.receive(self.actor, reception, self.today)
