"""The sentence plans of the demonstration, for those whose plan was agreed: made with dice of their own.

Nothing here moves a date of anything else: what is agreed was agreed on the day the duty was met.
"""

import pkgutil
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import msgspec

from db import payloads as p
from db import planning as pl
from db.demo.dice import Dice
from db.demo.history import Casefile
from db.demo.sentences import working
from db.entries import Row, line
from policy.planning import programmes
from policy.schema import read_toml

_AGREES = frozenset({"planning-meeting", "plan-review", "recall-plan"})
_KEYWORKERS = ("A Okoro", "B Lee", "D Flynn", "S Grant", "T Osman", "W Price")


class _Objective(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pathway: str
    programme: str
    change: str
    measure: str
    words: str
    steps: tuple[tuple[str, str], ...]
    foreign: bool = False


class _Need(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    need: str
    detail: str
    done: str


class _Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    objective: tuple[_Objective, ...]
    need: tuple[_Need, ...]


@cache
def _texts() -> _Texts:
    text = (pkgutil.get_data("db.demo", "plans.toml") or b"").decode()
    return read_toml(text, _Texts, "plans.toml")


def add_plan(file: Casefile, rows: list[Row], command: str, dice: Dice) -> list[Row]:
    """The rows of a case with its sentence plan, where one was agreed; as they were where none was."""
    agreed = [date.fromisoformat(row.effective[:10]) for row in rows if row.kind == p.MET and row.key in _AGREES]
    if not agreed:
        return rows
    on = max(agreed)
    foreign = file.person.fact("nationality") not in ("", "British")
    chosen = _chosen(dice, foreign)
    keyworkers = dice.shuffled(_KEYWORKERS)
    by = file.desk.supervisor or file.desk.manager
    listed = [
        _objective(file, at, one, on, keyworkers[at % len(keyworkers)], dice, by) for at, one in enumerate(chosen)
    ]
    _meeting(file, on, listed, keyworkers[: dice.between(1, 2)], dice, by)
    _around(file, chosen, on, keyworkers, dice, by)
    return file.drafts.rows(command)


def _chosen(dice: Dice, foreign: bool) -> list[_Objective]:
    """A few objectives in an order that goes against no rule."""
    suit = [one for one in _texts().objective if not one.foreign or foreign]
    few = dice.shuffled(suit)[: dice.between(2, 5)]
    few.sort(key=lambda one: (not programmes()[one.programme].gives, bool(programmes()[one.programme].needs)))
    return few


def _objective(
    file: Casefile, at: int, one: _Objective, on: date, keyworker: str, dice: Dice, by: str
) -> tuple[str, str]:
    """One objective with its steps, some done; its id and row."""
    today = file.today
    key = f"demo{at + 1}"
    soon = dice.chance(0.06)
    target = working(today + timedelta(days=dice.between(8, 13) if soon else dice.between(20, 200)))
    done = dice.between(0, len(one.steps)) if on < today - timedelta(days=20) else 0
    steps = []
    for number, (what, whose) in enumerate(one.steps):
        finished = number < done
        day = min(on + timedelta(days=14 * (number + 1)), today)
        state = "done" if finished else "doing" if number == done and dice.chance(0.5) else ""
        by_day = "" if finished else min(target, today + timedelta(days=30 * (number + 1))).isoformat()
        steps.append(pl.Step(what, whose, by_day, state, day.isoformat() if finished else ""))
    kept = pl.Objective(
        one.pathway,
        one.change,
        target.isoformat(),
        start=on.isoformat(),
        measure=one.measure,
        words=one.words,
        owner=keyworker if dice.chance(0.7) else "Offender supervisor",
        programme=one.programme,
    ).with_steps(tuple(steps))
    draft = file.drafts.add(
        pl.OBJECTIVE, key, kept, on, by, "plan", replaces=line(file.person.number, pl.OBJECTIVE, key)
    )
    return key, draft.id


def _meeting(
    file: Casefile, on: date, listed: Sequence[tuple[str, str]], keyworkers: Sequence[str], dice: Dice, by: str
) -> None:
    """The meeting that agreed the plan, and the version it agreed."""
    manager = file.person.manager.partition(",")[0]
    came = dice.chance(0.6)
    people = [pl.Attendance(manager, "offender manager", True, came, not came and dice.chance(0.7))]
    for name in keyworkers:
        invited = dice.chance(0.8)
        there = invited and dice.chance(0.6)
        people.append(pl.Attendance(name, "keyworker", invited, there, invited and not there and dice.chance(0.5)))
    part = dice.weighted({"contributed": 0.75, "present": 0.18, "absent": 0.07})
    meeting = pl.MeetingPayload(
        "planning",
        "held",
        manager if came else "",
        "yes" if dice.chance(0.3) else "",
        msgspec.json.encode(people).decode(),
        part,
        "Did not want to come down; seen on the wing afterwards." if part == "absent" else "",
        dice.weighted({"yes": 0.2, "no": 0.5, "": 0.3}),
        agreed="The order of things, and who does what until the next review.",
        version="1",
    )
    number = file.person.number
    file.drafts.add(pl.MEETING, "demo", meeting, on, by, "plan", replaces=line(number, pl.MEETING, "demo"))
    version = pl.VersionPayload("1", "demo", ",".join(row for _, row in listed))
    file.drafts.add(pl.VERSION, "1", version, on, by, "plan", replaces=line(number, pl.VERSION, "1"))


def _around(
    file: Casefile, chosen: Sequence[_Objective], on: date, keyworkers: Sequence[str], dice: Dice, by: str
) -> None:
    """Interventions that run or are waited for, and needs that shape the work."""
    number = file.person.number
    for at, one in enumerate(chosen):
        if not dice.chance(0.5):
            continue
        begun = min(on + timedelta(days=dice.between(5, 40)), file.today)
        status = dice.weighted({"started": 0.5, "waiting": 0.35, "referred": 0.15})
        fields = {"programme": one.programme, "status": status, "keyworker": keyworkers[at % len(keyworkers)]}
        fields[status] = begun.isoformat()
        key = f"demo{at + 1}"
        file.drafts.add("intervention", key, fields, begun, by, "register", replaces=line(number, "intervention", key))
    for need in dice.shuffled(_texts().need)[: dice.between(0, 2)]:
        fields = {"need": need.need, "there": "yes", "detail": need.detail}
        fields |= {"done": need.done} if need.done else {}
        file.drafts.add(
            "individual-need",
            need.need,
            fields,
            on,
            by,
            "register",
            replaces=line(number, "individual-need", need.need),
        )
