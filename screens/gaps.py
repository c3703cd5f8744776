"""Missing facts: what is not known and waited for, by fact and by person; each is worked down like a form."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from db import views
from db.moving import Gap
from db.rows import State
from screens.foot import FootEntry
from screens.gap import first_route
from screens.messages import Go
from screens.records_list import Item
from screens.records_part import RecordsPart
from widgets.words import short_date


class GapsScreen(RecordsPart):
    """The facts on top, the most needed first; then the people, those known longest first."""

    PLACE = "gaps"
    TITLE_WORDS = "Missing facts: Enter asks for them one after another"
    EMPTY = "Nothing is missing that is yours to find."
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (("open", "go through them"), "undo", "find", "back", "help")

    def read(self) -> Sequence[Item]:
        """What is missing."""
        found = views.gaps(self.actor, self.today)
        if not found:
            return []
        whole = Item("all", "Everything", str(len(found)), "fact after fact, the most needed first", State.UNKNOWN)
        return [whole, Item("", ""), Item("", "One fact, person after person"), *self._by_fact(found),
                Item("", ""), Item("", "One person, fact after fact"), *self._by_person(found)]  # fmt: skip

    def _by_fact(self, found: Sequence[Gap]) -> list[Item]:
        counts = Counter(gap.fact for gap in found)
        duties = Counter(dict.fromkeys(counts, 0))
        for gap in found:
            duties[gap.fact] += gap.duties
        first = {gap.fact: gap for gap in reversed(found)}
        return [
            Item(
                f"fact:{name}", first[name].label, str(counts[name]),
                f"{duties[name]} {'duty waits' if duties[name] == 1 else 'duties wait'} for it", State.UNKNOWN,
            )
            for name in dict.fromkeys(gap.fact for gap in found)
        ]  # fmt: skip

    def _by_person(self, found: Sequence[Gap]) -> list[Item]:
        people: dict[str, list[Gap]] = {}
        for gap in sorted(found, key=lambda one: (one.since, one.number)):
            people.setdefault(gap.number, []).append(gap)
        return [
            Item(
                f"person:{number}", gaps[0].name, number, f"{len(gaps)} missing, since {self._day(gaps[0])}",
                State.UNKNOWN, ", ".join(gap.label for gap in gaps) + ".",
            )
            for number, gaps in people.items()
        ]  # fmt: skip

    def _day(self, gap: Gap) -> str:
        return short_date(gap.since, self.today)

    def opened(self, item: Item) -> None:
        """Begin with the first of them."""
        route = first_route(views.gaps(self.actor, self.today), item.key)
        if route is not None:
            self.post_message(Go(route))
