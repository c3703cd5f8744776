"""The intakes there were: who took in what, when, what it changed; one can be undone until something is built on it."""

from collections.abc import Sequence
from typing import ClassVar

from db import commands, views
from db.moving import Taken, TakenDetail
from db.rows import Changed, IntakeLine, State
from screens.actions import bindings
from screens.confirm import Confirm
from screens.foot import FootEntry
from screens.intake_items import value_words
from screens.messages import Go, RecordChanged
from screens.records_list import Item
from screens.records_part import RecordsPart
from screens.routes import Route
from widgets.looks import current
from widgets.words import short_date

_SHOWN = ("new", "changed", "gone", "refused", "unchanged")
_HIDDEN = "(discreet: the case shows it with v)"


class IntakesScreen(RecordsPart):
    """Every intake, newest first; Enter shows under it what it changed, Enter on a person opens the case."""

    PLACE = "intakes"
    TITLE_WORDS = "Intakes: Enter shows what one changed, u undoes it whole"
    EMPTY = "No extract has been taken in yet. In the records, i asks for the file."
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (("open", "what it changed"), ("undo", "undo it"), "find", "back", "help")
    BINDINGS = bindings("undo")

    def __init__(self, *given: object) -> None:
        """None is opened, or the one the route's `detail` names."""
        super().__init__(*given)  # type: ignore[arg-type]
        self._opened = self.origin.detail
        self._detail: TakenDetail | None = None

    def route(self) -> Route:
        """The intake that is opened."""
        here = super().route()
        return Route(here.place, here.case, here.cursor, self._opened)

    def read(self) -> Sequence[Item]:
        """The intakes, and what the opened one changed."""
        self._detail = views.intake_detail(self.actor, self._opened) if self._opened else None
        items = []
        for one in views.intakes(self.actor):
            items.append(self._item(one))
            if self._detail is not None and one.command == self._opened:
                items += self._lines(self._detail)
        return items

    def _item(self, one: Taken) -> Item:
        counts = ", ".join(f"{one.counts[name]} {name}" for name in _SHOWN if one.counts[name]) or "nothing changed"
        when = f"{short_date(one.day, self.today)} {one.at.astimezone():%H:%M}"
        undone = f"undone by {one.undone}: " if one.undone else ""
        state = State.WAIVED if one.undone else State.MET
        text = f"{when}  {one.by}  {undone}{counts}"
        return Item(one.command, one.file, "", text, state, f"{one.counts['rows']} rows: {counts}.", of=one)

    def _lines(self, detail: TakenDetail) -> list[Item]:
        lines = [
            Item(f"r:{at}", f"  line {one.line}", one.number, f"refused: {one.reason}", State.OVERDUE, one.reason)
            for at, one in enumerate(detail.refused)
        ]
        lines += [self._line(line) for line in detail.lines]
        lines += [Item(f"q:{at}", f"  {one.number}", "asked", one.reason) for at, one in enumerate(detail.questions)]
        return lines or [Item("none", "  nobody", "", "It changed nothing about anybody.")]

    def _line(self, line: IntakeLine) -> Item:
        said = {"new": "new", "gone": "gone: not in it"}.get(line.what) or ", ".join(self._changes(line))
        return Item(f"{line.what}:{line.number}", f"  {line.name}", line.number, said, None, said, of=line)

    def _changes(self, line: IntakeLine) -> list[str]:
        from policy.facts import facts

        arrow = "→" if current().unicode else "->"
        said = []
        for change in line.changes:
            before, after = value_words(change.before, self.today), value_words(change.after, self.today)
            hidden = facts()[change.fact].discreet and not self.office
            said.append(f"{change.label} {_HIDDEN if hidden else f'{before} {arrow} {after}'}")
        return said

    def opened(self, item: Item) -> None:
        """Show what it changed, or hide it again; open the case."""
        if isinstance(item.of, Taken):
            self._opened = "" if self._opened == item.of.command else item.of.command
            self.refresh_case("")
        elif isinstance(item.of, IntakeLine):
            self.post_message(Go(Route("case", item.of.number)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an intake that still stands can be undone."""
        if action == "undo":
            item = self.list.item
            return item is not None and isinstance(item.of, Taken) and not item.of.undone
        return super().check_action(action, parameters)

    def action_undo(self) -> None:
        """Say why the intake under the cursor cannot be undone, or name it and ask."""
        item = self.list.item
        if item is None or not isinstance(item.of, Taken):
            return
        one = item.of
        self.in_background(lambda: views.intake_detail(self.actor, one.command), self._ask, doing="Looking at it")

    def _ask(self, detail: TakenDetail | None) -> None:
        if detail is None:
            return
        if detail.built_on:
            self.say(f"It cannot be undone. {detail.built_on}")
            return
        one = detail.taken
        counts = ", ".join(f"{one.counts[name]} {name}" for name in ("new", "changed", "gone") if one.counts[name])
        asked = f"Undo the whole intake of {one.file}, {short_date(one.day, self.today)}, by {one.by}? {counts}."
        if one.counts["new"]:
            asked += " Those who are new go from the record."

        def answer(yes: bool | None) -> None:
            if yes:
                work = lambda: commands.undo_intake(self.actor, one.command, self.today)  # noqa: E731
                self.in_background(work, self._intake_undone, doing="Undoing")

        self.app.push_screen(Confirm(asked, yes="undo it", no="keep it"), answer)

    def _intake_undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))
