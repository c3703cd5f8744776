"""Clocks that repeat, restart, pause, are put off or set aside; work done elsewhere or before our time."""

import pytest

from policy.case import Deferral, Waiver
from policy.rulebook import rulebook
from tests.policy.people import day, duty, happened, look, person, stands

CAME = "custody-start=2026-03-02; arrival=2026-03-02; recall=no; transferred-in=no"
KNOWN = f"{CAME}; supervisor=s1"
SERVING = (
    f"{CAME}; legal-status=sentenced; sentence-type=determinate; sentence-start=2026-03-02; sentence-expiry=2029-03-01;"
    "date-of-birth=1990-01-01"
)
LEAVING = (
    "custody-start=2025-09-01; arrival=2025-09-01; recall=no; legal-status=sentenced; sentence-type=determinate;"
    "conditional-release=2026-05-22; sentence-start=2025-09-01; sentence-expiry=2027-02-28"
)
ELSEWHERE = CAME.replace("transferred-in=no", "transferred-in=yes")


def test_a_declined_meeting_starts_the_clock_again_from_that_day() -> None:
    due = duty(person(KNOWN, ["first-meeting 2026-03-10 declined"]), "first-meeting", "2026-03-10")
    assert (due.due, due.owner) == (day("2026-03-24"), "OS")
    assert due.why.startswith("Declined Tue 10 Mar 2026.")


def test_a_repeating_meeting_declined_is_due_a_month_after_it_was_declined() -> None:
    case = person(KNOWN, ["first-meeting 2026-03-10", "supervisor-contact 2026-04-08 declined"])
    assert duty(case, "supervisor-contact", "2026-04-08").due == day("2026-05-08")


def test_two_declined_running_go_to_the_manager() -> None:
    done = [
        "first-meeting 2026-03-10",
        "supervisor-contact 2026-04-08 declined",
        "supervisor-contact 2026-05-08 declined",
    ]
    due = duty(person(KNOWN, done), "supervisor-contact", "2026-05-08")
    assert (due.owner, due.title) == ("MAN", "Meet about the plan's targets (declined twice)")


def test_declined_twice_but_not_running_stays_with_the_supervisor() -> None:
    done = ["first-meeting 2026-03-05 declined", "first-meeting 2026-03-10", "supervisor-contact 2026-04-08 declined"]
    assert duty(person(KNOWN, done), "supervisor-contact", "2026-04-08").owner == "OS"


def test_a_repeating_duty_waived_counts_from_that_decision() -> None:
    waiver = Waiver("supervisor-contact", "", day("2026-04-08"), "On a course", "2026-04-10")
    due = duty(person(KNOWN, ["first-meeting 2026-03-10"], waivers=(waiver,)), "supervisor-contact", "2026-04-08")
    assert (due.base, due.due, due.met_on) == ("live", day("2026-05-08"), day("2026-03-10"))


def test_a_duty_there_is_one_of_stays_waived() -> None:
    waiver = Waiver("induction", "", day("2026-03-05"), "Knows the prison", "2026-03-09")
    due = duty(person(CAME, waivers=(waiver,)), "induction", "2026-03-20")
    assert (due.base, due.why) == ("waived", "Not required since Thu 5 Mar 2026: Knows the prison")


def test_a_waiver_from_before_a_new_arrival_does_not_hold_for_it() -> None:
    waiver = Waiver("induction", "", day("2026-03-01"), "Knows the prison", "2025-03-09")
    assert stands(person(CAME, waivers=(waiver,)), "induction", "2026-03-03") == "week"


def test_a_waiver_of_one_need_leaves_the_other() -> None:
    needs = f"{CAME}; immediate-need=no money@2026-03-03, nowhere to live@2026-03-04"
    waiver = Waiver("immediate-resettlement-need", "no-money", day("2026-03-05"), "Found", "2026-03-10")
    case = person(needs, waivers=(waiver,))
    assert stands(case, "immediate-resettlement-need:no-money", "2026-03-05") == "waived"
    assert stands(case, "immediate-resettlement-need:nowhere-to-live", "2026-03-05") == "week"


def test_a_duty_put_off_keeps_its_original_date_and_counts_to_the_new_one() -> None:
    case = person(CAME, deferrals=(Deferral("induction", "", day("2026-03-16"), "2026-03-09"),))
    due = duty(case, "induction", "2026-03-10")
    assert (due.due, due.deferred_to) == (day("2026-03-09"), day("2026-03-16"))
    assert stands(case, "induction", "2026-03-10") == "week"


