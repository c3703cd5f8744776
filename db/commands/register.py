"""Writing down what a case's register holds: people, needs, interventions, assessments, restrictions, changes."""

from collections.abc import Mapping
from datetime import date

from db import entries, roles
from db import payloads as p
from db import planning as pl
from db.commands.met import applies_here, meet_in, rule_of
from db.commands.plan import programme_id
from db.commands.work import Work, changed, command, refuse_future, what_moved
from db.errors import Invalid, NotFound, Stale
from db.plan_reading import read_plan
from db.rows import Actor, Changed, State
from db.staff import called
from db.story import moment_of
from policy.calendar import day_of
from policy.planning import holds_transfer
from policy.register import Kind, RegisterField, matches, register

LONGEST = 4000


def save_entry(
    actor: Actor,
    case: str,
    kind: str,
    fields: Mapping[str, str],
    on: date,
    today: date,
    *,
    id: str = "",
    seen: str = "",
) -> Changed:
    """Write an entry of the register or, with its `id`, put it right; meet and record what follows from it.

    `seen`: the row the user had before them; where somebody else has written another since, nothing is written.

    Raises Invalid (no such kind, a field missing or wrong, a day to come), NotFound, NotAllowed, Stale.
    """
    found = register().kind.get(kind)
    if found is None:
        raise NotFound(f"There is no kind of entry “{kind}”.")
    roles.check(actor, "work" if found.administrator else "plan")
    refuse_future(on, today)
    given = _checked(found, kind, fields, today)
    with command(actor, case, f"record {kind}", today) as work:
        plan = read_plan(work.case or "", work.before)
        if not id and found.keyed:
            id = next((one.id for one in plan.of(kind) if one.id == given[found.keyed]), "")
        before = next((one for one in plan.of(kind) if one.id == id), None)
        if id and before is None:
            raise NotFound(f"This case has no such {found.one}.")
        _refuse_stale(found, before, seen, given)
        _refuse_second(found, plan, before, kind, given)
        key = before.id if before else given.get(found.keyed, "") or work.id[:8]
        at = before.row if before else entries.line(work.case, kind, key)
        work.add(kind, key, given, on=on, source="register", replaces=entries.last_of_line(work.before, at))
        _facts(work, found, plan, kind, key, given, on)
        _meets(work, found, given, on)
        work.sentence = f"{found.one} recorded"
    moved = what_moved(work, on) if work.met else ""
    name = found.one[0].upper() + found.one[1:]
    work.sentence = " ".join(part for part in (f"{name} recorded.", _follows(kind, given), moved) if part)
    return changed(work)


def _follows(kind: str, given: Mapping[str, str]) -> str:
    """What follows that nobody would guess."""
    if kind == "significant-change" or (kind == "irmm" and given.get("decision")):
        return "Reviews of risk and plan come due at once."
    if kind == "intervention" and holds_transfer(given):
        return "It holds transfer until it ends."
    return ""


def _refuse_stale(found: Kind, before: pl.EntryRow | None, seen: str, given: Mapping[str, str]) -> None:
    if before is None or not seen or seen == before.row:
        return
    differs = [field for field in found.fields if before.fields.get(field.name, "") != given.get(field.name, "")]
    raise Stale(
        f"{called(before.by)} has just changed this. Save again and yours stands, with theirs kept in the history; "
        "leave, and theirs does.",
        mine=_told(differs, given),
        theirs=_told(differs, before.fields),
        now=before.row,
    )


def _told(fields: list[RegisterField], values: Mapping[str, str]) -> str:
    return " · ".join(f"{field.label}: {values.get(field.name) or 'nothing'}" for field in fields) or "the same"


def _refuse_second(found: Kind, plan: pl.Plan, before: pl.EntryRow | None, kind: str, given: Mapping[str, str]) -> None:
    """Refuse a second of what there is one of: the first ends before. Raises Invalid."""
    only = found.unique
    if only is None or given.get(only.field) not in only.values or found.is_over(given):
        return
    for other in plan.of(kind):
        same = other.fields.get(only.field) == given[only.field]
        if same and not other.over and (before is None or other.id != before.id):
            name, what = other.fields.get("name", ""), given[only.field].replace("-", " ")
            raise Invalid(f"{name} is {what} already: put an end to that first. Nothing was saved.", field=only.field)


