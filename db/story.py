"""One person's rows read as a story: what the rules need, and what the screens tell.

Values from extracts and values recorded by hand meet here: a correction by hand stands until the
extract's own value changes, and then it is a question (record.md, Facts).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from db import entries
from db import payloads as p
from db.entries import Row
from policy.calendar import Moment, add_months, day_of
from policy.case import MET, Case, Deferral, Event, Version, Waiver
from policy.facts import facts, value_of
from policy.planning import holds_transfer

SEEN = ("meeting", "video")
BEGINNINGS = ("custody-start", "arrival")
"""The facts each period of custody has its own of."""
ANSWERS = (
    "immediate-need", "skills-assessment", "has-job", "family-at-risk", "tenancy", "tenancy-kept", "homeless-risk",
    "homeless-consent", "ete-on-release", "drug-need", "release-address",
)  # fmt: skip
"""Facts a screening asks about; what an extract gives is not among them."""
PREFILLED_MONTHS = 6
MEETINGS = ("first-meeting", "supervisor-contact", "recall-contact")


@dataclass(slots=True)
class Held:
    """What is held about one fact: the extract's value, the hand's where it stands, and who recorded it when."""

    value: str | None
    source: str
    effective: str | None
    by_hand: bool = False
    extract: str | None = None
    over: str | None = None
    why: str = ""

    @property
    def in_question(self) -> bool:
        """Whether the extract has changed its mind since the correction, and does not agree with it."""
        return self.by_hand and disputes(self.extract, self.over, self.value)


def disputes(said: str | None, *known: str | None) -> bool:
    """Whether what an extract says speaks against all of these; capitals and a clock time more are no dispute."""
    if said is None:
        return False
    return not any(value is not None and _agree(said.casefold(), value.casefold()) for value in known)


def begins_anew(held: Mapping[str, Held], fact: str, said: str | None) -> bool:
    """Whether an extract has somebody back since they left: a correction of the custody before is over."""
    left, before = held.get("left"), held.get(fact)
    if fact not in BEGINNINGS or said is None or left is None or not left.value or before is None:
        return False
    return said[:10] >= left.value[:10] and said[:10] > (before.value or "")[:10]


def outlived(held: Mapping[str, Held], returned: date, left: date) -> list[str]:
    """The answers of an earlier screening that stand no longer where custody begins again more than six months on.

    Within six months they stand, to be amended (TTG 2.2); after that what is not asked again is not known.
    """
    if returned <= add_months(left, PREFILLED_MONTHS):
        return []
    return [name for name in ANSWERS if name in held and known_before(held[name], returned)]


def known_before(held: Held, day: date) -> bool:
    """Whether something is known, and has been since before that day."""
    return held.value is not None and (held.effective or "")[:10] < day.isoformat()


def _agree(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) == 10 and len(longer) == 16 and longer[10] == "t" and longer[:10] == shorter)


@dataclass(slots=True)
class Story:
    """One person, from their rows."""

    case: Case
    held: dict[str, Held]
    contacts: list[tuple[Row, p.ContactPayload]]
    questions: list[tuple[Row, p.QuestionPayload]]
    last_seen: date | None
    extract: p.ExtractPayload | None
    gone: p.GonePayload | None


@lru_cache(maxsize=8192)
def moment_of(text: str) -> Moment:
    """A kept date or local date-time."""
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


@lru_cache(maxsize=8192)
def _day(text: str) -> date:
    return day_of(moment_of(text))


@dataclass(slots=True)
class _Reader:
    """Reads rows in order, keeping versions of facts as they come."""

    versions: dict[str, list[tuple[str | None, str | None]]] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)
    first_day: str = ""
    extract: p.ExtractPayload | None = None
    began: str = ""

    def take_extract(self, row: Row, payload: p.ExtractPayload) -> None:
        """Take over what an extract says, where no correction by hand stands."""
        first = self.extract is None
        before = self.extract.values if self.extract else {}
        known = facts()
        if first:
            self.first_day = row.day
        for fact in {**before, **payload.values}:
            value = payload.values.get(fact)
            if not first and value == before.get(fact):
                continue
            since = payload.own_dates.get(fact) or (None if first else row.day)
            held = self.held.get(fact)
            stands = held and held.by_hand and not (fact in known and known[fact].follows)
            if held and stands and not begins_anew(self.held, fact, value):
                held.extract = value
                continue
            self.held[fact] = Held(value, "extract", since, extract=value)
            self.versions.setdefault(fact, []).append((value, since))
        self.extract = payload

    def take_hand(self, row: Row, payload: p.FactPayload) -> None:
        """Take a value recorded, corrected or taken back by hand."""
        held = self.held.get(row.key)
        said = held.extract if held else None
        self.held[row.key] = Held(payload.value, row.source, row.effective, True, said, payload.over, payload.why)
        self.versions.setdefault(row.key, []).append((payload.value, row.effective))


def read(number: str, rows: Sequence[Row], today: date) -> Story:
    """The story of one person from their rows, oldest first; rows taken back count as never written."""
    rows = list(rows)
    live = entries.live(rows)
    replaced = entries.replaced(rows, live)
    reader = _Reader()
    events: list[Event] = []
    contacts = []
    questions = []
    deferrals = []
    waivers = []
    gone: p.GonePayload | None = None
    for row in live:
        if row.kind == p.EXTRACT:
            reader.take_extract(row, p.unpack(row.payload, p.ExtractPayload))
        elif row.kind == p.FACT:
            reader.take_hand(row, p.unpack(row.payload, p.FactPayload))
        elif row.id in replaced or row.kind == p.APPOINTMENT:
            continue
        elif row.kind == p.MET:
            met = p.unpack(row.payload, p.MetPayload)
            events.append(Event(MET, row.key, moment_of(row.effective), met.fields, met.declined))
        elif row.kind == p.CONTACT:
            # No event: what a contact meets stands in rows of its own, and no rule asks for the contact itself.
            contacts.append((row, p.unpack(row.payload, p.ContactPayload)))
        elif row.kind == p.DEFERRAL:
            deferral = p.unpack(row.payload, p.DeferralPayload)
            duty, _, key = row.key.partition(":")
            deferrals.append(Deferral(duty, key, date.fromisoformat(deferral.to), deferral.due))
        elif row.kind == p.WAIVER:
            waiver = p.unpack(row.payload, p.WaiverPayload)
            duty, _, key = row.key.partition(":")
            waivers.append(Waiver(duty, key, day_of(moment_of(row.effective)), waiver.why, waiver.due))
        elif row.kind == p.GONE:
            gone = p.unpack(row.payload, p.GonePayload)
        elif row.kind == p.QUESTION:
            asked = p.unpack(row.payload, p.QuestionPayload)
            if not asked.answer:
                questions.append((row, asked))
        else:
            events.append(Event(row.kind, row.key, moment_of(row.effective), p.unpack(row.payload, dict[str, str])))
    events.sort(key=lambda event: event.day)
    case = Case(
        number,
        _dated(reader.versions),
        tuple(events),
        tuple(deferrals),
        tuple(waivers),
        _left(reader, today) or _awaited(reader, events),
        _here_before(reader),
        frozenset(row.key for row, _ in questions if row.key in facts()),
    )
    return Story(case, reader.held, contacts, questions, _last_seen(case, contacts), reader.extract, gone)


def _dated(versions: Mapping[str, list[tuple[str | None, str | None]]]) -> dict[str, tuple[Version, ...]]:
    """Versions with real dates; what the first intake gave counts from arrival here."""
    arrived = next((text for text, _ in versions.get("arrival", ()) if text), None)
    arrival = date.fromisoformat(arrived) if arrived else None
    known = facts()
    return {
        name: tuple(
            [
                Version(None if text is None else value_of(name, text), _day(since) if since else arrival)
                for text, since in texts
            ]
        )
        for name, texts in versions.items()
        if name in known
    }


def _left(reader: _Reader, today: date) -> date | None:
    """The day somebody left, once it has come."""
    held = reader.held.get("left")
    day = date.fromisoformat(held.value) if held and held.value else None
    return day if day and day <= today else None


def _awaited(reader: _Reader, events: list[Event]) -> date | None:
    """The day from which a recall is announced of somebody who was never here: no extract has brought them."""
    if reader.extract is not None or reader.held.keys() & {"custody-start", "arrival"}:
        return None
    return next((event.day for event in events if event.kind == p.RECALL), None)


def _here_before(reader: _Reader) -> date | None:
    """The day of the first intake, for somebody here before it whose earlier duties are to be checked in the file."""
    if reader.extract is None or reader.extract.already_here != "file":
        return None
    arrived = next((text for text, _ in reader.versions.get("arrival", ()) if text), None)
    return None if arrived and arrived >= reader.first_day else date.fromisoformat(reader.first_day)


def held_by_programme(told: Story) -> bool:
    """Whether an accredited programme that runs holds transfer; whoever has left is held by none."""
    if told.case.gone is not None:
        return False
    return any(event.kind == "intervention" and holds_transfer(event.fields) for event in told.case.events)


def _last_seen(case: Case, contacts: list[tuple[Row, p.ContactPayload]]) -> date | None:
    days = [row.effective[:10] for row, contact in contacts if contact.kind in SEEN and not contact.declined]
    met = [event.day for event in case.events if event.kind == MET and event.key in MEETINGS and not event.declined]
    return max([*met, *([date.fromisoformat(max(days))] if days else [])], default=None)
