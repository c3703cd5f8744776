"""The checklist, the plan and "who does what" on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import commands, papers
from db.checklists import Status
from db.commands import Mark, Screening
from db.rows import Actor, Role
from tests.db import records
from tests.db.records import TODAY

NUMBER = "A0001AA"


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Actor]:
    manager = records.opened(tmp_path)
    records.taken_in(manager, tmp_path, records.person(NUMBER))
    found = records.staffed(manager, "carter", Role.SUPERVISOR)
    commands.set_facts(manager, NUMBER, {"supervisor": "carter"}, TODAY)
    yield found
    records.closed()


def text(actor: Actor, kind: str) -> str:
    return papers.content(Path("x.txt"), papers.of_case(actor, kind, NUMBER, TODAY), TODAY).decode()


def test_the_checklist_says_how_each_activity_stands(supervisor: Actor) -> None:
    commands.mark(supervisor, NUMBER, (Mark("bank-account", Status.DONE, words="Account open"),), TODAY)
    commands.mark(supervisor, NUMBER, (Mark("debt-advice", Status.SIGNPOSTED, to="Citizens Advice"),), TODAY)
    said = " ".join(text(supervisor, "checklist").split())
    assert "Account open" in said
    assert "Signposted or referred, outcome not known" in said
    assert "Citizens Advice: Debt advice, identification (Mon 2 Mar 2026)" in said


def test_the_plan_says_it_to_the_person(supervisor: Actor) -> None:
    commands.set_need(supervisor, NUMBER, "finance", "yes", "", TODAY)
    commands.mark(supervisor, NUMBER, (Mark("bank-account", Status.NEEDED),), TODAY)
    said = " ".join(text(supervisor, "resettlement-plan").split())
    assert "You need help here." in said
    assert "Bank account and identification: to be done. Who: the resettlement team here." in said


def test_the_plan_has_what_was_passed_on_apart_from_the_checklist_and_no_names_of_forms(supervisor: Actor) -> None:
    commands.refer(supervisor, NUMBER, "Shelter line", "Advice", TODAY, how="signposted")
    commands.screen(supervisor, NUMBER, Screening("bcst1", TODAY, "D Garside"), TODAY)
    commands.screen(supervisor, NUMBER, Screening("bcst2", TODAY, "D Garside"), TODAY)
    said = " ".join(text(supervisor, "resettlement-plan").split())
    assert "Advice, Shelter line: we will find out what came of it." in said
    assert "Money and debt problems found: done." in said
    assert "BCST" not in said


def test_who_does_what_names_people_and_what_is_under_way(supervisor: Actor) -> None:
    commands.mark(supervisor, NUMBER, (Mark("debt-advice", Status.SIGNPOSTED, to="Citizens Advice"),), TODAY)
    said = " ".join(text(supervisor, "who-does-what").split())
    assert "My offender supervisor, in here: Carter" in said
    assert "Citizens Advice" in said


@pytest.mark.parametrize("kind", ["checklist", "resettlement-plan", "who-does-what", "case-summary"])
def test_nothing_need_to_know_is_on_paper(supervisor: Actor, kind: str) -> None:
    before = text(supervisor, kind)
    commands.disclose(supervisor, NUMBER, "domestic-abuse", "Hit for years", TODAY)
    commands.mark(supervisor, NUMBER, (Mark("abuse-safety-plan", Status.NEEDED, until=TODAY),), TODAY)
    assert text(supervisor, kind) == before


@pytest.mark.parametrize("kind", ["checklist", "resettlement-plan", "who-does-what"])
def test_each_is_written_as_pdf(supervisor: Actor, kind: str) -> None:
    made = papers.content(Path("x.pdf"), papers.of_case(supervisor, kind, NUMBER, TODAY), TODAY)
    assert made.startswith(b"%PDF")
