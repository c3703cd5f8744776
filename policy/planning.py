"""The words of the sentence plan and the catalogue of interventions: pathways, outcomes, meetings, programmes."""

from collections.abc import Mapping
from functools import cache

import msgspec

from policy.schema import RulebookError, read_toml, shipped


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One word of the plan: what the screen calls it, and whether it waits until it is revealed."""

    title: str
    discreet: bool = False


class Backlog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Work that has fallen behind: what it is called, and the duties it is told by."""

    title: str
    duties: tuple[str, ...]


class PlanWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pathways, outcomes, meetings, how the person took part, and what their own copy of the plan says."""

    pathway: Mapping[str, Word]
    outcome: Mapping[str, Word]
    meeting: Mapping[str, Word]
    part: Mapping[str, Word]
    paper: Mapping[str, str]
    backlog: Mapping[str, Backlog]


class Programme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One intervention of the catalogue.

    Attributes:
        pathway: where an objective that rests on it usually stands.
        accredited: it holds transfer from start to end.
        gives: the skills a person has afterwards.
        needs: the skills it builds on.
        instead: others that may serve where it is not to be had.
        discreet: its name gives something away.
    """

    title: str
    pathway: str
    accredited: bool = False
    gives: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    discreet: bool = False


@cache
def plan_words() -> PlanWords:
    """The words of the plan."""
    return read_toml(shipped("plan.toml"), PlanWords, "plan.toml")


def backlogs() -> Mapping[str, Backlog]:
    """The backlogs by id: each may stand where a filter has a duty."""
    return plan_words().backlog


@cache
def programmes() -> Mapping[str, Programme]:
    """The catalogue by id, in the order of the file.

    Raises:
        RulebookError: an entry names a pathway or another entry that is not there.
    """
    found = read_toml(shipped("programmes.toml"), dict[str, Programme], "programmes.toml")
    for name, programme in found.items():
        if programme.pathway not in plan_words().pathway:
            raise RulebookError(f"programmes.toml, {name}.pathway: there is no pathway “{programme.pathway}”.")
        for other in programme.instead:
            if other not in found:
                raise RulebookError(f"programmes.toml, {name}.instead: there is no programme “{other}”.")
    return found


def holds_transfer(fields: Mapping[str, str]) -> bool:
    """Whether an intervention with these fields holds transfer: an accredited programme that runs (OMI 2.1j a)."""
    programme = programmes().get(fields.get("programme", ""))
    return fields.get("status") == "started" and programme is not None and programme.accredited


def programme_title(name: str) -> str:
    """What an intervention is called: the catalogue's title, or the name itself where it is the establishment's own."""
    programme = programmes().get(name)
    return programme.title if programme else name
