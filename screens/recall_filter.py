"""Which recalls are shown: whose, of which type, and which of them."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Protocol, runtime_checkable
from urllib.parse import parse_qsl, urlencode

from db.recalls import RecallFilter
from db.rows import Actor, Role
from policy.recall_words import TYPES
from screens.asking import AskingForm
from screens.base import Sitting, rooms
from screens.foot import FootEntry
from screens.routes import Route
from widgets.choices import Choice, Option
from widgets.form import Field

ONLY = {
    "": "everybody",
    "late": "late or due today",
    "expected": "expected back",
    "not-started": "not started",
    "barriers": "with barriers",
    "question": "to be asked about",
}
"""Which of them, and how that is said."""


@runtime_checkable
class NarrowsRecalls(Protocol):
    """A room whose list of recalls can be narrowed."""

    def narrow_recalls(self, wanted: RecallFilter) -> None:
        """Show these from now on."""


def home(actor: Actor) -> RecallFilter:
    """What a user's list begins with: a supervisor's own people, anybody else's all."""
    return RecallFilter("mine" if actor.role is Role.SUPERVISOR else "all")


def encode(wanted: RecallFilter) -> str:
    """The filter as a short text without anybody's name."""
    parts = {"who": wanted.who, "type": wanted.type, "only": wanted.only}
    return urlencode({name: value for name, value in parts.items() if value})


def decode(text: str, otherwise: RecallFilter) -> RecallFilter:
    """The filter a text stands for; `otherwise` where there is none."""
    parts = dict(parse_qsl(text))
    if not parts:
        return otherwise
    return RecallFilter(parts.get("who", "all"), parts.get("type", ""), parts.get("only", ""))


def words(wanted: RecallFilter) -> str:
    """What the filter asks, with commas between; nothing where it asks nothing."""
    said = ["mine and unallocated"] if wanted.who == "mine" else []
    said += [TYPES.get(wanted.type, wanted.type)] if wanted.type else []
    said += [ONLY.get(wanted.only, wanted.only)] if wanted.only else []
    return ", ".join(said)


class RecallFilterForm(AskingForm):
    """Asks which recalls to show, and tells the room beneath."""

    TITLE_WORDS = "Show only some recalls"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("save", "show them"),
        ("leave", "leave it as it was"),
        ("Tab", "next field"),
        "keys",
    )

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Begin with the filter in the route's `detail`."""
        super().__init__(sitting, route)
        self._now = decode(route.detail, home(sitting.actor))

    def subject(self) -> str:
        """Nobody in particular."""
        return ""

    def fields(self) -> Iterable[Field]:
        """Whose, which type, which of them."""
        now = self._now
        yield Choice(
            "Whose", [("mine", "mine and unallocated"), ("all", "everybody's")], id="who", value=now.who, required=True
        )
        types = [Option("", "any"), *(Option(kind, called) for kind, called in TYPES.items())]
        yield Choice("Type", types, id="type", value=now.type)
        yield Choice("Only", [Option(only, called) for only, called in ONLY.items()], id="only", value=now.only)

    def answered(self, typed: Mapping[str, str]) -> None:
        """Tell the room beneath."""
        wanted = RecallFilter(typed["who"], typed["type"], typed["only"])
        for room in reversed(rooms(self.app.screen_stack)):
            if isinstance(room, NarrowsRecalls):
                room.narrow_recalls(wanted)
                return
