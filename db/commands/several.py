"""Acting on several people at once: one transaction, one line in the audit trail, one undo."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from db import engine, roles
from db.commands.contact import checked, log_in
from db.commands.duty import put_off_in
from db.commands.work import changed, command, keep_what_is_met, words
from db.current import store
from db.errors import Invalid, Stale
from db.rows import Actor, Changed, Contact
from policy.phrases import say

_CHUNK = 400
_NAMED = 4


def log_for_several(actor: Actor, meets: Mapping[str, Sequence[str]], contact: Contact, today: date) -> Changed:
    """Record one contact with several people, such as a group session; all of it or nothing.

    `meets`: for each prisoner number the duties it meets. What is one person's own – declining, a safety concern – is
    logged with them alone.

    Raises Invalid (nobody named, kind, text, a day to come, declined or safety), NotAllowed, NotFound, Stale (somebody
    has left since).
    """
    if not meets:
        raise Invalid("Name at least one person. Nothing was saved.")
    if contact.declined or contact.safety:
        raise Invalid("Declining and a safety concern are one person's own: log them with that person.")
    text, by = checked(actor, contact, today)
    parts = []
    with command(actor, None, f"log {contact.kind} with several", today) as work:
        _check_here(meets)
        for number, duties in meets.items():
            part = work.of(number)
            log_in(part, replace(contact, meets=tuple(duties)), text, by)
            parts.append(part)
        people = _people(len(meets))
        work.sentence = f"{contact.kind} of {say(contact.at)} with {people}"
        work.detail = f"{people}: {', '.join(meets)}"
    not_met = [f"{title} ({part.case})" for part in parts for title in keep_what_is_met(part, contact.at)]
    work.met = [name for part in parts for name in part.met]
    said = [f"Logged for {people}."]
    said += [f"{len(work.met)} {'duty' if len(work.met) == 1 else 'duties'} met."] if work.met else []
    said += [f"Recorded, but it does not meet: {_some(not_met)}."] if not_met else []
    work.sentence = " ".join([*said, "u undoes all of it."])
    return changed(work)


def defer_several(actor: Actor, duties: Mapping[str, Sequence[str]], to: date, why: str, today: date) -> Changed:
    """Put duties of several people off to one day, each once, with one reason; all of it or nothing.

    `duties`: for each prisoner number the duties, `id` or `id:key`. Raises as `defer`, and Stale where somebody left.
    """
    roles.check(actor, "work")
    reason = words(why, "The reason")
    if not any(duties.values()):
        raise Invalid("Name at least one person and duty. Nothing was saved.")
    with command(actor, None, "defer for several", today) as work:
        _check_here(duties)
        put_off: set[str] = set()
        for number, names in duties.items():
            part = work.of(number)
            for name in names:
                put_off_in(part, name, to, reason)
                put_off.add(part.sentence)
        people = _people(len(duties))
        work.sentence = f"{'; '.join(sorted(put_off))} for {people}"
        work.detail = f"{people}: {', '.join(duties)}"
    work.sentence = f"Put off to {say(to)} for {people}; the original dates are kept. u undoes all of it."
    return changed(work)


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _check_here(numbers: Iterable[str]) -> None:
    """Refuse where somebody has left since the user looked. Raises Stale."""
    wanted = list(numbers)
    gone = []
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        marks = ", ".join("?" * len(part))
        sql = f"SELECT surname, forenames FROM standing WHERE NOT present AND number IN ({marks})"
        gone += [f"{str(row[0]).upper()} {row[1]}" for row in engine.run(store().database, sql, part)]
    if gone:
        raise Stale(f"No longer here: {_some(gone)}. Nothing was saved: Esc leaves, and the list then shows it.")
