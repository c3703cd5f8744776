"""What kind of sentence, how long, whether in scope and which limb decided, and the tier that orders the list."""

import pytest

from policy import tier
from policy.reading import Reading
from tests.policy.people import look, person

SERVING = "arrival=2024-03-04; legal-status=sentenced; sentence-type=determinate; date-of-birth=1990-01-01"
IN_SCOPE = f"{SERVING}; sentence=12m; rosh=high"


def reading(facts: str, today: str = "2026-03-02") -> Reading:
    return look(person(facts), today).reading


@pytest.mark.parametrize(
    ("facts", "band"),
    [
        ("sentence-start=2024-03-04; sentence-expiry=2028-03-03", "12-months-to-4-years"),  # exactly 4 years
        ("sentence-start=2024-03-04; sentence-expiry=2028-03-04", "over-4-years"),  # 4 years and a day
        ("sentence-start=2024-03-04; sentence-expiry=2025-03-03", "12-months-to-4-years"),  # exactly 12 months
        ("sentence-start=2024-03-04; sentence-expiry=2025-03-02", "under-12-months"),  # a day less
        ("sentence-start=2024-02-29; sentence-expiry=2028-02-28", "12-months-to-4-years"),  # 4 years from a leap day
        ("sentence-start=2024-02-29; sentence-expiry=2028-02-29", "over-4-years"),
        ("sentence=4y", "12-months-to-4-years"),
        ("sentence=4y 1d", "over-4-years"),
        ("sentence=48m", "12-months-to-4-years"),
        ("sentence=12m", "12-months-to-4-years"),
        ("sentence=11m", "under-12-months"),
        ("sentence=364d; sentence-start=2025-03-04", "under-12-months"),
        ("sentence=365d; sentence-start=2025-03-04", "12-months-to-4-years"),
        ("sentence=365d; sentence-start=2023-03-04", "under-12-months"),  # 366 days: a leap day lies in it
        ("sentence=3y; sentence-start=2024-03-04; sentence-expiry=2029-03-03", "12-months-to-4-years"),  # as recorded
    ],
)
def test_a_sentence_is_measured_with_both_days_counted(facts: str, band: str) -> None:
    assert reading(f"{SERVING}; {facts}").ask("length").value == band


@pytest.mark.parametrize("kind", ["life", "ipp"])
def test_life_and_ipp_are_over_4_years(kind: str) -> None:
    assert reading(f"legal-status=sentenced; sentence-type={kind}").ask("over-4-years").value == "yes"


def test_a_sentence_start_and_an_expiry_alone_make_somebody_sentenced_and_determinate() -> None:
    read = reading("sentence-start=2024-03-04; sentence-expiry=2027-03-03")
    assert [read.ask(name).value for name in ("sentenced", "remand", "determinate")] == ["yes", "no", "yes"]


def test_nothing_known_of_the_sentence_is_not_known_and_says_which_facts() -> None:
    answer = reading(SERVING).ask("over-4-years")
    assert (answer.value, answer.missing) == (None, ("sentence-start", "sentence-expiry"))


@pytest.mark.parametrize(
    ("facts", "answer", "limb"),
    [
        (IN_SCOPE, "in", "Phase II: RoSH high"),
        (f"{SERVING}; sentence=12m; rosh=very-high", "in", "Phase II: RoSH very high"),
        (f"{SERVING}; sentence=12m; rosh=low; ppo=yes", "in", "Phase II: PPO"),
        (f"{SERVING}; sentence=12m; ppo=yes", "in", "Phase II: PPO"),
        (f"{IN_SCOPE}; nationality=Polish", "in", "Phase II: RoSH high"),
        (f"{SERVING.replace('determinate', 'extended')}; sentence=5y; rosh=high", "in", "Phase II: RoSH high"),
        (f"{SERVING.replace('determinate', 'ipp')}", "in", "Phase III: imprisonment for public protection"),
        (f"{SERVING.replace('determinate', 'life')}; rosh=high", "out", "life sentence"),
        (f"{SERVING.replace('determinate', 'life')}; local-extension=yes", "extension", "local extension"),
        (f"{SERVING}; sentence=11m; rosh=high", "out", "under 12 months"),
        (f"{SERVING}; sentence=11m; local-extension=yes", "extension", "local extension"),
        (f"{SERVING}; sentence=12m; rosh=medium; ppo=no", "out", "neither high risk of serious harm nor PPO"),
        ("legal-status=remand; date-of-birth=1990-01-01; rosh=high", "out", "not sentenced"),
        (IN_SCOPE.replace("1990-01-01", "2008-03-03"), "out", "not an adult"),
    ],
)
def test_scope_is_answered_with_the_limb_that_decided(facts: str, answer: str, limb: str) -> None:
    found = reading(facts).ask("scope")
    assert (found.value, found.words) == (answer, limb)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (f"{SERVING}; sentence=12m; rosh=medium", ("ppo",)),
        (f"{SERVING}; sentence=12m; ppo=no", ("rosh",)),
        (f"{SERVING}; sentence=12m", ("rosh", "ppo")),
        (f"{SERVING}; rosh=high", ("sentence-start", "sentence-expiry")),
        (IN_SCOPE.replace("; date-of-birth=1990-01-01", ""), ("date-of-birth",)),
        (
            "date-of-birth=1990-01-01; legal-status=indeterminate; rosh=low; ppo=no",
            ("sentence-type", "sentence-start", "sentence-expiry"),
        ),
        (SERVING.replace("determinate", "ipp").replace("; date-of-birth=1990-01-01", ""), ("date-of-birth",)),
        (f"{SERVING}; sentence=12m; rosh=high, ?; ppo=no", ("rosh",)),
    ],
)
def test_scope_that_cannot_be_told_names_what_is_missing_and_never_reads_it_as_no(
    facts: str, missing: tuple[str, ...]
) -> None:
    found = reading(facts).ask("scope")
    assert (found.value, found.missing) == (None, missing)


