"""Working on one person's plan in tests: an objective in a line, what is read back, one duty."""

from datetime import date

from db import commands, views
from db import planning as pl
from db.rows import Actor, DutyRow
from tests.db.records import TODAY

NUMBER = "A1234BC"


def add(actor: Actor, change: str, target: str = "2026-06-01", why: str = "", **more: str) -> str:
    """Add an objective; its id."""
    before = {one.id for one in views.plan(actor, NUMBER, TODAY).objectives}
    given = pl.Objective(more.pop("pathway", "attitudes"), change, target, **more)
    commands.save_objective(actor, NUMBER, given, TODAY, why=why)
    return next(one.id for one in views.plan(actor, NUMBER, TODAY).objectives if one.id not in before)


def read(actor: Actor) -> pl.Plan:
    return views.plan(actor, NUMBER, TODAY)


def duty(actor: Actor, name: str, today: date = TODAY) -> DutyRow:
    identity, _, key = name.partition(":")
    found = [row for row in views.case_detail(actor, NUMBER, today).duties if row.id == identity]
    return next(row for row in found if not key or row.key == key)


def duties(actor: Actor, identity: str) -> list[DutyRow]:
    return [row for row in views.case_detail(actor, NUMBER, TODAY).duties if row.id == identity]


def held(part: str = "contributed", **more: str) -> pl.MeetingPayload:
    return pl.MeetingPayload("planning", "held", "P Dunn", part=part, **more)
