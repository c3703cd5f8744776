"""Checklists of the demonstration: outcomes, needs, signpostings, and a directory of services.

They have dice of their own, and add nothing that is late or due within the week: who needs whom stays as it was.
"""

import pkgutil
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

import msgspec

from db import payloads as p
from db.checklist import ACTIVITY, FOLLOW_UP
from db.checklists import Status
from db.demo.causes import OVERDUE, TODAY, UNKNOWN, WEEK
from db.demo.dice import Dice
from db.demo.drafts import Drafts
from db.demo.plan import HERE, SIGN_INS, Place
from db.demo.sentences import working
from db.entries import Row, line
from policy.case import MET
from policy.catalogue import Activity, catalogue
from policy.phrases import slug
from policy.schema import read_toml

_BUSY = frozenset({OVERDUE, TODAY, WEEK, UNKNOWN})
"""Cases with something more pressing than what is marked as needed here."""
_PLACE = 0x8000000
"""Where the ids of these rows begin, apart from the person's other rows."""
_KNOWN_FOR = 21
"""Days somebody has been known before more than the screening stands on a checklist."""


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A signposting: which activity, to whom."""

    activity: str
    to: str


class Service(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A service; `checked` in days ago."""

    title: str
    provider: str
    where: str
    pathway: str
    serves: str
    eligibility: str
    how: str
    waiting: str
    contact: str
    checked: int


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    outcomes: Mapping[str, tuple[str, ...]]
    not_needed: Mapping[str, tuple[str, ...]]
    sent: tuple[Sent, ...]
    service: tuple[Service, ...]


@cache
def said() -> Said:
    """What the checklists of the demonstration say."""
    text = (pkgutil.get_data("db.demo", "checklists.toml") or b"").decode()
    return read_toml(text, Said, "checklists.toml")


def checklist_rows(
    number: str, place: Place, rows: list[Row], begin: date, today: date, dice: Dice, command: str
) -> list[Row]:
    """The rows of one person's checklist, after everything else about them."""
    since = date.fromisoformat(rows[0].effective[:10])
    if (today - since).days < _KNOWN_FOR:
        return []
    drafts = Drafts(number, _PLACE + place.index, begin, today, dice)
    by = place.supervisor or SIGN_INS[2].id
    _Writer(drafts, by, since, place.mood in _BUSY, place.supervisor == HERE).write()
    return drafts.rows(command)


def service_rows(begin: date, today: date, dice: Dice) -> Iterator[Row]:
    """The services directory."""
    drafts = Drafts(None, 0xFFFFFFE, begin, today, dice)
    for one in said().service:
        given = {name: str(value) for name, value in msgspec.to_builtins(one).items()}
        given["checked"] = (today - timedelta(days=one.checked)).isoformat()
        key = slug(one.title)
        payload = msgspec.convert(given, p.ServicePayload)
        drafts.add(p.SERVICE, key, payload, begin, SIGN_INS[1].id, replaces=line(None, p.SERVICE, key))
    yield from drafts.rows("e" * 12 + "8000a000000000000000")


class _Writer:
    """Writes one checklist."""

    def __init__(self, drafts: Drafts, by: str, since: date, busy: bool, own: bool) -> None:
        self.drafts, self.dice, self.by, self.since, self.busy, self.own = drafts, drafts.dice, by, since, busy, own
        self.used: set[str] = set()

    def write(self) -> None:
        """Needs, outcomes, what is not needed; where something more pressing waits, also what is still to be done."""
        dice, book = self.dice, catalogue()
        for name, pathway in book.pathway.items():
            if not pathway.restricted and dice.chance(0.7):
                need = "yes" if dice.chance(0.45) else "no"
                on = self._day(14)
                self.drafts.add(
                    p.NEED, name, p.NeedPayload(need), on, self.by, "bcst1",
                    replaces=line(self.drafts.number, p.NEED, name),
                )  # fmt: skip
        for name in said().outcomes:
            share = 0.55 if book.activity[name].level == 1 else 0.22
            if dice.chance(share):
                self._done(name, book.activity[name], self._day(5))
            elif book.activity[name].level > 1 and dice.chance(0.25):
                why = dice.pick(said().not_needed["why"])
                self._mark(name, book.activity[name], Status.NOT_NEEDED, self._day(5), words=why)
        for one in dice.shuffled(said().sent)[: dice.between(0, 2)]:
            waits = self.busy and dice.chance(0.8 if self.own else 0.3)
            self._send(one, book.activity[one.activity], followed=not waits)
        if self.busy:
            for name in dice.shuffled([name for name in book.activity if self._fits(name)])[: dice.between(0, 3)]:
                self._need(name, book.activity[name])

    def _fits(self, name: str) -> bool:
        found = catalogue()
        activity = found.activity[name]
        plain = activity.person and not found.restricted(name) and not activity.duty and not activity.bcst
        return plain and name not in self.used and activity.level > 1

    def _day(self, before: int) -> date:
        """A working day since the person came, some days before today."""
        last = self.drafts.today - timedelta(days=before)
        return max(self.since, working(self.dice.day(self.since, max(self.since, last))))

    def _mark(
        self, name: str, activity: Activity, status: Status, on: date, *, words: str = "", due: str = "", sent: str = ""
    ) -> None:
        self.used.add(name)
        kind = p.ACTIVITY if status in (Status.NEEDED, Status.IN_PROGRESS, Status.DONE) else p.ACTIVITY_SETTLED
        payload = p.ActivityPayload(name, status.value, activity.title, activity.owner or "", due, words, sent)
        at = line(self.drafts.number, p.ACTIVITY, name)
        self.drafts.add(kind, name, payload, on, self.by, "checklist", replaces=at)

    def _done(self, name: str, activity: Activity, on: date) -> None:
        outcome = self.dice.pick(said().outcomes[name])
        self._mark(name, activity, Status.DONE, on, words=outcome)
        self.drafts.add(MET, f"{ACTIVITY}:{name}", p.MetPayload({"outcome": outcome}), on, self.by, "checklist")

    def _need(self, name: str, activity: Activity) -> None:
        status = Status.IN_PROGRESS if self.dice.chance(0.4) else Status.NEEDED
        due = self.drafts.today + timedelta(days=self.dice.between(10, 60))
        self._mark(name, activity, status, self._day(1), due=working(due).isoformat())

    def _send(self, one: Sent, activity: Activity, *, followed: bool) -> None:
        if one.activity in self.used:
            return
        # What nobody has followed up yet was made this week, so that nothing falls due before next week.
        on = self._day(20) if followed else working(self.drafts.today)
        key = f"{one.activity}.sent"
        sent = p.ReferralPayload(one.to, "signposted", activity.title, one.activity, "given", "OS")
        self.drafts.add(p.REFERRAL, key, sent, on, self.by, "checklist")
        self._mark(one.activity, activity, Status.SIGNPOSTED, on, sent=key)
        if followed:
            found = min(self.drafts.today, working(on + timedelta(days=self.dice.between(3, 12))))
            outcome = self.dice.pick(said().outcomes[one.activity])
            fields = {"outcome": outcome, "need-met": "yes"}
            self.drafts.add(MET, f"{FOLLOW_UP}:{key}", p.MetPayload(fields), max(on, found), self.by, "checklist")
