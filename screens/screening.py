"""The basic custody screening, part 1 or 2: who, when, needs by pathway, and the facts that shape the work."""

from collections.abc import Iterable, Mapping
from datetime import date

from textual.widget import Widget

from db import commands, views
from db.commands import Screening
from db.rows import Changed
from db.views.screening import ASKED
from policy.catalogue import catalogue
from policy.cohorts import cohorts
from policy.facts import facts
from screens.base import Sitting
from screens.case_fields import Hint, field_for, moment_in
from screens.foot import Foot
from screens.mark import ChecklistForm
from screens.routes import Route
from screens.words import Words
from widgets.choices import Choice, Option
from widgets.fields import DateField, LongText, TextField, TimeField
from widgets.palette import Ink
from widgets.words import day_of, long_date

_YES_NO = (Option("yes", "yes"), Option("no", "no"))
_MOST_NEEDS = 5
_NEEDS = {
    "accommodation": "Housing",
    "ete": "Work, learning",
    "health": "Health",
    "drugs": "Drugs, alcohol",
    "finance": "Money",
    "families": "Family",
    "attitudes": "Thinking",
}
_FACTS = {
    "tenancy": "Tenancy",
    "has-job": "Job to keep",
    "family-at-risk": "Family contact",
    "homeless-risk": "Homeless risk",
    "homeless-consent": "Referral OK",
    "ete-on-release": "Work ahead",
    "drug-need": "Drug need",
    "care-leaver": "Care leaver",
    "social-care-need": "Social care",
    "removal-interest": "Removal",
}
_GROUPS = {"ex-service": "Served, reserve", "learning": "Learning needs"}


class ScreeningForm(ChecklistForm):
    """One part of the screening; `route.cursor` says which."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Filled in from what is known, and from the last screening where the person is back within 6 months."""
        super().__init__(sitting, route)
        self.part = route.cursor or "bcst1"
        self.TITLE_WORDS = f"Basic custody screening, part {self.part[-1]}"  # type: ignore[misc]
        self.first = views.screening_form(sitting.actor, route.case, self.part, sitting.today)
        if not self._refusal and not self.first.allowed:
            self._refusal = self.first.words
            self._foot = Foot(("leave", "keys"))

    def fields(self) -> Iterable[Widget]:
        """Who and when; needs; what needs action at once; facts; how it was explained."""
        if self._refusal:
            yield self.refused()
            return
        if self.first.words:
            yield Words(self.first.words, ink=Ink.TODAY)
        by, on = self.first.by or self.actor.name, self.first.on or self.today.isoformat()
        yield TextField("Who did it", id="by", value=by, required=True, max_length=80)
        yield TimeField("When", id="on", today=self.today, value=on, required=True, lean="past")
        if self.part == "bcst1":
            value, help_ = self.first.received, "by the provider; BCST 2 counts from it"
            yield DateField("Received", id="received", today=self.today, value=value, help=help_)
        yield LongText("At once", id="immediate", lines=1, help="immediate resettlement needs, one a line")
        yield Hint("A need, by pathway (y, n; empty: not looked at)", indent=0, above=1)
        needs = dict(self.first.needs)
        for name, label in _NEEDS.items():
            yield Choice(
                label, _YES_NO, id=f"need-{name}", value=needs.get(name, ""), help=catalogue().pathway[name].title
            )
        yield Hint("What is known of them (empty: not known)", indent=0, above=1)
        known = dict(self.first.facts)
        for name in ASKED:
            fact = facts()[name]
            yield from field_for(
                fact.type, _FACTS[name], id=name, today=self.today, values=fact.values, value=known.get(name, "")
            )
        groups = dict(self.first.cohorts)
        for name, label in _GROUPS.items():
            yield Choice(label, _YES_NO, id=f"group-{name}", value=groups.get(name, ""), help=cohorts()[name].title)
        yield Hint("How it was said", indent=0, above=1)
        yield LongText("What was said", id="said", lines=1)
        yield TextField("Language", id="language", max_length=60)
        yield Choice("Interpreter?", _YES_NO, id="interpreter")
        yield TextField("Format", id="format", max_length=60, help="spoken, easy read, large print, translated")
        understood = (Option("yes", "yes"), Option("unsure", "unsure"), Option("no", "no"))
        yield Choice("Understood?", understood, id="understood")
        yield Hint("Anything about abuse or sex work is recorded apart, with y in the checklist.", above=1)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """No day to come; the provider cannot have received it before it was done."""
        found = {}
        day = day_of(moment_in(typed["on"]))
        if day > self.today:
            found["on"] = f"{long_date(day)} has not come yet."
        received = date.fromisoformat(typed["received"]) if typed.get("received") else day
        if received < day:
            found["received"] = "That is before the screening was done."
        elif received > self.today:
            found["received"] = f"{long_date(received)} has not come yet."
        if len(_lines(typed["immediate"])) > _MOST_NEEDS:
            found["immediate"] = f"At most {_MOST_NEEDS} at a time."
        return found

    def submit(self) -> Changed:
        """Record it."""
        typed = self.typed
        received = typed.get("received", "")
        needs = {name: typed[f"need-{name}"] for name in _NEEDS if typed[f"need-{name}"]}
        groups = {name: typed[f"group-{name}"] for name in _GROUPS if typed[f"group-{name}"]}
        known = dict(self.first.cohorts)
        screening = Screening(
            self.part,
            moment_in(typed["on"]),
            typed["by"],
            date.fromisoformat(received) if received else None,
            needs,
            _lines(typed["immediate"]),
            {name: typed[name] for name in ASKED if typed[name]},
            {name: member for name, member in groups.items() if known.get(name) != member},
            typed["said"],
            typed["language"],
            typed["interpreter"],
            typed["format"],
            typed["understood"],
        )
        return commands.screen(self.actor, self.origin.case, screening, self.today)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
