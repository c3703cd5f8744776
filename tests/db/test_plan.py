"""The sentence plan in the record: objectives, their order, versions, meetings, and the duties they start and meet."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import commands, refreshing, views
from db import planning as pl
from db.errors import Invalid, NotAllowed, Stale
from db.rows import Actor, DutyRow, Filter, Role, State
from db.views.workload import workload
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

NUMBER = "A1234BC"


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


def add(actor: Actor, change: str, target: str = "2026-06-01", why: str = "", **more: str) -> str:
    """Add an objective; its id."""
    before = {one.id for one in views.plan(actor, NUMBER, TODAY).objectives}
    given = pl.Objective(more.pop("pathway", "attitudes"), change, target, **more)
    commands.save_objective(actor, NUMBER, given, TODAY, why=why)
    return next(one.id for one in views.plan(actor, NUMBER, TODAY).objectives if one.id not in before)


def read(actor: Actor) -> pl.Plan:
    return views.plan(actor, NUMBER, TODAY)


def duty(actor: Actor, name: str, today: date = TODAY) -> DutyRow:
    identity, _, key = name.partition(":")
    found = [row for row in views.case_detail(actor, NUMBER, today).duties if row.id == identity]
    return next(row for row in found if not key or row.key == key)


def duties(actor: Actor, identity: str) -> list[DutyRow]:
    return [row for row in views.case_detail(actor, NUMBER, TODAY).duties if row.id == identity]


def held(part: str = "contributed", **more: str) -> pl.MeetingPayload:
    return pl.MeetingPayload("planning", "held", "P Dunn", part=part, **more)


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
    commands.save_entry(supervisor, NUMBER, "need", need, TODAY, TODAY)
    assert "nothing in the plan gives it" in read(supervisor).breaches[0].words
    commands.save_entry(supervisor, NUMBER, "need", {**need, "done": "Reads with a mentor."}, TODAY, TODAY)
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


# What the register starts and meets ----------------------------------------------------------------------------------


def test_a_significant_change_brings_risk_and_plan_review_forward(supervisor: Actor) -> None:
    add(supervisor, "Read a letter alone")
    commands.save_meeting(supervisor, NUMBER, held(), date(2026, 2, 26), TODAY, agree=True)
    change = {"change": "new-address", "note": "Moves to his sister's."}
    changed = commands.save_entry(supervisor, NUMBER, "significant-change", change, TODAY, TODAY)
    assert "come due at once" in changed.sentence
    assert duty(supervisor, "rosh-review").due == date(2026, 3, 9)
    assert duty(supervisor, "plan-review").due == date(2026, 3, 16)


def test_a_risk_meeting_is_fed_back_the_next_working_day(supervisor: Actor) -> None:
    commands.save_entry(supervisor, NUMBER, "irmm", {"decision": "No change."}, date(2026, 2, 27), TODAY)
    assert duty(supervisor, "irmm-feedback").due == TODAY


def test_an_initial_assessment_meets_its_duty_and_records_the_risk(supervisor: Actor) -> None:
    given = {"type": "initial", "by": "P Dunn, offender manager", "overall": "very-high", "sources": "police"}
    changed = commands.save_entry(supervisor, NUMBER, "assessment", given, date(2026, 3, 1), TODAY)
    assert "oasys-initial" in changed.met
    detail = views.case_detail(supervisor, NUMBER, TODAY)
    assert detail.row.rosh == "very-high"
    assert duty(supervisor, "oasys-review").due == date(2027, 3, 1)
    assert duty(supervisor, "rosh-review").due == date(2026, 7, 1)


def test_a_newer_assessment_supersedes_and_an_older_one_written_later_does_not_change_the_risk(
    supervisor: Actor,
) -> None:
    new = {"type": "review", "by": "P Dunn", "overall": "medium"}
    old = {"type": "initial", "by": "P Dunn", "overall": "low"}
    commands.save_entry(supervisor, NUMBER, "assessment", new, date(2026, 3, 1), TODAY)
    commands.save_entry(supervisor, NUMBER, "assessment", old, date(2025, 6, 1), TODAY)
    told = [(entry.fields["type"], entry.superseded) for entry in read(supervisor).of("assessment")]
    assert told == [("review", False), ("initial", True)]
    assert views.case_detail(supervisor, NUMBER, TODAY).row.rosh == "medium"


def test_an_offender_manager_who_leaves_opens_the_duty_of_naming_one_again(supervisor: Actor) -> None:
    dunn = {"role": "offender-manager", "name": "P Dunn", "contact": "01632 960001"}
    commands.save_entry(supervisor, NUMBER, "person", dunn, date(2026, 2, 20), TODAY)
    assert duty(supervisor, "name-offender-manager").state is State.MET
    id = read(supervisor).of("person")[0].id
    commands.save_entry(supervisor, NUMBER, "person", {**dunn, "ended": "2026-03-02"}, TODAY, TODAY, id=id)
    found = duty(supervisor, "name-offender-manager")
    assert (found.due, found.live) == (date(2026, 3, 16), True)
    new = {"role": "offender-manager", "name": "L Ahmed", "contact": "01632 960002"}
    commands.save_entry(supervisor, NUMBER, "person", new, TODAY, TODAY)
    assert duty(supervisor, "name-offender-manager").state is State.MET
    facts = {row.fact: row.value for row in views.case_detail(supervisor, NUMBER, TODAY).facts}
    assert facts["offender-manager"] == "L Ahmed, 01632 960002"


def test_an_offender_manager_is_named_with_how_to_reach_them_and_there_is_one(supervisor: Actor) -> None:
    given = {"role": "offender-manager", "name": "P Dunn"}
    with pytest.raises(Invalid) as refused:
        commands.save_entry(supervisor, NUMBER, "person", given, TODAY, TODAY)
    assert refused.value.field == "contact"
    given["contact"] = "01632 960001"
    commands.save_entry(supervisor, NUMBER, "person", given, TODAY, TODAY)
    with pytest.raises(Invalid, match="already"):
        commands.save_entry(supervisor, NUMBER, "person", {**given, "name": "L Ahmed"}, TODAY, TODAY)


def test_keyworkers_named_are_told_of_a_change_of_risk(supervisor: Actor) -> None:
    given = {"role": "keyworker", "name": "A Okoro", "area": "education"}
    commands.save_entry(supervisor, NUMBER, "person", given, date(2026, 2, 25), TODAY)
    commands.save_entry(
        supervisor, NUMBER, "assessment", {"type": "risk-review", "by": "J Carter", "overall": "medium"}, TODAY, TODAY
    )
    assert duties(supervisor, "risk-told")[0].due == date(2026, 3, 9)


def test_a_running_accredited_programme_holds_transfer_until_it_ends(supervisor: Actor) -> None:
    running = {"programme": "Thinking skills programme", "status": "started", "started": "2026-02-27"}
    commands.save_entry(supervisor, NUMBER, "intervention", running, TODAY, TODAY)
    assert [entry.fields["programme"] for entry in read(supervisor).holds] == ["thinking-skills"]
    assert "hold" in views.case_detail(supervisor, NUMBER, TODAY).row.flags
    assert any("transfer" in note.lower() for note in views.case_detail(supervisor, NUMBER, TODAY).notes)
    id = read(supervisor).holds[0].id
    done = {**running, "status": "completed", "finished": "2026-03-02"}
    commands.save_entry(supervisor, NUMBER, "intervention", done, TODAY, TODAY, id=id)
    assert read(supervisor).holds == ()
    assert "hold" not in views.case_detail(supervisor, NUMBER, TODAY).row.flags


def test_an_intervention_that_was_left_says_why(supervisor: Actor) -> None:
    left = {"programme": "workshop", "status": "withdrawn", "finished": "2026-03-01"}
    with pytest.raises(Invalid) as refused:
        commands.save_entry(supervisor, NUMBER, "intervention", left, TODAY, TODAY)
    assert refused.value.field == "why"


def test_there_is_one_entry_a_need_and_it_stays_while_nothing_is_done(supervisor: Actor) -> None:
    given = {"need": "language", "there": "yes", "detail": "Polish"}
    commands.save_entry(supervisor, NUMBER, "need", given, TODAY, TODAY)
    commands.save_entry(supervisor, NUMBER, "need", {**given, "done": "Interpreter booked."}, TODAY, TODAY)
    (need,) = read(supervisor).of("need")
    assert need.fields["done"] == "Interpreter booked."


def test_changed_licence_conditions_are_gone_through_again(manager: Actor, supervisor: Actor) -> None:
    dates = {"release-date": "2026-04-10", "licence-expiry": "2027-01-01"}
    commands.set_facts(manager, NUMBER, dates, TODAY)
    commands.meet(supervisor, NUMBER, "licence-explained", TODAY, date(2026, 3, 1))
    assert duty(supervisor, "licence-explained").state is State.MET
    commands.save_entry(supervisor, NUMBER, "licence-change", {"what": "A curfew was added."}, TODAY, TODAY)
    assert duty(supervisor, "licence-explained").live


def test_two_people_on_one_entry_the_second_sees_both(manager: Actor, supervisor: Actor) -> None:
    given = {"what": "mail", "detail": "Post is read", "authority": "Governor", "review": "2026-05-01"}
    commands.save_entry(supervisor, NUMBER, "restriction", given, TODAY, TODAY)
    entry = read(supervisor).of("restriction")[0]
    theirs, mine = {**given, "review": "2026-06-01"}, {**given, "review": "2026-07-01"}
    commands.save_entry(manager, NUMBER, "restriction", theirs, TODAY, TODAY, id=entry.id, seen=entry.row)
    with pytest.raises(Stale) as stale:
        commands.save_entry(supervisor, NUMBER, "restriction", mine, TODAY, TODAY, id=entry.id, seen=entry.row)
    assert stale.value.theirs == "Review by: 2026-06-01"


def test_the_plan_as_at_an_earlier_day_is_as_it_was(supervisor: Actor) -> None:
    add(supervisor, "Read a letter alone")
    later = date(2026, 3, 20)
    commands.save_objective(supervisor, NUMBER, pl.Objective("family", "Write home", "2026-06-01"), later)
    assert len(views.plan(supervisor, NUMBER, later).objectives) == 2
    assert len(views.plan(supervisor, NUMBER, later, TODAY).objectives) == 1


@pytest.mark.parametrize(("today", "behind"), [("2026-04-16", 0), ("2026-04-17", 1)])
def test_the_oasys_backlog_is_a_filter_and_a_figure_from_the_day_after_the_date(
    manager: Actor, today: str, behind: int
) -> None:
    day = date.fromisoformat(today)
    commands.meet(manager, NUMBER, "oasys-missing", TODAY)
    refreshing.refresh(day)
    assert duty(manager, "oasys-initial", day).due == date(2026, 4, 16)
    found = views.caseload(manager, Filter("all", duty="oasys-backlog"), day).rows
    assert len(found) == behind
    assert workload(manager, day).backlogs == (("OASys backlog", behind),)
