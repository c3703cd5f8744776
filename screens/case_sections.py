"""What stands in a case, section by section, from what the record says of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import islice

from db.around import NeedRow
from db.planning import OBJECTIVE_REVIEW, ROLE_OF_FACT
from db.rows import CaseDetail, DutyRow, FactRow, State
from policy.cohorts import cohorts
from screens.case_items import Blank, Entry, Fold, Group, Heading, Item, Missing, Note, Said, Strength
from screens.case_words import Names, appointment_words, said_fact, scope_words, story, titles, waiting_words
from widgets.discretion import gives_away
from widgets.lines import Piece, wrap
from widgets.palette import Ink
from widgets.words import bare_title, day_of

# Beyond so many, what waits for missing facts is folded: Cannot tell says it in fewer lines.
_LISTED = 5
# More objectives than this whose date is well ahead are folded: the plan lists them.
_AHEAD = 3
_SHOWN = 5
_SETTLED = (State.MET, State.WAIVED, State.FAILED)


@dataclass(frozen=True, slots=True)
class Telling:
    """How a case is told: to whom, with which folds open, whether what is discreet shows, whether they may record."""

    mine: frozenset[str]
    names: Names
    reveal: bool
    opened: Collection[str]
    works: bool = True


def urgent(detail: CaseDetail, telling: Telling, width: int) -> list[Item]:
    """What the eye should meet first: notes, duties, what cannot be told."""
    first = [
        [*_notes(detail, telling, width), *_unmet(detail, telling)],
        _booked(detail, telling),
        _duties(detail, telling),
    ]
    return _joined([*first, _missing(detail, telling)])


def about(detail: CaseDetail, telling: Telling) -> list[Item]:
    """The rest: risk, people, needs, strengths, sentence and dates, the story."""
    return _joined(
        [
            [*_facts(detail, telling, "Risk and restrictions", ("risk",)), *_scope(detail, telling)],
            _people(detail, telling),
            _needs(detail, telling),
            _groups(detail, telling),
            _strengths(detail, telling),
            _story(detail, telling),
            _facts(detail, telling, "Sentence, dates, place", ("sentence", "release", "recall", "place", "person")),
        ]
    )


def _joined(sections: Iterable[list[Item]]) -> list[Item]:
    items: list[Item] = []
    for section in sections:
        if section and items:
            items.append(Blank(len(items)))
        items += section
    return items


def _notes(detail: CaseDetail, telling: Telling, width: int) -> list[Item]:
    items: list[Item] = []
    for at, said in enumerate(detail.stands, len(detail.notes)):
        for part, line in enumerate(wrap([Piece(said)], max(20, width - 2))):
            items.append(Note(at, part, "".join(piece.text for piece in line), stands=True))
    for at, note in enumerate(detail.notes):
        shown = note if telling.reveal or not gives_away(note) else "Something is to be looked at: v shows it."
        for part, line in enumerate(wrap([Piece(shown)], max(20, width - 2))):
            items.append(Note(at, part, "".join(piece.text for piece in line)))
    return items


def _booked(detail: CaseDetail, telling: Telling) -> list[Item]:
    """What is booked from today on."""
    if not detail.appointments:
        return []
    said = [Said(f"booked {one.key}", _shown(appointment_words(one), telling), Ink.TEXT) for one in detail.appointments]
    return [Heading("Booked", "y books more; the diary moves them"), *said]


def _duties(detail: CaseDetail, telling: Telling) -> list[Item]:
    """The reader's own duties in order of urgency; folds stand where their most urgent duty would."""
    live = [duty for duty in detail.duties if duty.live]
    mine = [duty for duty in live if duty.owner in telling.mine]
    waiting = [duty for duty in mine if duty.state is State.UNKNOWN and duty.missing]
    if len(waiting) <= _LISTED:
        waiting = []
    ahead = [duty for duty in mine if duty.id == OBJECTIVE_REVIEW and duty.state is State.LATER]
    if len(ahead) <= _AHEAD:
        ahead = []
    items: list[Item] = [Heading("Duties", waiting_words(mine))]
    begun: set[str] = set()
    for duty in live:
        name = "waiting" if duty in waiting else "objectives" if duty in ahead else f"chase-{duty.owner}"
        if duty not in waiting and duty not in ahead and duty in mine:
            items.append(duty)
        elif name not in begun:
            begun.add(name)
            if duty in ahead:
                items += _folded(name, f"{len(ahead)} objectives have a date ahead", ahead, telling)
            elif duty in waiting:
                items += _folded(name, f"{len(waiting)} wait for a fact that is not known", waiting, telling)
            else:
                owed = [other for other in live if other.owner == duty.owner]
                names = "; ".join(bare_title(other, telling.reveal) for other in owed)
                items += _folded(name, f"chase {duty.owner} ({len(owed)}): {names}", owed, telling)
    if len(items) == 1:
        items.append(Said("duties", "Nothing is due and nothing is open."))
    done = [duty for duty in detail.duties if duty.state in _SETTLED]
    items += _folded("settled", f"{len(done)} met or settled", done, telling)
    apart = [duty for duty in detail.duties if duty.state is State.NOT_APPLICABLE]
    return items + _folded("apart", f"{len(apart)} do not apply, and why not", apart, telling)


