"""What only those who need to know may see: a disclosure, sharing it, asking before it is inherited, an emergency."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from db import commands
from db.commands.saying import says_nothing
from db.errors import NotAllowed
from db.rows import Changed, Role
from screens.case_fields import Hint
from screens.mark import ChecklistForm
from widgets.choices import Choice, Option
from widgets.fields import DateField, LongText, TextField
from widgets.words import long_date

_TOLD = (
    "It is seen by the supervisor, whoever recorded it, and the manager; to everybody else it does not exist. "
    "The audit trail says only that a restricted record was changed."
)


class DisclosureForm(ChecklistForm):
    """One form for what is need-to-know; it looks the same whether or not there is anything to know."""

    TITLE_WORDS: ClassVar[str] = "Need to know"

    def fields(self) -> Iterable[Widget]:
        """What is recorded; to whom and on which grounds where it is passed on."""
        if self._refusal:
            yield self.refused()
            return
        manager = self.actor.role is Role.MANAGER
        kinds = [
            Option("domestic-abuse", "domestic abuse", "d"),
            Option("sex-work", "sex work", "w"),
            Option("sexual-violence", "sexual violence", "v"),
            Option("shared", "passed on", "p"),
        ]
        if manager:
            kinds.append(Option("asked", "person asked", "a"))
        else:
            kinds.append(Option("emergency", "emergency access", "e"))
        yield Choice("What", kinds, id="what", required=True)
        yield DateField("On", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield LongText("In words", id="words", lines=3, help="what was said, what was passed on, or the reason")
        yield TextField("To whom", id="to", max_length=200, help="passed on: to whom; asked: the new supervisor")
        yield Choice("Grounds", (Option("consent", "consent"), Option("safeguarding", "safeguarding")), id="grounds")
        if manager:
            yield Choice("May know?", (Option("yes", "yes"), Option("no", "no")), id="agreed")
        yield Hint(_TOLD, above=1)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """What each kind asks for."""
        found = {}
        what = typed["what"]
        if what != "asked" and says_nothing(typed["words"]):
            found["words"] = "Say it in a few words."
        if what in ("shared", "asked") and not typed["to"]:
            found["to"] = "To whom is missing." if what == "shared" else "Which supervisor is missing."
        if what == "shared" and not typed["grounds"]:
            found["grounds"] = "With consent, or on safeguarding grounds?"
        if what == "asked" and not typed.get("agreed"):
            found["agreed"] = "What did the person say?"
        day = date.fromisoformat(typed["on"])
        if day > self.today:
            found["on"] = f"{long_date(day)} has not come yet."
        return found

    def submit(self) -> Changed:
        """Record it."""
        typed, number, today = self.typed, self.origin.case, self.today
        on = date.fromisoformat(typed["on"])
        match typed["what"]:
            case "shared":
                return commands.share(self.actor, number, typed["to"], typed["grounds"], typed["words"], today, on)
            case "asked":
                return commands.ask_to_inherit(self.actor, number, typed["to"], typed["agreed"] == "yes", today)
            case "emergency":
                return commands.open_in_emergency(self.actor, number, typed["words"], today)
            case about if about:
                return commands.disclose(self.actor, number, about, typed["words"], today, on)
        raise NotAllowed("Nothing was chosen.")
