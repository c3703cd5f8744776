"""Recalls in the demonstration: why, papers, barriers, what is kept, decisions; who is expected, and who has gone.

All of it is thrown with dice of its own, after everything else: no other figure of the prison moves with it.
"""

import pkgutil
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import msgspec

from db import payloads as p
from db.demo.dice import Dice
from db.demo.drafts import Draft, Drafts
from db.demo.history import Casefile
from db.demo.kinds import KINDS, RECALLED
from db.demo.people import number_of
from db.demo.sentences import working
from db.demo.words import names
from db.entries import Row
from db.recalls import CLOSED, EXPECTED, STARTED
from policy.recall import FORMAL_REVIEWS
from policy.recall_words import recall_words

FROM_CASES = 100
"""From so many cases on somebody is expected back, and some have been released from recall."""
_EXPECTED, _GONE = 2, 5


class _Barrier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    what: str
    about: str
    owner: str
    action: str
    alternatives: str


class _Keep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    what: str
    about: str
    action: str


class _Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reasons: dict[str, float]
    barrier: tuple[_Barrier, ...]
    keep: tuple[_Keep, ...]
    said: dict[str, tuple[str, ...]]


@cache
def _texts() -> _Texts:
    text = (pkgutil.get_data("db.demo", "recalls.toml") or b"").decode()
    return msgspec.convert(tomllib.loads(text), _Texts)


def recall_rows(file: Casefile, seed: int, index: int, command: str) -> list[Row]:
    """The finished rows of a case with those about its recall, if it has one."""
    returned = file.person.dates.returned
    if file.person.kind in RECALLED and returned is not None:
        _Recalled(file, returned, Dice("recall", seed, file.today, index)).write()
    return file.drafts.rows(command)


class _Recalled:
    """One recall being written."""

    def __init__(self, file: Casefile, returned: date, dice: Dice) -> None:
        self.file = file
        self.returned = returned
        self.dice = dice
        self.kind = KINDS[file.person.kind]
        self.back = (file.today - returned).days
        self.by = file.desk.supervisor or file.desk.administrator

    def write(self) -> None:
        """Started, unless they are only just back; then what has been recorded since."""
        if self.back <= 1 or (self.back <= 3 and self.dice.chance(0.5)):
            return
        said = {
            "stage": STARTED,
            "type": self.kind.recall,
            "days": self.kind.days,
            "returned": self.returned.isoformat(),
            "release": self.file.person.hand.get("recall-release", ""),
            "reasons": ",".join(self._reasons()),
        }
        self._add(p.RECALL, "1", said, self._day(0, 2))
        self._papers()
        self._decisions()
        if self.back > 8:
            self._keep()
        if self.kind.recall != "fixed-term" and self.back > 14:
            self._barriers()

    def _add(self, kind: str, key: str, said: dict[str, str], on: date, by: str = "") -> Draft:
        kept = {name: text for name, text in said.items() if text}
        return self.file.drafts.add(kind, key, kept, on, by or self.by)

    def _day(self, low: int, high: int) -> date:
        """A day so many days after the return, never ahead."""
        day = self.returned + timedelta(days=self.dice.between(low, high))
        return min(day, self.file.today)

    def _reasons(self) -> list[str]:
        weights = _texts().reasons
        found = [self.dice.weighted(weights)]
        if self.dice.chance(0.15):
            found.append(self.dice.weighted({one: share for one, share in weights.items() if one not in found}))
        return found

    def _papers(self) -> None:
        clerk = self.file.desk.administrator
        for paper in recall_words().paper:
            if paper.id == "part-b" and (self.back < 16 or self.kind.recall not in ("standard", "extended")):
                continue
            if self.dice.chance(0.62 if self.back < 5 else 0.86):
                day = self._day(16, 20) if paper.id == "part-b" else self._day(0, 4)
                said = {"recall": "1", "received": day.isoformat()}
                self._add(p.RECALL_PAPER, f"1:{paper.id}", said, day, clerk)

    def _decisions(self) -> None:
        """Each formal review recorded comes to a decision, and that was explained."""
        reviews = [one for one in self.file.drafts.listed if one.kind == p.MET and one.key in FORMAL_REVIEWS]
        for number, review in enumerate(reviews, start=1):
            on = date.fromisoformat(review.effective[:10])
            if on < self.returned or not isinstance(review.payload, p.MetPayload):
                continue
            outcome = review.payload.fields.get("outcome", "no-release")
            said = {"what": "formal review", "outcome": outcome, "why": self.dice.pick(_texts().said[outcome])}
            self._add(p.RECALL_DECISION, f"d{number}", said, on, self.file.desk.administrator)
            told = min(on + timedelta(days=self.dice.between(0, 3)), self.file.today)
            payload = p.MetPayload({"understood": "yes", "checked": "said it back"})
            self.file.drafts.add(p.MET, f"recall-decision-explained:d{number}", payload, told, self.by, "duty form")
        if self.kind.recall in ("standard", "extended") and self.back > 40 and self.dice.chance(0.3):
            on = working(self._day(35, self.back))
            route = self.dice.weighted({"executive": 0.5, "parole-board": 0.5})
            said = {"recall": "1", "by": "Offender manager", "route": route}
            self._add(p.RECALL_PROPOSAL, "", said | {"why": self.dice.pick(_texts().said["proposed"])}, on)

    def _keep(self) -> None:
        for number, one in enumerate(self.dice.shuffled(_texts().keep)[: self.dice.between(0, 2)], start=1):
            said = {"recall": "1", "what": one.what, "about": one.about, "action": one.action}
            self._add(p.RECALL_KEEP, f"k{number}", said, self._day(4, 12))

    def _barriers(self) -> None:
        chosen = self.dice.shuffled(_texts().barrier)[: self.dice.weighted({0: 0.25, 1: 0.4, 2: 0.25, 3: 0.1})]
        for number, one in enumerate(chosen, start=1):
            by = self.file.today + timedelta(days=self.dice.between(-6, 40))
            said = {
                "recall": "1",
                "what": one.what,
                "about": one.about,
                "owner": one.owner,
                "action": one.action,
                "alternatives": one.alternatives,
                "by": by.isoformat(),
            }
            self._add(p.RECALL_BARRIER, f"b{number}", said, self._day(10, max(10, self.back - 2)))


