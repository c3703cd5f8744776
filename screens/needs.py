"""A need found now, and advice and guidance asked for."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from db import commands
from db.commands.saying import says_nothing
from db.commands.screening import MOST_ADVICE
from db.rows import Changed
from policy.catalogue import catalogue
from screens.case_fields import Hint
from screens.mark import ChecklistForm
from screens.words import Pieces
from widgets.choices import Choice, Option, Tick
from widgets.fields import DateField, TextField
from widgets.lines import Line, Piece
from widgets.palette import Ink
from widgets.words import long_date, short_date


class NeedForm(ChecklistForm):
    """A need under a pathway, which `route.cursor` names, whenever it is found."""

    TITLE_WORDS: ClassVar[str] = "A need"

    def fields(self) -> Iterable[Widget]:
        """Under which pathway, whether there is one, and whether it cannot wait."""
        if self._refusal:
            yield self.refused()
            return
        pathways = [Option(key, one.name) for key, one in catalogue().pathway.items() if not one.restricted]
        here = self.origin.cursor if self.origin.cursor in {option.value for option in pathways} else ""
        yield Choice("Pathway", pathways, id="pathway", value=here, required=True)
        yield Choice("A need?", (Option("yes", "yes"), Option("no", "no")), id="need", value="yes", required=True)
        yield Tick("Immediate", "to be acted on at once, whatever the sentence", id="immediate")
        yield TextField("What", id="words", max_length=300, help="in a few words")
        yield Hint("Its clock starts today. What is to be done about it is marked in the checklist.", above=1)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """An immediate need says what it is."""
        if typed["immediate"] == "yes" and says_nothing(typed["words"]):
            return {"words": "Say what the need is."}
        if typed["immediate"] == "yes" and typed["need"] != "yes":
            return {"need": "Where there is no need, none is immediate."}
        return {}

    def submit(self) -> Changed:
        """Record it."""
        typed = self.typed
        return commands.set_need(
            self.actor,
            self.origin.case,
            typed["pathway"],
            typed["need"],
            typed["words"],
            self.today,
            immediate=typed["immediate"] == "yes",
        )


class AdviceForm(ChecklistForm):
    """Information, advice and guidance: what was asked for so far, and one more request."""

    TITLE_WORDS: ClassVar[str] = "Advice and guidance asked for"

    def fields(self) -> Iterable[Widget]:
        """What there was, how much time is used, what is asked now."""
        lines: list[Line] = [self._used()]
        for one in self.found.advice:
            met = f"met {short_date(one.met, self.today)}" if one.met else "not met yet: d in the case meets it"
            minutes = (
                f", {one.minutes} minutes" if one.minutes is not None else ", minutes not known" if one.met else ""
            )
            asked = short_date(one.asked, self.today)
            lines.append([Piece(f"  {one.title or 'advice'}, asked {asked}: {met}{minutes}", Ink.DIM)])
        yield Pieces([*lines, []])
        if self._refusal:
            yield self.refused()
            return
        yield TextField("About", id="about", required=True, max_length=200, help="what advice is asked for")
        yield DateField("Asked on", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield Hint("To be met within 7 working days.", above=1)

    def _used(self) -> Line:
        used = sum(one.minutes or 0 for one in self.found.advice)
        unknown = sum(one.met is not None and one.minutes is None for one in self.found.advice)
        more = f", and {unknown} time{'s' if unknown != 1 else ''} not known how many" if unknown else ""
        left = MOST_ADVICE - used
        says = f"{left} left" if left > 0 else "nothing is left of the two hours"
        words = f"{used} of {MOST_ADVICE} minutes used in this sentence{more}; {says}."
        return [Piece(words, Ink.TEXT if left > 0 else Ink.OVERDUE)]

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Nothing has been asked on a day to come."""
        if "on" not in typed:
            return {}
        day = date.fromisoformat(typed["on"])
        return {"on": f"{long_date(day)} has not come yet."} if day > self.today else {}

    def submit(self) -> Changed:
        """Record it."""
        on = date.fromisoformat(self.typed["on"])
        return commands.ask_advice(self.actor, self.origin.case, self.typed["about"], self.today, on)
