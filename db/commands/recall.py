"""A recall from warning to release: expected back, re-engagement started, turned into another type, released."""

from datetime import date

from msgspec.structs import replace

from db import payloads as p
from db import recall_start, roles
from db.cases import existing
from db.commands.work import Work, changed, command, refuse_future, words
from db.errors import Invalid, NotFound
from db.recall_story import fields, lines_of, recalls
from db.recalls import CLOSED, EXPECTED, STARTED, Does, Notice, RecallRow
from db.rows import Actor, Changed
from db.standing import rules
from policy.numbers import is_prisoner_number
from policy.phrases import say
from policy.reading import Reading
from policy.recall_words import recall_words, type_words
from policy.release import contradictions


def expect(actor: Actor, case: str, notice: Notice, today: date, on: date | None = None, name: str = "") -> Changed:
    """Record that somebody is on their way back: a recall is in progress, and the unit was told `on` a day.

    `name`, as SURNAME, Forenames, for somebody the record does not know yet: they stand on no caseload until they come.

    Raises Invalid (a day to come, already expected or back), NotFound (nobody known, and no name), NotAllowed, Stale.
    """
    roles.check(actor, "work")
    day = on or today
    refuse_future(day, today)
    notice = replace(notice, returned=None)
    if notice.type:
        recall_start.check(notice, today)
    number = _number(case, name)
    with command(actor, number, "recall expected", today, known=False) as work:
        if name and not work.before:
            surname, _, forenames = (part.strip() for part in words(name, "The name").partition(","))
            recall_start.put(work, {"surname": surname.upper(), "forenames": forenames or None}, day)
        present = now(work)
        if present is not None and present.open:
            raise Invalid("A recall of this person is recorded already, and not over. Nothing was saved.")
        key = recall_start.next_key(work.before)
        recall_start.add_to_recall(work, key, recall_start.payload(notice, EXPECTED), day)
        told = {"by": notice.told_by} if notice.told_by else {}
        work.add(p.MET, recall_start.WARNED, p.MetPayload(told), on=day, source="recall")
        work.sentence = "expected back on recall"
    work.sentence = "Expected back on recall. On arrival, by an extract or by hand, it becomes a recall case."
    return changed(work)


def _number(case: str, name: str) -> str:
    """The number of somebody known, or of somebody new who is named. Raises Invalid, NotFound."""
    raised = case.strip().upper()
    if not name:
        return existing(raised)
    if not is_prisoner_number(raised):
        raise Invalid(f"“{case}” is not a prisoner number: a letter, four digits, two letters, such as A1234BC.")
    try:
        return existing(raised)
    except NotFound:
        return raised


def now(work: Work) -> RecallRow | None:
    """The person's latest recall as it is before this command."""
    told = work.story()
    book = rules()
    found = recalls(told, Reading(told.case, work.today, book.settings, book.calendar), work.before)
    return found[-1] if found else None


