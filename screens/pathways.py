"""The pathway checklist of one case: seven pathways, their activities level by level, and how each stands."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

import msgspec
from textual.app import ComposeResult

from db import commands, roles, views
from db.checklists import QUICK, ActivityRow, Checklist, PathwayRow, Status
from db.commands import Mark
from db.errors import RecordError
from db.rows import Changed, Role, State
from policy.catalogue import catalogue
from screens.actions import bindings
from screens.base import Sitting
from screens.case_room import CaseRoom
from screens.confirm import Answer, Question
from screens.foot import FootEntry
from screens.head import CasePages, place_of, places, top_line
from screens.messages import Go, RecordChanged
from screens.paper_form import route_to
from screens.pathway_items import Detail, PathwayList, Showing, items_of, key_of
from screens.routes import Route
from widgets.frame import Drawn, Rule
from widgets.lines import Line, Piece, apart, cut, width_of
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import long_date, out_words


@dataclass(frozen=True, slots=True)
class Read:
    """A checklist as it was read; `secret` only while it is revealed, to who may see it."""

    plain: Checklist
    secret: Checklist | None


class PathwaysScreen(CaseRoom):
    """The checklist of a case."""

    PLACE = "pathways"
    PAGE = "pathways"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        "mark",
        ("Enter", "details"),
        "activity",
        "groups",
        "screening",
        "help",
    )
    BINDINGS = bindings(
        "mark",
        "activity",
        "need",
        "groups",
        "screening",
        "outstanding",
        "earlier_plan",
        "referrals",
        "leaving",
        "advice",
        "disclosure",
    )

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The checklist of the case `route` names; its detail says which pathways are open."""
        super().__init__(sitting, route)
        self._list = PathwayList(id="pathways")
        self._detail = Detail(sitting.today)
        self._who = Who(route.case, sitting.today)
        self._rule = Rule()
        self._opened = set(filter(None, route.detail.split(",")))
        self._sought = route.cursor
        self._outstanding = False
        self._read: Read | None = None
        self._marked: dict[str, ActivityRow] = {}
        self._writing = False

    def compose(self) -> ComposeResult:
        """Frame, who, the list, what is under the cursor, keys."""
        self._list.today = self.today
        yield top_line(self.sitting)
        yield places(self.actor, place_of(self.app.screen_stack))
        yield self._who
        yield CasePages(self.PAGE)
        yield self._list
        yield self._rule
        yield self._detail
        yield self.foot()

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._list.focus()

    def route(self) -> Route:
        """The case, the line the cursor is on, the pathways that are open."""
        item = self._list.item
        cursor = self._sought or (key_of(item) if item is not None else "")
        return Route(self.PLACE, self.origin.case, cursor, ",".join(sorted(self._opened)))

    # Reading and showing --------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the checklist off the interface thread, then show it."""
        self.in_background(
            self._reading(self.reveal), self._take_read, doing="Reading the checklist", failed=self.trouble
        )

    def _reading(self, reveal: bool) -> Callable[[], Read]:
        actor, number, today = self.actor, self.origin.case, self.today

        def read() -> Read:
            plain = views.checklist(actor, number, today)
            return Read(plain, views.secret_checklist(actor, number, today) if reveal else None)

        return read

    def trouble(self, error: RecordError) -> None:
        """Say so where the checklist would stand, too."""
        super().trouble(error)
        self._list.empty = error.sentence
        self._list.redraw()

    def _take_read(self, read: Read) -> None:
        self._read = read
        if not self._opened and not self._sought and not self._list.item:
            # The cursor begins where the most urgent thing is to be done.
            ranked = [row for row in read.plain.pathways if row.next is not None]
            first = min(ranked, key=lambda row: (row.next and row.next.rank) or 9, default=read.plain.pathways[0])
            self._sought = key_of(first)
        self._show()

    def _show(self) -> None:
        read = self._read
        if read is None:
            return
        self._who.show(read.plain)
        lists = [read.plain] if read.secret is None or not self.reveal else [read.plain, read.secret]
        self._list.showing = Showing(frozenset(self._opened), self._outstanding, self.reveal)
        self._list.show(items_of(lists, self._list.showing))
        for row in self._marked.values():
            self._list.replace(row)
        if self._sought:
            sought, self._sought = self._sought, ""
            self._list.go_to(sought)
        left = read.plain.needed - read.plain.done
        if self.reveal and read.secret is not None and read.secret.ask:
            self.say(
                f"Ask the person before {read.secret.ask} may know what is need-to-know here; y records the answer."
            )
        words = f"{read.plain.done} of {read.plain.needed} done, {left} to go"
        self._rule.label = f"only what is outstanding · {words}" if self._outstanding else words
        self.refresh_bindings()

    def on_pathway_list_highlighted(self, message: PathwayList.Highlighted) -> None:
        """Say what is under the cursor."""
        message.stop()
        self._detail.show(message.item, self.reveal)
        self.refresh_bindings()

    def on_pathway_list_chosen(self, message: PathwayList.Chosen) -> None:
        """Open or close a pathway; open an activity's form."""
        message.stop()
        match message.item:
            case PathwayRow():
                self._opened ^= {message.item.id}
                self._show()
            case ActivityRow():
                self.open_form("mark", message.item.id)

    def show_discreet(self, reveal: bool) -> None:
        """Show what is discreet, to who may see it also what is need-to-know; or hide the one and forget the other."""
        if self._read is not None:
            self._read = replace(self._read, secret=None)
        super().show_discreet(reveal)
        if reveal:
            self.read_again()

    # What can be done -----------------------------------------------------------------------------------------------

    def duty_here(self) -> str:
        """The duty of the activity under the cursor, or what is next in the pathway."""
        item = self._list.item
        if isinstance(item, PathwayRow):
            return item.next.name if item.next else ""
        if not isinstance(item, ActivityRow) or item.status in (Status.NOT_ASSESSED, Status.NOT_NEEDED) or item.met:
            return ""
        return f"signpost-follow-up:{item.referral}" if item.referral else f"activity:{item.key}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the role may not do is not offered."""
        if action in ("mark", "activity", "need", "screening", "advice"):
            return roles.may(self.actor, "work") and self.actor.role is not Role.ADMINISTRATOR
        if action in ("meet", "defer") and self._apart_here():
            return False
        if action == "disclosure":
            return self.actor.role in (Role.SUPERVISOR, Role.MANAGER)
        if action == "pathways":
            return False
        return super().check_action(action, parameters)

    def _apart_here(self) -> bool:
        """Whether the cursor is on what is need-to-know: no list has its duties, so they are met with Enter."""
        item = self._list.item
        pathway = item.pathway if isinstance(item, ActivityRow) else item.id if isinstance(item, PathwayRow) else ""
        return bool(pathway) and catalogue().pathway[pathway].restricted

    def action_mark(self) -> None:
        """The next status that takes no more words; it shows at once and is written behind it."""
        item = self._list.item
        if isinstance(item, PathwayRow):
            self._opened ^= {item.id}
            self._show()
            return
        if not isinstance(item, ActivityRow):
            return
        if item.status not in QUICK:
            self.say(f"{item.title}: {item.status.words}. Enter changes it.")
            return
        status = QUICK[(QUICK.index(item.status) + 1) % len(QUICK)]
        mark = State.LATER if status is Status.NOT_ASSESSED else State.OPEN
        row = msgspec.structs.replace(item, status=status, mark=mark, due=None)
        self._marked[item.id] = row
        self._list.replace(row)
        self._write_marks()

    def _write_marks(self) -> None:
        """Write everything marked so far as one change; what is marked meanwhile follows after it."""
        if self._writing or not self._marked:
            return
        self._writing = True
        # What is need-to-know is written apart from the rest.
        apart = [catalogue().pathway[row.pathway].restricted for row in self._marked.values()]
        marked = {name: row for (name, row), one in zip(self._marked.items(), apart, strict=True) if one == apart[0]}
        marks = tuple(Mark(row.id, row.status) for row in marked.values())
        actor, number, today = self.actor, self.origin.case, self.today

        def write() -> Changed:
            return commands.mark(actor, number, marks, today)

        self.in_background(write, lambda changed: self._written(changed, marked), failed=self._refused)

    def _written(self, changed: Changed, marked: dict[str, ActivityRow]) -> None:
        self._writing = False
        for name, row in marked.items():
            if self._marked.get(name) is row:
                del self._marked[name]
        self.post_message(RecordChanged(changed))
        self._write_marks()

    def _refused(self, error: RecordError) -> None:
        self._writing = False
        self._marked.clear()
        self.say(error.sentence)
        self.read_again()

    def action_activity(self) -> None:
        """Add any activity, at any level."""
        self.open_form("activity")

    def action_need(self) -> None:
        """A need under the pathway the cursor is in."""
        item = self._list.item
        match item:
            case PathwayRow():
                self.open_form("need", item.id)
            case ActivityRow():
                self.open_form("need", item.pathway)
            case _:
                self.open_form("need")

    def action_advice(self) -> None:
        """Advice and guidance asked for."""
        self.open_form("advice")

    def action_groups(self) -> None:
        """The groups with extra support, and what they ask to think of."""
        self.post_message(Go(Route("groups", self.origin.case)))

    def action_screening(self) -> None:
        """The screening that is to be done: once part 1 is, part 2, or part 1 again with the day of receipt."""
        parts = self._read.plain.bcst if self._read else ()
        if not any(duty.id == "bcst1" and duty.state is State.MET for duty in parts):
            self.open_form("screening", "bcst1")
            return
        answers = (
            Answer("b", "part 2", "bcst2"),
            Answer("1", "part 1 again: received by the provider, amended", "bcst1"),
            Answer("escape", "neither", ""),
        )
        self.app.push_screen(Question("Part 1 is done. Record which part?", answers), self._screen)

    def _screen(self, part: str | None) -> None:
        if part:
            self.open_form("screening", part)

    def action_outstanding(self) -> None:
        """Only what is outstanding, or everything."""
        self._outstanding = not self._outstanding
        if self._outstanding and self._read is not None:
            self._opened |= {row.pathway for row in self._read.plain.activities if row.open}
        self._show()

    def action_earlier_plan(self) -> None:
        """The plan of the custody before, beside this one."""
        self.post_message(Go(Route("earlier-plan", self.origin.case)))

    def action_referrals(self) -> None:
        """Signpostings and referrals, to find out what came of them."""
        self.post_message(Go(Route("referrals", self.origin.case)))

    def action_leaving(self) -> None:
        """Everyone leaving in the next 12 weeks."""
        self.post_message(Go(Route("leaving", cursor=self.origin.case)))

    def action_disclosure(self) -> None:
        """Record something that only those who need to know may see."""
        self.open_form("apart")

    def action_print(self) -> None:
        """Print the checklist, the plan, or who does what."""
        answers = (
            Answer("c", "the checklist", "checklist"),
            Answer("p", "the resettlement plan", "resettlement-plan"),
            Answer("w", "who does what for me", "who-does-what"),
            Answer("escape", "nothing", ""),
        )
        self.app.push_screen(Question("Print what?", answers), self._print)

    def _print(self, kind: str | None) -> None:
        if kind:
            self.post_message(Go(route_to(self.origin.case, kind)))


