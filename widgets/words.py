"""How dates, states and duties are said, the same everywhere. Days are calendar days; `today` is always given."""

from collections.abc import Iterable
from datetime import date, datetime

from db.rows import CaseRow, DiaryEntry, DutyRow, State
from widgets.lines import cells, cut
from widgets.looks import current

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS_IN_WORDS = 99
_MONTHS_IN_WORDS = 23
UNSEEN_DAYS = 60
"""From this many days without a meeting on, somebody counts as unseen (rulebook.md, Urgency)."""

_STATES = {
    State.SAFETY: "safety",
    State.OVERDUE: "overdue",
    State.TODAY: "today",
    State.WEEK: "in 7 days",
    State.UNKNOWN: "cannot tell",
    State.OPEN: "open",
    State.LATER: "later",
    State.CLEAR: "clear",
    State.MET: "met",
    State.WAIVED: "not required",
    State.FAILED: "failed",
    State.NOT_APPLICABLE: "does not apply",
}

_SETTLED = {State.MET: "met", State.WAIVED: "waived", State.FAILED: "failed", State.NOT_APPLICABLE: "n/a"}


def state_words(state: State) -> str:
    """A state in words."""
    return _STATES[state]


def day_of(moment: date | datetime) -> date:
    """The day of a date or a date-time."""
    return moment.date() if isinstance(moment, datetime) else moment


def long_date(day: date) -> str:
    """A date in full: `Mon 2 Mar 2026`."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date, today: date) -> str:
    """A date with its weekday, the year only when it is another: `Thu 26 Feb`."""
    return long_date(day) if day.year != today.year else long_date(day)[:-5]


def when_words(moment: date | datetime, today: date) -> str:
    """A date, with the clock time if there is one: `Mon 2 Mar 16:40`."""
    words = short_date(day_of(moment), today)
    return f"{words} {moment:%H:%M}" if isinstance(moment, datetime) else words


def whole_months(since: date, until: date) -> int:
    """Complete calendar months from one day to a later one."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (until.day < since.day)


def span(since: date, until: date) -> str:
    """The time between two days, short: `11d`, `5m`, `2y`."""
    days = (until - since).days
    if days <= _DAYS_IN_WORDS:
        return f"{days}d"
    months = whole_months(since, until)
    return f"{months}m" if months <= _MONTHS_IN_WORDS else f"{months // 12}y"


def due_words(duty: DutyRow | None, today: date) -> str:
    """When a duty is due in eight cells: `4d late`, `today`, `Thu 5`, `18 Mar`, `open`, `no date`; no duty: `clear`."""
    if duty is None:
        return _STATES[State.CLEAR]
    if duty.state in _SETTLED:
        return _SETTLED[duty.state]
    if duty.state is State.OPEN:
        return "open"
    if duty.due is None:
        return "no date" if duty.opens is None or duty.state is State.UNKNOWN else day_words(duty.opens, today)
    day = duty.deferred_to or day_of(duty.due)
    if duty.state is State.UNKNOWN:
        return day_words(day, today)
    if day < today:
        return f"{span(day, today)} late"
    if day == today:
        return "late" if duty.state is State.OVERDUE else "today"
    return day_words(day, today)


def day_words(day: date, today: date) -> str:
    """A day in eight cells: `today`, `Thu 5`, `18 Mar`, `Feb 2015`."""
    if 0 <= (day - today).days <= 7:
        return "today" if day == today else f"{_DAYS[day.weekday()]} {day.day}"
    if abs(whole_months(min(day, today), max(day, today))) < 11:
        return f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{_MONTHS[day.month - 1]} {day.year}"


def due_long(duty: DutyRow, today: date) -> str:
    """When a duty is due, in full: `4 days late, was due Thu 26 Feb`; with what moved it (deferred, short notice)."""
    return "; ".join(
        part for part in (_due_sentence(duty, today), short_notice_words(duty), _deferred(duty, today)) if part
    )


def _due_sentence(duty: DutyRow, today: date) -> str:
    if duty.state is State.MET:
        return f"met {short_date(duty.met_on, today)}" if duty.met_on else "met"
    if duty.state in _SETTLED:
        return _STATES[duty.state]
    if duty.due is None:
        if duty.state is State.UNKNOWN:
            return "cannot tell when it is due"
        return f"from {short_date(duty.opens, today)}" if duty.opens and duty.opens > today else _STATES[duty.state]
    day, said = day_of(duty.due), when_words(duty.due, today)
    if duty.state is State.UNKNOWN:
        return f"cannot tell; {'was due' if day < today else 'due'} {said}"
    if duty.deferred_to and duty.deferred_to > day:
        return f"{'was' if day < today else 'first'} due {said}"
    if day < today:
        late = (today - day).days
        return f"{late} day{'s' if late != 1 else ''} late, was due {said}"
    if day == today:
        return f"due today by {duty.due:%H:%M}" if isinstance(duty.due, datetime) else "due today"
    if duty.opens and duty.opens > today:
        return f"from {short_date(duty.opens, today)}, due {said}"
    days = (day - today).days
    return f"due {said}, in {days} day{'s' if days != 1 else ''}"


