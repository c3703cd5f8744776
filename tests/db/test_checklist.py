"""The pathway checklist in the record: statuses, outcomes, follow-up, screening, coming back."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from db import commands, entries, views
from db.checklists import ActivityRow, Checklist, Status
from db.commands import Mark, Screening
from db.commands.saying import says_nothing
from db.errors import Invalid, NotAllowed, NotFound, RecordError, Stale
from db.rows import Actor, DutyRow, Role, State
from db.verify import verify
from tests.db import records
from tests.db.records import TODAY

NUMBER = "A0001AA"


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    found = records.opened(tmp_path)
    records.taken_in(found, tmp_path, records.person(NUMBER))
    yield found
    records.closed()


@pytest.fixture
def supervisor(manager: Actor) -> Actor:
    found = records.staffed(manager, "jcarter", Role.SUPERVISOR)
    commands.set_facts(manager, NUMBER, {"supervisor": "jcarter"}, TODAY)
    return found


def the(activity: str, actor: Actor, today: date = TODAY) -> ActivityRow:
    return next(row for row in views.checklist(actor, NUMBER, today).activities if row.id == activity)


def mark(actor: Actor, activity: str, status: Status, today: date = TODAY, **more: object) -> None:
    commands.mark(actor, NUMBER, (Mark(activity, status, **more),), today)  # type: ignore[arg-type]


def duty(actor: Actor, name: str, today: date = TODAY) -> DutyRow:
    return next(row for row in views.case_detail(actor, NUMBER, today).duties if row.name == name)


def pathway(found: Checklist, name: str) -> tuple[int, int, tuple[int, ...]]:
    row = next(row for row in found.pathways if row.id == name)
    return row.done, row.needed, row.levels


def test_an_empty_checklist_has_level_1_for_everyone_and_nothing_done(supervisor: Actor) -> None:
    found = views.checklist(supervisor, NUMBER, TODAY)
    assert (found.done, found.needed) == (0, 16)
    assert pathway(found, "accommodation") == (0, 3, ())
    assert len(found.activities) == 67 - 16 - 1
    assert {row.status for row in found.activities} == {Status.NOT_ASSESSED}


def test_what_is_needed_starts_a_duty_of_its_provider_with_the_date_set(supervisor: Actor) -> None:
    mark(supervisor, "bank-account", Status.NEEDED, until=date(2026, 3, 12))
    owed = duty(supervisor, "activity:bank-account")
    assert (owed.owner, owed.due, owed.title) == (
        "CRC",
        date(2026, 3, 12),
        "Pathway activity: Bank account and identification",
    )
    assert owed.discreet_title == "Pathway activity"
    assert pathway(views.checklist(supervisor, NUMBER, TODAY), "finance") == (0, 4, (2,))


def test_done_takes_an_outcome_and_meets_the_duty(supervisor: Actor) -> None:
    mark(supervisor, "bank-account", Status.NEEDED)
    with pytest.raises(Invalid):
        mark(supervisor, "bank-account", Status.DONE)
    mark(supervisor, "bank-account", Status.DONE, words="Account open with a high-street bank")
    row = the("bank-account", supervisor)
    assert (row.status, row.met, row.said) == (Status.DONE, True, "Account open with a high-street bank")
    assert duty(supervisor, "activity:bank-account").state is State.MET


@pytest.mark.parametrize(
    "text", ["tbc", "N/A", "unknown", "Not known.", "–", "ongoing", "  chased ", "...", "awaiting"]
)
def test_a_placeholder_is_no_outcome(supervisor: Actor, text: str) -> None:
    assert says_nothing(text)
    with pytest.raises(Invalid, match="says nothing yet"):
        mark(supervisor, "bank-account", Status.DONE, words=text)
    assert the("bank-account", supervisor).status is Status.NOT_ASSESSED


def test_the_duty_form_meets_an_activity_only_with_an_outcome(supervisor: Actor) -> None:
    mark(supervisor, "motivation", Status.IN_PROGRESS)
    with pytest.raises(Invalid):
        commands.meet(supervisor, NUMBER, "activity:motivation", TODAY)
    commands.meet(supervisor, NUMBER, "activity:motivation", TODAY, fields={"outcome": "Has three goals of his own"})
    assert the("motivation", supervisor).said == "Has three goals of his own"


def test_level_1_is_never_not_needed_and_the_rest_says_why(supervisor: Actor) -> None:
    with pytest.raises(Invalid, match="for everyone"):
        mark(supervisor, "legal-rights", Status.NOT_NEEDED, words="He knows")
    with pytest.raises(Invalid, match="missing"):
        mark(supervisor, "bank-account", Status.NOT_NEEDED)
    mark(supervisor, "bank-account", Status.NOT_NEEDED, words="Has one")
    assert pathway(views.checklist(supervisor, NUMBER, TODAY), "finance") == (0, 3, ())


def test_what_was_declined_is_asked_about_again_on_the_day_set(supervisor: Actor) -> None:
    mark(supervisor, "mentoring", Status.DECLINED, until=date(2026, 4, 1))
    assert duty(supervisor, "activity:mentoring").due == date(2026, 4, 1)
    mark(supervisor, "advocacy", Status.DECLINED)
    names = [row.name for row in views.case_detail(supervisor, NUMBER, TODAY).duties]
    assert "activity:advocacy" not in names
    assert not the("advocacy", supervisor).open


def test_what_is_needed_again_has_a_duty_of_its_own(supervisor: Actor) -> None:
    mark(supervisor, "motivation", Status.DONE, words="Goals set")
    mark(supervisor, "motivation", Status.NEEDED)
    assert the("motivation", supervisor).status is Status.NEEDED
    assert duty(supervisor, "activity:motivation.2").live


def test_nothing_is_passed_on_without_the_consent_it_takes(supervisor: Actor) -> None:
    for consent in ("", "refused", "safeguarding"):
        with pytest.raises(Invalid):
            mark(supervisor, "duty-to-refer", Status.REFERRED, to="Leeds housing", consent=consent)
    mark(supervisor, "duty-to-refer", Status.REFERRED, to="Leeds housing", consent="given")
    assert the("duty-to-refer", supervisor).with_whom == "Leeds housing"


def test_a_referral_is_followed_up_within_10_working_days_with_an_outcome(supervisor: Actor) -> None:
    mark(supervisor, "debt-advice", Status.SIGNPOSTED, to="Citizens Advice")
    owed = duty(supervisor, "signpost-follow-up:debt-advice")
    assert (owed.due, owed.owner) == (date(2026, 3, 16), "OS")
    assert "Debt advice" in owed.title
    assert not the("debt-advice", supervisor).met
    commands.meet(supervisor, NUMBER, owed.name, TODAY, fields={"outcome": "Plan agreed"})
    row = the("debt-advice", supervisor)
    assert (row.status, row.met, row.said) == (Status.FOLLOWED_UP, True, "Plan agreed")


def test_a_referral_that_did_not_meet_the_need_makes_it_needed_again(supervisor: Actor) -> None:
    mark(supervisor, "debt-advice", Status.REFERRED, to="Citizens Advice", consent="given")
    mark(supervisor, "debt-advice", Status.FOLLOWED_UP, words="They are full until June", need_met="no")
    row = the("debt-advice", supervisor)
    assert (row.status, row.met) == (Status.NEEDED, False)
    assert duty(supervisor, "signpost-follow-up:debt-advice").state is State.MET
    assert duty(supervisor, "activity:debt-advice.2").live


def test_one_outcome_for_one_provider_closes_several_and_one_undo_opens_them(supervisor: Actor) -> None:
    mark(supervisor, "debt-advice", Status.SIGNPOSTED, to="Citizens Advice")
    mark(supervisor, "other-debts", Status.SIGNPOSTED, to="Citizens Advice", consent="given")
    made = [(NUMBER, "debt-advice"), (NUMBER, "other-debts")]
    commands.follow_up(supervisor, made, "Seen on the wing; plan agreed", TODAY, met="yes")
    assert the("debt-advice", supervisor).met
    assert the("other-debts", supervisor).met
    commands.undo(supervisor, TODAY)
    assert not the("debt-advice", supervisor).met
    with pytest.raises(NotFound):
        commands.follow_up(supervisor, [(NUMBER, "no-such")], "Seen", TODAY)


def test_undo_takes_a_mark_back_with_the_outcome_it_wrote(supervisor: Actor) -> None:
    mark(supervisor, "bank-account", Status.NEEDED)
    mark(supervisor, "bank-account", Status.DONE, words="Open")
    commands.undo(supervisor, TODAY)
    assert the("bank-account", supervisor).status is Status.NEEDED
    assert verify(TODAY).sound


def test_as_at_an_earlier_day_shows_the_checklist_of_that_day(supervisor: Actor) -> None:
    mark(supervisor, "bank-account", Status.NEEDED)
    later = date(2026, 3, 4)
    mark(supervisor, "bank-account", Status.DONE, later, words="Open")
    then = views.checklist(supervisor, NUMBER, later, TODAY)
    assert next(row for row in then.activities if row.id == "bank-account").status is Status.NEEDED


def test_two_people_marking_the_same_activity_the_second_is_told(supervisor: Actor, manager: Actor) -> None:
    mark(manager, "bank-account", Status.NEEDED)
    with pytest.raises(Stale, match="needed"):
        mark(supervisor, "bank-account", Status.IN_PROGRESS, seen="")


def test_several_are_marked_in_one_command_or_none(supervisor: Actor) -> None:
    marks = [Mark("bank-account", Status.NEEDED), Mark("no-such", Status.NEEDED)]
    with pytest.raises(NotFound):
        commands.mark(supervisor, NUMBER, marks, TODAY)
    assert the("bank-account", supervisor).status is Status.NOT_ASSESSED


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.INSPECTOR])
def test_who_may_not_work_a_checklist_may_not_mark_it(manager: Actor, role: Role) -> None:
    other = records.staffed(manager, "other", role)
    with pytest.raises(NotAllowed):
        mark(other, "bank-account", Status.NEEDED)
    with pytest.raises(NotAllowed):
        commands.set_need(other, NUMBER, "finance", "yes", "", TODAY)


# Screening ----------------------------------------------------------------------------------------------------------


def screen(actor: Actor, part: str, on: date | datetime = TODAY, today: date = TODAY, **more: object) -> None:
    commands.screen(actor, NUMBER, Screening(part, on, "D Garside", **more), today)  # type: ignore[arg-type]


def remand(manager: Actor, tmp_path: Path) -> None:
    person = records.person(NUMBER, legalStatus="REMAND", sentenceStartDate=None, receptionDate="2026-02-27")
    records.taken_in(manager, tmp_path, person)


def test_a_screening_meets_its_duty_and_starts_each_need_it_found(
    manager: Actor, supervisor: Actor, tmp_path: Path
) -> None:
    remand(manager, tmp_path)
    screen(
        supervisor,
        "bcst1",
        datetime(2026, 2, 28, 9, 30),
        received=TODAY,
        needs={"accommodation": "yes", "drugs": "no"},
        immediate=("Nowhere to go", "Dog left alone"),
        facts={"tenancy": "yes"},
        cohorts={"ex-service": "yes"},
    )
    names = {row.name: row for row in views.case_detail(supervisor, NUMBER, TODAY).duties}
    assert names["bcst1"].state is State.MET
    assert names["bcst2"].due == date(2026, 3, 9)
    assert names["immediate-resettlement-need:nowhere-to-go"].live
    assert names["immediate-resettlement-need:dog-left-alone"].live
    assert names["tenancy"].due == date(2026, 3, 6)
    found = {row.id: row.need for row in views.checklist(supervisor, NUMBER, TODAY).pathways}
    assert (found["accommodation"], found["drugs"], found["finance"]) == ("yes", "no", "")


def test_the_screening_completes_what_is_starred_and_nothing_else(
    manager: Actor, supervisor: Actor, tmp_path: Path
) -> None:
    remand(manager, tmp_path)
    screen(supervisor, "bcst1")
    assert not the("housing-needs", supervisor).met
    screen(supervisor, "bcst2")
    assert the("housing-needs", supervisor).met
    assert not the("ete-disclosure", supervisor).met
    assert views.checklist(supervisor, NUMBER, TODAY).done == 7


def test_over_4_years_there_is_no_part_2_but_needs_still_run(manager: Actor, supervisor: Actor, tmp_path: Path) -> None:
    records.taken_in(
        manager, tmp_path, records.person(NUMBER, sentenceStartDate="2025-11-10", sentenceExpiryDate="2031-11-09")
    )
    assert not views.screening_form(supervisor, NUMBER, "bcst2", TODAY).allowed
    with pytest.raises(Invalid, match="Over 4 years"):
        screen(supervisor, "bcst2")
    commands.set_facts(manager, NUMBER, {"immediate-need": "Arrears"}, TODAY)
    assert duty(supervisor, "immediate-resettlement-need:arrears").due == date(2026, 3, 9)


@pytest.mark.parametrize(("back", "filled"), [("2026-08-10", True), ("2026-08-11", False)])
def test_back_within_6_months_part_1_is_filled_in_and_the_plan_starts_blank(
    manager: Actor, supervisor: Actor, tmp_path: Path, back: str, filled: bool
) -> None:
    screen(supervisor, "bcst1", needs={"finance": "yes"})
    mark(supervisor, "bank-account", Status.NEEDED)
    left, again = date(2026, 2, 10), date.fromisoformat(back)
    commands.set_facts(manager, NUMBER, {"left": left.isoformat()}, TODAY)
    commands.set_facts(manager, NUMBER, {"left": None, "custody-start": back, "arrival": back}, again)
    form = views.screening_form(supervisor, NUMBER, "bcst1", again)
    assert (dict(form.needs) == {"finance": "yes"}) is filled
    assert ("filled in from the screening of Mon 2 Mar 2026" in form.words) is filled
    found = views.checklist(supervisor, NUMBER, again)
    assert {row.status for row in found.activities} == {Status.NOT_ASSESSED}
    assert [(row.id, row.status) for row in found.earlier] == [("bank-account", Status.NEEDED)]
    names = [row.name for row in views.case_detail(supervisor, NUMBER, again).duties]
    assert "activity:bank-account" not in names


def test_advice_asked_for_runs_7_working_days_and_counts_its_minutes(supervisor: Actor) -> None:
    commands.ask_advice(supervisor, NUMBER, "Forklift licence", TODAY)
    owed = duty(supervisor, "iag-request:forklift-licence")
    assert owed.due == date(2026, 3, 11)
    with pytest.raises(Invalid, match="whole number"):
        commands.meet(supervisor, NUMBER, owed.name, TODAY, fields={"minutes": "an hour"})
    commands.meet(supervisor, NUMBER, owed.name, TODAY, fields={"minutes": "45"})
    (asked,) = views.checklist(supervisor, NUMBER, TODAY).advice
    assert (asked.met, asked.minutes) == (TODAY, 45)


# Groups -------------------------------------------------------------------------------------------------------------


def test_groups_follow_from_facts_or_are_recorded(supervisor: Actor) -> None:
    found = {row.id: row for row in views.groups(supervisor, NUMBER, TODAY)}
    assert len(found) == 9
    assert (found["women"].member, found["ex-service"].member, found["care-leavers"].member) == ("no", "", "")
    assert found["care-leavers"].missing == ("Care leaver",)
    commands.set_cohort(supervisor, NUMBER, "ex-service", "yes", TODAY)
    assert views.groups(supervisor, NUMBER, TODAY)[0].id == "ex-service"
    with pytest.raises(Invalid, match="follows from facts"):
        commands.set_cohort(supervisor, NUMBER, "women", "yes", TODAY)


@pytest.mark.parametrize(
    ("born", "member"), [("2008-03-03", "no"), ("2008-03-02", "yes"), ("2000-03-03", "yes"), ("2000-03-02", "no")]
)
def test_young_men_are_18_to_25(manager: Actor, supervisor: Actor, born: str, member: str) -> None:
    commands.set_facts(manager, NUMBER, {"date-of-birth": born, "sex": "male"}, TODAY)
    found = {row.id: row.member for row in views.groups(supervisor, NUMBER, TODAY)}
    assert found["young-men"] == member


def test_no_group_is_about_ethnicity() -> None:
    from policy.cohorts import cohorts

    words = str(cohorts()).casefold()
    assert len(cohorts()) == 11
    assert all(word not in words for word in ("ethnic", "bame", "black", "asian", "race"))


def test_errors_are_of_the_family(supervisor: Actor) -> None:
    with pytest.raises(RecordError):
        commands.mark(supervisor, NUMBER, (), TODAY)
    assert not [row for row in entries.of_case(NUMBER) if row.kind == "activity"]
