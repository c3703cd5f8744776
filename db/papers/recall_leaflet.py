"""The leaflet for somebody recalled: their own recall on one page, large, in words a reader of nine understands.

Nothing in it is restricted: type, reasons as the notice has them, their own dates, and who to ask.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

import msgspec

from db import views
from db.errors import Invalid
from db.papers import Block, Heading, Paper, Points, Says
from db.recalls import RecallCase, RecallRow
from db.rows import Actor, CaseDetail, State
from db.views.recall import recall_case
from policy.calendar import day_of
from policy.recall import RELEASE
from policy.recall_words import recall_words
from policy.release_dates import WORDS
from policy.schema import read_toml, shipped


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of one step that lies ahead."""

    duty: str
    says: str


class Leaflet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of `recall_leaflet.toml`."""

    title: str
    what: str
    what_date: str
    written: str
    why_head: str
    why_unknown: str
    why_more: str
    kind_head: str
    when_head: str
    any_time: str
    who_head: str
    supervisor: str
    no_supervisor: str
    manager: str
    no_manager: str
    lawyer_head: str
    lawyer: str
    help_head: str
    help_fixed_head: str
    help: tuple[str, ...]
    feel: str
    kind: dict[str, str]
    when: tuple[When, ...]


@cache
def leaflet_words() -> Leaflet:
    """The words of the leaflet. Raises RulebookError where the file cannot be used."""
    return read_toml(shipped("recall_leaflet.toml"), Leaflet, "recall_leaflet.toml")


def paper(actor: Actor, number: str, today: date) -> Paper:
    """The leaflet of one person's present recall. Raises NotFound, Invalid (not back on recall)."""
    case = recall_case(actor, number, today)
    now = case.now
    if now is None or now.returned is None:
        raise Invalid("This person is not back on recall, so there is nothing to explain. Nothing was written.")
    detail = views.case_detail(actor, number, today)
    known = leaflet_words()
    blocks: list[Block] = [
        Says(f"{known.what} {known.what_date.format(returned=full(now.returned))}"),
        Heading(known.why_head),
        Says(" ".join(_why(now))),
        Heading(known.kind_head),
        Says(_kind(case, now), strong=True),
        Heading(known.when_head),
        Points(tuple(_when(case))),
    ]
    settled = now.type in ("fixed-term", "hdc") or _decided(case)
    if not settled:
        blocks.append(Says(known.any_time))
    blocks += [
        Heading(known.who_head),
        Says(" ".join(_who(detail))),
        Heading(known.lawyer_head),
        Says(known.lawyer),
        Heading(known.help_fixed_head if settled else known.help_head),
        Says(". ".join(known.help) + "."),
        Says(known.feel),
    ]
    name = f"{detail.row.forenames.title()} {detail.row.surname.upper()}".strip()
    about = f"{name}  {detail.row.number}  {known.written.format(today=full(today))}"
    return Paper(known.title, about, tuple(blocks), large=True, one_page=True)


def full(day: date) -> str:
    """A date in full, with nothing to work out: Thursday 19 February 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _why(now: RecallRow) -> Iterable[str]:
    known = leaflet_words()
    if not now.reasons:
        yield known.why_unknown
    for reason in recall_words().reason:
        if reason.id in now.reasons:
            yield reason.plain
    yield known.why_more


def _decided(case: RecallCase) -> bool:
    """Whether release was decided last, and its day is set."""
    last = next((one for one in case.decisions if one.outcome), None)
    return last is not None and last.outcome == RELEASE and case.release_words == WORDS["release-date"]


def _kind(case: RecallCase, now: RecallRow) -> str:
    known = leaflet_words().kind
    if case.release and _decided(case):
        return known["decided"].format(release=full(case.release))
    if now.type in ("fixed-term", "hdc"):
        if case.release is None:
            return known[f"{now.type}-no-date"]
        name = now.type
        if name == "fixed-term" and case.release == now.computed and now.notice is None:
            name = "fixed-term-checking"  # nothing but our own count says so
        elif name == "fixed-term" and not now.days:
            name = "fixed-term-no-days"
        return known[name].format(days=now.days, release=full(case.release))
    if now.type in ("ipp", "life"):
        return known[now.type]
    return known[now.type].format(end=full(case.sentence_end)) if case.sentence_end else known[f"{now.type}-no-end"]


def _when(case: RecallCase) -> Iterable[str]:
    """Each step that lies ahead, by its day, the earliest first."""
    says = {one.duty: one.says for one in leaflet_words().when}
    ahead = []
    for step in case.steps:
        duty = step.duty
        if duty.id not in says or not duty.live or duty.due is None or duty.state is State.UNKNOWN:
            continue
        by = "On" if duty.id == "recall-release" else "By"
        day = duty.deferred_to or day_of(duty.due)
        late = duty.days is not None and duty.days < 0
        ahead.append((day, f"Very soon: {says[duty.id]}" if late else f"{by} {full(day)}: {says[duty.id]}"))
    return [words for _, words in sorted(ahead)]


def _who(detail: CaseDetail) -> Iterable[str]:
    known = leaflet_words()
    names = {member.id: member.name for member in views.staff()}
    supervisor = names.get(detail.row.supervisor, "")
    yield known.supervisor.format(supervisor=supervisor) if supervisor else known.no_supervisor
    manager = next((fact.value for fact in detail.facts if fact.fact == "offender-manager" and fact.known), "")
    yield known.manager.format(manager=manager) if manager else known.no_manager
