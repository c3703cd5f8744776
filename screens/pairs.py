"""Possible duplicates: two numbers that may be one person; somebody says so, says no, or takes that back."""

from collections.abc import Sequence
from typing import ClassVar

from db import commands
from db.moving import Pair
from db.rows import State
from db.views.duplicates import pairs
from screens.actions import bindings
from screens.confirm import Answer, Question
from screens.foot import FootEntry
from screens.messages import Go, RecordChanged
from screens.records_list import Item
from screens.records_part import RecordsPart
from screens.routes import Route
from widgets.words import short_date

_LINK, _APART, _BACK, _FIRST, _SECOND, _LEAVE = "yes", "no", "", "first", "second", "leave"


class PairsScreen(RecordsPart):
    """Pairs nobody has decided about on top."""

    PLACE = "pairs"
    TITLE_WORDS = "Possible duplicates: Enter decides. Nothing is merged, and it can be taken back"
    EMPTY = "No two people here have the same name and date of birth, and no number looks mistyped."
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (("open", "decide"), "undo", "find", "back", "help")
    BINDINGS = bindings("undo")

    def read(self) -> Sequence[Item]:
        """Every pair."""
        found = pairs(self.actor, self.today)
        waiting = [self._item(pair) for pair in found if not pair.said]
        decided = [self._item(pair) for pair in found if pair.said]
        items = [Item("", f"To decide {len(waiting)}"), *waiting] if waiting else []
        return [*items, *([Item("", "Decided"), *decided] if decided else [])]

    def _item(self, pair: Pair) -> Item:
        text = pair.why
        if pair.said and pair.on:
            told = "linked: one person" if pair.said == "yes" else "two people"
            text = f"{told}, {pair.by}, {short_date(pair.on, self.today)}"
        state = {"yes": State.MET, "no": State.WAIVED}.get(pair.said, State.UNKNOWN)
        beneath = f"{pair.number} {pair.name} and {pair.other} {pair.other_name}: {pair.why}."
        return Item(pair.key, pair.name, pair.number, f"{pair.other}  {text}", state, beneath, of=pair)

    def opened(self, item: Item) -> None:
        """Ask."""
        pair = item.of
        if not isinstance(pair, Pair):
            return
        answers = [Answer("l", "link: one person", _LINK), Answer("t", "two people", _APART)]
        if pair.said:
            answers = [one for one in answers if one.value != pair.said] + [Answer("b", "take it back", _BACK)]
        answers += [
            Answer("1", f"see {pair.number}", _FIRST), Answer("2", f"see {pair.other}", _SECOND),
            Answer("escape", "not now", _LEAVE),
        ]  # fmt: skip
        question = f"{pair.number} {pair.name} and {pair.other} {pair.other_name}: one person?"
        self.app.push_screen(Question(question, answers), lambda answer: self._decide(pair, answer))

    def _decide(self, pair: Pair, answer: str | None) -> None:
        if answer in (_FIRST, _SECOND):
            self.post_message(Go(Route("case", pair.number if answer == _FIRST else pair.other)))
            return
        if answer not in (_LINK, _APART, _BACK):
            return
        actor, today = self.actor, self.today

        def work() -> object:
            if answer == _BACK:
                return commands.unlink(actor, pair.number, pair.other, today, seen=pair.said)
            return commands.link(actor, pair.number, pair.other, answer == _LINK, today, seen=pair.said)

        self.in_background(work, lambda changed: self.post_message(RecordChanged(changed)))  # type: ignore[arg-type]
