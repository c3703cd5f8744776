"""One plan from a blank case to an agreed version, through recall, a new offender manager and a significant change."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import commands, views
from db import planning as pl
from db.rows import Actor, DutyRow, State
from tests.db.plans import NUMBER
from tests.db.records import TODAY, closed, opened, person, taken_in

HELD = pl.MeetingPayload("planning", "held", "P Dunn", part="contributed", agreed="Reading first.")
DUNN = {"role": "offender-manager", "name": "P Dunn", "contact": "01632 960001"}
AHMED = {"role": "offender-manager", "name": "L Ahmed", "contact": "01632 960002"}


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    actor = opened(tmp_path)
    taken_in(actor, tmp_path, person(NUMBER))
    facts = {"rosh": "high", "ppo": "no", "supervisor": "manager"}
    commands.set_facts(actor, NUMBER, facts, TODAY, date(2026, 2, 20))
    yield actor
    closed()


def duty(actor: Actor, name: str, today: date) -> DutyRow:
    return next(row for row in views.case_detail(actor, NUMBER, today).duties if row.id == name)


def test_from_a_blank_case_through_recall_a_new_manager_and_a_change(manager: Actor) -> None:
    assert duty(manager, "plan-review", TODAY).state is State.NOT_APPLICABLE
    commands.save_entry(manager, NUMBER, "person", DUNN, date(2026, 2, 20), TODAY)
    objective = pl.Objective("employment", "Read a letter alone", "2026-09-01", words="To read to her")
    commands.save_objective(manager, NUMBER, objective, TODAY)
    commands.save_meeting(manager, NUMBER, HELD, TODAY, TODAY, agree=True)
    assert duty(manager, "planning-meeting", TODAY).met_on == TODAY
    assert duty(manager, "plan-review", TODAY).due == date(2027, 3, 2)

    # Recalled: the plan as it stands is the draft the review starts from, due ten working days after the return.
    returned, day = date(2026, 7, 6), date(2026, 7, 7)
    commands.set_facts(manager, NUMBER, {"recall": "standard", "recall-returned": "2026-07-06"}, day, returned)
    assert duty(manager, "plan-review", day).due == date(2026, 7, 20)
    assert duty(manager, "recall-plan", day).due == date(2026, 7, 20)
    plan = views.plan(manager, NUMBER, day)
    assert [one.kept.change for one in plan.objectives] == ["Read a letter alone"]

    # The offender manager leaves: ten working days to name another, and naming one ends it.
    dunn = plan.of("person")[0]
    left = {**DUNN, "ended": "2026-07-08", "why": "Another team"}
    commands.save_entry(manager, NUMBER, "person", left, date(2026, 2, 20), date(2026, 7, 8), id=dunn.id)
    assert duty(manager, "name-offender-manager", date(2026, 7, 8)).due == date(2026, 7, 22)
    commands.save_entry(manager, NUMBER, "person", AHMED, date(2026, 7, 10), date(2026, 7, 10))
    assert duty(manager, "name-offender-manager", date(2026, 7, 10)).state is State.MET
    people = views.plan(manager, NUMBER, date(2026, 7, 10)).of("person")
    assert [(one.fields["name"], one.over) for one in people] == [("L Ahmed", False), ("P Dunn", True)]

    # The offender manager's review of OASys: the next is a year on, the next of risk four months on.
    oasys = {"type": "review", "by": "L Ahmed", "overall": "high", "sources": "police,prison file"}
    commands.save_entry(manager, NUMBER, "assessment", oasys, date(2026, 7, 14), date(2026, 7, 14))
    assert duty(manager, "oasys-review", date(2026, 7, 14)).due == date(2027, 7, 14)
    assert duty(manager, "rosh-review", date(2026, 7, 14)).due == date(2026, 11, 14)

    # Reviewed at a meeting: version 2; the recall's own duty is met by the same review.
    review = date(2026, 7, 15)
    id = plan.objectives[0].id
    changed = pl.Objective("employment", "Read a book alone", "2026-12-01")
    commands.save_objective(manager, NUMBER, changed, review, id=id)
    met = commands.save_meeting(manager, NUMBER, HELD, review, review, agree=True)
    assert met.met == ("plan-review",)
    assert duty(manager, "recall-plan", review).state is State.MET
    versions = views.plan(manager, NUMBER, review).versions
    assert [one.objectives[0].kept.change for one in versions] == ["Read a book alone", "Read a letter alone"]
    assert duty(manager, "plan-review", review).due == date(2027, 7, 15)

    # A significant change makes the review due at once.
    change = {"change": "charge", "note": "Charged with an assault on the wing."}
    commands.save_entry(manager, NUMBER, "significant-change", change, date(2026, 7, 20), date(2026, 7, 20))
    assert duty(manager, "plan-review", date(2026, 7, 20)).due == date(2026, 8, 3)
    assert duty(manager, "rosh-review", date(2026, 7, 20)).due == date(2026, 7, 27)
