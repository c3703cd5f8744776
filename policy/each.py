"""A duty for each thing recorded that starts one: a concern, a need, a referral, a change."""

from collections.abc import Iterator
from datetime import date

import msgspec

from policy import explain
from policy.anchors import day_worked
from policy.case import Event, Version
from policy.conditions import Truth
from policy.due import MET_BASE, WAIVED, Due
from policy.moments import day_at
from policy.phrases import slug
from policy.rulebook import Rule
from policy.settling import dates, make, settle, unknown
from policy.work import Work


def each(rule: Rule, work: Work, truth: Truth) -> Iterator[Due]:
    """The duties, one for each key; none where nothing starts one."""
    start = day_at(rule.begins, work.plain)
    for key, event in _started(rule, work):
        if event is None:
            yield unknown(rule, ("arrival",), key)  # recorded at the first intake, from when is not known
        elif start is None or event.day >= start:
            yield _about(event, _of(rule, work, truth, key, event))


def _of(rule: Rule, work: Work, truth: Truth, key: str, event: Event) -> Due:
    found = dates(rule, None, work.scene(event))
    opens, due = day_worked(found.opens), found.due.moment
    waiver = work.waiver(rule, key)
    if met := _met(rule, work, key, event.day):
        return make(rule, MET_BASE, explain.met(rule, met), key=key, opens=opens, due=due, met_on=met)
    if waiver:
        why = explain.waived(waiver)
        return make(rule, WAIVED, why, key=key, opens=opens, due=due, met_on=waiver.on)
    if not truth.value:
        return unknown(rule, truth.missing, key)
    return settle(rule, work, found, truth.since, [], key=key)


def _about(event: Event, due: Due) -> Due:
    """The duty, its title saying what it is about where what started it says so; the discreet title never does."""
    about = event.fields.get("title", "")
    return msgspec.structs.replace(due, title=f"{due.title}: {about}") if about else due


def _met(rule: Rule, work: Work, key: str, began: date) -> date | None:
    records = work.by_duty.get(f"{rule.id}:{key}", ())
    return max((event.day for event in records if not event.declined and event.day >= began), default=None)


def _started(rule: Rule, work: Work) -> list[tuple[str, Event | None]]:
    """What starts a duty, by key; a later event of the same key says how the same thing stands now."""
    found: list[tuple[str, Event | None]] = []
    for kind, name in rule.each:
        if kind == "event":
            found.extend((event.key, event) for event in work.by_kind.get(name, ()))
        elif versions := work.case.facts.get(name):
            found.extend(_of_fact(name, versions, first=kind == "fact"))
    if not found:
        return found
    if start := day_at(rule.begins, work.plain) if rule.begins else None:
        found = [(key, event) for key, event in found if event is None or event.day >= start]
    keyed = {key: (key, event) for key, event in found if key}
    return [*keyed.values(), *(one for one in found if not one[0])]


def _of_fact(name: str, versions: tuple[Version, ...], *, first: bool) -> Iterator[tuple[str, Event | None]]:
    """Each value recorded (`first`), or each change from one known value to another; what was taken back is neither."""
    stood = [
        version
        for version, after in zip(versions, (*versions[1:], None), strict=False)
        if version.value is not None and (after is None or after.value is not None)
    ]
    seen: dict[str, int] = {}
    for before, version in zip((None, *stood), stood, strict=False):
        if version.value == (before.value if before else None) or (before is None and not first):
            continue
        if first:
            key = slug(str(version.value))
            seen[key] = seen.get(key, 0) + 1
            key = key if seen[key] == 1 else f"{key}-{seen[key]}"
        else:
            key = version.since.isoformat() if version.since else name
        yield key, Event(name, key, version.since, {}) if version.since else None
