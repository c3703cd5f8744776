"""Who should hold a case, always with the reason.

The previous supervisor first; then who covers the person's home probation area; then whoever has the most room, which
is what they hold against what their hours allow. Source: OMI prison rec. 2, 3.1j a, 3.2a.
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
    return _suggest(case, allocation, Counter())


def _suggest(case: Candidate, allocation: Allocation, on_the_way: Counter[str]) -> Proposed:
    if case.barred:
        return Proposed(case, "", case.barred)
    found = {load.id: load for load in allocation.choices if load.id != case.holder}
    before = next((spell for spell in earlier(case) if spell.staff in found), None)
    if before is not None:
        return Proposed(case, before.staff, f"Held it until {_day(before)}.")
    if not found:
        return Proposed(case, "", NOBODY)
    near = [load for load in found.values() if load.terms.covers(case.area)]
    workload = allocation.workload

    def burden(load: Load) -> tuple[float, int, str]:
        return (load.cases + on_the_way[load.id]) / workload.capacity(load), load.overdue, load.name

    best = min(near or found.values(), key=burden)
    holds = best.cases + on_the_way[best.id]
    covers = f"Covers {case.area}. " if near else ""
    if any(workload.capacity(load) != workload.most for load in near or found.values()):
        return Proposed(case, best.id, f"{covers}Has the most room: {holds} of {workload.capacity(best)}.")
    return Proposed(case, best.id, f"{covers}Holds the fewest{' of those' if len(near) > 1 else ''}: {holds}.")


def share(allocation: Allocation) -> tuple[Proposed, ...]:
    """Each case to its own suggestion: first those somebody has held before, then the rest evened out."""
    given: Counter[str] = Counter()
    found: dict[str, Proposed] = {}
    for case in allocation.cases:
        first = _suggest(case, allocation, given)
        if not first.to or any(spell.staff == first.to for spell in earlier(case)):
            found[case.number] = first
            given[first.to] += 1
    for case in allocation.cases:
        if case.number not in found:
            found[case.number] = _suggest(case, allocation, given)
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
            said.append(f"{who} held it until {_day(gone[0])} but {_why_not(gone[0].staff, allocation)}.")
        elif not earlier(proposed.case):
            said.append("Nobody else has held this case.")
        average = f", against {allocation.workload.average} on average" if allocation.workload.average else ""
        near = [one for one in allocation.choices if one.terms.covers(proposed.case.area)]
        if load in near:
            said.append(f"Covers {proposed.case.area}, the home probation area.")
        of = "of those who cover it" if len(near) > 1 and load in near else "of all"
        parted = any(allocation.workload.capacity(one) != allocation.workload.most for one in allocation.choices)
        best = f", {'the most room' if parted else 'the fewest'} {of}" if load not in near or len(near) > 1 else ""
        said.append(f"{_load_words(load, allocation)}{best}{average}.")
    return " ".join(said)


def not_weighed(allocation: Allocation) -> str:
    """What the suggestions leave out because it is not recorded, in a sentence; "" where nothing is."""
    areas = sum(bool(case.area) for case in allocation.cases)
    hours = sum(bool(load.terms.hours) for load in allocation.choices)
    cases, people = len(allocation.cases), len(allocation.choices)
    if not areas and not hours:
        return "Home probation area and hours are not in the record, so neither is weighed."
    said = []
    if areas < cases:
        said.append(f"home probation area of {'this case' if cases == 1 else f'{cases - areas} of these cases'}")
    if hours < people:
        said.append(f"hours of {people - hours} of {people} supervisors, who count as full time")
    return f"Not recorded: {'; '.join(said)}." if said else ""


def _why_not(staff: str, allocation: Allocation) -> str:
    load = next((load for load in allocation.workload.loads if load.id == staff), None)
    if load is None or not load.terms.absent:
        return "cannot be given cases now"
    return f"is away{f' until {say(load.terms.back)}' if load.terms.back else ''}"


def _load_words(load: Load, allocation: Allocation) -> str:
    late = f", {load.overdue} of them overdue" if load.overdue else ""
    over = f"; one more would be over {allocation.workload.most}" if allocation.workload.over(load.cases + 1) else ""
    part = allocation.workload.capacity(load)
    room = f" of {part} that {load.terms.hours} hours allow" if part != allocation.workload.most else ""
    return f"Holds {load.cases} {'case' if load.cases == 1 else 'cases'}{room}{late}{over}"


def _can(staff: str, allocation: Allocation) -> bool:
    return any(load.id == staff for load in allocation.choices)


def _day(spell: Spell) -> str:
    return say(spell.until) if spell.until else ""