def _folded(name: str, words: str, duties: list[DutyRow], telling: Telling) -> list[Item]:
    if not duties:
        return []
    opened = name in telling.opened
    first = duties[0] if duties[0].live else None
    number = {1: "it", 2: "both"}.get(len(duties), f"all {len(duties)}")
    tells = "Enter folds them away." if opened else f"Enter shows {number}."
    return [Fold(name, words, tells, opened, first), *(duties if opened else ())]


def folded_away(detail: CaseDetail, telling: Telling, duty: str) -> str:
    """The name of the fold a duty (`id` or `id:key`) is hidden in; "" where it is in none."""
    for name in ("waiting", "objectives", "settled", "apart", *(f"chase-{one.owner}" for one in detail.duties)):
        if name in telling.opened:
            continue
        shown = _duties(detail, replace(telling, opened={*telling.opened, name}))
        hidden = _duties(detail, telling)
        if any(isinstance(item, DutyRow) and item.name == duty for item in shown if item not in hidden):
            return name
    return ""


def _missing(detail: CaseDetail, telling: Telling) -> list[Item]:
    if not detail.row.missing:
        return []
    told = titles(detail, telling.reveal)
    found = sorted(detail.row.missing, key=lambda each: -len(set(each.needed_for)))
    shown = [each for each in found if telling.reveal or not gives_away(each.label)]
    items: list[Item] = [
        Missing(each.fact, each.label, tuple(dict.fromkeys(told.get(name, name) for name in each.needed_for)))
        for each in shown
    ]
    if len(shown) < len(found):
        items.append(_discreet("missing", len(found) - len(shown), bool(shown)))
    return [
        Heading(
            "Cannot tell", _facts_words(len(found)) + " not known" + ("; Enter fills one in" if telling.works else "")
        ),
        *items,
    ]


def _facts_words(number: int) -> str:
    return f"{number} fact{'s' if number != 1 else ''}"


def _discreet(name: str, number: int, more: bool) -> Said:
    """The line that stands for what waits to be revealed."""
    words = f"{number}{' more' if more else ''} {'is' if number == 1 else 'are'} discreet: v shows"
    return Said(f"discreet {name}", f"{words} {'it' if number == 1 else 'them'}.", reveals=True)


def _facts(detail: CaseDetail, telling: Telling, name: str, groups: tuple[str, ...]) -> list[Item]:
    held = [said_fact(fact, telling.names) for group in groups for fact in detail.facts if fact.group == group]
    held = [fact for fact in held if fact.fact not in _SPOKEN]
    hidden = [] if telling.reveal else [fact for fact in held if fact.discreet]
    open_ones = [fact for fact in held if fact not in hidden]
    known = [fact for fact in open_ones if fact.known or fact.question]
    unknown = [fact for fact in open_ones if not fact.known and not fact.question]
    items: list[Item] = [Heading(name), *known]
    if hidden:
        items.append(_discreet(name, len(hidden), bool(known)))
    if unknown:
        fold = f"unknown {name}"
        opened = fold in telling.opened
        words = f"{len(unknown)} not known"
        fills = ", Enter on one fills it in" if telling.works else ""
        tells = "Enter folds them away." if opened else f"Enter shows them{fills}."
        items += [Fold(fold, words, tells, opened, state=State.UNKNOWN), *(unknown if opened else ())]
    return items


