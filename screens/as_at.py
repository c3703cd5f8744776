"""Asks for the earlier day as at which a case is to be shown."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from db import views
from db.errors import RecordError
from screens.asking import AskingForm
from screens.foot import FootEntry
from screens.messages import Go
from screens.routes import AS_AT, Route
from widgets.fields import DateField
from widgets.form import Field
from widgets.words import long_date


class AsAtForm(AskingForm):
    """A day."""

    TITLE_WORDS = "The case as at an earlier day"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (("save", "show it"), ("leave", "not now"), "keys")

    def fields(self) -> Iterable[Field]:
        """The day."""
        yield DateField("Day", id="day", today=self.today, required=True, lean="past", help="like 2/2 or -7")

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Whether anything was recorded by then."""
        day = date.fromisoformat(typed["day"])
        if day > self.today:
            return {"day": f"{long_date(day)} has not come yet."}
        try:
            views.case_detail(self.actor, self.origin.case, self.today, day)
        except RecordError as error:
            return {"day": error.sentence}
        return {}

    def answered(self, typed: Mapping[str, str]) -> None:
        """Open the case as at that day."""
        self.app.post_message(Go(Route("case", self.origin.case, detail=f"{AS_AT}{typed['day']}")))
