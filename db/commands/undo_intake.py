"""Undoing a whole intake, by whoever may take one in, as long as nothing has been built on it."""

from datetime import date

from db import entries, roles
from db import payloads as p
from db.commands.taking_back import take_back
from db.commands.work import changed, command
from db.current import desk
from db.errors import Invalid, NotFound, Stale
from db.rows import Actor, Changed
from db.views.intakes import built_on


def undo_intake(actor: Actor, intake: str, today: date) -> Changed:
    """Take back everything one intake wrote: the command's id, as the history of intakes gives it.

    Raises NotFound, Invalid where it was undone before, Stale where something was built on it, NotAllowed.
    """
    roles.check(actor, "intake")
    with command(actor, None, "undo an intake", today) as work:
        rows = entries.of_command(intake)
        own = next((row for row in rows if row.kind == p.INTAKE), None)
        if own is None:
            raise NotFound("There is no such intake. Nothing was changed.")
        if own.id not in {row.id for row in entries.live(entries.of_kind(p.INTAKE))}:
            raise Invalid("This intake was undone before. Nothing was changed.")
        numbers = list(dict.fromkeys(row.case for row in rows if row.case))
        before = dict(entries.of_cases(numbers))
        if why := built_on(rows, before):
            raise Stale(f"{why} Nothing was changed. Put right what is wrong in the cases, or by another extract.")
        for row in rows:
            take_back(work, row, before.get(row.case or "", []))
        file = p.unpack(own.payload, p.IntakePayload).file
        work.detail = file
        work.sentence = f"intake of {file} undone"
    # What is undone this way is not for u as well.
    desk().done[:] = [done for done in desk().done if done[0] not in (intake, work.id)]
    work.sentence = f"Undone: the intake of {file}, {len(numbers)} {'person' if len(numbers) == 1 else 'people'}."
    return changed(work)
