"""A movement of somebody: cell, court, hospital, temporary release, back, transfer out, release, death."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.widget import Widget

from db import commands, roles, views
from db.errors import Stale
from db.moving import Movement
from db.rows import Changed
from policy.moves import DEATH, RECEPTIONS, TRANSFER_OUT, moves
from screens.base import Sitting
from screens.case_fields import Hint, moment_in
from screens.case_form import CaseForm
from screens.messages import Go
from screens.paper_form import route_to
from screens.routes import Route
from screens.words import Words
from widgets.choices import Choice, Option, Tick
from widgets.fields import LongText, TextField, TimeField
from widgets.form import Field
from widgets.palette import Ink
from widgets.words import day_of, long_date, when_words

_KEYS = {
    "cell": "c", "court": "o", "hospital": "h", "temporary-release": "t", "at-large": "u", "back": "b",
    TRANSFER_OUT: "x", "release": "r", DEATH: "d",
}  # fmt: skip
_PLANNED = (Option("yes", "yes", "y"), Option("no", "no", "n"))
_ONLY_TRANSFER = ("planned", "why", "hold", "told", "handover")
_SAID = {
    TRANSFER_OUT: "The case leaves the caseload; telling the offender manager stays due until it is recorded.",
    "release": "The case is closed. What was to be done before release and was not counts as failed; the rest lapses.",
    DEATH: "Nothing is asked of this case any more. Everything that was recorded stays and can be read.",
    "hospital": "Clocks stand still until they are back.",
    "at-large": "Clocks stand still until they are back.",
    "back": "Where clocks stood still they go on, moved by the days away.",
}


class MoveForm(CaseForm):
    """The kinds that fit where the person is now; each shows the fields it asks."""

    TITLE_WORDS: ClassVar[str] = "A movement"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the case `route` names; its `detail` names the kind to begin with."""
        super().__init__(sitting, route)
        self._now = views.whereabouts_now(sitting.actor, route.case, sitting.today)
        self._seen = self._now.place if self._now else ""
        where = self._now.where if self._now else ""
        self._kinds = [name for name, kind in moves().items() if name not in RECEPTIONS and kind.fits(where)]

    @property
    def refusal(self) -> str:
        """Why nothing can be recorded here, in a sentence; "" where it can."""
        if not roles.may(self.actor, "moves"):
            return "Movements are the case administrator's or the manager's to record."
        if not self._kinds and self._now is not None:
            left = f" on {long_date(self._now.left)}" if self._now.left else ""
            if self._now.died:
                return f"They died{left}. If that is wrong, correct in the case how and when they left. Esc leaves."
            return f"They left{left}. When they are back: 5, then r receives them under the same number."
        return ""

    def fields(self) -> Iterable[Widget]:
        """Where they are; what; when; and what each kind asks."""
        if self.refusal or self._now is None:
            yield self.refused(self.refusal)
            return
        now = self._now
        yield Words(f"Now: {now.place or 'place not known'}", ink=Ink.DIM)
        if now.hold:
            yield Words(f"Transfer hold: {now.hold}", ink=Ink.TODAY)
        yield Words("")
        options = [Option(name, moves()[name].label, _KEYS.get(name, "")) for name in self._kinds]
        begin = self.origin.detail if self.origin.detail in self._kinds else ""
        yield Choice("What", options, id="what", value=begin, required=True)
        yield TimeField("When", id="at", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield TextField("To", id="to", help="cell, court, hospital, prison", max_length=60)
        yield Choice("Planned", _PLANNED, id="planned")
        yield TextField("Why", id="why", help="why they are moved, and whether it fits the plan", max_length=500)
        if now.hold:
            yield TextField("Hold broken by", id="hold", help="who decided to move them all the same", max_length=200)
        yield Tick("Told", "the offender manager has been told", id="told")
        yield Tick("Handover", "afterwards, offer the summary to print", id="handover", ticked=True)
        yield LongText("Note", id="note", lines=1)
        yield Hint("", id="follows", indent=0, above=1)

    def on_mount(self) -> None:
        """Show what belongs to the kind."""
        super().on_mount()
        self._suit()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another kind asks something else."""
        super().on_field_changed(event)
        if event.field.id == "what":
            self._suit()

    def _suit(self) -> None:
        what = self.form.texts().get("what", "")
        kind = moves().get(what)
        for field in self.form:
            if field.id == "to":
                field.display = kind is not None and bool(kind.to)
                field.label = kind.to if kind and kind.to else "To"
                field.refresh()
            elif field.id in _ONLY_TRANSFER:
                field.display = what == TRANSFER_OUT
        said = _SAID.get(what, "")
        if what == "release" and self._now and self._now.release:
            said = f"The release date on record: {long_date(self._now.release)}. {said}"
        for hint in self.query("#follows").results(Words):
            hint.text = said

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would be refused is not offered."""
        return not self.refusal if action == "save" else super().check_action(action, parameters)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """No day to come; a place where one is needed; a hold somebody broke."""
        found, kind = {}, moves()[typed["what"]]
        if day_of(moment_in(typed["at"])) > self.today:
            found["at"] = f"{when_words(moment_in(typed['at']), self.today)} has not come yet."
        if kind.needs_to and not typed["to"]:
            found["to"] = f"{kind.to}: where to?"
        if "hold" in kind.asks and self._now and self._now.hold and not typed.get("hold"):
            found["hold"] = "There is a transfer hold. Who broke it? Esc lets them stay."
        return found

    def submit(self) -> Changed:
        """Record it."""
        typed, kind = self.typed, moves()[self.typed["what"]]
        transfer = typed["what"] == TRANSFER_OUT
        movement = Movement(
            typed["what"],
            moment_in(typed["at"]),
            typed["to"] if kind.to else "",
            typed["planned"] if transfer else "",
            typed["why"] if transfer else "",
            typed.get("hold", "") if transfer else "",
            transfer and typed["told"] == "yes",
            typed["note"],
        )
        try:
            return commands.move(self.actor, self.origin.case, movement, self.today, seen=self._seen)
        except Stale as stale:
            # Both have been shown by the time it is saved again, which is then a choice.
            self._seen = stale.theirs if isinstance(stale.theirs, str) else self._seen
            raise

    def _finish(self, changed: Changed) -> None:
        wanted = self.typed["what"] == TRANSFER_OUT and self.typed["handover"] == "yes"
        on_top = self.app.screen is self
        super()._finish(changed)
        if wanted and on_top:
            self.app.post_message(Go(route_to(self.origin.case, "case-summary")))
