"""Whether an extract says that somebody is back in custody on recall: believed when its signals agree.

Source: cli.md, Extracts; rulebook.md, Recall ("Signals that disagree … are shown and asked about,
never guessed").
"""

from typing import Literal, NamedTuple

from policy.codes import (
    YesNo,
    legal_status,
    movement_names,
    movement_says_recall,
    recall_kind,
    status_says_recall,
)


class Signals(NamedTuple):
    """What an extract says about recall: the flag, and three codes as given (empty: not given)."""

    flag: YesNo | None
    legal: str
    imprisonment_status: str
    movement: str


class RecallFound(NamedTuple):
    """What the signals come to.

    Attributes:
        value: `no`, a type of recall, or empty where it is not known.
        days: of a fixed-term recall, where the code settles them; else empty.
        ask: why somebody must be asked; empty where nobody need be.
        evidence: what each signal says, in words.
        signalled: whether any signal speaks of a recall.
    """

    value: str
    days: str
    ask: str
    evidence: str
    signalled: bool


class _Said(NamedTuple):
    words: str
    answer: YesNo
    source: Literal["flag", "legal", "status", "movement"]


def _spoken(signals: Signals) -> list[_Said]:
    said: list[_Said] = []
    if signals.flag is not None:
        said.append(_Said(f"recall flag {signals.flag}", signals.flag, "flag"))
    legal = legal_status(signals.legal)
    if legal is not None and legal.recall is not None:
        said.append(_Said(f"legal status {signals.legal}", legal.recall, "legal"))
    status = status_says_recall(signals.imprisonment_status)
    if status is not None:
        words = f"imprisonment status {signals.imprisonment_status} ({'recall' if status == 'yes' else 'no recall'})"
        said.append(_Said(words, status, "status"))
    if movement_says_recall(signals.movement):
        name = movement_names()[signals.movement]
        said.append(_Said(f"last movement {signals.movement} ({name})", "yes", "movement"))
    return said


def find_recall(signals: Signals) -> RecallFound:
    """Recalled and how, not recalled, not known, or a question.

    All that speak must agree, and a movement alone is not enough: it may belong to an earlier return.
    """
    said = _spoken(signals)
    evidence = "; ".join(each.words for each in said)
    signalled = any(each.answer == "yes" for each in said)
    if not said:
        return RecallFound("", "", "", "", False)
    if not signalled:
        return RecallFound("no", "", "", evidence, False)
    if any(each.answer == "no" for each in said):
        return RecallFound(
            "", "", "The signals of a recall disagree. Is this person on recall, and which type?", evidence, True
        )
    if all(each.source == "movement" for each in said):
        ask = "Only the last movement speaks of a recall. Is this person on recall, and which type?"
        return RecallFound("", "", ask, evidence, True)
    kind = recall_kind(signals.imprisonment_status)
    if kind is None:
        given = signals.imprisonment_status or "not given"
        if f"imprisonment status {given}" not in evidence:
            evidence = f"{evidence}; imprisonment status {given}"
        return RecallFound("", "", "This person is on recall, but the type is not clear. Which is it?", evidence, True)
    return RecallFound(kind.type, kind.days or "", "", evidence, True)
