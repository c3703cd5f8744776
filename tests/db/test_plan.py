"""The sentence plan in the record: objectives, their order, versions, meetings, and the duties they start and meet."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import commands, views
from db import planning as pl
from db.errors import Invalid, NotAllowed, Stale
from db.rows import Actor, Role, State
from tests.db.plans import NUMBER, add, duties, duty, held, read
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    actor = opened(tmp_path)
    taken_in(actor, tmp_path, person(NUMBER))
    commands.set_facts(actor, NUMBER, {"rosh": "high", "ppo": "no"}, TODAY, date(2026, 2, 20))
    yield actor
    closed()


@pytest.fixture
def supervisor(manager: Actor) -> Actor:
    return staffed(manager, "jcarter", Role.SUPERVISOR)


def test_an_objective_is_looked_at_from_fourteen_days_before_its_date(supervisor: Actor) -> None:
    add(supervisor, "Find other ways out of an argument", "2026-03-16")
    found = duty(supervisor, "objective-review")
    assert (found.opens, found.due, found.state) == (date(2026, 3, 2), date(2026, 3, 16), State.OPEN)


def test_an_objective_one_day_further_off_is_not_open_yet(supervisor: Actor) -> None:
    add(supervisor, "Find other ways out of an argument", "2026-03-17")
    assert duty(supervisor, "objective-review").state is State.LATER


def test_a_date_that_moves_starts_the_duty_anew_even_where_it_was_met_that_day(supervisor: Actor) -> None:
    id = add(supervisor, "Read a letter alone", "2026-03-10")
    commands.meet(supervisor, NUMBER, "objective-review", TODAY)
    assert duty(supervisor, "objective-review").state is State.MET
    kept = read(supervisor).objectives[0].kept
    commands.save_objective(supervisor, NUMBER, pl.Objective(kept.pathway, kept.change, "2026-04-10"), TODAY, id=id)
    found = duty(supervisor, "objective-review")
    assert (found.due, found.state, found.key) == (date(2026, 4, 10), State.LATER, f"{id}.2")


def test_a_closed_objective_asks_for_nothing_and_keeps_what_came_of_it(supervisor: Actor) -> None:
    id = add(supervisor, "Read a letter alone")
    commands.close_objective(supervisor, NUMBER, id, "achieved", TODAY, comment="I read it to my daughter.")
    plan = read(supervisor)
    assert plan.objectives == ()
    assert (plan.closed[0].kept.outcome, plan.closed[0].kept.comment) == ("achieved", "I read it to my daughter.")
    assert duties(supervisor, "objective-review")[0].state is State.NOT_APPLICABLE


def test_what_was_not_achieved_says_why(supervisor: Actor) -> None:
    id = add(supervisor, "Read a letter alone")
    with pytest.raises(Invalid, match="why"):
        commands.close_objective(supervisor, NUMBER, id, "partly", TODAY)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (pl.Objective("attitudes", " ", "2026-06-01"), "change"),
        (pl.Objective("sport", "Run", "2026-06-01"), "pathway"),
        (pl.Objective("attitudes", "Run", ""), "target"),
        (pl.Objective("attitudes", "Run", "soon"), "target"),
        (pl.Objective("attitudes", "Run", "2026-06-01", start="2026-06-02"), "target"),
        (pl.Objective("attitudes", "Run", "2026-06-01", risk="extreme"), "risk"),
        (pl.Objective("attitudes", "Run", "2026-06-01", builds_on="nothing"), "builds_on"),
    ],
)
def test_an_objective_that_says_too_little_is_refused_at_its_field(
    supervisor: Actor, given: pl.Objective, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        commands.save_objective(supervisor, NUMBER, given, TODAY)
    assert refused.value.field == field
    assert read(supervisor).objectives == ()


def test_an_administrator_and_an_inspector_do_not_work_on_a_plan(manager: Actor) -> None:
    given = pl.Objective("attitudes", "Run", "2026-06-01")
    for role in (Role.ADMINISTRATOR, Role.INSPECTOR):
        with pytest.raises(NotAllowed):
            commands.save_objective(staffed(manager, role.value, role), NUMBER, given, TODAY)


def test_two_people_editing_one_objective_the_second_sees_both_and_nothing_is_lost(
    manager: Actor, supervisor: Actor
) -> None:
    id = add(supervisor, "Read a letter alone")
    seen = read(supervisor).objectives[0].row
    theirs = pl.Objective("attitudes", "Read a book alone", "2026-06-01")
    mine = pl.Objective("attitudes", "Read a form alone", "2026-06-01")
    commands.save_objective(manager, NUMBER, theirs, TODAY, id=id, seen=seen)
    with pytest.raises(Stale) as stale:
        commands.save_objective(supervisor, NUMBER, mine, TODAY, id=id, seen=seen)
    assert (stale.value.mine, stale.value.theirs) == ("To change: Read a form alone", "To change: Read a book alone")
    assert read(supervisor).objectives[0].kept.change == "Read a book alone"
    commands.save_objective(supervisor, NUMBER, mine, TODAY, id=id, seen=stale.value.now)
    assert read(supervisor).objectives[0].kept.change == "Read a form alone"


def test_who_ticks_a_step_while_another_closes_the_objective_is_told(manager: Actor, supervisor: Actor) -> None:
    id = add(supervisor, "Read a letter alone")
    seen = read(supervisor).objectives[0].row
    commands.close_objective(manager, NUMBER, id, "achieved", TODAY, seen=seen)
    with pytest.raises(Stale, match="closed"):
        commands.save_steps(supervisor, NUMBER, id, (pl.Step("Ask"),), TODAY, seen=seen)


def test_undoing_an_edit_brings_back_what_stood_and_it_can_be_edited_again(supervisor: Actor) -> None:
    id = add(supervisor, "Read a letter alone")
    again = pl.Objective("attitudes", "Read a book alone", "2026-06-01")
    commands.save_objective(supervisor, NUMBER, again, TODAY, id=id)
    commands.undo(supervisor, TODAY)
    assert read(supervisor).objectives[0].kept.change == "Read a letter alone"
    commands.save_objective(supervisor, NUMBER, again, TODAY, id=id)
    assert read(supervisor).objectives[0].kept.change == "Read a book alone"


def test_undoing_a_close_opens_the_objective_again(supervisor: Actor) -> None:
    id = add(supervisor, "Read a letter alone")
    commands.close_objective(supervisor, NUMBER, id, "achieved", TODAY)
    commands.undo(supervisor, TODAY)
    assert [one.id for one in read(supervisor).objectives] == [id]
    commands.close_objective(supervisor, NUMBER, id, "achieved", TODAY)
    assert read(supervisor).objectives == ()


# The sequence --------------------------------------------------------------------------------------------------------


def test_a_programme_before_the_reading_it_needs_asks_why_and_keeps_the_reason(supervisor: Actor) -> None:
    add(supervisor, "Think before acting", programme="Thinking skills programme")
    with pytest.raises(Invalid, match="reading and writing") as refused:
        add(supervisor, "Read a letter alone", pathway="employment", programme="basic-literacy")
    assert refused.value.field == "why"
    add(supervisor, "Read", pathway="employment", programme="basic-literacy", why="The group starts on Monday.")
    (breach,) = read(supervisor).breaches
    assert (breach.reason, breach.source) == ("The group starts on Monday.", "OMI 2.1a")


def test_moved_into_the_right_order_nothing_is_said(supervisor: Actor) -> None:
    add(supervisor, "Think before acting", programme="thinking-skills")
    second = add(supervisor, "Read", programme="basic-literacy", why="It starts on Monday.")
    commands.move_objective(supervisor, NUMBER, second, 1, TODAY)
    assert read(supervisor).breaches == ()
    assert [one.kept.change for one in read(supervisor).objectives] == ["Read", "Think before acting"]


def test_a_move_against_a_rule_asks_why(supervisor: Actor) -> None:
    first = add(supervisor, "High", risk="high")
    add(supervisor, "Low", risk="low")
    with pytest.raises(Invalid) as refused:
        commands.move_objective(supervisor, NUMBER, first, 2, TODAY)
    assert refused.value.field == "why"
    commands.move_objective(supervisor, NUMBER, first, 2, TODAY, why="The course is full.")
    assert read(supervisor).breaches[0].reason == "The course is full."


def test_a_reading_need_nobody_has_seen_to_is_said_of_a_programme_that_needs_it(supervisor: Actor) -> None:
    add(supervisor, "Think before acting", programme="thinking-skills")
    assert read(supervisor).breaches == ()
    need = {"need": "reading-and-writing", "there": "yes"}
    commands.save_entry(supervisor, NUMBER, "individual-need", need, TODAY, TODAY)
    assert "nothing in the plan gives it" in read(supervisor).breaches[0].words
    commands.save_entry(supervisor, NUMBER, "individual-need", {**need, "done": "Reads with a mentor."}, TODAY, TODAY)
    assert read(supervisor).breaches == ()


def test_what_was_achieved_has_been_given_already(supervisor: Actor) -> None:
    reading = add(supervisor, "Read", programme="basic-literacy")
    add(supervisor, "Think", programme="thinking-skills")
    commands.close_objective(supervisor, NUMBER, reading, "achieved", TODAY)
    add(supervisor, "Read more", programme="basic-literacy")
    assert read(supervisor).breaches == ()


# Versions and meetings -----------------------------------------------------------------------------------------------


def test_a_plan_agreed_at_a_meeting_is_a_version_and_meets_the_planning_meeting(supervisor: Actor) -> None:
    add(supervisor, "Read a letter alone")
    assert (read(supervisor).agreed, read(supervisor).draft) == (None, 1)
    changed = commands.save_meeting(supervisor, NUMBER, held(), TODAY, TODAY, agree=True)
    plan = read(supervisor)
    assert plan.agreed is not None
    assert (plan.agreed.number, plan.agreed.agreed, plan.changes) == (1, TODAY, 0)
    assert changed.met == ("planning-meeting",)
    assert duty(supervisor, "planning-meeting").met_on == TODAY
    assert duty(supervisor, "plan-review").due == date(2027, 3, 2)


def test_a_second_agreement_meets_the_review(supervisor: Actor) -> None:
    add(supervisor, "Read a letter alone")
    commands.save_meeting(supervisor, NUMBER, held(), date(2026, 2, 25), TODAY, agree=True)
    changed = commands.save_meeting(supervisor, NUMBER, held(), TODAY, TODAY, agree=True)
    assert changed.met == ("plan-review",)
    assert [one.number for one in read(supervisor).versions] == [2, 1]


def test_an_earlier_version_stays_readable_and_what_changed_since_is_marked(supervisor: Actor) -> None:
    id = add(supervisor, "Read a letter alone")
    commands.save_meeting(supervisor, NUMBER, held(), TODAY, TODAY, agree=True)
    again = pl.Objective("attitudes", "Read a book alone", "2026-06-01")
    commands.save_objective(supervisor, NUMBER, again, TODAY, id=id)
    add(supervisor, "Write a letter")
    plan = read(supervisor)
    assert plan.versions[0].objectives[0].kept.change == "Read a letter alone"
    assert [one.mark for one in plan.objectives] == ["changed", "new"]
    assert plan.changes == 2


def test_progress_does_not_make_another_plan(supervisor: Actor) -> None:
    id = add(supervisor, "Read a letter alone", steps='[{"what":"Ask the library"}]')
    commands.save_meeting(supervisor, NUMBER, held(), TODAY, TODAY, agree=True)
    seen = read(supervisor).objectives[0].row
    done = (pl.Step("Ask the library", state="done", on="2026-03-01"),)
    commands.save_steps(supervisor, NUMBER, id, done, TODAY, seen=seen, comment="It was easy.")
    assert (read(supervisor).changes, read(supervisor).objectives[0].done) == (0, 1)


def test_a_plan_without_objectives_is_not_agreed(supervisor: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        commands.save_meeting(supervisor, NUMBER, held(), TODAY, TODAY, agree=True)
    assert refused.value.field == "agree"


def test_who_was_not_there_needs_a_reason(supervisor: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        commands.save_meeting(supervisor, NUMBER, held("absent"), TODAY, TODAY)
    assert refused.value.field == "part_why"


def test_a_keyworker_delivering_an_intervention_is_listed_where_not_invited(supervisor: Actor) -> None:
    running = {"programme": "workshop", "status": "started", "started": "2026-02-27", "keyworker": "A Okoro"}
    commands.save_entry(supervisor, NUMBER, "intervention", running, TODAY, TODAY)
    people = '[{"name":"P Dunn","role":"offender manager","invited":true}]'
    arranged = pl.MeetingPayload("planning", "arranged", "P Dunn", people=people)
    commands.save_meeting(supervisor, NUMBER, arranged, date(2026, 3, 9), TODAY)
    assert read(supervisor).meetings[0].not_invited == ("A Okoro",)


def test_the_plan_as_at_an_earlier_day_is_as_it_was(supervisor: Actor) -> None:
    add(supervisor, "Read a letter alone")
    later = date(2026, 3, 20)
    commands.save_objective(supervisor, NUMBER, pl.Objective("family", "Write home", "2026-06-01"), later)
    assert len(views.plan(supervisor, NUMBER, later).objectives) == 2
    assert len(views.plan(supervisor, NUMBER, later, TODAY).objectives) == 1


def test_the_duty_of_looking_at_an_objective_says_which(supervisor: Actor) -> None:
    add(supervisor, "Read a letter alone", "2026-03-10")
    add(supervisor, "Write a letter", "2026-03-11")
    whys = [row.why for row in duties(supervisor, "objective-review")]
    assert [why.split(".")[0] for why in whys] == ["“Read a letter alone”", "“Write a letter”"]