def _people(detail: CaseDetail, telling: Telling) -> list[Item]:
    """Who is responsible and who stands around, each with how to reach them."""
    named = {one.role for one in detail.people}
    listed = [
        item
        for item in _facts(detail, telling, "People", ("people",))
        if not (isinstance(item, FactRow) and ROLE_OF_FACT.get(item.fact) in named)
    ]
    own: list[Item] = []
    for one in sorted(detail.people, key=lambda one: one.role != "offender-manager"):
        role = one.role.replace("-", " ").capitalize()
        reached = ", ".join(part for part in (one.name, one.contact, one.area) if part)
        own.append(Entry("person", one.id, f"{role}: {reached}"))
    at = next((at for at, item in enumerate(listed) if isinstance(item, Fold)), len(listed))
    return [*listed[:at], *own, *listed[at:]]


def _needs(detail: CaseDetail, telling: Telling) -> list[Item]:
    """Needs of the person's own, those nothing was done about first, then what else shapes the work."""
    heading, *rest = _facts(detail, telling, "Needs that shape the work", ("needs",))
    own = [
        Entry("individual-need", one.id, _need_words(one, telling), unmet=not one.done)
        for one in sorted(detail.needs, key=lambda one: bool(one.done))
    ]
    return [heading, *own, *rest]


def _need_words(one: NeedRow, telling: Telling) -> str:
    about = f"{one.need.replace('-', ' ').capitalize()}{f', {one.detail}' if one.detail else ''}"
    done = " ".join(one.done.split()) or "nothing done yet"
    if not telling.reveal and (_waits(one) or gives_away(done)):
        return f"A need that is discreet: v shows it{'' if one.done else ' – nothing done yet'}"
    return f"{about} – {done}"


def _unmet(detail: CaseDetail, telling: Telling) -> list[Item]:
    """The needs nothing has been done about, in one line where the eye meets it first."""
    unmet = [one for one in detail.needs if not one.done]
    if not unmet:
        return []
    names = [one.need.replace("-", " ") for one in unmet if telling.reveal or not _waits(one)]
    if len(names) < len(unmet):
        names.append(f"{len(unmet) - len(names)} discreet")
    return [Entry("unmet", "", f"Nothing done yet about a need: {', '.join(names)}", unmet=True)]


def _waits(one: NeedRow) -> bool:
    return one.hidden or gives_away(f"{one.need} {one.detail}")


# What the header says already is not said twice.
_SPOKEN = frozenset({"surname", "forenames", "cell"})


def _scope(detail: CaseDetail, telling: Telling) -> list[Item]:
    """Which limb decided the scope: it names risk, so it waits to be revealed."""
    row = detail.row
    return [Said("scope", f"{scope_words(row.scope)}: {row.limb}", Ink.TEXT)] if telling.reveal and row.limb else []


def _groups(detail: CaseDetail, telling: Telling) -> list[Item]:
    """The groups with extra support they belong to; a name on a screen would say so, so they wait to be revealed."""
    if not detail.groups and not detail.unsorted:
        return []
    found: list[Item] = [Group(name) for name in detail.groups] if telling.reveal else []
    if detail.groups and not telling.reveal:
        found = [_discreet("groups", len(detail.groups), False)]
    if detail.unsorted:
        names = ", ".join(cohorts()[name].title for name in detail.unsorted)
        found.append(Said("unsorted", f"Not known: {names if telling.reveal else len(detail.unsorted)}"))
    return [Heading("Groups with extra support", "w, then g shows all"), *found]


def _strengths(detail: CaseDetail, telling: Telling) -> list[Item]:
    found = [contact for contact in detail.contacts if contact.strengths]
    found.sort(key=lambda contact: day_of(contact.at), reverse=True)
    if not found:
        return [
            Heading("Strengths"),
            Said("strengths", "None recorded yet: c logs a contact." if telling.works else "None recorded yet."),
        ]
    shown = [Strength(one, _shown(one.strengths, telling)) for one in found[:_SHOWN]]
    more = f"latest {_SHOWN} of {len(found)}" if len(found) > _SHOWN else ""
    return [Heading("Strengths", more), *shown]


def _shown(text: str, telling: Telling) -> str:
    return text if telling.reveal or not gives_away(text) else "v shows it"


def _story(detail: CaseDetail, telling: Telling) -> list[Item]:
    if not detail.timeline:
        return [
            Heading("Timeline"),
            Said("timeline", "Nothing yet: c logs a contact, n a note." if telling.works else "Nothing yet."),
        ]
    shown = islice(story(detail, telling.names, telling.reveal), _SHOWN)
    number = len(detail.timeline)
    return [Heading("Timeline", f"h shows all {number}" if number > _SHOWN else "h shows it whole"), *shown]
