"""Every duty of the rulebook: what the day before, the day and the day after say, and what the table says of it."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from policy.calendar import day_of
from policy.rulebook import rulebook
from tests.policy.examples import CAME, EXAMPLES, Example
from tests.policy.people import day, duty, happened, moment, person, stands

IDS = [
    "safety-handover",
    "allocate-supervisor",
    "first-meeting",
    "supervisor-contact",
    "bcst1",
    "bcst2",
    "immediate-resettlement-need",
    "basic-skills",
    "basic-skills-full",
    "induction",
    "benefits-induction",
    "keep-ties",
    "tenancy",
    "housing-element",
    "name-offender-manager",
    "oasys-missing",
    "oasys-initial",
    "oasys-review",
    "rosh-review",
    "risk-told",
    "irmm-feedback",
    "planning-meeting",
    "plan-review",
    "objective-review",
    "move-notified",
    "victim-liaison",
    "mappa-level",
    "licence-conditions",
    "licence-explained",
    "release-risk-plan",
    "address-confirmed",
    "pre-release-review",
    "signpost-follow-up",
    "duty-to-refer",
    "nfa-day",
    "healthcare-continuity",
    "freshstart",
    "substance-handover",
    "early-removal-explained",
    "personal-adviser",
    "care-needs",
    "ppo-home",
    "iag-request",
    "release-date-missing",
    "ask-sending-prison",
    "activity",
    "recall-warned",
    "recall-distress",
    "recall-contact",
    "recall-dossier",
    "recall-legal",
    "recall-explained",
    "recall-om-contact",
    "recall-meeting",
    "recall-views",
    "recall-plan",
    "recall-part-b",
    "recall-28",
    "recall-proactive",
    "recall-annual",
    "recall-decision-explained",
    "recall-release",
    "recall-before-sed",
]
BY_HAND = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.duty} {example.due}")


def test_the_rulebook_holds_every_duty_of_its_table_and_no_other() -> None:
    assert list(rulebook().rules) == IDS


def test_every_duty_has_an_example_by_hand() -> None:
    assert {example.duty.partition(":")[0] for example in EXAMPLES} == set(IDS)


@BY_HAND
def test_a_duty_opens_and_is_due_as_worked_out_by_hand(example: Example) -> None:
    due = duty(example.case(), example.duty, str(day_of(moment(example.due)) - timedelta(days=1)))
    assert (due.opens, due.due) == (example.opens and day(example.opens), moment(example.due))


@BY_HAND
def test_a_duty_is_due_within_the_week_the_day_before_today_on_the_day_and_late_after_it(example: Example) -> None:
    last = day_of(moment(example.due))
    found = [stands(example.case(), example.duty, str(last + timedelta(days=shift))) for shift in (-1, 0, 1)]
    safety = example.duty.startswith("safety")
    assert found == (["safety"] * 3 if safety else ["week", "today", example.after])


OPENING = [
    example
    for example in EXAMPLES
    if example.opens and day(example.opens) < day_of(moment(example.due)) - timedelta(days=8)
]


@pytest.mark.parametrize("example", OPENING, ids=lambda example: f"{example.duty} {example.opens}")
def test_a_duty_is_later_until_it_opens_and_open_from_that_day(example: Example) -> None:
    opens = day(example.opens or "")
    found = [stands(example.case(), example.duty, str(opens + timedelta(days=shift))) for shift in (-1, 0, 1)]
    assert found == ["later", "open", "open"]


OWNERS = {
    "MAN": "allocate-supervisor",
    "PS": "bcst1 basic-skills basic-skills-full",
    "CRC": "bcst2 immediate-resettlement-need benefits-induction tenancy housing-element pre-release-review"
    " duty-to-refer nfa-day freshstart iag-request activity",
    "CA": "name-offender-manager oasys-missing move-notified release-date-missing ask-sending-prison recall-dossier"
    " recall-28 recall-annual recall-release",
    "OM": "oasys-initial release-risk-plan address-confirmed recall-warned recall-om-contact recall-part-b",
    "HC": "healthcare-continuity substance-handover",
}
MANDATORY = [
    "safety-handover",
    "bcst1",
    "bcst2",
    "immediate-resettlement-need",
    "tenancy",
    "pre-release-review",
    "duty-to-refer",
    "nfa-day",
    "healthcare-continuity",
    "activity",
    "recall-release",
]
LOCAL_FORCE = [
    "objective-review",
    "ppo-home",
    "release-date-missing",
]
SET = [
    "safety-handover",
    "bcst1",
    "bcst2",
    "housing-element",
    "rosh-review",
    "nfa-day",
    "early-removal-explained",
    "iag-request",
    "recall-28",
    "recall-annual",
    "recall-release",
]


@pytest.mark.parametrize("name", IDS)
def test_a_duty_has_the_owner_force_and_figure_of_the_table(name: str) -> None:
    text = rulebook().rules[name].text
    owner = next((owner for owner, names in OWNERS.items() if name in names.split()), "OS")
    force = "mandatory" if name in MANDATORY else "local" if name in LOCAL_FORCE else "expected"
    assert (text.owner, text.force, text.figure) == (owner, force, "set" if name in SET else "local")


def test_a_due_date_and_time_after_the_clocks_go_forward_keep_the_clock_time() -> None:
    # Clocks went forward at 01:00 on Sunday 29 March 2026.
    case = person("custody-start=2026-03-28T23:30; arrival=2026-03-28")
    assert duty(case, "bcst1", "2026-03-29").due == datetime(2026, 3, 31, 23, 30)


def test_the_first_three_days_of_custody_are_said_beside_the_72_hours() -> None:
    assert "Wed 4 Mar" in duty(person(CAME), "bcst1", "2026-03-02").why


def test_the_same_due_date_on_a_weekend_does_not_move_but_the_working_day_before_stands_beside_it() -> None:
    due = duty(person(f"{CAME}; has-job=yes"), "keep-ties", "2026-03-02")
    assert (due.due, due.last_working_day) == (date(2026, 3, 7), date(2026, 3, 6))


@pytest.mark.parametrize(
    ("own", "due"), [("2026-04-12", "2026-04-12"), ("2026-04-13", "2026-04-13"), ("2026-04-14", "2026-04-13")]
)
@pytest.mark.parametrize("binding", [{"force": "mandatory"}, {"figure": "set"}])
def test_a_date_of_ones_own_is_never_later_than_a_mandatory_or_set_one(
    binding: dict[str, str], own: str, due: str
) -> None:
    book = rulebook()
    rule = book.rules["signpost-follow-up"]
    bound = replace(rule, text=replace(rule.text, **binding))
    book = replace(book, rules={**book.rules, rule.id: bound})
    case = person(CAME, events=(happened("referral", "r", "2026-03-26", date=own),))
    assert duty(case, "signpost-follow-up:r", "2026-03-27", book).due == day(due)
