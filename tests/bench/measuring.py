"""Two things measured side by side: in turns, so that whatever else the machine does falls on both."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Timed = Callable[[], float]
"""Does something once and gives what it cost."""


def clocked(work: Callable[[], object]) -> Timed:
    """`work` as something timed, in seconds."""

    def timed() -> float:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return timed


def in_turns(times: int, ours: Timed, theirs: Timed, *, warm: int = 1) -> tuple[list[float], list[float]]:
    """Both, `times` times, alternately and each first as often as the other, after `warm` rounds that do not count."""
    for _ in range(warm):
        ours(), theirs()
    mine: list[float] = []
    others: list[float] = []
    for turn in range(times):
        gc.collect()
        if turn % 2:
            others.append(theirs())
            mine.append(ours())
        else:
            mine.append(ours())
            others.append(theirs())
    return mine, others


def percentile(values: Sequence[float], part: float) -> float:
    """The value that this part of them, 0 to 1, does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))]


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured of one side: how many times, the figure itself (a median unless the row says p95), spread.

    The spread is from the first to the third quartile.
    """

    value: float
    low: float
    high: float
    times: int


def median(values: Sequence[float]) -> Figure:
    """The median of these, and their quartiles."""
    return Figure(statistics.median(values), percentile(values, 0.25), percentile(values, 0.75), len(values))


def p95(values: Sequence[float]) -> Figure:
    """What 95 of 100 of these do not exceed; its spread is from the 90th to the 98th of 100."""
    return Figure(percentile(values, 0.95), percentile(values, 0.90), percentile(values, 0.98), len(values))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a measure, what it stands beside, and how many times that it may come to at most.

    `unit` is ms or MB; `against` says exactly what the comparison does. Without a limit the row is only told.
    """

    group: str
    measure: str
    against: str
    unit: str
    ours: Figure
    theirs: Figure
    limit: float | None

    @property
    def ratio(self) -> float:
        """How many times the comparison."""
        return self.ours.value / self.theirs.value

    @property
    def verdict(self) -> str:
        """OVER, near (within a tenth of the limit), ok, or nothing where there is no limit."""
        if self.limit is None:
            return ""
        return "OVER" if self.ratio > self.limit else "near" if self.ratio > 0.9 * self.limit else "ok"


def timed_row(
    group: str, measure: str, against: str, limit: float | None, pair: tuple[Sequence[float], Sequence[float]]
) -> Row:
    """A row of medians of seconds, told in milliseconds."""
    ours, theirs = ([1000 * second for second in seconds] for seconds in pair)
    return Row(group, measure, against, "ms", median(ours), median(theirs), limit)
