"""What is printed of a plan: the person's own copy, the plan for the file, agenda and record of a meeting."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import commands, papers
from db import planning as pl
from db.errors import NotFound
from db.papers.own_plan import fit
from db.rows import Actor
from policy.cohorts import cohorts
from tests.db.records import TODAY, closed, opened, person, taken_in

NUMBER = "A1234BC"


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    actor = opened(tmp_path)
    taken_in(actor, tmp_path, person(NUMBER))
    facts = {"rosh": "very-high", "mappa-level": "3", "victim-contact": "victim-informed", "supervisor": "manager"}
    commands.set_facts(actor, NUMBER, facts, TODAY)
    yield actor
    closed()


def add(actor: Actor, change: str, **more: str) -> None:
    given = pl.Objective(more.pop("pathway", "attitudes"), change, "2026-06-01", **more)
    commands.save_objective(actor, NUMBER, given, TODAY)


def enter(actor: Actor, kind: str, **fields: str) -> None:
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    commands.save_entry(actor, NUMBER, kind, given, TODAY, TODAY)


def text(actor: Actor, kind: str) -> str:
    paper = papers.of_case(actor, kind, NUMBER, TODAY)
    return papers.content(Path("out.txt"), paper, TODAY).decode()


def test_the_own_copy_says_in_plain_words_what_is_worked_on_and_what_happens(manager: Actor) -> None:
    steps = '[{"what":"Meet the tutor","owner":"A Okoro","target":"2026-04-01"},{"what":"Ring","owner":"The person"}]'
    add(manager, "Read a letter alone", words="I want to read to her", measure="Reads two pages", steps=steps)
    said = text(manager, "plan")
    assert "1. Read a letter alone" in said
    assert "You said: “I want to read to her”" in said
    assert "How we will know: Reads two pages" in said
    assert "Meet the tutor – A Okoro, by Wed 1 Apr 2026" in said
    assert "Ring – you" in said
    assert "In prison: M Shah" in said
    assert "This is a draft." in said


def test_nothing_restricted_and_nothing_about_victims_stands_on_the_own_copy(manager: Actor) -> None:
    add(manager, "Think about the victim's letter")
    add(
        manager,
        "Keep calm",
        risk="very-high",
        programme="sexual-offending",
        measure="No risk of harm to the victim",
        steps='[{"what":"Write to the victim"},{"what":"Meet the tutor"}]',
    )
    enter(manager, "restriction", what="no-contact", detail="Ms Doe", authority="Court", review="2026-05-01")
    enter(manager, "individual-need", need="disability", there="yes", detail="Wheelchair", done="Ground floor")
    enter(manager, "assessment", type="initial", by="P Dunn", overall="very-high", public="high")
    said = text(manager, "plan").lower()
    for word in ("victim", "risk", "rosh", "mappa", "harm", "doe", "sex", "very high", "very-high"):
        assert word not in said
    assert "1. keep calm" in said
    assert "a programme we have talked about" in said
    assert "meet the tutor" in said


def test_the_own_copy_is_in_large_type_and_accents_come_right(manager: Actor) -> None:
    add(manager, "Zoë möchte lesen – ‘ça’")
    paper = papers.of_case(manager, "plan", NUMBER, TODAY)
    assert paper.large
    assert papers.content(Path("out.pdf"), paper, TODAY).startswith(b"%PDF-")
    assert "Zoë möchte lesen – ‘ça’" in text(manager, "plan")


def test_the_plan_for_the_file_tells_order_needs_and_versions_but_no_risk_level(manager: Actor) -> None:
    add(manager, "Read a letter alone", risk="very-high", progress="Has begun.")
    held = pl.MeetingPayload("planning", "held", "P Dunn", part="contributed")
    commands.save_meeting(manager, NUMBER, held, TODAY, TODAY, agree=True)
    enter(manager, "individual-need", need="language", there="yes", detail="Polish")
    said = text(manager, "plan-file")
    assert "Version 1, agreed Mon 2 Mar 2026" in said
    assert "Polish: nothing done yet" in said
    assert "Has begun." in said
    assert "very" not in said.lower()


def test_the_agenda_names_who_is_expected_and_not_invited(manager: Actor) -> None:
    add(manager, "Read a letter alone")
    enter(manager, "intervention", programme="workshop", status="started", started="2026-03-01", keyworker="B Lee")
    arranged = pl.MeetingPayload("planning", "arranged", "P Dunn", people='[{"name":"P Dunn","invited":true}]')
    commands.save_meeting(manager, NUMBER, arranged, date(2026, 3, 9), TODAY)
    said = text(manager, "meeting-agenda")
    assert "Mon 9 Mar 2026" in said
    lee = next(line for line in said.splitlines() if "B Lee" in line)
    assert "NOT YET" in lee
    assert "1. Read a letter alone" in said


def test_the_record_of_a_meeting_says_who_came_and_what_was_agreed(manager: Actor) -> None:
    add(manager, "Read a letter alone")
    people = '[{"name":"P Dunn","role":"offender manager","invited":true,"came":true},{"name":"B Lee"}]'
    held = pl.MeetingPayload("planning", "held", "P Dunn", people=people, part="present", agreed="Start with reading.")
    commands.save_meeting(manager, NUMBER, held, TODAY, TODAY, agree=True)
    said = text(manager, "meeting-record")
    assert "Start with reading." in said
    assert "was there, said little" in said
    assert "Expected and not invited: B Lee." in said
    assert "1. Read a letter alone, by Mon 1 Jun 2026" in said


def test_without_a_meeting_held_there_is_no_record_to_print(manager: Actor) -> None:
    with pytest.raises(NotFound, match="held"):
        papers.of_case(manager, "meeting-record", NUMBER, TODAY)


def test_the_agenda_has_what_their_groups_ask_to_think_of_without_naming_the_groups(manager: Actor) -> None:
    assert "To think of" not in text(manager, "meeting-agenda")
    commands.set_facts(manager, NUMBER, {"care-leaver": "yes"}, TODAY)
    for group in ("ex-service", "sex-offenders"):
        commands.set_cohort(manager, NUMBER, group, "yes", TODAY)
    commands.disclose(manager, NUMBER, "domestic-abuse", "Hit for years", TODAY)
    said = text(manager, "meeting-agenda")
    assert "who is the personal adviser?" in said
    assert "Is there a veterans' officer here" in said
    for word in ("Care leaver", "Ex-service", "suicide", "MAPPA", "safe to talk", "partner", "believe what is said"):
        assert word not in said


def test_no_prompt_to_be_said_aloud_is_need_to_know_or_speaks_of_risk_or_victims() -> None:
    aloud = [(one, prompt) for one in cohorts().values() for prompt in one.prompts if prompt.aloud]
    assert aloud
    for cohort, prompt in aloud:
        assert not cohort.restricted
        assert fit(prompt.text)
