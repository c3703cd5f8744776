"""Working a case's duties off as its staff would have, until only what is to be outstanding is left.

The rules themselves are asked what is due: nothing about a duty's dates is repeated here.
"""

from datetime import date, timedelta

from db import payloads as p
from db import story
from db.demo.causes import FIRST_DUTY, OVERDUE, SAFETY, TODAY, WEEK
from db.demo.drafts import Draft
from db.demo.history import Casefile
from db.demo.sentences import working
from db.demo.talk import said
from db.demo.words import texts
from db.entries import Row, line
from policy.calendar import day_of
from policy.duties import Due, evaluate
from policy.facts import facts
from policy.rulebook import Rule, Rulebook

_ROUNDS = 7
_STARTERS = frozenset(
    {"bcst1", "basic-skills", "first-meeting", "oasys-initial", "oasys-review", "planning-meeting", "recall-28"}
)
"""Duties that another is counted from once they are met."""
_BEFORE_ITS_DAY = frozenset({"recall-release"})  # nobody is released early
_CHECKED = frozenset({"basic-skills", "benefits-induction", "induction", "bcst1", "bcst2", "victim-liaison"})
_PATIENCE = 14  # days: what takes longer is done in the second half of its time
_NO = (
    "ppo", "care-leaver", "social-care-need", "recall", "homeless-risk", "ete-on-release", "drug-need", "has-job",
    "family-at-risk", "tenancy", "tenancy-kept", "held-away", "removal-interest", "mappa-eligible",
    "sexual-violent-offence", "local-extension",
)  # fmt: skip
_KNOWN = dict.fromkeys(_NO, "no") | {
    "release-address": "settled",
    "rosh": "medium",
    "nationality": "British",
    "homeless-consent": "given",
    "oasys-on-arrival": "yes",
    "mappa-level": "1",
    "victim-contact": "no-victim-contact",
    "tier": "2",
}
"""What is recorded of somebody where a rule turns out to need it and it is not meant to be missing."""


def settle(file: Casefile, book: Rulebook, command: str) -> list[Row]:
    """The finished rows of a case."""
    rows = file.drafts.rows(command)
    for _ in range(_ROUNDS):
        told = story.read(file.person.number, rows, file.today)
        before = len(file.drafts.listed)
        for due in evaluate(told.case, file.today, book).duties:
            _look(file, due, book.rules[due.id], book)
        if len(file.drafts.listed) == before:
            break
        rows = file.drafts.rows(command)
        if not any(_begins_another(draft) for draft in file.drafts.listed[before:]):
            break
    return rows


def _begins_another(draft: Draft) -> bool:
    """Whether what was recorded may be the start of another duty, so that the rules have to be asked again."""
    return draft.kind == p.FACT or (draft.kind == p.MET and draft.key in _STARTERS)


def _look(file: Casefile, due: Due, rule: Rule, book: Rulebook) -> None:
    if due.base == "unknown":
        _unknown(file, due, rule)
    elif due.base == SAFETY:
        if file.mood != SAFETY:
            _meet(file, due, rule, file.today)
    elif due.base == "live" and due.due is not None:
        until = due.deferred_to or day_of(due.due)
        if _stays(file, due, until):
            if file.chosen and due.id == file.chosen.cause.duty and until < file.today:
                _put_off(file, due, until, book)
        elif until <= file.today + timedelta(days=_horizon(file)):
            _meet(file, due, rule, until)
        else:
            _perhaps_early(file, due, rule, until)


def _unknown(file: Casefile, due: Due, rule: Rule) -> None:
    gaps = file.person.gaps
    if not due.missing:
        if "file" in gaps and due.id in _CHECKED and len(file.decided) < 2:
            file.decided.add((due.id, "unchecked"))
        if (due.id, "unchecked") not in file.decided and due.due is not None:
            _meet(file, due, rule, day_of(due.due))
        return
    if any(fact in gaps for fact in due.missing):
        return
    for fact in due.missing:
        value = file.person.dates.hearing if fact == "hearing-month" else _KNOWN.get(fact, "")
        if value and (fact, "known") not in file.decided:
            file.decided.add((fact, "known"))
            on = min(file.person.dates.arrival + timedelta(days=file.dice.between(1, 9)), file.today)
            file.fact(fact, value, working(on) if working(on) >= file.person.dates.arrival else on, _clerk(file))


