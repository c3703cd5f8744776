"""What is need-to-know: a disclosure, sharing it, asking before a new supervisor inherits it, and emergencies.

Each command answers alike whether or not there is anything to know.
"""

from datetime import date

from db import entries, need_to_know, roles
from db import payloads as p
from db.commands.saying import said
from db.commands.work import changed, command, refuse_future
from db.current import desk
from db.errors import Invalid, NotAllowed
from db.rows import Actor, Changed, Role
from db.staff import staff_member

DISCLOSED = ("domestic-abuse", "sex-work", "sexual-violence")


def disclose(actor: Actor, case: str, about: str, words: str, today: date, on: date | None = None) -> Changed:
    """Record a disclosure (domestic-abuse, sex-work, sexual-violence). Raises Invalid, NotAllowed, NotFound."""
    _check(actor)
    if about not in DISCLOSED:
        raise Invalid(f"A disclosure is one of {', '.join(DISCLOSED)}. Nothing was saved.", field="about")
    text = said(words, "What was said", "words")
    when = on or today
    refuse_future(when, today)
    with command(actor, case, "disclosure", today) as work:
        payload = p.SharedPayload(text, "", about)
        work.add(p.DISCLOSURE, work.id[:8], payload, on=when, source="need to know", restricted=True)
        work.sentence = "a need-to-know record"
    work.sentence = "Recorded, for those who need to know."
    return changed(work)


def share(actor: Actor, case: str, to: str, grounds: str, words: str, today: date, on: date | None = None) -> Changed:
    """Record that something was passed on: to whom, with consent or on safeguarding grounds, and what.

    Raises Invalid, NotAllowed (nothing here this user may pass on), NotFound.
    """
    _check(actor)
    if grounds not in ("consent", "safeguarding"):
        raise Invalid("It is shared with consent or on safeguarding grounds. Nothing was saved.", field="grounds")
    whom, text = said(to, "To whom", "to"), said(words, "What was shared", "words")
    when = on or today
    refuse_future(when, today)
    with command(actor, case, "share", today) as work:
        every = entries.of_case(work.case or "", restricted=True)
        if not any(row.restricted for row in need_to_know.visible(actor, every, today)):
            raise NotAllowed("There is nothing here that you could pass on. Nothing was saved.")
        payload = p.SharedPayload(text, whom, grounds)
        work.add(p.SHARED, work.id[:8], payload, on=when, source="need to know", restricted=True)
        work.sentence = "sharing recorded"
    work.sentence = f"Recorded: shared with {whom}."
    return changed(work)


def ask_to_inherit(actor: Actor, case: str, supervisor: str, agreed: bool, today: date) -> Changed:
    """Record whether the person agrees that a new supervisor may know. The manager's. Raises NotAllowed, NotFound."""
    roles.check(actor, "allocate")
    member = staff_member(supervisor)
    with command(actor, case, "asked", today) as work:
        payload = p.SharedPayload("", "", "yes" if agreed else "no")
        work.add(p.ASKED, member.id, payload, source="need to know", restricted=True)
        work.sentence = "what the person said to it"
    work.sentence = f"Recorded: {member.name} {'may know' if agreed else 'is not to know'}."
    return changed(work)


def open_in_emergency(actor: Actor, case: str, why: str, today: date) -> Changed:
    """Open for today what is need-to-know about somebody, with a reason the manager sees at once.

    Raises Invalid (no reason), NotAllowed (not a supervisor), NotFound.
    """
    if actor.role is not Role.SUPERVISOR:
        raise NotAllowed("Emergency access is a supervisor's. Nothing was changed.")
    reason = said(why, "The reason", "why")
    with command(actor, case, "emergency access", today) as work:
        payload = p.SharedPayload(reason)
        work.add(p.EMERGENCY, work.id[:8], payload, source="need to know", restricted=True)
        # Once more with the establishment, where the manager's sign-in finds it without reading everything.
        again = work.add(p.EMERGENCY, f"{work.case}:{work.id[:8]}", payload, source="need to know", restricted=True)
        work.rows[-1] = again._replace(case=None)
        work.sentence = "emergency access"
    # What was looked at cannot be unseen.
    desk().done.pop()
    work.sentence = "Open to you for today. The manager sees that, and why."
    return changed(work)


def _check(actor: Actor) -> None:
    roles.check(actor, "work")
    if actor.role not in (Role.SUPERVISOR, Role.MANAGER):
        raise NotAllowed("That is for a supervisor or the manager to record. Nothing was changed.")
