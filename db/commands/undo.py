"""Undoing one's own last command: new rows that take back what it wrote, as long as nobody built on them."""

from datetime import date

from db import entries
from db.commands.taking_back import take_back
from db.commands.undo_intake import undo_intake
from db.commands.work import changed, command
from db.current import desk
from db.errors import Invalid, Stale
from db.rows import Actor, Changed

INTAKE = "intake of "


def undo(actor: Actor, today: date) -> Changed:
    """Take back the last thing this user did since signing in.

    Raises Invalid where there is nothing to undo, Stale where somebody has changed the same thing since.
    """
    done = desk().done
    if not done:
        raise Invalid("There is nothing to undo.")
    undone, what = done[-1]
    if what.startswith(INTAKE):
        return undo_intake(actor, undone, today)
    rows = entries.of_command(undone)
    cases = list(dict.fromkeys(row.case for row in rows if row.case))
    try:
        with command(actor, cases[0] if len(cases) == 1 else None, "undo", today) as work:
            before = dict(entries.of_cases(cases, restricted=any(row.restricted for row in rows)))
            for row in rows:
                take_back(work, row, before.get(row.case or "", []))
            work.sentence = f"Undone: {what}."
    except Stale as stale:
        raise Stale(
            "Somebody has changed the same thing since, so it cannot be undone. Nothing was changed."
        ) from stale
    del desk().done[-2:]
    return changed(work)
