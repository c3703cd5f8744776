"""What a screening's form begins with, and the groups with extra support somebody belongs to."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from db import entries, need_to_know, roles, standing, story
from db import payloads as p
from db.cases import existing
from db.checklists import CohortRow, Prefill, PromptRow
from db.current import store
from db.entries import Row
from db.rows import Actor
from db.story import Story, moment_of
from db.texts import text_of
from policy.calendar import add_months, day_of
from policy.case import MET, Event
from policy.cohorts import Cohort, belongs, cohorts
from policy.conditions import holds
from policy.facts import facts
from policy.phrases import say
from policy.reading import Reading

WITHIN_MONTHS = 6
"""Custody again within so many months of release: part 1 is filled in from the last one (TTG 2.2)."""
ASKED = (
    "tenancy",
    "has-job",
    "family-at-risk",
    "homeless-risk",
    "homeless-consent",
    "ete-on-release",
    "drug-need",
    "care-leaver",
    "social-care-need",
    "removal-interest",
)
"""The facts a screening asks for."""


def screening_form(actor: Actor, number: str, part: str, today: date) -> Prefill:
    """What the form of one part (bcst1, bcst2) begins with. Raises NotFound, Invalid."""
    roles.check_reads(actor)
    with store().read():
        number = existing(number)
        rows = entries.of_case(number)
        told, reading = _read(number, rows, today)
        rule = standing.rules().rules[part]
        if holds(rule.applies, reading).value is False:
            words = "Over 4 years: no BCST 2. Immediate needs are still acted on; a resettlement plan comes at the end."
            return Prefill(words, False, (), (), ())
        begun = reading.day("custody-start")
        last, words = _last(rows, told, part, begun)
        now = entries.current(rows)
        needs = dict.fromkeys(_names(last.needs), "yes") | dict.fromkeys(_names(last.no_needs), "no") if last else {}
        for row in now:
            if row.kind == p.NEED and (begun is None or _day(row) >= begun):
                needs[row.key] = p.unpack(row.payload, p.NeedPayload).need
        held = {name: told.held[name].value for name in ASKED if name in told.held}
        groups = {row.key: p.unpack(row.payload, p.CohortPayload).member for row in now if row.kind == p.COHORT}
        known = tuple((name, value) for name, value in held.items() if value)
        done = _done(told, part, begun)
        by = last.by if last and done else ""
        on = text_of(done.at) or "" if done else ""
        received = done.fields.get("received", "") if done else ""
        return Prefill(words, True, tuple(needs.items()), known, tuple(groups.items()), by, on, received)


def groups(actor: Actor, number: str, today: date) -> tuple[CohortRow, ...]:
    """Every group with extra support, those somebody belongs to first. The need-to-know ones only for who may see them.

    Raises NotFound, Invalid.
    """
    roles.check_reads(actor)
    with store().read():
        number = existing(number)
        every = entries.of_case(number, restricted=True)
        seen = need_to_know.visible(actor, every, today)
        rows = [row for row in every if not row.restricted]
        _, reading = _read(number, rows, today)
        secret = _disclosed(seen)
        standings = {name: Standing("yes") for name in secret} | members(rows, reading)
        found = [_row(name, cohort, standings[name]) for name, cohort in cohorts().items() if name in standings]
    if secret:
        need_to_know.note_read(actor, number, today)
    return tuple(sorted(found, key=lambda row: ("yes", "", "no").index(row.member)))


class Standing(NamedTuple):
    """Whether somebody belongs to a group (yes, no, "" for not known), and the facts that would have to be known."""

    member: str
    missing: tuple[str, ...] = ()


def members(rows: Iterable[Row], reading: Reading) -> dict[str, Standing]:
    """How somebody stands to every group but the need-to-know ones, by group, from rows with nothing restricted."""
    own = entries.current(row for row in rows if row.kind == p.COHORT)
    told = {row.key: p.unpack(row.payload, p.CohortPayload).member for row in own}
    found = {}
    for name, cohort in cohorts().items():
        if cohort.recorded:
            found[name] = Standing(told.get(name, ""))
        elif not cohort.restricted:
            truth = belongs(cohort, reading)
            found[name] = Standing({True: "yes", False: "no", None: ""}[truth.value], truth.missing)
    return found


def _disclosed(rows: list[Row]) -> set[str]:
    """The need-to-know groups that what this user may see puts somebody in."""
    found = set()
    for row in entries.current(rows):
        if row.kind == p.DISCLOSURE and row.restricted:
            about = p.unpack(row.payload, p.SharedPayload).grounds
            found.add("sex-work" if about == "sex-work" else "abuse")
    return found


def _read(number: str, rows: list[Row], today: date) -> tuple[Story, Reading]:
    book = standing.rules()
    told = story.read(number, rows, today)
    return told, Reading(told.case, today, book.settings, book.calendar)


def _last(rows: list[Row], told: Story, part: str, begun: date | None) -> tuple[p.ScreeningPayload | None, str]:
    """The screening a form is filled in from, and what to say of it."""
    done = [row for row in entries.current(rows) if row.kind == p.SCREENING and row.key == part]
    now = [row for row in done if begun is None or _day(row) >= begun]
    if now:
        return p.unpack(
            now[-1].payload, p.ScreeningPayload
        ), f"Recorded on {say(_day(now[-1]))}; saving records it again."
    if part != "bcst1" or begun is None or not done:
        return None, ""
    left = max((day for day in _released(told) if day <= begun), default=None)
    if left is None or begun > add_months(left, WITHIN_MONTHS):
        return None, ""
    words = (
        f"Back within {WITHIN_MONTHS} months of release ({say(left)}): filled in from the screening of "
        f"{say(_day(done[-1]))}. Amend what has changed. The resettlement plan starts blank."
    )
    return p.unpack(done[-1].payload, p.ScreeningPayload), words


def _done(told: Story, part: str, begun: date | None) -> Event | None:
    """The last record of a part in this custody."""
    met = [event for event in told.case.events if event.kind == MET and event.key == part]
    return next((event for event in reversed(met) if begun is None or event.day >= begun), None)


def _released(told: Story) -> list[date]:
    versions = told.case.facts.get("left", ())
    return [day_of(version.value) for version in versions if isinstance(version.value, date)]


def _row(name: str, cohort: Cohort, standing: Standing) -> CohortRow:
    prompts = tuple(PromptRow(prompt.text, prompt.source) for prompt in cohort.prompts)
    labels = tuple(facts()[fact].label for fact in standing.missing if fact in facts())
    return CohortRow(name, cohort.title, standing.member, cohort.recorded, labels, cohort.source, prompts)


def _day(row: Row) -> date:
    return day_of(moment_of(row.effective))


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]
