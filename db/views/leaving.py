"""Before release: everyone leaving soon with what is still open, and signpostings whose outcome is not known."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from db import engine, entries, roles
from db import payloads as p
from db.checklist import FOLLOW_UP
from db.checklists import Checklist
from db.current import store
from db.rows import Actor, CaseRow, DutyRow, Filter
from db.views import duties
from db.views.caseload import case_rows, columns, scope_sql
from db.views.recall_past import past_release

WEEKS = 12
"""The last weeks of a sentence, in which everything is to be assessed and closed (TTG 2.3)."""
BEFORE_RELEASE = (
    "pre-release-review",
    "address-confirmed",
    "duty-to-refer",
    "nfa-day",
    "healthcare-continuity",
    "freshstart",
    "substance-handover",
    "licence-explained",
    "licence-conditions",
    "release-risk-plan",
    "mappa-level",
    "tenancy",
    "housing-element",
    "immediate-resettlement-need",
    "iag-request",
    FOLLOW_UP,
    "activity",
)


class Leaver(msgspec.Struct, frozen=True):
    """Somebody leaving soon.

    Attributes:
        on: the day of release that counts; of somebody recalled, that which passed without a release recorded.
        days: calendar days to it; negative where it has passed.
        open: what is to be done before release and is not, the most urgent first.
        unfollowed: how many signpostings and referrals have no outcome.
        address: how the release address is classed; "" where it is not known.
        on_the_day: what is to be done on the day itself.
    """

    row: CaseRow
    on: date
    days: int
    open: tuple[DutyRow, ...]
    unfollowed: int
    address: str
    on_the_day: tuple[str, ...]


class Unfollowed(msgspec.Struct, frozen=True):
    """A signposting or referral without an outcome, of whom, and the duty to find out."""

    row: CaseRow
    key: str
    to: str
    title: str
    made: date
    duty: DutyRow


def leaving(actor: Actor, wanted: Filter, today: date) -> tuple[Leaver, ...]:
    """Everyone in scope of the filter leaving in the next 12 weeks, the first to leave first.

    Before them, who was to leave at the end of a recall and of whom no release is recorded.
    """
    roles.check_reads(actor)
    where, values = scope_sql(actor, wanted, today)
    last = today + timedelta(weeks=WEEKS)
    with store().read():
        past = past_release(today)
        marks = ", ".join("?" * len(past)) or "NULL"
        given = (*values, today.isoformat(), last.isoformat(), *past)
        sql = (
            f"SELECT {columns()} FROM standing WHERE {where}"
            f" AND (release_date >= ? AND release_date <= ? OR number IN ({marks})) ORDER BY number"
        )
        rows = case_rows(engine.run(store().database, sql, given), today)
        addresses = _addresses([row.number for row in rows])
    found = [
        _leaver(row, past.get(row.number) or row.release_date or today, addresses.get(row.number, ""), today)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: one.on))


def unfollowed(actor: Actor, wanted: Filter, today: date) -> tuple[Unfollowed, ...]:
    """Every signposting and referral without an outcome, in scope of the filter: the most urgent first."""
    roles.check_reads(actor)
    where, values = scope_sql(actor, wanted, today)
    sql = (
        f"SELECT {columns()} FROM standing WHERE {where} AND number IN"
        f" (SELECT \"case\" FROM duty WHERE duty = ? AND base IN ('live', 'unknown'))"
    )
    with store().read():
        rows = case_rows(engine.run(store().database, sql, (*values, FOLLOW_UP)), today)
        sent = _sent([row.number for row in rows])
    found = []
    for row in rows:
        for duty in row.duties:
            if duty.id == FOLLOW_UP:
                to, title, made = sent.get((row.number, duty.key), ("", duty.title, ""))
                day = date.fromisoformat(made[:10]) if made else duty.opens or today
                found.append(Unfollowed(row, duty.key, to, title, day, duty))
    return tuple(sorted(found, key=lambda one: (duties.urgency_key(one.duty), one.row.number)))


def on_the_day(found: Checklist, address: str) -> tuple[str, ...]:
    """What is to be done on the day of release, for one person's checklist."""
    said = list(_day(address))
    said += [f"{row.title}: {row.status.words}" for row in found.activities if row.open and row.level > 1]
    return tuple(said)


def _leaver(row: CaseRow, on: date, address: str, today: date) -> Leaver:
    own = tuple(duty for duty in row.duties if duty.id in BEFORE_RELEASE)
    sent = sum(duty.id == FOLLOW_UP for duty in own)
    return Leaver(row, on, (on - today).days, own, sent, address, tuple(_day(address)))


def _day(address: str) -> Iterable[str]:
    if address == "none":
        yield "No address: registered as homeless today, the authority aware (home CRC)"
    elif not address:
        yield "Address not known: where do they go tonight?"
    yield "Licence, or notice of supervision, in hand and gone through; first appointment: where, when"
    yield "Money, identification, travel; medication and the prescription"
    yield "Who does what for me: one page to take along"
    yield "Each signposting and referral closed with its outcome"


def _addresses(numbers: list[str]) -> dict[str, str]:
    found = {}
    for number, rows in entries.of_line(p.FACT, "release-address", numbers).items():
        now = entries.current(rows)
        if now:
            found[number] = p.unpack(now[-1].payload, p.FactPayload).value or ""
    return found


def _sent(numbers: list[str]) -> dict[tuple[str, str], tuple[str, str, str]]:
    """To whom, for what, when: by person and key."""
    found = {}
    for row in entries.current(entries.of_kind_in(p.REFERRAL, numbers)):
        sent = p.unpack(row.payload, p.ReferralPayload)
        found[row.case or "", row.key] = (sent.to, sent.title, row.effective)
    return found
