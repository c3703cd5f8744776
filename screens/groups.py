"""Beside the checklist: groups with extra support and what they ask to think of, and the plan of the custody before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.message import Message

from db import commands, roles, views
from db.checklists import ActivityRow, Checklist, CohortRow
from db.errors import RecordError
from db.rows import Changed, Role, State
from screens.actions import bindings
from screens.base import Sitting
from screens.case_room import CaseRoom
from screens.foot import FootEntry
from screens.head import CasePages, place_of, places, top_line
from screens.messages import RecordChanged
from screens.pathways import Who
from screens.routes import Route
from widgets.lines import Line, Piece, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import long_date


class BesideRoom(CaseRoom):
    """A room beside the checklist: one line on whose it is, and a list."""

    PAGE = "pathways"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the case `route` names."""
        super().__init__(sitting, route)
        self._who = Who(route.case, sitting.today)

    def compose(self) -> ComposeResult:
        """Frame, who, body, keys."""
        yield top_line(self.sitting)
        yield places(self.actor, place_of(self.app.screen_stack))
        yield self._who
        yield CasePages(self.PAGE)
        yield from self.body()
        yield self.foot()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Here are no duties."""
        return action not in ("meet", "defer") and super().check_action(action, parameters)

    def action_overview(self) -> None:
        """Back to the checklist beneath."""
        self.action_back()


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group, or one of its prompts."""

    group: CohortRow
    text: str = ""
    source: str = ""


class GroupsScreen(BesideRoom):
    """The groups; they show only while revealed, since a name on a screen would say who belongs."""

    PLACE = "groups"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = ("reveal", ("mark", "yes, no"), ("Esc", "back"), "help")
    BINDINGS = bindings("mark")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the case `route` names."""
        super().__init__(sitting, route)
        self._list = GroupList()
        self._found: tuple[CohortRow, ...] = ()

    def body(self) -> ComposeResult:
        """The list."""
        yield self._list

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._list.focus()

    def read_again(self) -> None:
        """Read the groups, once they are revealed."""
        actor, number, today, reveal = self.actor, self.origin.case, self.today, self.reveal

        def read() -> tuple[Checklist, tuple[CohortRow, ...]]:
            found = views.groups(actor, number, today) if reveal else ()
            return views.checklist(actor, number, today), found

        self.in_background(read, self._take_groups, doing="Reading the groups", failed=self._trouble)

    def _trouble(self, error: RecordError) -> None:
        self.say(error.sentence)

    def _take_groups(self, read: tuple[Checklist, tuple[CohortRow, ...]]) -> None:
        self._who.show(read[0])
        self._found = read[1]
        self._show()

    def _show(self) -> None:
        self._list.empty = "Groups are discreet: v shows them." if not self.reveal else "Reading the groups …"
        lines = []
        for group in self._found if self.reveal else ():
            lines.append(GroupLine(group))
            if group.member == "yes":
                lines += [GroupLine(group, prompt.text, prompt.source) for prompt in group.prompts]
        self._list.show(lines)
        self.refresh_bindings()

    def show_discreet(self, reveal: bool) -> None:
        """Read the groups and show them, or forget them."""
        self._found = ()
        super().show_discreet(reveal)
        if reveal:
            self.read_again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is recorded by hand is recorded here."""
        if action == "mark":
            item = self._list.item
            allowed = roles.may(self.actor, "work") and self.actor.role is not Role.ADMINISTRATOR
            return allowed and item is not None and item.group.recorded
        return action != "groups" and super().check_action(action, parameters)

    def on_group_list_highlighted(self, message: "GroupList.Highlighted") -> None:
        """What works depends on the line."""
        message.stop()
        self.refresh_bindings()

    def action_mark(self) -> None:
        """Belongs, or does not."""
        item = self._list.item
        if item is None:
            return
        actor, number, today = self.actor, self.origin.case, self.today
        member = "no" if item.group.member == "yes" else "yes"

        def write() -> Changed:
            return commands.set_cohort(actor, number, item.group.id, member, today)

        self.in_background(write, self._recorded)

    def _recorded(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))


