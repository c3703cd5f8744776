"""Answering what an extract could not settle, for one person or for several with the same answer."""

from collections.abc import Mapping, Sequence
from datetime import date

from db import engine, entries, roles, story
from db import payloads as p
from db.commands.moves import NOTHING, checked, close, record_facts
from db.commands.work import Work, changed, command, words
from db.current import store
from db.errors import Invalid, Stale
from db.rows import Actor, Changed
from policy.facts import facts

BY_HAND, EXTRACT, NOTED = "by-hand", "extract", "noted"
"""Keep what was recorded by hand; take over what the extract says; take note, nothing changes."""


def answer(
    actor: Actor,
    about: Mapping[str, Sequence[str]],
    how: str,
    today: date,
    values: Mapping[str, str] | None = None,
    note: str = "",
    seen: Mapping[tuple[str, str], str] | None = None,
) -> Changed:
    """Answer open questions (prisoner number → what each is about), all in the same way, in one transaction.

    `how`: BY_HAND or EXTRACT for corrections the extract speaks against; NOTED for the rest, with the facts `values`
    that were found out, or a `note`. `seen`: what the extract said of each when the user looked.
    Raises Invalid, NotAllowed, Stale where one is no longer open, or the extract says something else by now.
    """
    roles.check(actor, "moves")
    if how not in (BY_HAND, EXTRACT, NOTED):
        raise Invalid(f"There is no such answer. {NOTHING}")
    given = {name: checked(name, value) for name, value in (values or {}).items()}
    said = words(note, "The note", longest=500) if note.strip() else how
    numbers = [number for number, questions in about.items() if questions]
    if not numbers:
        raise Invalid(f"Choose at least one question. {NOTHING}")
    with command(actor, numbers[0] if len(numbers) == 1 else None, "answer an extract's question", today) as work:
        for number, rows in entries.of_cases(numbers):
            told = story.read(number, rows, today)
            open_now = {row.key for row, _ in told.questions}
            for name in about[number]:
                fact = fact_of(name)
                held = told.held.get(fact) if fact else None
                disputed = held is not None and held.in_question
                if name not in open_now and not disputed:
                    raise Stale(f"Somebody has just answered this about {_name(number)}. {NOTHING} Look again.")
                said_now = held.extract if held is not None else None
                if seen is not None and seen.get((number, name), said_now) != said_now:
                    raise Stale(
                        f"Another extract has been taken in since, about {_name(number)}. {NOTHING} Look again.",
                        mine=seen[number, name],
                        theirs=said_now,
                    )
                if held is not None and disputed and fact and how in (BY_HAND, EXTRACT):
                    _settle(work, rows, number, fact, held.extract if how == EXTRACT else held.value)
                close(work, rows, name, said, number)
            record_facts(work, rows, number, given, today)
        count = sum(len(about[number]) for number in numbers)
        who = _name(numbers[0]) if len(numbers) == 1 else f"{len(numbers)} people"
        work.sentence = f"{count} {'question' if count == 1 else 'questions'} answered, {who}"
    work.sentence += "." if len(numbers) == 1 else ". u undoes all of it."
    return changed(work)


def fact_of(about: str) -> str:
    """The fact a question is about: its name, or (a correction) its label; "" where it is about none."""
    if about in facts():
        return about
    return next((name for name, fact in facts().items() if fact.label == about), "")


def _settle(work: Work, rows: Sequence[entries.Row], number: str, fact: str, value: str | None) -> None:
    held = story.read(number, rows, work.today).held[fact]
    at = entries.last_of_line(rows, entries.line(number, p.FACT, fact))
    work.add(p.FACT, fact, p.FactPayload(value, held.extract), replaces=at, case=number)


def _name(number: str) -> str:
    sql = "SELECT surname, forenames FROM standing WHERE number = ?"
    found = engine.run(store().database, sql, (number,)).fetchone()
    return f"{str(found[0]).upper()} {found[1]}".strip() if found else number
