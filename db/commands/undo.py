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
    rows = [row for row in entries.of_command(undone) if not row.withdrawn]
    cases = list(dict.fromkeys(row.case for row in rows if row.case))
    try:
        with command(actor, cases[0] if len(cases) == 1 else None, "undo", today) as work:
            before = dict(entries.of_cases(cases, restricted=any(row.restricted for row in rows)))
            for row in rows:
                at = _end(before.get(row.case or "", []), row)
                work.add(
                    row.kind,
                    row.key,
                    {"undone": row.id},
                    source="undo",
                    replaces=at,
                    withdrawn=True,
                    case=row.case,
                    restricted=row.restricted,
                )
            work.sentence = f"Undone: {what}."
    except Stale as stale:
        raise Stale(
            "Somebody has changed the same thing since, so it cannot be undone. Nothing was changed."
        ) from stale
    del desk().done[-2:]
    return changed(work)


def _end(rows: list[entries.Row], undone: entries.Row) -> str:
    """What taking a row back replaces: the last row of its line. Raises Stale where a row that counts follows it."""
    following = {row.replaces: row for row in rows if row.replaces}
    counting = {row.id for row in entries.live(rows)}
    at = undone.id
    while at in following:
        if following[at].id in counting:
            raise Stale()
        at = following[at].id
    return at
