"""Undoing one's own last command: new rows that take back what it wrote, as long as nobody built on them."""

from datetime import date

from db import entries
from db.commands.work import changed, command
from db.current import desk
from db.errors import Invalid, Stale
from db.rows import Actor, Changed


def undo(actor: Actor, today: date) -> Changed:
    """Take back the last thing this user did since signing in.

    Raises Invalid where there is nothing to undo, Stale where somebody has changed the same thing since.
    """
    done = desk().done
    if not done:
        raise Invalid("There is nothing to undo.")
    undone, what = done[-1]
    rows = entries.of_command(undone)
    case = next((row.case for row in rows if row.case), None)
    try:
        with command(actor, case, "undo", today) as work:
            for row in rows:
                work.add(
                    row.kind,
                    row.key,
                    {},
                    source="undo",
                    replaces=row.id,
                    withdrawn=True,
                    case=row.case,
                )
            work.sentence = f"Undone: {what}."
    except Stale as stale:
        raise Stale(
            "Somebody has changed the same thing since, so it cannot be undone. Nothing was changed."
        ) from stale
    del desk().done[-2:]
    return changed(work)
