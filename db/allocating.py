"""Who should hold a case: the previous supervisor first, then whoever holds the fewest; always with the reason.

Home probation area and hours, which also count, are not in the record. Source: OMI prison rec. 2, 3.1j a, 3.2a.
"""

from collections import Counter
from collections.abc import Iterable

from db import payloads as p
from db.entries import Row, live
from db.loads import Allocation, Candidate, Load, Proposed, Spell
from db.story import moment_of
from policy.calendar import day_of
from policy.phrases import say

NOBODY = "There is nobody else to give it to."


def spells(rows: Iterable[Row]) -> tuple[Spell, ...]:
    """Who has held a case, the latest first, from the rows of its supervisor; what was put right on its day is none."""
    found: list[Spell] = []
    for row in live(rows):
        payload = p.unpack(row.payload, p.FactPayload)
        day = day_of(moment_of(row.effective))
        now = found[-1] if found and found[-1].until is None else None
        if now and now.staff == payload.value:
            continue
        if now:
            found.pop()
            if now.since < day:
                found.append(Spell(now.staff, now.since, day, now.why))
        if payload.value:
            found.append(Spell(payload.value, day, None, payload.why))
    return tuple(reversed(found))


def earlier(case: Candidate) -> tuple[Spell, ...]:
    """The times somebody else than its present supervisor held the case, the latest first."""
    return tuple(spell for spell in case.spells if spell.until is not None and spell.staff != case.holder)


def suggest(case: Candidate, allocation: Allocation) -> Proposed:
    """Whom a case should go to, and why."""
    return _suggest(case, allocation.choices, Counter())


def _suggest(case: Candidate, choices: tuple[Load, ...], on_the_way: Counter[str]) -> Proposed:
    if case.barred:
        return Proposed(case, "", case.barred)
    found = {load.id: load for load in choices if load.id != case.holder}
    before = next((spell for spell in earlier(case) if spell.staff in found), None)
    if before is not None:
        return Proposed(case, before.staff, f"Held it until {_day(before)}.")
    if not found:
        return Proposed(case, "", NOBODY)
    least = min(found.values(), key=lambda load: (load.cases + on_the_way[load.id], load.overdue, load.name))
    return Proposed(case, least.id, f"Holds the fewest: {least.cases + on_the_way[least.id]}.")


def share(allocation: Allocation) -> tuple[Proposed, ...]:
    """Each case to its own suggestion: first those somebody has held before, then the rest evened out."""
    given: Counter[str] = Counter()
    found: dict[str, Proposed] = {}
    choices = allocation.choices
    for case in allocation.cases:
        first = _suggest(case, choices, given)
        if not first.to or any(spell.staff == first.to for spell in earlier(case)):
            found[case.number] = first
            given[first.to] += 1
    for case in allocation.cases:
        if case.number not in found:
            found[case.number] = _suggest(case, choices, given)
            given[found[case.number].to] += 1
    return tuple(found[case.number] for case in allocation.cases)


def to_one(allocation: Allocation, staff: str) -> tuple[Proposed, ...]:
    """Every case to one supervisor, but those that cannot go or are there already."""
    name = allocation.names.get(staff, staff)
    told = []
    for case in allocation.cases:
        if case.barred:
            told.append(Proposed(case, "", case.barred))
        elif case.holder == staff:
            told.append(Proposed(case, "", f"{name} is the supervisor already."))
        else:
            before = next((spell for spell in earlier(case) if spell.staff == staff), None)
            told.append(Proposed(case, staff, f"Held it until {_day(before)}." if before else ""))
    return tuple(told)


def explain(proposed: Proposed, allocation: Allocation) -> str:
    """The suggestion for one case, in full: who, why, what they hold; and who of those before cannot be it."""
    if not proposed.to:
        return proposed.why
    load = next(load for load in allocation.choices if load.id == proposed.to)
    name = allocation.names.get(proposed.to, proposed.to)
    before = next((spell for spell in earlier(proposed.case) if spell.staff == proposed.to), None)
    gone = [spell for spell in earlier(proposed.case) if not _can(spell.staff, allocation)]
    said = [f"Suggested: {name}."]
    if before:
        said.append(f"Held this case from {say(before.since)} to {_day(before)} and knows the person.")
        said.append(f"{_load_words(load, allocation)}.")
    else:
        if gone:
            who = allocation.names.get(gone[0].staff, gone[0].staff)
            said.append(f"{who} held it until {_day(gone[0])} but cannot be given cases now.")
        elif not earlier(proposed.case):
            said.append("Nobody else has held this case.")
        average = f", against {allocation.workload.average} on average" if allocation.workload.average else ""
        said.append(f"{_load_words(load, allocation)}, the fewest of all{average}.")
    return " ".join(said)


def _load_words(load: Load, allocation: Allocation) -> str:
    late = f", {load.overdue} of them overdue" if load.overdue else ""
    over = f"; one more would be over {allocation.workload.most}" if allocation.workload.over(load.cases + 1) else ""
    return f"Holds {load.cases} {'case' if load.cases == 1 else 'cases'}{late}{over}"


def _can(staff: str, allocation: Allocation) -> bool:
    return any(load.id == staff for load in allocation.choices)


def _day(spell: Spell) -> str:
    return say(spell.until) if spell.until else ""
