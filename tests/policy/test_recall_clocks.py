"""Recalls over Christmas and Easter, each step's day counted on a wall calendar, never by the engine.

Christmas 2026: Fri 25 December and Mon 28 December (for the 26th) are bank holidays, so is Fri 1 January 2027.
Easter 2026: Good Friday is 3 April, Easter Monday 6 April.
"""

from datetime import date

import pytest

from policy.case import Case
from tests.policy.people import day, duty, happened, look, person, stands


def recalled(
    kind: str, returned: str, *, sentence: str = "2025-01-06 2028-06-30", more: str = "", **how: object
) -> Case:
    """Somebody back in custody that day, here, on a sentence from and to those days (no end for life and IPP)."""
    start, _, end = sentence.partition(" ")
    sort = kind if kind in ("ipp", "life", "extended") else "determinate"
    expiry = f"; sentence-expiry={end}@{returned}" if end else ""
    facts = (
        f"custody-start={returned}; arrival={returned}; transferred-in=no; legal-status=recall; sentence-type={sort};"
        f"sentence-start={start}{expiry}; recall-returned={returned}; recall={kind}{more}"
    )
    return person(facts, **how)  # type: ignore[arg-type]


def dates(case: Case, today: str) -> dict[str, str]:
    """The due date of every recall step that applies."""
    found = look(case, today, every=False).duties
    return {due.id: str(due.due) for due in found if due.id.startswith("recall-") and due.due}


CHRISTMAS = {
    "recall-warned": "2026-12-20",  # Sunday: the day before return
    "recall-distress": "2026-12-21",
    "recall-contact": "2026-12-22",
    "recall-dossier": "2026-12-22",
    "recall-legal": "2026-12-24",
    "recall-explained": "2026-12-30",  # 22, 23, 24, 29, 30
    "recall-om-contact": "2026-12-28",
    "recall-meeting": "2027-01-07",  # 31; then 4, 5, 6, 7 January
    "recall-views": "2027-01-07",
    "recall-plan": "2027-01-07",
    "recall-part-b": "2027-01-13",  # 8, 11, 12, 13
    "recall-28": "2027-01-18",
    "recall-proactive": "2027-01-21",
    "recall-annual": "2027-12-21",
    "recall-before-sed": "2028-03-30",
}


def test_a_standard_recall_over_christmas() -> None:
    assert dates(recalled("standard", "2026-12-21"), "2026-12-21") == CHRISTMAS


def test_an_extended_one_has_the_same_steps() -> None:
    case = recalled("extended", "2026-12-21", sentence="2020-01-06 2031-06-30")
    assert dates(case, "2026-12-21") == CHRISTMAS | {"recall-before-sed": "2031-03-30"}


def test_a_standard_recall_over_easter() -> None:
    found = dates(recalled("standard", "2026-04-02"), "2026-04-02")
    assert found["recall-contact"] == "2026-04-07"  # Thursday before Good Friday: the next working day is Tuesday
    assert found["recall-legal"] == "2026-04-05"  # three days, Easter Sunday included
    assert found["recall-explained"] == "2026-04-13"  # 7, 8, 9, 10, 13
    assert found["recall-om-contact"] == "2026-04-09"
    assert found["recall-meeting"] == "2026-04-20"
    assert found["recall-part-b"] == "2026-04-24"
    assert found["recall-28"] == "2026-04-30"
    assert found["recall-proactive"] == "2026-05-02"


def test_an_ipp_recall_over_easter_has_no_first_formal_review_and_no_end() -> None:
    case = recalled("ipp", "2026-04-01", sentence="2008-01-07", more="; hearing-month=2026-12")
    assert dates(case, "2026-04-01") == {
        "recall-warned": "2026-03-31",
        "recall-distress": "2026-04-01",
        "recall-contact": "2026-04-02",
        "recall-dossier": "2026-04-02",
        "recall-legal": "2026-04-04",
        "recall-explained": "2026-04-10",  # 2, 7, 8, 9, 10
        "recall-om-contact": "2026-04-08",
        "recall-meeting": "2026-04-17",
        "recall-views": "2026-04-17",
        "recall-plan": "2026-04-17",
        "recall-proactive": "2026-05-01",
        "recall-annual": "2027-04-01",
    }


