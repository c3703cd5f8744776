"""On what terms a supervisor works: hours a week, home probation areas, an absence. Suggestions weigh all three."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from db import commands, roles
from db.commands.staff import LONGEST_WEEK
from db.errors import NotFound
from db.loads import Load
from db.rows import Changed
from db.views.workload import workload
from screens.base import Sitting
from screens.case_fields import Hint
from screens.foot import Foot
from screens.forms import FormScreen
from screens.routes import Route
from screens.words import Words
from screens.workload_items import cases_words
from widgets.fields import DateField, TextField
from widgets.palette import Ink


class TermsForm(FormScreen):
    """The form for the member of staff the route's `cursor` names."""

    TITLE_WORDS: ClassVar[str] = "Hours, areas, absence"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Begin with what is recorded. Raises NotFound."""
        super().__init__(sitting, route)
        told = workload(sitting.actor, sitting.today)
        found = next((load for load in told.loads if load.id == route.cursor), None)
        if found is None:
            raise NotFound(f"There is no supervisor called “{route.cursor}”.")
        self._load: Load = found
        self._full, self._most = told.full_time, told.most
        self._refusal = "" if roles.may(sitting.actor, "allocate") else "Hours and absences are the manager's."
        if self._refusal:
            self._foot = Foot(("leave", "keys"))

    def subject(self) -> str:
        """Who, and how many cases they hold."""
        return f"{self._load.name}  {cases_words(self._load.cases)}"

    def fields(self) -> Iterable[Widget]:
        """Hours, areas, away, back."""
        if self._refusal:
            yield Words(f"{self._refusal} Esc leaves.", ink=Ink.TODAY)
            return
        terms = self._load.terms
        hours = str(terms.hours) if terms.hours else ""
        yield TextField("Hours a week", id="hours", value=hours, help="contracted, like 37 or 18", max_length=2)
        yield Hint(f"{self._full} is full time, for {self._most} cases at most; fewer hours, fewer cases.")
        yield TextField("Areas", id="areas", value=", ".join(terms.areas), help="Leeds, Wakefield", max_length=300)
        yield Hint("Home probation areas they cover, with commas between.")
        away, back = _iso(terms.away), _iso(terms.back)
        yield DateField("Away from", id="away", today=self.today, value=away, help="first day, like 2/3")
        yield DateField("Back on", id="back", today=self.today, value=back, lean="future", help="empty: not known")
        yield Hint("While away they are given no cases; their own stay theirs until they are reallocated.")

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """A number of hours there can be; back after away."""
        hours = typed["hours"].strip()
        if hours and not (hours.isdigit() and 1 <= int(hours) <= LONGEST_WEEK):
            return {"hours": f"A whole number from 1 to {LONGEST_WEEK}, or nothing."}
        if typed["back"] and not typed["away"]:
            return {"away": "Away from when?"}
        if typed["back"] and typed["back"] <= typed["away"]:
            return {"back": "Back is a day after the first day away."}
        return {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would be refused is not offered."""
        if action == "save" and self._refusal:
            return False
        return super().check_action(action, parameters)

    def submit(self) -> Changed:
        """Record all of it."""
        typed = self.typed
        return commands.set_terms(
            self.actor,
            self._load.id,
            self.today,
            hours=int(typed["hours"] or 0),
            areas=typed["areas"].split(","),
            away=_day(typed["away"]),
            back=_day(typed["back"]),
            seen=self._load.terms,
        )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
