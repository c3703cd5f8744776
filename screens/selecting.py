"""Selecting people in the caseload: one by one, or everybody the filter shows; and acting on all of them."""

from abc import abstractmethod

from db.errors import RecordError
from db.roles import may
from db.rows import Filter
from screens.actions import bindings
from screens.finding import FindingRoom
from screens.foot import Foot, FootEntry
from screens.messages import Go
from screens.routes import Route
from screens.several_words import about, numbers_in
from widgets.case_table import CaseTable

MOST_SELECTED = 500
_NEEDS_SOMEBODY = frozenset({"select", "everybody", "allocate"})
_ONE_BY_ONE = frozenset({"meet", "note", "triage"})
"""What is not done while several are selected: it would be done to the one under the cursor."""
_SELECTED: tuple[FootEntry, ...] = (
    ("contact", "contact with all"),
    ("defer", "defer"),
    ("allocate", "allocate"),
    "print",
    "everybody",
    ("back", "clear"),
    "help",
)


class SelectingRoom(FindingRoom):
    """A room with a list of people (`people`) that a filter (`wanted`) narrows."""

    BINDINGS = bindings("select", "everybody", "allocate", "views")

    @property
    @abstractmethod
    def people(self) -> CaseTable:
        """The list."""

    @property
    @abstractmethod
    def wanted(self) -> Filter:
        """Whom it shows."""

    @abstractmethod
    def place_cursor(self) -> None:
        """Say where the cursor is, and how many are selected."""

    def begin_with(self, selected: str) -> None:
        """Select those a route says were selected."""
        if selected:
            self.people.set_reactive(CaseTable.selected, numbers_in(selected))
            self._foot = Foot(_SELECTED)

    def selected_words(self) -> str:
        """Who is selected, as the part of a route after its filter; nothing where nobody is."""
        return "\n" + ",".join(sorted(self.people.selected)) if self.people.selected else ""

    def still_selected(self) -> frozenset[str] | None:
        """Who of those that are selected is still in the list; None where nobody is selected. Reads the record."""
        chosen = self.people.selected
        if not chosen:
            return None
        from db.views.several import everybody

        return chosen & set(everybody(self.actor, self.wanted, self.today))

    def choose(self, numbers: frozenset[str]) -> None:
        """These are selected from now on; the keys that then work are offered."""
        if numbers == self.people.selected:
            return
        self.people.selected = numbers
        self._foot.offer(_SELECTED if numbers else self.FOOTER)
        self.place_cursor()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs somebody, what is done one by one, and what only the manager does."""
        if action in _NEEDS_SOMEBODY and self.people.row is None:
            return False
        if action in _ONE_BY_ONE and self.people.selected:
            return False
        if action == "allocate" and not may(self.actor, "allocate"):
            return False
        return super().check_action(action, parameters)

    def action_select(self) -> None:
        """Select the person under the cursor, or take that back; then on to the next."""
        self.choose(self.people.selected ^ {self.people.number})
        self.people.action_down()

    def action_everybody(self) -> None:
        """Select everybody the filter shows, or nobody."""
        from db.views.several import everybody

        try:
            # At once: the next key may already be what is to be done with all of them.
            numbers = everybody(self.actor, self.wanted, self.today, MOST_SELECTED + 1)
        except RecordError as error:
            self.say(error.sentence)
            return
        if len(numbers) > MOST_SELECTED:
            self.say(f"These are more than {MOST_SELECTED} people, and no more can be acted on at once. f shows fewer.")
        else:
            found = frozenset(numbers)
            self.choose(frozenset() if found == self.people.selected else found)

    def action_views(self) -> None:
        """Choose, save or drop a filter with a name."""
        from screens.filter_words import encode

        self.post_message(Go(Route("views", detail=encode(self.wanted))))

    def action_allocate(self) -> None:
        """Name the supervisor of all that are selected, or of the person under the cursor."""
        from screens.allocate_words import several

        self.post_message(Go(several(tuple(sorted(self.people.selected)) or (self.people.number,))))

    def go_about_several(self, place: str) -> bool:
        """Open a form about all who are selected; False where nobody is."""
        if self.people.selected:
            self.post_message(Go(about(place, self.people.selected)))
        return bool(self.people.selected)
