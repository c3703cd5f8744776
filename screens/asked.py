"""Who is gone and what extracts could not settle: answered one by one, or several with the same answer."""

from collections.abc import Sequence
from typing import ClassVar

from db import views
from db.moving import Asked
from db.rows import State
from screens.actions import bindings
from screens.foot import FootEntry
from screens.messages import Go
from screens.records_list import Item
from screens.records_part import RecordsPart
from screens.routes import Route
from widgets.words import short_date

GONE, CORRECTION, OTHER = "gone", "correction", "other"


def sort_of(asked: Asked) -> str:
    """Whether it asks if somebody has left, which of two values holds, or something else."""
    if asked.about == GONE:
        return GONE
    return CORRECTION if asked.theirs else OTHER


class AskedScreen(RecordsPart):
    """The questions, who is gone on top."""

    PLACE = "asked"
    TITLE_WORDS = "Gone, and questions: Space or e selects several to answer in the same way"
    EMPTY = "Nothing is asked: what extracts raised has been answered."
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("open", "answer"), "select", ("everybody", "all of this sort"), "undo", "back", "help",
    )  # fmt: skip
    BINDINGS = bindings("select", "everybody")

    def read(self) -> Sequence[Item]:
        """Every open question."""
        found = views.asked(self.actor, self.today)
        gone = [self._item(one) for one in found if one.about == GONE]
        rest = [self._item(one) for one in found if one.about != GONE]
        items = [Item("", f"Gone {len(gone)}: not in the extract. Have they left, and when?"), *gone] if gone else []
        return [*items, *([Item("", f"Questions {len(rest)}"), *rest] if rest else [])]

    def _item(self, one: Asked) -> Item:
        since = short_date(one.since, self.today)
        text = f"{one.place}  since {since}" if one.about == GONE else one.reason
        beneath = "" if one.about == GONE else f"{one.reason} ({one.evidence})"
        if one.theirs:
            text = f"{one.about}: by hand {one.mine}, extract {one.theirs}"
            beneath = f"By hand: {one.mine}. The extract: {one.theirs}. Which holds?"
        return Item(one.key, one.name, one.number, text, State.UNKNOWN, beneath, sort_of(one), one)

    def opened(self, item: Item) -> None:
        """Answer what is selected, else what the cursor is on."""
        asked = [one.of for one in self.list.chosen_items if isinstance(one.of, Asked)]
        if len(asked) == 1 and asked[0].about == "death":
            self.post_message(Go(Route("move", asked[0].number, detail="death")))
        elif asked:
            self.post_message(Go(Route("answer", detail="\n".join(one.key for one in asked))))
