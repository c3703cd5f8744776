"""Taking back one row of a command: what it said no longer counts, and what it took back stands again."""

from collections.abc import Sequence

from db import entries
from db.commands.work import Work
from db.errors import Stale


def take_back(work: Work, row: entries.Row, before: Sequence[entries.Row]) -> None:
    """Add the row that takes `row` back; `before` are the person's rows. Raises Stale where one that counts follows it.

    A withdrawal is taken back by saying again, as a row of its own, what it withdrew.
    """
    at, stands = _end(before, row)
    if not row.withdrawn:
        undone = {"undone": stands}
        secret = row.restricted
        work.add(
            row.kind, row.key, undone, source="undo", replaces=at, withdrawn=True, case=row.case, restricted=secret
        )
        return
    again = next((one for one in before if one.id == entries.undone_by(row)), None)
    if again is not None:
        work.add(row.kind, row.key, {}, source="undo", replaces=at, case=row.case, restricted=row.restricted)
        work.rows[-1] = work.rows[-1]._replace(payload=again.payload, effective=again.effective)


def _end(rows: Sequence[entries.Row], undone: entries.Row) -> tuple[str, str]:
    """What taking a row back replaces, the last row of its line; and the row that says it now.

    That is the row itself, or the one an undo said it again with. Raises Stale where another that counts follows it.
    """
    following = {row.replaces: row for row in rows if row.replaces}
    counting = {row.id for row in entries.live(rows)}
    at = stands = undone.id
    while at in following:
        row = following[at]
        at = row.id
        if at in counting:
            if not entries.says_again(row, undone):
                raise Stale()
            stands = at
    return at, stands
