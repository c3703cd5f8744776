"""Logging a contact: what was said, and which duties it meets."""

from datetime import date

from db import payloads as p
from db import roles
from db.commands.met import meet_in, rule_of
from db.commands.work import Work, changed, command, refuse_future, what_moved, words
from db.errors import Invalid, NotAllowed
from db.rows import Actor, Changed, Contact, Role
from db.staff import staff_member
from policy.phrases import say

KINDS = ("meeting", "note", "phone", "video", "letter")
FACE_TO_FACE = ("meeting", "video")
UNDERSTOOD = ("", "yes", "unsure", "no")


def log_contact(actor: Actor, case: str, contact: Contact, today: date) -> Changed:
    """Record a contact, meet the duties it ticks, and open a safety handover where it raised a concern.

    Raises Invalid (kind, text, a day to come, unknown staff or duty), NotAllowed, NotFound, Stale.
    """
    text, by = checked(actor, contact, today)
    with command(actor, case, f"log {contact.kind}", today) as work:
        log_in(work, contact, text, by)
        work.sentence = f"{contact.kind} of {say(contact.at)}"
    return _told(work, contact)


def checked(actor: Actor, contact: Contact, today: date) -> tuple[str, str]:
    """What was said, trimmed, and the staff id of who held it. Raises Invalid, NotAllowed, NotFound."""
    roles.check(actor, "work")
    if contact.kind not in KINDS:
        raise Invalid(f"A contact is one of {', '.join(KINDS)}; “{contact.kind}” is not.", field="kind")
    if actor.role is Role.ADMINISTRATOR and contact.kind in FACE_TO_FACE:
        raise NotAllowed("Meetings are the supervisor's to record. Nothing was saved.")
    if contact.understood not in UNDERSTOOD:
        raise Invalid("Understood is yes, unsure or no.", field="understood")
    text = words(contact.text, "What was said")
    refuse_future(contact.at, today)
    return text, staff_member(contact.by).id if contact.by else actor.staff


def log_in(work: Work, contact: Contact, text: str, by: str) -> None:
    """Record a contact inside a command, with the concern it raised and the duties it meets."""
    row = work.add(p.CONTACT, "", _payload(contact, text, by), on=contact.at, source="contact")
    if contact.safety:
        work.add(p.CONCERN, row.id[:8], p.ConcernPayload(row.id), on=contact.at, source="contact")
    _meet(work, contact, row.id)


def _payload(contact: Contact, text: str, by: str) -> p.ContactPayload:
    return p.ContactPayload(
        contact.kind,
        text,
        contact.where.strip(),
        by,
        contact.strengths.strip(),
        contact.concerns.strip(),
        contact.understood,
        contact.language.strip(),
        contact.declined,
        contact.safety,
        contact.meets,
    )


def _meet(work: Work, contact: Contact, row: str) -> None:
    for name in dict.fromkeys(contact.meets):
        rule = rule_of(name)
        if rule.text.declinable and contact.kind not in FACE_TO_FACE:
            raise Invalid(f"{rule.short} takes a meeting, in person or by video. Nothing was saved.", field="kind")
        meet_in(work, name, contact.at, {}, contact=row, declined=contact.declined)


def _told(work: Work, contact: Contact) -> Changed:
    parts = [f"Logged the {contact.kind}." if contact.kind != "note" else "Noted."]
    if contact.declined:
        parts.append("Recorded as declined; the clock starts again from that day.")
    if contact.safety:
        parts.append("A safety handover is outstanding: pass the concern on today.")
    if contact.declined:
        work.met.clear()
    elif moved := what_moved(work, contact.at):
        parts.append(moved)
    work.sentence = " ".join(parts)
    return changed(work)
