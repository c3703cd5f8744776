"""Short notice: a duty that first applied here after its date has five working days from then."""

import pytest

from tests.policy.people import day, duty, happened, person, stands

SERVING = (
    "custody-start=2026-03-02; arrival=2026-03-02; recall=no; transferred-in=no; legal-status=sentenced; ppo=no;"
    "sentence-type=determinate; sentence-start=2026-03-02; sentence-expiry=2029-03-01; date-of-birth=1990-05-01"
)
LEAVING = SERVING.replace("2026-03-02", "2025-09-01").replace("2029-03-01", "2028-08-31")


def test_a_due_date_on_the_day_it_first_applied_is_not_late() -> None:
    due = duty(person("custody-start=2026-03-05; arrival=2026-03-10; has-job=yes"), "keep-ties", "2026-03-10")
    assert (due.due, due.short_notice) == (day("2026-03-10"), False)


def test_a_due_date_the_day_before_it_first_applied_becomes_five_working_days_from_then() -> None:
    due = duty(person("custody-start=2026-03-04; arrival=2026-03-10; has-job=yes"), "keep-ties", "2026-03-10")
    assert (due.due, due.short_notice) == (day("2026-03-17"), True)
    assert "short notice" in due.why


def test_a_screening_is_never_given_short_notice() -> None:
    case = person(SERVING.replace("arrival=2026-03-02", "arrival=2026-03-20"), ["bcst1 2026-03-04"])
    assert (duty(case, "bcst2", "2026-03-20").due, stands(case, "bcst2", "2026-03-20")) == (
        day("2026-03-11"),
        "overdue",
    )
    unscreened = person(SERVING.replace("arrival=2026-03-02", "arrival=2026-03-20"))
    assert duty(unscreened, "bcst1", "2026-03-20").due == day("2026-03-05")


def test_a_fact_recorded_late_starts_its_duty_on_the_day_it_took_effect() -> None:
    due = duty(
        person(f"{SERVING}; rosh=low, high@2026-06-01; conditional-release=2027-08-31"),
        "planning-meeting",
        "2026-06-01",
    )
    assert (due.due, due.short_notice) == (day("2026-06-08"), True)


@pytest.mark.parametrize("born", ["2008-06-01", "2008-05-31"])
def test_what_only_adults_are_owed_starts_on_the_18th_birthday(born: str) -> None:
    facts = SERVING.replace("1990-05-01", born)
    case = person(f"{facts}; rosh=high; conditional-release=2027-08-31; has-job=yes@2026-06-02")
    due = duty(case, "name-offender-manager", "2026-06-03")
    assert (due.due, due.short_notice) == (day("2026-06-08" if born == "2008-06-01" else "2026-06-05"), True)


def test_nothing_applied_before_custody_started_where_arrival_is_not_known() -> None:
    facts = SERVING.replace("; arrival=2026-03-02", "").replace("transferred-in=no", "transferred-in=yes")
    for crd, due, short in (("2026-03-30", "2026-03-02", False), ("2026-03-29", "2026-03-09", True)):
        found = duty(person(f"{facts}; conditional-release={crd}"), "address-confirmed", "2026-03-02")
        assert (found.due, found.short_notice) == (day(due), short)


def test_another_date_passing_does_not_start_a_duty_anew_where_arrival_is_not_known() -> None:
    facts = SERVING.replace("; arrival=2026-03-02", "; transferred-in=yes").replace("; transferred-in=no;", ";")
    undated = "; conditional-release=2026-04-10@never; curfew-eligibility=2026-03-09@never; recall=no@never"
    due = duty(person(facts.replace("recall=no;", "") + undated), "duty-to-refer", "2026-03-12")
    assert (due.due, due.short_notice) == (day("2026-03-09"), True)


def test_risk_rising_from_high_to_very_high_does_not_start_the_clock_again() -> None:
    case = person(f"{SERVING}; rosh=high, very-high@2026-06-01; conditional-release=2027-08-31")
    due = duty(case, "planning-meeting", "2026-06-02")
    assert (due.due, due.short_notice) == (day("2026-04-27"), False)


def test_a_sentence_date_corrected_by_a_day_does_not_start_the_clock_again() -> None:
    facts = SERVING.replace("sentence-start=2026-03-02", "sentence-start=2026-03-02, 2026-03-03@2026-06-01")
    due = duty(person(f"{facts}; rosh=high; conditional-release=2027-08-31"), "planning-meeting", "2026-06-02")
    assert (due.due, due.short_notice) == (day("2026-04-28"), False)


