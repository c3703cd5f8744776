"""What is kept of a sentence plan, and what is read of it: objectives and steps, versions, meetings, the register.

Everything kept is text, since the rules read these rows as events with fields (`db.story`). An objective is a line of
rows; its key is what it had at first and, behind a dot, how often its date was moved: a date that moves starts the
duty of looking at it anew.
"""

from collections.abc import Mapping
from datetime import date

import msgspec

OBJECTIVE = "objective"
CLOSED = "objective-closed"
ORDER = "plan-order"
REASON = "sequence-reason"
VERSION = "plan-version"
MEETING = "plan-meeting"
OBJECTIVE_REVIEW = "objective-review"
ROLE_OF_FACT = {"offender-manager": "offender-manager", "keyworkers": "keyworker"}
"""Who a fact names, where nobody of that role is written down under people."""
PLAN_KINDS = frozenset({OBJECTIVE, CLOSED, ORDER, REASON, VERSION, MEETING})


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of an objective: what, whose, by when; `state` is "", doing, done or dropped."""

    what: str
    owner: str = ""
    target: str = ""
    state: str = ""
    on: str = ""
    outcome: str = ""


class Objective(msgspec.Struct, frozen=True, omit_defaults=True):
    """An objective as it is kept; dates in ISO form, `steps` as JSON.

    Attributes:
        change: what is to change, in the prisoner's terms where that is possible.
        measure: how it will be seen that it has.
        words: the prisoner's own words.
        owner: a named keyworker or a role.
        place: custody or community.
        programme: the intervention it rests on: an id of the catalogue, or a name.
        risk: the risk of serious harm it is about.
        builds_on: the key of the objective it builds on.
        comment: the prisoner's comment on how it goes.
        progress: how far it has come.
    """

    pathway: str
    change: str
    target: str
    start: str = ""
    measure: str = ""
    words: str = ""
    owner: str = ""
    place: str = ""
    programme: str = ""
    risk: str = ""
    builds_on: str = ""
    victims: str = ""
    steps: str = ""
    comment: str = ""
    progress: str = ""
    outcome: str = ""
    why: str = ""

    @property
    def listed(self) -> tuple[Step, ...]:
        """Its steps."""
        return _STEPS.decode(self.steps) if self.steps else ()

    def with_steps(self, steps: tuple[Step, ...]) -> "Objective":
        """The same with these steps."""
        return msgspec.structs.replace(self, steps=msgspec.json.encode(steps).decode() if steps else "")


PROGRESS = ("steps", "comment", "progress", "outcome", "why")
"""What may change without the plan being another plan; of steps, what and whose and when still count."""


class Order(msgspec.Struct, frozen=True):
    """The open objectives in sequence: their ids, commas between."""

    order: str


class Reason(msgspec.Struct, frozen=True):
    """Why the order goes against a rule."""

    why: str


class VersionPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A version agreed: its number, the meeting, and the ids of the rows of its objectives in order, commas between."""

    number: str
    meeting: str
    objectives: str


class Attendance(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody expected at a meeting: whether invited, whether they came, whether they sent a contribution."""

    name: str
    role: str = ""
    invited: bool = False
    came: bool = False
    contributed: bool = False


class MeetingPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A planning meeting: `state` is arranged, held or not-held; people as JSON."""

    kind: str
    state: str
    chair: str = ""
    video: str = ""
    people: str = ""
    part: str = ""
    part_why: str = ""
    family_wish: str = ""
    family: str = ""
    agreed: str = ""
    version: str = ""
    why: str = ""
    understood: str = ""

    @property
    def attendance(self) -> tuple[Attendance, ...]:
        """Everybody at it, or expected there."""
        return _ATTENDANCE.decode(self.people) if self.people else ()


class ObjectiveRow(msgspec.Struct, frozen=True):
    """An objective as it is shown.

    Attributes:
        id: its key, which stays the same.
        key: the key its duty has.
        row: the row that is current, to tell whether somebody changed it meanwhile.
        at: its place in the sequence, from 1; 0 once it is closed.
        closed: the day it was closed, None while it is open.
        mark: against the agreed version: new, changed, or "".
    """

    id: str
    key: str
    row: str
    at: int
    kept: Objective
    target: date
    closed: date | None = None
    mark: str = ""
    by: str = ""
    written: date | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its steps."""
        return self.kept.listed

    @property
    def done(self) -> int:
        """How many of its steps are done."""
        return sum(step.state == "done" for step in self.steps)


class BreachRow(msgspec.Struct, frozen=True):
    """A place where the order goes against a rule; `reason` is why it does so on purpose, "" where nobody said."""

    id: str
    title: str
    first: str
    then: str
    words: str
    source: str
    discreet: bool
    reason: str


class VersionRow(msgspec.Struct, frozen=True):
    """A version agreed, with its objectives as they were."""

    number: int
    agreed: date
    meeting: str
    by: str
    objectives: tuple[ObjectiveRow, ...]


class MeetingRow(msgspec.Struct, frozen=True):
    """A planning meeting, and who is expected at it and was not invited."""

    id: str
    row: str
    on: date
    kept: MeetingPayload
    by: str
    not_invited: tuple[str, ...]


class Expected(msgspec.Struct, frozen=True):
    """Somebody a planning meeting is expected to have."""

    name: str
    role: str


class EntryRow(msgspec.Struct, frozen=True):
    """An entry of the register.

    Attributes:
        over: whether it is past.
        superseded: whether a newer one counts instead.
        hidden: whether it waits until it is revealed.
    """

    kind: str
    id: str
    row: str
    on: date
    fields: Mapping[str, str]
    by: str
    over: bool = False
    superseded: bool = False
    hidden: bool = False


class Plan(msgspec.Struct, frozen=True):
    """Everything about one person's plan, from the rows of the case.

    Attributes:
        objectives: the open ones in sequence.
        closed: those closed, the latest first.
        versions: those agreed, the newest first.
        changes: how many open objectives are new or changed since the newest version.
        entries: the register, the newest first.
        expected: who a planning meeting now ought to have.
        holds: the accredited programmes that hold transfer now.
    """

    number: str
    objectives: tuple[ObjectiveRow, ...]
    closed: tuple[ObjectiveRow, ...]
    versions: tuple[VersionRow, ...]
    changes: int
    breaches: tuple[BreachRow, ...]
    meetings: tuple[MeetingRow, ...]
    entries: tuple[EntryRow, ...]
    expected: tuple[Expected, ...]
    holds: tuple[EntryRow, ...]

    @property
    def agreed(self) -> VersionRow | None:
        """The newest version agreed."""
        return self.versions[0] if self.versions else None

    @property
    def draft(self) -> int:
        """The number the next version agreed will have."""
        return self.versions[0].number + 1 if self.versions else 1

    def objective(self, id: str) -> ObjectiveRow | None:
        """The objective of that id, open or closed."""
        return next((one for one in (*self.objectives, *self.closed) if one.id == id), None)

    def of(self, kind: str) -> tuple[EntryRow, ...]:
        """The entries of a kind, the newest first."""
        return tuple(entry for entry in self.entries if entry.kind == kind)


_STEPS = msgspec.json.Decoder(tuple[Step, ...])
_ATTENDANCE = msgspec.json.Decoder(tuple[Attendance, ...])
