"""An establishment's own figures: checked, kept in the record, and every clock follows."""

from datetime import date

from db import payloads as p
from db import roles
from db.commands.work import changed, command
from db.current import store
from db.engine import run
from db.errors import CheckFailed
from db.refreshing import refresh
from db.rows import Actor, Changed
from policy.catalogue import catalogue
from policy.rulebook import rulebook
from policy.schema import RulebookError


def check_overrides(text: str) -> None:
    """Refuse overrides that cannot be used; the sentence names the key. Raises CheckFailed."""
    try:
        rulebook(text)
        catalogue(text)
    except RulebookError as error:
        raise CheckFailed(str(error)) from error


def apply_overrides(actor: Actor, text: str, today: date) -> Changed:
    """Put an establishment's overrides in force and work every case out anew. Raises CheckFailed, NotAllowed."""
    roles.check(actor, "overrides")
    check_overrides(text)
    with command(actor, None, "apply overrides", today) as work:
        work.add_to_line(p.OVERRIDES, "", p.OverridesPayload(text))
        work.sentence = "the establishment's figures"
    refresh(today)
    work.sentence = f"In force for {run(store().database, 'SELECT count(*) FROM standing').fetchone()[0]} cases."
    return changed(work)
