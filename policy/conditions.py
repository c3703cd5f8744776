"""The conditions of the rulebook: a small language, read once and tested in three states.

A condition is "sentenced", "not remand", "rosh is high, very-high", "supervisor known",
"homeless-risk not known", or alternatives joined by " or ". A list of conditions asks for all.
"""

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from policy.reading import Reading


class Term(msgspec.Struct, frozen=True):
    """One test of one answer: `values` empty asks for yes; `known` asks only whether it is known."""

    name: str
    values: tuple[str, ...]
    negated: bool
    known: bool | None


class Truth(msgspec.Struct, frozen=True, gc=False):
    """Whether something holds: yes, no, or None for not known.

    Attributes:
        value: whether it holds; None where facts are missing.
        since: from which day it has held, as far as that is known.
        missing: the facts that would have to be known.
        failed: the test that settled a no.
    """

    value: bool | None
    since: date | None = None
    missing: tuple[str, ...] = ()
    failed: Term | None = None


Condition = tuple[Term, ...]
_TERM = re.compile(r"(?P<no>not )?(?P<name>[a-z0-9-]+)(?: is (?P<values>.+)| (?P<known>not known|known))?")
_HOLDS = Truth(True)


def parse_condition(text: str) -> Condition:
    """Read one condition as its alternatives.

    Raises:
        ValueError: the text is not a condition.
    """
    return tuple(_parse_term(part.strip()) for part in text.split(" or "))


def _parse_term(text: str) -> Term:
    found = _TERM.fullmatch(text)
    if not found:
        raise ValueError(f"“{text}” is not a condition such as “rosh is high, very-high”")
    values = tuple(value.strip() for value in (found["values"] or "yes").split(",") if value.strip())
    known = None if found["known"] is None else found["known"] == "known"
    return Term(found["name"], values, bool(found["no"]), known)


def names_in(conditions: Sequence[Condition]) -> set[str]:
    """The facts and derived answers the conditions ask for."""
    return {term.name for condition in conditions for term in condition}


def _test(term: Term, reading: Reading) -> Truth:
    answer = reading.ask(term.name)
    value = answer.value
    if term.known is not None:
        holds_here = (value is not None) == term.known
    elif value is None:
        return Truth(None, None, answer.missing)
    else:
        holds_here = (value in term.values) != term.negated
    return Truth(True, answer.since) if holds_here else Truth(False, answer.since, (), term)


def _any(condition: Condition, reading: Reading) -> Truth:
    if len(condition) == 1:
        return _test(condition[0], reading)
    tested = [_test(term, reading) for term in condition]
    if true := [truth for truth in tested if truth.value]:
        days = [truth.since for truth in true if truth.since is not None]
        return Truth(True, min(days) if len(days) == len(true) else None)
    missing = tuple(fact for truth in tested for fact in truth.missing)
    return Truth(None, None, missing) if missing else tested[0]


def holds(conditions: Sequence[Condition], reading: Reading) -> Truth:
    """Whether all conditions hold: one no settles it, else one not known leaves it open."""
    if not conditions:
        return _HOLDS
    if len(conditions) == 1:
        only = conditions[0]
        return _test(only[0], reading) if len(only) == 1 else _any(only, reading)
    since: date | None = None
    missing: tuple[str, ...] = ()
    for condition in conditions:
        truth = _any(condition, reading)
        if truth.value is False:
            return truth
        if truth.value is None:
            missing += truth.missing
        elif truth.since is not None and (since is None or truth.since > since):
            since = truth.since
    if missing:
        return Truth(None, None, tuple(dict.fromkeys(missing)))
    return Truth(True, since)