def test_fourteen_days_over_christmas_end_on_a_sunday_and_bring_what_is_later_forward() -> None:
    case = recalled("fixed-term", "2026-12-14", more="; recall-days=14")
    assert dates(case, "2026-12-14") == {
        "recall-warned": "2026-12-13",
        "recall-distress": "2026-12-14",
        "recall-contact": "2026-12-15",
        "recall-dossier": "2026-12-15",
        "recall-legal": "2026-12-17",
        "recall-explained": "2026-12-21",
        "recall-om-contact": "2026-12-21",
        # ten working days would be 30 December; the last working day before Sunday 27 December is Christmas Eve
        "recall-meeting": "2026-12-24",
        "recall-views": "2026-12-24",
        "recall-plan": "2026-12-24",
        "recall-release": "2026-12-27",
    }


def test_twenty_eight_days_over_christmas_and_over_easter() -> None:
    christmas = dates(recalled("fixed-term", "2026-12-14", more="; recall-days=28"), "2026-12-14")
    assert christmas["recall-release"] == "2027-01-10"  # a Sunday: it does not move
    assert christmas["recall-meeting"] == "2026-12-30"
    easter = recalled("fixed-term", "2026-03-09", more="; recall-days=28")
    assert dates(easter, "2026-03-09")["recall-release"] == "2026-04-05"  # Easter Sunday
    assert duty(easter, "recall-release", "2026-03-09").last_working_day == date(2026, 4, 2)


@pytest.mark.parametrize(
    ("end", "release"),
    [
        ("2027-01-04", "2026-12-27"),  # one day short of twelve months: 14 days
        ("2027-01-05", "2027-01-10"),  # twelve months: 28 days
    ],
)
def test_without_a_number_of_days_the_length_of_the_sentence_says(end: str, release: str) -> None:
    case = recalled("fixed-term", "2026-12-14", sentence=f"2026-01-06 {end}")
    found = duty(case, "recall-release", "2026-12-14")
    # Past sentence end it is an alert, not another date.
    assert str(found.due) == release


def test_the_notice_governs_and_a_difference_is_an_alert() -> None:
    from policy.release import contradictions

    case = recalled("fixed-term", "2026-12-14", more="; recall-days=28; recall-release=2027-01-08")
    evaluation = look(case, "2026-12-14")
    assert str(duty(case, "recall-release", "2026-12-14").due) == "2027-01-08"
    alerts = contradictions(evaluation.reading)
    assert len(alerts) == 1
    assert "Fri 8 Jan 2027" in alerts[0]
    assert "Sun 10 Jan 2027" in alerts[0]
    agreed = recalled("fixed-term", "2026-12-14", more="; recall-days=28; recall-release=2027-01-10")
    assert contradictions(look(agreed, "2026-12-14").reading) == ()


def test_a_warning_counts_only_from_before_the_return() -> None:
    assert (
        stands(recalled("standard", "2026-12-21", done=("recall-warned 2026-12-20",)), "recall-warned", "2026-12-22")
        == "met"
    )
    assert (
        stands(recalled("standard", "2026-12-21", done=("recall-warned 2026-12-21",)), "recall-warned", "2026-12-22")
        == "failed"
    )


def test_a_warning_of_an_earlier_recall_is_none_of_this_one() -> None:
    case = recalled("standard", "2026-12-21", more="; left=2026-06-01@2026-06-01, ?@2026-12-21",
                    done=("recall-warned 2026-01-09",))  # fmt: skip
    assert stands(case, "recall-warned", "2026-12-22") == "failed"
    case = recalled("standard", "2026-12-21", more="; left=2026-06-01@2026-06-01, ?@2026-12-21",
                    done=("recall-warned 2026-12-18",))  # fmt: skip
    assert stands(case, "recall-warned", "2026-12-22") == "met"