def test_a_duty_put_off_is_not_put_off_the_next_time_round() -> None:
    put_off = Deferral("supervisor-contact", "", day("2026-04-20"), "2026-04-10")
    case = person(KNOWN, ["first-meeting 2026-03-10", "supervisor-contact 2026-04-15"], deferrals=(put_off,))
    assert duty(case, "supervisor-contact", "2026-04-15").deferred_to is None


def test_a_duty_put_off_with_a_time_of_day_is_found_by_it() -> None:
    put_off = Deferral("bcst1", "", day("2026-03-06"), "2026-03-05T09:30:00")
    case = person("custody-start=2026-03-02T09:30; arrival=2026-03-02", deferrals=(put_off,))
    assert duty(case, "bcst1", "2026-03-05").deferred_to == day("2026-03-06")


def test_days_in_hospital_move_a_due_date_and_it_says_so() -> None:
    due = duty(person(f"{CAME}; away=hospital@2026-03-04, no@2026-03-10"), "induction", "2026-03-10")
    assert due.due == day("2026-03-15")
    assert "Moved by 6 days away" in due.why


def test_while_somebody_is_still_away_the_date_moves_day_by_day() -> None:
    case = person(f"{CAME}; away=unlawfully-at-large@2026-03-04")
    assert duty(case, "induction", "2026-03-05").due == day("2026-03-10")
    assert duty(case, "induction", "2026-03-06").due == day("2026-03-11")
    assert look(case, "2026-03-06").recheck_on == day("2026-03-07")


def test_one_day_away_is_said_as_one_day() -> None:
    assert (
        "Moved by 1 day away"
        in duty(person(f"{CAME}; away=hospital@2026-03-04, no@2026-03-05"), "induction", "2026-03-05").why
    )


@pytest.mark.parametrize("away", ["hospital@2026-02-01, no@2026-02-20", "hospital@2026-03-10, no@2026-03-12"])
def test_days_away_before_a_clock_begins_or_after_it_ran_out_move_nothing(away: str) -> None:
    assert duty(person(f"{CAME}; away={away}"), "induction", "2026-03-12").due == day("2026-03-09")


def test_only_the_days_away_after_a_clock_began_count() -> None:
    assert duty(person(f"{CAME}; away=hospital@2026-02-20, no@2026-03-05"), "induction", "2026-03-05").due == day(
        "2026-03-12"
    )


def test_a_duty_without_an_opening_day_is_not_moved_by_time_away_long_ago() -> None:
    facts = f"{SERVING}; rosh=high; conditional-release=2027-08-31; away=hospital@2025-01-01, no@2025-03-01"
    assert duty(person(facts), "planning-meeting", "2026-03-12").due == day("2026-04-27")


def test_time_away_never_moves_a_date_past_the_last_working_day_before_release() -> None:
    facts = f"{LEAVING}; away=hospital@2026-04-01, no@2026-05-11"
    assert duty(person(facts), "address-confirmed", "2026-05-11").due == day("2026-05-21")


def test_a_concern_is_passed_on_the_same_day_even_from_hospital() -> None:
    case = person(f"{CAME}; away=hospital@2026-03-07", events=(happened("concern", "c", "2026-03-07T15:00"),))
    due = duty(case, "safety-handover", "2026-03-09")
    assert (due.base, due.due) == ("safety", day("2026-03-07"))


def test_a_safety_handover_is_outstanding_until_that_concern_is_passed_on() -> None:
    concerns = (happened("concern", "a", "2026-03-03"), happened("concern", "b", "2026-03-04"))
    case = person(CAME, ["safety-handover:a 2026-03-03"], events=concerns)
    assert stands(case, "safety-handover:a", "2026-03-05") == "met"
    assert stands(case, "safety-handover:b", "2026-03-05") == "safety"


def test_a_new_arrival_brings_a_new_induction() -> None:
    assert stands(person(CAME, ["induction 2026-02-01"]), "induction", "2026-03-03") == "week"
    assert stands(person(CAME, ["induction 2026-03-02"]), "induction", "2026-03-03") == "met"


def test_a_new_supervisor_brings_a_new_first_meeting_while_the_monthly_one_runs_on() -> None:
    case = person(f"{CAME}; supervisor=s1, s2@2026-03-20", ["first-meeting 2026-03-10"])
    assert duty(case, "first-meeting", "2026-03-20").due == day("2026-04-07")
    assert duty(case, "supervisor-contact", "2026-03-20").due == day("2026-04-10")


