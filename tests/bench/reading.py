"""Reads: the caseload and a case, beside the statements they need put to the bare driver."""

from collections.abc import Callable
from datetime import timedelta

from db import current, door, entries, standing, views
from db import payloads as p
from db.clock import stamp
from db.rows import Filter
from tests.bench import raw
from tests.bench.measuring import Row, clocked, in_turns, timed_row
from tests.bench.prisons import TODAY, USER, Prison

SCREENFUL = 60
TIMELINE = 500


def caseload(prison: Prison, *, whole: bool, times: int) -> list[Row]:
    """The first screenful; with `whole` also all of it."""
    actor = door.sign_in_with(prison.directory, prison.key, USER, TODAY)
    cases = f"{prison.cases:,} cases"
    try:
        rows = [
            _beside(
                prison, f"caseload, first screenful of {cases}",
                lambda: views.caseload(actor, Filter("all"), TODAY, limit=SCREENFUL), 1.5, times,
            )
        ]  # fmt: skip
        if whole:
            rows.append(
                _beside(
                    prison, f"the whole caseload, {cases}",
                    lambda: views.caseload(actor, Filter("all"), TODAY), 1.5, max(7, times // 6),
                )
            )  # fmt: skip
        return rows
    finally:
        door.sign_out()


def long_case(prison: Prison, times: int) -> list[Row]:
    """A case with 500 entries: meetings and notes, facts recorded, duties met."""
    actor = door.sign_in_with(prison.directory, prison.key, USER, TODAY)
    try:
        number = views.caseload(actor, Filter("all"), TODAY, limit=20).rows[-1].number
        have = len(entries.of_case(number))
        rows = [_entry(number, at, actor.staff) for at in range(TIMELINE - have)]
        with current.store().write():
            entries.insert(rows)
            standing.rebuild([number], TODAY)
        assert len(entries.of_case(number)) == TIMELINE
        return [
            _beside(
                prison, f"opening a case with {TIMELINE} timeline entries",
                lambda: views.case_detail(actor, number, TODAY), 2.0, times,
            )
        ]  # fmt: skip
    finally:
        door.sign_out()


def _entry(number: str, at: int, staff: str) -> entries.Row:
    kind, key, source = (p.CONTACT, "", "contact") if at % 5 else (p.MET, "supervisor-contact", "duty form")
    text = "We talked about the week, the course, and how the calls with his mother are going. " * 3
    payload = p.pack(p.ContactPayload("meeting" if at % 3 else "note", text) if at % 5 else p.MetPayload())
    day = (TODAY - timedelta(days=1 + at // 4)).isoformat()
    identity = entries.new_id()
    return entries.Row(identity, number, kind, key, day, day, stamp(), staff, "bench", source, None, False,
                       "bench", payload, False)  # fmt: skip


def _beside(prison: Prison, measure: str, work: Callable[[], object], limit: float, times: int) -> Row:
    told = raw.statements(work)
    with raw.connected(prison.file, prison.key) as connection:
        rows = raw.replay(connection, told)
        pair = in_turns(times, clocked(work), clocked(lambda: raw.replay(connection, told)), warm=2)
    against = f"the same {len(told)} statements through the driver, {rows:,} rows fetched, nothing made of them"
    return timed_row("read", measure, against, limit, pair)
