"""Groups with extra support: who belongs to which, from facts where they say so, and what each asks to think of.

Source: rulebook.md, Screening and the pathway checklist (Cohorts); TTG 2.8, 8.x. The list is `cohorts.toml`.
"""

from collections.abc import Mapping
from functools import cache

import msgspec

from policy.conditions import Condition, Truth, holds, names_in, parse_condition
from policy.facts import facts
from policy.reading import DERIVED, Answer, Reading, derives
from policy.schema import RulebookError, read_toml, shipped

_FROM, _TO = 18, 26


class Prompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to think of, and where it comes from; `aloud`: it may be said with the person and family there."""

    text: str
    source: str
    aloud: bool = False


class Cohort(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One group; the head of `cohorts.toml` says what each key means."""

    title: str
    source: str
    prompts: tuple[Prompt, ...]
    member: tuple[str, ...] = ()
    restricted: bool = False

    @property
    def recorded(self) -> bool:
        """Whether belonging to it is recorded by hand, since no fact says so."""
        return not self.member and not self.restricted


@cache
def cohorts() -> Mapping[str, Cohort]:
    """Every group by id, in the order of the file.

    Raises:
        RulebookError: the file cannot be used; the message names the key.
    """
    found = read_toml(shipped("cohorts.toml"), dict[str, Cohort], "cohorts.toml")
    for name in found:
        for asked in sorted(names_in(_conditions(found[name]))):
            if asked not in DERIVED and asked not in facts():
                raise RulebookError(f"cohorts.toml, {name}.member: there is no fact or answer called “{asked}”.")
    return found


def belongs(cohort: Cohort, reading: Reading) -> Truth:
    """Whether somebody belongs to a group by what is known of them: yes, no, or not known."""
    return holds(_conditions(cohort), reading)


def _conditions(cohort: Cohort) -> tuple[Condition, ...]:
    return tuple(parse_condition(text) for text in cohort.member)


@derives("young-adult")
def young_adult(reading: Reading) -> Answer:
    """Whether somebody is 18 to 25 years old (TTG 8.3)."""
    adult = reading.age_has_reached(_FROM)
    if adult.value != "yes":
        return adult
    return Answer("no") if reading.age_has_reached(_TO).value == "yes" else Answer("yes", adult.since)