def _clerk(file: Casefile) -> str:
    return file.desk.supervisor or file.desk.administrator


def _horizon(file: Casefile) -> int:
    """How many days ahead everything is done already."""
    return 0 if file.mood in (OVERDUE, TODAY, WEEK) else 7


def _stays(file: Casefile, due: Due, until: date) -> bool:
    """Whether this is to stay outstanding."""
    chosen = file.chosen
    if due.id in _BEFORE_ITS_DAY or (due.id == "allocate-supervisor" and not file.desk.supervisor):
        return True
    if chosen and due.id == chosen.cause.duty:
        return abs((until - chosen.due).days) <= 1 or (file.mood == WEEK and until > file.today)
    alone = due.force == "mandatory" or (chosen and chosen.cause.duty == FIRST_DUTY)
    if file.mood == OVERDUE and not alone and 0 < (file.today - until).days <= 4:
        return _once(file, due, 0.1)
    if file.mood in (OVERDUE, TODAY, WEEK) and until > file.today:
        return until <= file.today + timedelta(days=7) and _once(file, due, 0.6)
    return False


def _once(file: Casefile, due: Due, share: float) -> bool:
    """A choice made once for each duty and kept to."""
    name = f"{due.id}:{due.key}"
    if (name, "left") in file.decided:
        return True
    if (name, "done") in file.decided:
        return False
    left = file.dice.chance(share)
    file.decided.add((name, "left" if left else "done"))
    return left


def _perhaps_early(file: Casefile, due: Due, rule: Rule, until: date) -> None:
    """Some of what is open is done before it presses, the likelier the less time is left."""
    if (
        due.opens is None
        or due.opens >= file.today
        or rule.text.trigger == "repeat"
        or (due.id, due.key) in file.decided
    ):
        return
    file.decided.add((due.id, due.key))
    gone = (file.today - due.opens).days / max(1, (until - due.opens).days)
    if gone > 0.4 and file.dice.chance(0.6 * gone) and not (file.chosen and due.id == file.chosen.cause.duty):
        _meet(file, due, rule, file.today)


def _put_off(file: Casefile, due: Due, until: date, book: Rulebook) -> None:
    """Some of what is late was put off, for a reason, and is due again within the week."""
    late = (file.today - until).days
    if due.deferred_to or due.due is None or late > 4 or (due.id, "put off") in file.decided:
        return
    file.decided.add((due.id, "put off"))
    to = book.calendar.add(file.today, file.dice.between(1, 3))
    if file.mood != WEEK or to > book.calendar.add(until, book.settings.defer_working_days):
        return
    name = f"{due.id}:{due.key}" if due.key else due.id
    moment = due.due.isoformat()
    payload = p.DeferralPayload(to.isoformat(), file.dice.pick(texts().answers["why_deferred"]), moment)
    on = until if until >= file.since else file.since
    replaces = line(file.person.number, p.DEFERRAL, f"{name}@{moment}")
    file.drafts.add(p.DEFERRAL, name, payload, on, _clerk(file), replaces=replaces)


def _meet(file: Casefile, due: Due, rule: Rule, until: date) -> None:
    """Record a duty as done on a believable day, by its form or in a contact."""
    low, high = _window(file, due, rule, until)
    if low > file.today:
        return
    day = file.dice.day(low, high)
    day = working(day) if working(day) >= low else day
    name = f"{due.id}:{due.key}" if due.key else due.id
    if fact := rule.text.met_by_fact:
        _know(file, fact, day, rule)
        return
    if _may_be_waived(due, rule) and file.dice.chance(0.008):
        why = file.dice.pick(texts().answers["why_waived"])
        payload = p.WaiverPayload(why, due.due.isoformat() if due.due else "")
        file.drafts.add(p.WAIVER, name, payload, day, file.desk.manager, written=max(day, file.since))
        return
    contact = _contact(file, due, rule, day, high) if rule.text.contact and due.owner == "OS" else None
    if contact is not None:
        file.met(name, date.fromisoformat(contact.effective[:10]), _clerk(file), {}, contact)
    else:
        file.met(name, day, file.desk.owner(due.owner), _fields(file, rule, day))


