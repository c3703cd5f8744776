"""Whatever is recorded, in whatever order, evaluation answers; and time alone changes nothing before it says so."""

from datetime import date, datetime, timedelta

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from policy.case import CONCERN, MET, SIGNIFICANT_CHANGE, Case, Event, Version, Waiver
from policy.due import LIVE, SAFETY, UNKNOWN
from policy.duties import evaluate
from policy.facts import Fact, Value, facts
from policy.release import contradictions, release_words
from policy.rulebook import rulebook

BOOK = rulebook()
TODAY = date(2026, 3, 2)
NEAR = st.dates(TODAY - timedelta(days=900), TODAY + timedelta(days=900))
PAST = st.dates(TODAY - timedelta(days=900), TODAY)
KINDS = (
    CONCERN,
    SIGNIFICANT_CHANGE,
    "irmm",
    "objective",
    "move",
    "referral",
    "iag-request",
    "activity",
    "recall-decision",
    "licence-change",
)
TEXTS = ("British", "Polish", "Not known", "A Khan", "no money", "…")


def values(fact: Fact) -> st.SearchStrategy[Value]:
    if fact.choices:
        return st.sampled_from(fact.choices)
    if fact.type == "date":
        return NEAR | st.dates(date(1950, 1, 1), date(2060, 1, 1)) | st.just(date(2004, 2, 29))
    if fact.type == "date-time":
        return NEAR | st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1))
    if fact.type == "month":
        return NEAR.map(lambda day: day.replace(day=1))
    if fact.type == "length":
        return st.sampled_from(("4y", "4y 1d", "12m", "11m", "364d", "90d"))
    return st.sampled_from(TEXTS)


def versions(fact: Fact) -> st.SearchStrategy[tuple[Version, ...]]:
    one = st.builds(Version, st.none() | values(fact) | values(fact), st.none() | PAST | PAST)
    return st.lists(one, min_size=1, max_size=3).map(tuple)


FACTS = st.fixed_dictionaries({}, optional={name: versions(fact) for name, fact in facts().items()})
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "received": PAST.map(date.isoformat),
        "target": NEAR.map(date.isoformat),
        "date": NEAR.map(date.isoformat) | st.just("soon"),
        "owner": st.sampled_from(("HC", "CRC", "nobody")),
    },
)
DONE = st.builds(Event, st.just(MET), st.sampled_from(list(BOOK.rules)), PAST, FIELDS, st.booleans())
HAPPENED = st.builds(Event, st.sampled_from(KINDS), st.sampled_from(("a", "b")), PAST, FIELDS)
WAIVERS = st.builds(Waiver, st.sampled_from(list(BOOK.rules)), st.just(""), PAST, st.just("why"), st.just(""))
CASES = st.builds(
    Case,
    st.just("A1234BC"),
    FACTS,
    st.lists(DONE | HAPPENED, max_size=12).map(lambda found: tuple(sorted(found, key=lambda event: event.day))),
    st.just(()),
    st.lists(WAIVERS, max_size=2).map(tuple),
    st.none() | st.none() | st.none() | NEAR,
    st.none() | PAST,
)


@given(CASES)
def test_evaluation_never_fails_and_every_rule_answers(case: Case) -> None:
    found = evaluate(case, TODAY, BOOK, every=True)
    assert {due.id for due in found.duties} == BOOK.rules.keys()
    assert release_words(found.reading)
    assert all(sentence.endswith(".") for sentence in contradictions(found.reading))


@given(CASES)
def test_every_duty_says_why_and_each_is_named_once(case: Case) -> None:
    found = evaluate(case, TODAY, BOOK, every=True).duties
    assert [due.id for due in found if not due.why.strip()] == []
    names = [(due.id, due.key) for due in found]
    assert len(names) == len(set(names))


@given(CASES)
def test_what_cannot_be_told_names_a_missing_fact_or_says_to_check_the_file(case: Case) -> None:
    for due in evaluate(case, TODAY, BOOK).duties:
        if due.base == UNKNOWN:
            assert due.missing or "check the file" in due.why
        assert set(due.missing) <= facts().keys()


@given(CASES)
def test_nothing_outstanding_waits_on_a_fact_that_is_missing(case: Case) -> None:
    for due in evaluate(case, TODAY, BOOK).duties:
        if due.base in (LIVE, SAFETY):
            assert due.missing == ()


@given(CASES, st.integers(1, 500))
def test_until_the_day_to_look_again_time_alone_changes_nothing(case: Case, days: int) -> None:
    assume(not any(version.value not in (None, "no") for version in case.facts.get("away", ())))
    found = evaluate(case, TODAY, BOOK, every=True)
    last = TODAY + timedelta(days=days)
    if found.recheck_on is not None:
        assert found.recheck_on > TODAY
        last = min(last, found.recheck_on - timedelta(days=1))
    assert evaluate(case, last, BOOK, every=True).duties == found.duties


@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_the_rules_makes_no_difference(case: Case, chance: object) -> None:
    names = list(BOOK.rules)
    chance.shuffle(names)  # type: ignore[attr-defined]
    shuffled = msgspec.structs.replace(BOOK, rules={name: BOOK.rules[name] for name in names})
    by_name = {(due.id, due.key): due for due in evaluate(case, TODAY, shuffled, every=True).duties}
    for due in evaluate(case, TODAY, BOOK, every=True).duties:
        assert by_name[due.id, due.key] == due


@given(CASES)
def test_the_short_answer_is_the_full_one_without_what_does_not_apply(case: Case) -> None:
    full = evaluate(case, TODAY, BOOK, every=True).duties
    assert evaluate(case, TODAY, BOOK).duties == tuple(due for due in full if due.base != "not-applicable")
