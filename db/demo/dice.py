"""Chance that is the same on every machine and every Python: everything is made from `Random.random()` alone."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Dice seeded with a text; a text is seeded by its SHA-512, never by Python's own hash."""

    __slots__ = ("_random",)

    def __init__(self, *seed: object) -> None:
        """Seed with the words of anything that prints the same everywhere."""
        self._random = random.Random("/".join(str(part) for part in seed)).random

    def chance(self, share: float) -> bool:
        """Yes in so many cases of one."""
        return self._random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included; `low` where they cross."""
        return low + int(self._random() * (high - low + 1)) if high > low else low

    def pick(self, options: Sequence[T]) -> T:
        """One of them, each as likely."""
        return options[int(self._random() * len(options))]

    def weighted(self, options: dict[T, float]) -> T:
        """One of them, as likely as its weight says."""
        rest = self._random() * sum(options.values())
        for option, weight in options.items():
            rest -= weight
            if rest < 0:
                return option
        return next(reversed(options))

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """All of them in another order."""
        cards = list(options)
        for last in range(len(cards) - 1, 0, -1):
            other = int(self._random() * (last + 1))
            cards[last], cards[other] = cards[other], cards[last]
        return cards

    def day(self, low: date, high: date) -> date:
        """A day from `low` to `high`, both included; `low` where they cross."""
        return low + timedelta(days=self.between(0, (high - low).days))

    def hexadecimal(self, figures: int) -> str:
        """So many hexadecimal figures, at most 13."""
        return f"{int(self._random() * 16**figures):0{figures}x}"


def shares(of: Mapping[T, float], count: int) -> list[T]:
    """`count` things in these proportions as nearly as whole numbers go, in the order given."""
    whole = sum(of.values())
    exact = {thing: count * weight / whole for thing, weight in of.items()}
    given = {thing: int(wanted) for thing, wanted in exact.items()}
    places = {thing: place for place, thing in enumerate(of)}
    short = sorted(of, key=lambda thing: (given[thing] - exact[thing], places[thing]))
    for thing in short[: count - sum(given.values())]:
        given[thing] += 1
    return [thing for thing in of for _ in range(given[thing])]
