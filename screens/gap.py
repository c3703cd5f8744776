"""One missing fact of one person after another: Enter records it and goes on, PgDn skips, PgUp goes back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual import events
from textual.widget import Widget

from db import commands, views
from db.errors import RecordError, Stale
from db.moving import Gap
from db.rows import Changed
from policy.facts import facts
from screens.actions import bindings
from screens.base import Sitting
from screens.case_fields import Hint, field_for
from screens.foot import FootEntry
from screens.forms import FormScreen
from screens.messages import RecordChanged
from screens.routes import Route
from screens.words import Pieces, Words
from widgets.fields import DateField
from widgets.form import LABEL, Form
from widgets.lines import Piece
from widgets.palette import Ink
from widgets.words import long_date

ALL, FACT, PERSON = "all", "fact", "person"
VALUE = "value"


def in_walk(found: Sequence[Gap], walk: str) -> list[Gap]:
    """The gaps a walk goes through: all of them, one fact's, or one person's."""
    sort, _, name = walk.partition(":")
    if sort == FACT:
        return sorted((gap for gap in found if gap.fact == name), key=lambda gap: (gap.since, gap.number))
    return [gap for gap in found if sort == ALL or gap.number == name]


def first_route(found: Sequence[Gap], walk: str) -> Route | None:
    """Where a walk begins; None where nothing is missing."""
    gaps = in_walk(found, walk)
    return route_of(gaps[0], walk, len(gaps), 0) if gaps else None


def route_of(gap: Gap, walk: str, total: int, done: int) -> Route:
    """Where a walk stands: at this gap, so many recorded of so many."""
    return Route("gap", gap.number, gap.fact, f"{walk} {total} {done}")


class GapForm(FormScreen):
    """The field of one fact of one person, and where in the walk that is. The form stays; its field changes."""

    TITLE_WORDS: ClassVar[str] = "Missing"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("record", "record, next"), "skip", "return", ("leave", "stop"), ("Tab", "since"), "keys",
    )  # fmt: skip
    BINDINGS = bindings("record", "skip", "return")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The fact `route.cursor` of the case `route.case`; its detail says which walk, how many, how many done."""
        super().__init__(sitting, route)
        self._turning = False
        self._ahead: list[events.Key] = []
        self._take(route, views.gaps(sitting.actor, sitting.today))

    def _take(self, route: Route, found: Sequence[Gap]) -> None:
        """Stand at this place of the walk."""
        self.origin = route
        self._walk, total, done = route.detail.rsplit(" ", 2)
        self._total, self._done = int(total), int(done)
        self._gaps = in_walk(found, self._walk)
        here = (route.case, route.cursor)
        self._at = next((at for at, gap in enumerate(self._gaps) if (gap.number, gap.fact) == here), None)
        self.gap = self._gaps[self._at] if self._at is not None else None
        self._seen: str | None = None
        self._written = None

    def subject(self) -> str:
        """How far the walk is."""
        skipped = self._at or 0
        said = f"{min(self._total, self._done + skipped + 1)} of {self._total}"
        return f"{said}   {self._done} recorded, {skipped} skipped, {len(self._gaps)} left"

    def fields(self) -> Iterable[Widget]:
        """Who, the field, since when, what waits for it."""
        gap = self.gap
        if gap is None:
            yield Words("This has been recorded meanwhile. PgDn goes on, Esc stops.", ink=Ink.TODAY)
            return
        fact = facts()[gap.fact]
        where = f"  {gap.place}" if gap.place else ""
        yield Pieces([[Piece(gap.name, Ink.STRONG), Piece(f"  {gap.number}{where}", Ink.DIM)], []])
        staff = views.staff() if fact.type == "staff" else ()
        label = fact.label if len(fact.label) <= LABEL else "Value"
        if label != fact.label:
            yield Words(fact.label)
        yield from field_for(
            fact.type, label, id=VALUE, today=self.today, values=fact.values, staff=staff, required=True
        )
        if fact.help:
            yield Hint(fact.help)
        yield DateField("Since", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        waits = "1 duty waits" if gap.duties == 1 else f"{gap.duties} duties wait"
        yield Hint(f"{waits} for it. The day from which it holds; today if that is not known.", above=1, indent=0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to record where it is known by now."""
        if action in ("record", "save"):
            return self.gap is not None
        return super().check_action(action, parameters)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """No day to come."""
        day = date.fromisoformat(typed["on"])
        return {"on": f"{long_date(day)} has not come yet."} if day > self.today else {}

    def submit(self) -> Changed:
        """Record it."""
        on = date.fromisoformat(self.typed["on"])
        values = {self.origin.cursor: self.typed[VALUE]}
        try:
            return commands.set_facts(
                self.actor, self.origin.case, values, self.today, on, seen={self.origin.cursor: self._seen}
            )
        except Stale as stale:
            # Both have been shown by the time it is saved again, which is then a choice.
            self._seen = stale.theirs if isinstance(stale.theirs, str) else None
            raise

    # Going on -------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """What is typed while the next one is fetched goes to the next one."""
        if self._turning or self._saving:
            event.stop()
            event.prevent_default()
            self._ahead.append(event)

    def action_record(self) -> None:
        """Record it and go on.

        From here on no field has the cursor, so that what is typed meanwhile is not typed into this one. Enter comes
        past the field: the letters before it may not have arrived there, so recording waits its turn behind them.
        """
        if self._turning or self._saving:
            self.call_later(self.on_key, events.Key("enter", "\r"))
            return
        self._turning = True
        field = self.focused or self
        self.set_focus(None)
        field.call_later(self._record)

    def _record(self) -> None:
        self._turning = False
        self.action_save()
        if not self._saving:
            self._ahead.clear()

    def action_skip(self) -> None:
        """Leave it for later; what was typed is kept."""
        self._turn(1)

    def action_return(self) -> None:
        """To the one before."""
        self._turn(-1)

    def _refused(self, error: RecordError) -> None:
        self._ahead.clear()
        self._form.focus_first()
        super()._refused(error)

    def _finish(self, changed: Changed) -> None:
        self._saving = False
        if self._timer is not None:
            self._timer.stop()
        self.post_message(RecordChanged(changed))
        at = self._at or 0
        rest = [*self._gaps[:at], *self._gaps[at + 1 :]]
        self._go_on(rest[at] if at < len(rest) else None, self._done + 1, at)

    def _turn(self, by: int) -> None:
        if self._saving or self._turning:
            return
        at = (-1 if self._at is None else self._at) + by
        if at < 0:
            self.say("This is the first.")
            return
        typed = self.form.texts() if self.touched else None
        if self._timer is not None:
            self._timer.stop()
        ahead = self._gaps[at] if at < len(self._gaps) else None
        if typed is None:
            self._go_on(ahead, self._done, len(self._gaps))
        else:
            kept = dict(typed)
            self._turning = True
            self.in_background(
                lambda: self._keep(kept),
                lambda _: self._go_on(ahead, self._done, len(self._gaps)),
                failed=self._refused,
            )

    def _go_on(self, ahead: Gap | None, done: int, skipped: int) -> None:
        """To the next one; past the last, back to the room, saying what was left."""
        self._turning = True
        if ahead is None:
            left = f"{skipped} left for later." if skipped else "Nothing is left."
            done_words = Changed("", (), (), "", f"That was the last. {done} recorded. {left}")
            self.app.call_later(self.app.post_message, RecordChanged(done_words))
            self.dismiss(None)
            return
        route = route_of(ahead, self._walk, self._total, done)
        actor, today = self.actor, self.today

        def found(gaps: Sequence[Gap]) -> None:
            self.call_later(self._load, route, gaps)

        self.in_background(lambda: views.gaps(actor, today), found, failed=self._refused)

    async def _load(self, route: Route, found: Sequence[Gap]) -> None:
        self._take(route, found)
        before, self._form = self._form, Form(*self.fields())
        with self.app.batch_update():
            await self.mount(self._form, before=before)
            await before.remove()
            title = self.query_one("#title", Pieces)
            title.show([self.title_line()])
            self.notice = self.problem = ""
        # By way of the application, so that every key it has already handed to this screen is here first.
        self.app.call_later(self.call_later, self._begin)

    def _begin(self) -> None:
        """Hand over what was typed ahead, and take up the keys from now on."""
        self._turning = False
        self.refresh_bindings()
        box, route = self.sitting.drafts, self.origin
        self.in_background(lambda: box.kept(route), self._offer)
        ahead, self._ahead = self._ahead, []
        for first in self._form:
            field = first.control
            self.set_focus(field)
            for event in ahead:
                if event.key == "enter":
                    field.call_later(self.action_record)
                else:
                    field.post_message(events.Key(event.key, event.character))
            return
