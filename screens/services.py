"""The services directory: what there is here and after release, looked for by any word; a referral starts from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from db import commands, roles, views
from db.checklists import ServiceRow
from db.errors import Invalid
from db.roles import may
from db.rows import Changed, Role, State
from policy.catalogue import catalogue
from screens import head
from screens.actions import bindings
from screens.asking import AskingForm
from screens.base import Room, Sitting
from screens.case_fields import Hint
from screens.foot import Foot, FootEntry
from screens.forms import FormScreen
from screens.messages import Go, RecordChanged
from screens.path_field import PathField
from screens.routes import Route
from screens.words import Words
from widgets.choices import Choice, Option, Tick
from widgets.fields import DateField, TextField
from widgets.frame import Rule
from widgets.lines import Line, Piece, cells, pad, wrap
from widgets.listing import Listing
from widgets.looks import current
from widgets.palette import Ink
from widgets.words import long_date

_WHERE = (Option("inside", "inside", "i"), Option("after", "after release", "a"), Option("both", "both", "b"))


class ServicesScreen(Room):
    """The directory."""

    PLACE = "services"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("Enter", "refer to it"),
        ("look", "look for"),
        "add_service",
        "change_service",
        "import_services",
        "help",
    )
    BINDINGS = bindings("look", "add_service", "change_service", "import_services", "undo")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """The route's detail is what is looked for, its case whom a referral would be for."""
        super().__init__(sitting, route)
        self.wanted = route.detail
        self._list = ServiceList()
        self._rule = Rule()
        self._sought = route.cursor

    def compose(self) -> ComposeResult:
        """Frame, what is looked for, the list."""
        self._list.today = self.today
        yield head.top_line(self.sitting)
        yield head.places(self.actor, "6")
        yield self._rule
        yield self._list
        yield self.foot()

    def on_mount(self) -> None:
        """Read it."""
        self._list.focus()
        self.refresh_case("")

    def route(self) -> Route:
        """What is looked for, and the service under the cursor."""
        cursor = self._list.item.id if self._list.item else self._sought
        return Route(self.PLACE, self.origin.case, cursor, self.wanted)

    def refresh_case(self, number: str) -> None:
        """Read it again."""
        actor, today, wanted = self.actor, self.today, self.wanted
        self.in_background(lambda: views.services(actor, wanted, today), self._take, doing="Reading the services")

    def _take(self, found: tuple[ServiceRow, ...]) -> None:
        self._list.empty = f"No service has “{self.wanted}” in what is said of it: f looks for something else."
        self._list.show(found)
        if self._sought:
            self._list.go_to(self._sought)
            self._sought = ""
        stale = sum(row.stale for row in found)
        looked = f"“{self.wanted}”: " if self.wanted else ""
        self._rule.label = f"{looked}{len(found)} service{'s' if len(found) != 1 else ''}, {stale} to be checked"
        self.refresh_bindings()

    def look_for(self, text: str) -> None:
        """Look for something else."""
        self.wanted = text
        self.refresh_case("")

    def on_service_list_opened(self, message: "ServiceList.Opened") -> None:
        """Begin a referral to it."""
        message.stop()
        if roles.may(self.actor, "work") and self.actor.role is not Role.ADMINISTRATOR:
            self.post_message(Go(Route("refer", self.origin.case, message.service)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keeping the directory is the case administrator's and the manager's."""
        if action in ("add_service", "import_services"):
            return may(self.actor, "intake")
        if action == "change_service":
            return may(self.actor, "intake") and self._list.item is not None and not self._list.item.shipped
        if action == "undo":
            return may(self.actor, "work")
        return super().check_action(action, parameters)

    def action_look(self) -> None:
        """Look for something."""
        self.post_message(Go(Route("look-for-service", detail=self.wanted)))

    def action_add_service(self) -> None:
        """Add a service."""
        self.post_message(Go(Route("service")))

    def action_change_service(self) -> None:
        """Bring the service under the cursor up to date."""
        if self._list.item is not None:
            self.post_message(Go(Route("service", cursor=self._list.item.id)))

    def action_import_services(self) -> None:
        """Take in a list of services."""
        self.post_message(Go(Route("import-services")))

    def action_undo(self) -> None:
        """Undo the last change."""
        from screens.undoing import ask_undo

        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))


class ServiceList(Listing[ServiceRow]):
    """One line a service; beneath it who may use it, how to refer, how long the wait is."""

    ABOVE = 1
    DEFAULT_CSS = "ServiceList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    @dataclass
    class Opened(Message):
        """Enter was pressed on a service."""

        service: str

    def __init__(self) -> None:
        super().__init__(empty="Reading the services …", id="services")
        self.today = date.min

    def key_of(self, item: ServiceRow) -> str:
        """The service's id."""
        return item.id

    def heading(self, width: int) -> Line:
        """The names of the columns."""
        title, provider = _rooms(width)
        said = f"  {pad('Service', title)} {pad('Provider', provider)} {pad('Where', 8)}{pad('Wait', 9)}Checked"
        return [Piece(said, Ink.DIM)]

    def head(self, item: ServiceRow, width: int, cursor: bool) -> Line:
        """What, whose, where, how long the wait is, when it was checked."""
        title, provider = _rooms(width)
        checked = "everywhere" if item.shipped else long_date(item.checked)[4:] if item.checked else "never"
        mark = current().mark(State.UNKNOWN) if item.stale else " "
        return [
            Piece(f"{mark} ", Ink.UNKNOWN),
            Piece(pad(item.title, title) + " ", Ink.TEXT, cursor),
            Piece(pad(item.provider, provider) + " ", Ink.DIM),
            Piece(pad(item.where, 8) + pad(item.waiting, 8) + " ", Ink.DIM),
            Piece(checked, Ink.UNKNOWN if item.stale else Ink.DIM),
        ]

    def beneath(self, item: ServiceRow, width: int) -> list[Line]:
        """The rest of what is known of it; first what the line above had no room for."""
        pathway = catalogue().pathway[item.pathway].title if item.pathway else ""
        outputs = f"PSI 04/2015 output {', '.join(str(number) for number in item.serves)}" if item.serves else ""
        parts = (pathway, outputs, f"for {item.eligibility}" if item.eligibility else "", item.contact)
        title, provider = _rooms(width)
        cut_off = [text for text, room in ((item.title, title), (item.provider, provider)) if cells(text) > room]
        said = [
            Piece(f"{current().dot.join(cut_off)}. " if cut_off else "", Ink.TEXT, True),
            Piece(f"{item.how.rstrip('.')}. " if item.how else ""),
            Piece(current().dot.join(filter(None, parts)), Ink.DIM),
        ]
        stale = [Piece(" Not checked lately: ask before you refer.", Ink.UNKNOWN)] if item.stale else []
        return [[Piece("    "), *line] for line in wrap([*said, *stale], width - 6)]

    def chosen(self, item: ServiceRow) -> None:
        """Say which was chosen."""
        self.post_message(self.Opened(item.id))


def _rooms(width: int) -> tuple[int, int]:
    room = max(30, width - 2 - 2 - 8 - 9 - 12)
    return room * 3 // 5, room - room * 3 // 5


class LookForm(AskingForm):
    """What to look for in the directory."""

    TITLE_WORDS: ClassVar[str] = "Look for a service"

    def subject(self) -> str:
        """Nobody."""
        return ""

    def fields(self) -> Iterable[Widget]:
        """Words."""
        yield TextField("Words", id="words", value=self.origin.detail, help="any words: housing, debt, forklift …")
        yield Hint("Every word is looked for in name, provider, pathway, who it is for and how to refer.")

    def answered(self, typed: Mapping[str, str]) -> None:
        """Hand them to the directory beneath."""
        for screen in reversed(self.app.screen_stack):
            if isinstance(screen, ServicesScreen):
                screen.look_for(typed["words"])
                return


class ServiceForm(FormScreen):
    """One service; the route's cursor names it, or is empty for a new one."""

    TITLE_WORDS: ClassVar[str] = "Service"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """What is known of it."""
        super().__init__(sitting, route)
        rows = views.services(sitting.actor, "", sitting.today)
        self.row = next((row for row in rows if row.id == route.cursor and not row.shipped), None)

    def subject(self) -> str:
        """Its name."""
        return self.row.title if self.row else "new"

    def fields(self) -> Iterable[Widget]:
        """Everything about it."""
        if not may(self.actor, "intake"):
            self._foot = Foot(("leave", "keys"))
            yield Words(
                "Keeping the directory is the case administrator's and the manager's. Esc leaves.", ink=Ink.TODAY
            )
            return
        row = self.row
        pathways = [Option(key, one.name) for key, one in catalogue().pathway.items() if not one.restricted]
        yield TextField("Name", id="title", value=row.title if row else "", required=True, max_length=120)
        yield TextField("Provider", id="provider", value=row.provider if row else "", max_length=120)
        yield Choice("Where", _WHERE, id="where", value=row.where if row else "")
        yield Choice("Pathway", pathways, id="pathway", value=row.pathway if row else "")
        serves = ", ".join(str(number) for number in row.serves) if row else ""
        yield TextField("Outputs", id="serves", value=serves, help="of PSI 04/2015: 8, 9")
        yield TextField("Who for", id="eligibility", value=row.eligibility if row else "", max_length=300)
        yield TextField("How to refer", id="how", value=row.how if row else "", max_length=500)
        yield TextField("Waiting time", id="waiting", value=row.waiting if row else "", help="3 weeks")
        yield TextField("Contact", id="contact", value=row.contact if row else "", max_length=200)
        yield DateField("Checked", id="checked", today=self.today, value=self.today.isoformat(), lean="past")
        if row:
            yield Tick("Closed", "it is no longer there", id="closed")

    def submit(self) -> Changed:
        """Record it."""
        given = {name: value for name, value in self.typed.items() if value and (name != "closed" or value == "yes")}
        return commands.save_service(self.actor, self.origin.cursor, given, self.today)


class ImportServicesForm(FormScreen):
    """A list of services, CSV or TOML."""

    TITLE_WORDS: ClassVar[str] = "Take in services"

    def subject(self) -> str:
        """Nobody."""
        return ""

    def fields(self) -> Iterable[Widget]:
        """The file."""
        yield PathField("File", id="file", required=True)
        yield Hint(
            "CSV with a header, or TOML with a table for each: title, where (inside, after, both), provider, pathway, "
            "serves, eligibility, how, waiting, contact, checked. One of the same name is brought up to date.",
            above=1,
        )

    def submit(self) -> Changed:
        """Take it in."""
        from db.intake.encoding import text_of

        file = Path(self.typed["file"]).expanduser()
        try:
            text = text_of(file.read_bytes())
        except OSError as error:
            raise Invalid(f"{file.name} cannot be read. Nothing was saved.", field="file") from error
        return commands.import_services(self.actor, text, self.today)


class ReferForm(FormScreen):
    """A signposting or referral to the service the route's cursor names."""

    TITLE_WORDS: ClassVar[str] = "Signpost or refer"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """To that service."""
        super().__init__(sitting, route)
        rows = views.services(sitting.actor, "", sitting.today)
        self.row = next((row for row in rows if row.id == route.cursor), None)

    def subject(self) -> str:
        """The service."""
        return self.row.title if self.row else ""

    def fields(self) -> Iterable[Widget]:
        """Whom, what for, with which consent."""
        row = self.row
        if row is None:
            yield Words("That service is no longer in the directory. Esc leaves.", ink=Ink.TODAY)
            return
        if row.stale:
            yield Words("It has not been checked lately: ask before you refer.", ink=Ink.UNKNOWN)
        yield TextField("Prisoner", id="number", value=self.origin.case, required=True, help="A1234BC", max_length=8)
        how = (Option("signposted", "signposted", "s"), Option("referred", "referred", "r"))
        yield Choice("How", how, id="how", value="referred", required=True)
        yield TextField("What for", id="about", value=row.title, required=True, max_length=200)
        consent = (
            Option("given", "given", "g"),
            Option("not-needed", "not needed", "n"),
            Option("refused", "refused", "r"),
        )
        yield Choice("Consent", consent, id="consent")
        yield DateField("On", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield DateField("Find out by", id="until", today=self.today, help="like 2/4; 10 working days if not said")
        if row.how:
            yield Hint(row.how, above=1)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """A referral passes something on, and that takes consent."""
        if typed.get("how") == "referred" and typed.get("consent") != "given":
            return {"consent": "A referral takes consent; without it, signpost."}
        return {}

    def submit(self) -> Changed:
        """Record it."""
        typed, row = self.typed, self.row
        if row is None:
            raise Invalid("That service is no longer in the directory. Nothing was saved.")
        return commands.refer(
            self.actor,
            typed["number"],
            row.provider or row.title,
            typed["about"],
            self.today,
            on=date.fromisoformat(typed["on"]),
            how=typed["how"],
            consent=typed["consent"],
            service=row.id,
            until=date.fromisoformat(typed["until"]) if typed["until"] else None,
        )
