"""Which release date counts, what opens windows, and what a case says where dates disagree."""

import msgspec
import pytest

from policy.reading import Reading
from policy.release import contradictions, release_words
from tests.policy.people import day, duty, look, person, stands

SERVING = (
    "custody-start=2025-09-01; arrival=2025-09-01; recall=no; legal-status=sentenced; sentence-type=determinate;"
    "sentence-start=2025-09-01; sentence-expiry=2028-08-31"
)
RECALLED = SERVING.replace("recall=no", "recall={}").replace("legal-status=sentenced", "legal-status=recall") + (
    "; recall-returned=2026-02-19; recall-days=28"
)
LIFE = "arrival=2025-09-01; recall=no; legal-status=sentenced; sentence-type=life; sentence-start=2020-01-06"
LATER = "arrival=2025-09-01; recall=no; legal-status=sentenced; sentence-type=determinate; sentence-start=2026-05-23"
TODAY = "2026-03-02"


def reading(facts: str, today: str = TODAY) -> Reading:
    return look(person(facts), today).reading


@pytest.mark.parametrize(
    ("facts", "found", "words"),
    [
        ("conditional-release=2026-05-22", "2026-05-22", "conditional release date"),
        ("conditional-release=2026-05-22; automatic-release=2026-04-01", "2026-04-01", "automatic release date"),
        ("conditional-release=2026-05-22; automatic-release=2026-03-01", "2026-05-22", "conditional release date"),
        ("non-parole=2026-06-01; conditional-release=2026-09-01", "2026-06-01", "non-parole date"),
        ("conditional-release=2026-05-22; release-date=2026-06-05", "2026-06-05", "confirmed"),
        ("conditional-release=2026-05-22; release-date=2026-03-01", "2026-05-22", "conditional release date"),
        ("conditional-release=2026-05-22; release-date=2026-03-02", "2026-03-02", "confirmed"),
        ("conditional-release=2026-05-22; approved-parole=2026-07-01", "2026-07-01", "approved parole"),
        ("conditional-release=2026-05-22; approved-curfew=2026-04-01", "2026-04-01", "approved home detention curfew"),
        (
            "conditional-release=2026-05-22; automatic-release=2026-05-22",
            "2026-05-22",
            "automatic release date and conditional release date",
        ),
        ("conditional-release=2026-05-22; curfew-eligibility=2026-04-01", "2026-05-22", "conditional release date"),
        ("conditional-release=2026-05-22; parole-eligibility=2026-04-01", "2026-05-22", "conditional release date"),
    ],
)
def test_the_release_date_that_counts(facts: str, found: str, words: str) -> None:
    answer = reading(f"{SERVING}; {facts}").ask("release")
    assert (answer.value, answer.words) == (day(found), words)


@pytest.mark.parametrize(
    ("kind", "facts", "found"),
    [
        ("standard", "recall-release=2026-06-01; post-recall-release=2026-07-01", "2026-06-01"),
        ("standard", "post-recall-release=2026-07-01; conditional-release=2026-05-22", "2026-07-01"),
        ("standard", "conditional-release=2026-05-22", "2028-08-31"),
        ("standard", "release-date=2026-05-22", "2028-08-31"),
        ("standard", "release-date=2026-05-22@2026-02-20; post-recall-release=2026-07-01", "2026-05-22"),
        ("fixed-term", "conditional-release=2026-05-22", "2026-03-18"),
        ("fixed-term", "recall-release=2026-03-16", "2026-03-16"),
        ("fixed-term", "post-recall-release=2026-03-17", "2026-03-17"),
        ("hdc", "conditional-release=2026-05-22", "2026-05-22"),
        ("extended", "conditional-release=2026-05-22", "2028-08-31"),
    ],
)
def test_the_release_date_of_somebody_recalled(kind: str, facts: str, found: str) -> None:
    assert reading(f"{RECALLED.format(kind)}; {facts}").ask("release").value == day(found)


@pytest.mark.parametrize(
    ("length", "days", "found"), [("11m", "", "2026-03-04"), ("12m", "", "2026-03-18"), ("12m", "14", "2026-03-04")]
)
def test_a_fixed_term_counts_the_day_of_return_as_day_1(length: str, days: str, found: str) -> None:
    facts = RECALLED.format("fixed-term").replace("; recall-days=28", f"; recall-days={days}" if days else "")
    assert reading(f"{facts}; sentence={length}").ask("recall-computed-release").value == day(found)


def test_no_release_date_ahead_is_not_known_and_the_case_administrators_duty() -> None:
    case = person(SERVING)
    assert reading(SERVING).ask("release").missing == ("release-date",)
    assert stands(case, "release-date-missing", TODAY) == "overdue"
    assert stands(case, "address-confirmed", TODAY) == "unknown"


def test_a_release_date_counts_on_its_day_and_has_lapsed_the_day_after() -> None:
    case = person(f"{SERVING}; conditional-release=2026-05-22")
    assert duty(case, "pre-release-review", "2026-05-22").due == day("2026-04-24")
    assert duty(case, "release-date-missing", "2026-05-23").opens == day("2026-05-22")


