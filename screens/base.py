"""What every screen stands on: who sits at it, its key line, its sentences, and work done off the interface thread.

`Room` is a place somebody works in; forms are `screens.forms.FormScreen`. Neither knows the shell: what they
want of it they post (`screens.messages`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, TypeVar

from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from db.errors import RecordError
from db.roles import may
from db.rows import Actor
from screens.actions import bindings
from screens.drafts import DraftBox, NoDrafts
from screens.foot import Foot, FootEntry
from screens.messages import Back, HelpRequested, Visit
from screens.routes import Route

T = TypeVar("T")

# Work that takes longer than this many seconds says that it is going on.
PATIENCE = 0.25


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody at work: who, on which day, and how much of the screen may be shown.

    Attributes:
        actor: Who is signed in.
        today: The day everything is reckoned from.
        demonstration: Whether the people are made up, which every screen then says.
        office: Whether what is discreet stays revealed (a setting, for an office nobody can look into).
        drafts: Where half-typed forms are kept.
    """

    actor: Actor
    today: date
    demonstration: bool = False
    office: bool = False
    drafts: DraftBox = field(default_factory=NoDrafts)


class Desk(Screen[ScreenResultType]):
    """A screen somebody sits at: it has a key line, says sentences there, and works in the background."""

    FOOTER: ClassVar[tuple[FootEntry, ...]] = ()
    """What the key line shows, at most six: names of actions, or (key, words) for a key a widget owns."""

    class Worked(Message):
        """Background work has ended well; carries what to do with its answer."""

        def __init__(self, work: int, then: Callable[[], None]) -> None:
            """`work` is the number of the piece of work."""
            super().__init__()
            self.work = work
            self.then = then

    class Failed(Message):
        """Background work has met trouble that has a sentence."""

        def __init__(self, work: int, error: RecordError, failed: Callable[[RecordError], None] | None) -> None:
            """`failed` is told of `error`; without it the sentence is said."""
            super().__init__()
            self.work = work
            self.error = error
            self.failed = failed

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Sit down at `route`."""
        super().__init__()
        self.sitting = sitting
        self.origin = route
        self._foot = Foot(self.FOOTER)
        self._works = 0
        self._waiting: dict[int, Timer] = {}
        self._said_so: set[int] = set()

    @property
    def actor(self) -> Actor:
        """Who is signed in."""
        return self.sitting.actor

    @property
    def today(self) -> date:
        """The day everything is reckoned from."""
        return self.sitting.today

    @property
    def demonstration(self) -> bool:
        """Whether the people are made up."""
        return self.sitting.demonstration

    @property
    def office(self) -> bool:
        """Whether what is discreet stays revealed."""
        return self.sitting.office

    def route(self) -> Route:
        """Where the user is now, to come back to. Rooms with a cursor say where it stands."""
        return self.origin

    def parting(self) -> Callable[[], None] | None:
        """What to do, in a thread, before this screen is put away; None for nothing. Forms keep their drafts."""
        return None

    def foot(self) -> Widget:
        """The key line: yield it last from `compose`."""
        return self._foot

    def say(self, sentence: str) -> None:
        """Show a sentence in place of the key line until the next key."""
        self._foot.say(sentence)

    def hush(self) -> None:
        """Bring the key line back, if a sentence stands there."""
        self._foot.hush()

    def in_background(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        *,
        doing: str = "",
        failed: Callable[[RecordError], None] | None = None,
    ) -> "Worker[None]":
        """Do `work` in a thread, then call `then` with its answer on the interface thread.

        Args:
            work: Reads or writes the record; touches no widget.
            then: Takes the answer; not called once the screen is gone or the work was cancelled.
            doing: What to say if it takes longer than a quarter of a second, for example "Reading the file".
            failed: Takes a `RecordError`; without it the error's sentence is said.
        """
        self._works += 1
        number = self._works

        def run() -> None:
            worker: Worker[Any] = get_current_worker()
            try:
                answer = work()
            except RecordError as error:
                message: Message = Desk.Failed(number, error, failed)
            else:
                message = Desk.Worked(number, lambda: then(answer))
            if not worker.is_cancelled:
                self.post_message(message)

        if doing:
            self._waiting[number] = self.set_timer(PATIENCE, lambda: self._say_going_on(number, doing))
        return self.run_worker(run, thread=True, exit_on_error=True)

    def on_desk_worked(self, message: Worked) -> None:
        """Take the answer of background work."""
        message.stop()
        self._work_over(message.work)
        message.then()

    def on_desk_failed(self, message: Failed) -> None:
        """Tell of the trouble background work met."""
        message.stop()
        self._work_over(message.work)
        if message.failed is None:
            self.say(message.error.sentence)
        else:
            message.failed(message.error)

    def _say_going_on(self, number: int, doing: str) -> None:
        self._said_so.add(number)
        self.say(f"{doing} …")

    def _work_over(self, number: int) -> None:
        timer = self._waiting.pop(number, None)
        if timer is not None:
            timer.stop()
        if number in self._said_so:
            self._said_so.discard(number)
            self.hush()


class Room(Desk[None]):
    """A place somebody works in: the caseload, a case, the records."""

    PLACE: ClassVar[str] = ""
    """The key of this room in routes."""

    BINDINGS = bindings("caseload", "diary", "recalls", "workload", "records", "services", "back", "help")

    def refresh_case(self, number: str) -> None:
        """Something about this case ("" means anything) was written: read it again. Rooms override this."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works here; the records are no place for somebody who may not take in an extract."""
        return action != "records" or may(self.actor, "intake")

    def action_caseload(self) -> None:
        """Go to the caseload."""
        self.post_message(Visit("caseload"))

    def action_diary(self) -> None:
        """Go to the diary."""
        self.post_message(Visit("diary"))

    def action_recalls(self) -> None:
        """Go to recall."""
        self.post_message(Visit("recalls"))

    def action_workload(self) -> None:
        """Go to the workload."""
        self.post_message(Visit("workload"))

    def action_records(self) -> None:
        """Go to the records."""
        self.post_message(Visit("records"))

    def action_services(self) -> None:
        """Go to the services."""
        self.post_message(Visit("services"))

    def action_back(self) -> None:
        """Leave for the room beneath."""
        self.post_message(Back())

    def action_help(self) -> None:
        """Show the keys of this screen."""
        self.post_message(HelpRequested())


def rooms(stack: Iterable[Screen[Any]]) -> list[Room]:
    """The rooms among these screens, lowest first."""
    return [screen for screen in stack if isinstance(screen, Room)]
