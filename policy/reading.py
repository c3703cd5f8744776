"""Reading one case on one day: facts and derived answers, in three states, with what is missing.

Every comparison of a date with today goes through here, so that the day on which time alone
would change an answer (`recheck_on`) is known.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from policy.calendar import WorkingDays, add_months, day_of
from policy.case import Case
from policy.facts import Value

if TYPE_CHECKING:
    from policy.rulebook import Settings


class Answer(msgspec.Struct, frozen=True, gc=False):
    """What is known about one thing.

    Attributes:
        value: what it is; None where it is not known.
        since: from which day it has been so, as far as that is known.
        missing: the facts that would have to be known; empty where the answer is known.
        words: which limb or which date decided, in words.
    """

    value: Value | None
    since: date | None = None
    missing: tuple[str, ...] = ()
    words: str = ""

    @property
    def known(self) -> bool:
        """Whether this is known; not known is never no."""
        return self.value is not None


Deriver = Callable[["Reading"], Answer]
DERIVED: dict[str, Deriver] = {}


def derives(name: str) -> Callable[[Deriver], Deriver]:
    """Name a function as the answer to `name`, so that the rules can ask for it like a fact."""

    def register(function: Deriver) -> Deriver:
        DERIVED[name] = function
        return function

    return register


@cache
def not_known(fact: str) -> Answer:
    """The answer where this fact was never recorded."""
    return Answer(None, None, (fact,))


class Reading:
    """One case read on one day; answers are worked out once and kept."""

    def __init__(self, case: Case, today: date, settings: "Settings", calendar: WorkingDays) -> None:
        """Read `case` as at `today` under an establishment's settings."""
        self.case = case
        self.today = today
        self.settings = settings
        self.calendar = calendar
        self.recheck_on: date | None = None
        self.earlier: dict[date, Reading] = {}
        self._answers: dict[str, Answer] = {}

    def ask(self, name: str) -> Answer:
        """The answer to a fact's or a derived answer's name."""
        answer = self._answers.get(name)
        return answer if answer is not None else self._worked_out(name)

    def _worked_out(self, name: str) -> Answer:
        derive = DERIVED.get(name)
        answer = self._answers[name] = derive(self) if derive else self.fact(name)
        return answer

    def fact(self, name: str) -> Answer:
        """The current value of a recorded fact, since the earliest day it is known to have held without a break."""
        versions = self.case.facts.get(name)
        if not versions or versions[-1].value is None:
            return not_known(name)
        value, since = versions[-1].value, versions[-1].since
        for version in reversed(versions[:-1]):
            if version.value != value:
                break
            if version.since is not None and (since is None or version.since < since):
                since = version.since
        return Answer(value, since)

    def day(self, name: str) -> date | None:
        """The day a date-valued answer falls on, None where it is not known."""
        value = self.ask(name).value
        return day_of(value) if isinstance(value, date) else None

    def is_past(self, day: date) -> bool:
        """Whether the day lies before today; the day after it is noted as one to look again."""
        self._look_again(day + timedelta(days=1))
        return day < self.today

    def has_come(self, day: date) -> bool:
        """Whether the day is today or earlier; it is noted as one to look again."""
        self._look_again(day)
        return day <= self.today

    def _look_again(self, day: date) -> None:
        if day > self.today and (self.recheck_on is None or day < self.recheck_on):
            self.recheck_on = day

    def age_has_reached(self, years: int) -> Answer:
        """Whether the person has had that birthday, and since when: yes, no or not known.

        Born on 29 February, it is the 28th in a common year, as every month is counted here.
        """
        born = self.day("date-of-birth")
        if born is None:
            return not_known("date-of-birth")
        birthday = add_months(born, years * 12)
        return Answer("yes", birthday) if self.has_come(birthday) else Answer("no")


def latest(*days: date | None) -> date | None:
    """The latest of the days that are known, None if none is."""
    known = [day for day in days if day is not None]
    return max(known) if known else None
