"""The prison as a whole: its wings and staff, who holds whom, and what each case is to look like today."""

from collections.abc import Iterator
from datetime import date

import msgspec

from db.demo.causes import (
    ALLOCATE,
    CAUSES,
    FIRST_DUTY,
    GAPS,
    OVERDUE,
    QUIET,
    SAFETY,
    TODAY,
    UNKNOWN,
    WEEK,
    Chosen,
    choose,
)
from db.demo.dice import Dice, shares
from db.demo.kinds import KINDS, NEWCOMERS
from db.demo.words import names

HERE = "supervisor"
"""The staff id of the supervisor whom the demonstration signs in as."""
_OWN_LOAD, _USUAL_LOAD = 38, 52
_LEAST, _MOST = 25, 75
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OFTEN_PUT_OFF = frozenset({"supervisor-contact", "rosh-review", "plan-review", "first-meeting", "licence-conditions"})


class Member(msgspec.Struct, frozen=True):
    """A member of staff: id, name, the role they sign in with (empty: none), post, wing."""

    id: str
    name: str
    role: str = ""
    post: str = ""
    wing: str = ""


SIGN_INS = (
    Member(HERE, "J Carter", "supervisor", "Offender supervisor", "B"),
    Member("administrator", "L Pritchard", "administrator", "Case administrator"),
    Member("manager", "S Adeyemi", "manager", "OMU manager"),
    Member("inspector", "R Whitcombe", "inspector", "Inspector"),
)
PROVIDERS = {
    "CRC": Member("t.hallam", "T Hallam", post="Resettlement worker"),
    "HC": Member("m.appiah", "M Appiah", post="Healthcare"),
    "PS": Member("d.garside", "D Garside", post="Reception officer"),
}


class Place(msgspec.Struct, frozen=True):
    """What one case is to be: its place in the prison, kind, holder and what is outstanding."""

    index: int
    kind: str
    mood: str
    chosen: Chosen | None
    gaps: tuple[str, ...]
    also: dict[str, str]
    supervisor: str
    before: str
    cell: str


def wings(cases: int) -> str:
    """The letters of the wings, about 66 people on each."""
    return _LETTERS[: max(2, min(26, round(cases / 66)))]


def loads(cases: int, dice: Dice) -> list[int]:
    """How many cases each supervisor holds, the demonstration's own first: 25 to 75 as far as there are enough."""
    own = min(cases, _OWN_LOAD)
    rest = cases - own
    others = max(1, round(rest / _USUAL_LOAD)) if rest else 0
    found = [dice.between(36, 68) for _ in range(others)]
    while found and sum(found) != rest:
        at = dice.between(0, others - 1)
        step = 1 if sum(found) < rest else -1
        far = abs(rest - sum(found)) > (_MOST - _LEAST) * others
        if far or _LEAST <= found[at] + step <= _MOST or rest < _LEAST:
            found[at] += step
    return [own, *found]


def supervisors(count: int, letters: str, dice: Dice) -> list[Member]:
    """The supervisors, the demonstration's own first; no two with one name."""
    found = [SIGN_INS[0]]
    taken = {member.name for member in (*SIGN_INS, *PROVIDERS.values())}
    surnames = [name for name in names().surnames if name.isalpha()]
    while len(found) < count:
        initials = dice.pick(_LETTERS) + (dice.pick(_LETTERS) if count > 500 else "")
        surname = dice.pick(surnames)
        name = f"{initials} {surname}"
        if name not in taken:
            taken.add(name)
            wing = letters[len(found) % len(letters)]
            found.append(Member(f"{initials}.{surname}".lower(), name, "", "Offender supervisor", wing))
    return found


def places(cases: int, dice: Dice, today: date) -> tuple[list[Member], Iterator[Place]]:
    """The supervisors, and every case in turn."""
    sizes = loads(cases, dice)
    held_by = supervisors(len(sizes), wings(cases), dice)
    kinds = dice.shuffled(shares({name: kind.share for name, kind in KINDS.items()}, cases))
    _recalled_first(kinds)
    return held_by, _places(sizes, held_by, kinds, dice, today)


