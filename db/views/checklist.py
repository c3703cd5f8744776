"""The pathway checklist of one person: what anybody may see, and apart from it what is need-to-know."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from db import entries, need_to_know, roles, story
from db.cases import existing
from db.checklist import checklist_of
from db.checklists import Checklist, SecretRow
from db.current import store
from db.entries import Row
from db.errors import Invalid
from db.overrides import overrides_in_force
from db.rows import Actor, Role
from db.staff import staff
from db.views.every import in_order
from policy.catalogue import catalogue
from policy.duties import evaluate
from policy.phrases import say
from policy.rulebook import rulebook


def checklist(actor: Actor, number: str, today: date, as_at: date | None = None) -> Checklist:
    """The checklist of one person, nothing restricted in it; with `as_at`, as it stood on that day.

    Raises NotFound, Invalid (not a prisoner number; a day to come or before the first record).
    """
    roles.check_reads(actor)
    with store().read():
        number = existing(number)
        rows = entries.of_case(number, as_at.isoformat() if as_at else None)
        if as_at is not None and (as_at > today or not rows):
            why = "has not come yet" if as_at > today else f"is before {number} was first recorded"
            raise Invalid(f"{say(as_at)} {why}.", field="as-at")
        return _worked_out(number, rows, as_at or today, as_at)


def secret_checklist(actor: Actor, number: str, today: date) -> Checklist | None:
    """The need-to-know groups with what this user may see of them; None where they do not show to this user.

    That something was shown is in the audit trail. Raises NotFound, Invalid.
    """
    roles.check_reads(actor)
    with store().read():
        number = existing(number)
        rows = entries.of_case(number, restricted=True)
        seen = need_to_know.visible(actor, rows, today)
        shown = any(row.restricted for row in seen)
        if not shown and not need_to_know.may_look(actor, rows, today):
            return None
        found = _worked_out(number, seen, today, None, restricted=True)
        found = msgspec.structs.replace(found, secrets=tuple(_named(found.secrets)))
        if actor.role is Role.MANAGER:
            found = msgspec.structs.replace(found, ask=need_to_know.to_be_asked(rows))
    if shown:
        need_to_know.note_read(actor, number, today)
    return found


def _named(secrets: Iterable[SecretRow]) -> Iterator[SecretRow]:
    """With the names of staff instead of their ids."""
    names = {member.id: member.name for member in staff()}
    for row in secrets:
        yield msgspec.structs.replace(row, by=names.get(row.by, row.by), to=names.get(row.to, row.to))


def _worked_out(number: str, rows: list[Row], day: date, as_at: date | None, *, restricted: bool = False) -> Checklist:
    overrides = overrides_in_force(as_at)
    told = story.read(number, rows, day)
    evaluation = evaluate(told.case, day, rulebook(overrides), every=True)
    duties = in_order(evaluation.duties, day)
    return checklist_of(rows, told, evaluation.reading, duties, catalogue(overrides), restricted=restricted)
