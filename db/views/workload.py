"""The workload: who holds how many cases and of what sort, who waits for a supervisor, and whom a case could go to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from db import allocating, engine, entries, roles
from db import payloads as p
from db.current import store
from db.entries import Row
from db.loads import TIERS, Allocation, Candidate, HeldCase, Load, Spell, Terms, Waiting, Workload
from db.rows import Actor, Counts, Filter, State
from db.standing import rules
from db.texts import plain
from db.views import order
from db.views.caseload import backlog_sql, case_rows, caseload, columns
from policy.phrases import say
from policy.planning import Backlog, backlogs
from policy.rule_text import Settings

UNSEEN_DAYS = 60
NO_TERMS = Terms()
_DUTY = "allocate-supervisor"
_POST = "supervisor"
_CHUNK = 500


def workload(actor: Actor, today: date) -> Workload:
    """Everybody who holds cases or could, most cases first, and those without a supervisor."""
    roles.check_reads(actor)
    with store().read():
        behind = tuple((backlog.title, _behind(backlog, today)) for backlog in backlogs().values())
        waits = _waits("since, until, stands")
        return put_together(_counted(today), waits, _staff_now(), rules().settings, today, behind)


def _behind(backlog: Backlog, today: date) -> int:
    where, values = backlog_sql(backlog, today)
    found = engine.run(store().database, f"SELECT count(*) FROM standing WHERE present AND {where}", values)
    return int(found.fetchone()[0])


def put_together(
    found: "Found",
    waits: Iterable[Sequence[object]],
    staff: "Staff",
    settings: Settings,
    day: date,
    behind: tuple[tuple[str, int], ...] = (),
) -> Workload:
    """The workload of a day from what was counted, who waits, who the staff are, and the settings in force."""
    loads = [
        _load((id, kept.name, kept.wing, kept.post, kept.role, kept.active), found, terms_of(kept, day))
        for id, kept in staff.items()
    ]
    loads += [_load((held, held, "", "", None, False), found) for held in found if held and held not in staff]
    waiting = _waiting(_load(("", "", "", "", None, False), found), waits, day)
    shown = [load for load in loads if load.may_hold or load.cases or (load.active and load.terms.absent)]
    everybody = tuple(sorted(shown, key=lambda load: (-load.cases, load.name, load.id)))
    return Workload(waiting, everybody, settings.caseload_most, behind, settings.full_time_hours)


def held(actor: Actor, staff: str, today: date) -> tuple[HeldCase, ...]:
    """A supervisor's cases, the most urgent first; with `staff` empty those without one, the longest waiting first."""
    roles.check_reads(actor)
    with store().read():
        if not staff:
            return _unallocated(today)
        rows = caseload(actor, Filter("supervisor", staff), today).rows
        lines = _spells(row.number for row in rows)
        return tuple(HeldCase(row, _since(lines[row.number]), lines[row.number]) for row in rows)


def allocation(actor: Actor, numbers: Sequence[str], today: date, *, everything_of: str | None = None) -> Allocation:
    """These cases, or everything a supervisor holds ("" for those without one), with the loads of who could have them.

    What cannot be allocated says why; it is not left out.
    """
    roles.check_reads(actor)
    with store().read():
        wanted = list(dict.fromkeys(numbers)) if everything_of is None else _everything(everything_of)
        now = workload(actor, today)
        names = {id: kept.name for id, kept in _staff_now().items()}
        lines = _spells(wanted)
        known = {row[0]: row for row in _people(wanted)}
        areas = _areas(wanted)
    cases = tuple(_candidate(number, known.get(number), lines[number], areas[number]) for number in wanted)
    return Allocation(cases, now, names)


def _candidate(number: str, row: tuple[object, ...] | None, lines: tuple[Spell, ...], area: str) -> Candidate:
    if row is None:
        return Candidate(number, number, "", None, "", (), "There is nobody with this number in the record.")
    _, surname, forenames, where, tier, holder, present, left = row
    name = f"{str(surname).upper()} {forenames}".strip()
    gone = f"Left on {say(date.fromisoformat(str(left)))}." if left else "No longer here."
    return Candidate(
        number,
        name,
        str(where),
        tier if isinstance(tier, int) else None,
        str(holder or ""),
        lines,
        "" if present else gone,
        area,
    )


def _areas(numbers: Iterable[str]) -> dict[str, str]:
    """The home probation areas of these people; empty where not known. They are recorded by hand only."""
    found = entries.of_line(p.FACT, "home-area", numbers)
    latest = {number: entries.live(rows)[-1:] for number, rows in found.items()}
    known = {number: p.unpack(rows[0].payload, p.FactPayload).value for number, rows in latest.items() if rows}
    return {number: known.get(number) or "" for number in latest}


def terms_of(kept: p.StaffPayload, today: date) -> Terms:
    """On what terms a member of staff works on a day."""
    away = date.fromisoformat(kept.away) if kept.away else None
    back = date.fromisoformat(kept.back) if kept.back else None
    if back is not None and back <= today:
        away = back = None
    return Terms(kept.hours, kept.areas, away, back, away is not None and away <= today)


def _everything(staff: str) -> list[str]:
    """The numbers of everybody somebody holds, or of those nobody does; the highest tier first."""
    whose, values = ("supervisor = ?", (staff,)) if staff else ("supervisor IS NULL", ())
    sql = f"SELECT number FROM standing WHERE present AND {whose} ORDER BY tier_order, number"
    return [str(row[0]) for row in engine.run(store().database, sql, values)]