def test_a_fact_taken_back_and_recorded_again_starts_anew() -> None:
    case = person(f"{SERVING}; rosh=high, ?@2026-04-01, high@2026-06-01; conditional-release=2027-08-31")
    assert duty(case, "planning-meeting", "2026-06-02").due == day("2026-06-08")


def test_the_earlier_of_two_reasons_decides_since_when_a_duty_has_applied() -> None:
    case = person(f"{SERVING}; has-job=yes@2026-06-01; family-at-risk=yes")
    assert duty(case, "keep-ties", "2026-06-01").due == day("2026-03-07")


def test_short_notice_ends_on_the_last_working_day_before_release() -> None:
    # Tue 7 April follows Easter Monday: the last working day before it is Thu 2 April.
    case = person(f"{LEAVING}; conditional-release=2026-04-07; rosh=low, high@2026-03-30")
    assert duty(case, "release-risk-plan", "2026-03-30").due == day("2026-04-02")


def test_short_notice_before_a_release_on_a_monday_ends_on_the_friday() -> None:
    case = person(f"{LEAVING}; conditional-release=2026-03-16; rosh=low, high@2026-03-10")
    assert duty(case, "release-risk-plan", "2026-03-10").due == day("2026-03-13")


def test_an_earlier_release_date_gives_short_notice_from_the_day_it_changed() -> None:
    case = person(f"{LEAVING}; conditional-release=2026-11-20; release-date=2026-05-22@2026-05-01")
    due = duty(case, "address-confirmed", "2026-05-01")
    assert (due.due, due.short_notice) == (day("2026-05-11"), True)


def test_a_release_date_taken_back_gives_short_notice_towards_the_one_that_counts_instead() -> None:
    case = person(f"{LEAVING}; conditional-release=2026-05-22; release-date=2026-11-20, ?@2026-05-01")
    assert duty(case, "address-confirmed", "2026-05-01").due == day("2026-05-11")


def test_confirming_the_date_already_known_gives_no_new_notice() -> None:
    case = person(f"{LEAVING}; conditional-release=2026-05-22; release-date=2026-05-22@2026-05-01")
    due = duty(case, "address-confirmed", "2026-05-02")
    assert (due.due, due.short_notice) == (day("2026-04-24"), False)


def test_a_release_date_found_missing_later_is_asked_for_from_that_day() -> None:
    case = person(f"{LEAVING}; conditional-release=2026-05-22, ?@2026-03-10")
    assert duty(case, "release-date-missing", "2026-03-10").due == day("2026-03-17")


def test_what_met_a_duty_stays_when_the_release_date_moves_by_no_more_than_twelve_weeks() -> None:
    case = person(
        f"{LEAVING}; conditional-release=2026-05-22, 2026-06-02@2026-04-01; licence-expiry=2028-08-31",
        ["licence-conditions 2026-03-10"],
    )
    assert stands(case, "licence-conditions", "2026-04-02") == "met"


def test_what_met_a_duty_more_than_twelve_weeks_before_the_new_release_date_opens_again() -> None:
    case = person(
        f"{LEAVING}; conditional-release=2026-05-22, 2026-06-03@2026-04-01; licence-expiry=2028-08-31",
        ["licence-conditions 2026-03-10"],
    )
    due = duty(case, "licence-conditions", "2026-04-02")
    assert (due.base, due.due) == ("live", day("2026-04-22"))


def test_what_met_a_duty_long_ago_stays_where_the_release_date_never_moved() -> None:
    case = person(
        f"{LEAVING}; conditional-release=2026-11-20; release-date=2026-11-20@2026-07-01; mappa-eligible=yes",
        ["mappa-level 2026-05-25"],
    )
    assert stands(case, "mappa-level", "2026-07-02") == "met"


def test_an_address_confirmed_long_before_a_date_that_lapsed_is_asked_for_again_towards_the_next() -> None:
    case = person(f"{LEAVING}; automatic-release=2026-03-30; non-parole=2026-09-30; release-address=settled@2026-03-10")
    assert stands(case, "address-confirmed", "2026-03-30") == "met"
    assert duty(case, "address-confirmed", "2026-03-31").base == "live"


def test_a_pre_release_review_done_before_the_last_twelve_weeks_does_not_count() -> None:
    facts = f"{LEAVING}; conditional-release=2026-05-22"
    assert stands(person(facts, ["pre-release-review 2026-02-26"]), "pre-release-review", "2026-03-02") != "met"
    assert stands(person(facts, ["pre-release-review 2026-02-27"]), "pre-release-review", "2026-03-02") == "met"


