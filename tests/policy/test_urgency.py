"""What today makes of a duty, and where that stands in the order of the caseload."""

from datetime import date, timedelta

import pytest

from policy.urgency import FORCE_ORDER, rank, state

TODAY = date(2026, 3, 2)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("opens", "due", "found"),
    [
        (-9, -1, "overdue"),
        (-9, 0, "today"),
        (-9, 1, "week"),
        (-9, 7, "week"),
        (-9, 8, "open"),
        (0, 8, "open"),
        (1, 8, "later"),
        (1, 7, "week"),
    ],
)
def test_a_live_duty_is_late_today_this_week_open_or_later(opens: int, due: int, found: str) -> None:
    assert state("live", ahead(opens), ahead(due), TODAY) == found


@pytest.mark.parametrize(("opens", "found"), [(0, "open"), (-3, "open"), (1, "later"), (None, "open")])
def test_a_live_duty_without_a_due_date_is_open_once_it_opens(opens: int | None, found: str) -> None:
    assert state("live", None if opens is None else ahead(opens), None, TODAY) == found


@pytest.mark.parametrize("base", ["safety", "met", "waived", "failed", "unknown", "not-applicable"])
def test_what_is_not_live_keeps_its_state_whatever_the_day(base: str) -> None:
    assert state(base, ahead(-9), ahead(-1), TODAY) == base


@pytest.mark.parametrize(
    ("found", "force", "place"),
    [
        ("safety", "mandatory", 1),
        ("overdue", "mandatory", 2),
        ("overdue", "expected", 2),
        ("today", "mandatory", 3),
        ("today", "expected", 3),
        ("overdue", "local", 4),
        ("today", "local", 4),
        ("week", "mandatory", 5),
        ("week", "local", 5),
        ("unknown", "expected", 6),
        ("open", "mandatory", 7),
        ("later", "local", 8),
        ("met", "mandatory", None),
        ("waived", "mandatory", None),
        ("failed", "mandatory", None),
        ("not-applicable", "mandatory", None),
    ],
)
def test_each_state_has_its_place_in_the_order(found: str, force: str, place: int | None) -> None:
    assert rank(found, force) == place


def test_mandatory_stands_before_expected_before_local() -> None:
    assert sorted(FORCE_ORDER, key=FORCE_ORDER.__getitem__) == ["mandatory", "expected", "local"]
