"""The register of scope: counts, what an answer rests on, and local extensions, which are the manager's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import commands
from db.errors import Invalid, NotAllowed
from db.rows import Actor, Role
from db.views.scope import ANSWERS, decision, register
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

HIGH, LOW, UNKNOWN = "A1111AA", "A2222AA", "A3333AA"
ROH = [{"alertType": "R", "alertCode": "ROH", "active": True}]


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    actor = opened(tmp_path)
    staffed(actor, "carter", Role.SUPERVISOR)
    people = (person(prisonerNumber=HIGH, alerts=ROH), person(prisonerNumber=LOW), person(prisonerNumber=UNKNOWN))
    taken_in(actor, tmp_path, *people)
    commands.set_facts(actor, LOW, {"rosh": "low", "ppo": "no", "supervisor": "carter"}, TODAY)
    yield actor
    closed()


def _numbers(actor: Actor, answer: str) -> list[str]:
    return [row.number for row in register(actor, answer).rows]


def test_everybody_stands_under_one_answer_and_is_counted_there(manager: Actor) -> None:
    assert [_numbers(manager, answer) for answer in ANSWERS] == [[HIGH], [], [UNKNOWN], [LOW]]
    assert register(manager, "in").counts == (1, 0, 1, 1)


def test_an_answer_says_which_facts_it_rests_on_and_who_recorded_them_when(manager: Actor) -> None:
    told = decision(manager, LOW, TODAY)
    assert (told.answer, told.limb) == ("out", "neither high risk of serious harm nor PPO")
    grounds = {ground.fact: ground for ground in told.grounds}
    assert (grounds["rosh"].value, grounds["rosh"].source, grounds["rosh"].by) == ("low", "hand", "M Shah")
    assert grounds["rosh"].day == TODAY
    assert grounds["sentence-type"].source == "extract"


def test_what_cannot_be_told_says_which_facts_are_missing(manager: Actor) -> None:
    told = decision(manager, UNKNOWN, TODAY)
    assert (told.answer, told.missing) == ("unknown", ("Risk of serious harm (RoSH)", "PPO"))


def test_a_local_extension_keeps_who_decided_when_and_why_and_can_be_undone(manager: Actor) -> None:
    commands.set_facts(manager, LOW, {"local-extension": "yes"}, TODAY, why="Prolific in this area")
    assert _numbers(manager, "extension") == [LOW]
    first = decision(manager, LOW, TODAY).grounds[0]
    assert (first.fact, first.by, first.day, first.why) == ("local-extension", "M Shah", TODAY, "Prolific in this area")
    commands.undo(manager, TODAY)
    assert _numbers(manager, "extension") == []


def test_a_local_extension_without_a_reason_is_refused(manager: Actor) -> None:
    with pytest.raises(Invalid, match="needs a reason") as refused:
        commands.set_facts(manager, LOW, {"local-extension": "yes"}, TODAY)
    assert refused.value.field == "why"
    assert _numbers(manager, "extension") == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR, Role.INSPECTOR])
def test_a_local_extension_is_the_managers(manager: Actor, role: Role) -> None:
    with pytest.raises(NotAllowed):
        commands.set_facts(Actor("carter", "Carter", role, "test"), LOW, {"local-extension": "yes"}, TODAY, why="x")
