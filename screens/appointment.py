"""Booking an appointment with somebody: what, when, where, with whom; moving it, or calling it off."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.widget import Widget

from db import commands, roles
from db.appointments import WHAT
from db.errors import NotFound
from db.rows import Appointment, Changed
from screens.base import Sitting
from screens.case_fields import Hint, moment_in
from screens.case_form import CaseForm
from screens.routes import Route
from widgets.choices import Choice, Option, Tick
from widgets.fields import TextField, TimeField
from widgets.words import day_of, long_date

_READS = "Your role reads; it records nothing."
_KEYS = ("m", "p", "r", "t", "o")


class AppointmentForm(CaseForm):
    """A new one, or the one the route's `cursor` names."""

    TITLE_WORDS: ClassVar[str] = "Book an appointment"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the case `route` names. Raises NotFound where the appointment has been called off."""
        super().__init__(sitting, route)
        self._now = next((one for one in self.detail.appointments if one.key == route.cursor), None)
        if route.cursor and self._now is None:
            raise NotFound("There is no such appointment any more: somebody moved it or called it off.")

    def fields(self) -> Iterable[Widget]:
        """What, when, where, with whom; for one that is booked, whether it is called off."""
        if not roles.may(self.actor, "work"):
            yield self.refused(_READS)
            return
        now = self._now
        kinds = [Option(what, what, key) for what, key in zip(WHAT, _KEYS, strict=True)]
        yield Choice("What", kinds, id="what", value=now.what if now else WHAT[0], required=True)
        at = now.at.isoformat() if now else ""
        yield TimeField("When", id="at", today=self.today, value=at, required=True, lean="future")
        yield TextField("Where", id="where", value=now.where if now else "", help="visits, wing office, by video")
        yield TextField("With", id="others", value=now.others if now else "", help="offender manager, family, provider")
        if now is not None:
            yield Tick("Call it off", "it will not take place", id="off")
            yield TextField("Why", id="why", help="needed to call it off")
        yield Hint("It stands in the diary beside the duties. What came of it is logged with c.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who may not record has nothing to save."""
        if action == "save" and not roles.may(self.actor, "work"):
            return False
        return super().check_action(action, parameters)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """A day to come, unless it is called off, with a reason."""
        if typed.get("off") == "yes":
            return {} if typed["why"].strip() else {"why": "Why is it called off?"}
        day = day_of(moment_in(typed["at"]))
        return {"at": f"{long_date(day)} has passed; c logs what came of it."} if day < self.today else {}

    def submit(self) -> Changed:
        """Book it, move it, or call it off."""
        typed, case = self.typed, self.origin.case
        if typed.get("off") == "yes":
            return commands.call_off(self.actor, case, self.origin.cursor, typed["why"], self.today)
        booked = Appointment(typed["what"], moment_in(typed["at"]), typed["where"], typed["others"], self.origin.cursor)
        return commands.book(self.actor, case, booked, self.today)