def _recalled_first(kinds: list[str]) -> None:
    """The first case of all is somebody just back on recall: much is due at once, and a meeting meets most of it."""
    if len(kinds) >= 5:
        at = kinds.index("recall-standard") if "recall-standard" in kinds else 0
        kinds[at], kinds[0] = kinds[0], "recall-standard"


def _places(sizes: list[int], held_by: list[Member], kinds: list[str], dice: Dice, today: date) -> Iterator[Place]:
    letters = wings(len(kinds))
    index = 0
    for at, (size, member) in enumerate(zip(sizes, held_by, strict=True)):
        used: dict[str, int] = {}
        own = at == 0
        for mood in _moods(size, own, dice):
            kind, first = kinds[index], own and index == 0
            chosen = _chosen(kind, mood, used, dice, today, own, first)
            if mood in (OVERDUE, TODAY, WEEK) and chosen is None:
                mood = QUIET
            gaps = _gaps(kind, dice) if mood == UNKNOWN else ()
            if mood == UNKNOWN and not gaps:
                mood = QUIET
            holder, before = member.id, ""
            if not own and mood in (TODAY, WEEK) and kind in NEWCOMERS and dice.chance(0.1):
                chosen = choose(kind, mood, {}, dice, today, among=(ALLOCATE,)) or chosen
                holder = "" if chosen and chosen.cause is ALLOCATE else holder
            if len(held_by) > 2 and (dice.chance(0.14) or (chosen and chosen.cause.anchor == "supervisor")):
                before = dice.pick([other for other in held_by[:40] if other is not member]).id
            wing = member.wing if dice.chance(0.88) else dice.pick(letters)
            cell = f"{wing}-{dice.between(1, 4)}-{dice.between(1, 36):03d}"
            yield Place(index, kind, mood, chosen, gaps, _also(own, first, mood), holder, before, cell)
            index += 1


def _moods(size: int, own: bool, dice: Dice) -> list[str]:
    """How a caseload stands: stretched, but well run."""
    if own:
        late, now, week, unknown = 0.158, 0.053, 0.105, 0.105
    else:
        late, now = dice.between(9, 21) / 100, dice.between(2, 6) / 100
        week, unknown = dice.between(9, 15) / 100, dice.between(6, 14) / 100
    safety = 0 if own or not dice.chance(0.4) else 1
    parts = {OVERDUE: late, TODAY: now, WEEK: week, UNKNOWN: unknown, QUIET: 1 - late - now - week - unknown}
    listed = [SAFETY] * min(safety, size) + shares(parts, max(0, size - safety))
    if not own:
        return dice.shuffled(listed)
    return [listed[0], *dice.shuffled(listed[1:])]


def _chosen(
    kind: str, mood: str, used: dict[str, int], dice: Dice, today: date, own: bool, first: bool
) -> Chosen | None:
    """What is outstanding; in the demonstration's own caseload nothing late is to stand before the first case."""
    if first:
        wanted = tuple(cause for cause in CAUSES if cause.duty == FIRST_DUTY)
        return choose(kind, OVERDUE, used, dice, today, 6, wanted)
    if mood not in (OVERDUE, TODAY, WEEK):
        return None
    if mood == WEEK and dice.chance(0.12):
        late = tuple(cause for cause in CAUSES if cause.duty in _OFTEN_PUT_OFF)
        return choose(kind, OVERDUE, used, dice, today, 3, late)
    behind = tuple(cause for cause in CAUSES if cause.wants.get("rosh") != "high")
    return choose(kind, mood, used, dice, today, among=behind if own and mood == OVERDUE else CAUSES)


def _gaps(kind: str, dice: Dice) -> tuple[str, ...]:
    fitting = [missing for whom, missing in GAPS if kind in whom]
    return dice.pick(fitting) if fitting else ()


def _also(own: bool, first: bool, mood: str) -> dict[str, str]:
    """What a case has besides, as to risk."""
    if first:
        return {"rosh": "high", "ppo": "no"}
    if own and mood == OVERDUE:
        return {"rosh": "medium", "ppo": "no"}
    return {}
