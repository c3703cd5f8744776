"""What the rows of the record carry, kind by kind; kept as JSON in `entry.payload`."""

import threading
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

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
RECALL = "recall"
RECALL_DECISION = "recall-decision"
RECALL_PROPOSAL = "recall-proposal"
RECALL_BARRIER = "recall-barrier"
RECALL_KEEP = "recall-keep"
RECALL_PAPER = "recall-paper"
RECALL_KINDS = (RECALL, RECALL_DECISION, RECALL_PROPOSAL, RECALL_BARRIER, RECALL_KEEP, RECALL_PAPER)
"""What is recorded about a recall, besides facts and duties: texts by name, which the rules read as events."""
ACTIVITY = "activity"
ACTIVITY_SETTLED = "activity-settled"
REFERRAL = "referral"
SCREENING = "screening"
NEED = "need"
COHORT = "cohort"
ADVICE = "iag-request"
SERVICE = "service"
DISCLOSURE = "disclosure"
SHARED = "shared"
EMERGENCY = "emergency"
ASKED = "asked"
MOVE = "move"
MOVEMENT = "movement"
SAME = "same-person"
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


class ActivityPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a pathway activity stands, in one line for each activity.

    The row is of kind `activity` while its duty runs or was met, of `activity-settled` otherwise; its key is the
    activity's, with a number behind it from the second time it was needed. All are texts, since the rules read them.
    """

    activity: str
    status: str
    title: str = ""
    owner: str = ""
    date: str = ""
    words: str = ""
    referral: str = ""
    language: str = ""
    interpreter: str = ""
    format: str = ""
    understood: str = ""


class ReferralPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A signposting or referral: to whom, for which activity, with which consent, and who made it.

    `date`: the day somebody set for finding out what came of it; "" leaves that to the rulebook.
    """

    to: str = ""
    how: str = "referred"
    title: str = ""
    activity: str = ""
    consent: str = ""
    owner: str = "OS"
    service: str = ""
    date: str = ""


class ScreeningPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A basic custody screening as its form was filled in: who did it, needs found by pathway, what was said."""

    by: str
    needs: str = ""
    no_needs: str = ""
    said: str = ""
    amended: str = ""
    language: str = ""
    interpreter: str = ""
    format: str = ""
    understood: str = ""


class NeedPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether somebody has a need under a pathway (yes, no), and what was said of it."""

    need: str
    said: str = ""


class CohortPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether somebody belongs to a group with extra support, where no fact says so (yes, no)."""

    member: str


class AdvicePayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A request for information, advice and guidance: what it is about."""

    title: str = ""


class ServicePayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A service in the directory. `serves`: outputs of PSI 04/2015; `checked`: the day it was last checked."""

    title: str
    where: str = ""
    provider: str = ""
    pathway: str = ""
    serves: str = ""
    eligibility: str = ""
    how: str = ""
    waiting: str = ""
    contact: str = ""
    checked: str = ""
    closed: str = ""


class SharedPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something need-to-know said, shared, or asked about: words, to whom, on which grounds."""

    words: str = ""
    to: str = ""
    grounds: str = ""


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
    payload: T = _decoder(kind).decode(text)  # type: ignore[arg-type] # a type is hashable
    return payload


# msgspec works a struct's fields out when it first meets one; two threads doing so at once crash the process.
_GUARD = threading.Lock()


@cache
def _decoder(kind: Any) -> Any:
    with _GUARD:
        return msgspec.json.Decoder(kind)
