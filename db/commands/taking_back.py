"""Taking back one row of a command: what it said no longer counts, and what it took back stands again."""

from collections.abc import Sequence

from db import entries
from db.commands.work import Work
from db.errors import Stale


def take_back(work: Work, row: entries.Row, before: Sequence[entries.Row]) -> None:
    """Add the row that takes `row` back; `before` are the person's rows. Raises Stale where one that counts follows it.

    A withdrawal is taken back by saying again, as a row of its own, what it withdrew.
    """
    at = _end(before, row)
    if not row.withdrawn:
        undone = {"undone": row.id}
        secret = row.restricted
        work.add(
            row.kind, row.key, undone, source="undo", replaces=at, withdrawn=True, case=row.case, restricted=secret
        )
        return
    again = next((one for one in before if one.id == entries.undone_by(row)), None)
    if again is not None:
        work.add(row.kind, row.key, {}, source="undo", replaces=at, case=row.case, restricted=row.restricted)
        work.rows[-1] = work.rows[-1]._replace(payload=again.payload, effective=again.effective)


def _end(rows: Sequence[entries.Row], undone: entries.Row) -> str:
    """What taking a row back replaces: the last row of its line. Raises Stale where a row that counts follows it."""
    following = {row.replaces: row for row in rows if row.replaces}
    counting = {row.id for row in entries.live(rows)}
    at = undone.id
    while at in following:
        if following[at].id in counting:
            raise Stale()
        at = following[at].id
    return at
