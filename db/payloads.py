"""What the rows of the record carry, kind by kind; kept as JSON in `entry.payload`."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

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
MOVE = "move"
MOVEMENT = "movement"
SAME = "same-person"


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
    """Something an extract could not settle, and what was answered; the same is not asked again."""

    reason: str
    evidence: str
    answer: str = ""


class MovementPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A movement: which (`policy.moves`), where to, planned or not and why, who broke a transfer hold, a note."""

    what: str
    to: str = ""
    planned: str = ""
    why: str = ""
    hold: str = ""
    note: str = ""


class SamePayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether somebody under another number is the same person (yes, no, or "": not said after all), and why."""

    same: str
    why: str = ""


class StaffPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A member of staff; `role` only for those who sign in."""

    name: str
    role: str | None = None
    post: str = ""
    wing: str = ""
    active: bool = True


class OverridesPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """An establishment's overrides, as the TOML text they were given in."""

    toml: str


class RefusedPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row an intake left out: its line, the prisoner number if it was one, the field at fault, and why."""

    line: int
    number: str
    field: str
    reason: str


class IntakePayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """One intake: the file's name, its shape, what it came to, and the rows it left out, as far as they are kept."""

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
    refusals: tuple[RefusedPayload, ...] = ()


T = TypeVar("T")


def pack(payload: msgspec.Struct) -> str:
    """A payload as the JSON text a row keeps."""
    return msgspec.json.encode(payload).decode()


def unpack(text: str, kind: type[T]) -> T:
    """A row's JSON text as its payload."""
    return msgspec.json.decode(text, type=kind)
