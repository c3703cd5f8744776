"""In which order objectives ought to stand: where a plan goes against it, and why that matters (OMI 2.1a).

The rules are `sequence.toml`. They warn; they do not forbid.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import pairwise
from typing import Literal

import msgspec

from policy.schema import read_toml, shipped

RISKS = ("low", "medium", "high", "very-high")
"""Risk of serious harm, from the lowest up."""
SKILLS = {"literacy": "reading and writing", "language": "English"}
"""What one intervention gives and another needs, in words."""


class SequenceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule: what it compares, what it says where a plan goes against it, and where it stands."""

    title: str
    compares: Literal["needs", "risk", "builds-on"]
    words: str
    source: str
    missing: str = ""
    discreet: bool = False


class Placed(msgspec.Struct, frozen=True):
    """An open objective at its place: what it is about, what it gives and needs, what it builds on."""

    key: str
    title: str
    gives: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    risk: str = ""
    builds_on: str = ""


class Breach(msgspec.Struct, frozen=True):
    """A place where the order goes against a rule.

    Attributes:
        id: the rule and the objectives, so that a reason given for it is found again.
        first: the objective that ought to come earlier, "" where there is none yet.
        then: the objective that stands too early.
    """

    id: str
    rule: str
    first: str
    then: str
    words: str
    source: str
    discreet: bool


@cache
def sequence_rules() -> Mapping[str, SequenceRule]:
    """The rules by name, in the order of the file."""
    return read_toml(shipped("sequence.toml"), dict[str, SequenceRule], "sequence.toml")


def breaches(order: Sequence[Placed], lacking: Set[str] = frozenset()) -> tuple[Breach, ...]:
    """Where this order goes against a rule. `lacking`: skills recorded as needed and not yet seen to."""
    found: list[Breach] = []
    for name, rule in sequence_rules().items():
        if rule.compares == "needs":
            found += _skills(name, rule, order, lacking)
        elif rule.compares == "risk":
            found += _risks(name, rule, order)
        else:
            found += _built(name, rule, order)
    return tuple(found)


def _breach(name: str, rule: SequenceRule, first: Placed | None, then: Placed, words: str, about: str = "") -> Breach:
    identity = ":".join(part for part in (name, first.key if first else about, then.key) if part)
    return Breach(identity, name, first.key if first else "", then.key, words, rule.source, rule.discreet)


def _skills(name: str, rule: SequenceRule, order: Sequence[Placed], lacking: Set[str]) -> Iterator[Breach]:
    for at, then in enumerate(order):
        for skill in sorted(then.needs):
            if any(skill in before.gives for before in order[:at]):
                continue
            later = next((one for one in order[at + 1 :] if skill in one.gives), None)
            said = SKILLS.get(skill, skill)
            if later is not None:
                words = rule.words.format(first=later.title, then=then.title, skill=said)
                yield _breach(name, rule, later, then, words)
            elif skill in lacking:
                yield _breach(name, rule, None, then, rule.missing.format(then=then.title, skill=said), skill)


def _risks(name: str, rule: SequenceRule, order: Sequence[Placed]) -> Iterator[Breach]:
    """A lower risk right before a higher one; objectives about none are passed over."""
    rated = [one for one in order if one.risk in RISKS]
    for before, after in pairwise(rated):
        if RISKS.index(before.risk) < RISKS.index(after.risk):
            yield _breach(name, rule, after, before, rule.words.format(first=after.title, then=before.title))


def _built(name: str, rule: SequenceRule, order: Sequence[Placed]) -> Iterator[Breach]:
    places = {one.key: at for at, one in enumerate(order)}
    for at, then in enumerate(order):
        first = places.get(then.builds_on)
        if first is not None and first > at:
            words = rule.words.format(first=order[first].title, then=then.title)
            yield _breach(name, rule, order[first], then, words)
