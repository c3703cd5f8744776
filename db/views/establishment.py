"""What the whole establishment offers a screen: its name, wings, duties' forms, what could be undone."""

from datetime import date

from db import engine
from db.current import desk, store
from db.rows import Actor, Ask, DutyRow


def establishment() -> str:
    """The name of the establishment."""
    return store().about().get("establishment", "")


def wings() -> tuple[str, ...]:
    """Every wing somebody is on, in order."""
    sql = "SELECT DISTINCT wing FROM standing WHERE present AND wing <> '' ORDER BY wing"
    with store().read():
        return tuple(str(row[0]) for row in engine.run(store().database, sql))


def asks(duty: str) -> tuple[Ask, ...]:
    """The fields the form of a duty (`id` or `id:key`) shows, none for one that asks nothing."""
    from db.standing import rules

    rule = rules().rules[duty.partition(":")[0]]
    return tuple(Ask(one.name, one.label, one.type, one.values, one.required, one.help) for one in rule.text.asks)


def contact_meets(duty: str) -> str:
    """How the contact form treats a duty: certain (ticked), offer, or "" where a contact cannot meet it."""
    from db.standing import rules

    return rules().rules[duty.partition(":")[0]].text.contact


def declinable(duty: str) -> bool:
    """Whether the person may decline a duty (`id` or `id:key`), so that its clock starts again."""
    from db.standing import rules

    return rules().rules[duty.partition(":")[0]].text.declinable


def may_waive(actor: Actor, force: str, figure: str) -> bool:
    """Whether this user may find a duty of this force and figure not required."""
    from db.roles import may

    return may(actor, "work") and ((force != "mandatory" and figure != "set") or may(actor, "waive-set"))


def last_day_to_put_off(duty: DutyRow) -> date | None:
    """The last day a duty can be put off to, in working days after its due date; None where it has none."""
    if duty.due is None:
        return None
    from db.standing import rules
    from policy.calendar import day_of

    book = rules()
    return book.calendar.add(day_of(duty.due), book.settings.defer_working_days)


def why_undo(actor: Actor) -> str | None:
    """What the last command did, that could be undone, and to whom if it was one person; None where there is none."""
    done = desk().done
    if not done:
        return None
    command, what = done[-1]
    sql = 'SELECT surname, forenames FROM standing WHERE number IN (SELECT "case" FROM entry WHERE command = ?) LIMIT 2'
    with store().read():
        people = engine.run(store().database, sql, (command,)).fetchall()
    if len(people) != 1:
        return what
    ((surname, forenames),) = people
    name = f"{str(surname).upper()} {forenames}".strip()
    return what if name in what else f"{what}, {name}"
