"""Signposting and referral apart from the checklist, and finding out for one provider what came of many."""

from collections.abc import Sequence
from datetime import date

from db import payloads as p
from db import roles
from db.checklist import FOLLOW_UP
from db.checklists import Status
from db.commands.pathway import Mark, check_consent, check_need_met, day_set, find_out, free_key, mark
from db.commands.same import needed_again
from db.commands.saying import said
from db.commands.work import changed, command, refuse_future
from db.current import store
from db.errors import Invalid, NotFound
from db.rows import Actor, Changed, Role
from db.views import duties
from policy.case import MET
from policy.phrases import say


def refer(
    actor: Actor,
    case: str,
    to: str,
    about: str,
    today: date,
    *,
    on: date | None = None,
    how: str = "referred",
    consent: str = "",
    service: str = "",
    activity: str = "",
    until: date | None = None,
) -> Changed:
    """Record a signposting or referral, for an activity of the checklist or for itself.

    `until`: the day to find out what came of it; the rulebook's if not said.

    Raises Invalid (nothing said, no consent, a day to come, `until` before it was made), NotAllowed, NotFound.
    """
    roles.check(actor, "work")
    if how not in ("signposted", "referred"):
        raise Invalid("It is signposted or referred. Nothing was saved.", field="how")
    if activity:
        made = Mark(activity, Status(how), on, until=until, to=to, consent=consent, service=service)
        return mark(actor, case, (made,), today)
    roles.check_owner(actor, "OS")
    whom, what = said(to, "To whom", "to"), said(about, "What for", "about")
    made_on = on or today
    refuse_future(made_on, today)
    check_consent(consent, asked=how == "referred")
    with command(actor, case, "refer", today) as work:
        key = free_key(whom, (row.key for row in work.before if row.kind == p.REFERRAL))
        owner = "MAN" if actor.role is Role.MANAGER else "OS"
        payload = p.ReferralPayload(whom, how, f"{what}, {whom}", "", consent, owner, service, day_set(until, made_on))
        work.add(p.REFERRAL, key, payload, on=made_on, source="checklist")
        work.sentence = f"{how} to {whom}"
    work.sentence = f"{how.capitalize()} to {whom}. {find_out(until)}"
    return changed(work)


def follow_up(
    actor: Actor, made: Sequence[tuple[str, str]], outcome: str, today: date, *, on: date | None = None, met: str
) -> Changed:
    """Record one outcome for several signpostings and referrals (prisoner number, key), all of them or none.

    `met`: yes or no, whether that met the need; where it did not, what it was for is needed again.

    Raises Invalid (nothing said, a day to come or before it was made), NotAllowed, NotFound.
    """
    roles.check(actor, "work")
    if not made:
        raise Invalid("Name at least one signposting or referral. Nothing was saved.")
    words = said(outcome, "What came of it", "words")
    check_need_met(met)
    found_on = on or today
    refuse_future(found_on, today)
    numbers = {number for number, _ in made}
    with command(actor, next(iter(numbers)) if len(numbers) == 1 else None, "follow up", today) as work:
        with store().read():
            owed = duties.of_cases(numbers, today)
        for number, key in made:
            name = f"{FOLLOW_UP}:{key}"
            duty = next((duty for duty in owed[number] if duty.name == name), None)
            if duty is None:
                raise NotFound(f"{number} has no outstanding signposting or referral {key}. Nothing was saved.")
            roles.check_owner(actor, duty.owner)
            if duty.opens and found_on < duty.opens:
                raise Invalid(f"That is before it was made, {say(duty.opens)}. Nothing was saved.", field="on")
            work.add(
                MET,
                name,
                p.MetPayload({"outcome": words, "need-met": met}),
                on=found_on,
                source="checklist",
                case=number,
            )
            if met == "no":
                needed_again(work.of(number), key, found_on)
            work.met.append(name)
        work.detail = f"{len(made)} referrals"
        work.sentence = f"{len(made)} followed up"
    work.sentence = f"{len(made)} followed up: {words}. u undoes {'it' if len(made) == 1 else 'all of it'}."
    return changed(work)
