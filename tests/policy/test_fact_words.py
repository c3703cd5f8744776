"""Values of facts in words."""

import pytest

from policy.fact_words import fact_words


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("sentence-type", "ipp", "IPP"),
        ("recall", "hdc", "HDC"),
        ("rosh", "very-high", "very high"),
        ("victim-contact", "no-victim-contact", "no victim contact"),
        ("sentence-start", "2026-01-30", "Fri 30 Jan 2026"),
        ("custody-start", "2026-01-30T17:10", "Fri 30 Jan 2026 17:10"),
        ("custody-start", "2026-01-30", "Fri 30 Jan 2026"),
        ("hearing-month", "2026-09", "September 2026"),
        ("sentence-start", "not a date", "not a date"),
        ("offence", "Burglary", "Burglary"),
        ("imprisonment-status", "S47MHA", "S47MHA"),
        ("no-such-fact", "as it is", "as it is"),
    ],
)
def test_a_value_is_said_as_people_say_it(fact: str, value: str, words: str) -> None:
    assert fact_words(fact, value) == words
