"""The rulebook file and an establishment's overrides: what may change, and errors that name the key."""

import re

import pytest

from policy.conditions import names_in
from policy.digest import digest_of
from policy.facts import facts
from policy.rule_text import RulebookText
from policy.rulebook import compiled, rulebook
from policy.schema import RulebookError, read_toml, shipped
from tests.policy.people import day, duty, person

CAME = "custody-start=2026-03-02; arrival=2026-03-02"
LEAVING = (
    "custody-start=2025-09-01; arrival=2025-09-01; recall=no; legal-status=sentenced; sentence-type=determinate;"
    "sentence-start=2025-09-01; sentence-expiry=2027-02-28; conditional-release=2026-05-22"
)


def test_a_local_figure_may_be_changed_and_the_clock_follows() -> None:
    book = rulebook('[duty.induction]\ndue = "arrival + 3 working days"\n')
    assert duty(person(CAME), "induction", "2026-03-02", book).due == day("2026-03-05")


def test_an_opening_may_be_changed_too() -> None:
    book = rulebook('[duty.address-confirmed]\nopens = "window - 16 weeks"\n')
    assert duty(person(LEAVING), "address-confirmed", "2026-03-02", book).opens == day("2026-01-30")


def test_the_variants_of_a_duty_follow_its_changed_figure() -> None:
    book = rulebook('[duty.duty-to-refer]\ndue = "release - 49 days"\n')
    assert duty(person(LEAVING), "duty-to-refer", "2026-03-02", book).due == day("2026-04-03")


def test_a_setting_may_be_changed_and_short_notice_follows() -> None:
    book = rulebook("[settings]\nlate_start_working_days = 2\n")
    case = person("custody-start=2026-03-02; arrival=2026-03-16; has-job=yes")
    assert duty(case, "keep-ties", "2026-03-16", book).due == day("2026-03-18")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[duty.bcst1]\ndue = "custody-start + 96 hours"', r"overrides, duty\.bcst1: its figure is set in TTG 2\.1"),
        (
            '[duty.pre-release-review]\nopens = "release-or-hearing - 20 weeks"',
            r"duty\.pre-release-review\.opens: .* is set in TTG",
        ),
        ('[duty.coffee]\ndue = "arrival + 1 day"', r"overrides, duty\.coffee: there is no such duty"),
        ('[duty.induction]\ndue = "custody-start + 3 days"', r"duty\.induction\.due: only the figure may change"),
        (
            '[duty.address-confirmed]\ndue = "release + 4 weeks"',
            r"duty\.address-confirmed\.due: only the figure may change",
        ),
        ('[duty.induction]\ndue = "soonish"', r"duty\.induction\.due: only the figure may change"),
        ('[duty.induction]\ndue = "arrival + many days"', r"overrides, duty\.induction\.due: .*not understood"),
        ('[duty.recall-warned]\nopens = "recall-returned - 9 days"', r"duty\.recall-warned\.opens: this duty has none"),
        ('[duty.induction]\ntitle = "Coffee"', r"overrides, duty\.induction\.title: there is no such key"),
        ("[duty.induction]\ndue = 3", r"overrides, duty\.induction\.due: Expected `str`"),
        ("[settings]\ncoffee = true", r"overrides, settings: .*`coffee`"),
        ("[settings]\ndefer_working_days = -1", r"overrides, settings: .*defer_working_days"),
        ("[settings]\ndefer_working_days = true", r"overrides, settings: .*defer_working_days"),
        ("[coffee]\nblack = true", r"overrides, coffee: there is no such key"),
        ("duty = ", r"overrides is not valid TOML"),
    ],
)
def test_overrides_that_cannot_be_used_are_refused_and_the_key_is_named(text: str, said: str) -> None:
    with pytest.raises(RulebookError, match=said):
        rulebook(text)


def test_the_digest_changes_with_the_overrides_and_only_then() -> None:
    text = "[settings]\nunseen_days = 30\n"
    assert rulebook(text).digest == rulebook(text).digest == digest_of(text) != rulebook().digest


def changed(old: str, new: str) -> RulebookText:
    text = shipped("rulebook.toml")
    assert old in text
    return read_toml(text.replace(old, new, 1), RulebookText, "rulebook.toml")


