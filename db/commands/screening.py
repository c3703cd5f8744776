"""The basic custody screening, needs, groups with extra support, and requests for advice and guidance."""

from collections.abc import Mapping
from datetime import date

import msgspec

from db import entries, roles, standing
from db import payloads as p
from db.commands.met import meet_in
from db.commands.pathway import UNDERSTOOD, free_key
from db.commands.saying import brief, said
from db.commands.work import Work, changed, command, refuse_future, what_moved
from db.errors import Invalid, NotFound
from db.overrides import overrides_in_force
from db.rows import Actor, Changed
from policy.calendar import Moment, day_of
from policy.catalogue import Catalogue, catalogue
from policy.cohorts import cohorts
from policy.conditions import holds
from policy.facts import NotAValue, facts, normal
from policy.reading import Reading

BCST1, BCST2 = "bcst1", "bcst2"
MOST_ADVICE = 120
"""Minutes of advice and guidance a sentence allows (IAG Offender Learning Journey)."""


class Screening(msgspec.Struct, frozen=True):
    """A screening about to be recorded.

    Attributes:
        part: bcst1 or bcst2.
        on: when it was done, to the minute where that is known.
        by: who did it, by name.
        received: part 1: the day the provider received it; None where that is not known.
        needs: pathway id → yes or no; a pathway that was not looked at is left out.
        immediate: immediate resettlement needs, each in a few words.
        facts: what it found that is a fact, value by fact.
        cohorts: group id → yes or no, where no fact says so.
    """

    part: str
    on: Moment
    by: str
    received: date | None = None
    needs: Mapping[str, str] = {}
    immediate: tuple[str, ...] = ()
    facts: Mapping[str, str] = {}
    cohorts: Mapping[str, str] = {}
    said: str = ""
    language: str = ""
    interpreter: str = ""
    format: str = ""
    understood: str = ""


def screen(actor: Actor, case: str, screening: Screening, today: date) -> Changed:
    """Record a screening: it meets its duty, and each need it found starts its own clock.

    Raises Invalid (nothing said, no such pathway or value, a day to come, part 2 over 4 years), NotAllowed, NotFound.
    """
    if screening.part not in (BCST1, BCST2):
        raise Invalid("A screening is bcst1 or bcst2. Nothing was saved.", field="part")
    roles.check_owner(actor, standing.rules().rules[screening.part].text.owner)
    by = said(screening.by, "Who did it", "by")
    refuse_future(screening.on, today)
    if screening.understood not in UNDERSTOOD:
        raise Invalid("Understood is yes, unsure or no.", field="understood")
    book = catalogue(overrides_in_force())
    with command(actor, case, screening.part, today) as work:
        _refuse_part_2(work, screening.part)
        asked = {"received": screening.received.isoformat()} if screening.received else {}
        meet_in(work, screening.part, screening.on, asked if screening.part == BCST1 else {})
        work.add(p.SCREENING, screening.part, _payload(screening, by), on=screening.on, source="screening")
        for name, value in screening.facts.items():
            _fact(work, name, value, screening.on)
        for need in screening.immediate:
            _fact(work, "immediate-need", said(need, "The need", "immediate"), screening.on)
        for pathway, need in screening.needs.items():
            _need(work, book, pathway, need, screening.on, screening.part)
        for group, member in screening.cohorts.items():
            _cohort(work, group, member, screening.on)
        number = screening.part[-1]
        work.sentence = f"BCST {number}"
    work.sentence = f"BCST {number} recorded. {what_moved(work, screening.on)}".strip()
    return changed(work)


def set_need(
    actor: Actor, case: str, pathway: str, need: str, words: str, today: date, *, immediate: bool = False
) -> Changed:
    """Record that somebody has a need under a pathway, or has none (yes, no); its clock starts today.

    `immediate`: it is to be acted on at once, whatever the sentence; `words` then say what it is.

    Raises Invalid (no such pathway or value; nothing said of an immediate need), NotAllowed, NotFound.
    """
    roles.check_owner(actor, "OS")
    book = catalogue(overrides_in_force())
    with command(actor, case, "need", today) as work:
        _need(work, book, pathway, need, today, "hand", words)
        if immediate:
            if need != "yes":
                raise Invalid("Where there is no need, none is immediate. Nothing was saved.", field="immediate")
            _fact(work, "immediate-need", said(words, "What the need is", "words"), today)
        work.sentence = f"{book.pathway[pathway].title}: {'a need' if need == 'yes' else 'no need'}"
    work.sentence += "."
    return changed(work)


