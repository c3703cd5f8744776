"""What the screen says: titles a prisoner may read over a shoulder, and why a duty is due, in good short sentences."""

import re

import pytest

from policy.calendar import day_of
from policy.due import Due
from policy.rulebook import Rule, rulebook
from tests.policy.examples import EXAMPLES, FIXED, Example
from tests.policy.people import duty, person

LONGEST_TITLE = 24
LONGEST_WHY = 240
GIVES_AWAY = re.compile(
    r"rosh|\bharm|mappa|\bppo\b|victim|\bsex|violen|offen[cs]e|acct|self-harm|suicid|distress|health|\bGP\b|drug"
    r"|substance|removal|deport|foreign|immigra|care leaver|personal adviser|care need|social care|homeless|domestic",
    re.IGNORECASE,
)
CONFIRMED = "arrival=2025-09-01; recall=no; legal-status=sentenced; sentence-type=determinate; release-date={}"
SHORTS = [
    (rule.id, short)
    for rule in rulebook().rules.values()
    for short in (rule.short, *(variant.text.short or variant.text.title or rule.short for variant in rule.variants))
]


@pytest.mark.parametrize(("name", "short"), SHORTS)
def test_a_discreet_title_is_short_and_gives_nothing_away(name: str, short: str) -> None:
    assert 0 < len(short) <= LONGEST_TITLE
    assert not GIVES_AWAY.search(short)


def test_the_only_discreet_title_with_the_word_risk_is_the_review_everybody_has() -> None:
    assert {name for name, short in SHORTS if "risk" in short.lower()} == {"rosh-review"}


def test_no_two_duties_share_a_discreet_title() -> None:
    shorts = [rule.short for rule in rulebook().rules.values()]
    assert sorted(shorts) == sorted(set(shorts))


def explained(example: Example) -> Due:
    return duty(example.case(), example.duty, str(day_of(example.due_moment())))


EXPLAINED = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.duty} {example.due}")


@EXPLAINED
def test_why_fits_three_lines_and_reads_as_sentences(example: Example) -> None:
    why = explained(example).why
    assert len(why) <= LONGEST_WHY
    assert re.fullmatch(r"[A-Z0-9].*[.?]", why)
    assert "  " not in why
    assert ".." not in why


@EXPLAINED
def test_why_says_what_it_was_counted_from_and_the_day_it_comes_to(example: Example) -> None:
    why = explained(example).why
    due = day_of(example.due_moment())
    assert re.match(r"[A-Z][^.]* (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d", why)
    assert f"{due.day} {due:%b}" in why


@EXPLAINED
def test_no_sentence_of_why_stands_there_twice(example: Example) -> None:
    sentences = re.split(r"(?<=[.?]) ", explained(example).why)
    assert len(sentences) == len(set(sentences))


LOCAL = [rule for rule in rulebook().rules.values() if rule.text.figure == "local" and not rule.text.fixed]


@pytest.mark.parametrize("rule", LOCAL, ids=lambda rule: rule.id)
def test_a_rule_in_words_leaves_out_the_figure_an_establishment_may_change(rule: Rule) -> None:
    assert not re.search(r"\d|every (month|year)|once a", rule.text.words)


def test_why_says_the_fact_the_rule_and_the_arithmetic() -> None:
    case = person(FIXED.replace("fixed-term", "standard"))
    assert duty(case, "recall-explained", "2026-02-20").why == (
        "Back in custody Thu 19 Feb 2026. The reasons and the way to re-release are to be gone through simply, "
        "with the leaflet. 5 working days from Thu 19 Feb: Thu 26 Feb."
    )


def test_why_says_which_release_date_counts() -> None:
    facts = CONFIRMED.format("2026-05-22")
    why = duty(person(facts), "address-confirmed", "2026-03-02").why
    assert why.startswith("Release (confirmed) Fri 22 May 2026.")
    assert why.endswith("4 weeks before Fri 22 May: Fri 24 Apr.")


def test_a_date_counted_back_and_forth_reads_in_order() -> None:
    facts = f"{CONFIRMED.format('2026-05-22')}; mappa-eligible=yes"
    assert (
        "6 months before Fri 22 May 2026, then 4 weeks on: Sat 20 Dec 2025."
        in duty(person(facts), "mappa-level", "2025-12-01").why
    )


def test_a_due_date_on_a_bank_holiday_says_so_and_names_the_working_day_before() -> None:
    facts = CONFIRMED.format("2026-06-01")
    assert (
        "That is a bank holiday; the working day before is Fri 1 May."
        in duty(person(facts), "address-confirmed", "2026-03-02").why
    )


def test_outside_the_years_of_the_bank_holidays_why_says_so() -> None:
    facts = CONFIRMED.format("2031-05-22")
    assert "No bank holidays are known for 2031" in duty(person(facts), "address-confirmed", "2026-03-02").why
