"""The sentence plan of one person, and what stands around it."""

from datetime import date

from db import entries, roles
from db.cases import existing
from db.current import store
from db.errors import Invalid
from db.plan_reading import read_plan
from db.planning import Plan
from db.rows import Actor
from policy.phrases import say


def plan(actor: Actor, number: str, today: date, as_at: date | None = None) -> Plan:
    """Objectives, versions, meetings and the register; with `as_at`, what the record held on that day.

    Raises NotFound, Invalid (not a prisoner number, a day to come).
    """
    roles.check_reads(actor)
    if as_at is not None and as_at > today:
        raise Invalid(f"{say(as_at)} has not come yet.", field="as-at")
    with store().read():
        number = existing(number)
        return read_plan(number, entries.of_case(number, as_at.isoformat() if as_at else None))