def test_the_same_supervisor_recorded_again_is_not_a_new_one() -> None:
    case = person(f"{CAME}; supervisor=s1, s1@2026-03-20", ["first-meeting 2026-03-10"])
    assert stands(case, "first-meeting", "2026-03-21") == "met"


def test_a_screening_from_an_earlier_time_in_custody_does_not_count() -> None:
    assert stands(person(CAME, ["bcst1 2025-03-02"]), "bcst1", "2026-03-03") == "week"


def test_sentence_after_remand_opens_what_it_should_and_repeats_nothing() -> None:
    facts = (
        f"{CAME}; legal-status=remand, sentenced@2026-05-18; sentence-type=determinate@2026-05-18; rosh=high;"
        "sentence-start=2026-05-18@2026-05-18; sentence-expiry=2029-05-17@2026-05-18; date-of-birth=1990-01-01;"
        "conditional-release=2027-08-31@2026-05-18"
    )
    case = person(facts, ["bcst1 2026-03-03", "bcst2 2026-03-09", "planning-meeting 2026-04-01"])
    assert [duty(case, name, "2026-05-18").base for name in ("bcst1", "bcst2")] == ["met", "met"]
    assert duty(case, "basic-skills", "2026-05-18").due == day("2026-05-25")
    assert duty(case, "oasys-initial", "2026-05-18").due == day("2026-07-13")
    assert duty(case, "plan-review", "2026-05-18").due == day("2026-06-02")


def test_a_sentence_over_four_years_lets_an_undone_second_screening_lapse() -> None:
    facts = (
        f"{CAME}; legal-status=remand, sentenced@2026-05-18; sentence-type=determinate@2026-05-18;"
        "sentence-start=2026-05-18@2026-05-18; sentence-expiry={}@2026-05-18"
    )
    done = ["bcst1 2026-03-03"]
    assert stands(person(facts.format("2030-05-17"), done), "bcst2", "2026-05-18") == "overdue"
    assert stands(person(facts.format("2030-05-18"), done), "bcst2", "2026-05-18") == "not-applicable"


def test_somebody_transferred_in_with_nothing_recorded_is_asked_about() -> None:
    case = person(ELSEWHERE)
    assert duty(case, "ask-sending-prison", "2026-03-02").due == day("2026-03-05")
    due = duty(case, "bcst1", "2026-03-20")
    assert (due.base, due.due) == ("unknown", day("2026-03-05"))
    assert "check the file" in due.why


def test_a_meeting_held_here_does_not_tell_what_was_done_at_the_sending_prison() -> None:
    assert (
        stands(person(f"{ELSEWHERE}; supervisor=s1", ["first-meeting 2026-03-04"]), "bcst1", "2026-03-20") == "unknown"
    )


def test_once_something_from_the_sending_prison_is_recorded_the_rest_is_not_done() -> None:
    case = person(f"{ELSEWHERE}; has-job=yes", ["bcst1 2026-02-20"])
    assert stands(case, "keep-ties", "2026-03-09") == "overdue"
    assert stands(case, "ask-sending-prison", "2026-03-02") == "not-applicable"


def test_once_the_sending_prison_says_nothing_was_done_the_screening_is_late() -> None:
    case = person(ELSEWHERE, ["ask-sending-prison 2026-03-04 answer=nothing-done"])
    assert stands(case, "bcst1", "2026-03-06") == "overdue"


def test_an_arrival_not_known_leaves_what_starts_there_not_known() -> None:
    due = duty(person("custody-start=2026-01-05; transferred-in=yes"), "induction", "2026-03-02")
    assert (due.base, due.missing) == ("unknown", ("arrival",))


@pytest.mark.parametrize(("taken_in", "state"), [("2026-03-10", "unknown"), ("2026-03-09", "overdue"), ("", "overdue")])
def test_at_the_first_intake_what_fell_due_before_that_day_is_to_be_checked_in_the_file(
    taken_in: str, state: str
) -> None:
    case = person(CAME, here_before=taken_in)
    assert (stands(case, "induction", "2026-03-12"), duty(case, "induction", "2026-03-12").due) == (
        state,
        day("2026-03-09"),
    )


def test_a_warning_missed_before_our_time_is_to_be_checked_not_failed() -> None:
    facts = (
        "arrival=2025-06-02; custody-start=2025-06-02; recall=standard; recall-returned=2025-06-02; legal-status=recall"
    )
    assert stands(person(facts, here_before="2026-03-02"), "recall-warned", "2026-03-02") == "unknown"


