"""Known yes, known no, not known: what is not known is never read as no, and what never happened is not missing."""

import pytest

from policy.explain import missing_words
from policy.facts import facts
from policy.rulebook import rulebook
from tests.policy.people import duty, person, stands

CAME = "custody-start=2026-03-02; arrival=2026-03-02; date-of-birth=2003-05-01"
SERVING = (
    f"{CAME}; recall=no; legal-status=sentenced; sentence-type=determinate; sentence-start=2026-03-02;"
    "sentence-expiry=2029-03-01"
)
LEAVING = (
    "custody-start=2025-09-01; arrival=2025-09-01; recall=no; legal-status=sentenced; sentence-type=determinate;"
    "sentence-start=2025-09-01; sentence-expiry=2027-02-28; conditional-release=2026-05-22"
)
TODAY = "2026-03-20"


@pytest.mark.parametrize(
    ("name", "base", "fact"),
    [
        ("tenancy", CAME, "tenancy"),
        ("housing-element", CAME, "tenancy-kept"),
        ("victim-liaison", SERVING, "sexual-violent-offence"),
        ("mappa-level", LEAVING, "mappa-eligible"),
        ("nfa-day", LEAVING, "release-address"),
        ("substance-handover", LEAVING, "drug-need"),
        ("personal-adviser", CAME, "care-leaver"),
        ("care-needs", CAME, "social-care-need"),
        ("oasys-missing", f"{SERVING}; rosh=high", "oasys-on-arrival"),
        ("early-removal-explained", CAME, "nationality"),
        ("recall-legal", CAME, "recall"),
        ("licence-conditions", LEAVING, "licence-expiry"),
        ("bcst1", "arrival=2026-03-02", "custody-start"),
        ("recall-explained", f"{CAME}; recall=standard; legal-status=recall", "recall-returned"),
        ("recall-proactive", f"{CAME}; recall=standard; legal-status=recall", "recall-returned"),
        ("planning-meeting", f"{SERVING}; rosh=high", "release-date"),
        ("release-risk-plan", LEAVING, "rosh"),
    ],
)
def test_a_duty_that_hangs_on_a_fact_nobody_recorded_cannot_be_told_and_names_it(
    name: str, base: str, fact: str
) -> None:
    due = duty(person(base), name, TODAY)
    assert (due.base, due.missing) == ("unknown", (fact,))
    assert facts()[fact].label in due.why


@pytest.mark.parametrize("given", ["tenancy=yes, ?", "tenancy=no, ?"])
def test_a_fact_taken_back_is_not_known_again(given: str) -> None:
    assert stands(person(f"{CAME}; {given}"), "tenancy", TODAY) == "unknown"


@pytest.mark.parametrize(
    ("name", "base", "fact"),
    [
        ("tenancy", CAME, "tenancy=no"),
        ("housing-element", CAME, "tenancy-kept=no"),
        ("housing-element", CAME, "tenancy=no"),
        ("victim-liaison", SERVING, "sexual-violent-offence=no"),
        ("nfa-day", LEAVING, "release-address=settled"),
        ("freshstart", LEAVING, "ete-on-release=yes"),
        ("substance-handover", LEAVING, "drug-need=no"),
        ("personal-adviser", CAME, "care-leaver=no"),
        ("personal-adviser", CAME.replace("2003", "1990"), "sex=male"),
        ("early-removal-explained", CAME, "nationality=British"),
        ("recall-legal", CAME, "recall=no"),
        ("ppo-home", LEAVING, "ppo=no"),
        ("bcst2", CAME, "legal-status=immigration"),
    ],
)
def test_a_known_no_means_the_duty_does_not_apply_and_says_why_not(name: str, base: str, fact: str) -> None:
    due = duty(person(f"{base}; {fact}"), name, TODAY)
    assert due.base == "not-applicable"
    assert due.why


def test_either_of_two_needs_is_enough_and_only_the_unknown_one_is_missing() -> None:
    assert duty(person(f"{CAME}; has-job=no"), "keep-ties", TODAY).missing == ("family-at-risk",)
    assert stands(person(f"{CAME}; has-job=no; family-at-risk=no"), "keep-ties", TODAY) == "not-applicable"
    assert duty(person(CAME), "keep-ties", TODAY).missing == ("has-job", "family-at-risk")


def test_one_no_settles_what_another_missing_fact_would_leave_open() -> None:
    assert stands(person(f"{LEAVING}; held-away=no"), "ppo-home", TODAY) == "not-applicable"


@pytest.mark.parametrize(
    "name",
    [
        "safety-handover",
        "first-meeting",
        "supervisor-contact",
        "bcst2",
        "immediate-resettlement-need",
        "basic-skills-full",
        "oasys-review",
        "rosh-review",
        "risk-told",
        "irmm-feedback",
        "plan-review",
        "objective-review",
        "move-notified",
        "signpost-follow-up",
        "iag-request",
        "activity",
        "recall-decision-explained",
    ],
)
def test_what_was_never_recorded_as_having_happened_has_not_begun_and_is_not_missing(name: str) -> None:
    assert stands(person(SERVING), name, TODAY) == "not-applicable"


