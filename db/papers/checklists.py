"""The pathway checklist on paper, for staff; the resettlement plan and "who does what for me", for the person.

Nothing need-to-know is on any of them, whoever prints: paper is left lying about.
"""

from collections.abc import Iterable
from datetime import date

from db import views
from db.checklists import ActivityRow, Checklist, ReferralRow, Status
from db.papers import Block, Facts, Grid, Heading, Lines, Paper, Points, Says
from db.rows import Actor
from db.views.leaving import on_the_day
from policy.phrases import say


def paper(actor: Actor, number: str, today: date) -> Paper:
    """The checklist of one person as it stands today, for staff. Raises NotFound, Invalid."""
    found = views.checklist(actor, number, today)
    blocks: list[Block] = [Facts(tuple(_who(found)))]
    for pathway in found.pathways:
        own = found.of(pathway.id)
        shown = tuple(row for row in own if row.counted or row.status is not Status.NOT_ASSESSED)
        blocks.append(Heading(f"{pathway.title}: {pathway.done} of {pathway.needed} done"))
        if shown:
            rows = tuple((f"L{row.level}", row.title, _status(row), row.provider) for row in shown)
            blocks.append(Grid(("", "Activity", "How it stands", "Provider"), rows, (6, 38, 36, 20)))
        left = [row.title for row in own if not row.counted and row.status is Status.NOT_ASSESSED]
        if left:
            blocks.append(Says(f"Not assessed: {'; '.join(left)}."))
    waiting = [row for row in found.referrals if row.followed_up is None]
    if waiting:
        blocks.append(Heading("Signposted or referred, outcome not known"))
        blocks.append(Points(tuple(_sent(row.to, row.title, row.made) for row in waiting)))
    if found.release is not None and (found.release - today).days <= 84:
        address = _fact(actor, number, today, "release-address")
        blocks += [Heading("On the day of release"), Points(on_the_day(found, address), ticks=True)]
    return Paper("Pathway checklist", _about(found, today), tuple(blocks), foot="For staff. Not for display.")


def plan(actor: Actor, number: str, today: date) -> Paper:
    """The resettlement plan, for the person to read: needs, what was agreed, who does it, by when."""
    found = views.checklist(actor, number, today)
    blocks: list[Block] = [
        Says("This is your plan for getting ready to leave, and for the time after. It says what you need, what is "
             "being done about it, and who does it. If something is wrong or missing, say so.")
    ]  # fmt: skip
    for pathway in found.pathways:
        rows = [row for row in found.of(pathway.id) if row.status not in (Status.NOT_ASSESSED, Status.NOT_NEEDED)]
        need = {"yes": "You need help here.", "no": "You said you need no help here."}.get(pathway.need, "")
        if not rows and not need:
            continue
        blocks.append(Heading(pathway.title))
        if need:
            blocks.append(Says(need))
        if rows:
            blocks.append(Points(tuple(_plain(row) for row in rows)))
    apart = tuple(_plain_sent(row) for row in found.referrals if not row.activity)
    if apart:
        blocks += [Heading("Also passed on"), Points(apart)]
    blocks += [Heading("What I want to add"), Lines(4)]
    return Paper("My resettlement plan", _about(found, today), tuple(blocks), large=True)


def who_does_what(actor: Actor, number: str, today: date) -> Paper:
    """One page for the person to take along: who does what for them, inside and outside. Source: TTG 1.5."""
    found = views.checklist(actor, number, today)
    detail = views.case_detail(actor, number, today)
    names = {member.id: member.name for member in views.staff()}
    manager = next((row.value for row in detail.facts if row.fact == "offender-manager" and row.known), "")
    people = [
        ("My offender supervisor, in here", names.get(detail.row.supervisor, "") or "to be named"),
        ("My offender manager, outside", manager or "ask your supervisor"),
    ]
    if found.release is not None:
        people.append(("I leave on", say(found.release)))
    running = [row for row in found.activities if row.open and row.status is not Status.NOT_ASSESSED]
    rows = tuple((row.title, _whom(row), say(row.due) if row.due else "") for row in running)
    sent = tuple((row.title, row.to, "") for row in found.referrals if row.followed_up is None and not row.activity)
    blocks: list[Block] = [Facts(tuple(people)), Heading("Who does what for me")]
    if rows or sent:
        blocks.append(Grid(("What", "Who", "By"), (*rows, *sent), (44, 34, 22)))
    else:
        blocks.append(Says("Nothing is under way at present. Ask your supervisor if you need something."))
    blocks += [Heading("Numbers and names I want to keep"), Lines(4)]
    return Paper("Who does what for me", _about(found, today), tuple(blocks), large=True)


def _about(found: Checklist, today: date) -> str:
    return f"{found.name}  {found.number} · as at {say(today)}"


def _who(found: Checklist) -> Iterable[tuple[str, str]]:
    yield "Where", found.where
    yield "Release", f"{say(found.release)} ({found.release_words})" if found.release else found.release_words
    for duty in found.bcst:
        yield f"BCST {duty.id[-1]}", f"done {say(duty.met_on)}" if duty.met_on else duty.state.value.replace("-", " ")
    yield "Done", f"{found.done} of {found.needed}"


def _status(row: ActivityRow) -> str:
    day = f" {say(row.on)}" if row.on and row.status is not Status.NOT_ASSESSED else ""
    due = f", by {say(row.due)}" if row.due else ""
    whom = f", {row.with_whom}" if row.with_whom else ""
    said = f": {row.said}" if row.said else ""
    return f"{row.status.words}{whom}{day}{due}{said}"


def _plain(row: ActivityRow) -> str:
    """An activity as the person reads it."""
    if row.met:
        return f"{row.title}: done. {'' if row.covered else row.said}".strip()
    if row.with_whom:
        return f"{row.title}: passed to {row.with_whom}; we will find out what came of it."
    due = f" by {say(row.due)}" if row.due else ""
    words = {
        Status.NEEDED: f"to be done{due}",
        Status.IN_PROGRESS: f"under way{due}",
        Status.DECLINED: "you did not want this; you can ask again",
        Status.FOLLOWED_UP: "this did not work out yet",
    }.get(row.status, row.status.words)
    return f"{row.title}: {words}. Who: {_whom(row)}."


def _plain_sent(row: ReferralRow) -> str:
    """A referral apart from the checklist as the person reads it."""
    if row.followed_up is None:
        return f"{row.title}: we will find out what came of it."
    return f"{row.title}: {row.outcome}"


def _whom(row: ActivityRow) -> str:
    """Who does it, as the person knows them."""
    if row.with_whom:
        return row.with_whom
    providers = row.provider.removeprefix("joint: ").split(", ")
    return ", ".join(_PLAIN.get(name, name) for name in providers)


_PLAIN = {
    "host CRC": "the resettlement team here",
    "home CRC": "the resettlement team outside",
    "NPS": "probation",
    "ISMS": "the substance misuse team",
    "not stated": "ask your supervisor",
}


def _sent(to: str, title: str, made: date) -> str:
    return f"{to}: {title} ({say(made)})"


def _fact(actor: Actor, number: str, today: date, fact: str) -> str:
    detail = views.case_detail(actor, number, today)
    return next((row.value for row in detail.facts if row.fact == fact), "")