class Who(Drawn):
    """Whose checklist it is, when they leave, and how far the screening has come; one line."""

    DEFAULT_CSS = "Who { height: 1; width: 1fr; }"

    def __init__(self, number: str, today: date) -> None:
        super().__init__()
        self.number = number
        self.today = today
        self.found: Checklist | None = None

    def show(self, found: Checklist) -> None:
        """Show whose it is."""
        self.found = found
        self.refresh()

    def lines(self, width: int) -> list[Line]:
        """The one line."""
        found = self.found
        if found is None:
            return [[Piece(self.number, Ink.STRONG)]]
        right: Line = [Piece("BCST", Ink.DIM)]
        for duty in found.bcst:
            right += [Piece(f" {duty.id[-1]} "), Piece(current().mark(duty.state), ink_of(duty.state))]
        middle = self._release(found, width)
        left = f"  {found.number}  {found.where}  "
        room = width - width_of(right) - width_of(middle) - len(left) - 1
        return [apart([Piece(cut(found.name, max(8, room)), Ink.STRONG), Piece(left), *middle], right, width)]

    def _release(self, found: Checklist, width: int) -> Line:
        if found.release is None:
            return [Piece(cut(found.release_words or "release not known", 24), Ink.DIM)]
        day = long_date(found.release) if width >= 100 else long_date(found.release)[4:]
        return [Piece("release ", Ink.DIM), Piece(f"{day}, {out_words(found.release, self.today)}")]
