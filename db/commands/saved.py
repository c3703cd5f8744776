"""Saved views: filters somebody gave a name, for themselves alone."""

from datetime import date

from db import payloads as p
from db import roles
from db.commands.work import changed, command
from db.errors import Invalid, NotFound
from db.rows import Actor, Changed, Filter
from db.texts import plain
from db.views.saved import key_of, saved_views

LONGEST_NAME = 40
MOST_VIEWS = 35


def save_view(actor: Actor, name: str, wanted: Filter, today: date) -> Changed:
    """Save a filter under a name, in place of an earlier one of that name.

    Raises Invalid (no name, one that is too long, too many views), NotAllowed.
    """
    roles.check_reads(actor)
    said = " ".join(name.split())
    if not plain(said):
        raise Invalid("Give the view a name. Nothing was saved.", field="name")
    if len(said) > LONGEST_NAME:
        raise Invalid(f"The name is longer than {LONGEST_NAME} characters. Nothing was saved.", field="name")
    mine = saved_views(actor)
    before = next((view for view in mine if plain(view.name) == plain(said)), None)
    if before is None and len(mine) >= MOST_VIEWS:
        raise Invalid(f"There are {MOST_VIEWS} views already; drop one first. Nothing was saved.", field="name")
    with command(actor, None, "save a view", today) as work:
        work.add_to_line(p.VIEW, key_of(actor, said), p.ViewPayload(said, wanted))
        work.sentence = f"view {said} saved"
    work.sentence = f"Saved as {said}{', in place of the one before' if before else ''}. g lists your views."
    return changed(work)


def drop_view(actor: Actor, name: str, today: date) -> Changed:
    """Drop one of one's own views. Raises NotFound, NotAllowed."""
    roles.check_reads(actor)
    found = next((view for view in saved_views(actor) if plain(view.name) == plain(name)), None)
    if found is None:
        raise NotFound(f"You have no view called “{name}”. Nothing was changed.")
    with command(actor, None, "drop a view", today) as work:
        work.add_to_line(p.VIEW, key_of(actor, found.name), p.ViewPayload(found.name))
        work.sentence = f"view {found.name} dropped"
    work.sentence = f"Dropped {found.name}. u brings it back."
    return changed(work)