def test_the_first_formal_review_starts_the_year_and_a_day_it_sets_comes_first() -> None:
    reviewed = recalled("standard", "2026-12-21", done=("recall-28 2027-01-18 outcome=no-release",))
    assert dates(reviewed, "2027-01-19")["recall-annual"] == "2028-01-18"
    sooner = recalled("standard", "2026-12-21", done=("recall-28 2027-01-18 outcome=hearing next=2027-06-01",))
    assert dates(sooner, "2027-01-19")["recall-annual"] == "2027-06-01"
    later = recalled("standard", "2026-12-21", done=("recall-28 2027-01-18 outcome=hearing next=2028-06-01",))
    assert dates(later, "2027-01-19")["recall-annual"] == "2028-01-18"
    done = ("recall-28 2027-01-18 outcome=hearing next=2027-06-01", "recall-annual 2027-06-02 outcome=no-release")
    assert dates(recalled("standard", "2026-12-21", done=done), "2027-06-03")["recall-annual"] == "2028-06-02"


def test_the_proactive_review_comes_monthly_or_on_the_day_that_was_set() -> None:
    monthly = recalled("ipp", "2026-12-31", sentence="2008-01-07", done=("recall-proactive 2027-01-31",))
    assert dates(monthly, "2027-02-01")["recall-proactive"] == "2027-02-28"
    sooner = recalled("ipp", "2026-12-31", sentence="2008-01-07", done=("recall-proactive 2027-01-31 next=2027-02-08",))
    assert dates(sooner, "2027-02-01")["recall-proactive"] == "2027-02-08"


def test_once_release_is_decided_nobody_asks_whether_to_release_until_it_falls_through() -> None:
    decided = happened("recall-decision", "d1", "2027-02-01", outcome="release")
    case = recalled("standard", "2026-12-21", events=(decided,))
    assert stands(case, "recall-proactive", "2027-02-02") == "not-applicable"
    assert stands(case, "recall-annual", "2027-02-02") == "not-applicable"
    undone = happened("recall-decision", "d2", "2027-02-10", outcome="no-release")
    case = recalled("standard", "2026-12-21", events=(decided, undone))
    assert stands(case, "recall-proactive", "2027-02-11") == "overdue"


def test_a_decision_is_explained_within_five_working_days_and_one_of_an_earlier_recall_is_past() -> None:
    old = happened("recall-decision", "d1", "2026-04-01", outcome="no-release")
    new = happened("recall-decision", "d2", "2026-12-22", outcome="hearing")
    case = recalled("standard", "2026-12-21", events=(old, new))
    assert str(duty(case, "recall-decision-explained", "2026-12-23").due) == "2026-12-31"  # 23, 24, 29, 30, 31
    assert duty(case, "recall-decision-explained", "2026-12-23").key == "d2"


def test_what_falls_on_or_after_release_is_due_the_last_working_day_before_it() -> None:
    # Sentence ends on Thu 7 January 2027: the meeting would be due that very day.
    case = recalled("standard", "2026-12-21", sentence="2025-01-06 2027-01-07")
    found = dates(case, "2026-12-21")
    assert found["recall-meeting"] == "2027-01-06"
    assert found["recall-28"] == "2027-01-06"
    assert found["recall-annual"] == "2027-01-06"
    day_after = recalled("standard", "2026-12-21", sentence="2025-01-06 2027-01-08")
    assert dates(day_after, "2026-12-21")["recall-meeting"] == "2027-01-07"


