"""What acting on several people would come to, person by person: what applies, what does not, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.commands.contact import FACE_TO_FACE
from db.commands.duty import why_not_put_off
from db.rows import Actor, CaseRow, DutyRow, Role
from db.views.establishment import contact_meets, declinable


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of several people: the case as the caseload has it, and why nothing can be done about it now ("": it can)."""

    row: CaseRow
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would become of one person: whether it applies, in which duties, and what there is to say of it."""

    row: CaseRow
    applies: bool
    duties: tuple[str, ...]
    says: str


def of_rule(row: CaseRow, rule: str) -> tuple[DutyRow, ...]:
    """A person's live duties of one rule."""
    return tuple(duty for duty in row.duties if duty.id == rule)


def shared(chosen: Iterable[Chosen], actor: Actor) -> dict[str, tuple[DutyRow, int]]:
    """The rules that any of them has a live duty of: one such duty, and how many people have it; most people first."""
    found: dict[str, tuple[DutyRow, int]] = {}
    for one in chosen:
        if one.barred:
            continue
        for rule in dict.fromkeys(duty.id for duty in one.row.duties if _may(actor, duty)):
            first, many = found.get(rule, (of_rule(one.row, rule)[0], 0))
            found[rule] = (first, many + 1)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1][1], pair[1][0].title)))


def _may(actor: Actor, duty: DutyRow) -> bool:
    return actor.role is not Role.ADMINISTRATOR or duty.owner == "CA"


def meetable(rule: str, kind: str) -> bool:
    """Whether a contact of this kind can meet duties of a rule."""
    return bool(contact_meets(rule)) and (kind in FACE_TO_FACE or not declinable(rule))


def logging(chosen: Iterable[Chosen], rules: Iterable[str]) -> tuple[Prospect, ...]:
    """What logging one contact would do for each, meeting the duties of these rules where somebody has one."""
    wanted = tuple(rules)
    told = []
    for one in chosen:
        if one.barred:
            told.append(Prospect(one.row, False, (), one.barred))
            continue
        met, said = [], []
        for rule in wanted:
            own = of_rule(one.row, rule)
            if len(own) == 1:
                met.append(own[0])
            elif own:
                said.append(f"has {len(own)} of “{own[0].discreet_title}”, to be met one by one")
            else:
                said.append("has no such duty open")
        meets = f"meets {', '.join(duty.discreet_title for duty in met)}" if met else "logged"
        told.append(Prospect(one.row, True, tuple(duty.name for duty in met), "; ".join([meets, *dict.fromkeys(said)])))
    return tuple(told)


def putting_off(chosen: Iterable[Chosen], rule: str, to: date | None, today: date) -> tuple[Prospect, ...]:
    """What putting the duties of one rule off to a day would do for each; without a day, for whom there is one."""
    told = []
    for one in chosen:
        own = of_rule(one.row, rule)
        if one.barred or not own:
            told.append(Prospect(one.row, False, (), one.barred or "Has no such duty open."))
            continue
        refusals = {duty.name: why_not_put_off(duty, to, today) if to else "" for duty in own}
        going = tuple(name for name, refusal in refusals.items() if not refusal)
        said = " ".join(dict.fromkeys(refusal for refusal in refusals.values() if refusal))
        told.append(Prospect(one.row, bool(going), going, said))
    return tuple(told)
