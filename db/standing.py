"""The derived tables: every duty in absolute dates, and one row a person that the caseload reads.

Rewritten inside the transaction of the command that changed a case, or by `refresh` when the rules
or time alone changed it. `verify` rebuilds them and compares (record.md, Duties are stored).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from db import engine, entries, story
from db import payloads as p
from db.columns import DUTY_COLUMNS, STANDING_COLUMNS
from db.current import store
from db.models import NEVER
from db.overrides import overrides_in_force
from db.recall_story import expected
from db.recalls import EXPECTED
from db.texts import plain, text_of
from policy import tier
from policy.calendar import day_of
from policy.duties import Due, Evaluation, evaluate
from policy.places import place_of, wing_of
from policy.release import release_words
from policy.rulebook import Rulebook, rulebook
from policy.urgency import FORCE_ORDER

_CHUNK = 400
# Rows that alone make nobody: what was asked, not what is known.
_ABOUT_NOBODY = frozenset({p.GONE, p.QUESTION})


def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


_INSERT_DUTY = _insert("duty", DUTY_COLUMNS)
_INSERT_STANDING = _insert("standing", STANDING_COLUMNS)
_SELECT_DUTIES = f'SELECT {", ".join(f"{chr(34)}{name}{chr(34)}" for name in DUTY_COLUMNS)} FROM duty WHERE "case" = ?'
_UPDATE_STANDING = f"UPDATE standing SET {', '.join(f'{name} = ?' for name in STANDING_COLUMNS[1:])} WHERE number = ?"


def rules() -> Rulebook:
    """The rulebook in force in the open record, with the establishment's overrides."""
    return rulebook(overrides_in_force())


def rebuild(numbers: Iterable[str], today: date, *, fresh: bool = False) -> None:
    """Work out the duties and standing of these people anew and store them, inside the caller's transaction.

    `fresh`: none of them has any yet, so there is nothing to take away first.
    """
    book = rules()
    database = store().database
    wanted = list(numbers)
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        if not fresh:
            marks = ", ".join("?" * len(part))
            engine.run(database, f'DELETE FROM duty WHERE "case" IN ({marks})', part)
            engine.run(database, f"DELETE FROM standing WHERE number IN ({marks})", part)
        duties: list[tuple[object, ...]] = []
        standings: list[tuple[object, ...]] = []
        for number, rows in entries.of_cases(part):
            if counts(rows):
                standing, own = derive(number, rows, today, book)
                duties.extend(own)
                standings.append(standing)
        engine.run_many(database, _INSERT_DUTY, duties)
        engine.run_many(database, _INSERT_STANDING, standings)


def restate(number: str, rows: list[entries.Row], today: date) -> None:
    """Store anew what one command changed of a person's duties and standing, inside the caller's transaction.

    `rows`: everything recorded about them, what the command wrote included. Only what differs is written.
    """
    database = store().database
    if not counts(rows):
        engine.run(database, 'DELETE FROM duty WHERE "case" = ?', (number,))
        engine.run(database, "DELETE FROM standing WHERE number = ?", (number,))
        return
    standing, duties = derive(number, rows, today, rules())
    wanted = {row[1:3]: row for row in duties}
    stored = {tuple(row[1:3]): tuple(row) for row in engine.run(database, _SELECT_DUTIES, (number,))}
    gone = [(number, *key) for key, row in stored.items() if wanted.get(key) != row]
    engine.run_many(database, 'DELETE FROM duty WHERE "case" = ? AND duty = ? AND key = ?', gone)
    engine.run_many(database, _INSERT_DUTY, [row for key, row in wanted.items() if stored.get(key) != row])
    if not engine.run(database, _UPDATE_STANDING, (*standing[1:], number)).rowcount:
        engine.run(database, _INSERT_STANDING, standing)


def counts(rows: Iterable[entries.Row]) -> bool:
    """Whether anything recorded about somebody still stands; where all of it was taken back, nobody is there."""
    listed = list(rows)
    standing = entries.live(listed) if any(row.withdrawn for row in listed) else listed
    return any(row.kind not in _ABOUT_NOBODY for row in standing)


