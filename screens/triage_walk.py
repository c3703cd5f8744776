"""A triage walk: whom it leads to, in which order, how far it has come; kept for its user until the day is over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from db import payloads as kinds
from db.rows import Filter, Recorded
from screens.drafts import WALK
from screens.filter_words import decode, encode, narrowed, whose
from screens.routes import Route

KEPT = Route(WALK)
"""Under what a user's walk is kept among their drafts: one, whatever filter it was begun with."""
END = "end"
"""What a route's cursor says at the end of a walk, in place of a prisoner number."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A list of cases that stays as it was begun, and the place in it; `at` is their number at its end.

    Attributes:
        day: The day it was begun on; on another it is over.
        wanted: The filter it was begun with.
        trail: Where the audit trail ended then: what was recorded after it was recorded in this walk.
        numbers: Prisoner numbers, most urgent first.
        at: How many of them lie behind.
    """

    day: date
    wanted: Filter
    trail: int
    numbers: tuple[str, ...]
    at: int = 0

    @property
    def ended(self) -> bool:
        """Whether every case lies behind."""
        return self.at >= len(self.numbers)

    @property
    def number(self) -> str:
        """The case it stands at; "" at its end."""
        return "" if self.ended else self.numbers[self.at]

    @property
    def begun(self) -> bool:
        """Whether it has left the first case."""
        return self.at > 0

    def moved(self, step: int) -> "Walk":
        """The walk so many cases further on, or back; never beyond either end."""
        return replace(self, at=max(0, min(self.at + step, len(self.numbers))))

    def gone_to(self, cursor: str) -> "Walk":
        """The walk at the case a route's cursor names, or at its end; where it names none of them, as it is."""
        if cursor == END:
            return replace(self, at=len(self.numbers))
        return replace(self, at=self.numbers.index(cursor)) if cursor in self.numbers else self

    def as_kept(self) -> Mapping[str, str]:
        """The walk as texts."""
        return {
            "day": self.day.isoformat(),
            "filter": encode(self.wanted),
            "trail": str(self.trail),
            "numbers": ",".join(self.numbers),
            "at": str(self.at),
        }


def walk_from(kept: Mapping[str, str], today: date) -> Walk | None:
    """The walk those texts stand for; None where it was begun on another day, or they stand for none."""
    if kept.get("day") != today.isoformat() or not kept.get("numbers"):
        return None
    try:
        trail, at = int(kept["trail"]), int(kept["at"])
    except (KeyError, ValueError):
        return None
    numbers = tuple(kept["numbers"].split(","))
    return Walk(today, decode(kept.get("filter", ""), Filter()), trail, numbers).moved(at)


def progress_words(walk: Walk, handled: int) -> str:
    """How far it has come: `4 of 12 · 3 handled`; at its end `12 cases · 5 handled`."""
    many = len(walk.numbers)
    where = f"{many} case{'s' if many != 1 else ''}" if walk.ended else f"{walk.at + 1} of {many}"
    return f"{where} · {handled} handled"


def over_words(wanted: Filter) -> str:
    """Whose cases it goes through: `Mine, overdue`."""
    title = ""
    if wanted.duty:
        from screens.duty_field import title_of

        title = title_of(wanted.duty)
    return ", ".join(words for words in (whose(wanted), narrowed(wanted, title)) if words)


def resuming_words(walk: Walk, handled: int, wanted: Filter) -> str:
    """What is asked of somebody who begins a walk while another is under way; `wanted` is what they ask for now."""
    over = f" ({over_words(walk.wanted)})" if walk.wanted != wanted else ""
    if walk.ended:
        return f"You had come to the end of {len(walk.numbers)} cases{over}, {handled} handled."
    return f"You were at {walk.at + 1} of {len(walk.numbers)}{over}, {handled} handled."


def nobody_words(wanted: Filter) -> str:
    """Why there is nobody to walk to."""
    return (
        f"Here the cases of the caseload come one at a time, the most urgent first. Of these ({over_words(wanted)}) "
        "none is late, due today or within 7 days, and none is unclear. Esc goes back to the caseload; f there shows "
        "others."
    )


def done_words(recorded: Iterable[Recorded], reveal: bool) -> str:
    """What was recorded about a case, each thing once: `meeting; met First meeting; note`."""
    return "; ".join(dict.fromkeys(_said(one, one.about if reveal else one.discreet) for one in recorded))


def _said(one: Recorded, about: str) -> str:
    if one.kind == kinds.CONTACT:
        return about
    if one.kind == kinds.CONCERN:
        return "a handover opened"
    return f"{_DONE.get(one.kind, one.kind)} {about or _NAMELESS.get(one.kind, '')}".strip()


_DONE = {
    kinds.MET: "met",
    kinds.DEFERRAL: "put off",
    kinds.WAIVER: "not required",
    kinds.FACT: "filled in",
    kinds.APPOINTMENT: "booked",
}
_NAMELESS = {
    kinds.MET: "a duty",
    kinds.DEFERRAL: "a duty",
    kinds.WAIVER: "a duty",
    kinds.FACT: "a fact",
    kinds.APPOINTMENT: "an appointment",
}