def _checked(found: Kind, kind: str, fields: Mapping[str, str], today: date) -> dict[str, str]:
    known = {field.name for field in found.fields}
    if unknown := sorted(set(fields) - known):
        raise Invalid(f"A {found.one} has no “{unknown[0]}”; it has {', '.join(known)}.", field=unknown[0])
    given = {name: value.strip() for name, value in fields.items() if value.strip()}
    for field in found.fields:
        value = given.get(field.name, "")
        if field.required and not value:
            raise Invalid(f"{field.label} is missing. Nothing was saved.", field=field.name)
        if value:
            given[field.name] = _value(field, value)
    needed = _needed(kind, given)
    if needed and not given.get(needed):
        label = next(field.label for field in found.fields if field.name == needed)
        raise Invalid(f"{label} is needed here. Nothing was saved.", field=needed)
    for name in ("ended", "finished", "started", "lifted", "referred", "waiting"):
        if name in known and name in given:
            refuse_future(date.fromisoformat(given[name]), today)
    return given


def _needed(kind: str, given: Mapping[str, str]) -> str:
    """A field that other fields make necessary."""
    if kind == "person" and given.get("role") == "offender-manager" and not given.get("ended"):
        return "contact"
    if kind == "intervention":
        status = given.get("status", "")
        if status in ("withdrawn", "not-suitable") and not given.get("why"):
            return "why"
        dates = {"waiting": "waiting", "started": "started", "completed": "finished", "withdrawn": "finished"}
        return dates.get(status, "")
    return ""


def _value(field: RegisterField, text: str) -> str:
    if len(text) > LONGEST:
        raise Invalid(f"{field.label} is longer than {LONGEST} characters. Nothing was saved.", field=field.name)
    choices = ("yes", "no") if field.type == "yes-no" else field.values if field.type == "choice" else ()
    if choices and text not in choices:
        raise Invalid(f"{field.label} is one of {', '.join(choices)}; “{text}” is not.", field=field.name)
    if field.type == "ticks" and (strange := [one for one in text.split(",") if one not in field.values]):
        raise Invalid(f"{field.label}: there is no “{strange[0]}”.", field=field.name)
    if field.type == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise Invalid(f"{field.label} is a date such as 2026-05-22; “{text}” is not.", field=field.name) from error
    return programme_id(text) if field.type == "programme" else text


def _facts(work: Work, found: Kind, plan: pl.Plan, kind: str, key: str, given: Mapping[str, str], on: date) -> None:
    """The facts an entry records, where nothing newer is known; and who is named, from the people there now are."""
    for fact, field in found.fact.items():
        if given.get(field):
            _record(work, fact, given[field], on)
    if kind != "person":
        return
    now = [one for one in plan.of("person") if not one.over and one.id != key]
    people = [dict(one.fields) for one in now]
    if not found.is_over(given):
        people.append(dict(given))
    since = date.fromisoformat(given["ended"]) if given.get("ended") else on
    for role, fact in (("offender-manager", "offender-manager"), ("keyworker", "keyworkers")):
        touched = [given.get("role"), *(one.fields.get("role") for one in plan.of("person") if one.id == key)]
        if role in touched:
            called = [_called(one, fact) for one in people if one.get("role") == role]
            _record(work, fact, "; ".join(called)[:500] or None, since)


def _called(person: Mapping[str, str], fact: str = "") -> str:
    """Somebody as a fact has them: name and how to reach them, a keyworker's service."""
    beside = person.get("area" if fact == "keyworkers" else "contact", "")
    return f"{person['name']}, {beside}" if beside else person["name"]


def _record(work: Work, fact: str, value: str | None, on: date) -> None:
    held = work.story().held.get(fact)
    if held is not None and held.value == value and fact != "rosh":
        return
    if held is None and value is None:
        return
    if held is not None and held.effective and day_of(moment_of(held.effective)) > on:
        return
    payload = p.FactPayload(value, held.extract if held else None)
    work.add_to_line(p.FACT, fact, payload, on=on, source="register")


def _meets(work: Work, found: Kind, given: Mapping[str, str], on: date) -> None:
    """Meet the duties this entry meets, where they apply and are asked for."""
    known = {**given, "called": _called(given) if given.get("name") else ""}
    for one in found.meets:
        if not all(
            matches(given.get(name, ""), (wanted,)) if wanted else not given.get(name)
            for name, wanted in one.when.items()
        ):
            continue
        rule = rule_of(one.duty)
        row = next((duty for duty in work.duties() if duty.id == one.duty), None)
        if one.opened and (row is None or not row.live or row.state is State.LATER):
            continue
        if not applies_here(work, rule) or (work.actor.role.value == "administrator" and rule.text.owner != "CA"):
            continue
        asked = {name: known[field] for name, field in one.fields.items() if known.get(field)}
        meet_in(work, one.duty, on, asked)