def start(actor: Actor, case: str, notice: Notice, today: date) -> tuple[Changed, tuple[Does, ...]]:
    """Start re-engagement: facts, what is carried forward, clocks, in one change; and what each part did.

    Raises Invalid (type, days, a day to come, another recall still open), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "work")
    recall_start.check(notice, today)
    with command(actor, case, "start re-engagement", today) as work:
        does = tuple(recall_start.fill(work, notice))
        work.sentence = f"re-engagement started ({type_words(notice.type, notice.days)})"
    clocks = sum(one.about.startswith("Clock") for one in does)
    work.sentence = f"Re-engagement started: {type_words(notice.type, notice.days)}; {clocks} clocks run."
    if alerts := [one.words for one in does if one.alert]:
        work.sentence += f" Check: {' '.join(alerts)}"
    return changed(work), does


def turn(
    actor: Actor,
    case: str,
    kind: str,
    why: str,
    today: date,
    *,
    on: date | None = None,
    days: str = "",
    release: date | None = None,
) -> tuple[Changed, tuple[Does, ...]]:
    """Turn the present recall into another type (or length), as decided `on` a day, and say which dates moved.

    Raises Invalid (no recall open, nothing changes, a day before the return or to come, no reason), NotFound, Stale.
    """
    roles.check(actor, "work")
    day = on or today
    refuse_future(day, today)
    reason = words(why, "The reason")
    with command(actor, case, "turn a recall into another type", today) as work:
        does = tuple(fill_turn(work, kind, reason, day, days, release))
        work.sentence = f"recall turned into {type_words(kind, days)}"
    work.sentence = f"Now {type_words(kind, days)}. {_moved_words(does)}"
    return changed(work), does


def fill_turn(work: Work, kind: str, why: str, on: date, days: str, release: date | None) -> list[Does]:
    """Add the rows that turn a recall into another type, and say which dates move. Raises Invalid."""
    recall = now(work)
    if recall is None or not recall.open or recall.returned is None:
        raise Invalid("This person is not back on recall. Nothing was saved.")
    if on < recall.returned:
        raise Invalid(f"They were back only on {say(recall.returned)}. Nothing was saved.", "on")
    notice = Notice(kind, recall.returned, days, release, recall.reasons)
    recall_start.check(notice, work.today)
    if (kind, days, release) == (recall.type, recall.days, recall.notice):
        raise Invalid("That is what it is already. Nothing was saved.", "type")
    before = recall_start.duties_before(work)
    values = {
        "recall": kind,
        "recall-days": days or None,
        "recall-release": release.isoformat() if release else None,
    }
    recall_start.put(work, values, on)
    after, told = recall_start.duties_after(work)
    moved = recall_start.moved(before, after)
    was = type_words(recall.type, recall.days)
    said = {**recall_start.payload(notice, STARTED), "was": was, "why": why, "moved": _moved_words(moved)}
    recall_start.add_to_recall(work, recall.key, said, on)
    book = rules()
    alerts = contradictions(Reading(told.case, work.today, book.settings, book.calendar))
    return [*moved, *(Does("Check", alert, alert=True) for alert in alerts)]


def _moved_words(does: tuple[Does, ...] | list[Does]) -> str:
    told = "; ".join(f"{one.about} {one.words}" for one in does if not one.alert)
    alerts = " ".join(one.words for one in does if one.alert)
    return f"Dates moved: {told}. {alerts}".strip() if told else f"No date moved. {alerts}".strip()


def released(actor: Actor, case: str, on: date, route: str, today: date, *, to: str = "", why: str = "") -> Changed:
    """Record that somebody recalled was released: the recall is over, everything stays to be read.

    Raises Invalid (no recall open, a day to come or before the return, no such route), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "work")
    refuse_future(on, today)
    if route not in [one.id for one in recall_words().route]:
        raise Invalid(f"A route is one of {', '.join(one.id for one in recall_words().route)}.", "route")
    with command(actor, case, "released from recall", today) as work:
        recall = now(work)
        if recall is None or not recall.open or recall.returned is None:
            raise Invalid("This person is not back on recall. Nothing was saved.")
        if on < recall.returned:
            raise Invalid(f"They were back only on {say(recall.returned)}. Nothing was saved.", "on")
        if recall.type == "fixed-term":
            work.add(p.MET, "recall-release", p.MetPayload(), on=on, source="recall")
            work.met.append("recall-release")
        line = lines_of(work.before).get(recall.key)
        said = fields(line[-1]) if line else recall_start.payload(_notice(recall), STARTED)
        said = {name: text for name, text in said.items() if name not in ("was", "moved", "why")}
        ended = {"stage": CLOSED, "released": on.isoformat(), "route": route, "to": to.strip(), "why": why.strip()}
        recall_start.add_to_recall(work, recall.key, {**said, **{n: text for n, text in ended.items() if text}}, on)
        recall_start.put(work, {"left": on.isoformat()}, on)
        work.sentence = f"released from recall on {say(on)}"
    work.sentence = f"Released on {say(on)}. The recall is over; everything recorded of it stays."
    return changed(work)


def call_off(actor: Actor, case: str, why: str, today: date) -> Changed:
    """Record that somebody expected does not come: the recall was called off.

    Raises Invalid (not expected, no reason), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "work")
    reason = words(why, "The reason")
    with command(actor, case, "recall called off", today) as work:
        recall = now(work)
        if recall is None or recall.stage != EXPECTED:
            raise Invalid("This person is not expected back. Nothing was saved.")
        said = fields(lines_of(work.before)[recall.key][-1])
        recall_start.add_to_recall(work, recall.key, {**said, "stage": CLOSED, "why": reason}, today)
        work.sentence = "recall called off"
    work.sentence = "The recall was called off; nobody is expected any more."
    return changed(work)


def _notice(recall: RecallRow) -> Notice:
    """What is known of a recall only an extract brought, as a notice."""
    return Notice(recall.type, recall.returned, recall.days, recall.notice, recall.reasons)
