"""What every command does around its own work: one transaction, rows, duties, audit, and what moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import date
from typing import Any

import msgspec

from db import audit, entries, standing, story
from db.cases import existing
from db.current import desk, store
from db.entries import Row
from db.errors import Invalid
from db.rows import Actor, Changed, DutyRow, State
from db.texts import text_of
from db.views import duties
from policy.calendar import Moment, day_of
from policy.phrases import say

RESTRICTED_CHANGED = "restricted record changed"
"""All the audit trail says of a command that wrote something need-to-know; the line is the manager's."""


class Work:
    """A command under way: who, when, about whom, and the rows it will write."""

    def __init__(self, actor: Actor, case: str | None, verb: str, today: date) -> None:
        self.actor = actor
        self.case = case
        self.verb = verb
        self.today = today
        self.id = entries.new_id()
        self._ids = entries.new_ids()
        self.at = audit.next_stamp(store())
        self.rows: list[Row] = []
        self.met: list[str] = []
        self.sentence = ""
        self.detail = ""
        self.before: list[Row] = entries.of_case(case) if case else []

    def add(
        self,
        kind: str,
        key: str,
        payload: msgspec.Struct | dict[str, str],
        *,
        on: Moment | None = None,
        source: str = "hand",
        replaces: str | None = None,
        withdrawn: bool = False,
        case: str | None = None,
        restricted: bool = False,
    ) -> Row:
        """Add a row; `on` is when it happened in the world, today if not said; `restricted`: need-to-know."""
        row = Row(
            next(self._ids),
            case or self.case,
            kind,
            key,
            text_of(on if on is not None else self.today) or "",
            self.today.isoformat(),
            self.at,
            self.actor.staff,
            self.actor.terminal,
            source,
            replaces,
            withdrawn,
            self.id,
            msgspec.json.encode(payload).decode(),
            restricted,
        )
        self.rows.append(row)
        return row

    def add_to_line(self, kind: str, key: str, payload: msgspec.Struct, **more: Any) -> Row:
        """Add a row that replaces the last of its line, or begins it."""
        known = self.before if self.case else entries.of_kind(kind, key)
        at = entries.last_of_line([*known, *self.rows], entries.line(self.case, kind, key))
        return self.add(kind, key, payload, replaces=at, **more)

    def of(self, case: str) -> "Work":
        """The part of this command that is about one of several cases; what it adds is written with all the rest."""
        part = copy(self)
        part.case = existing(case)
        part.before = entries.of_case(part.case)
        part.met = []
        return part

    def story(self) -> story.Story:
        """The case as it is before this command."""
        return story.read(self.case or "", self.before, self.today)

    def duties(self) -> list[DutyRow]:
        """The case's duties as stored, settled ones too."""
        return duties.of_cases([self.case or ""], self.today, live=False)[self.case or ""]


@contextmanager
def command(actor: Actor, case: str | None, verb: str, today: date, *, known: bool = True) -> Iterator[Work]:
    """One command: all inside is written together, audited, and the case's duties worked out anew; or nothing is.

    `known`: False for somebody the record may not know yet, whose number has been checked.

    Raises NotFound where there is no such case, Stale where somebody else changed the same thing first.
    """
    with store().write():
        if case is not None and known:
            case = existing(case)
        work = Work(actor, case, verb, today)
        yield work
        entries.insert(work.rows)
        told = [row for row in work.rows if not row.restricted]
        touched = {row.case for row in told if row.case}
        if touched == {case} and case is not None:
            standing.restate(case, [*work.before, *told], today)
        else:
            standing.rebuild(sorted(touched), today)
        digest, count = audit.digest_rows(work.rows)
        restricted = len(told) < len(work.rows)
        line = audit.Line(
            actor.staff,
            actor.terminal,
            RESTRICTED_CHANGED if restricted else verb,
            today.isoformat(),
            case,
            work.id if work.rows else None,
            digest,
            count,
            restricted,
            "" if restricted else work.detail,
        )
        audit.append(store(), line)
    if work.rows:
        desk().done.append((work.id, work.sentence or verb))


def changed(work: Work) -> Changed:
    """What a command gives back."""
    return Changed(work.case or "", tuple(row.id for row in work.rows), tuple(work.met), work.id, work.sentence)


def keep_what_is_met(work: Work, on: Moment) -> list[str]:
    """Leave in `work.met` only the duties that what was recorded does meet; gives the short titles of the others."""
    rows = {row.name: row for row in work.duties()}
    not_met = []
    for name in list(work.met):
        row = rows.get(name)
        if row is None or not (row.state is State.MET or (row.met_on is not None and row.met_on >= day_of(on))):
            work.met.remove(name)
            not_met.append(row.discreet_title if row else name)
    return not_met


def what_moved(work: Work, on: Moment) -> str:
    """What follows from the duties met: when each is next due, or which are done, or that one is not met by this."""
    if not work.met:
        return ""
    not_met = keep_what_is_met(work, on)
    met = {name.partition(":")[0] for name in work.met}
    rules = standing.rules().rules
    said = []
    for duty in duties.of_cases([work.case or ""], work.today)[work.case or ""]:
        # A first meeting starts the clock of the meetings after it.
        started = rules[duty.id].text.trigger == "repeat" and not met.isdisjoint(rules[duty.id].met_by)
        if duty.due and (started or duty.name in work.met):
            said.append(f"Next: {duty.discreet_title}, by {say(day_of(duty.due))}.")
    if not said and work.met:
        titles = dict.fromkeys(rules[name.partition(":")[0]].short for name in work.met)
        said.append(f"Met: {', '.join(titles)}.")
    if not_met:
        said.append(f"Recorded, but it does not meet: {', '.join(not_met)}.")
    return " ".join(said)


def refuse_future(on: Moment, today: date) -> None:
    """Refuse a day that has not come. Raises Invalid."""
    if day_of(on) > today:
        raise Invalid(f"{say(on)} has not come yet; today is {say(today)}. Nothing was saved.", field="on")


def words(text: str, what: str, *, longest: int = 20000) -> str:
    """A text somebody typed, trimmed, or a sentence asking for one. Raises Invalid."""
    trimmed = text.strip()
    if not trimmed:
        raise Invalid(f"{what} is missing. Nothing was saved.")
    if len(trimmed) > longest:
        raise Invalid(f"{what} is longer than {longest} characters. Nothing was saved.")
    return trimmed
