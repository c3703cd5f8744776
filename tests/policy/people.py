"""People for the tests, in the words of the command line: facts as `rosh=high`, what was done as `bcst1 2026-03-01`.

A fact may say from when it held (`rosh=high@2026-03-05`) and change (`rosh=medium, high@2026-03-05`);
`?` takes it back. Without a day it has held since arrival, or since custody start.
"""

from collections.abc import Iterable
from datetime import date, datetime

from policy.calendar import Moment
from policy.case import MET, Case, Deferral, Event, Version, Waiver
from policy.duties import Due, Evaluation, evaluate
from policy.facts import normal, value_of
from policy.rulebook import Rulebook, rulebook
from policy.urgency import state

SENTENCED = "legal-status=sentenced; sentence-type=determinate; recall=no"


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> Moment:
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


def person(
    facts: str,
    done: Iterable[str] = (),
    *,
    events: Iterable[Event] = (),
    deferrals: tuple[Deferral, ...] = (),
    waivers: tuple[Waiver, ...] = (),
    gone: str = "",
    here_before: str = "",
) -> Case:
    """A case from facts and records: `;` between facts, `,` between the values one has had."""
    pairs = [part.strip().partition("=") for part in facts.split(";") if part.strip()]
    given = {name: values for name, _, values in pairs}
    default = next((given[name][:10] for name in ("arrival", "custody-start") if name in given), None)
    versions = {
        name: tuple(_version(name, one, default) for one in values.split(", ")) for name, values in given.items()
    }
    recorded = [*(_record(one) for one in done), *events]
    return Case(
        "A1234BC",
        versions,
        tuple(sorted(recorded, key=lambda event: event.day)),
        deferrals,
        waivers,
        day(gone) if gone else None,
        day(here_before) if here_before else None,
    )


def _version(name: str, text: str, default: str | None) -> Version:
    value, _, since = text.partition("@")
    from_day = since or default
    kept = None if value == "?" else value_of(name, normal(name, value))
    return Version(kept, None if since == "never" or from_day is None else day(from_day))


def _record(text: str) -> Event:
    """`bcst1 2026-03-01 received=2026-03-03`, or declined: `first-meeting 2026-03-01 declined`."""
    key, when, *rest = text.split()
    fields = dict(part.split("=") for part in rest if "=" in part)
    return Event(MET, key, moment(when), fields, "declined" in rest)


def happened(kind: str, key: str, when: str, **fields: str) -> Event:
    return Event(kind, key, moment(when), fields)


def look(case: Case, today: str, book: Rulebook | None = None, *, every: bool = True) -> Evaluation:
    return evaluate(case, day(today), book or rulebook(), every=every)


def duty(case: Case, name: str, today: str, book: Rulebook | None = None) -> Due:
    """One duty of a case on a day, named `id` or `id:key`."""
    identity, _, key = name.partition(":")
    found = [due for due in look(case, today, book).duties if due.id == identity and (not key or due.key == key)]
    assert len(found) == 1, f"{name}: {[(due.id, due.key) for due in found]}"
    return found[0]


def stands(case: Case, name: str, today: str, book: Rulebook | None = None) -> str:
    """The state of one duty on a day."""
    due = duty(case, name, today, book)
    until = due.deferred_to or (due.due.date() if isinstance(due.due, datetime) else due.due)
    return state(due.base, due.opens, until, day(today))
