"""What each movement records, whom it fits, and what the rules make of how somebody left."""

from datetime import date, datetime

import pytest

from policy.codes import codes
from policy.facts import facts, normal
from policy.moves import LEAVING, RECEPTIONS, facts_of, moves, whereabouts
from tests.policy.people import SENTENCED, duty, happened, person, stands

DAY = date(2026, 3, 2)
INSIDE = f"{SENTENCED}; arrival=2025-11-10; custody-start=2025-11-10; conditional-release=2026-05-22"


@pytest.mark.parametrize("name", moves())
def test_every_movement_records_facts_there_are_with_values_they_can_have(name: str) -> None:
    for fact, value in facts_of(name, DAY, "B-1", {"away": "hospital", "left": "2026-01-01", "left-how": "released"}):
        assert fact in facts()
        assert value is None or normal(fact, value) == value


@pytest.mark.parametrize(("present", "status", "where"), [
    (True, "ACTIVE IN", "here"), (True, "", "here"), (True, "ACTIVE OUT", "out"), (True, "TRN", "out"),
    (False, "ACTIVE IN", "away"),
])  # fmt: skip
def test_where_somebody_is_as_far_as_movements_go(present: bool, status: str, where: str) -> None:
    assert whereabouts(present, status) == where


def test_receptions_are_for_those_away_and_everything_else_for_those_present() -> None:
    assert {name for name, move in moves().items() if move.fits("away")} == set(RECEPTIONS)
    assert not [name for name, move in moves().items() if move.fits("away") and move.fits("here")]


def test_every_place_somebody_is_sent_out_to_has_words() -> None:
    out = {move.sets["movement"] for move in moves().values() if move.sets.get("status") == "ACTIVE OUT"}
    assert out <= codes().out.keys()


def test_every_way_of_leaving_is_a_value_of_the_fact() -> None:
    assert set(LEAVING) == set(facts()["left-how"].values)


def test_a_clock_time_is_kept_for_a_custody_start() -> None:
    found = dict(facts_of("received", datetime(2026, 3, 2, 16, 40), "", {}))
    assert (found["custody-start"], found["arrival"]) == ("2026-03-02T16:40", "2026-03-02")


def test_coming_back_ends_only_what_was() -> None:
    assert "away" not in dict(facts_of("back", DAY, "", {}))
    assert dict(facts_of("back", DAY, "", {"away": "hospital"}))["away"] == "no"


@pytest.mark.parametrize(
    ("gone", "how", "state"),
    [
        ("2026-05-20", "?", "not-applicable"),
        ("2026-05-21", "?", "failed"),
        ("2026-05-22", "?", "failed"),
        ("2026-03-02", "released", "failed"),
        ("2026-05-22", "transferred", "not-applicable"),
        ("2026-05-22", "died", "not-applicable"),
    ],
)
def test_what_was_to_be_done_before_release_fails_only_by_release(gone: str, how: str, state: str) -> None:
    case = person(f"{INSIDE}; left-how={how}", gone=gone)
    assert stands(case, "pre-release-review", "2026-06-01") == state


@pytest.mark.parametrize(("how", "live"), [("transferred", True), ("released", False), ("died", False), ("?", False)])
def test_telling_the_offender_manager_outlasts_a_transfer_and_nothing_else(how: str, live: bool) -> None:
    moved = happened("move", "m1", "2026-03-02")
    case = person(f"{INSIDE}; left-how={how}; offender-manager=P Dunn", events=[moved], gone="2026-03-02")
    due = duty(case, "move-notified:m1", "2026-03-02")
    assert (due.base == "live") is live
    assert not live or due.due == date(2026, 3, 3)
