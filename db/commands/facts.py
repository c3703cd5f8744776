"""Recording, correcting and taking back facts by hand."""

from collections.abc import Mapping
from datetime import date

from db import engine, roles
from db import payloads as p
from db.commands.work import Work, changed, command, refuse_future, words
from db.current import store
from db.errors import Invalid, NotFound, Stale
from db.rows import Actor, Changed
from db.staff import staff_member
from db.story import moment_of
from policy.facts import NotAValue, facts, normal

UNKNOWN = "unknown"
EXTENSION = "local-extension"
LONGEST_REASON = 500


def set_facts(
    actor: Actor,
    case: str,
    values: Mapping[str, str | None],
    today: date,
    on: date | None = None,
    seen: Mapping[str, str | None] | None = None,
    why: str = "",
) -> Changed:
    """Record facts as they hold from `on` (today if not said); None takes one back: it is then not known.

    `seen`: the values the user had before them; where somebody else has changed one since, nothing is written.
    `why`: the reason, or who they come from, kept with each; a local extension of scope is the manager's and needs one.

    Raises Invalid (no such fact or value, a day to come, nothing given), NotAllowed, NotFound, Stale.
    """
    roles.check(actor, "facts")
    if not values:
        raise Invalid("Name at least one fact, as FACT=VALUE. Nothing was saved.")
    if on is not None:
        refuse_future(on, today)
    reason = words(why, "The reason", longest=LONGEST_REASON) if why.strip() else ""
    given = {name: _checked(name, value) for name, value in values.items()}
    for name, kept in given.items():
        if kept and facts()[name].past:
            refuse_future(moment_of(kept), today)
    if "supervisor" in given:
        roles.check(actor, "allocate")
    reason = words(why, "The reason", longest=LONGEST_REASON) if why.strip() else ""
    if EXTENSION in given:
        roles.check(actor, "scope")
        if not reason:
            raise Invalid("A local extension of scope needs a reason. Nothing was saved.", field="why")
    with command(actor, case, "set " + ", ".join(given), today) as work:
        roles.check_facts(actor, _supervisor(work))
        held = work.story().held
        for name, value in given.items():
            known = held.get(name)
            now = known.value if known else None
            if seen is not None and name in seen and seen[name] != now:
                raise Stale(
                    f"Somebody has just changed {facts()[name].label} to {now or 'not known'}; you were about to "
                    f"record {value or 'not known'}. Nothing of yours was saved yet: look, and save again.",
                    mine=value,
                    theirs=now,
                )
            payload = p.FactPayload(value, known.extract if known else None, reason)
            work.add_to_line(p.FACT, name, payload, on=on)
        labels = ", ".join(facts()[name].label for name in given)
        work.sentence = f"{labels} recorded"
    work.sentence = f"Recorded: {labels}."
    return changed(work)


def _supervisor(work: Work) -> str:
    found = engine.run(store().database, "SELECT supervisor FROM standing WHERE number = ?", (work.case,)).fetchone()
    return str(found[0] or "") if found else ""


def _checked(name: str, value: str | None) -> str | None:
    if name not in facts():
        raise NotFound(f"There is no fact called “{name}”; wingdesk facts lists them all. Nothing was saved.")
    if value is None or value.strip().lower() == UNKNOWN:
        return None
    try:
        kept = normal(name, value)
    except NotAValue as error:
        raise Invalid(f"{error} Nothing was saved.", field=name) from error
    return staff_member(kept).id if facts()[name].type == "staff" else kept
