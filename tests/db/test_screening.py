"""Screening in the record, coming back, groups with extra support, and the whole way from reception to release."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from db import commands, views
from db.checklists import Status
from db.errors import Invalid
from db.rows import Actor, Filter, Role, State
from db.verify import verify
from tests.db import records
from tests.db.pathways import NUMBER, duty, mark, remand, screen, the
from tests.db.records import TODAY


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


def test_what_is_starred_and_was_marked_as_needed_is_done_with_part_2(
    manager: Actor, supervisor: Actor, tmp_path: Path
) -> None:
    remand(manager, tmp_path)
    screen(supervisor, "bcst1")
    mark(supervisor, "housing-needs", Status.NEEDED)
    mark(supervisor, "ete-disclosure", Status.NEEDED)
    screen(supervisor, "bcst2")
    assert the("housing-needs", supervisor).met
    assert not duty(supervisor, "activity:housing-needs").live
    assert duty(supervisor, "activity:ete-disclosure").live
    mark(supervisor, "housing-needs", Status.NEEDED)
    assert not the("housing-needs", supervisor).met
    assert duty(supervisor, "activity:housing-needs.2").live


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


def test_from_reception_to_release_nothing_is_left_open(manager: Actor, supervisor: Actor, tmp_path: Path) -> None:
    """Remand, sentence, a tenancy, a Duty to Refer, three signpostings, release."""
    remand(manager, tmp_path)
    screen(supervisor, "bcst1", datetime(2026, 2, 28, 9, 30), needs={"accommodation": "yes"}, facts={"tenancy": "yes"})
    screen(supervisor, "bcst2", date(2026, 3, 2))
    mark(supervisor, "tenancy-closed", Status.DONE, words="Keys handed in")
    sentenced = date(2026, 3, 16)
    records.taken_in(
        manager,
        tmp_path,
        records.person(NUMBER, receptionDate="2026-02-27", sentenceStartDate="2026-03-16"),
        today=sentenced,
    )
    facts = {"homeless-risk": "yes", "homeless-consent": "given", "release-date": "2026-05-15"}
    commands.set_facts(manager, NUMBER, facts, sentenced)
    assert the("housing-needs", supervisor, sentenced).met  # screened once, and not again at sentence
    later = date(2026, 3, 23)
    mark(supervisor, "duty-to-refer", Status.REFERRED, later, to="Leeds housing", consent="given")
    mark(supervisor, "debt-advice", Status.SIGNPOSTED, later, to="Citizens Advice")
    mark(supervisor, "legal-rights", Status.SIGNPOSTED, later, to="Law centre")
    open_ones = views.unfollowed(supervisor, Filter("mine"), later)
    assert {one.duty.due for one in open_ones} == {date(2026, 4, 8)}  # ten working days, Easter among them
    last = date(2026, 5, 13)
    (leaver,) = views.leaving(supervisor, Filter("mine"), last)
    assert leaver.unfollowed == 3
    commands.follow_up(supervisor, [(NUMBER, one.key) for one in open_ones], "Seen, and settled", last, met="yes")
    (leaver,) = views.leaving(supervisor, Filter("mine"), last)
    assert leaver.unfollowed == 0
    commands.set_facts(manager, NUMBER, {"left": "2026-05-15"}, date(2026, 5, 15))
    found = views.checklist(supervisor, NUMBER, date(2026, 5, 15))
    assert {row.id for row in found.activities if row.referral and not row.met} == set()
    assert verify(date(2026, 5, 15)).sound