@pytest.mark.parametrize(
    ("born", "today", "adult"),
    [
        ("2008-03-03", "2026-03-02", False),
        ("2008-03-03", "2026-03-03", True),
        ("2008-02-29", "2026-02-27", False),
        ("2008-02-29", "2026-02-28", True),
    ],
)
def test_somebody_is_an_adult_from_the_18th_birthday(born: str, today: str, adult: bool) -> None:
    read = reading(IN_SCOPE.replace("1990-01-01", born), today)
    assert (read.ask("scope").value == "in") is adult


@pytest.mark.parametrize(
    ("born", "today", "young"),
    [
        ("2001-03-03", "2026-03-02", "yes"),
        ("2001-03-03", "2026-03-03", "no"),
        ("2000-02-29", "2025-02-27", "yes"),
        ("2000-02-29", "2025-02-28", "no"),
    ],
)
def test_a_care_leaver_is_young_until_the_25th_birthday(born: str, today: str, young: str) -> None:
    assert reading(f"care-leaver=yes; date-of-birth={born}", today).ask("young-care-leaver").value == young


@pytest.mark.parametrize(
    ("nationality", "foreign"),
    [
        ("British", "no"),
        ("BRITISH", "no"),
        ("Northern Irish", "no"),
        ("Irish", "yes"),
        ("Polish", "yes"),
        ("Stateless", "yes"),
    ],
)
def test_a_nationality_other_than_british_is_foreign(nationality: str, foreign: str) -> None:
    assert reading(f"nationality={nationality}").ask("foreign-national").value == foreign


@pytest.mark.parametrize("nationality", ["Not known", "Unknown", "Not stated"])
def test_a_nationality_recorded_as_not_known_is_not_known(nationality: str) -> None:
    assert reading(f"nationality={nationality}").ask("foreign-national").missing == ("nationality",)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ("rosh=high; tier=2", 4),
        ("rosh=very-high", 4),
        ("ppo=yes; tier=1", 4),
        ("rosh=medium; ppo=no; tier=3", 3),
        ("tier=2", 2),
        ("rosh=medium; ppo=no", None),
    ],
)
def test_high_risk_or_ppo_means_tier_4_and_otherwise_the_tier_is_as_assessed(facts: str, found: int | None) -> None:
    assert tier.tier(reading(facts)) == found


def test_a_tier_assessed_lower_than_risk_requires_is_said() -> None:
    assert "tier 2" in tier.conflict(reading("rosh=high; tier=2"))
    assert "PPO" in tier.conflict(reading("rosh=low; ppo=yes; tier=3"))


@pytest.mark.parametrize("facts", ["rosh=high; tier=4", "rosh=medium; tier=2", "rosh=high", ""])
def test_a_tier_that_agrees_with_risk_says_nothing(facts: str) -> None:
    assert tier.conflict(reading(facts)) == ""


def test_tiers_order_4_then_not_known_then_3_2_1() -> None:
    values: list[int | None] = [1, 2, 3, 4, None]
    assert sorted(values, key=tier.order) == [4, None, 3, 2, 1]