@pytest.mark.parametrize(
    ("gone", "state"), [("2026-05-22", "failed"), ("2026-05-21", "failed"), ("2026-04-30", "not-applicable")]
)
def test_a_pre_release_review_not_done_by_release_has_failed_but_not_by_a_transfer(gone: str, state: str) -> None:
    case = person(f"{LEAVING}; conditional-release=2026-05-22", gone=gone)
    assert stands(case, "pre-release-review", "2026-06-01") == state


def test_for_somebody_who_has_left_nothing_is_outstanding() -> None:
    case = person(
        f"{LEAVING}; conditional-release=2026-05-22",
        gone="2026-03-01",
        events=(happened("concern", "c", "2026-02-27"),),
    )
    assert stands(case, "safety-handover", "2026-03-02") == "not-applicable"
    assert stands(case, "address-confirmed", "2026-03-02") == "not-applicable"


def test_a_departure_still_to_come_changes_nothing_yet() -> None:
    case = person(f"{LEAVING}; conditional-release=2026-05-22", gone="2026-03-20")
    assert stands(case, "address-confirmed", "2026-03-19") == "open"


RECALLED = (
    "custody-start=2026-02-19; arrival=2026-02-19; recall=standard; legal-status=recall; sentence-type=determinate;"
    "recall-returned=2026-02-19; sentence-start=2026-01-01; sentence-expiry={}"
)


@pytest.mark.parametrize(
    ("expiry", "due"),
    [
        ("2026-02-27", "2026-02-26"),  # release the day after it is due
        ("2026-02-26", "2026-02-25"),  # release on the day: the last working day before
        ("2026-02-24", "2026-02-23"),
        ("2026-02-23", "2026-02-20"),  # release on a Monday
    ],
)
def test_a_recall_step_due_on_or_after_release_is_due_the_last_working_day_before_it(expiry: str, due: str) -> None:
    assert duty(person(RECALLED.format(expiry)), "recall-explained", "2026-02-19").due == day(due)


def test_a_fixed_term_release_is_never_moved_before_itself() -> None:
    facts = RECALLED.format("2029-12-31").replace("standard", "fixed-term") + "; recall-release=2026-03-16"
    assert duty(person(facts), "recall-release", "2026-02-19").due == day("2026-03-16")


def test_a_warning_before_return_counts_only_if_it_came_before() -> None:
    facts = RECALLED.format("2029-12-31")
    assert stands(person(facts, ["recall-warned 2026-02-18"]), "recall-warned", "2026-02-20") == "met"
    assert stands(person(facts, ["recall-warned 2026-02-19"]), "recall-warned", "2026-02-20") == "failed"


def test_steps_of_an_earlier_recall_do_not_count_for_this_one() -> None:
    case = person(RECALLED.format("2029-12-31"), ["recall-legal 2025-03-01"])
    assert stands(case, "recall-legal", "2026-02-20") == "week"


@pytest.mark.parametrize(
    ("kind", "longer", "formal", "fixed"),
    [
        ("standard", True, True, False),
        ("extended", True, True, False),
        ("ipp", True, False, False),
        ("life", True, False, False),
        ("hdc", False, False, False),
        ("fixed-term", False, False, True),
    ],
)
def test_each_type_of_recall_has_its_own_steps(kind: str, longer: bool, formal: bool, fixed: bool) -> None:
    case = person(RECALLED.format("2029-12-31").replace("standard", kind))
    applies = {
        name: duty(case, name, "2026-02-20").base != "not-applicable"
        for name in (
            "recall-proactive",
            "recall-annual",
            "recall-28",
            "recall-part-b",
            "recall-release",
            "recall-legal",
        )
    }
    assert applies == {
        "recall-proactive": longer,
        "recall-annual": longer,
        "recall-28": formal,
        "recall-part-b": formal,
        "recall-release": fixed,
        "recall-legal": True,
    }


def test_a_computed_end_of_recall_that_passes_gives_short_notice_towards_the_date_that_counts_then() -> None:
    # Back on Tue 3 March for 14 days: the last is Mon 16 March; sentence end is the latest possible from the 17th.
    case = person(
        "custody-start=2026-03-03; arrival=2026-03-03; transferred-in=no; legal-status=recall; recall=fixed-term;"
        "recall-days=14; recall-returned=2026-03-03; sentence-type=determinate; sentence-start=2025-06-01;"
        "sentence-expiry=2026-04-10"
    )
    before, after = (duty(case, "address-confirmed", today) for today in ("2026-03-16", "2026-03-17"))
    assert (before.due, before.short_notice) == (day("2026-03-10"), True)
    assert (after.due, after.short_notice) == (day("2026-03-24"), True)
