"""What the rows of the record carry, kind by kind; kept as JSON in `entry.payload`."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from db.rows import Filter

EXTRACT = "extract"
FACT = "fact"
CONTACT = "contact"
MET = "met"
CONCERN = "concern"
DEFERRAL = "deferral"
WAIVER = "waiver"
GONE = "gone"
QUESTION = "question"
STAFF = "staff"
OVERRIDES = "overrides"
INTAKE = "intake"
VIEW = "view"
APPOINTMENT = "appointment"


class ExtractPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything the extracts say of somebody now: value by fact, and the extract's own date for it where it has one.

    `already_here`: file or late where this began in the record's first intake and the person was here before it.
    """

    values: Mapping[str, str]
    own_dates: Mapping[str, str] = {}
    already_here: str = ""


class FactPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value recorded by hand (None: taken back), what the extract said when it was, and why where that was asked."""

    value: str | None = None
    over: str | None = None
    why: str = ""


class ContactPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A contact: how, where, by whom, what was said, what went well and what worries, and what it met."""

    kind: str
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


class MetPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A duty met or, where `declined`, offered and declined: what its form asked, and the contact it came from."""

    fields: Mapping[str, str] = {}
    contact: str = ""
    declined: bool = False


class ConcernPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A self-harm or suicide concern, and the contact it came up in."""

    contact: str = ""


class DeferralPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A duty put off: to which day, why, and the due date put off."""

    to: str
    why: str
    due: str


class WaiverPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A duty found not required: why, and the due date it stopped."""

    why: str
    due: str = ""


class GonePayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody is missing from the full extract of a day, or it says they have left: they are asked about."""

    day: str


class QuestionPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something an extract could not settle."""

    reason: str
    evidence: str


class StaffPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A member of staff; `role` only for those who sign in.

    `hours`: contracted a week, 0 where not recorded. `areas`: the home probation areas they cover. `away`, `back`: the
    days an absence begins and ends, ISO; with no `back` it is not known when they return.
    """

    name: str
    role: str | None = None
    post: str = ""
    wing: str = ""
    active: bool = True
    hours: int = 0
    areas: tuple[str, ...] = ()
    away: str = ""
    back: str = ""


class OverridesPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """An establishment's overrides, as the TOML text they were given in."""

    toml: str


class IntakePayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """One intake: the file's name, its shape and what it came to."""

    file: str
    shape: str
    rows: int
    new: int
    changed: int
    unchanged: int
    gone: int
    skipped: int
    refused: int
    full: bool = True


class AppointmentPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """An appointment on the row's day: what, where, with whom; and, where it is called off, why."""

    what: str
    where: str = ""
    others: str = ""
    off: str = ""


class ViewPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A filter somebody saved under a name; None: they dropped it."""

    name: str
    wanted: Filter | None = None


T = TypeVar("T")


def pack(payload: msgspec.Struct) -> str:
    """A payload as the JSON text a row keeps."""
    return msgspec.json.encode(payload).decode()


def unpack(text: str, kind: type[T]) -> T:
    """A row's JSON text as its payload."""
    return msgspec.json.decode(text, type=kind)
