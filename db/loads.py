"""What the workload and an allocation are made of: frozen rows for screens and commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.rows import CaseRow, Counts, State
from db.texts import plain

TIERS = (4, 3, 2, 1, None)
"""The tiers in the order they are shown; None is not known."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms somebody works: hours a week, home probation areas, absence.

    Attributes:
        hours: Contracted hours a week; 0 where not recorded.
        areas: The home probation areas they cover.
        away: The first day of an absence that is not over; None for none.
        back: The first day of work after it; None where that is not known.
        absent: Whether they are away today.
    """

    hours: int = 0
    areas: tuple[str, ...] = ()
    away: date | None = None
    back: date | None = None
    absent: bool = False

    def covers(self, area: str) -> bool:
        """Whether a home probation area, however it is spelt, is one of theirs."""
        return bool(area) and plain(area) in {plain(one) for one in self.areas}


@dataclass(frozen=True, slots=True)
class Load:
    """What one member of staff holds: people here, by tier (in the order of `TIERS`), by state, and how many unseen.

    `late_tiers`: how many of each tier are overdue. `terms`: hours, areas, absence.
    `active` is False for somebody who has left; `may_hold` says whether cases can be given to them.
    """

    id: str
    name: str
    wing: str
    active: bool
    may_hold: bool
    tiers: tuple[int, ...]
    counts: Counts
    terms: Terms = Terms()
    late_tiers: tuple[int, ...] = (0, 0, 0, 0, 0)

    @property
    def cases(self) -> int:
        """How many cases."""
        return self.counts.cases

    @property
    def overdue(self) -> int:
        """How many whose most urgent duty is overdue."""
        return self.counts.of(State.OVERDUE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Those without a supervisor: what they come to, the longest wait in calendar days, and what is not as it should.

    `late`: past the day one was to be named. `no_date`: not known since when. `not_wanted`: need none, by the rules.
    """

    load: Load
    longest: int | None = None
    late: int = 0
    no_date: int = 0
    not_wanted: int = 0


@dataclass(frozen=True, slots=True)
class Workload:
    """The whole establishment: who waits, who holds how many (most first), and from how many on that is flagged.

    `backlogs`: what each is called, and how many people here it is about.
    """

    waiting: Waiting
    loads: tuple[Load, ...]
    most: int
    backlogs: tuple[tuple[str, int], ...] = ()
    full_time: int = 37

    def capacity(self, load: Load) -> int:
        """How many cases somebody should hold at most: as many as a whole supervisor, or their hours' share."""
        hours = load.terms.hours
        return self.most if not 0 < hours < self.full_time else max(1, round(self.most * hours / self.full_time))

    @property
    def holding(self) -> tuple[Load, ...]:
        """Those who hold cases."""
        return tuple(load for load in self.loads if load.cases)

    @property
    def held(self) -> int:
        """How many cases have a supervisor."""
        return sum(load.cases for load in self.loads)

    @property
    def average(self) -> int:
        """Cases for each who holds any, to the nearest whole one."""
        return round(self.held / len(self.holding)) if self.holding else 0

    def over(self, cases: int) -> bool:
        """Whether so many cases are more than one supervisor should hold."""
        return cases > self.most


@dataclass(frozen=True, slots=True)
class Spell:
    """A time somebody held a case: from, to (None: still), and the reason it was given to them."""

    staff: str
    since: date
    until: date | None
    why: str


@dataclass(frozen=True, slots=True)
class HeldCase:
    """One line of a supervisor's cases, or of those without one.

    Attributes:
        row: The case as the caseload has it.
        since: Since when it is held or, without a supervisor, has been waiting; None where that is not known.
        spells: Who has held it, the latest first.
        wanted: Without a supervisor: whether one is to be named.
        by: Without a supervisor: the day one is to be named by.
        reason: Without a supervisor: where that day comes from, in words.
        told: Without a supervisor: whether that can be told; not, where it may have been done before the record began.
    """

    row: CaseRow
    since: date | None
    spells: tuple[Spell, ...]
    wanted: bool = True
    by: date | None = None
    reason: str = ""
    told: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case to be allocated: who, where, who holds it and has held it, and why it cannot be (`barred`, else empty).

    `area` is the home probation area; empty where it is not known.
    """

    number: str
    name: str
    where: str
    tier: int | None
    holder: str
    spells: tuple[Spell, ...]
    barred: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Allocation:
    """Cases to be allocated, the workload they are allocated into, and everybody's name by staff id."""

    cases: tuple[Candidate, ...]
    workload: Workload
    names: Mapping[str, str]

    @property
    def choices(self) -> tuple[Load, ...]:
        """Who may be chosen: the fewest cases first."""
        return tuple(
            sorted((load for load in self.workload.loads if load.may_hold), key=lambda load: (load.cases, load.name))
        )


@dataclass(frozen=True, slots=True)
class Proposed:
    """What would become of one case: to whom it goes and why, or (`to` empty) why it stays where it is."""

    case: Candidate
    to: str
    why: str