def _people(numbers: Sequence[str]) -> Iterable[tuple[object, ...]]:
    for start in range(0, len(numbers), _CHUNK):
        part = numbers[start : start + _CHUNK]
        sql = (
            "SELECT number, surname, forenames, place, tier, supervisor, present, left_on FROM standing"
            f" WHERE number IN ({', '.join('?' * len(part))})"
        )
        yield from engine.run(store().database, sql, part)


def _spells(numbers: Iterable[str]) -> dict[str, tuple[Spell, ...]]:
    found = entries.of_line(p.FACT, "supervisor", numbers)
    return {number: allocating.spells(rows) for number, rows in found.items()}


def _since(lines: tuple[Spell, ...]) -> date | None:
    return lines[0].since if lines and lines[0].until is None else None


Staff = dict[str, p.StaffPayload]
"""Staff by id, in the order of their names."""


def _staff_now() -> Staff:
    """Current staff, from their table; hours, areas and absences, which it does not hold, from the rows."""
    kept = _staff(entries.of_kind(p.STAFF))
    sql = "SELECT id, name, role, post, wing, active FROM staff ORDER BY find, id"
    return {
        id: replace(
            kept.get(id) or p.StaffPayload(name), name=name, role=role, post=post, wing=wing, active=bool(active)
        )
        for id, name, role, post, wing, active in engine.run(store().database, sql)
    }


def _staff(rows: Iterable[Row]) -> Staff:
    found = ((row.key, p.unpack(row.payload, p.StaffPayload)) for row in entries.current(rows))
    return dict(sorted(found, key=lambda one: (plain(one[1].name), one[0])))


def staff_as_at(day: date) -> Staff:
    """Staff as the record had them on an earlier day."""
    return _staff(row for row in entries.of_kind(p.STAFF) if row.day <= day.isoformat())


Found = dict[str, tuple[Counter[int | None], Counter[State], int, Counter[int | None]]]


def _counted(today: date) -> Found:
    """Of everybody who holds cases ("" for nobody): by tier, by state, how many unseen, late by tier; one query."""
    state, given = order.state_sql(today)
    unseen = (today - timedelta(days=UNSEEN_DAYS)).isoformat()
    sql = (
        f"SELECT supervisor, tier, {state} AS state_now, count(*), sum(CASE WHEN last_seen <= ? THEN 1 ELSE 0 END)"
        " FROM standing WHERE present GROUP BY supervisor, tier, state_now"
    )
    tiers: dict[str, Counter[int | None]] = defaultdict(Counter)
    states: dict[str, Counter[State]] = defaultdict(Counter)
    missed: Counter[str] = Counter()
    late: dict[str, Counter[int | None]] = defaultdict(Counter)
    for holder, tier, stands, cases, without in engine.run(store().database, sql, (*given, unseen)):
        tiers[holder or ""][tier] += int(cases)
        states[holder or ""][State(stands)] += int(cases)
        missed[holder or ""] += int(without)
        late[holder or ""][tier] += int(cases) if stands == State.OVERDUE else 0
    return {holder: (tiers[holder], states[holder], missed[holder], late[holder]) for holder in tiers}


def _load(member: Sequence[object], found: Found, terms: Terms = NO_TERMS) -> Load:
    identity, name, wing, post, role, active = member
    tiers, states, unseen, late = found.get(str(identity), (Counter(), Counter(), 0, Counter()))
    by_state = tuple((state, states[state]) for state in State if states[state])
    counts = Counts(sum(states.values()), by_state, unseen)
    supervises = role == "supervisor" or (role is None and (not post or _POST in str(post).casefold()))
    may_hold = bool(active) and not terms.absent and (supervises or counts.cases > 0)
    return Load(
        str(identity),
        str(name),
        str(wing),
        bool(active),
        may_hold,
        tuple(tiers[tier] for tier in TIERS),
        counts,
        terms,
        tuple(late[tier] for tier in TIERS),
    )


def _waits(what: str) -> Iterable[tuple[object, ...]]:
    """Those without a supervisor, with the duty to name one: the longest waiting first, who needs none last."""
    allot = 'SELECT "case" AS whose, opens AS since, due AS until, why AS told, base AS stands FROM duty WHERE duty = ?'
    sql = (
        f"SELECT {what} FROM standing LEFT JOIN ({allot}) AS allot ON whose = number"
        " WHERE present AND supervisor IS NULL"
        " ORDER BY stands IS NULL, since IS NULL, since, tier_order, number"
    )
    return engine.run(store().database, sql, (_DUTY,))


def _waiting(load: Load, waits: Iterable[Sequence[object]], today: date) -> Waiting:
    """Those without a supervisor, summed up."""
    opened: list[date] = []
    late = no_date = not_wanted = 0
    for opens, due, base in waits:
        if base is None:
            not_wanted += 1
        elif opens is None:
            no_date += 1
        else:
            opened.append(date.fromisoformat(str(opens)))
            late += base == "live" and due is not None and str(due) < today.isoformat()
    longest = (today - min(opened)).days if opened else None
    return Waiting(load, longest, late, no_date, not_wanted)


def _unallocated(today: date) -> tuple[HeldCase, ...]:
    known = columns()
    found = list(_waits(f"{known}, since, until, told, stands"))
    size = len(known.split(","))
    rows = case_rows((row[:size] for row in found), today)
    lines = _spells(row.number for row in rows)
    told = []
    for row, of in zip(rows, found, strict=True):
        opens, due, why, base = of[size:]
        since = date.fromisoformat(str(opens)) if opens else None
        by = date.fromisoformat(str(due)[:10]) if due else None
        told.append(HeldCase(row, since, lines[row.number], base is not None, by, str(why or ""), base != "unknown"))
    return tuple(told)