def derive(
    number: str, rows: list[entries.Row], today: date, book: Rulebook
) -> tuple[tuple[object, ...], list[tuple[object, ...]]]:
    """One person's standing row and duty rows, from the rows of the record."""
    told = story.read(number, rows, today)
    evaluation = evaluate(told.case, today, book)
    duties = [duty_row(number, due) for due in evaluation.duties]
    reading = evaluation.reading
    held = {name: one.value for name, one in told.held.items() if one.value is not None}
    scope = reading.ask("scope")
    tier_now = tier.tier(reading)
    release = reading.day("release")
    cell = held.get("cell", "")
    standing = (
        number,
        held.get("surname", ""),
        held.get("forenames", ""),
        plain(f"{held.get('surname', '')} {held.get('forenames', '')} {number} {cell} {cell.replace('-', '')}"),
        cell,
        wing_of(cell),
        place_of(cell, held.get("status", ""), held.get("movement", "")),
        held.get("supervisor"),
        tier_now,
        tier.order(tier_now),
        held.get("rosh"),
        ",".join(_flags(held, reading.ask("foreign-national").value == "yes", story.held_by_programme(told))),
        told.last_seen.isoformat() if told.last_seen else "",
        release and release.isoformat(),
        release_words(reading),
        str(scope.value or "unknown"),
        scope.words,
        told.case.gone is None,
        text_of(told.case.gone) or "",
        _recall(told, rows),
        *_nearest(evaluation.duties),
        *_rest(evaluation.duties, today),
        today.isoformat(),
        book.digest,
        _recheck_on(evaluation, today),
        msgspec.json.encode(_missing(evaluation.duties)).decode(),
    )
    return standing, duties


def _recall(told: story.Story, rows: list[entries.Row]) -> str | None:
    """The type of recall, no, or `expected` for somebody who is to come back on one; None where that is asked about."""
    held = told.held.get("recall")
    recorded = held.value if held else None
    away = told.case.gone is not None
    waits = away or (recorded in (None, "no") and "recall" not in told.case.doubted)
    if waits and any(row.kind == p.RECALL for row in rows) and expected(rows):
        return EXPECTED
    return recorded


def duty_row(number: str, due: Due) -> tuple[object, ...]:
    """A duty as stored, its values in the order of `DUTY_COLUMNS`."""
    return (
        number,
        due.id,
        due.key,
        due.title,
        due.short,
        due.owner,
        due.force,
        due.figure,
        text_of(due.opens),
        text_of(due.due),
        due.base,
        due.why,
        due.source,
        due.short_notice,
        text_of(due.last_working_day),
        text_of(due.deferred_to),
        False,
        text_of(due.met_on),
        ",".join(due.missing),
    )


def _until(due: Due) -> str:
    """The day a duty counts to, put off or not."""
    day = due.deferred_to or (due.due and day_of(due.due))
    return day.isoformat() if day else NEVER


def _nearest(duties: Iterable[Due]) -> tuple[str, str, str, str]:
    """The earliest day of each sort of live duty: safety, mandatory, expected, local."""
    days = dict.fromkeys(("safety", "mandatory", "expected", "local"), NEVER)
    for due in duties:
        if due.base in ("live", "safety"):
            kind = "safety" if due.base == "safety" else due.force
            days[kind] = min(days[kind], _until(due))
    return days["safety"], days["mandatory"], days["expected"], days["local"]


def _rest(duties: Iterable[Due], today: date) -> tuple[int, int, str]:
    """Where a case stands when nothing is due within the week: rank, force and day of its first duty.

    It stays so until `recheck_on`, since the next opening is a day to look again.
    """
    best = (9, 9, NEVER)
    for due in duties:
        if due.base == "unknown":
            standing = 6
        elif due.base == "live":
            standing = 7 if due.opens is None or due.opens <= today else 8
        else:
            continue
        best = min(best, (standing, FORCE_ORDER[due.force], _until(due)))
    return best


def _recheck_on(evaluation: Evaluation, today: date) -> str:
    days = [due.opens for due in evaluation.duties if due.base == "live" and due.opens and due.opens > today]
    if evaluation.recheck_on:
        days.append(evaluation.recheck_on)
    return min(days).isoformat() if days else NEVER


def _missing(duties: Iterable[Due]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for due in duties:
        for fact in due.missing:
            found.setdefault(fact, []).append(due.id)
    return found


_FLAGS = (
    ("ppo", "yes", "PPO"),
    ("acct", "yes", "ACCT"),
    ("victim-inquiry", "yes", "victim"),
    ("sexual-violent-offence", "yes", "sexual or violent offence"),
    ("care-leaver", "yes", "care leaver"),
    ("social-care-need", "yes", "social care"),
    ("drug-need", "yes", "drug need"),
)


def _flags(held: Mapping[str, str], foreign: bool, programme: bool) -> Iterator[str]:
    """The words beside a name, shown only when revealed."""
    level = held.get("mappa-level")
    if level or held.get("mappa-eligible") == "yes":
        yield f"MAPPA {level}" if level else "MAPPA"
    for fact, value, word in _FLAGS:
        if held.get(fact) == value:
            yield word
    if held.get("recall") not in (None, "no"):
        yield "recall"
    if foreign:
        yield "FNO"
    if held.get("transfer-hold") or programme:
        yield "hold"