def test_turned_into_a_standard_recall_the_formal_review_still_counts_from_the_return() -> None:
    case = recalled("fixed-term, standard@2026-12-29", "2026-12-14", more="; recall-days=28, ?@2026-12-29")
    found = dates(case, "2026-12-29")
    assert found["recall-28"] == "2027-01-11"
    assert "recall-release" not in found
    late = recalled("fixed-term, standard@2027-01-12", "2026-12-14", more="; recall-days=28, ?@2027-01-12")
    # It first applied the day after it would have been due: five working days from then.
    assert dates(late, "2027-01-12")["recall-28"] == "2027-01-19"
    assert duty(late, "recall-28", "2027-01-12").short_notice


def test_steps_open_on_return() -> None:
    case = recalled("standard", "2026-12-21")
    opens = {due.id: due.opens for due in look(case, "2026-12-21", every=False).duties if due.id.startswith("recall-")}
    assert opens.pop("recall-before-sed") == day("2027-12-30")
    assert opens.pop("recall-warned") is None
    assert set(opens.values()) == {day("2026-12-21")}


def test_a_recall_from_curfew_ends_on_the_conditional_date_and_has_no_reviews() -> None:
    case = recalled("hdc", "2026-12-21", more="; conditional-release=2027-03-01")
    found = dates(case, "2026-12-21")
    assert {"recall-part-b", "recall-28", "recall-proactive", "recall-annual", "recall-release"} & set(found) == set()
    assert found["recall-meeting"] == CHRISTMAS["recall-meeting"]
    # Three months before sentence end lies after the release: the last working day before that, a Friday.
    assert found["recall-before-sed"] == "2027-02-26"


def test_a_life_recall_is_reviewed_monthly_and_yearly_and_has_no_sentence_end() -> None:
    found = dates(recalled("life", "2026-12-21", sentence="2001-01-08", more="; hearing-month=2027-09"), "2026-12-21")
    assert found["recall-proactive"] == CHRISTMAS["recall-proactive"]
    assert found["recall-annual"] == CHRISTMAS["recall-annual"]
    assert {"recall-part-b", "recall-28", "recall-before-sed", "recall-release"} & set(found) == set()


HERE_SINCE_TUESDAY = (
    "custody-start=2026-12-21; arrival=2026-12-29; transferred-in=yes; legal-status=recall; sentence-type=determinate;"
    "sentence-start=2025-01-06; sentence-expiry=2028-06-30; recall-returned=2026-12-21; recall=standard"
)
"""Back in custody elsewhere on Mon 21 December, here since Tue 29 December."""


def test_of_somebody_recalled_elsewhere_it_is_not_known_what_was_done_there() -> None:
    case = person(HERE_SINCE_TUESDAY, ["recall-warned 2026-12-20", "bcst1 2025-01-07"])
    for step in ("recall-dossier", "recall-legal", "recall-explained", "recall-meeting", "recall-28"):
        assert stands(case, step, "2026-12-30") == "unknown", step
    assert duty(case, "ask-sending-prison", "2026-12-30").due == day("2027-01-01")
    # Whoever came is seen here, whatever was done there: 30, 31 December, 4, 5, 6 January.
    for step in ("recall-distress", "recall-contact"):
        assert duty(case, step, "2026-12-30").due == day("2027-01-06"), step
        assert duty(case, step, "2026-12-30").short_notice


def test_a_step_done_before_the_transfer_counts_and_the_rest_is_then_to_be_done() -> None:
    case = person(HERE_SINCE_TUESDAY, ["recall-legal 2026-12-22"])
    assert stands(case, "recall-legal", "2026-12-30") == "met"
    assert duty(case, "recall-dossier", "2026-12-30").due == day("2027-01-06")
    assert stands(case, "recall-dossier", "2027-01-07") == "overdue"


def test_once_the_sending_prison_says_nothing_was_done_every_step_is_to_be_done() -> None:
    case = person(HERE_SINCE_TUESDAY, ["ask-sending-prison 2026-12-30 answer=nothing-done"])
    assert stands(case, "recall-legal", "2026-12-31") == "week"
