"""A case: who this is, what is due and why, what cannot be told, and what stands around it."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from db.errors import RecordError
from db.roles import may
from db.rows import DutyRow, FactRow, TimelineRow
from screens.actions import bindings
from screens.base import Sitting
from screens.case_items import Blank, Entry, Fold, Group, Item, Missing, Note, Said, Strength, key_of
from screens.case_list import CaseList
from screens.case_room import CaseRoom
from screens.case_sections import Telling, about, folded_away, urgent
from screens.case_words import MINE, READS
from screens.messages import Go
from screens.routes import Route

TWO_COLUMNS = 100
"""From this many columns on, the rest of the case stands beside its duties."""


class CaseScreen(CaseRoom):
    """The overview of a case."""

    PLACE = "case"
    BINDINGS = bindings("appointment", "move", "as_at")
    FOOTER = (("Enter", "open"), "meet", "contact", ("Tab", "next section"), "reveal", "help")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The case `route` names, the cursor on what it names."""
        super().__init__(sitting, route)
        self._urgent = CaseList(id="urgent")
        self._about = CaseList(id="about")
        self._about.awake = False
        self._about.empty = ""
        self._opened: set[str] = set()
        self._sought = route.cursor

    def body(self) -> ComposeResult:
        """One list or two."""
        with Horizontal(id="columns"):
            yield self._urgent
            yield self._about

    def on_mount(self) -> None:
        """Begin in the duties."""
        super().on_mount()
        self._urgent.focus()

    def route(self) -> Route:
        """The case, and the line the cursor is on."""
        item = self._list.item
        cursor = self._sought or (key_of(item) if item is not None else "")
        return Route(self.PLACE, self.origin.case, cursor, self.origin.detail)

    @property
    def two(self) -> bool:
        """Whether there are two columns."""
        return self.has_class("-two")

    @property
    def lists(self) -> tuple[CaseList, ...]:
        """The lists that show, in reading order."""
        return (self._urgent, self._about) if self.two else (self._urgent,)

    @property
    def _list(self) -> CaseList:
        return self._about if self.two and self._about.awake else self._urgent

    def on_resize(self, event: events.Resize) -> None:
        """One column or two; notes are wrapped to it."""
        was = self.route().cursor
        two = event.size.width >= TWO_COLUMNS
        if two != self.two:
            self.set_class(two, "-two")
            self._sought = was
        self.call_after_refresh(self._show)

    # Showing --------------------------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Show every section; the cursor stays on what it was on, or comes to what was sought."""
        if self.detail is None:
            return
        telling = self._telling()
        first, second = urgent(self.detail, telling, self._width), about(self.detail, telling)
        fresh = not self._urgent.items
        for each in (self._urgent, self._about):
            each.today, each.reveal = self.as_at or self.today, self.reveal
            each.mine, each.works = telling.mine, telling.works
        self._urgent.show(first if self.two else [*first, Blank(-1), *second])
        self._about.show(second if self.two else [])
        if fresh:
            self._stand_at_first_duty()
        if self._sought:
            sought, self._sought = self._sought, ""
            self.go_to(sought)

    def trouble(self, error: RecordError) -> None:
        """Say so where the case would stand, too."""
        super().trouble(error)
        for each in (self._urgent, self._about):
            each.empty = error.sentence if each is self._urgent else ""
            each.redraw()

    def _telling(self) -> Telling:
        works = may(self.actor, "work")
        return Telling(MINE[self.actor.role], self.names, self.reveal, frozenset(self._opened), works)

    @property
    def _width(self) -> int:
        return self._urgent.size.width or 80

    def _stand_at_first_duty(self) -> None:
        first = next((at for at, item in enumerate(self._urgent.items) if isinstance(item, DutyRow | Fold | Said)), 0)
        self._urgent.begin_at(first)

    def go_to(self, key: str) -> bool:
        """Put the cursor on a line, opening the fold it is in; False where there is no such line."""
        for each in self.lists:
            if each.go_to(key):
                each.focus()
                return True
        fold = folded_away(self.detail, self._telling(), key) if self.detail else ""
        if not fold:
            return False
        self._opened.add(fold)
        self.tell()
        return self.go_to(key)

    def duty_here(self) -> str:
        """The duty the cursor is on, if there is still something to do about it."""
        item = self._list.item
        return item.name if isinstance(item, DutyRow) and item.live else ""

    # Keys -----------------------------------------------------------------------------------------------------------

    def on_case_list_entered(self, message: CaseList.Entered) -> None:
        """Only the list with the focus shows a cursor."""
        message.stop()
        for each in (self._urgent, self._about):
            each.wake(each is message.entered)

    def on_case_list_turned(self, message: CaseList.Turned) -> None:
        """To the next section, round and round."""
        message.stop()
        places = [(each, at) for each in self.lists for at in each.starts()]
        if not places:
            return
        here = (self.lists.index(self._list), self._list.cursor)
        at = [(self.lists.index(each), line) for each, line in places]
        if message.step > 0:
            to = next((index for index, place in enumerate(at) if place > here), 0)
        else:
            to = next((index for index in reversed(range(len(at))) if at[index] < here), len(at) - 1)
        each, line = places[to]
        each.focus()
        each.stand_on(line)

    def on_case_list_chosen(self, message: CaseList.Chosen) -> None:
        """Open what Enter was pressed on."""
        message.stop()
        self._open(message.item)

    def _open(self, item: Item) -> None:
        match item:
            case DutyRow() | Missing() | FactRow() if not may(self.actor, "work"):
                self.say(READS)
            case DutyRow() if not item.live:
                self.say("Nothing more is asked of this duty.")
            case DutyRow() if item.missing:
                self.open_form("fact", item.missing[0])
            case DutyRow():
                self.action_meet()
            case Missing() | FactRow():
                self.open_form("fact", item.fact)
            case Fold():
                self._opened ^= {item.name}
                self.tell()
            case Said() if item.reveals:
                self.action_reveal()
            case Entry() if item.id:
                self.open_form("entry", f"{item.kind} {item.id}")
            case Entry():
                self.action_plan()
            case Strength():
                self._open_history(item.contact.id)
            case Group():
                self.open_form("groups")
            case TimelineRow():
                self._open_history(item.id)
            case Note() if item.stands:
                self.say("This is on record; the history (h) says by whom and when.")
            case Note():
                self.say("This is settled by correcting a fact: Tab goes to them, Enter on one changes it.")

    def action_overview(self) -> None:
        """To the top of the case."""
        self._urgent.focus()
        self._stand_at_first_duty()

    def action_history(self) -> None:
        """The whole story."""
        self._open_history("")

    def _open_history(self, entry: str) -> None:
        self.post_message(Go(Route("history", self.origin.case, entry, self.origin.detail)))
