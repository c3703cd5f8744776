"""One person's rows while they are being made: gathered in any order, written in the order they would have been."""

from datetime import date, datetime, timedelta

import msgspec

from db import payloads as p
from db.demo.dice import Dice
from db.entries import Row, line

TERMINAL = "demonstration"
_LINES = frozenset(
    {p.EXTRACT, p.FACT, p.QUESTION, p.STAFF, p.GONE, p.RECALL, p.RECALL_BARRIER, p.RECALL_KEEP, p.RECALL_PAPER}
)
# Stamps of long ago: whatever is recorded afterwards, whatever the clock of the machine says, comes after these.
_FIRST_STAMP = date(2001, 1, 1)


class Draft(msgspec.Struct):
    """A row to be. `meets` grows while duties are found that a contact met."""

    kind: str
    key: str
    effective: str
    day: date
    by: str
    source: str
    payload: msgspec.Struct | dict[str, str]
    id: str
    place: int
    meets: list[str] = []
    replaces: str | None = None
    packed: tuple[int, str] = (-1, "")


class Drafts:
    """The rows of one person (or, without a number, of the establishment), ready to be written."""

    def __init__(self, number: str | None, place: int, begin: date, today: date, dice: Dice) -> None:
        """`place` is the person's own, for ids; `begin` the first day of the record."""
        self.number = number
        self.begin = begin
        self.today = today
        self.dice = dice
        self.listed: list[Draft] = []
        self._place = place

    def add(
        self,
        kind: str,
        key: str,
        payload: msgspec.Struct | dict[str, str],
        on: date | datetime,
        by: str,
        source: str = "hand",
        written: date | None = None,
        replaces: str | None = None,
    ) -> Draft:
        """A row about something that happened `on` a day; written that day too, or as soon as there was a record."""
        happened = on.date() if isinstance(on, datetime) else on
        day = min(max(written or happened, self.begin), self.today)
        text = on.isoformat(timespec="minutes") if isinstance(on, datetime) else on.isoformat()
        place = len(self.listed)
        draft = Draft(kind, key, text, day, by, source, payload, self._id(place), place, [], replaces)
        self.listed.append(draft)
        return draft

    def _id(self, place: int) -> str:
        # A UUID (version 8) that begins with person and row, so that bulk rows land side by side in the index.
        tail = self.dice.hexadecimal(3) + "8" + self.dice.hexadecimal(3) + self.dice.hexadecimal(12)
        return f"{self._place:07x}{place:05x}8{tail}"

    def rows(self, command: str) -> list[Row]:
        """Everything gathered so far as rows, oldest first."""
        number = self.number
        last: dict[str, str] = {}
        days: dict[date, tuple[str, str]] = {}
        made: list[Row] = []
        for at, draft in enumerate(sorted(self.listed, key=_order)):
            replaces = draft.replaces
            if draft.kind in _LINES:
                name = f"{draft.kind}/{draft.key}"
                replaces = last.get(name) or line(number, draft.kind, draft.key)
                last[name] = draft.id
            if draft.day not in days:
                days[draft.day] = draft.day.isoformat(), f"{_FIRST_STAMP + (draft.day - self.begin)}T09:00:00."
            day, stamp = days[draft.day]
            made.append(
                Row(
                    draft.id, number, draft.kind, draft.key, draft.effective, day, f"{stamp}{at:06d}Z", draft.by,
                    TERMINAL, draft.source, replaces, False, command, _packed(draft), False,
                )
            )  # fmt: skip
        return made


def _order(draft: Draft) -> tuple[date, int]:
    return draft.day, draft.place


def _packed(draft: Draft) -> str:
    """The payload as JSON, made once and again only where a contact met something more."""
    count = len(draft.meets)
    if draft.packed[0] != count:
        payload = draft.payload
        if count and isinstance(payload, p.ContactPayload):
            payload = msgspec.structs.replace(payload, meets=tuple(draft.meets))
        draft.packed = (count, msgspec.json.encode(payload).decode())
    return draft.packed[1]


def office_hours(day: date, dice: Dice) -> datetime:
    """A time on that day while people are unlocked: a quarter to nine to half past eleven, two to half past four."""
    minutes = 5 * (dice.between(105, 138) if dice.chance(0.5) else dice.between(168, 198))
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
