"""Booking an appointment with a person, moving it, calling it off."""

from datetime import date

from db import appointments, entries, roles
from db import payloads as p
from db.commands.work import changed, command, words
from db.errors import Invalid, NotFound
from db.rows import Actor, Appointment, Changed
from policy.calendar import day_of
from policy.phrases import say

LONGEST = 200


def book(actor: Actor, case: str, booked: Appointment, today: date) -> Changed:
    """Book an appointment; with a `key`, move or change the one that has it.

    Raises Invalid (what, a day gone by, a text too long), NotAllowed, NotFound, Stale (somebody changed it first).
    """
    roles.check(actor, "work")
    if booked.what not in appointments.WHAT:
        raise Invalid(f"An appointment is one of {', '.join(appointments.WHAT)}. Nothing was saved.", field="what")
    if day_of(booked.at) < today:
        raise Invalid(f"{say(booked.at)} has passed; c logs what came of it. Nothing was saved.", field="at")
    where, others = (" ".join(text.split()) for text in (booked.where, booked.others))
    for name, text in (("where", where), ("others", others)):
        if len(text) > LONGEST:
            raise Invalid(f"That is longer than {LONGEST} characters. Nothing was saved.", field=name)
    with command(actor, case, "book" if not booked.key else "move appointment", today) as work:
        if booked.key:
            _standing(work.before, booked.key)
        key = booked.key or entries.new_id()[:8]
        payload = p.AppointmentPayload(booked.what, where, others)
        work.add_to_line(p.APPOINTMENT, key, payload, on=booked.at)
        work.sentence = f"{booked.what} of {say(booked.at)} {'moved' if booked.key else 'booked'}"
    work.sentence = f"{'Moved to' if booked.key else 'Booked for'} {say(booked.at)}."
    return changed(work)


def call_off(actor: Actor, case: str, key: str, why: str, today: date) -> Changed:
    """Call an appointment off, with the reason. Raises NotFound, Invalid (no reason), NotAllowed, Stale."""
    roles.check(actor, "work")
    reason = words(why, "The reason", longest=LONGEST)
    with command(actor, case, "call off appointment", today) as work:
        now = _standing(work.before, key)
        payload = p.AppointmentPayload(now.what, now.where, now.others, reason)
        work.add_to_line(p.APPOINTMENT, key, payload, on=now.at)
        work.sentence = f"{now.what} of {say(now.at)} called off"
    work.sentence = f"Called off: {now.what} of {say(now.at)}. u takes that back."
    return changed(work)


def _standing(rows: list[entries.Row], key: str) -> Appointment:
    found = next((one for one in appointments.of_rows(rows) if one.key == key), None)
    if found is None:
        raise NotFound("There is no such appointment any more: somebody moved it or called it off.")
    return found
