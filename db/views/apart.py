"""What falls due of need-to-know records, for the supervisor of the case alone and apart from every list others see.

The stored duties and the caseload's order are one for all readers, so nothing of this is in them (`db.standing`).
"""

from collections.abc import Iterator
from datetime import date

from db import engine, entries, need_to_know, standing, story
from db import payloads as p
from db.checklist import ACTIVITY, FOLLOW_UP
from db.current import store
from db.rows import Actor, DutyRow, Filter, Role
from db.views.caseload import scope_sql
from db.views.every import in_order
from policy.duties import evaluate

_DUTIES = {p.ACTIVITY: ACTIVITY, p.REFERRAL: FOLLOW_UP}


def owed_apart(actor: Actor, wanted: Filter, today: date, person: str) -> Iterator[tuple[tuple[object, ...], DutyRow]]:
    """The live need-to-know duties of this supervisor's own cases, each with the columns `person` of whose it is.

    Inside a read. Only of what they may see (`need_to_know.visible`); nothing for anybody else.
    """
    if actor.role is not Role.SUPERVISOR:
        return
    where, values = scope_sql(actor, wanted, today)
    # By the case, which is indexed: there is no other way to what is restricted that does not read everything.
    sql = (
        f"SELECT {person}, (SELECT name FROM staff WHERE id = supervisor), number FROM standing"
        f' WHERE {where} AND supervisor = ? AND EXISTS (SELECT 1 FROM entry WHERE "case" = number AND restricted)'
    )
    for *about, number in list(engine.run(store().database, sql, [*values, actor.staff])):
        seen = need_to_know.visible(actor, entries.of_case(str(number), restricted=True), today)
        names = {f"{_DUTIES[row.kind]}:{row.key}" for row in seen if row.restricted and row.kind in _DUTIES}
        if not names:
            continue
        told = story.read(str(number), seen, today)
        for duty in in_order(evaluate(told.case, today, standing.rules()).duties, today):
            if duty.live and duty.name in names and wanted.duty in ("", duty.id):
                yield tuple(about), duty
