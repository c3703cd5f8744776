"""The catalogue of pathway activities: its counts, and what an establishment may add."""

from collections import Counter

import pytest

from policy.catalogue import NOT_STATED, Activity, catalogue
from policy.rulebook import rulebook
from policy.schema import RulebookError

COUNTS = {
    ("accommodation", 1): 3,
    ("accommodation", 2): 8,
    ("accommodation", 3): 7,
    ("employment", 1): 2,
    ("employment", 2): 1,
    ("finance", 1): 3,
    ("finance", 2): 6,
    ("personal", 1): 6,
    ("personal", 2): 2,
    ("personal", 3): 3,
    ("supporting", 1): 2,
    ("supporting", 2): 1,
    ("supporting", 3): 7,
    ("abuse", 1): 3,
    ("abuse", 2): 3,
    ("abuse", 3): 2,
    ("sex-work", 1): 3,
    ("sex-work", 2): 3,
    ("sex-work", 3): 2,
}
OWN = """
[activity.garden-course]
pathway = "ete"
level = 2
title = "Garden course"
words = "A place on the garden course."
provider = "prison"
"""


def _all() -> list[Activity]:
    return list(catalogue().activity.values())


def test_the_counts_are_those_of_the_source() -> None:
    assert Counter((one.section, one.level) for one in _all()) == COUNTS
    assert len(_all()) == 67


def test_seven_pathways_head_the_checklist_and_two_groups_stand_apart() -> None:
    restricted = [pathway.restricted for pathway in catalogue().pathway.values()]
    assert restricted == [False] * 7 + [True] * 2


def test_the_personal_section_serves_three_pathways() -> None:
    serves = Counter(one.pathway for one in _all() if one.section == "personal")
    assert serves == {"health": 8, "drugs": 2, "families": 1}


def test_the_screening_completes_what_the_source_stars() -> None:
    starred = [name for name, one in catalogue().activity.items() if one.bcst]
    assert starred == [
        "housing-needs",
        "housing-advice",
        "housing-status",
        "ete-options",
        "money-problems",
        "money-advice",
        "money-signposting",
    ]
    assert all(catalogue().activity[name].level == 1 for name in starred)


def test_partnership_with_authorities_is_on_no_ones_checklist() -> None:
    assert [name for name, one in catalogue().activity.items() if not one.person] == ["authority-partnership"]


def test_every_activity_names_a_provider_and_only_the_silent_one_has_no_owner() -> None:
    silent = [name for name, one in catalogue().activity.items() if one.owner is None]
    assert silent == ["family-ties"]
    assert catalogue().activity["family-ties"].provider == NOT_STATED
    assert all(one.provider and one.source and one.words.endswith(".") for one in _all())


def test_whoever_signposts_says_to_whom() -> None:
    assert all(one.to for one in _all() if one.does != "provide")


def test_who_provides_and_who_signposts_is_as_annex_a_ticks_it() -> None:
    signposts = {name for name, one in catalogue().activity.items() if one.does == "signpost"}
    both = {name for name, one in catalogue().activity.items() if one.does == "both"}
    assert signposts == {
        "money-signposting",
        "healthcare-access",
        "substance-access",
        "legal-rights",
        "advocacy",
        "immigration-advice",
        "abuse-signposting",
        "abuse-referral",
        "sex-work-signposting",
        "sex-work-referral",
        "sex-work-networks",
    }
    assert both == {
        "ete-options",
        "debt-advice",
        "other-debts",
        "income-options",
        "personal-needs",
        "personal-needs-met",
        "personal-advice",
        "personal-signposting",
        "healthcare-told",
        "healthcare-registered",
        "case-status",
        "support-networks",
        "social-care",
        "abuse-networks",
    }


def test_nothing_goes_to_family_dwp_or_the_drug_team_without_consent() -> None:
    asked = {name for name, one in catalogue().activity.items() if one.consent}
    assert {"family-ties", "tenancy-kept", "benefits-suspended", "substance-access", "substance-engaged"} <= asked


def test_every_activity_serves_the_outcomes_of_its_section_and_level() -> None:
    assert all(catalogue().outcomes(one) for one in _all())
    assert all(set(one.only) <= set(one.outcomes) for one in catalogue().section.values())
    assert catalogue().outcomes(catalogue().activity["motivation"]) == ("motivation built and kept",)
    assert len(catalogue().outcomes(catalogue().activity["healthcare-told"])) == 5
    assert len(catalogue().outcomes(catalogue().activity["healthcare-access"])) == 4


def test_every_duty_named_beside_an_activity_exists() -> None:
    named = {duty for one in _all() for duty in (one.duty, *one.meets) if duty} | {
        duty for pathway in catalogue().pathway.values() for duty in pathway.duties
    }
    assert named <= set(rulebook().rules)


def test_an_establishment_adds_an_activity_and_hides_none() -> None:
    found = catalogue(OWN)
    assert found.activity["garden-course"].owner == "PS"
    assert len(found.activity) == 68
    assert found.outcomes(found.activity["garden-course"]) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (OWN.replace("garden-course", "housing-needs"), "cannot be changed"),
        (OWN.replace('"ete"', '"abuse"'), "takes no additions"),
        (OWN.replace('"ete"', '"gardens"'), "there is no pathway"),
        (OWN.replace("Garden course", "G" * 45), "1 to 44 characters"),
        (OWN.replace("level = 2", "level = 4"), "activity.garden-course.level"),
    ],
)
def test_an_addition_that_cannot_be_used_names_its_key(text: str, says: str) -> None:
    with pytest.raises(RulebookError, match=says):
        catalogue(text)
