"""What is left outstanding in a case: the one duty that puts it where it stands, and how to make it due on a day."""

from datetime import date, timedelta

import msgspec

from db.demo.dice import Dice
from db.demo.kinds import (
    FIXED,
    FIXED_TERM,
    KINDS,
    NEWCOMERS,
    RECALLED,
    SETTLED,
    STAYING,
    UNSENTENCED,
)
from policy.calendar import day_of, england_and_wales, parse_span

OVERDUE, TODAY, WEEK, UNKNOWN, SAFETY, QUIET = "overdue", "today", "week", "unknown", "safety", "quiet"
_LATE = frozenset({OVERDUE, TODAY, WEEK})
_SOON = frozenset({TODAY, WEEK})


class Cause(msgspec.Struct, frozen=True):
    """One duty left outstanding.

    Attributes:
        duty: its id.
        anchor: what is set to a day so that it falls due as wanted: seen, done, supervisor, screened, arrived,
            sentenced, returned, release, or an event or fact of some kind.
        span: from that day to the due day; for `release` back from it.
        kinds: whom it suits.
        moods: where it may put a case.
        wants: facts the person then has.
        leaves: facts that are then not recorded.
        weight: how often it is chosen beside others.
    """

    duty: str
    anchor: str
    span: str
    kinds: frozenset[str]
    moods: frozenset[str] = _LATE
    wants: dict[str, str] = {}
    leaves: tuple[str, ...] = ()
    weight: float = 1.0


_HIGH = {"rosh": "high"}
_CARE = {"social-care-need": "yes"}
_REMOVAL = {"nationality": "other", "removal-interest": "yes"}
_VIOLENT = {"sexual-violent-offence": "yes"}
_HOMELESS = {"homeless-risk": "yes", "homeless-consent": "given"}
_SERVING = frozenset({"medium", "long"})
_TWELVE = SETTLED | {"recall-standard", "recall-extended"}
_LONGER = frozenset({"recall-standard", "recall-extended", "recall-ipp", "recall-life"})
CAUSES: tuple[Cause, ...] = (
    Cause("supervisor-contact", "seen", "1 month", STAYING, weight=2.5),
    Cause("rosh-review", "done", "4 months", SETTLED, wants={"rosh": "medium"}, weight=2),
    Cause("rosh-review", "done", "4 months", SETTLED, wants=_HIGH),
    Cause("signpost-follow-up", "event:referral", "10 working days", STAYING, weight=1.5),
    Cause("first-meeting", "supervisor", "10 working days", STAYING),
    Cause("iag-request", "event:iag-request", "7 working days", STAYING, weight=0.5),
    Cause("irmm-feedback", "event:irmm", "1 working day", SETTLED, wants=_HIGH),
    Cause("plan-review", "done", "12 months", frozenset({"long", "extended", "ipp"}), wants=_HIGH),
    Cause("oasys-review", "done", "12 months", frozenset({"long", "extended", "ipp"}), wants=_HIGH),
    Cause("immediate-resettlement-need", "fact:immediate-need", "5 working days", NEWCOMERS, weight=0.6),
    Cause("tenancy", "fact:tenancy", "5 working days", NEWCOMERS, wants={"tenancy": "yes"}, weight=0.6),
    Cause("care-needs", "fact:social-care-need", "10 working days", STAYING, wants=_CARE, weight=0.5),
    Cause("bcst2", "screened", "5 working days", NEWCOMERS, weight=1.5),
    Cause("induction", "arrived", "7 days", NEWCOMERS, _SOON),
    Cause("basic-skills", "arrived", "7 days", frozenset({"short", "medium"}), _SOON),
    Cause("keep-ties", "arrived", "5 days", NEWCOMERS, _SOON, {"family-at-risk": "yes"}),
    Cause("early-removal-explained", "arrived", "12 weeks", UNSENTENCED, wants=_REMOVAL),
    Cause("victim-liaison", "sentenced", "8 weeks", _SERVING, wants=_VIOLENT, leaves=("victim-contact",)),
    Cause("planning-meeting", "sentenced", "8 weeks", frozenset({"medium"}), wants=_HIGH, weight=1.5),
    Cause("oasys-initial", "sentenced", "8 weeks", frozenset({"medium"}), wants=_HIGH, weight=0.6),
    Cause("licence-conditions", "release", "6 weeks", FIXED, weight=1.5),
    Cause("licence-explained", "release", "4 weeks", FIXED, weight=1.5),
    Cause("pre-release-review", "release", "4 weeks", FIXED, weight=0.6),
    Cause("release-risk-plan", "release", "4 weeks", frozenset({"medium", "long"}), wants=_HIGH, weight=0.6),
    Cause("duty-to-refer", "release", "42 days", FIXED, wants=_HOMELESS, weight=0.6),
    Cause("freshstart", "release", "2 weeks", FIXED, wants={"ete-on-release": "no"}, weight=0.6),
    Cause("healthcare-continuity", "release", "2 weeks", FIXED, weight=0.6),
    Cause("substance-handover", "release", "1 week", FIXED, wants={"drug-need": "yes"}, weight=0.6),
    Cause("recall-explained", "returned", "5 working days", RECALLED - {"recall-14"}, weight=2),
    Cause("recall-contact", "returned", "1 working day", RECALLED, _SOON),
    Cause("recall-legal", "returned", "3 days", RECALLED, _SOON),
    Cause("recall-meeting", "returned", "10 working days", RECALLED - FIXED_TERM, weight=2),
    Cause("recall-om-contact", "returned", "7 days", RECALLED - {"recall-14"}),
    Cause("recall-part-b", "returned", "14 working days", frozenset({"recall-standard", "recall-extended"})),
    Cause("recall-28", "returned", "28 days", frozenset({"recall-standard", "recall-extended"})),
    Cause("recall-proactive", "done", "1 month", _LONGER, weight=2),
)  # fmt: skip