def test_a_recall_that_interrupts_brings_reviews_forward() -> None:
    facts = f"{CAME.replace('recall=no', 'recall=standard')}; recall-returned=2026-06-01; rosh=medium"
    case = person(facts, ["planning-meeting 2026-04-29", "rosh-review 2026-05-20"])
    assert duty(case, "rosh-review", "2026-06-02").due == day("2026-06-08")
    assert duty(case, "plan-review", "2026-06-02").due == day("2026-06-15")


def test_what_happened_on_the_day_of_a_review_was_part_of_it() -> None:
    change = happened("significant-change", "x", "2026-04-29")
    case = person(f"{CAME}; rosh=low", ["rosh-review 2026-04-29"], events=(change,))
    assert duty(case, "rosh-review", "2026-04-30").due == day("2026-08-29")
    sentenced = person(f"{CAME}; sentence-start=2026-04-29", ["planning-meeting 2026-04-29"])
    assert duty(sentenced, "plan-review", "2026-04-30").due == day("2027-04-29")


def test_a_concern_is_not_passed_on_by_what_was_said_before_it_arose() -> None:
    case = person(CAME, ["safety-handover:a 2026-03-03"], events=(happened("concern", "a", "2026-03-04"),))
    assert stands(case, "safety-handover:a", "2026-03-05") == "safety"


def test_what_a_risk_meeting_decided_is_a_significant_change_and_a_meeting_alone_is_not() -> None:
    held, decided = happened("irmm", "m", "2026-03-30"), happened("irmm", "m", "2026-03-30", decision="Move wing")
    assert duty(person(f"{CAME}; rosh=low", events=(held,)), "rosh-review", "2026-03-30").due == day("2026-07-02")
    assert duty(person(f"{CAME}; rosh=low", events=(decided,)), "rosh-review", "2026-03-30").due == day("2026-04-08")


def test_a_supervisor_found_not_required_is_wanted_again_at_the_next_vacancy() -> None:
    waiver = Waiver("allocate-supervisor", "", day("2026-03-03"), "Leaving this week", "2026-03-04")
    assert stands(person(CAME, waivers=(waiver,)), "allocate-supervisor", "2026-03-20") == "waived"
    vacant = person(f"{CAME}; supervisor=s1@2026-03-10, ?@2026-04-02", waivers=(waiver,))
    assert stands(vacant, "allocate-supervisor", "2026-04-03") == "week"


def test_one_review_meets_both_the_plan_review_and_the_recall_plan() -> None:
    facts = (
        "custody-start=2026-02-19; arrival=2026-02-19; recall=standard; recall-returned=2026-02-19; legal-status=recall"
    )
    case = person(facts, ["planning-meeting 2025-04-29", "recall-plan 2026-03-03"])
    assert duty(case, "plan-review", "2026-03-04").due == day("2027-03-03")
    reviewed = person(facts, ["planning-meeting 2025-04-29", "plan-review 2026-03-03"])
    assert stands(reviewed, "recall-plan", "2026-03-04") == "met"


def test_risk_assessed_again_at_the_same_level_starts_the_four_months_anew() -> None:
    assert duty(person(f"{CAME}; rosh=high, high@2026-04-30"), "rosh-review", "2026-05-01").due == day("2026-08-30")


def test_risk_whose_day_is_not_known_says_so() -> None:
    due = duty(person("rosh=high"), "rosh-review", "2026-03-02")
    assert (due.base, due.missing) == ("unknown", ("arrival",))


def test_risk_and_mappa_changed_on_one_day_are_told_once_and_a_first_value_is_no_change() -> None:
    case = person(f"{CAME}; keyworkers=B Lee; rosh=medium, high@2026-03-30; mappa-level=1, 2@2026-03-30")
    assert [due.key for due in look(case, "2026-03-30").duties if due.id == "risk-told"] == ["2026-03-30"]


def test_a_change_taken_back_is_not_told() -> None:
    case = person(f"{CAME}; keyworkers=B Lee; rosh=medium, high@2026-03-30, ?@2026-03-31")
    assert stands(case, "risk-told", "2026-04-01") == "not-applicable"


def test_each_need_has_a_clock_of_its_own_even_the_same_need_again() -> None:
    case = person(f"{CAME}; immediate-need=no money@2026-03-03, no clothes@2026-03-04, no money@2026-04-20")
    keys = [due.key for due in look(case, "2026-04-20").duties if due.id == "immediate-resettlement-need"]
    assert keys == ["no-money", "no-clothes", "no-money-2"]


