"""How pathway activities stand: marked, done with an outcome, declined, signposted or referred, followed up."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from db import entries, need_to_know, roles, standing
from db import payloads as p
from db.checklist import ACTIVITY, FOLLOW_UP, Kept, kept_activities
from db.checklists import QUICK, Status
from db.commands.met import record_fact
from db.commands.same import following
from db.commands.saying import brief, said
from db.commands.work import Work, changed, command, refuse_future
from db.errors import Invalid, NotAllowed, NotFound, Stale
from db.overrides import overrides_in_force
from db.rows import Actor, Changed, Role
from policy.case import MET
from policy.catalogue import Activity, Catalogue, catalogue
from policy.phrases import say, slug

SENT = (Status.SIGNPOSTED, Status.REFERRED)
UNDERSTOOD = ("", "yes", "unsure", "no")
GROUNDS = ("given", "safeguarding", "not-needed", "refused")
_LIVE = frozenset({Status.NEEDED, Status.IN_PROGRESS, Status.DONE, Status.DECLINED})


class Mark(msgspec.Struct, frozen=True):
    """How an activity is to stand.

    Attributes:
        on: the day it came to stand so; today if not said.
        words: the outcome where it is done, why where it is not needed or was declined.
        until: the day it is to be done by, to be asked about again, or to find out what came of it.
        to: to whom it is signposted or referred; `consent`: given, refused, not-needed, safeguarding.
        need_met: yes or no, where a signposting or referral was followed up.
        seen: the id of the row it stood on when the user looked; None to leave that open.
    """

    activity: str
    status: Status
    on: date | None = None
    words: str = ""
    until: date | None = None
    to: str = ""
    consent: str = ""
    service: str = ""
    need_met: str = ""
    language: str = ""
    interpreter: str = ""
    format: str = ""
    understood: str = ""
    seen: str | None = None


def mark(actor: Actor, case: str, marks: Sequence[Mark], today: date) -> Changed:
    """Set how activities of one person stand, all of them or none.

    Raises Invalid (nothing said where words are asked for, a day to come, no consent, level 1 not needed, what is
    need-to-know together with what is not), NotAllowed, NotFound (no such person or activity), Stale.
    """
    roles.check(actor, "work")
    if not marks:
        raise Invalid("Name at least one activity. Nothing was saved.")
    book = catalogue(overrides_in_force())
    activities = [activity_of(book, one.activity) for one in marks]
    if len({book.pathway[one.pathway].restricted for one in activities}) > 1:
        # The audit line of such a command is the manager's, and would be missed beside the rows everybody sees.
        raise Invalid("What is need-to-know is marked apart from the rest. Nothing was saved.")
    with command(actor, case, "pathway " + ", ".join(one.activity for one in marks), today) as work:
        _Marker(work, book).all(marks)
        secret = any(row.restricted for row in work.rows)
        title = activities[0].title if len(marks) == 1 else f"{len(marks)} activities"
        # What is need-to-know is not named where the next person at this screen might read it.
        work.sentence = "a need-to-know record" if secret else f"{title}: {marks[0].status.words}"
    told = f"{title}: {marks[0].status.words}.{_next_words(marks)}"
    work.sentence = "Recorded, for those who need to know." if secret else told
    return changed(work)


def activity_of(book: Catalogue, name: str) -> Activity:
    """The activity of this id. Raises NotFound."""
    if name not in book.activity or not book.activity[name].person:
        raise NotFound(f"There is no pathway activity called “{name}”. Nothing was saved.")
    return book.activity[name]


def may_record(actor: Actor, activity: Activity, *, restricted: bool) -> None:
    """Refuse who may not record this activity. Raises NotAllowed."""
    if restricted and actor.role not in (Role.SUPERVISOR, Role.MANAGER):
        raise NotAllowed("That is for a supervisor or the manager to record. Nothing was changed.")
    roles.check_owner(actor, activity.owner or "CRC")


class _Marker:
    """Writes marks into one command."""

    def __init__(self, work: Work, book: Catalogue) -> None:
        self.work, self.book = work, book
        every = entries.of_case(work.case or "", restricted=True)
        self.every = every
        self.kept = kept_activities(need_to_know.visible(work.actor, every, work.today))
        self.keys = {row.key for row in every if row.kind == p.REFERRAL and not row.restricted}

    def all(self, marks: Iterable[Mark]) -> None:
        for one in marks:
            self.one(one)

    def one(self, one: Mark) -> None:
        activity = activity_of(self.book, one.activity)
        restricted = self.book.restricted(one.activity)
        may_record(self.work.actor, activity, restricted=restricted)
        on = one.on or self.work.today
        refuse_future(on, self.work.today)
        kept = self.kept.get(one.activity)
        _check_seen(one, activity, kept)
        _check_understood(one)
        if one.status is Status.FOLLOWED_UP:
            self._follow_up(one, activity, kept, on, restricted)
            return
        key = self._key(one, kept)
        self._close(one, kept, on, restricted)
        referral = self._refer(one, activity, on, restricted) if one.status in SENT else ""
        payload = p.ActivityPayload(
            one.activity,
            one.status.value,
            activity.title,
            activity.owner or "",
            self._date(one, on),
            _words(one, activity),
            referral,
            brief(one.language, "The language", "language", 60),
            one.interpreter,
            brief(one.format, "The format", "format", 60),
            one.understood,
        )
        self._add(one, key, payload, on, restricted)
        if one.status is Status.DONE:
            self._met(f"{ACTIVITY}:{key}", {"outcome": payload.words}, on, restricted)
            for fact, value in activity.tells.items():
                record_fact(self.work, fact, value, on, "checklist")
        if one.status is Status.DONE or (one.status is Status.REFERRED and activity.sending_meets):
            self._meet_duties(activity, payload.words, on)

    def _add(self, one: Mark, key: str, payload: p.ActivityPayload, on: date, restricted: bool) -> None:
        live = one.status in _LIVE and not (one.status is Status.DECLINED and not payload.date)
        line = entries.line(self.work.case, p.ACTIVITY, one.activity)
        at = entries.last_of_line([*self.every, *self.work.rows], line)
        kind = p.ACTIVITY if live else p.ACTIVITY_SETTLED
        row = self.work.add(kind, key, payload, on=on, source="checklist", replaces=at, restricted=restricted)
        self.kept[one.activity] = Kept(row, payload)

    def _met(self, name: str, fields: dict[str, str], on: date, restricted: bool) -> None:
        payload = p.MetPayload({key: value for key, value in fields.items() if value})
        self.work.add(MET, name, payload, on=on, source="checklist", restricted=restricted)
        self.work.met.append(name)

    def _close(self, one: Mark, kept: Kept | None, on: date, restricted: bool) -> None:
        """What was passed on and is done or declined now: that is what came of it."""
        if kept is None or not kept.payload.referral or one.status not in (Status.DONE, Status.DECLINED):
            return
        name = f"{FOLLOW_UP}:{kept.payload.referral}"
        if not any(row.kind == MET and row.key == name for row in entries.live(self.every)):
            done = one.status is Status.DONE
            words = " ".join(one.words.split())
            outcome = words if done else f"Declined: {words}" if words else "Declined by the person"
            self._met(name, {"outcome": outcome, "need-met": "yes" if done else "no"}, max(on, kept.day), restricted)

    def _meet_duties(self, activity: Activity, outcome: str, on: date) -> None:
        """The duties that come to the same, where they are owed: nobody records one thing twice."""
        owed = {duty.id for duty in self.work.duties() if duty.live} if activity.meets else set()
        for duty in activity.meets:
            if duty in owed:
                asked = {ask.name for ask in standing.rules().rules[duty].text.asks}
                self._met(duty, {"outcome": outcome} if "outcome" in asked else {}, on, False)

    def _key(self, one: Mark, kept: Kept | None) -> str:
        """The key of its duty: another one each time it is needed again after it was settled."""
        if kept is None:
            return one.activity
        settled = Status(kept.payload.status) not in (Status.NOT_ASSESSED, Status.NEEDED, Status.IN_PROGRESS)
        name = f"{ACTIVITY}:{kept.row.key}"
        met = any(row.kind == MET and row.key == name for row in entries.live(self.every))
        return following(kept.row.key) if settled or met else kept.row.key

    def _date(self, one: Mark, on: date) -> str:
        if one.status not in (Status.NEEDED, Status.IN_PROGRESS, Status.DECLINED):
            return ""
        return day_set(one.until, on)

    def _refer(self, one: Mark, activity: Activity, on: date, restricted: bool) -> str:
        to = said(one.to, "To whom", "to")
        check_consent(one.consent, asked=activity.consent, restricted=restricted)
        # A key to be guessed would tell, by being taken, whoever makes a referral of that name.
        key = f"{one.activity}-{self.work.id[:12]}" if restricted else free_key(one.activity, self.keys)
        self.keys.add(key)
        payload = p.ReferralPayload(
            to,
            one.status.value,
            activity.title,
            one.activity,
            one.consent,
            _maker(self.work.actor),
            one.service,
            day_set(one.until, on),
        )
        self.work.add(p.REFERRAL, key, payload, on=on, source="checklist", restricted=restricted)
        return key

    def _follow_up(self, one: Mark, activity: Activity, kept: Kept | None, on: date, restricted: bool) -> None:
        if kept is None or not kept.payload.referral:
            raise Invalid(f"{activity.title} was not signposted or referred. Nothing was saved.", field="status")
        if on < kept.day:
            raise Invalid(f"That is before it was made, {say(kept.day)}. Nothing was saved.", field="on")
        outcome = said(one.words, "What came of it", "words")
        check_need_met(one.need_met)
        name = f"{FOLLOW_UP}:{kept.payload.referral}"
        self._met(name, {"outcome": outcome, "need-met": one.need_met}, on, restricted)
        if one.need_met == "no":
            again = Mark(one.activity, Status.NEEDED, on, until=one.until)
            payload = p.ActivityPayload(
                one.activity, Status.NEEDED.value, activity.title, activity.owner or "", self._date(again, on)
            )
            self._add(again, following(kept.row.key), payload, on, restricted)


def check_consent(consent: str, *, asked: bool, restricted: bool = False) -> None:
    """Refuse what is passed on without consent. Raises Invalid."""
    if consent not in ("", *GROUNDS):
        raise Invalid(f"Consent is one of {', '.join(GROUNDS)}. Nothing was saved.", field="consent")
    if consent == "refused":
        raise Invalid("Consent was refused, so nothing is passed on: record it as declined.", field="consent")
    if consent == "safeguarding" and not restricted:
        raise Invalid("Safeguarding is for what is need-to-know; here consent is asked for.", field="consent")
    if asked and consent not in ("given", "safeguarding"):
        raise Invalid("Consent is needed before this is passed on. Nothing was saved.", field="consent")


def check_need_met(answer: str) -> None:
    """An outcome says whether it met the need: effort does not. Raises Invalid."""
    if answer not in ("yes", "no"):
        raise Invalid("Say whether the need is met, yes or no. Nothing was saved.", field="need-met")


def day_set(until: date | None, on: date) -> str:
    """A day somebody set, as it is kept; "" for none. Raises Invalid where it is before what it is about."""
    if until is not None and until < on:
        raise Invalid(f"{say(until)} is before {say(on)}. Nothing was saved.", field="until")
    return until.isoformat() if until else ""


def find_out(until: date | None) -> str:
    """By when to find out what came of a signposting or referral."""
    when = f"by {say(until)}" if until else "within 10 working days"
    return f"Find out {when}, and before release, what came of it."


def free_key(name: str, taken: Iterable[str]) -> str:
    """A key for one more thing of a name: the name itself, or with a number behind it."""
    key, used = slug(name), set(taken)
    while key in used:
        key = following(key)
    return key


def _maker(actor: Actor) -> str:
    """Whose the follow-up is: whoever made it."""
    return "MAN" if actor.role is Role.MANAGER else "OS"


def _words(one: Mark, activity: Activity) -> str:
    if one.status is Status.DONE:
        return said(one.words, "The outcome", "words")
    if one.status is Status.NOT_NEEDED:
        if activity.level == 1:
            raise Invalid("Level 1 is for everyone and is never not needed. Nothing was saved.", field="status")
        return said(one.words, "Why it is not needed", "words")
    return brief(one.words, "What was said", "words") if one.status not in QUICK else ""


def _check_seen(one: Mark, activity: Activity, kept: Kept | None) -> None:
    now = kept.row.id if kept else ""
    if one.seen is not None and one.seen != now:
        theirs = kept.payload.status.replace("-", " ") if kept else "not assessed"
        raise Stale(
            f"Somebody has just marked {activity.title}: {theirs}. Nothing of yours was saved; look, then mark it.",
            mine=one.status.value,
            theirs=theirs,
        )


def _check_understood(one: Mark) -> None:
    if one.understood not in UNDERSTOOD:
        raise Invalid("Understood is yes, unsure or no.", field="understood")
    if one.interpreter not in ("", "yes", "no"):
        raise Invalid("Interpreter is yes or no.", field="interpreter")


def _next_words(marks: Sequence[Mark]) -> str:
    if len(marks) != 1:
        return " u undoes all of it."
    one = marks[0]
    if one.status in SENT:
        return f" {find_out(one.until)}"
    if one.status is Status.FOLLOWED_UP and one.need_met == "no":
        return " The need is not met: it is needed again."
    return ""
