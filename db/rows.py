"""What the record hands up: frozen rows made for a screen or a command's answer.

No model object, lazy query or cursor ever leaves `db`; these frozen structs do. Dates are
plain dates; `due` is a date, or a local date-time where the rule counts hours.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

import msgspec

from db.around import NeedRow, PersonRow

NOT_HERE = "not here"
"""Where somebody is who has left, or is only expected back."""


class State(StrEnum):
    """The state of one duty on one day (record.md, Duties)."""

    SAFETY = "safety"
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    OPEN = "open"
    LATER = "later"
    MET = "met"
    WAIVED = "waived"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    CLEAR = "clear"


class Role(StrEnum):
    """What somebody who signs in is allowed to be (record.md, Staff, users, roles)."""

    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    INSPECTOR = "inspector"


class Actor(msgspec.Struct, frozen=True):
    """Who is signed in: the staff id, how they are called, what they may do, and at which terminal."""

    staff: str
    name: str
    role: Role
    terminal: str


class DutyRow(msgspec.Struct, frozen=True, gc=False):
    """One duty of one case as it stands today; `days` are calendar days to go, negative when late.

    `about`: which of several things of a kind it is about, where a case may have many.
    """

    id: str
    key: str
    title: str
    discreet_title: str
    owner: str
    force: str
    figure: str
    opens: date | None
    due: date | datetime | None
    state: State
    rank: int | None
    days: int | None
    short_notice: bool
    last_working_day: date | None
    why: str
    source: str
    deferred_to: date | None
    met_on: date | None
    missing: tuple[str, ...]
    about: str = ""

    @property
    def live(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state not in _SETTLED

    @property
    def name(self) -> str:
        """The duty as the command line names it: `id`, or `id:key`."""
        return f"{self.id}:{self.key}" if self.key else self.id


_SETTLED = frozenset({State.MET, State.WAIVED, State.FAILED, State.NOT_APPLICABLE})


class MissingFact(msgspec.Struct, frozen=True, gc=False):
    """A fact that is not known, what the screen calls it, and the duties that wait for it."""

    fact: str
    label: str
    needed_for: tuple[str, ...]


class CaseRow(msgspec.Struct, frozen=True, gc=False):
    """One line of the caseload: who, where, the most urgent duty, and what stands behind it."""

    number: str
    surname: str
    forenames: str
    cell: str
    wing: str
    where: str
    supervisor: str
    tier: int | None
    rosh: str | None
    flags: tuple[str, ...]
    last_seen: date | None
    release_date: date | None
    release_kind: str
    scope: str
    limb: str
    next: DutyRow | None
    duties: tuple[DutyRow, ...]
    missing: tuple[MissingFact, ...]

    @property
    def name(self) -> str:
        """The name as a list shows it: SURNAME Forenames."""
        return f"{self.surname.upper()} {self.forenames}".strip()

    @property
    def state(self) -> State:
        """The state of the most urgent duty, or clear."""
        return self.next.state if self.next else State.CLEAR


class Counts(msgspec.Struct, frozen=True):
    """How many cases stand in each state, how many there are, and how many were not seen for 60 days."""

    cases: int
    by_state: tuple[tuple[State, int], ...]
    unseen: int

    def of(self, *states: State) -> int:
        """How many cases stand in any of these states."""
        return sum(number for state, number in self.by_state if state in states)


class FactRow(msgspec.Struct, frozen=True, gc=False):
    """One fact of a case: its value in words, whether it is known, where it comes from, since when."""

    fact: str
    label: str
    value: str
    known: bool
    source: str
    effective: date | datetime | None
    group: str
    discreet: bool
    question: str


class ContactRow(msgspec.Struct, frozen=True, gc=False):
    """A contact as recorded: what was said, strengths, concerns, and whether it was understood."""

    id: str
    kind: str
    at: date | datetime
    where: str
    by: str
    text: str
    strengths: str
    concerns: str
    understood: str
    language: str
    declined: bool
    safety: bool
    meets: tuple[str, ...]


class TimelineRow(msgspec.Struct, frozen=True, gc=False):
    """One entry of a case's story; `contact`: the contact it is, where it is one that counts."""

    id: str
    kind: str
    effective: date | datetime
    day: date
    by: str
    summary: str
    text: str
    contact: ContactRow | None = None


class Appointment(msgspec.Struct, frozen=True):
    """Something booked with a person: a meeting, a review; `key` names it within the case ("" before it is booked)."""

    what: str
    at: date | datetime
    where: str = ""
    others: str = ""
    key: str = ""


