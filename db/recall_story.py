"""A person's recalls, read from their rows: which there have been, which is the present one, what belongs to it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from db import entries
from db import payloads as p
from db.entries import Row
from db.recalls import CLOSED, EXPECTED, IN_EXTRACT, Barrier, Decision, Kept, Paper, RecallRow
from db.story import Story, moment_of
from policy.calendar import day_of
from policy.phrases import say
from policy.reading import Reading
from policy.recall_words import OUTCOMES, label_of, recall_words, type_words

T = TypeVar("T")


def fields(row: Row) -> dict[str, str]:
    """What a row about a recall holds."""
    return p.unpack(row.payload, dict[str, str])


def lines_of(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of every recall that count, by its key, in the order they were written."""
    found: dict[str, list[Row]] = {}
    for row in entries.live(rows):
        if row.kind == p.RECALL:
            found.setdefault(row.key, []).append(row)
    return found


def open_key(rows: Iterable[Row]) -> str:
    """The key of the recall that is recorded and not over; "" where there is none."""
    for key, line in reversed(lines_of(rows).items()):
        if fields(line[-1]).get("stage") != CLOSED:
            return key
    return ""


def expected(rows: Iterable[Row]) -> bool:
    """Whether somebody is expected back and nothing more is recorded of that recall."""
    rows = list(rows)
    key = open_key(rows)
    return bool(key) and fields(lines_of(rows)[key][-1]).get("stage") == EXPECTED


def recalls(told: Story, reading: Reading, rows: Sequence[Row]) -> list[RecallRow]:
    """Every recall, oldest first; the last is the present one where it is not over.

    One that only the facts speak of is told from them: an extract brought it, and nobody has started re-engagement.
    """
    found = [_recall(key, line) for key, line in lines_of(rows).items()]
    kind, returned = reading.ask("recall").value, reading.day("recall-returned")
    if kind in (None, "no") or told.case.gone:
        return found
    if found and found[-1].open:
        found[-1] = _with_facts(found[-1], told, reading)
    elif not found or returned is None or (found[-1].released or date.min) < returned:
        blank = RecallRow(str(len(found) + 1), IN_EXTRACT, "", "", (), None, None, None, None, "", (), None, "")
        found.append(_with_facts(blank, told, reading))
    return found


def _recall(key: str, line: list[Row]) -> RecallRow:
    now, first = fields(line[-1]), fields(line[0])
    told = first.get("stage") == EXPECTED
    return RecallRow(
        key,
        now.get("stage", ""),
        now.get("type", ""),
        now.get("days", ""),
        tuple(part for part in now.get("reasons", "").split(",") if part),
        _day(now.get("returned")),
        _day(now.get("release")),
        None,
        day_of(moment_of(line[0].effective)) if told else None,
        first.get("told_by", "") if told else "",
        tuple(words for row in line if (words := _change(row))),
        _day(now.get("released")),
        now.get("route", ""),
    )