class GroupList(Listing[GroupLine]):
    """Groups, those somebody belongs to first, each of those with its prompts."""

    DEFAULT_CSS = "GroupList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    @dataclass
    class Highlighted(Message):
        """The cursor has moved."""

    def __init__(self) -> None:
        super().__init__(empty="Groups are discreet: v shows them.", id="groups")

    def key_of(self, item: GroupLine) -> str:
        """Group and prompt."""
        return f"{item.group.id} {item.text}"

    def head(self, item: GroupLine, width: int, cursor: bool) -> Line:
        """A group with whether they belong, or a prompt."""
        if item.text:
            return [Piece("    "), Piece(pad(item.text, width - 4), Ink.TEXT, cursor)]
        group = item.group
        state = {"yes": State.OPEN, "no": State.NOT_APPLICABLE, "": State.UNKNOWN}[group.member]
        missing = f", {', '.join(group.missing)} not known" if group.missing else ""
        words = {"yes": "belongs", "no": "does not belong", "": f"not known{missing}"}[group.member]
        ink = Ink.STRONG if group.member == "yes" else Ink.TEXT
        return [
            Piece(f"{current().mark(state)} ", ink_of(state)),
            Piece(pad(group.title, 42), ink, cursor),
            Piece(pad(words, max(8, width - 44)), ink_of(state)),
        ]

    def beneath(self, item: GroupLine, width: int) -> list[Line]:
        """A prompt in full with its source; of a group, how belonging to it is known."""
        if item.text:
            said = [Piece(item.text + " "), Piece(item.source, Ink.DIM)]
        else:
            how = "Space records whether they belong. " if item.group.recorded else "This follows from facts. "
            said = [Piece(how, Ink.ACCENT if item.group.recorded else Ink.DIM), Piece(item.group.source, Ink.DIM)]
        return [[Piece("      "), *line] for line in wrap(said, width - 8)]

    def highlighted(self, item: GroupLine | None) -> None:
        """Say that the cursor has moved."""
        self.post_message(self.Highlighted())


class EarlierScreen(BesideRoom):
    """The plan of the custody before; the present one starts blank."""

    PLACE = "earlier-plan"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = ("reveal", ("Esc", "back"), "help")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About the case `route` names."""
        super().__init__(sitting, route)
        self._list = EarlierList()

    def body(self) -> ComposeResult:
        """The list."""
        yield self._list

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._list.focus()

    def read_again(self) -> None:
        """Read it."""
        actor, number, today = self.actor, self.origin.case, self.today
        self.in_background(lambda: views.checklist(actor, number, today), self._take_plan, doing="Reading the plan")

    def _take_plan(self, found: Checklist) -> None:
        self._who.show(found)
        self._list.empty = "Nothing stands on a plan from a custody before this one."
        self._list.tell(found)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """This is the earlier plan already."""
        return action != "pathways" and super().check_action(action, parameters)


class EarlierList(Listing[ActivityRow]):
    """What stood on the earlier plan, and how it ended."""

    DEFAULT_CSS = "EarlierList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    def __init__(self) -> None:
        super().__init__(empty="Reading the plan …", id="earlier")
        self._names: dict[str, str] = {}
        self._now: dict[str, ActivityRow] = {}

    def tell(self, found: Checklist) -> None:
        """Show the earlier plan of this checklist, with how each stands now."""
        self._names = {row.id: row.name for row in found.pathways}
        self._now = {row.id: row for row in found.activities}
        self.show(_ordered(found.earlier, tuple(self._names)))

    def key_of(self, item: ActivityRow) -> str:
        """The activity's id."""
        return item.id

    def head(self, item: ActivityRow, width: int, cursor: bool) -> Line:
        """What it was, how it stood, when."""
        day = long_date(item.on)[4:] if item.on else ""
        room = max(20, width - 36)
        return [
            Piece(f"  L{item.level} ", Ink.DIM),
            Piece(pad(item.title, room - 5), Ink.TEXT, cursor),
            Piece(pad(f"then {item.status.words}", 21) + " ", Ink.DIM),
            Piece(pad(day, 14), Ink.DIM),
        ]

    def beneath(self, item: ActivityRow, width: int) -> list[Line]:
        """What was said of it, and how it stands now."""
        now = self._now.get(item.id)
        said = f"{item.said}. " if item.said else ""
        stands = now.status.words if now else "not assessed"
        words = f"{said}{self._names.get(item.pathway, '')}. Now: {stands}."
        return [[Piece("     "), *line] for line in wrap([Piece(words, Ink.DIM)], width - 7)]


def _ordered(rows: Sequence[ActivityRow], pathways: Sequence[str]) -> list[ActivityRow]:
    return sorted(rows, key=lambda row: (pathways.index(row.pathway), row.level))
