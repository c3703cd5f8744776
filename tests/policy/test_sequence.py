"""The order of a plan: what comes before what, and where it does not."""

import pytest

from policy.planning import holds_transfer, programmes
from policy.register import register
from policy.sequence import Breach, Placed, breaches


def found(*order: Placed, lacking: frozenset[str] = frozenset()) -> list[str]:
    return [one.id for one in breaches(order, lacking)]


READING = Placed("r", "Read", gives=frozenset({"literacy"}))
COURSE = Placed("c", "Course", needs=frozenset({"literacy"}))


def test_reading_before_the_course_that_needs_it_is_in_order() -> None:
    assert found(READING, COURSE) == []


def test_the_course_before_the_reading_names_both_and_says_why() -> None:
    (breach,) = breaches((COURSE, READING))
    assert breach == Breach(
        "skill-first:r:c",
        "skill-first",
        "r",
        "c",
        "“Course” needs reading and writing, and “Read”, which gives that, comes after it.",
        "OMI 2.1a",
        False,
    )


def test_a_course_without_any_reading_is_said_only_where_the_need_is_recorded() -> None:
    assert found(COURSE) == []
    assert found(COURSE, lacking=frozenset({"literacy"})) == ["skill-first:literacy:c"]


def test_reading_that_comes_once_before_is_enough_however_often_it_comes_again() -> None:
    assert found(READING, COURSE, Placed("r2", "Read more", gives=frozenset({"literacy"}))) == []


@pytest.mark.parametrize(
    ("risks", "expected"),
    [
        (("high", "low"), []),
        (("high", "high"), []),
        (("low", "high"), ["risk-first:1:0"]),
        (("high", "very-high"), ["risk-first:1:0"]),
        (("low", "", "high"), ["risk-first:2:0"]),
        (("", "high"), []),
        (("high", ""), []),
        (("low", "medium", "high"), ["risk-first:1:0", "risk-first:2:1"]),
    ],
)
def test_the_higher_risk_comes_first_and_what_is_about_none_stands_anywhere(
    risks: tuple[str, ...], expected: list[str]
) -> None:
    assert found(*(Placed(str(at), f"Objective {at}", risk=risk) for at, risk in enumerate(risks))) == expected


def test_what_is_built_upon_comes_first() -> None:
    base, upper = Placed("a", "Base"), Placed("b", "Upper", builds_on="a")
    assert found(base, upper) == []
    assert found(upper, base) == ["built-on-first:a:b"]


def test_building_on_what_is_not_in_the_plan_any_more_breaks_nothing() -> None:
    assert found(Placed("b", "Upper", builds_on="gone")) == []


@pytest.mark.parametrize(
    ("programme", "status", "holds"),
    [
        ("thinking-skills", "started", True),
        ("thinking-skills", "waiting", False),
        ("thinking-skills", "completed", False),
        ("thinking-skills", "withdrawn", False),
        ("workshop", "started", False),
        ("Our own course", "started", False),
    ],
)
def test_only_an_accredited_programme_that_runs_holds_transfer(programme: str, status: str, holds: bool) -> None:
    assert holds_transfer({"programme": programme, "status": status}) is holds


def test_every_accredited_programme_says_what_may_serve_instead() -> None:
    assert [name for name, one in programmes().items() if one.accredited and not one.instead] == []


def test_no_label_of_the_register_is_too_long_for_its_form() -> None:
    labels = [field.label for kind in register().kind.values() for field in kind.fields]
    assert [label for label in labels if len(label) > 14] == []


def test_what_an_entry_meets_is_a_duty_of_the_rulebook() -> None:
    from policy.rulebook import rulebook

    named = {one.duty for kind in register().kind.values() for one in kind.meets}
    assert named <= set(rulebook().rules)
