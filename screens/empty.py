"""What an empty list says: what it would hold, and the key that fills it."""

from db.roles import may
from db.rows import Actor, Filter
from screens.filter_words import home, narrowed, whose


def caseload(actor: Actor, wanted: Filter, anybody: bool) -> str:
    """Why the caseload shows nobody; `anybody` says whether the record holds people at all."""
    if not anybody:
        return _record(actor)
    if wanted == home(actor):
        return (
            "Here stand the people named to you, the most urgent first. Nobody is yet: the manager names supervisors. "
            "f shows everybody here."
        )
    said = ", ".join(words for words in (whose(wanted), narrowed(wanted)) if words)
    return f"Nobody is in this list ({said}). Esc takes the filter off; f changes it."


def _record(actor: Actor) -> str:
    told = "Here stand the people in this prison, the most urgent first. The record holds nobody yet: "
    if may(actor, "intake"):
        return f"{told}press 5, then i, to take in an extract."
    return f"{told}the case administrator or the manager takes in an extract."