def test_an_activity_without_a_date_is_listed_open_from_the_day_it_was_marked_needed() -> None:
    case = person(CAME, events=(happened("activity", "a", "2026-03-10"),))
    due = duty(case, "activity:a", "2026-03-10")
    assert (due.due, stands(case, "activity:a", "2026-03-10")) == (None, "open")


@pytest.mark.parametrize(("when", "runs"), [("2026-03-01", False), ("2026-03-02", True)])
def test_an_activity_or_referral_of_a_custody_before_starts_no_duty(when: str, runs: bool) -> None:
    events = (happened("activity", "a", when), happened("referral", "r", when))
    found = look(person(f"{CAME}; custody-start=2026-03-02", events=events), "2026-03-10").duties
    assert {due.id for due in found if due.key} == ({"activity", "signpost-follow-up"} if runs else set())


def test_a_duty_says_what_it_is_about_only_in_full() -> None:
    case = person(CAME, events=(happened("activity", "a", "2026-03-10", title="Bank account"),))
    due = duty(case, "activity:a", "2026-03-10")
    assert (due.title, due.short) == ("Pathway activity: Bank account", "Pathway activity")


def test_an_activity_belongs_to_its_provider() -> None:
    case = person(CAME, events=(happened("activity", "a", "2026-03-10", owner="HC"),))
    assert duty(case, "activity:a", "2026-03-10").owner == "HC"


def test_where_there_is_no_resettlement_provider_its_duties_are_the_supervisors_to_arrange() -> None:
    book = rulebook("[settings]\nresettlement_prison = false\n")
    due = duty(person(CAME), "benefits-induction", "2026-03-02", book)
    assert (due.owner, due.title, due.short) == ("OS", "Arrange: Benefits position seen to", "Arrange: Benefits")


def test_consent_refused_closes_the_referral_until_it_is_asked_again_once() -> None:
    facts = (
        "custody-start=2025-09-01; arrival=2025-09-01; recall=no; legal-status=sentenced; sentence-type=determinate;"
        "conditional-release=2026-05-22; sentence-start=2025-09-01; sentence-expiry=2027-02-28; homeless-risk=yes;"
        "homeless-consent=refused@2026-04-01"
    )
    asked = person(facts, ["duty-to-refer 2026-04-01"])
    assert stands(asked, "duty-to-refer", "2026-04-01") == "later"
    assert stands(asked, "duty-to-refer", "2026-04-24") == "today"
    assert stands(person(facts, ["duty-to-refer 2026-04-24"]), "duty-to-refer", "2026-04-25") == "met"


def test_no_risk_of_homelessness_needs_no_referral() -> None:
    facts = (
        "recall=no; legal-status=sentenced; sentence-type=determinate; conditional-release=2026-05-22; homeless-risk=no"
    )
    assert stands(person(facts), "duty-to-refer", "2026-04-01") == "not-applicable"


def test_a_change_of_licence_conditions_has_them_gone_through_again() -> None:
    facts = f"{LEAVING}; licence-expiry=2027-02-28"
    done = ["licence-explained 2026-04-01"]
    assert stands(person(facts, done), "licence-explained", "2026-04-10") == "met"
    changed = person(facts, done, events=(happened("licence-change", "x", "2026-04-07"),))
    assert stands(changed, "licence-explained", "2026-04-10") == "open"


def test_an_assessment_on_or_before_arrival_means_none_is_missing_and_one_later_ends_the_asking() -> None:
    facts = f"{SERVING}; rosh=high; oasys-on-arrival=no"
    assert stands(person(facts, ["oasys-initial 2026-03-02"]), "oasys-missing", "2026-03-20") == "not-applicable"
    assert stands(person(facts, ["oasys-initial 2026-03-12"]), "oasys-missing", "2026-03-20") == "met"


def test_what_is_done_is_done_though_whether_it_applied_is_not_known() -> None:
    assert stands(person(CAME, ["keep-ties 2026-03-04"]), "keep-ties", "2026-03-20") == "met"


def test_a_conditional_release_date_from_before_this_custody_says_nothing_about_removal() -> None:
    case = person(f"{CAME}; nationality=Polish; conditional-release=2025-10-01")
    assert duty(case, "early-removal-explained", "2026-03-02").due == day("2026-05-25")
