"""One person's history: extracts taken in, facts recorded by hand, supervisors named, meetings held."""

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from db import payloads as p
from db.demo.causes import SAFETY, Chosen
from db.demo.dice import Dice
from db.demo.drafts import Draft, Drafts, office_hours
from db.demo.kinds import RECALLED, UNSENTENCED
from db.demo.people import Person
from db.demo.sentences import working
from db.demo.talk import Fresh, meeting_text, said, topics_for
from db.demo.words import texts
from policy.calendar import england_and_wales
from policy.recall_signals import Signals, find_recall


class Desk(msgspec.Struct):
    """Who records what in this case: staff ids. `before`: who held the case earlier, if somebody else did."""

    supervisor: str
    before: str
    administrator: str
    manager: str
    providers: Mapping[str, str]

    def owner(self, owner: str) -> str:
        """Who records a duty of this owner."""
        own = {"OS": self.supervisor or self.manager, "CA": self.administrator, "MAN": self.manager}
        return own.get(owner) or self.providers.get(owner) or self.administrator


class Casefile:
    """Everything about one person while their record is being made."""

    def __init__(self, person: Person, mood: str, chosen: Chosen | None, desk: Desk, cell: str, drafts: Drafts) -> None:
        """Begin the file of a person who lives in `cell`."""
        self.person = person
        self.mood = mood
        self.chosen = chosen
        self.desk = desk
        self.cell = cell
        self.drafts = drafts
        self.dice: Dice = drafts.dice
        self.today: date = drafts.today
        self.begin: date = drafts.begin
        self.since = max(person.dates.arrival, self.begin)
        """From when the record knows this person."""
        self.named: date | None = None
        """Since when the case has its supervisor."""
        self.fresh = Fresh(self.dice)
        self.home = self.dice.pick(texts().home["who"])
        self.decided: set[tuple[str, str]] = set()
        self.meetings: list[Draft] = []

    # --- what is recorded ---------------------------------------------------------------------------------------------

    def fact(self, name: str, value: str | None, on: date, by: str, source: str = "hand") -> None:
        """A fact recorded by hand."""
        payload = p.FactPayload(value, self.person.given.get(name))
        self.drafts.add(p.FACT, name, payload, on, by, source, self._typed(on))
        if value is not None:
            self.person.hand[name] = value

    def _typed(self, on: date) -> date:
        """The day something was written down: that day, or in the first weeks of the record if it is older."""
        if on >= self.since:
            return on
        return min(working(self.since + timedelta(days=self.dice.between(0, 12))), self.today)

    def met(self, name: str, on: date, by: str, fields: dict[str, str], contact: Draft | None = None) -> None:
        """A duty met, by its own form or in a contact."""
        payload = p.MetPayload(fields, contact.id if contact else "")
        source = "contact" if contact else "duty form"
        written = max(contact.day, self._typed(on)) if contact else self._typed(on)
        self.drafts.add(p.MET, name, payload, on, by, source, written)
        if contact and name not in contact.meets:
            contact.meets.append(name)

    def meeting(
        self, on: date, topics: list[str], holder: str, *, declined: bool = False, kind: str = "meeting"
    ) -> Draft:
        """A meeting with whoever holds the case, with what was said."""
        dice, known = self.dice, texts()
        if declined:
            text = said(self.fresh.pick(known.said["declined"]), self.person, self.home)
        elif kind == "video":
            text = said(self.fresh.pick(known.others["video"]), self.person, self.home)
        else:
            text = meeting_text(self.person, topics, self.home, self.fresh)
        worried = not declined and dice.chance(0.22)
        payload = p.ContactPayload(
            kind,
            text,
            where=dice.pick(known.where) if text.startswith(_PLACELESS) else "",
            by=holder,
            strengths=self.fresh.pick(known.said["strengths"]) if not declined and dice.chance(0.5) else "",
            concerns=self.fresh.pick(known.said["concerns"]) if worried else "",
            understood="yes" if not declined and dice.chance(0.3) else "",
            declined=declined,
        )
        draft = self.drafts.add(p.CONTACT, "", payload, office_hours(on, dice), payload.by, "contact")
        if not declined:
            self.meetings.append(draft)
        return draft

    def other(self, kind: str, on: date, text: str, by: str, *, safety: bool = False) -> Draft:
        """A note, a call or a letter."""
        payload = p.ContactPayload(kind, said(text, self.person, self.home), by=by, safety=safety)
        return self.drafts.add(p.CONTACT, "", payload, office_hours(on, self.dice), by, "contact")

    # --- from arrival to now ------------------------------------------------------------------------------------------

    def begin_file(self) -> None:
        """Everything that does not depend on what is due: extracts, answers of the screening, supervisor, meetings."""
        self._extracts()
        self._answers()
        self._named()
        self._anchor()
        self._others()

    def _extracts(self) -> None:
        person, dice = self.person, self.dice
        values = dict(person.given)
        moved_in = "ADM-INT" if person.fact("transferred-in") == "yes" else _ADMITTED.get(person.kind, "ADM-I")
        values |= {"status": "ACTIVE IN", "movement": moved_in, "cell": self.cell}
        if "recall" in person.gaps:
            values["imprisonment-status"] = "ADIMP_ORA"
        checked = "file" if "file" in person.gaps else ""
        settled = (self.today - self.since).days
        fresh = dict(values)
        moves = dice.chance(0.25) and settled > 25
        if settled <= 1 and person.dates.arrival >= self.begin:
            fresh["cell"] = "RECP"
        elif moves:
            fresh["cell"] = self.cell[:-3] + f"{dice.between(1, 36):03d}"
        add = self.drafts.add
        intake = self.desk.administrator
        first = p.ExtractPayload(fresh, person.own, checked)
        add(p.EXTRACT, "", first, self.since, intake, "extract")
        out = dice.chance(0.012)
        if out or (moves and fresh != values):
            if out:
                values |= {"status": "ACTIVE OUT", "movement": "CRT-19"}
            on = self.today if out else dice.day(self.since + timedelta(days=8), self.today - timedelta(days=2))
            add(p.EXTRACT, "", p.ExtractPayload(values, person.own, checked), on, intake, "extract")
        if "recall" in person.gaps:
            asked = find_recall(Signals("yes", "SENTENCED", "ADIMP_ORA", moved_in))
            add(p.QUESTION, "recall", p.QuestionPayload(asked.ask, asked.evidence), self.since, intake, "extract")

    def _answers(self) -> None:
        """Facts by hand, as the first days here and the offender manager's letter gave them."""
        arrived = self.person.dates.arrival
        screened = min(england_and_wales().add(arrived, self.dice.between(1, 4)), self.today)
        for name, value in list(self.person.hand.items()):
            by = self.desk.administrator if name in _ADMINISTRATOR else self.desk.before or self.desk.supervisor
            by = by or self.desk.administrator
            self.fact(name, value, arrived if name == "arrival" else screened, by)

    def _named(self) -> None:
        """The supervisor named, perhaps another before, and the meetings each held."""
        named = england_and_wales().add(self.person.dates.arrival, self.dice.between(0, 2))
        desk = self.desk
        if not desk.supervisor or named > self.today:
            return
        anew = self._anew()
        if anew and (anew - named).days > 10:
            if desk.before:
                self.fact("supervisor", desk.before, named, desk.manager)
                self._meet(named, working(anew - timedelta(days=self.dice.between(1, 12))), desk.before)
            named = anew
        self.fact("supervisor", desk.supervisor, named, desk.manager)
        self.named = named
        if not (self.chosen and self.chosen.cause.anchor == "supervisor"):
            self._meet(named, self._last_meeting(), desk.supervisor)

    def _anew(self) -> date | None:
        """The day the case came from another supervisor, if it did."""
        if self.chosen and self.chosen.cause.anchor == "supervisor":
            return self.chosen.anchor
        if not self.desk.before or (self.today - self.since).days <= 90:
            return None
        return working(self.dice.day(self.since + timedelta(days=20), self.today - timedelta(days=45)))

    def _meet(self, named: date, last: date, holder: str) -> None:
        """Meetings with one supervisor, the first soon after being named, about every month until the last."""
        dice = self.dice
        first = england_and_wales().add(named, dice.between(1, 8))
        if first > last:
            if first >= self.today or last < named:
                return
            first = last
        self._first(first, holder)
        days: list[date] = []
        day = last
        while day > first + timedelta(days=9) and day >= self.begin:
            days.append(day)
            day = working(day - timedelta(days=dice.between(23, 34)))
        left = (self.person.dates.conditional - self.today).days if self.person.dates.conditional else None
        for day in reversed(days):
            declined = day != last and dice.chance(0.03)
            kind = "video" if dice.chance(0.04) else "meeting"
            contact = self.meeting(day, topics_for(self.person, left, dice), holder, declined=declined, kind=kind)
            if declined:
                payload = p.MetPayload({}, contact.id, True)
                self.drafts.add(p.MET, "supervisor-contact", payload, day, holder, "contact")
                contact.meets.append("supervisor-contact")
            else:
                self.met("supervisor-contact", day, holder, {}, contact)

    def _first(self, day: date, holder: str) -> None:
        held = self.meeting(day, ["first-meeting"], holder) if day >= self.begin else None
        self.met("first-meeting", day, holder, {}, held)

    def _last_meeting(self) -> date:
        if self.chosen and self.chosen.cause.anchor == "seen":
            return self.chosen.anchor
        if self.chosen and self.mood == "overdue" and self.dice.chance(0.25):
            return working(self.today - timedelta(days=self.dice.between(21, 27)))
        return working(self.today - timedelta(days=self.dice.between(1, 18)))

    def _anchor(self) -> None:
        """What starts the duty that is to be outstanding."""
        if self.chosen is None:
            if self.mood == SAFETY:
                self._concern(self.today, passed_on=False)
            return
        cause, day, dice = self.chosen.cause, self.chosen.anchor, self.dice
        sort, _, name = cause.anchor.partition(":")
        if sort == "done":
            self.met(cause.duty, day, self.desk.supervisor or self.desk.administrator, self.fields(cause.duty))
        elif sort == "screened":
            self.met("bcst1", day, self.desk.owner("PS"), {})
        elif sort == "fact":
            value = cause.wants.get(name) or dice.pick(texts().answers["needs"])
            self.fact(name, value, day, self.desk.supervisor or self.desk.administrator)
        elif sort == "event":
            self.drafts.add(name, f"{name}-1", self._event(name), day, self.desk.supervisor or self.desk.administrator)

    def _event(self, name: str) -> dict[str, str]:
        if name == "referral":
            return {"to": self.dice.pick(texts().answers["referrals"]), "consent": "yes"}
        return {}

    def fields(self, duty: str) -> dict[str, str]:
        """What the form of a duty done now and again is filled in with."""
        if duty == "recall-proactive":
            return {"answer": said(self.dice.pick(texts().answers[duty]), self.person, self.home)}
        return {}

    def _others(self) -> None:
        """Notes, calls and letters between the meetings; now and then a concern that was passed on."""
        dice, known = self.dice, texts()
        spell = (self.today - self.since).days
        for _ in range(dice.between(0, 1 + spell // 45)):
            kind = dice.weighted({"note": 0.6, "phone": 0.25, "letter": 0.1, "video": 0.05})
            if self.person.kind in UNSENTENCED and kind != "note":
                continue
            on = working(dice.day(self.since, self.today))
            if on >= self.since and (kind != "video" or on < self._last_seen()):
                self.other(
                    kind, on, self.fresh.pick(known.others[kind]), self.desk.supervisor or self.desk.administrator
                )
        if spell > 20 and dice.chance(0.03):
            self._concern(dice.day(self.since + timedelta(days=3), self.today - timedelta(days=5)), passed_on=True)
        if self.person.kind in RECALLED and self.person.dates.returned and dice.chance(0.6):
            before = self.person.dates.returned - timedelta(days=dice.between(1, 3))
            self.met("recall-warned", before, self.desk.administrator, {})

    def _last_seen(self) -> date:
        return max((date.fromisoformat(one.effective[:10]) for one in self.meetings), default=self.begin)

    def _concern(self, on: date, *, passed_on: bool) -> None:
        known, dice = texts(), self.dice
        by = self.desk.supervisor or self.desk.administrator
        contact = self.other("note", on, dice.pick(known.said["safety"]), by, safety=True)
        key = contact.id[-8:]
        self.drafts.add(p.CONCERN, key, p.ConcernPayload(contact.id), on, by, "contact")
        if passed_on:
            fields = {"told": dice.pick(known.answers["told"]), "what": dice.pick(known.answers["what"])}
            self.met(f"safety-handover:{key}", on, by, fields)


_PLACELESS = ("Monthly", "Planned", "First", "Introduced", "Induction")
"""How texts begin that do not say themselves where it was."""
_ADMINISTRATOR = frozenset(
    {"arrival", "offender-manager", "hearing-month", "oasys-on-arrival", "recall-release", "release-date"}
)
_ADMITTED = {"remand": "ADM-N", "unsentenced": "ADM-V", **dict.fromkeys(sorted(RECALLED), "ADM-L")}
