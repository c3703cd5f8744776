"""Meeting one duty inside a command: which one is meant, what its form asks, and the row it leaves."""

from collections.abc import Mapping
from datetime import date

from db import payloads as p
from db import roles, standing
from db.checklist import FOLLOW_UP
from db.commands.same import needed_again, settle_same
from db.commands.saying import says_nothing
from db.commands.work import Work, refuse_future
from db.errors import Ambiguous, Invalid, NotFound
from db.rows import DutyRow
from policy.calendar import Moment, day_of
from policy.conditions import holds
from policy.facts import NotAValue, facts, normal
from policy.phrases import say
from policy.reading import Reading
from policy.recall import FORMAL_REVIEWS
from policy.rulebook import AskField, Rule


def rule_of(duty: str) -> Rule:
    """The rule of a duty named `id` or `id:key`. Raises NotFound where there is none."""
    identity = duty.partition(":")[0]
    found = standing.rules().rules.get(identity)
    if found is None:
        raise NotFound(f"There is no duty called “{identity}”; wingdesk rulebook lists them all.")
    return found


def named(work: Work, duty: str) -> tuple[Rule, DutyRow | None]:
    """The rule and the stored duty that `id` or `id:key` means in this case.

    Raises NotFound where the duty does not exist, Ambiguous where the case has several and none is named.
    """
    rule = rule_of(duty)
    identity, _, key = duty.partition(":")
    own = [row for row in work.duties() if row.id == identity]
    if key:
        for row in own:
            if row.key == key:
                return rule, row
        raise NotFound(f"This case has no duty {duty}.")
    live = [row for row in own if row.live]
    if len(live) > 1:
        choices = tuple(row.name for row in live)
        raise Ambiguous(f"This case has {len(live)} of these: {', '.join(choices)}. Say which.", choices)
    return rule, live[0] if live else (own[0] if own and rule.text.trigger != "each" else None)


def meet_in(
    work: Work,
    duty: str,
    on: Moment,
    fields: Mapping[str, str],
    *,
    contact: str = "",
    declined: bool = False,
) -> None:
    """Record a duty as met, with what its form asks; what it asks that is a fact becomes one.

    Raises NotFound, Ambiguous, Invalid (a field missing, unknown or wrong; a day to come), NotAllowed.
    """
    rule, row = named(work, duty)
    if row is None and rule.text.trigger == "each":
        raise NotFound(f"This case has no duty {duty}: nothing is recorded that starts it.")
    roles.check_owner(work.actor, rule.text.owner)
    refuse_future(on, work.today)
    if declined and not rule.text.declinable:
        raise Invalid(
            f"{rule.short} is not something to decline; only meetings with the supervisor are. Nothing was saved.",
            field="declined",
        )
    _refuse_out_of_place(work, rule)
    if rule.text.trigger == "each" and row and row.opens and day_of(on) < row.opens:
        raise Invalid(f"That day is before it was recorded, {row.opens.isoformat()}. Nothing was saved.", field="on")
    given = {} if declined else _checked(rule, fields, on, work.today)
    name = row.name if row else rule.id
    for fact in [field for field in given if field in facts()]:
        record_fact(work, fact, given[fact], on, "duty form")
    work.add(p.MET, name, p.MetPayload(given, contact, declined), on=on, source="contact" if contact else "duty form")
    work.met.append(name)
    if not declined:
        settle_same(work, rule, given.get("outcome", ""), on)
    if rule.id == FOLLOW_UP and given.get("need-met") == "no":
        needed_again(work, name.partition(":")[2], on)
    if given.get("outcome") and rule.id in FORMAL_REVIEWS:
        from db.commands.recall_work import FORMAL, add_decision

        add_decision(work, FORMAL, day_of(on), {**given, "why": given.get("note", "")})


def record_fact(work: Work, fact: str, value: str, on: Moment, source: str) -> None:
    """What a duty or an activity found out becomes a fact."""
    if fact == "supervisor":
        roles.check(work.actor, "allocate")
    held = work.story().held.get(fact)
    payload = p.FactPayload(value, held.extract if held else None)
    work.add_to_line(p.FACT, fact, payload, on=day_of(on), source=source)


def _checked(rule: Rule, fields: Mapping[str, str], on: Moment, today: date) -> dict[str, str]:
    asked = {ask.name: ask for ask in rule.text.asks}
    for name in fields:
        if name not in asked and name != "note":
            known = ", ".join([*asked, "note"])
            raise Invalid(
                f"{rule.short} does not ask for “{name}”; it asks for {known}. Nothing was saved.", field=name
            )
    given = {name: " ".join(value.split()) for name, value in fields.items() if value.strip()}
    for name, ask in asked.items():
        if name not in given:
            if ask.required:
                raise Invalid(f"{rule.short} asks for more: {ask.label} ({name}=…). Nothing was saved.", field=name)
            continue
        given[name] = _value(ask, given[name])
        if ask.type == "date" and name not in facts():
            _refuse_out_of_order(ask, given[name], on, today)
    return given


def _refuse_out_of_order(ask: AskField, text: str, on: Moment, today: date) -> None:
    """A day that came of what was done is not before it and, unless that is asked for, not ahead. Raises Invalid."""
    day = date.fromisoformat(text)
    if not ask.ahead:
        refuse_future(day, today)
    if day < day_of(on):
        raise Invalid(
            f"{ask.label}, {say(day)}, is before it was done, {say(day_of(on))}. Nothing was saved.", ask.name
        )


def _refuse_out_of_place(work: Work, rule: Rule) -> None:
    """A duty that does not apply to this person is not met; one that has not begun may be. Raises Invalid."""
    if not applies_here(work, rule):
        raise Invalid(f"{rule.short} does not apply here: it is for {rule.text.who}. Nothing was saved.")


def applies_here(work: Work, rule: Rule) -> bool:
    """Whether a duty may be met by this person: it applies, cannot be told, or was done before, recall apart."""
    book = standing.rules()
    reading = Reading(work.story().case, work.today, book.settings, book.calendar)
    before = rule.text.elsewhere and "recall-returned" not in rule.text.begins
    return holds(rule.applies, reading).value is not False or before


def _value(ask: AskField, text: str) -> str:
    if ask.name in facts():
        try:
            return normal(ask.name, text)
        except NotAValue as error:
            raise Invalid(f"{error} Nothing was saved.", field=ask.name) from error
    choices = ("yes", "no") if ask.type == "yes-no" else ask.values
    if choices and text.lower() not in choices:
        raise Invalid(f"{ask.label} is one of {', '.join(choices)}; “{text}” is not.", field=ask.name)
    if ask.required and ask.type == "text" and says_nothing(text):
        raise Invalid(f"{ask.label}: “{text}” says nothing yet. Nothing was saved.", field=ask.name)
    if ask.type == "number" and not (text.isdecimal() and text.isascii() and len(text) < 5):
        raise Invalid(f"{ask.label} is a whole number; “{text}” is not. Nothing was saved.", field=ask.name)
    if ask.type == "date":
        try:
            return normal("arrival", text)
        except NotAValue as error:
            raise Invalid(f"{ask.label} is a date such as 2026-05-22; “{text}” is not.", field=ask.name) from error
    return text.lower() if choices else text
