"""Meeting, putting off and setting aside duties."""

from collections.abc import Mapping
from datetime import date, datetime

from db import entries, roles, standing
from db import payloads as p
from db.commands.met import meet_in, named
from db.commands.work import Work, changed, command, refuse_future, what_moved, words
from db.errors import Invalid, NotFound
from db.rows import Actor, Changed, DutyRow, State
from db.texts import text_of
from policy.calendar import day_of
from policy.phrases import say


def meet(
    actor: Actor,
    case: str,
    duty: str,
    today: date,
    on: date | datetime | None = None,
    fields: Mapping[str, str] | None = None,
) -> Changed:
    """Record that a duty (`id` or `id:key`) was met on a day, today if not said, with what its form asks for.

    Raises NotFound, Ambiguous, Invalid, NotAllowed, Stale.
    """
    roles.check(actor, "work")
    with command(actor, case, f"meet {duty}", today) as work:
        when = on if on is not None else today
        rule, row = named(work, duty)
        meet_in(work, duty, when, fields or {})
        work.sentence = f"{row.discreet_title if row else rule.text.short or rule.text.title} met"
    work.sentence = what_moved(work, when)
    return changed(work)


def _live(work_duty: DutyRow | None, duty: str) -> DutyRow:
    if work_duty is None or not work_duty.live:
        raise NotFound(f"This case has no outstanding duty {work_duty.discreet_title if work_duty else duty}.")
    return work_duty


def defer(actor: Actor, case: str, duty: str, to: date, why: str, today: date) -> Changed:
    """Put a duty off, once, by up to ten working days after its due date, with a reason; measures keep the original.

    Raises Invalid (no due date, too far, not later, put off before, no reason), NotFound, Ambiguous, NotAllowed.
    """
    roles.check(actor, "work")
    reason = words(why, "The reason")
    with command(actor, case, f"defer {duty}", today) as work:
        put_off_in(work, duty, to, reason)
    work.sentence = f"Put off to {say(to)}; the original date is kept."
    return changed(work)


def put_off_in(work: Work, duty: str, to: date, reason: str) -> None:
    """Record inside a command that a duty is put off. Raises as `defer`."""
    rule, found = named(work, duty)
    row = _live(found, duty)
    roles.check_owner(work.actor, rule.text.owner)
    if refusal := why_not_put_off(row, to, work.today):
        raise Invalid(f"{refusal} Nothing was saved.", field="to" if row.due and not row.deferred_to else None)
    due = text_of(row.due) or ""
    work.add(
        p.DEFERRAL,
        row.name,
        p.DeferralPayload(to.isoformat(), reason, row.due.isoformat() if row.due else ""),
        replaces=entries.line(work.case, p.DEFERRAL, f"{row.name}@{due}"),
    )
    work.sentence = f"{row.discreet_title} put off to {say(to)}"


def why_not_put_off(row: DutyRow, to: date, today: date) -> str:
    """Why a live duty cannot be put off to a day, in a sentence; "" where it can."""
    if row.due is None:
        return f"{row.discreet_title} has no due date to put off."
    if row.state is State.SAFETY:
        return "A safety concern is passed on the same day; it cannot be put off."
    if row.deferred_to is not None:
        return f"It was put off before, to {say(row.deferred_to)}, and can be put off once."
    book = standing.rules()
    limit = book.settings.defer_working_days
    last = book.calendar.add(day_of(row.due), limit)
    if not day_of(row.due) < to <= last:
        return (
            f"It is due {say(day_of(row.due))} and can be put off to {say(last)} at the latest ({limit} working days)."
        )
    return f"{say(to)} has passed; it can be put off to {say(last)} at the latest." if to < today else ""


def waive(actor: Actor, case: str, duty: str, why: str, today: date, on: date | None = None) -> Changed:
    """Record that a duty is not required, and why; on a mandatory or set duty that takes the manager.

    A repeating duty's next clock runs from that decision. Raises NotFound, Ambiguous, Invalid, NotAllowed.
    """
    roles.check(actor, "work")
    reason = words(why, "The reason")
    decided = on or today
    refuse_future(decided, today)
    with command(actor, case, f"waive {duty}", today) as work:
        rule, found = named(work, duty)
        row = _live(found, duty)
        roles.check_owner(actor, rule.text.owner)
        if row.force == "mandatory" or row.figure == "set":
            roles.check(actor, "waive-set")
        due = text_of(row.due) or ""
        work.add(p.WAIVER, row.name, p.WaiverPayload(reason, due), on=decided)
        work.sentence = f"{row.discreet_title} not required"
    work.sentence = f"Not required: {reason}"
    return changed(work)
