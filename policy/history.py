"""What was so on an earlier day, as far as the record knows it now.

Needed where a rule asks since when something has been so: when a duty first applied (late start), and
whether the release date has moved since something was done. Source: rulebook.md, Calendar.
"""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from policy.case import Case, Version
from policy.reading import Reading
from policy.release_dates import LONG_BEFORE, days_passed
from policy.scope import ADULT


def _known_on(versions: tuple[Version, ...], day: date) -> tuple[Version, ...]:
    return tuple(version for version in versions if version.since is None or version.since <= day)


def as_on(reading: Reading, day: date) -> Reading:
    """The same person read on an earlier day, with the facts that held by then."""
    found = reading.earlier.get(day)
    if found is None:
        case = reading.case
        facts = {name: kept for name, versions in case.facts.items() if (kept := _known_on(versions, day))}
        events = tuple(event for event in case.events if event.day <= day)
        earlier: Case = msgspec.structs.replace(case, facts=facts, events=events)
        found = Reading(earlier, day, reading.settings, reading.calendar)
        reading.earlier[day] = found
    return found


def days_of_change(reading: Reading) -> tuple[date, ...]:
    """The days on which a fact changed, or up to today a release date passed or they came of age, earliest first."""
    days = {version.since for versions in reading.case.facts.values() for version in versions if version.since}
    days |= days_passed(reading)
    if (adult := reading.age_has_reached(ADULT)).value == "yes" and adult.since:
        days.add(adult.since)
    return tuple(sorted(days))


def so_since(reading: Reading, candidate: date, still: Callable[[Reading], bool]) -> date | None:
    """The first day from which `still` has been true without a break, `candidate` if it was not so before that.

    None where it was so before the first change we know the day of: since when it has been so is not known.
    """
    first = candidate
    for day in reversed(days_of_change(reading)):
        if day >= candidate:
            continue
        if not still(as_on(reading, day)):
            return first
        first = day
    return None if still(as_on(reading, first - timedelta(days=1))) else first


def outlived(reading: Reading, done: date) -> bool:
    """Whether the release date has moved since something was done, and that was more than 12 weeks before the new one.

    What is met stays met when the release date moves, but not that. A first date is no move.
    """
    now = reading.day("release")
    if now is None or done >= now - LONG_BEFORE:
        return False
    for day in (done, *(day for day in days_of_change(reading) if day > done)):
        then = as_on(reading, day).day("release")
        if then is not None:
            return then != now
    return False