def _with_facts(recall: RecallRow, told: Story, reading: Reading) -> RecallRow:
    """The present recall with what the facts say now: an extract or a correction may have come after it."""
    returned = reading.day("recall-returned")
    if recall.stage == EXPECTED and (returned is None or (recall.told_on and returned < recall.told_on)):
        return recall  # still expected: what the facts speak of is an earlier return
    days = reading.ask("recall-days").value
    fixed = reading.ask("recall").value == "fixed-term"
    return RecallRow(
        recall.key,
        IN_EXTRACT if recall.stage == EXPECTED else recall.stage,
        str(reading.ask("recall").value),
        str(days) if days and fixed else "",
        recall.reasons,
        returned,
        reading.day("recall-release"),
        reading.day("recall-computed-release") if fixed else None,
        recall.told_on,
        recall.told_by,
        recall.changes,
        recall.released,
        recall.route,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _change(row: Row) -> str:
    """A change of type in a sentence; "" for any other row."""
    said = fields(row)
    if not said.get("was"):
        return ""
    on = say(day_of(moment_of(row.effective)))
    moved = f" {said['moved']}" if said.get("moved") else ""
    return f"{on}: {said['was']} became {type_words(said['type'], said.get('days', ''))}. {said.get('why', '')}{moved}"


def _of(rows: Iterable[Row], kind: str, recall: str, make: Callable[[Row, dict[str, str]], T]) -> tuple[T, ...]:
    """What is recorded now of one kind and belongs to this recall."""
    found = ((row, fields(row)) for row in entries.current(rows) if row.kind == kind)
    return tuple(make(row, said) for row, said in found if said.get("recall", recall) == recall)


def barriers(rows: Iterable[Row], recall: str) -> tuple[Barrier, ...]:
    """The barriers of a recall, those that still stand first, in the order they were recorded."""

    def make(row: Row, said: dict[str, str]) -> Barrier:
        return Barrier(
            row.key,
            said.get("what", ""),
            said.get("about", ""),
            said.get("owner", ""),
            said.get("action", ""),
            _day(said.get("by")),
            said.get("alternatives", ""),
            _day(said.get("removed")),
            said.get("outcome", ""),
        )

    found = sorted(_of(rows, p.RECALL_BARRIER, recall, make), key=lambda one: one.key)
    return tuple(sorted(found, key=lambda one: one.removed is not None))


def kept(rows: Iterable[Row], recall: str) -> tuple[Kept, ...]:
    """The progress to keep."""
    return _of(
        rows,
        p.RECALL_KEEP,
        recall,
        lambda row, said: Kept(row.key, said.get("what", ""), said.get("about", ""), said.get("action", "")),
    )


def papers(rows: Iterable[Row], recall: str, kind: str) -> tuple[Paper, ...]:
    """Every paper a dossier of this type of recall has, received or missing."""
    here = dict(
        _of(rows, p.RECALL_PAPER, recall, lambda row, said: (row.key.partition(":")[2], _day(said.get("received"))))
    )
    wanted = [one for one in recall_words().paper if one.id != "part-b" or kind in ("standard", "extended", "")]
    return tuple(Paper(one.id, one.label, here.get(one.id)) for one in wanted)


def decisions(rows: Iterable[Row], returned: date | None) -> tuple[Decision, ...]:
    """Proposals, reviews and decisions since the return, the latest first."""
    found = []
    for row in entries.current(rows):
        on = day_of(moment_of(row.effective))
        if row.kind not in (p.RECALL_DECISION, p.RECALL_PROPOSAL) or (returned and on < returned):
            continue
        said = fields(row)
        what = "proposal" if row.kind == p.RECALL_PROPOSAL else said.get("what", "decision")
        found.append(
            Decision(
                row.key,
                what,
                on,
                said.get("by", ""),
                said.get("route", ""),
                said.get("outcome", ""),
                said.get("why", ""),
                _day(said.get("next")),
            )
        )
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def told_row(row: Row) -> tuple[str, str]:
    """A row about a recall for the history of the case: a summary, and the rest."""
    said, words = fields(row), recall_words()
    if row.kind == p.RECALL:
        over = "recall over: released" if said.get("released") else "recall called off"
        what = {EXPECTED: "expected back", CLOSED: over}.get(said.get("stage", ""), "recall")
        if said.get("was"):
            what = f"recall: {said['was']} became"
        reasons = ", ".join(label_of(words.reason, one) for one in said.get("reasons", "").split(",") if one)
        kind = type_words(said.get("type", ""), said.get("days", ""))
        more = f"{said.get('why', '')} {said.get('moved', '')}".strip()
        return f"{what} ({kind})" if said.get("stage") == CLOSED else f"{what} {kind}", more or reasons
    if row.kind == p.RECALL_PAPER:
        state = "received" if said.get("received") else "not received"
        return f"dossier: {label_of(words.paper, row.key.partition(':')[2])}, {state}", ""
    if row.kind == p.RECALL_BARRIER:
        state = "barrier removed" if said.get("removed") else "barrier to release"
        told = "; ".join(said[name] for name in ("about", "action", "alternatives", "outcome") if said.get(name))
        return f"{state}: {label_of(words.barrier, said.get('what', ''))}", told
    if row.kind == p.RECALL_KEEP:
        return f"to keep: {label_of(words.keep, said.get('what', ''))}", said.get("about", "")
    route = label_of(words.route, said["route"]) if said.get("route") else ""
    if row.kind == p.RECALL_PROPOSAL:
        return f"re-release proposed by {said.get('by', '')}" + (f", {route}" if route else ""), said.get("why", "")
    outcome = OUTCOMES.get(said.get("outcome", ""), said.get("outcome", ""))
    return f"{said.get('what', 'decision')}: {outcome}", said.get("why", "")