def _may_be_waived(due: Due, rule: Rule) -> bool:
    """Whether finding it not required would be no great matter."""
    plain = due.force != "mandatory" and due.figure == "local" and not rule.text.contact
    return plain and not due.key and rule.text.trigger != "repeat"


def _window(file: Casefile, due: Due, rule: Rule, until: date) -> tuple[date, date]:
    """The first and the last day on which it can have been done."""
    today = file.today
    low = due.opens or min(file.person.dates.arrival, until)
    if rule.text.trigger == "repeat":
        low = max(low, today - timedelta(days=18))
        return low, max(low, today - timedelta(days=1))
    if rule.text.begins == "custody-start":
        low = max(low, file.person.dates.returned or file.person.dates.custody)
    if until < file.begin and until < low:
        return low, low
    late = file.dice.between(1, 5) if file.dice.chance(0.1) else 0
    high = min(until + timedelta(days=late), today - timedelta(days=1))
    if (high - low).days > _PATIENCE:
        low += (high - low) // 2
    return low, max(low, high)


def _know(file: Casefile, fact: str, day: date, rule: Rule) -> None:
    """Record the fact that meets a duty."""
    values = {
        "offender-manager": file.person.manager,
        "release-address": file.dice.weighted(
            {"settled": 0.7, "supported": 0.15, "approved-premises": 0.1, "none": 0.05}
        ),
        "victim-contact": file.dice.pick(("no-victim-contact", "victim-informed", "victim-declined")),
    }
    if fact in values:
        file.fact(fact, values[fact], day, file.desk.owner(rule.text.owner), "duty form")
        file.met(rule.id, day, file.desk.owner(rule.text.owner), {fact: values[fact]})


def _contact(file: Casefile, due: Due, rule: Rule, day: date, high: date) -> Draft | None:
    """The contact in which it was done: one held about then, or one of its own."""
    held = [one for one in file.meetings if day <= date.fromisoformat(one.effective[:10]) <= high]
    if held:
        return held[0]
    chosen = file.chosen
    unseen = chosen is not None and chosen.cause.anchor in ("seen", "supervisor") and day > chosen.anchor
    if day < file.since or (unseen and rule.text.contact != "certain"):
        return None
    if file.named is None or (day < file.named and not due.id.startswith("recall-")):
        return None
    return file.meeting(day, [due.id if due.id in texts().topics else "plan"], file.desk.supervisor)


def _fields(file: Casefile, rule: Rule, day: date) -> dict[str, str]:
    """What the duty's form asks, filled in."""
    given: dict[str, str] = {}
    known, dice = texts().answers, file.dice
    for ask in rule.text.asks:
        if ask.ahead:
            continue  # most reviews set no day
        options = known.get(rule.id) or known.get(ask.name)
        if options and (not ask.values or options[0] in ask.values):
            chosen = dice.pick(options)
            given[ask.name] = chosen if ask.values else said(chosen, file.person, file.home)
        elif ask.name in ("consent", "contributed", "need-met"):
            given[ask.name] = "yes" if dice.chance(0.9) else "no"
        elif ask.name == "chair":
            given[ask.name] = file.person.manager.partition(",")[0]
        elif ask.name == "received" and not (file.chosen and file.chosen.cause.duty == "bcst2"):
            given[ask.name] = day.isoformat()
        elif ask.name not in facts() and ask.values:
            given[ask.name] = ask.values[0]
        elif ask.required:
            given[ask.name] = file.person.fact(ask.name) or "Recorded on the paper file"
    return given