def test_what_waits_for_something_never_recorded_has_not_begun_whatever_facts_are_missing() -> None:
    length_unknown = SERVING.replace("sentence-expiry=2029-03-01", "")
    assert stands(person(length_unknown), "bcst2", TODAY) == "not-applicable"
    screened = duty(person(length_unknown, ["bcst1 2026-03-04"]), "bcst2", TODAY)
    assert (screened.base, screened.missing) == ("unknown", ("sentence-expiry",))


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ("", "Ask about homelessness and consent to a referral"),
        ("homeless-risk=yes", "Ask about homelessness and consent to a referral"),
        ("homeless-consent=given", "Ask about homelessness and consent to a referral"),
        ("homeless-risk=yes; homeless-consent=given", "Refer to the housing authority (Duty to Refer)"),
        ("homeless-risk=yes; homeless-consent=refused", "Ask again about a homelessness referral; consent was refused"),
        ("homeless-consent=refused", "Ask again about a homelessness referral; consent was refused"),
    ],
)
def test_homelessness_not_known_is_asked_about_and_never_cannot_tell(facts: str, title: str) -> None:
    due = duty(person(f"{LEAVING}; {facts}"), "duty-to-refer", TODAY)
    assert (due.base, due.title) == ("live", title)


@pytest.mark.parametrize(
    ("facts", "base", "title"),
    [
        ("", "live", "Ask about removal interest; explain early-release and removal options"),
        ("removal-interest=yes", "live", "Early-release and removal options explained"),
        ("removal-interest=no", "not-applicable", "Early-release and removal options explained"),
    ],
)
def test_removal_interest_not_known_is_asked_about(facts: str, base: str, title: str) -> None:
    due = duty(person(f"{CAME}; nationality=Polish; {facts}"), "early-removal-explained", TODAY)
    assert (due.base, due.title) == (base, title)


def test_removal_interest_takes_no_resettlement_duty_away() -> None:
    with_interest = person(f"{LEAVING}; nationality=Polish; removal-interest=yes")
    assert stands(with_interest, "pre-release-review", TODAY) == "open"


def test_whether_licence_can_be_told_from_the_sentence() -> None:
    assert stands(person(f"{LEAVING}; licence-expiry=2027-02-28"), "licence-conditions", TODAY) == "open"
    extended = LEAVING.replace("determinate", "extended")
    assert stands(person(extended), "licence-conditions", TODAY) == "open"


def test_a_release_that_sentence_end_puts_within_two_years_is_near_though_its_date_is_not_known() -> None:
    facts = f"{SERVING.replace('2029-03-01', '2028-03-01')}; rosh=high"
    assert str(duty(person(facts), "planning-meeting", TODAY).due) == "2026-04-27"


def test_a_lifer_in_the_local_extension_without_a_tariff_is_asked_for_it() -> None:
    facts = f"{CAME}; legal-status=sentenced; sentence-type=life; local-extension=yes; sentence-start=2026-03-02"
    assert duty(person(facts), "planning-meeting", TODAY).missing == ("tariff",)
    assert str(duty(person(f"{facts}; tariff=2040-03-01"), "planning-meeting", TODAY).due) == "2026-06-22"


@pytest.mark.parametrize(("tariff", "due"), [("2028-03-01", "2026-04-27"), ("2028-03-02", "2026-06-22")])
def test_a_tariff_exactly_two_years_off_gives_the_longer_time_to_plan(tariff: str, due: str) -> None:
    facts = f"{CAME}; legal-status=sentenced; sentence-type=ipp; sentence-start=2026-03-02; tariff={tariff}"
    assert str(duty(person(facts), "planning-meeting", TODAY).due) == due


def test_one_missing_fact_and_several_are_said_in_good_english() -> None:
    assert missing_words(("rosh",)) == "Cannot tell until this is known: Risk of serious harm (RoSH)."
    assert missing_words(("ppo", "tenancy")) == "Cannot tell until these are known: PPO; Tenancy or mortgage."


def test_by_setting_only_those_in_scope_are_given_a_supervisor() -> None:
    book = rulebook("[settings]\nallocate_everyone = false\n")
    assert stands(person(f"{SERVING}; rosh=low; ppo=no"), "allocate-supervisor", TODAY, book) == "not-applicable"
    assert stands(person(f"{SERVING}; rosh=low; ppo=no"), "allocate-supervisor", TODAY) == "overdue"


def test_by_setting_everyone_from_12_months_has_an_oasys_assessment() -> None:
    book = rulebook("[settings]\noasys_from_12_months = true\n")
    assert stands(person(f"{SERVING}; rosh=low; ppo=no"), "oasys-initial", TODAY, book) == "open"
    assert stands(person(f"{SERVING}; rosh=low; ppo=no"), "oasys-initial", TODAY) == "not-applicable"
