"""What the rules say of one case: its duties in absolute dates."""

from datetime import date

import msgspec

from policy.calendar import Moment
from policy.reading import Reading

LIVE = "live"
SAFETY = "safety"
MET_BASE = "met"
WAIVED = "waived"
FAILED = "failed"
UNKNOWN = "unknown"
NOT_APPLICABLE = "not-applicable"


class Due(msgspec.Struct, frozen=True, gc=False):
    """One duty of one case, in absolute dates.

    Attributes:
        key: which need, referral, objective, …; empty where there is one of it.
        short: what a list anybody might see calls it.
        base: live, safety, met, waived, failed, unknown or not-applicable; what today makes of a live
            one is `urgency.state`.
        opens: the day work can start; None where nothing says so.
        due: the last day, with a time where the rule counts hours and the time is known.
        short_notice: it first applied here after its date; `due` is then counted from that day.
        last_working_day: the last working day on or before the due day.
        deferred_to: put off until this day; `due` keeps the original date.
        met_on: the last day it was met; of one set aside, the day of that decision.
        missing: the facts that would have to be known.
    """

    id: str
    key: str
    title: str
    short: str
    owner: str
    force: str
    figure: str
    base: str
    opens: date | None = None
    due: Moment | None = None
    why: str = ""
    source: str = ""
    short_notice: bool = False
    last_working_day: date | None = None
    deferred_to: date | None = None
    met_on: date | None = None
    missing: tuple[str, ...] = ()


class Evaluation(msgspec.Struct, frozen=True):
    """Every duty of a case, and the next day on which time alone would change them."""

    duties: tuple[Due, ...]
    recheck_on: date | None
    reading: Reading