def others(cases: int, begin: date, today: date, seed: int, command: str, by: str) -> Iterator[tuple[str, list[Row]]]:
    """Who is expected back, and who was released from recall in the last half-year: by number, nobody who is here."""
    if cases < FROM_CASES:
        return
    for place in range(_EXPECTED + _GONE):
        number = number_of(cases + place, seed)
        dice = Dice("recalled elsewhere", seed, today, place)
        drafts = Drafts(number, cases + place, begin, today, dice)
        if place < _EXPECTED:
            _expect(drafts, dice, today, by)
        else:
            _gone(drafts, dice, today, by, before=place % 2 == 0)
        yield number, drafts.rows(command)


def _named(drafts: Drafts, dice: Dice, on: date, by: str) -> None:
    known = names()
    born = on - timedelta(days=int(dice.between(24, 48) * 365.25))
    facts = {
        "surname": dice.pick(known.surnames),
        "forenames": dice.pick(known.forenames),
        "date-of-birth": born.isoformat(),
        "sex": "male",
    }
    for fact, value in facts.items():
        drafts.add(p.FACT, fact, p.FactPayload(value), on, by)


def _expect(drafts: Drafts, dice: Dice, today: date, by: str) -> None:
    on = today - timedelta(days=dice.between(0, 2))
    _named(drafts, dice, on, by)
    said = {"stage": EXPECTED, "type": "standard", "reasons": dice.weighted(_texts().reasons), "told_by": "probation"}
    drafts.add(p.RECALL, "1", said, on, by)
    drafts.add(p.MET, "recall-warned", p.MetPayload({"by": "probation"}), on, by, "recall")


def _gone(drafts: Drafts, dice: Dice, today: date, by: str, *, before: bool) -> None:
    """Somebody back on a standard recall who left some weeks ago, before sentence end or at it."""
    left = today - timedelta(days=dice.between(20, 150))
    returned = left - timedelta(days=dice.between(50, 200))
    end = left + timedelta(days=dice.between(60, 300)) if before else left
    _named(drafts, dice, returned, by)
    facts = {
        "recall": "standard",
        "recall-returned": returned.isoformat(),
        "legal-status": "recall",
        "sentence-type": "determinate",
        "sentence-start": (returned - timedelta(days=900)).isoformat(),
        "sentence-expiry": end.isoformat(),
        "custody-start": returned.isoformat(),
        "arrival": returned.isoformat(),
    }
    for fact, value in facts.items():
        drafts.add(p.FACT, fact, p.FactPayload(value), returned, by)
    said = {"type": "standard", "returned": returned.isoformat(), "reasons": dice.weighted(_texts().reasons)}
    drafts.add(p.RECALL, "1", said | {"stage": STARTED}, returned, by)
    ended = {
        "stage": CLOSED,
        "released": left.isoformat(),
        "route": "executive" if before else "automatic",
        "why": _texts().said["why"][0 if before else 1],
    }
    drafts.add(p.RECALL, "1", said | ended, left, by)
    drafts.add(p.FACT, "left", p.FactPayload(left.isoformat()), left, by)
