"""What the rules read: one person's facts, with their history, and the events recorded about them.

Pure data. The record builds a `Case`; nothing here knows a database or a clock.
"""

from collections.abc import Mapping
from datetime import date

import msgspec

from policy.calendar import Moment, day_of
from policy.facts import Value

MET = "met"
CONCERN = "concern"
SIGNIFICANT_CHANGE = "significant-change"
RISK_MEETING = "irmm"


class Version(msgspec.Struct, frozen=True, gc=False):
    """One value a fact has had. `value` None: taken back. `since`: the day it held from, None if that is not known."""

    value: Value | None
    since: date | None


class Event(msgspec.Struct, frozen=True, gc=False):
    """Something that happened: its kind, which one (`key`), when, and the fields recorded with it."""

    kind: str
    key: str
    at: Moment
    fields: Mapping[str, str]
    declined: bool = False

    @property
    def day(self) -> date:
        """The day it happened on."""
        return day_of(self.at)


class Deferral(msgspec.Struct, frozen=True, gc=False):
    """A duty put off, once: to which day; `due` is the due date it put off."""

    duty: str
    key: str
    to: date
    due: str


class Waiver(msgspec.Struct, frozen=True, gc=False):
    """A duty somebody with the right to say so found not required, and when; `due` is the clock it stopped."""

    duty: str
    key: str
    on: date
    why: str
    due: str


class Case(msgspec.Struct, frozen=True):
    """One person as the record knows them.

    Attributes:
        facts: every recorded fact's versions, oldest first; the last is the current one.
        events: what happened, oldest first.
        gone: the day the person left this prison, None while they are here.
        doubted: facts an extract's signals disagree about; a question is open, and nothing is inferred instead.
        here_before: the day of the first intake, where they were here before it and duties due before it
            are to be checked in the file; None otherwise.
    """

    number: str
    facts: Mapping[str, tuple[Version, ...]]
    events: tuple[Event, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    gone: date | None = None
    here_before: date | None = None
    doubted: frozenset[str] = frozenset()
