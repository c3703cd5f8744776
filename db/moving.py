"""What the records place is made of: movements about to be recorded, what waits, past intakes, possible duplicates."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from db.need_to_know import Emergency
from db.rows import IntakeLine, Question, Refused


class Movement(msgspec.Struct, frozen=True):
    """A movement about to be recorded: which (`policy.moves`), when, where to, and what its form asks.

    `planned` is yes, no or "" (not known); `hold` who broke a transfer hold; `told` that the offender manager knows.
    """

    what: str
    at: date | datetime
    to: str = ""
    planned: str = ""
    why: str = ""
    hold: str = ""
    told: bool = False
    note: str = ""


class Reception(msgspec.Struct, frozen=True):
    """Somebody received: a new person, or one the record knows who is back. `facts` are what is known of them."""

    number: str
    what: str
    at: date | datetime
    cell: str = ""
    came_from: str = ""
    facts: Mapping[str, str] = {}


class Whereabouts(msgspec.Struct, frozen=True):
    """Where somebody stands as far as movements go: here, out or away, the place in words, the day they left.

    `hold` is a transfer hold, `offender_manager` who is told, `arrived` the day they came here, `out_since` the day
    they went out, as far as a movement says it; `release` the release date that counts.
    """

    number: str
    name: str
    where: str
    place: str
    cell: str
    left: date | None
    hold: str
    offender_manager: str
    died: bool = False
    arrived: date | None = None
    out_since: date | None = None
    release: date | None = None


class Placing(msgspec.Struct, frozen=True):
    """One line of a roll list: whom it moves, from where, to which cell; or why it does not (`refusal`)."""

    line: int
    text: str
    number: str = ""
    name: str = ""
    before: str = ""
    cell: str = ""
    refusal: str = ""


class Asked(msgspec.Struct, frozen=True):
    """An open question about somebody: `about` gone, left, death, a fact, or a correction (`fact`, then by hand).

    `mine` and `theirs`: what was recorded by hand, and what the extract says, where it is about a correction.
    """

    number: str
    name: str
    place: str
    about: str
    reason: str
    evidence: str
    since: date
    fact: str = ""
    mine: str = ""
    theirs: str = ""

    @property
    def key(self) -> str:
        """What makes it the same question when it is shown again."""
        return f"{self.number}:{self.about}"


class Gap(msgspec.Struct, frozen=True):
    """One fact of one person that duties wait for: how many, the strongest force, and since when they are known."""

    number: str
    name: str
    place: str
    fact: str
    label: str
    duties: int
    force: str
    since: date


class Moved(msgspec.Struct, frozen=True):
    """A movement on record."""

    id: str
    number: str
    name: str
    what: str
    at: date | datetime
    to: str
    by: str
    note: str


class Out(msgspec.Struct, frozen=True):
    """Somebody who is out for now: where, and since when, as far as that is recorded."""

    number: str
    name: str
    place: str
    since: date | None


class ToTell(msgspec.Struct, frozen=True):
    """An offender manager who is to be told of a move, of somebody who has left."""

    number: str
    name: str
    duty: str
    title: str
    due: date | None
    offender_manager: str


class Taken(msgspec.Struct, frozen=True):
    """A past intake: the file, when (UTC), by whom, its counts; whether it was undone, and by whom."""

    id: str
    command: str
    file: str
    at: datetime
    day: date
    by: str
    counts: Mapping[str, int]
    undone: str = ""


class TakenDetail(msgspec.Struct, frozen=True):
    """What a past intake changed, field by field, asked and left out, and why it cannot be undone ("": it can)."""

    taken: Taken
    lines: tuple[IntakeLine, ...]
    questions: tuple[Question, ...]
    refused: tuple[Refused, ...]
    built_on: str


class Pair(msgspec.Struct, frozen=True):
    """Two numbers that may be one person: why that is thought, and what somebody said of it (yes, no, "")."""

    number: str
    other: str
    name: str
    other_name: str
    why: str
    said: str = ""
    by: str = ""
    on: date | None = None

    @property
    def key(self) -> str:
        """What makes it the same pair when it is shown again."""
        return f"{self.number}:{self.other}"


class Waits(msgspec.Struct, frozen=True):
    """How much waits in the records place, and what was done last.

    `emergencies`: emergency access to what is need-to-know, for the manager only.
    """

    gone: int
    questions: int
    gaps: int
    gap_people: int
    needed: str
    to_tell: int
    pairs: int
    out: int
    moved_today: int
    last: Taken | None
    oldest_gone: date | None = None
    emergencies: tuple[Emergency, ...] = ()
