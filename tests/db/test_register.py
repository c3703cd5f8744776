"""The register of a case: what an entry starts, meets and records."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.cli.plan_shapes import people
from db import commands, payloads, planning, refreshing, views
from db.errors import Invalid, Stale
from db.moving import Movement
from db.rows import Actor, Contact, Filter, Role, State
from db.views.workload import workload
from policy.register import register
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
    assert any("Transfer is held" in said for said in views.case_detail(supervisor, NUMBER, TODAY).stands)
    id = read(supervisor).holds[0].id
    done = {**running, "status": "completed", "finished": "2026-03-02"}
    commands.save_entry(supervisor, NUMBER, "intervention", done, TODAY, TODAY, id=id)
    assert read(supervisor).holds == ()
    assert "hold" not in views.case_detail(supervisor, NUMBER, TODAY).row.flags


def test_no_programme_holds_whoever_has_left(supervisor: Actor, manager: Actor) -> None:
    running = {"programme": "Thinking skills programme", "status": "started", "started": "2026-02-27"}
    commands.save_entry(supervisor, NUMBER, "intervention", running, TODAY, TODAY)
    commands.move(manager, NUMBER, Movement("release", TODAY), TODAY)
    detail = views.case_detail(supervisor, NUMBER, TODAY)
    assert "hold" not in detail.row.flags
    assert not any("Transfer is held" in said for said in detail.stands)


def test_an_intervention_that_was_left_says_why(supervisor: Actor) -> None:
    left = {"programme": "workshop", "status": "withdrawn", "finished": "2026-03-01"}
    with pytest.raises(Invalid) as refused:
        commands.save_entry(supervisor, NUMBER, "intervention", left, TODAY, TODAY)
    assert refused.value.field == "why"


def test_there_is_one_entry_a_need_and_it_stays_while_nothing_is_done(supervisor: Actor) -> None:
    given = {"need": "language", "there": "yes", "detail": "Polish"}
    commands.save_entry(supervisor, NUMBER, "individual-need", given, TODAY, TODAY)
    commands.save_entry(supervisor, NUMBER, "individual-need", {**given, "done": "Interpreter booked."}, TODAY, TODAY)
    (need,) = read(supervisor).of("individual-need")
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


def test_a_fact_about_risk_keeps_who_it_came_from(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"mappa-level": "2"}, TODAY, why="Police, by e-mail")
    told = next(row for row in views.case_detail(manager, NUMBER, TODAY).timeline if "MAPPA level" in row.summary)
    assert told.text == "Police, by e-mail"


def test_the_last_five_entries_are_the_last_by_their_day_not_by_when_they_were_written(manager: Actor) -> None:
    def log(day: int, strengths: str = "") -> None:
        contact = Contact("note", date(2026, 2, day), "Talked.", strengths=strengths, concerns="Debt")
        commands.log_contact(manager, NUMBER, contact, TODAY)

    for day in (20, 21, 22, 23, 24):
        log(day)
    log(19, "Rang the garage")
    assert any("all concerns" in note for note in views.case_detail(manager, NUMBER, TODAY).notes)
    log(25, "Passed level 1")
    assert not any("all concerns" in note for note in views.case_detail(manager, NUMBER, TODAY).notes)


def test_a_programme_whose_name_gives_something_away_waits_in_register_and_history(supervisor: Actor) -> None:
    running = {"programme": "anger", "status": "started", "started": "2026-03-01"}
    commands.save_entry(supervisor, NUMBER, "intervention", running, TODAY, TODAY)
    assert read(supervisor).of("intervention")[0].hidden
    told = views.case_detail(supervisor, NUMBER, TODAY).timeline[0]
    assert told.summary.startswith("Risk: ")


def test_no_kind_of_entry_is_the_kind_of_another_row() -> None:
    others = {value for name, value in vars(payloads).items() if name.isupper() and isinstance(value, str)}
    assert not (set(register().kind) | planning.PLAN_KINDS) & others
    assert not set(register().kind) & planning.PLAN_KINDS


def test_somebody_named_by_a_fact_after_the_one_written_down_has_left_is_expected_and_told(manager: Actor) -> None:
    left = {"role": "offender-manager", "name": "P Dunn", "contact": "01632 960001", "ended": "2026-02-27"}
    commands.save_entry(manager, NUMBER, "person", left, date(2026, 1, 5), TODAY)
    commands.set_facts(manager, NUMBER, {"offender-manager": "R Singh, 01632 960002"}, TODAY)
    found = views.plan(manager, NUMBER, TODAY)
    assert [one.name for one in found.expected] == ["R Singh"]
    told = people(views.case_detail(manager, NUMBER, TODAY), found, {})
    assert {"role": "Offender manager", "name": "R Singh, 01632 960002"} in told
