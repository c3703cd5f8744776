"""One person's plan and register, read from the rows of the case."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from db import entries
from db import payloads as p
from db import planning as pl
from db.entries import Row
from policy.calendar import day_of
from policy.planning import holds_transfer, is_discreet, programmes
from policy.register import Kind, register
from policy.sequence import Breach, Placed, breaches, sequence_rules

_SKILL_NEEDS = {"reading-and-writing": "literacy", "language": "language"}


def read_plan(number: str, rows: Sequence[Row]) -> pl.Plan:
    """The plan from a person's rows, oldest first."""
    live = [row for row in entries.live(rows) if row.kind in pl.PLAN_KINDS or row.kind in register().kind]
    now = entries.current(rows)
    by_id = {row.id: row for row in live}
    reads = [row for row in now if row.kind in pl.PLAN_KINDS or row.kind in register().kind]
    entered = _entries(row for row in reads if row.kind in register().kind)
    order = next((_texts(row)["order"].split(",") for row in reads if row.kind == pl.ORDER), [])
    listed = in_order([row for row in reads if row.kind == pl.OBJECTIVE], order)
    versions = _versions([row for row in reads if row.kind == pl.VERSION], by_id)
    agreed = {one.id: one for one in versions[0].objectives} if versions else {}
    objectives = tuple(msgspec.structs.replace(one, mark=_mark(one, agreed, bool(versions))) for one in listed)
    closed = sorted(
        (_objective(row, 0) for row in reads if row.kind == pl.CLOSED), key=lambda one: one.closed or date.min
    )
    reasons = {row.key: _texts(row)["why"] for row in reads if row.kind == pl.REASON}
    found = broken(objectives, closed, entered)
    expected = _expected(entered, _named(now))
    return pl.Plan(
        number,
        objectives,
        tuple(reversed(closed)),
        versions,
        sum(bool(one.mark) for one in objectives) if versions else len(objectives),
        tuple(_breach(one, reasons) for one in found),
        _meetings((row for row in reads if row.kind == pl.MEETING), expected),
        entered,
        expected,
        tuple(entry for entry in entered if entry.kind == "intervention" and holds_transfer(entry.fields)),
    )


def _texts(row: Row) -> dict[str, str]:
    return p.unpack(row.payload, dict[str, str])


def identity(key: str) -> str:
    """What an objective goes by, from the key of any of its rows."""
    return key.partition(".")[0]


def _objective(row: Row, at: int) -> pl.ObjectiveRow:
    kept = p.unpack(row.payload, pl.Objective)
    day = day_of(date.fromisoformat(row.effective[:10]))
    written = date.fromisoformat(row.day)
    closed = day if row.kind == pl.CLOSED else None
    target = date.fromisoformat(kept.target)
    return pl.ObjectiveRow(identity(row.key), row.key, row.id, at, kept, target, closed, "", row.by, written)


def in_order(rows: Iterable[Row], order: Sequence[str]) -> tuple[pl.ObjectiveRow, ...]:
    """Open objectives in sequence: as ordered, and those never given a place behind them, the oldest first."""
    places = {key: at for at, key in enumerate(order)}
    sorted_rows = sorted(rows, key=lambda row: places.get(identity(row.key), len(places)))
    return tuple(_objective(row, at) for at, row in enumerate(sorted_rows, 1))


def _versions(rows: Iterable[Row], by_id: Mapping[str, Row]) -> tuple[pl.VersionRow, ...]:
    found = []
    for row in rows:
        kept = p.unpack(row.payload, pl.VersionPayload)
        ids = [one for one in kept.objectives.split(",") if one in by_id]
        agreed = date.fromisoformat(row.effective[:10])
        own = tuple(_objective(by_id[one], at) for at, one in enumerate(ids, 1))
        found.append(pl.VersionRow(int(kept.number), agreed, kept.meeting, row.by, own))
    return tuple(sorted(found, key=lambda version: -version.number))


def content(objective: pl.Objective) -> tuple[object, ...]:
    """What makes an objective the one that was agreed: everything but how far it has come."""
    plain = msgspec.structs.astuple(msgspec.structs.replace(objective, **dict.fromkeys(pl.PROGRESS, "")))
    return (*plain, *((step.what, step.owner, step.target) for step in objective.listed))


def _mark(one: pl.ObjectiveRow, agreed: Mapping[str, pl.ObjectiveRow], any_agreed: bool) -> str:
    before = agreed.get(one.id)
    if before is None:
        return "new" if any_agreed else ""
    return "" if content(before.kept) == content(one.kept) else "changed"


def placed(one: pl.ObjectiveRow) -> Placed:
    """An objective as the rules of sequence see it."""
    programme = programmes().get(one.kept.programme)
    gives = frozenset(programme.gives) if programme else frozenset[str]()
    needs = frozenset(programme.needs) if programme else frozenset[str]()
    return Placed(one.id, one.kept.change, gives, needs, one.kept.risk, one.kept.builds_on)


