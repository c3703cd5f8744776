"""The diary in words: its days, what stands on them, and where somebody was in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from db.rows import DiaryDay, DiaryEntry, Filter, State
from policy.calendar import england_and_wales
from screens.filter_words import decode, encode
from widgets.words import due_words, is_own, long_date, state_words

BEFORE = "before"
"""The key of the day that holds what should be over before today."""

_ORDER = (State.SAFETY, State.OVERDUE, State.TODAY, State.UNKNOWN, State.WEEK, State.OPEN, State.LATER)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody is in the diary.

    Attributes:
        wanted: Whose duties.
        start: The first of the days shown.
        day: The day the cursor is on; None for before today.
        inside: Whether the user has gone into that day.
        openings: Whether opening days show.
    """

    wanted: Filter
    start: date
    day: date | None
    inside: bool = False
    openings: bool = False

    def coded(self) -> str:
        """As a short text for a route, without anybody's name."""
        parts = {
            "start": self.start.isoformat(),
            "day": key_of(self.day),
            "inside": "yes" if self.inside else "",
            "openings": "yes" if self.openings else "",
        }
        return urlencode({name: value for name, value in parts.items() if value}) + "&" + encode(self.wanted)


def spot(text: str, home: Filter, today: date) -> Spot:
    """Where a text says somebody was; today with the filter everybody begins with where it says nothing.

    A day that has gone by since is today.
    """
    parts = dict(parse_qsl(text))
    day = None if parts.get("day") == BEFORE else max(_day(parts.get("day"), today), today)
    start = max(_day(parts.get("start"), today), today)
    whose = decode(text, home) if "who" in parts else home
    return Spot(whose, start, day, "inside" in parts, "openings" in parts)


def _day(text: str | None, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise


def key_of(day: date | None) -> str:
    """What makes a day the same one when the diary is read again."""
    return day.isoformat() if day else BEFORE


def moved(here: Spot, today: date, by: int, days: int) -> Spot:
    """So many days on or back: never before what is late; the days shown move by whole weeks to hold the day."""
    if here.day is None:
        day = None if by < 0 else today
    else:
        day = here.day + timedelta(by)
        if day < today:
            day = None if here.day == today else today
    start = here.start
    while (day or today) < start:
        start = max(today, start - timedelta(_WEEK))
    while (day or today) >= start + timedelta(days):
        start += timedelta(_WEEK)
    # What is late stands before today only.
    return replace(here, start=start if day else today, day=day)


def off_words(day: date | None) -> str:
    """Why a day is no working day: `weekend`, `bank holiday`; "" for one that is, or for no day."""
    if day is None or england_and_wales().is_working(day):
        return ""
    return "weekend" if day.weekday() > 4 else "bank holiday"


def day_words(day: date | None, today: date) -> str:
    """A day as it is headed: `Thu 5 Mar`, with the year where it is another; `Before today`."""
    if day is None:
        return "Before today"
    return long_date(day) if day.year != today.year else long_date(day)[:-5]


def note_words(day: date | None, today: date) -> str:
    """What there is to say of a day itself: that it is today, a weekend, a bank holiday, beyond the list of those."""
    known = day is None or england_and_wales().covers(day)
    words = ("today" if day == today else "", off_words(day), "" if known else "bank holidays not known")
    return ", ".join(word for word in words if word)


def without_apart(days: Iterable[DiaryDay]) -> tuple[DiaryDay, ...]:
    """The days without what is need-to-know."""
    return tuple(DiaryDay(day.day, tuple(entry for entry in day.entries if not entry.apart)) for day in days)


def due(day: DiaryDay) -> list[DiaryEntry]:
    """What is due on a day, without what is booked and what only opens there."""
    return [entry for entry in day.entries if not entry.opening and not entry.booked]


def booked(day: DiaryDay) -> int:
    """How many appointments there are on a day."""
    return sum(entry.booked for entry in day.entries)


def to_chase(entries: Iterable[DiaryEntry], owner: str) -> int:
    """How many of these somebody else owns."""
    return sum(not is_own(entry.duty, owner) for entry in entries)


def state_of(day: DiaryDay) -> State | None:
    """The most pressing state of what is due on a day; None where nothing is."""
    states = {entry.duty.state for entry in due(day)}
    return next((state for state in _ORDER if state in states), None)


def said_of(day: DiaryDay, owner: str) -> str:
    """How much stands on a day, in words."""
    entries = due(day)
    opening = sum(entry.opening for entry in day.entries)
    chase = to_chase(entries, owner)
    untold = sum(entry.duty.state is State.UNKNOWN for entry in entries)
    parts = [f"{len(entries)} {'to be done' if day.day is None else 'due'}" if entries else "nothing due"]
    parts += [f"{chase} of them to chase"] if chase else []
    parts += [f"{booked(day)} booked"] if booked(day) else []
    parts += [f"{untold} cannot tell"] if untold else []
    parts += [f"{opening} can begin"] if opening else []
    return ", ".join(parts)


def status_words(entry: DiaryEntry, today: date) -> str:
    """What a duty's line begins with, in eleven cells: `4d late`, `by 16:40`, `put off`, `cannot tell`, `due`."""
    duty = entry.duty
    if entry.opening:
        return "can begin"
    if entry.booked:
        return f"{duty.due:%H:%M}" if isinstance(duty.due, datetime) else "booked"
    if duty.state in (State.UNKNOWN, State.SAFETY):
        return state_words(duty.state)
    if duty.state is State.OVERDUE:
        return due_words(duty, today)
    if duty.deferred_to is not None:
        return "put off"
    if isinstance(duty.due, datetime):
        return f"by {duty.due:%H:%M}"
    return "due"


def entry_key(entry: DiaryEntry) -> str:
    """What makes a line of a day the same one when it is read again: the number, the duty, whether it only opens."""
    return f"{entry.number} {entry.duty.name}{' opens' if entry.opening else ''}"


def span_words(days: Iterable[DiaryDay], today: date, owner: str) -> str:
    """How much falls due in the days shown."""
    dated = [day for day in days if day.day is not None]
    if not dated:
        return ""
    first, last = day_words(dated[0].day, today), day_words(dated[-1].day, today)
    entries = [entry for day in dated for entry in due(day)]
    chase, bookings = to_chase(entries, owner), sum(booked(day) for day in dated)
    said = f"{len(entries)} due" if entries else "nothing due"
    told = f"{said} {first} to {last}{f', {chase} of them to chase' if chase else ''}"
    return f"{told}, {bookings} booked" if bookings else told


def nothing_words(day: date | None, today: date) -> str:
    """What an empty day says."""
    before = "Nothing is left from before today." if day is None else ""
    return before or f"Nothing falls due on {day_words(day, today)}."
