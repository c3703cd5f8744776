"""Receptions and moves: whose offender manager is to be told, who is out, and what was recorded in the last days."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from db import views
from db.moving import Moved, Out, ToTell
from db.rows import State
from policy.moves import RECEPTIONS, moves
from screens.actions import bindings
from screens.foot import FootEntry
from screens.messages import Go
from screens.records_list import Item
from screens.records_part import RecordsPart
from screens.routes import Route
from widgets.words import short_date, when_words

DAYS = 7


class MovesScreen(RecordsPart):
    """Whom to tell on top, then who is out, then the movements, the newest first."""

    PLACE = "moves"
    TITLE_WORDS = "Receptions and moves: m in any case records one, / finds the case"
    EMPTY = "No movement was recorded in the last seven days. r receives somebody, l takes a pasted roll list."
    FOOTER: ClassVar[tuple[FootEntry, ...]] = ("open", "receive", "roll", "move", "undo", "help")
    BINDINGS = bindings("receive", "roll", "move")

    def read(self) -> Sequence[Item]:
        """Whom to tell, who is out, and what was recorded."""
        tell = [self._tell(one) for one in views.to_tell(self.actor)]
        done = [self._done(one) for one in views.moved(self.actor, self.today - timedelta(DAYS))]
        out = [self._out(one) for one in views.out_now(self.actor)]
        parts = (
            (f"Offender managers to tell {len(tell)}: Enter records that it was done", tell),
            (f"Out now {len(out)}: Enter opens the case, m records that they are back", out),
            (f"Recorded in the last {DAYS} days", done),
        )
        return [item for words, items in parts if items for item in (Item("", words), *items)]

    def _tell(self, one: ToTell) -> Item:
        due = f"by {short_date(one.due, self.today)}" if one.due else "no date"
        state = (
            State.OVERDUE if one.due and one.due < self.today else State.TODAY if one.due == self.today else State.WEEK
        )
        who = one.offender_manager or "who the offender manager is, is not known"
        return Item(f"tell:{one.number}:{one.duty}", one.name, one.number, f"{due}  {who}", state, of=one)

    def _out(self, one: Out) -> Item:
        since = f", since {short_date(one.since, self.today)}" if one.since else ""
        return Item(f"out:{one.number}", one.name, one.number, f"{one.place}{since}", None, of=one)

    def _done(self, one: Moved) -> Item:
        kind = moves()[one.what]
        where = f": {one.to}" if one.to else ""
        came = "from " if one.what in RECEPTIONS and one.to else ""
        text = f"{kind.told}{f', {came}{one.to}' if came else where}, {when_words(one.at, self.today)}"
        return Item(one.id, one.name, one.number, text, None, f"Recorded by {one.by}. {one.note}".strip(), of=one)

    def opened(self, item: Item) -> None:
        """Meet the duty, or open the case."""
        if isinstance(item.of, ToTell):
            self.post_message(Go(Route("meet", item.of.number, item.of.duty)))
        elif isinstance(item.of, Moved | Out):
            self.post_message(Go(Route("case", item.of.number)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A movement takes somebody to move."""
        if action == "move":
            return self.list.item is not None and isinstance(self.list.item.of, Moved | Out)
        return super().check_action(action, parameters)

    def action_receive(self) -> None:
        """Receive somebody."""
        self.post_message(Go(Route("receive")))

    def action_roll(self) -> None:
        """Many cell moves at once."""
        self.post_message(Go(Route("roll")))

    def action_move(self) -> None:
        """Another movement of the person under the cursor."""
        item = self.list.item
        if item is not None and isinstance(item.of, Moved | Out):
            self.post_message(Go(Route("move", item.of.number)))