WRONG: dict[str, tuple[str, str, str]] = {
    "an owner that is none": ('owner = "PS"', 'owner = "XX"', r"duty\.bcst1\.owner: Invalid enum value 'XX'"),
    "a missing key": ('source = "OMI 1.1d"\n', "", r"duty\.safety-handover: .*missing required field `source`"),
    "an unknown key": ("safety = true", "saftey = true", r"duty\.safety-handover\.saftey: there is no such key"),
    "an unknown field of a form": (
        'label = "Told whom"',
        'lable = "Told whom"',
        r"duty\.safety-handover\.asks\[0\]\.lable",
    ),
    "a condition on nothing known": (
        'applies = ["tenancy"]',
        'applies = ["tenacy"]',
        r"duty\.tenancy\.applies: .*“tenacy”",
    ),
    "no condition": (
        'applies = ["tenancy"]',
        'applies = ["tenancy, please"]',
        r"duty\.tenancy\.applies: .*not a condition",
    ),
    "no date": (
        'due = "since:tenancy + 5 working days"',
        'due = "tenancy plus five"',
        r"duty\.tenancy\.due: .*not understood",
    ),
    "a date from no fact": ('opens = "since:tenancy"', 'opens = "since:tenacy"', r"duty\.tenancy\.opens: .*“tenacy”"),
    "a date from nothing": (
        'due = "arrival + 7 days"',
        'due = "arival + 7 days"',
        r"duty\.induction\.due: “arival” is not a date",
    ),
    "no due date": ('due = "arrival + 7 days"', 'due = ""', r"duty\.induction\.due: a duty needs a due date"),
    "met by no duty": (
        'met_by = ["first-meeting"]',
        'met_by = ["first-date"]',
        r"supervisor-contact\.met_by: .*“first-date”",
    ),
    "met by no fact": (
        'met_by_fact = "supervisor"',
        'met_by_fact = "boss"',
        r"allocate-supervisor\.met_by_fact: .*“boss”",
    ),
    "started by nothing": (
        'each = "event:concern"',
        'each = "concern"',
        r"safety-handover\.each: “concern” is not event:KIND",
    ),
    "started by no fact": (
        'each = "fact:immediate-need"',
        'each = "fact:need"',
        r"immediate-resettlement-need\.each: .*“need”",
    ),
    "an unclosed choice": (
        'due = "later(custody-start, sentence-start) + 7 days"',
        'due = "later(custody-start"',
        r"basic-skills\.due: .*bracket",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), WRONG.values(), ids=WRONG.keys())
def test_an_error_in_the_rulebook_names_the_duty_and_the_key(old: str, new: str, said: str) -> None:
    with pytest.raises(RulebookError, match=said):
        compiled(changed(old, new))


def test_every_name_a_rule_asks_for_has_words_for_the_screen() -> None:
    book = rulebook()
    asked = {name for rule in book.rules.values() for name in names_in(rule.applies)}
    assert asked - facts().keys() - book.answers.keys() == set()


def test_an_answer_that_is_a_fact_is_one_of_its_values() -> None:
    for name, rule in rulebook().rules.items():
        for ask in rule.text.asks:
            if ask.name in facts() and ask.values:
                assert set(ask.values) <= set(facts()[ask.name].choices), f"{name}: {ask.name}"


def test_every_date_a_due_date_is_counted_from_has_words_for_the_screen() -> None:
    book = rulebook()
    counted = {
        name for rule in book.rules.values() for when in (rule.due, *rule.sooner) if when for name in when.anchors()
    }
    assert counted - book.anchors.keys() == set()


@pytest.mark.parametrize("part", ["title", "words", "who", "source"])
def test_every_rule_says_what_it_is_for_whom_and_where_it_stands(part: str) -> None:
    assert [rule.id for rule in rulebook().rules.values() if not re.search(r"\w", getattr(rule.text, part))] == []


def test_every_short_title_fits_its_column_at_eighty_columns_with_whom_to_chase() -> None:
    for rule in rulebook().rules.values():
        chase = "" if rule.text.owner == "OS" else f" ({rule.text.owner})"
        for short in (rule.text.short, *(variant.short for variant in rule.text.variant)):
            assert len(short + chase) <= 25, short
