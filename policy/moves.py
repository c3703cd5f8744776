"""The movements a record knows, and which facts each of them records; the list is `moves.toml`.

Source: rulebook.md, Duties (move-notified, plan-review); record.md, Facts.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Literal

import msgspec

from policy.calendar import Moment, day_of
from policy.schema import read_toml, shipped

RECEPTIONS = ("received", "transfer-in", "recalled")
CELL = "cell"
BACK = "back"
TRANSFER_OUT = "transfer-out"
DEATH = "death"
LEAVING = ("released", "transferred", "died", "other")
"""The ways of leaving, as the fact `left-how` has them."""


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sort of movement: what it is called, whom it can happen to, what it records, what its form asks."""

    label: str
    told: str
    whom: Literal["here", "out", "present", "away"]
    sets: Mapping[str, str]
    ends: Mapping[str, str] = {}
    to: str = ""
    needs_to: bool = False
    leaves: bool = False
    tells: bool = False
    quiet: bool = False
    asks: tuple[Literal["planned", "why", "hold"], ...] = ()

    def fits(self, where: str) -> bool:
        """Whether it can happen to somebody who is `here`, `out` for now, or `away`, not in this prison."""
        return self.whom == where or (self.whom == "present" and where in ("here", "out"))


@cache
def moves() -> Mapping[str, Move]:
    """Every movement by name, in the order of the file."""
    return read_toml(shipped("moves.toml"), dict[str, Move], "moves.toml")


def whereabouts(present: bool, status: str) -> str:
    """`here`, `out` for now (court, hospital …), or `away`: not in this prison."""
    if not present:
        return "away"
    return "out" if status.strip().upper().rpartition(" ")[2] in ("OUT", "TRN") else "here"


def facts_of(name: str, at: Moment, to: str, held: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """The facts a movement records, in the form the record keeps; None takes one back.

    `held`: what is known now. A cell given with somebody's return or reception is recorded too.
    """
    move = moves()[name]
    moment = at.isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()
    for fact, value in move.sets.items():
        kept = value.format(day=day_of(at).isoformat(), moment=moment, to=to)
        if kept or fact in held:
            yield fact, kept or None
    for fact, value in move.ends.items():
        if held.get(fact, value) != value:
            yield fact, value
    if move.to == "Cell" and to and CELL not in move.sets:
        yield CELL, to