ALLOCATE = Cause("allocate-supervisor", "arrived", "2 working days", NEWCOMERS, _SOON)
"""Somebody so new that nobody is named yet."""

GAPS: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (SETTLED, ("rosh", "tier")),
    (SETTLED, ("ppo",)),
    (FIXED, ("licence-expiry",)),
    (_TWELVE, ("sexual-violent-offence", "victim-contact")),
    (frozenset({"ipp", "life", "recall-ipp", "recall-life"}), ("hearing-month",)),
    (FIXED, ("drug-need",)),
    (FIXED, ("ete-on-release",)),
    (NEWCOMERS, ("tenancy", "tenancy-kept")),
    (frozenset({"medium"}), ("recall",)),
    (UNSENTENCED, ("custody-start", "arrival")),
    (frozenset({"long", "extended", "life"}), ("file",)),
    (SETTLED, ("nationality",)),
)
"""What may be missing where nobody can tell, and with whom it leaves something in doubt."""


def _days(cause: Cause, due: date, today: date) -> date | None:
    """The day the anchor must have for the duty to be due on `due`; None where there is none."""
    calendar = england_and_wales()
    span = parse_span(cause.span)
    if cause.anchor == "release":
        release = day_of(calendar.shift(due, span))
        return release if release > today else None
    found = day_of(calendar.shift(due, span, -1))
    if not calendar.is_working(found) and cause.anchor != "returned":
        return None
    exact = day_of(calendar.shift(found, span)) == due
    return (
        found if exact and (found < today or cause.anchor.startswith(("event", "arrived"))) and found <= today else None
    )


FIRST_DUTY = "recall-explained"
"""What the first case of the demonstration's own caseload is late with: a meeting meets it."""
_SPELLS = (range(1, 5), range(5, 13), range(13, 40))
"""Days late: most are a few, some a week or two, now and then somebody was lost sight of."""


def window(mood: str, dice: Dice, today: date, latest: int) -> list[date]:
    """Days on which a duty may fall due to put a case there, the likelier ones first."""
    if mood == TODAY:
        return [today]
    if mood == WEEK:
        return [today + timedelta(days=days) for days in dice.shuffled(range(1, 8))]
    far = dice.weighted({0: 0.6, 1: 0.28, 2: 0.12})
    spells = [dice.shuffled(spell) for spell in _SPELLS]
    late = [*spells[far], *(days for at, spell in enumerate(spells) if at != far for days in spell)]
    return [today - timedelta(days=days) for days in late if days <= latest]


class Chosen(msgspec.Struct):
    """A cause, the day it makes its duty due, and the day its anchor must have."""

    cause: Cause
    due: date
    anchor: date


def choose(
    kind: str,
    mood: str,
    used: dict[str, int],
    dice: Dice,
    today: date,
    latest: int = 40,
    among: tuple[Cause, ...] = CAUSES,
) -> Chosen | None:
    """A cause that suits this kind of person and mood, rather one not seen yet in this caseload.

    `latest` is how many days late at the most. None where nothing suits: the case is then quiet.
    """
    fitting = [cause for cause in among if kind in cause.kinds and mood in cause.moods]
    ranked = sorted(
        ((used.get(cause.duty, 0) + dice.between(1, 999) / 1000) / cause.weight, place)
        for place, cause in enumerate(fitting)
    )
    for _, place in ranked:
        cause = fitting[place]
        for due in window(mood, dice, today, latest):
            anchor = _days(cause, due, today)
            low, high = KINDS[kind].back
            if anchor and (cause.anchor != "returned" or low <= (today - anchor).days <= high):
                used[cause.duty] = used.get(cause.duty, 0) + 1
                return Chosen(cause, due, anchor)
    return None