def _deferred(duty: DutyRow, today: date) -> str:
    return f"deferred to {short_date(duty.deferred_to, today)}" if duty.deferred_to else ""


def last_working_day_words(duty: DutyRow, today: date) -> str:
    """`last working day Fri 27 Feb`, for a duty due on a day that is none; else nothing."""
    if duty.last_working_day is None or duty.due is None or duty.last_working_day == day_of(duty.due):
        return ""
    return f"last working day {short_date(duty.last_working_day, today)}"


def short_notice_words(duty: DutyRow) -> str:
    """`short notice` for a duty that first applied after it would have been due."""
    return "short notice" if duty.short_notice else ""


def seen_words(seen: date | None, today: date) -> str:
    """How long ago somebody was last met: `today`, `11d`, `5m`, `2y`; `never`."""
    return "never" if seen is None else "today" if seen >= today else span(seen, today)


def last_seen_words(seen: date | None, today: date) -> str:
    """The same in full: `last seen 11d ago`, `last seen today`, `never seen here`."""
    words = seen_words(seen, today)
    return "never seen here" if seen is None else f"last seen {words}{'' if words == 'today' else ' ago'}"


def unseen(seen: date | None, today: date) -> bool:
    """Whether somebody counts as unseen: never met, or not for sixty days."""
    return seen is None or (today - seen).days >= UNSEEN_DAYS


def out_words(release: date | None, today: date) -> str:
    """How far off release is: `54d`, `14m`, `2y`; `?` where there is no date, `past` where it has gone by."""
    if release is None:
        return "?"
    return "past" if release < today else span(today, release)


def force_words(duty: DutyRow) -> str:
    """What a duty rests on: force, whether the figure is a local one, source."""
    figure = "local" if duty.figure == "local" and duty.force != "local" else ""
    source = "" if duty.source in ("–", "-") else duty.source
    return current().dot.join(part for part in (duty.force.capitalize(), figure, source) if part)


def is_own(duty: DutyRow, owner: str) -> bool:
    """Whether a duty is the reader's own, and so nobody's to chase; a manager answers for the supervisors' as well."""
    return duty.owner in ("", owner) or (owner == "MAN" and duty.owner == "OS")


def chase_words(duty: DutyRow, owner: str) -> str:
    """` (chase CRC)` for a duty that is not the reader's own."""
    return "" if is_own(duty, owner) else f" (chase {duty.owner})"


def bare_title(duty: DutyRow, reveal: bool) -> str:
    """A duty's title, or the discreet one where there is one and nothing is revealed."""
    return duty.title if reveal else duty.discreet_title or duty.title


def title_of(duty: DutyRow, reveal: bool, owner: str = "OS") -> str:
    """A duty's title as a list shows it, with whom to chase when it is not the reader's own."""
    return bare_title(duty, reveal) + chase_words(duty, owner)


def fit_title(duty: DutyRow, width: int, reveal: bool, owner: str) -> str:
    """A duty's title for a column of `width` cells: in full, else the short one, with `(CRC)` for `(chase CRC)`.

    Only a title too long even so is cut; whom to chase never is.
    """
    chase = chase_words(duty, owner)
    tails = (chase, f" ({duty.owner})") if chase else ("",)
    titles = dict.fromkeys((bare_title(duty, reveal), bare_title(duty, False)))
    found = fitting((title + tail for title in titles for tail in tails), width)
    return found or cut(bare_title(duty, False), width - cells(tails[-1])) + tails[-1]


def fit_name(who: CaseRow | DiaryEntry, width: int) -> str:
    """Somebody's name for a column of `width` cells; where it is too long, the last forenames as initials."""
    names = who.forenames.split()
    shorter = (" ".join([*names[:at], *(name[0] for name in names[at:])]) for at in range(len(names), -1, -1))
    found = fitting((f"{who.surname.upper()} {forenames}".strip() for forenames in shorter), width)
    return found or cut(who.name, width)


def fitting(texts: Iterable[str], width: int) -> str:
    """The first of these that fits into `width` cells; "" where none does."""
    return next((text for text in texts if cells(text) <= width), "")
