"""Facts: what may be recorded, in which form it is kept, and how it is read."""

from datetime import date, datetime

import pytest

from policy.facts import NotAValue, facts, last_day_of, normal, value_of


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("rosh", "Very High", "very-high"),
        ("ppo", "YES", "yes"),
        ("release-date", "2026-05-22", "2026-05-22"),
        ("custody-start", "2026-02-27T16:40", "2026-02-27T16:40"),
        ("custody-start", "2026-02-27 16:40:30", "2026-02-27T16:40"),
        ("custody-start", "2026-02-27", "2026-02-27"),
        ("hearing-month", "2026-09", "2026-09"),
        ("sentence", "2Y 6M", "2y 6m"),
        ("offender-manager", "  A   Khan ", "A Khan"),
        ("mappa-level", "2", "2"),
    ],
)
def test_a_value_is_kept_in_one_form_however_it_was_typed(name: str, typed: str, kept: str) -> None:
    assert normal(name, typed) == kept


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("rosh", "severe", "Risk of serious harm .* is one of low, medium, high, very-high; “severe” is not"),
        ("release-date", "22/05/2026", "is a date such as 2026-05-22"),
        ("release-date", "2026-02-29", "is a date such as"),
        ("release-date", "2026-05-22T10:00", "is a date without a time"),
        ("release-date", "0026-05-22", "between 1900 and 2150"),
        ("hearing-month", "2026-13", "is a month such as 2026-09"),
        ("hearing-month", "2026-09-01", "is a month such as 2026-09"),
        ("sentence", "four years", "is a length such as 4y"),
        ("sentence", "0d", "is a length such as 4y"),
        ("nationality", "   ", "needs a value; to take it back say nationality=unknown"),
        ("nationality", "x" * 501, "longer than 500 characters"),
    ],
)
def test_what_is_no_value_of_a_fact_is_refused_in_a_sentence(name: str, typed: str, said: str) -> None:
    with pytest.raises(NotAValue, match=said):
        normal(name, typed)


def test_a_fact_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        normal("shoe-size", "9")


@pytest.mark.parametrize(
    ("name", "kept", "value"),
    [
        ("release-date", "2026-05-22", date(2026, 5, 22)),
        ("custody-start", "2026-02-27", date(2026, 2, 27)),
        ("custody-start", "2026-02-27T16:40", datetime(2026, 2, 27, 16, 40)),
        ("hearing-month", "2026-09", date(2026, 9, 1)),
        ("rosh", "high", "high"),
        ("sentence", "4y", "4y"),
    ],
)
def test_a_kept_value_is_read_as_what_it_is(name: str, kept: str, value: object) -> None:
    assert value_of(name, kept) == value


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2024-03-04", "4y", "2028-03-03"),
        ("2024-03-04", "2y 6m", "2026-09-03"),
        ("2024-03-04", "90d", "2024-06-01"),
        ("2024-02-29", "4y", "2028-02-28"),
        ("2026-01-31", "1m", "2026-02-27"),
    ],
)
def test_a_sentence_of_a_length_ends_with_both_days_counted(start: str, length: str, end: str) -> None:
    assert last_day_of(date.fromisoformat(start), length) == date.fromisoformat(end)


def test_every_fact_has_a_label_of_its_own() -> None:
    labels = [fact.label for fact in facts().values()]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize(
    "name", ["rosh", "ppo", "mappa-level", "victim-contact", "acct", "care-leaver", "drug-need", "offence"]
)
def test_what_would_give_somebody_away_is_discreet(name: str) -> None:
    assert facts()[name].discreet
