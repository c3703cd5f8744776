"""One fact of a case: what it is, since when; or taken back to not known."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from db import commands, roles, views
from db.commands.facts import EXTENSION, LONGEST_REASON
from db.errors import Stale
from db.rows import Changed, Role
from policy.facts import Fact, facts
from screens.base import Sitting
from screens.case_fields import Hint, field_for
from screens.case_form import CaseForm
from screens.case_words import names_of, titles, value_words
from screens.routes import Route
from screens.words import Words
from widgets.choices import Tick
from widgets.fields import DateField, TextField
from widgets.palette import Ink
from widgets.words import day_of, long_date

_HELP = {
    "length": "4y, 18m, 2y 6m, 90d",
    "month": "2026-09",
}
_SOURCES = {
    "hand": "recorded by hand",
    "extract": "from the extract",
    "duty form": "from a duty's form",
    "screening": "from a screening",
    "checklist": "from the checklist",
}
_WAITING = 8


class FactForm(CaseForm):
    """The field of one fact, by its type."""

    TITLE_WORDS: ClassVar[str] = "Record a fact"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The fact that `route.cursor` names, of the case it names."""
        super().__init__(sitting, route)
        self.fact = route.cursor
        self.rule: Fact = facts()[route.cursor]
        self.row = next(row for row in self.detail.facts if row.fact == route.cursor)
        self._seen = self.row.value if self.row.known else None

    def fields(self) -> Iterable[Widget]:
        """What it is now, its field, what it means, since when, what waits for it."""
        staff = views.staff() if self.rule.type == "staff" else ()
        yield Words(f"{self.rule.label}: {self._now(value_words(self.fact, self.row.value, names_of(staff)))}")
        if self.row.question:
            yield Words(self.row.question, ink=Ink.UNKNOWN)
        if refusal := self.refusal():
            yield self.refused(refusal)
            return
        yield Words("")
        yield from field_for(
            self.rule.type,
            "Value",
            id=self.fact,
            today=self.today,
            values=self.rule.values,
            value=self.row.value,
            help=_HELP.get(self.rule.type, ""),
            staff=staff,
        )
        if self.rule.help:
            yield Hint(self.rule.help)
        if self.row.known:
            yield Tick("Take back", "it is not known after all", id="unknown")
        if self.fact == EXTENSION:
            help = "who decided, and on what grounds"
            yield TextField("Why", id="why", required=True, help=help, max_length=LONGEST_REASON)
        elif self._corrects:
            yield TextField("Reason", id="why", required=True, help="why it is corrected", max_length=LONGEST_REASON)
        if self.row.group == "risk" and self.fact != EXTENSION:
            yield TextField("Told by", id="told-by", help="who or what it comes from", max_length=200)
        yield DateField("Since", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield Hint("The day from which it holds; today if that is not known.")
        if waiting := self._waiting_words():
            yield Hint(waiting, indent=0, above=1)

    @property
    def _corrects(self) -> bool:
        """Whether what is recorded here corrects what an extract gave; a move of somebody is no correction."""
        return self.row.known and self.row.source == "extract" and not self.rule.follows

    def _now(self, value: str) -> str:
        row = self.row
        if not row.known:
            return "not known"
        source = _SOURCES.get(row.source, row.source)
        since = f", since {long_date(day_of(row.effective))}" if row.effective else ""
        return f"{value} ({source}{since})"

    def _waiting_words(self) -> str:
        missing = next((each for each in self.detail.row.missing if each.fact == self.fact), None)
        if missing is None:
            return ""
        told = titles(self.detail, self.office)
        names = list(dict.fromkeys(told.get(name, name) for name in missing.needed_for))
        more = f" and {len(names) - _WAITING} more" if len(names) > _WAITING else ""
        return f"Waiting for it: {'; '.join(names[:_WAITING])}{more}."

    def refusal(self) -> str:
        """What this user may not record here, in a sentence; "" where they may."""
        if not roles.may(self.actor, "facts"):
            return "Your role reads; it records nothing."
        if self.fact == "supervisor" and not roles.may(self.actor, "allocate"):
            return "Naming a supervisor is the manager's."
        if self.fact == EXTENSION and not roles.may(self.actor, "scope"):
            return "A local extension of scope is the manager's to decide."
        if self.actor.role is Role.SUPERVISOR and self.detail.row.supervisor != self.actor.staff:
            return "A supervisor records facts only of their own cases, and this one is not yours."
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would be refused is not offered."""
        if action == "save" and self.refusal():
            return False
        return super().check_action(action, parameters)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """A value, or that there is none; and no day to come."""
        found = {}
        if not typed[self.fact] and typed.get("unknown") != "yes":
            found[self.fact] = f"{self.rule.label} needs a value. Esc leaves it as it is."
        day = date.fromisoformat(typed["on"])
        if day > self.today:
            found["on"] = f"{long_date(day)} has not come yet."
        return found

    def submit(self) -> Changed:
        """Record it."""
        typed = self.typed
        value = None if typed.get("unknown") == "yes" else typed[self.fact]
        on = date.fromisoformat(typed["on"])
        try:
            return commands.set_facts(
                self.actor,
                self.origin.case,
                {self.fact: value},
                self.today,
                on,
                seen={self.fact: self._seen},
                why=typed.get("why") or typed.get("told-by", ""),
            )
        except Stale as stale:
            # Both have been shown by the time Ctrl+S is pressed again, which is then a choice.
            self._seen = stale.theirs if isinstance(stale.theirs, str) else None
            raise