def broken(
    objectives: Sequence[pl.ObjectiveRow], closed: Sequence[pl.ObjectiveRow], entered: Iterable[pl.EntryRow]
) -> tuple[Breach, ...]:
    """Where the sequence goes against a rule; what was achieved has been given already."""
    had: set[str] = set()
    for one in closed:
        if one.kept.outcome in ("achieved", "partly"):
            had |= placed(one).gives
    for entry in entered:
        if entry.kind == "intervention" and entry.fields.get("status") == "completed":
            programme = programmes().get(entry.fields.get("programme", ""))
            had |= set(programme.gives) if programme else set()
    order = [msgspec.structs.replace(one, needs=one.needs - had) for one in map(placed, objectives)]
    return breaches(order, frozenset(lacking(entered)) - had)


def lacking(entered: Iterable[pl.EntryRow]) -> set[str]:
    """Skills recorded as needed about which nothing has been done."""
    return {
        _SKILL_NEEDS[entry.fields["need"]]
        for entry in entered
        if entry.kind == "individual-need"
        and entry.fields["need"] in _SKILL_NEEDS
        and entry.fields.get("there") == "yes"
        and not entry.fields.get("done")
    }


def _breach(one: Breach, reasons: Mapping[str, str]) -> pl.BreachRow:
    title = sequence_rules()[one.rule].title
    return pl.BreachRow(
        one.id, title, one.first, one.then, one.words, one.source, one.discreet, reasons.get(one.id, "")
    )


def _entries(rows: Iterable[Row]) -> tuple[pl.EntryRow, ...]:
    found = [_entry(row) for row in rows]
    found.sort(key=lambda entry: entry.on, reverse=True)
    newest: set[tuple[str, ...]] = set()
    told = []
    for entry in found:
        group = register().kind[entry.kind].group(entry.fields)
        told.append(msgspec.structs.replace(entry, superseded=bool(group) and group in newest))
        newest.add(group)
    return tuple(told)


def _entry(row: Row) -> pl.EntryRow:
    kind: Kind = register().kind[row.kind]
    fields = _texts(row)
    on = date.fromisoformat(row.effective[:10])
    return pl.EntryRow(
        row.kind,
        row.key,
        row.id,
        on,
        fields,
        row.by,
        kind.is_over(fields),
        False,
        kind.hidden(fields) or is_discreet(fields.get("programme", "")),
    )


def _named(now: Iterable[Row]) -> tuple[pl.Expected, ...]:
    """Who is named by a fact recorded by hand, where nobody was written down under people."""
    found = []
    for row in now:
        if row.kind == p.FACT and row.key in pl.ROLE_OF_FACT:
            value = p.unpack(row.payload, p.FactPayload).value or ""
            role = pl.ROLE_OF_FACT[row.key].replace("-", " ")
            names = [value] if row.key == "offender-manager" else value.split(";")
            found += [pl.Expected(name.split(",")[0].strip(), role) for name in names if name.strip()]
    return tuple(found)


def _expected(entered: Sequence[pl.EntryRow], named: tuple[pl.Expected, ...]) -> tuple[pl.Expected, ...]:
    """The offender manager, and every keyworker named or delivering an intervention (prison rec. 5)."""
    found: dict[str, pl.Expected] = {}
    for entry in entered:
        if entry.over:
            continue
        fields = entry.fields
        if entry.kind == "person" and fields.get("role") in ("offender-manager", "keyworker"):
            role = "offender manager" if fields["role"] == "offender-manager" else fields.get("area") or "keyworker"
            found.setdefault(fields["name"].casefold(), pl.Expected(fields["name"], role))
    for entry in entered:
        name = entry.fields.get("keyworker", "")
        if entry.kind == "intervention" and not entry.over and name:
            found.setdefault(name.casefold(), pl.Expected(name, "keyworker"))
    roles = {entry.fields.get("role") for entry in entered if entry.kind == "person" and not entry.over}
    for one in named:
        if one.role.replace(" ", "-") not in roles:
            found.setdefault(one.name.casefold(), one)
    return tuple(sorted(found.values(), key=lambda one: (one.role != "offender manager", one.name)))


def _meetings(rows: Iterable[Row], expected: tuple[pl.Expected, ...]) -> tuple[pl.MeetingRow, ...]:
    found = []
    for row in rows:
        kept = p.unpack(row.payload, pl.MeetingPayload)
        invited = {one.name.casefold() for one in kept.attendance if one.invited or one.came}
        wanted = [one.name for one in expected] if kept.state == "arranged" else []
        wanted += [one.name for one in kept.attendance if one.name not in wanted]
        missing = tuple(name for name in wanted if name.casefold() not in invited)
        on = date.fromisoformat(row.effective[:10])
        found.append(pl.MeetingRow(row.key, row.id, on, kept, row.by, missing))
    return tuple(sorted(found, key=lambda meeting: meeting.on, reverse=True))
