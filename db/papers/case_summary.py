"""The case on a page or two: for a handover, a meeting, or whoever takes the case over. For staff."""

from collections.abc import Iterable
from datetime import date

from db import views
from db.around import NeedRow, PersonRow
from db.papers import Block, Facts, Grid, Heading, Paper, Points, Says
from db.rows import Actor, CaseDetail, DutyRow, FactRow, State
from policy.calendar import day_of
from policy.fact_words import fact_words
from policy.facts import facts
from policy.phrases import say

_CONTACTS = 5
_LEFT_OUT = frozenset({"surname", "forenames"})


def paper(actor: Actor, number: str, today: date) -> Paper:
    """The summary of one case as it stands today. Raises NotFound, Invalid (not a prisoner number)."""
    detail = views.case_detail(actor, number, today)
    names = {member.id: member.name for member in views.staff()}
    row = detail.row
    blocks: list[Block] = [Facts(tuple(_who(detail, names)))]
    blocks += [Says(note, strong=True) for note in (*detail.stands, *detail.notes)]
    blocks += _duties(tuple(duty for duty in detail.duties if _outstanding(duty)), today)
    if row.missing:
        blocks += [Heading("Cannot tell, because this is not known"), Points(tuple(one.label for one in row.missing))]
    if detail.contacts:
        blocks.append(Heading("Last contacts"))
        blocks.append(
            Grid(
                ("When", "How", "Who", "What was said"),
                tuple(
                    (say(day_of(one.at)), one.kind + (", declined" if one.declined else ""), names.get(one.by, one.by),
                     "\n".join(filter(None, (one.text, _beside("Strengths", one.strengths),
                                             _beside("Concerns", one.concerns)))))
                    for one in detail.contacts[:_CONTACTS]
                ),
                (18, 14, 18, 50),
            )
        )  # fmt: skip
    if detail.people:
        people = tuple((one.role.replace("-", " ").capitalize(), _reached(one)) for one in detail.people)
        blocks += [Heading("People"), Facts(people)]
    if detail.needs:
        blocks += [Heading("Needs that shape the work"), Facts(tuple(map(_need, detail.needs)))]
    blocks += [Heading("What is known"), Facts(tuple(_known(detail.facts, names)))]
    return Paper(
        "Case summary",
        f"{row.name}  {row.number} · as at {say(today)}",
        tuple(blocks),
        foot="For staff. Holds risk information: not for the person it is about, nor for display.",
    )


def _reached(one: PersonRow) -> str:
    return ", ".join(part for part in (one.name, one.contact, one.area) if part)


def _need(one: NeedRow) -> tuple[str, str]:
    said = [one.detail, one.done or "nothing done yet"]
    return one.need.replace("-", " ").capitalize(), ": ".join(part for part in said if part)


def _beside(label: str, text: str) -> str:
    return f"{label}: {text}" if text else ""


def _who(detail: CaseDetail, names: dict[str, str]) -> Iterable[tuple[str, str]]:
    row = detail.row
    yield "Where", row.where or row.cell
    yield "Offender supervisor", names.get(row.supervisor or "", row.supervisor or "none named")
    yield "Tier", "" if row.tier is None else str(row.tier)
    yield "Release", f"{say(row.release_date)} ({detail.release_words})" if row.release_date else detail.release_words
    yield "Last seen", say(row.last_seen) if row.last_seen else "never seen here"


def _duties(duties: tuple[DutyRow, ...], today: date) -> list[Block]:
    dated = sorted((duty for duty in duties if duty.due), key=lambda duty: day_of(duty.due or today))
    if not dated:
        return []
    rows = tuple(
        (say(duty.due or today), _status(duty), f"{duty.title}: {duty.about}" if duty.about else duty.title, duty.owner)
        for duty in dated
    )
    return [Heading("What is due"), Grid(("By", "", "What", "Who"), rows, (24, 16, 50, 10))]


def _outstanding(duty: DutyRow) -> bool:
    """Still to be done here or, of somebody who has left, where they went: only leaving leaves such a duty a date."""
    return duty.live or (duty.state is State.NOT_APPLICABLE and duty.due is not None)


def _status(duty: DutyRow) -> str:
    if duty.days is not None and duty.days < 0:
        return f"{-duty.days} days late" if duty.days < -1 else "1 day late"
    return _STATES.get(duty.state, duty.state.value)


_STATES = {State.WEEK: "in 7 days", State.SAFETY: "safety", State.UNKNOWN: "cannot tell"}


def _known(rows: Iterable[FactRow], names: dict[str, str]) -> Iterable[tuple[str, str]]:
    for row in rows:
        if row.known and row.fact not in _LEFT_OUT:
            yield row.label, _value(row, names)


def _value(row: FactRow, names: dict[str, str]) -> str:
    return names.get(row.value, row.value) if facts()[row.fact].type == "staff" else fact_words(row.fact, row.value)
