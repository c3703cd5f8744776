"""The early meeting after a recall: the steps agreed there go into the plan, and both stand or fall together."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import commands
from db import planning as pl
from db.commands import recall
from db.commands.recall_meeting import NEW, hold_recall_meeting
from db.errors import RecordError
from db.rows import Actor, State
from db.views import plan
from tests.db.recalling import BACK, NUMBER, STANDARD, duty_of, left_before, recall_of, rows_written

DAY = date(2026, 4, 8)
STEPS = (pl.Step("Ring the hostel", "A Khan", "2026-04-17"), pl.Step("Find the tenancy papers", "Dean"))


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    for actor in left_before(tmp_path):
        recall.start(actor, NUMBER, STANDARD, BACK)
        yield actor


def objective(actor: Actor) -> str:
    had = pl.Objective("accommodation", "A home of my own", "2026-09-01").with_steps((pl.Step("Join the list"),))
    commands.save_objective(actor, NUMBER, had, BACK)
    return plan(actor, NUMBER, BACK).objectives[0].id


def test_steps_agreed_stand_behind_those_of_the_objective_and_in_the_record_of_the_meeting(manager: Actor) -> None:
    into = objective(manager)
    said = {"present": "Dean, A Khan, J Carter", "loss": "His flat."}
    done = hold_recall_meeting(manager, NUMBER, DAY, said, STEPS, DAY, into=into)
    found = plan(manager, NUMBER, DAY).objectives[0]
    assert [step.what for step in found.steps] == ["Join the list", "Ring the hostel", "Find the tenancy papers"]
    assert duty_of(manager, "recall-meeting", DAY).state is State.MET
    meeting = next(step for step in recall_of(manager, DAY).steps if step.duty.id == "recall-meeting")
    assert (
        dict(meeting.also)["agreed"] == "Ring the hostel (A Khan, by Fri 17 Apr 2026); Find the tenancy papers (Dean)"
    )
    assert done.sentence.endswith("2 steps put into the plan: A home of my own.")


def test_one_undo_takes_back_the_meeting_and_its_steps(manager: Actor) -> None:
    into = objective(manager)
    hold_recall_meeting(manager, NUMBER, DAY, {}, STEPS, DAY, into=into)
    commands.undo(manager, DAY)
    assert len(plan(manager, NUMBER, DAY).objectives[0].steps) == 1
    assert duty_of(manager, "recall-meeting", DAY).live


def test_a_new_objective_is_looked_at_on_the_day_of_its_last_step(manager: Actor) -> None:
    hold_recall_meeting(
        manager, NUMBER, DAY, {}, STEPS, DAY, into=NEW, change="Somewhere to live", pathway="accommodation"
    )
    (found,) = plan(manager, NUMBER, DAY).objectives
    assert (found.kept.change, found.target, len(found.steps)) == ("Somewhere to live", date(2026, 4, 17), 2)


def test_steps_may_stay_with_the_meeting(manager: Actor) -> None:
    hold_recall_meeting(manager, NUMBER, DAY, {}, STEPS, DAY)
    assert plan(manager, NUMBER, DAY).objectives == ()
    assert duty_of(manager, "recall-meeting", DAY).state is State.MET


@pytest.mark.parametrize(
    ("steps", "new"),
    [
        (STEPS[1:], {"into": NEW, "change": "A home", "pathway": "accommodation"}),
        (STEPS, {"into": NEW, "change": "", "pathway": "accommodation"}),
        (STEPS, {"into": NEW, "change": "A home", "pathway": "elsewhere"}),
        (STEPS, {"into": "nothing"}),
    ],
)
def test_where_the_steps_cannot_go_nothing_is_recorded(
    manager: Actor, steps: tuple[pl.Step, ...], new: dict[str, str]
) -> None:
    before = rows_written()
    with pytest.raises(RecordError):
        hold_recall_meeting(manager, NUMBER, DAY, {}, steps, DAY, **new)
    assert rows_written() == before
