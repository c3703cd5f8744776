"""One person's pathway checklist, from the rows of the record and the duties they lead to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from db import entries
from db import payloads as p
from db.checklists import (
    COVERED,
    ActivityRow,
    AdviceRow,
    Checklist,
    PathwayRow,
    ReferralRow,
    ScreeningRow,
    SecretRow,
    Status,
)
from db.entries import Row
from db.rows import DutyRow, State
from db.story import Story, moment_of
from db.views.duties import urgency_key
from policy.calendar import day_of
from policy.case import MET, Event
from policy.catalogue import Activity, Catalogue
from policy.reading import Reading
from policy.release import release_words

FOLLOW_UP = "signpost-follow-up"
ACTIVITY = "activity"
ADVICE = "iag-request"
_SENT = (Status.SIGNPOSTED, Status.REFERRED)
_RUNNING = (Status.NEEDED, Status.IN_PROGRESS, Status.DECLINED)
_SETTLED = (State.MET, State.WAIVED, State.NOT_APPLICABLE, State.FAILED)


class Kept(msgspec.Struct, frozen=True):
    """A current row of an activity, and what it says."""

    row: Row
    payload: p.ActivityPayload

    @property
    def day(self) -> date:
        """Since when it stands so."""
        return day_of(moment_of(self.row.effective))


def kept_activities(rows: Iterable[Row]) -> dict[str, Kept]:
    """How each activity stands by its own row, by activity."""
    found = (
        Kept(row, p.unpack(row.payload, p.ActivityPayload))
        for row in entries.current(rows)
        if row.kind in (p.ACTIVITY, p.ACTIVITY_SETTLED)
    )
    return {kept.payload.activity: kept for kept in found}


def checklist_of(
    rows: Sequence[Row],
    told: Story,
    reading: Reading,
    duties: Sequence[DutyRow],
    book: Catalogue,
    *,
    restricted: bool = False,
) -> Checklist:
    """The checklist; `restricted`: the need-to-know groups and nothing else, from rows the reader may see."""
    return _Reader(rows, told, reading, duties, book, restricted).checklist()


class _Reader:
    """Reads one person's rows into a checklist."""

    def __init__(
        self,
        rows: Sequence[Row],
        told: Story,
        reading: Reading,
        duties: Sequence[DutyRow],
        book: Catalogue,
        restricted: bool,
    ) -> None:
        self.told, self.reading, self.book, self.restricted = told, reading, book, restricted
        self.begun = reading.day("custody-start")
        self.current = entries.current(rows)
        self.kept = kept_activities(rows)
        self.duties = {duty.name: duty for duty in duties}
        self.met: dict[str, Event] = {}
        for event in told.case.events:
            if event.kind == MET and not event.declined and self._now(event.day):
                self.met[event.key] = event
        self.referrals = {row.key: row for row in self._referrals()}

    def _now(self, day: date) -> bool:
        """Whether a day lies in this period of custody: a plan starts blank when somebody comes back."""
        return self.begun is None or day >= self.begun

    def checklist(self) -> Checklist:
        held = {name: one.value or "" for name, one in self.told.held.items()}
        name = f"{held.get('surname', '').upper()} {held.get('forenames', '')}".strip()
        shown = {key: one for key, one in self.book.activity.items() if one.person and self._here(one)}
        activities = tuple(
            self._activity(key, one)
            for pathway in self.book.pathway
            for key, one in sorted(shown.items(), key=lambda each: each[1].level)
            if one.pathway == pathway
        )
        return Checklist(
            self.told.case.number,
            name,
            held.get("cell", ""),
            self.reading.day("release"),
            release_words(self.reading),
            tuple(self._pathways(activities)),
            activities,
            tuple(self.referrals.values()),
            tuple(self._screenings()),
            tuple(self.duties[key] for key in ("bcst1", "bcst2") if key in self.duties),
            tuple(self._advice()),
            tuple(self._earlier(shown)),
            tuple(self._secrets()) if self.restricted else (),
        )

    def _here(self, activity: Activity) -> bool:
        return self.book.pathway[activity.pathway].restricted == self.restricted

    # Activities -----------------------------------------------------------------------------------------------------

    def _activity(self, key: str, activity: Activity) -> ActivityRow:
        kept = self.kept.get(key)
        if kept is None or not self._now(kept.day):
            return self._without(key, activity)
        return self._standing(key, activity, kept)

    def _without(self, key: str, activity: Activity) -> ActivityRow:
        """An activity nobody has said anything of: met by the screening, by a duty, or not assessed."""
        screened = self._screened() if activity.bcst else None
        if screened:
            said = f"{COVERED} {screened.discreet_title}"
            return self._row(key, activity, Status.DONE, screened.met_on, said, met=True)
        return self._by_duty(key, activity) or self._row(key, activity, Status.NOT_ASSESSED)

    def _standing(self, key: str, activity: Activity, kept: Kept) -> ActivityRow:
        said = kept.payload
        status = Status(said.status)
        if status in _RUNNING and (found := self._by_duty(key, activity)):
            return found
        done = self.met.get(f"{ACTIVITY}:{kept.row.key}")
        if (status in _RUNNING or status is Status.DONE) and done:
            outcome = done.fields.get("outcome", "") or said.words
            return self._row(key, activity, Status.DONE, done.day, outcome, kept, met=True)
        if status in _SENT and said.referral in self.referrals:
            return self._sent(key, activity, status, kept, self.referrals[said.referral])
        duty = self.duties.get(f"{ACTIVITY}:{kept.row.key}") if status in _RUNNING else None
        due = date.fromisoformat(said.date) if said.date else None
        mark = duty.state if duty and duty.live else State.NOT_APPLICABLE
        return self._row(key, activity, status, kept.day, said.words, kept, due=due, mark=mark)

    def _sent(self, key: str, activity: Activity, status: Status, kept: Kept, sent: ReferralRow) -> ActivityRow:
        if sent.followed_up is None:
            row = self._row(key, activity, status, sent.made, kept.payload.words, kept, due=sent.due, mark=sent.state)
        else:
            met = sent.need_met != "no"
            row = self._row(key, activity, Status.FOLLOWED_UP, sent.followed_up, sent.outcome, kept, met=met)
        return msgspec.structs.replace(row, with_whom=sent.to, referral=sent.key)

    def _by_duty(self, key: str, activity: Activity) -> ActivityRow | None:
        """An activity that a duty does as well, once that duty is met."""
        duty = self.duties.get(activity.duty)
        if duty is None or duty.state is not State.MET:
            return None
        event = self.met.get(activity.duty)
        fields = [value for name, value in event.fields.items() if name not in ("consent",)] if event else []
        said = "; ".join(fields) or f"{duty.title}: done"
        return self._row(key, activity, Status.DONE, duty.met_on, said, met=True)

    def _screened(self) -> DutyRow | None:
        """The screening that completes what is starred: part 2, or part 1 where there is to be no part 2."""
        second, first = self.duties.get("bcst2"), self.duties.get("bcst1")
        if second and second.state is State.MET:
            return second
        no_second = second is not None and second.state in (State.NOT_APPLICABLE, State.WAIVED)
        return first if no_second and first and first.state is State.MET else None

    def _row(
        self,
        key: str,
        activity: Activity,
        status: Status,
        on: date | None = None,
        said: str = "",
        kept: Kept | None = None,
        *,
        due: date | None = None,
        mark: State | None = None,
        met: bool = False,
    ) -> ActivityRow:
        standing = State.MET if met else State.LATER if status is Status.NOT_ASSESSED else mark or State.OPEN
        own = kept or self.kept.get(key)
        return ActivityRow(
            key,
            own.row.key if own else key,
            own.row.id if own else "",
            activity.pathway,
            activity.level,
            activity.title,
            activity.words,
            self.book.outcomes(activity),
            activity.provider,
            activity.does,
            activity.to,
            activity.consent,
            activity.bcst,
            activity.source,
            status,
            on,
            kept.row.by if kept else "",
            said,
            "",
            "",
            due,
            standing,
            met,
            _explained(kept.payload) if kept else "",
        )

    def _earlier(self, shown: Mapping[str, Activity]) -> Iterator[ActivityRow]:
        """The last plan before this custody, activity by activity."""
        for key, kept in self.kept.items():
            if key in shown and not self._now(kept.day) and kept.payload.status != Status.NOT_ASSESSED:
                said = kept.payload
                yield self._row(
                    key, shown[key], Status(said.status), kept.day, said.words, kept, mark=State.NOT_APPLICABLE
                )

    # Pathways -------------------------------------------------------------------------------------------------------

    def _pathways(self, activities: Sequence[ActivityRow]) -> Iterator[PathwayRow]:
        needs = {row.key: row for row in self.current if row.kind == p.NEED and self._now(_day(row))}
        for name, pathway in self.book.pathway.items():
            if pathway.restricted != self.restricted:
                continue
            own = [row for row in activities if row.pathway == name]
            counted = [row for row in own if row.counted]
            need = needs.get(name)
            answer = p.unpack(need.payload, p.NeedPayload).need if need else ""
            # Level 1 answers no need: whether there is one is known, or what it takes has been looked at.
            looked = answer == "no" or any(row.level > 1 and row.status is not Status.NOT_ASSESSED for row in own)
            owed, about = self._next(name, own)
            yield PathwayRow(
                name,
                pathway.title,
                pathway.name,
                answer,
                _day(need) if need else None,
                need.source if need else "",
                tuple(sorted({row.level for row in counted if row.status is not Status.NOT_ASSESSED and not row.bcst})),
                sum(row.met for row in counted),
                len(counted),
                looked and all(row.status is not Status.NOT_ASSESSED for row in counted),
                owed,
                about,
            )

    def _next(self, pathway: str, own: Iterable[ActivityRow]) -> tuple[DutyRow | None, str]:
        """The most urgent duty under a pathway, and what it is about."""
        named = dict.fromkeys(self.book.pathway[pathway].duties, "")
        for row in own:
            named[f"{ACTIVITY}:{row.key}"] = row.title
            if row.referral:
                named[f"{FOLLOW_UP}:{row.referral}"] = f"{row.title}: outcome"
        live = [duty for duty in self.duties.values() if duty.live and (duty.name in named or duty.id in named)]
        if not live:
            return None, ""
        first = min(live, key=urgency_key)
        return first, named.get(first.name) or first.discreet_title

    # What else was recorded -----------------------------------------------------------------------------------------

    def _referrals(self) -> Iterator[ReferralRow]:
        for row in self.current:
            if row.kind != p.REFERRAL or not self._now(_day(row)):
                continue
            sent = p.unpack(row.payload, p.ReferralPayload)
            activity = self.book.activity.get(sent.activity)
            if activity is not None and not self._here(activity):
                continue
            duty = self.duties.get(f"{FOLLOW_UP}:{row.key}")
            met = self.met.get(f"{FOLLOW_UP}:{row.key}")
            yield ReferralRow(
                row.key,
                sent.activity,
                activity.pathway if activity else "",
                sent.title,
                sent.to,
                sent.how,
                sent.consent,
                _day(row),
                row.by,
                sent.owner,
                day_of(duty.due) if duty and duty.due else None,
                duty.state if duty else State.OPEN,
                met.fields.get("outcome", "") if met else "",
                met.fields.get("need-met", "") if met else "",
                met.day if met else None,
            )

    def _screenings(self) -> Iterator[ScreeningRow]:
        for row in self.current:
            if row.kind == p.SCREENING:
                said = p.unpack(row.payload, p.ScreeningPayload)
                yield ScreeningRow(
                    row.key,
                    _day(row),
                    said.by,
                    _names(said.needs),
                    _names(said.no_needs),
                    said.said,
                    said.understood,
                    said.language,
                )

    def _advice(self) -> Iterator[AdviceRow]:
        for row in self.current:
            if row.kind == p.ADVICE and self._now(_day(row)):
                met = self.met.get(f"{ADVICE}:{row.key}")
                text = met.fields.get("minutes", "") if met else ""
                title = p.unpack(row.payload, p.AdvicePayload).title
                yield AdviceRow(
                    row.key, title, _day(row), met.day if met else None, int(text) if text.isdecimal() else None
                )

    def _secrets(self) -> Iterator[SecretRow]:
        for row in self.current:
            if row.restricted and row.kind in (p.DISCLOSURE, p.SHARED, p.ASKED, p.EMERGENCY):
                said = p.unpack(row.payload, p.SharedPayload)
                to = said.to or (row.key if row.kind == p.ASKED else "")
                yield SecretRow(row.kind, _day(row), row.by, to, said.grounds, said.words)


def _explained(said: p.ActivityPayload) -> str:
    """How something was explained, in words (TTG 2.7)."""
    understood = {"yes": "understood", "unsure": "not sure it was understood", "no": "not understood"}
    parts = (
        f"in {said.language}" if said.language else "",
        {"yes": "with an interpreter", "no": "without an interpreter"}.get(said.interpreter, ""),
        said.format,
        understood.get(said.understood, ""),
    )
    return ", ".join(part for part in parts if part)


def _day(row: Row) -> date:
    return day_of(moment_of(row.effective))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(",") if name)
