"""What an extract's codes say: alerts, legal and imprisonment statuses, movements, recall types.

Our reading of the codes is `codes.toml`; the code tables themselves are beside it in `data/` (see
its licence note). Source: cli.md, Extracts; record.md, Facts; rulebook.md, Recall.
"""

import csv
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import msgspec

from policy.schema import read_toml, shipped

YesNo = Literal["yes", "no"]
SentenceType = Literal["determinate", "extended", "ipp", "life"]
RecallType = Literal["standard", "fixed-term", "hdc", "extended", "ipp", "life"]


class AlertRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What some alerts say about a fact.

    Attributes:
        codes: the alerts; a `*` at the end stands for any rest.
        fact: the fact they are evidence of.
        active: its value while one of them is active.
        inactive: its value once all of them are over; empty: they say nothing then.
        rank: of several that are active the highest counts.
        together: every active one counts, as a list.
    """

    codes: tuple[str, ...]
    fact: str
    active: str
    inactive: str = ""
    rank: int = 0
    together: bool = False


class LegalStatus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A legal status: the fact's value (empty: not known), whether sentenced, what it says about recall."""

    word: str
    sentenced: bool
    value: str = ""
    recall: YesNo | None = None
    died: bool = False


class RecallKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of recall, the codes that mean it, and the days of a fixed term where the code settles them."""

    type: RecallType
    codes: tuple[str, ...]
    days: Literal["14", "28"] | None = None


class SentenceKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of sentence and the imprisonment statuses that mean it."""

    type: SentenceType
    codes: tuple[str, ...]


class Movements(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Which movements, as type and reason (`ADM-INT`), are a transfer in, may be one, and say somebody died."""

    transfer_in: tuple[str, ...]
    unclear: tuple[str, ...]
    died: tuple[str, ...]


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Units called by three letters."""

    codes: tuple[str, ...]


class NoDate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Years that stand for no date."""

    years: tuple[int, ...]


class Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Everything in `codes.toml`."""

    alert: tuple[AlertRule, ...]
    legal: tuple[LegalStatus, ...]
    sentence: tuple[SentenceKind, ...]
    recall: tuple[RecallKind, ...]
    movement: Movements
    place: dict[str, str]
    out: dict[str, str]
    units: Units
    no_date: NoDate


class ImprisonmentStatus(NamedTuple):
    """A row of the table of imprisonment statuses."""

    code: str
    description: str
    legal_status: str
    recall: YesNo


@cache
def codes() -> Codes:
    """Our reading of the codes, checked against its schema when first read."""
    return read_toml(shipped("codes.toml"), Codes, "codes.toml")


def _table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(shipped(f"data/{name}.csv").splitlines()))


@cache
def imprisonment_statuses() -> dict[str, ImprisonmentStatus]:
    """The table of imprisonment statuses by code; extracts carry codes that are not in it."""
    return {
        row["imprisonmentStatus"]: ImprisonmentStatus(
            row["imprisonmentStatus"],
            row["description"],
            row["legalStatus"],
            "yes" if row["recallCode"] == "Y" else "no",
        )
        for row in _table("imprisonment_statuses")
    }


@cache
def alert_names() -> dict[str, str]:
    """What each alert code is called."""
    return {row["alertCode"]: row["description"] for row in _table("alert_codes")}


@cache
def movement_names() -> dict[str, str]:
    """What each movement, as type and reason (`ADM-INT`), is called."""
    return {f"{row['movementType']}-{row['reasonCode']}": row["description"] for row in _table("movement_reasons")}


@cache
def recall_reasons() -> dict[str, str]:
    """The reasons for a recall by code."""
    return {row["code"]: row["label"] for row in _table("recall_reasons")}


def fits(code: str, patterns: tuple[str, ...]) -> bool:
    """Whether a code is one of these; a pattern's `*` at its end stands for any rest."""
    return any(code.startswith(p[:-1]) if p.endswith("*") else code == p for p in patterns)


@lru_cache(maxsize=4096)
def alert_rules(code: str) -> tuple[AlertRule, ...]:
    """What an alert code says, one rule for each fact; nothing for most codes."""
    found: dict[str, AlertRule] = {}
    for rule in codes().alert:
        if fits(code, rule.codes):
            found.setdefault(rule.fact, rule)
    return tuple(found.values())


@cache
def _legal_statuses() -> dict[str, LegalStatus]:
    return {status.word: status for status in codes().legal}


def legal_status(word: str) -> LegalStatus | None:
    """What a legal status says; None for one that is not listed."""
    return _legal_statuses().get(word)


@lru_cache(maxsize=4096)
def sentence_type(code: str) -> SentenceType | None:
    """The type of sentence an imprisonment status settles by itself: extended, IPP or life; otherwise None."""
    return next((kind.type for kind in codes().sentence if fits(code, kind.codes)), None)


@lru_cache(maxsize=4096)
def recall_kind(code: str) -> RecallKind | None:
    """The type of recall an imprisonment status means; None where it means none."""
    return next((kind for kind in codes().recall if fits(code, kind.codes)), None)


@lru_cache(maxsize=4096)
def status_says_recall(code: str) -> YesNo | None:
    """What an imprisonment status says about recall: its table's column, else a recall's code; None: nothing."""
    listed = imprisonment_statuses().get(code)
    if listed is not None:
        return listed.recall
    return "yes" if recall_kind(code) else None


@cache
def _recall_movements() -> frozenset[str]:
    return frozenset(
        f"{row['movementType']}-{row['reasonCode']}"
        for row in _table("movement_reasons")
        if row["recallPerResettlementPassport"] == "Y"
    )


def movement_says_recall(movement: str) -> bool:
    """Whether a movement is a return on recall; any other says nothing about it."""
    return movement in _recall_movements()


def transferred_in(movement: str) -> YesNo | None:
    """Whether a movement, as type and reason (`ADM-INT`), brought somebody from another prison (record.md, Facts).

    None: no movement is given, or it does not tell.
    """
    if not movement or fits(movement, codes().movement.unclear):
        return None
    return "yes" if fits(movement, codes().movement.transfer_in) else "no"


def says_died(legal: str, movement: str, imprisonment_status: str) -> bool:
    """Whether any of the three says that the person has died."""
    status = legal_status(legal)
    listed = imprisonment_statuses().get(imprisonment_status)
    said = listed and legal_status(listed.legal_status)
    return bool((status and status.died) or (said and said.died) or fits(movement, codes().movement.died))