def set_cohort(actor: Actor, case: str, group: str, member: str, today: date) -> Changed:
    """Record whether somebody belongs to a group with extra support (yes, no), where no fact says so.

    Raises Invalid (a fact says so; no such value), NotAllowed, NotFound.
    """
    roles.check_owner(actor, "OS")
    with command(actor, case, "group", today) as work:
        _cohort(work, group, member, today)
        work.sentence = f"{cohorts()[group].title}: {member}"
    work.sentence += "."
    return changed(work)


def ask_advice(actor: Actor, case: str, about: str, today: date, on: date | None = None) -> Changed:
    """Record that somebody asked for information, advice and guidance. Raises Invalid, NotAllowed, NotFound."""
    roles.check_owner(actor, "OS")
    what = said(about, "What it is about", "about")
    when = on or today
    refuse_future(when, today)
    with command(actor, case, "advice request", today) as work:
        key = free_key(what, (row.key for row in work.before if row.kind == p.ADVICE))
        work.add(p.ADVICE, key, p.AdvicePayload(what), on=when)
        work.sentence = f"advice asked for: {what}"
    work.sentence = f"Advice asked for: {what}. To be met within 7 working days."
    return changed(work)


def _payload(screening: Screening, by: str) -> p.ScreeningPayload:
    needs = ",".join(name for name, need in screening.needs.items() if need == "yes")
    none = ",".join(name for name, need in screening.needs.items() if need == "no")
    return p.ScreeningPayload(
        by,
        needs,
        none,
        brief(screening.said, "What was said", "said", 2000),
        "",
        brief(screening.language, "The language", "language", 60),
        screening.interpreter,
        brief(screening.format, "The format", "format", 60),
        screening.understood,
    )


def _refuse_part_2(work: Work, part: str) -> None:
    book = standing.rules()
    rule = book.rules[part]
    truth = holds(rule.applies, Reading(work.story().case, work.today, book.settings, book.calendar))
    if truth.value is False:
        raise Invalid(
            "Over 4 years there is no BCST 2: record immediate needs as they are found; a resettlement plan comes at "
            "the end. Nothing was saved."
        )


def _fact(work: Work, name: str, value: str, on: Moment) -> None:
    if name not in facts() or facts()[name].group != "needs":
        raise NotFound(f"The screening does not ask for “{name}”. Nothing was saved.")
    try:
        kept = normal(name, value)
    except NotAValue as error:
        raise Invalid(f"{error} Nothing was saved.", field=name) from error
    held = work.story().held.get(name)
    if held is not None and held.value == kept and name != "immediate-need":
        return
    payload = p.FactPayload(kept, held.extract if held else None)
    work.add_to_line(p.FACT, name, payload, on=day_of(on), source="screening")


def _need(work: Work, book: Catalogue, pathway: str, need: str, on: Moment, source: str, words: str = "") -> None:
    if pathway not in book.pathway or book.pathway[pathway].restricted:
        raise NotFound(f"There is no pathway called “{pathway}”. Nothing was saved.")
    if need not in ("yes", "no"):
        raise Invalid("A need is yes or no. Nothing was saved.", field=pathway)
    payload = p.NeedPayload(need, brief(words, "What was said", "words"))
    work.add_to_line(p.NEED, pathway, payload, on=day_of(on), source=source)


def _cohort(work: Work, group: str, member: str, on: Moment) -> None:
    if group not in cohorts():
        raise NotFound(f"There is no group called “{group}”. Nothing was saved.")
    if not cohorts()[group].recorded:
        raise Invalid("Whether somebody belongs to this group follows from facts. Nothing was saved.", field=group)
    if member not in ("yes", "no"):
        raise Invalid("It is yes or no. Nothing was saved.", field=group)
    at = entries.last_of_line([*work.before, *work.rows], entries.line(work.case, p.COHORT, group))
    work.add(p.COHORT, group, p.CohortPayload(member), on=day_of(on), replaces=at)