def test_somebody_on_remand_has_no_release_date_and_none_is_wanted() -> None:
    case = person("arrival=2026-01-05; custody-start=2026-01-05; legal-status=remand")
    assert stands(case, "release-date-missing", TODAY) == "not-applicable"
    assert stands(case, "pre-release-review", TODAY) == "not-applicable"
    assert release_words(look(case, TODAY).reading) == "not sentenced"


def test_the_hearing_month_of_a_lifer_opens_windows_and_sets_no_due_date() -> None:
    due = duty(person(f"{LIFE}; hearing-month=2026-09"), "pre-release-review", TODAY)
    assert (due.base, due.opens, due.due) == ("live", day("2026-06-09"), None)
    assert "hearing month" in due.why


def test_a_lifer_without_a_hearing_month_is_asked_for_one_and_never_for_a_release_date() -> None:
    due = duty(person(LIFE), "pre-release-review", TODAY)
    assert (due.base, due.missing) == ("unknown", ("hearing-month",))
    assert stands(person(LIFE), "release-date-missing", TODAY) == "not-applicable"


def test_a_hearing_month_counts_on_its_first_day_and_not_after() -> None:
    case = person(f"{LIFE}; hearing-month=2026-09")
    assert duty(case, "pre-release-review", "2026-09-01").base == "live"
    assert duty(case, "pre-release-review", "2026-09-02").missing == ("hearing-month",)


def test_an_eligibility_date_opens_the_window_and_leaves_the_due_date_alone() -> None:
    due = duty(
        person(f"{SERVING}; conditional-release=2026-11-20; curfew-eligibility=2026-05-22"), "address-confirmed", TODAY
    )
    assert (due.opens, due.due) == (day("2026-02-27"), day("2026-10-23"))


def test_an_eligibility_date_that_has_passed_opens_nothing() -> None:
    case = person(f"{SERVING}; conditional-release=2026-11-20; curfew-eligibility=2026-05-22")
    assert duty(case, "address-confirmed", "2026-05-22").opens == day("2026-02-27")
    assert duty(case, "address-confirmed", "2026-05-23").opens == day("2026-08-28")
    assert look(case, TODAY).recheck_on == day("2026-05-23")


def test_the_pre_release_review_opens_with_the_last_twelve_weeks_whatever_the_eligibility() -> None:
    case = person(f"{SERVING}; conditional-release=2026-11-20; curfew-eligibility=2026-05-22")
    assert duty(case, "pre-release-review", TODAY).opens == day("2026-08-28")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (f"{RECALLED.format('fixed-term')}; recall-release=2026-03-16", "The recall notice says Mon 16 Mar 2026"),
        (f"{SERVING}; conditional-release=2028-09-01", "is after the sentence ends on Thu 31 Aug 2028"),
        (f"{RECALLED.format('standard')}; release-date=2026-05-22", "on recall something else counts"),
        (f"{SERVING}; release-date=2026-02-27; conditional-release=2026-05-22", "Fri 27 Feb 2026, has passed"),
        (f"{SERVING}; release-date=2026-06-05; conditional-release=2026-05-22", "after the conditional release date"),
        (f"{SERVING}; approved-parole=2028-09-01", "The approved parole release date, Fri 1 Sep 2028, is after"),
        (
            f"{LATER}; conditional-release=2026-05-22",
            "The conditional release date, Fri 22 May 2026, is before the sentence begins on Sat 23 May 2026.",
        ),
        (f"{LATER}; sentence-expiry=2026-05-22", "The sentence expires on Fri 22 May 2026, before the sentence begins"),
        (f"{LATER}; licence-expiry=2026-05-22", "The licence expires on Fri 22 May 2026, before the sentence begins"),
    ],
)
def test_dates_that_disagree_are_said(facts: str, said: str) -> None:
    assert any(said in sentence for sentence in contradictions(reading(facts)))


@pytest.mark.parametrize(
    "facts",
    [
        f"{SERVING}; conditional-release=2026-05-22",
        f"{SERVING}; conditional-release=2026-05-22; release-date=2026-05-22",
        f"{RECALLED.format('fixed-term')}; recall-release=2026-03-18",
        f"{LATER}; conditional-release=2026-05-23; sentence-expiry=2026-05-23; licence-expiry=2026-05-23",
        f"{LATER}; conditional-release=2026-03-01",
    ],
)
def test_dates_that_agree_say_nothing(facts: str) -> None:
    assert contradictions(reading(facts)) == ()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (f"{SERVING}; conditional-release=2026-05-22", "conditional release date"),
        (SERVING, "no release date"),
        (LIFE, "no hearing month"),
        (f"{LIFE}; hearing-month=2026-09", "hearing September 2026"),
    ],
)
def test_the_release_date_in_a_few_words(facts: str, words: str) -> None:
    assert release_words(reading(facts)) == words


def test_signals_of_a_recall_that_disagree_leave_the_release_date_not_known() -> None:
    case = person(f"{SERVING.replace('recall=no;', '')}; conditional-release=2026-05-22")
    asked = msgspec.structs.replace(case, doubted=frozenset({"recall"}))
    assert look(case, TODAY).reading.ask("release").value == day("2026-05-22")
    assert look(asked, TODAY).reading.ask("release").missing == ("recall",)
    assert duty(asked, "pre-release-review", TODAY).missing == ("recall",)
    assert "recall" in duty(asked, "recall-proactive", TODAY).missing
    assert stands(asked, "release-date-missing", TODAY) == "unknown"
