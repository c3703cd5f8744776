"""Arranging a planning meeting, and putting down who came, how the person took part, and what was agreed."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec
from textual.widget import Widget

from db import commands
from db import planning as pl
from db.errors import Stale
from db.rows import Changed
from policy.planning import plan_words
from screens.base import Sitting
from screens.case_fields import Hint
from screens.objective_form import READS, PlanForm
from screens.routes import Route
from widgets.choices import Choice, Option, Tick, TickItem, TickList
from widgets.fields import DateField, LongText, TextField
from widgets.words import long_date

_STATES = (Option("arranged", "arranged", "a"), Option("held", "held", "h"), Option("not-held", "not held", "n"))
_PARTS = {"contributed": "c", "present": "l", "absent": "n"}


class MeetingForm(PlanForm):
    """The meeting the route's `cursor` names, "" for a new one."""

    TITLE_WORDS = "A planning meeting"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """As it stands now; people are those there were, and those expected."""
        super().__init__(sitting, route)
        self.row = next((one for one in self.plan.meetings if one.id == route.cursor), None)
        self._seen = self.row.row if self.row else ""
        self._now = self.row.kept if self.row else pl.MeetingPayload("planning", "arranged", chair=self._manager())
        if self.row is None and self.plan.versions:
            self._now = msgspec.structs.replace(self._now, kind="review")
        self.people = self._people()

    def _manager(self) -> str:
        return next((one.name for one in self.plan.expected if one.role == "offender manager"), "")

    def _people(self) -> tuple[pl.Attendance, ...]:
        known = {one.name.casefold(): one for one in self._now.attendance}
        if self._now.state != "held":
            for one in self.plan.expected:
                known.setdefault(one.name.casefold(), pl.Attendance(one.name, one.role))
        return tuple(known.values())

    def fields(self) -> Iterable[Widget]:
        """What and when; who; how the person took part; what was agreed."""
        if not self.allowed:
            yield self.refused(READS)
            return
        now = self._now
        kinds = [Option(name, word.title) for name, word in plan_words().meeting.items()]
        yield Choice("Kind", kinds, id="kind", value=now.kind, required=True)
        yield Choice("Stands at", _STATES, id="state", value=now.state, required=True)
        on = self.row.on.isoformat() if self.row else self.today.isoformat()
        yield DateField("On", id="on", today=self.today, value=on, required=True)
        yield Tick("Video link", "somebody joins by video link", id="video", ticked=now.video == "yes")
        yield TextField("Chair", id="chair", value=now.chair, help="the offender manager is expected to chair")
        if self.people:
            yield self._ticks("Invited", "invited", [one.invited for one in self.people])
            yield self._ticks("Came", "came", [one.came for one in self.people])
            yield self._ticks("Sent a contribution", "contributed", [one.contributed for one in self.people])
        else:
            yield Hint("Nobody is expected yet: offender manager and keyworkers are named under g on the plan.")
        yield TextField("Others there", id="others", help="who else came, commas between", max_length=500)
        parts = [Option(name, word.title, _PARTS.get(name, "")) for name, word in plan_words().part.items()]
        yield Choice("The person", parts, id="part", value=now.part)
        yield TextField("Why", id="part_why", value=now.part_why, help="needed where they were not there")
        wishes = [Option("yes", "wishes it"), Option("no", "does not", "d")]
        yield Choice("Family", wishes, id="family_wish", value=now.family_wish)
        yield TextField("Who of family", id="family", value=now.family, help="invited only where the person wishes")
        yield LongText("Agreed", id="agreed", value=now.agreed, lines=2, help="what was agreed, who does what")
        if not now.version:
            yield Tick("The plan", self._agree_words(), id="agree")
        yield TextField("Why not held", id="why", value=now.why)

    def _agree_words(self) -> str:
        many = len(self.plan.objectives)
        return f"its {many} objective{'' if many == 1 else 's'} agreed as they stand: version {self.plan.draft}"

    def _ticks(self, label: str, id: str, ticked: list[bool]) -> TickList:
        items = [
            TickItem(str(at), one.name, due=one.role, ticked=yes)
            for at, (one, yes) in enumerate(zip(self.people, ticked, strict=True))
        ]
        return TickList(label, items, id=id)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """What was held was not held on a day to come."""
        day = date.fromisoformat(typed["on"])
        if typed["state"] != "arranged" and day > self.today:
            return {"on": f"{long_date(day)} has not come yet."}
        return {}

    def submit(self) -> Changed:
        """Write it down."""
        typed = self.typed
        given = pl.MeetingPayload(
            typed["kind"],
            typed["state"],
            typed["chair"],
            "yes" if typed["video"] == "yes" else "",
            msgspec.json.encode(self._attended(typed)).decode(),
            typed["part"],
            typed["part_why"],
            typed["family_wish"],
            typed["family"],
            typed["agreed"],
            why=typed["why"],
        )
        on = date.fromisoformat(typed["on"])
        try:
            return commands.save_meeting(
                self.actor,
                self.origin.case,
                given,
                on,
                self.today,
                id=self.row.id if self.row else "",
                seen=self._seen,
                agree=typed.get("agree") == "yes",
            )
        except Stale as stale:
            self._seen = stale.now or self._seen
            raise

    def _attended(self, typed: Mapping[str, str]) -> list[pl.Attendance]:
        ticked = {name: set(typed.get(name, "").split(",")) for name in ("invited", "came", "contributed")}
        found = [
            pl.Attendance(
                one.name,
                one.role,
                str(at) in ticked["invited"],
                str(at) in ticked["came"],
                str(at) in ticked["contributed"],
            )
            for at, one in enumerate(self.people)
        ]
        held = typed["state"] == "held"
        others = [" ".join(name.split()) for name in typed["others"].split(",") if name.strip()]
        return found + [pl.Attendance(name, "", not held, held, False) for name in others]