class CaseDetail(msgspec.Struct, frozen=True):
    """Everything the case screen shows, from a small constant number of queries.

    `contacts`: the last recorded first. `timeline`: what happened last first.
    `notes` are to be looked at; `stands` is settled and said first: that somebody has left, a transfer hold,
    that they are linked with another.
    `groups`: the groups with extra support they belong to, by id, none that is need-to-know; `unsorted`: not known.
    """

    row: CaseRow
    duties: tuple[DutyRow, ...]
    facts: tuple[FactRow, ...]
    contacts: Sequence[ContactRow]
    timeline: Sequence[TimelineRow]
    release_words: str
    notes: tuple[str, ...]
    stands: tuple[str, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    groups: tuple[str, ...] = ()
    unsorted: tuple[str, ...] = ()
    people: tuple[PersonRow, ...] = ()
    needs: tuple[NeedRow, ...] = ()


class StaffRow(msgspec.Struct, frozen=True):
    """A member of staff; `sign_in` says whether they can open the record."""

    id: str
    name: str
    role: Role
    sign_in: bool
    active: bool


class Changed(msgspec.Struct, frozen=True):
    """What a command did: the case, the rows it wrote, the duties it met, and a sentence saying what moved."""

    case: str
    rows: tuple[str, ...]
    met: tuple[str, ...]
    command: str
    sentence: str


class Filter(msgspec.Struct, frozen=True):
    """Which cases a list is about. `who` is mine, wing, supervisor or all; the rest narrows it."""

    who: str = "mine"
    supervisor: str = ""
    wing: str = ""
    states: tuple[State, ...] = ()
    duty: str = ""
    tier: int | None = None
    tier_unknown: bool = False
    recalled: bool = False
    unseen: bool = False


class SavedView(msgspec.Struct, frozen=True):
    """A filter somebody saved, and the name they gave it."""

    name: str
    wanted: Filter


class Recorded(msgspec.Struct, frozen=True):
    """One thing somebody recorded about a case; `about` says of what, `discreet` the same where others may look on.

    `kind` is the kind of its row (`db.payloads`); `about` a kind of contact, the title of a duty, the name of a fact.
    """

    case: str
    kind: str
    about: str
    discreet: str


class DiaryEntry(msgspec.Struct, frozen=True):
    """A duty on the day it counts to, or (`opening`) on the day work on it can start, and whose it is.

    `supervisor` is a name; "" where nobody is named. With `booked` it is an appointment: `duty` then holds what is
    booked as its title, and its time as what it is due. With `apart` it is need-to-know.
    """

    number: str
    surname: str
    forenames: str
    where: str
    tier: int | None
    supervisor: str
    duty: DutyRow
    opening: bool
    booked: bool = False
    apart: bool = False

    @property
    def name(self) -> str:
        """The name as a list shows it: SURNAME Forenames."""
        return f"{self.surname.upper()} {self.forenames}".strip()


class DiaryDay(msgspec.Struct, frozen=True):
    """One day and what stands on it, in the caseload's order; without a `day`, what should be over before today."""

    day: date | None
    entries: tuple[DiaryEntry, ...]


class Page(msgspec.Struct, frozen=True):
    """Part of a caseload in order, and where the next part begins (None: that was all)."""

    rows: tuple[CaseRow, ...]
    after: str | None


class Contact(msgspec.Struct, frozen=True):
    """A contact about to be recorded. `meets` names duties, `id` or `id:key`; `at` is local time."""

    kind: str
    at: date | datetime
    text: str
    where: str = ""
    by: str = ""
    strengths: str = ""
    concerns: str = ""
    understood: str = ""
    language: str = ""
    declined: bool = False
    safety: bool = False
    meets: tuple[str, ...] = ()


class Ask(msgspec.Struct, frozen=True):
    """One field a duty's form shows: its name, label, type (text, yes-no, choice, date) and values."""

    name: str
    label: str
    type: str
    values: tuple[str, ...]
    required: bool
    help: str


class Refused(msgspec.Struct, frozen=True):
    """A row of an extract that cannot be taken, and why, in a sentence."""

    line: int
    number: str
    field: str
    value: str
    reason: str


class Question(msgspec.Struct, frozen=True):
    """Something an extract cannot settle and a case administrator is asked."""

    number: str
    about: str
    reason: str
    evidence: str


class FieldChange(msgspec.Struct, frozen=True):
    """One value an extract changes: what it was, what it says now ("" = not known)."""

    fact: str
    label: str
    before: str
    after: str


class IntakeLine(msgspec.Struct, frozen=True):
    """What an intake would do to one person: new, changed, unchanged or gone, field by field."""

    number: str
    name: str
    what: str
    changes: tuple[FieldChange, ...]


class Intake(msgspec.Struct, frozen=True):
    """An intake, previewed or done: counts, the lines that change something, refusals and questions."""

    file: str
    rows: int
    new: int
    changed: int
    unchanged: int
    gone: int
    skipped: int
    lines: tuple[IntakeLine, ...]
    refused: tuple[Refused, ...]
    questions: tuple[Question, ...]
    first: bool
    written: bool = False
    notes: tuple[str, ...] = ()
