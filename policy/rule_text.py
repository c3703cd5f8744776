"""The schema of the rulebook's files: what may stand in `rulebook.toml` and in an establishment's overrides.

The head of `rulebook.toml` says what each key of a duty means.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

import msgspec

Force = Literal["mandatory", "expected", "local"]
Figure = Literal["set", "local"]
Owner = Literal["OS", "CA", "MAN", "OM", "CRC", "HC", "PS"]
OWNERS: tuple[str, ...] = get_args(Owner)
Days = Annotated[int, msgspec.Meta(ge=0, le=366)]
Cases = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Hours = Annotated[int, msgspec.Meta(ge=1, le=48)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an establishment settles for itself; lengths in working or calendar days as named, 0 to 366.

    `full_time_hours`: contracted hours a week that count as one whole supervisor, 1 to 48.
    `caseload_most`: how many cases one supervisor may hold before it is flagged, 1 to 1,000 (OMI 3.1j a: over 70).
    """

    allocate_everyone: bool = True
    oasys_from_12_months: bool = False
    resettlement_prison: bool = True
    defer_working_days: Days = 10
    unseen_days: Days = 60
    late_start_working_days: Days = 5
    caseload_most: Cases = 70
    full_time_hours: Hours = 37


class AskField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field a duty's form shows. `ahead`: a day that lies ahead, such as that of the next review."""

    name: str
    label: str
    type: Literal["text", "yes-no", "choice", "date", "staff", "number"] = "text"
    values: tuple[str, ...] = ()
    required: bool = False
    ahead: bool = False
    help: str = ""


class VariantText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is different about a duty where some conditions hold."""

    when: tuple[str, ...]
    title: str = ""
    short: str = ""
    words: str = ""
    opens: str = ""
    due: str = ""
    after: str = ""
    closed: str = ""


class RuleText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One duty as it stands in the file."""

    title: str
    words: str
    who: str
    owner: Owner
    force: Force
    figure: Figure
    source: str
    opens: str
    due: str
    short: str = ""
    applies: tuple[str, ...] = ()
    trigger: Literal["once", "each", "repeat"] = "once"
    each: str = ""
    started: str = ""
    begins: str = ""
    last_from: str = ""
    met_by: tuple[str, ...] = ()
    met_by_fact: str = ""
    sooner: tuple[str, ...] = ()
    inside: str = ""
    before: str = ""
    failed_after: str = ""
    failed_when_gone: bool = False
    after_leaving: Literal["", "released", "transferred", "died", "other"] = ""
    cap: Literal["", "before-release"] = ""
    elsewhere: bool = False
    late_start: bool = True
    pauses: bool = True
    safety: bool = False
    due_optional: bool = False
    fixed: tuple[Literal["opens", "due"], ...] = ()
    contact: Literal["", "certain", "offer"] = ""
    declinable: bool = False
    asks: tuple[AskField, ...] = ()
    variant: tuple[VariantText, ...] = ()
    own: str = ""
    beside: str = ""
    beside_words: str = ""


class RulebookText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    version: str
    settings: Settings
    anchors: Mapping[str, str]
    answers: Mapping[str, str]
    duty: Mapping[str, RuleText]


class DutyOverride(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an establishment may change of one duty with a local figure."""

    opens: str = ""
    due: str = ""


class OwnActivity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pathway activity an establishment adds to the catalogue (`catalogue.toml` says what the keys mean)."""

    pathway: str
    level: Literal[1, 2, 3]
    title: str
    words: str
    provider: str
    to: str = ""
    consent: bool = False


class OverridesText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An establishment's override file."""

    settings: Mapping[str, bool | int] = {}
    duty: Mapping[str, DutyOverride] = {}
    activity: Mapping[str, OwnActivity] = {}
