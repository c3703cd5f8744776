"""The records: what waits there; and today's extract, what it would change field by field, and taking it in.

An extract is only read until the user says so; then everything that is not refused is written at once, after a backup.
"""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult

from db import views
from db.errors import RecordError
from db.moving import Waits
from db.roles import may
from db.rows import Changed, Intake, State
from screens import head
from screens.actions import bindings
from screens.base import Room, Sitting
from screens.confirm import Answer, Question
from screens.finding import FindingRoom
from screens.foot import FootEntry
from screens.intake_items import IntakeList, items
from screens.intake_words import FIRST, FIRST_QUESTION, IntakeCounts, done_words, gone_hint
from screens.messages import Go, RecordChanged
from screens.records_list import RecordsList
from screens.records_waits import items as waiting
from screens.revealing import RevealingRoom
from screens.routes import Route
from screens.words import Words
from widgets.frame import Rule
from widgets.palette import Ink

_WAITS = "i chooses today's extract and shows what it would change before it is taken in."
_NOT_YOURS = "Extracts are taken in by the case administrator or the manager. Esc or 1 goes back to the caseload."


class RecordsScreen(FindingRoom, RevealingRoom):
    """Place 5."""

    PLACE = "records"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = ("open", "extract", "receive", "roll", "undo", "help")
    LOOKING: ClassVar[tuple[FootEntry, ...]] = ("take", "extract", "reveal", "back", "find", "help")
    """The keys while an extract is looked at."""

    BINDINGS = bindings("extract", "take", "receive", "roll", "undo")
    CSS_PATH = Path(__file__).with_name("records.tcss")

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """With nothing looked at, or what the route's `detail` names: a path, and a second line if it is a part."""
        super().__init__(sitting, route)
        self._file: Path | None = None
        self._partial = False
        self._intake: Intake | None = None
        self._taking = False
        self._looks = 0
        self._counts = IntakeCounts()
        self._standing = Rule()
        self._told = Words(ink=Ink.TEXT, id="told")
        self._list = IntakeList()
        self.waits = RecordsList("Reading …" if may(sitting.actor, "intake") else _NOT_YOURS, id="waits")
        self._sought = route.cursor
        self._anew = False

    def compose(self) -> ComposeResult:
        """Head, counts, what has to be known first, the list."""
        self._list.today, self._list.reveal = self.today, self.office
        yield head.top_line(self.sitting)
        yield head.places(self.actor, "5")
        yield self._counts
        yield self._standing
        yield self._told
        yield self._list
        yield self.waits
        yield Rule()
        yield self.foot()

    def on_mount(self) -> None:
        """Show again what was looked at before the lock."""
        self._show(None)
        self.refresh_case("")
        path, _, partial = self.origin.detail.partition("\n")
        if path:
            self.look_at(Path(path), bool(partial))

    def route(self) -> Route:
        """The file that is being looked at, unless it has been taken in."""
        if self._file is None or (self._intake is not None and self._intake.written):
            return Route(self.PLACE, cursor=self.waits.item.key if self.waits.item else self._sought)
        return Route(self.PLACE, detail=self._detail())

    def look_at(self, file: Path, partial: bool) -> None:
        """Show what taking in `file` would change; writes nothing."""
        from db.intake import preview

        self._looks += 1
        look = self._looks
        self._file, self._partial = file, partial
        self._show(None, f"Reading {file.name} … Esc stops it.")

        def shown(intake: Intake) -> None:
            if look == self._looks:
                self._show(intake)

        def trouble(error: RecordError) -> None:
            if look == self._looks:
                self._show(None, f"{error.sentence} i asks for another file.")

        self.in_background(lambda: preview(self.actor, file, self.today, partial), shown, failed=trouble)

    def refresh_case(self, number: str) -> None:
        """Read anew what waits."""
        if may(self.actor, "intake"):
            self.in_background(lambda: views.waits(self.actor, self.today), self._show_waits)

    def _show_waits(self, waits: Waits) -> None:
        self.waits.tell(waiting(waits, self.today))
        if self._sought:
            self.waits.go_to(self._sought)
            self._sought = ""
        elif self._anew or (self.waits.item is not None and self.waits.item.state is State.CLEAR):
            # What was stood on is done, or an extract has brought something: on to what waits first.
            self.waits.action_first()
        self._anew = False
        self.refresh_bindings()

    def on_records_list_opened(self, message: RecordsList.Opened) -> None:
        """Go where that is worked on."""
        message.stop()
        place, _, cursor = message.item.key.partition(":")
        of_case = place == "pathways"
        self.post_message(Go(Route(place, cursor if of_case else "", "" if of_case else cursor)))

    def _show(self, intake: Intake | None, otherwise: str = "") -> None:
        self._intake = intake
        self._counts.intake = intake
        self._standing.label = "" if intake is None else "taken in" if intake.written else "not taken in yet"
        looking = intake is not None or bool(otherwise)
        self._list.display, self.waits.display = looking, not looking
        (self._list if looking else self.waits).focus()
        self._foot.offer(self.LOOKING if looking else self.FOOTER)
        self._tell(self._first_words(intake) if looking else _WAITS)
        found = items(intake) if intake else []
        self._list.empty = otherwise if intake is None else "Nothing changes: everybody is as the record has them."
        self._list.show(found)
        self._list.action_first()
        self.refresh_bindings()

    def _first_words(self, intake: Intake | None) -> str:
        if intake is None:
            return ""
        if intake.written:
            return done_words(intake)
        return FIRST if intake.first else gone_hint(intake, self._partial)

    def _tell(self, words: str) -> None:
        self._told.text = words
        self._told.display = bool(words)

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What this user's role and the moment allow."""
        if action in ("receive", "roll", "undo", "open"):
            return may(self.actor, "moves") and not self._taking and self.waits.display
        if action in ("extract", "take") and (self._taking or not may(self.actor, "intake")):
            return False
        if action == "take":
            return self._intake is not None and not self._intake.written
        if action == "reveal":
            return self._intake is not None
        if action in ("back", "caseload", "diary", "records", "find"):
            # What is being written would be done unseen.
            return not self._taking
        return super().check_action(action, parameters)

    def action_extract(self) -> None:
        """Ask for the file."""
        self.post_message(Go(Route("extract", detail=self._detail())))

    def action_receive(self) -> None:
        """Receive somebody."""
        self.post_message(Go(Route("receive")))

    def action_roll(self) -> None:
        """Many cell moves at once."""
        self.post_message(Go(Route("roll")))

    def action_undo(self) -> None:
        """Undo the user's last change, once they have seen what it is."""
        from screens.undoing import ask_undo

        ask_undo(self, self._undone)

    def _undone(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))

    def action_take(self) -> None:
        """Take it in; at the first extract of a record, ask first what is to become of what fell due before."""
        if self._intake is None or self._file is None:
            return
        if not self._intake.first:
            self._take("file")
            return
        answers = (
            Answer("f", "look in the file first", "file"),
            Answer("l", "count them as late", "late"),
            Answer("escape", "not now", ""),
        )
        self.app.push_screen(Question(FIRST_QUESTION, answers), lambda answer: self._take(answer or ""))

    def _take(self, already_here: str) -> None:
        from db.intake import take_in

        file, partial = self._file, self._partial
        if not already_here or file is None:
            return
        self._taking = True
        self.refresh_bindings()

        def taken(intake: Intake) -> None:
            self._taking = False
            self._show(intake)
            self.post_message(RecordChanged(Changed("", (), (), "", "")))

        def trouble(error: RecordError) -> None:
            self._taking = False
            self.refresh_bindings()
            self.say(error.sentence)

        self.in_background(
            lambda: take_in(self.actor, file, self.today, partial, already_here=already_here),
            taken,
            doing="Making a backup, then taking it in",
            failed=trouble,
        )

    def action_back(self) -> None:
        """Stop reading, or put away what is shown; with nothing shown, leave."""
        if self._file is None:
            Room.action_back(self)
            return
        written = self._intake is not None and self._intake.written
        self._looks += 1
        self._file = None
        self._show(None)
        self._anew = True
        self.refresh_case("")
        if not written:
            self.say("Put away. Nothing was taken in.")

    def show_discreet(self, reveal: bool) -> None:
        """Show what is discreet, or hide it again."""
        self._list.reveal = reveal
        self._list.redraw()

    def _detail(self) -> str:
        return "" if self._file is None else str(self._file) + ("\npart" if self._partial else "")
