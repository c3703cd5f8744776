"""Saying that two numbers are, or are not, one person; and taking that back. Nothing is merged or moved."""

from datetime import date

from db import entries, roles
from db import payloads as p
from db.cases import existing
from db.commands.work import changed, command, words
from db.errors import Invalid, Stale
from db.rows import Actor, Changed

YES, NO = "yes", "no"
_TOLD = {YES: "one person", NO: "two people", "": "not said"}
_NOW = {YES: "are linked as one person", NO: "are two people", "": "are no longer decided about"}


def link(
    actor: Actor, number: str, other: str, same: bool, today: date, why: str = "", seen: str | None = None
) -> Changed:
    """Record that two numbers are one person, or are two people.

    `seen`: what had been said when the user looked (yes, no, ""). Raises Invalid, NotAllowed, NotFound, Stale.
    """
    return _say(actor, number, other, YES if same else NO, today, why, seen)


def unlink(actor: Actor, number: str, other: str, today: date, seen: str | None = None) -> Changed:
    """Take back what was said of two numbers: they are a possible pair again. Raises as `link`."""
    return _say(actor, number, other, "", today, "", seen)


def _say(actor: Actor, number: str, other: str, said: str, today: date, why: str, seen: str | None) -> Changed:
    roles.check(actor, "moves")
    number, other = existing(number), existing(other)
    if number == other:
        raise Invalid("That is the same number twice. Nothing was saved.")
    reason = words(why, "The reason", longest=500) if why.strip() else ""
    with command(actor, None, "say who is the same person", today) as work:
        for one, two in ((number, other), (other, number)):
            rows = entries.of_line(p.SAME, two, [one])[one]
            now = entries.current(rows)
            before = p.unpack(now[-1].payload, p.SamePayload).same if now else ""
            if seen is not None and seen != before:
                raise Stale(
                    f"Somebody else has just decided about {number} and {other}. Nothing was saved.",
                    mine=_TOLD[said],
                    theirs=_TOLD[before],
                )
            at = entries.last_of_line(rows, entries.line(one, p.SAME, two))
            work.add(p.SAME, two, p.SamePayload(said, reason), replaces=at, case=one)
        work.sentence = f"{number} and {other} {_NOW[said]}"
    work.sentence += "."
    return changed(work)
