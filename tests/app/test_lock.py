import time

import pytest

from app.lock import IdleClock, awake_or_asleep
from tests.app.fakes import Clock


@pytest.mark.parametrize(("seconds", "expired"), [(299.9, False), (300.0, True), (300.1, True)])
def test_the_idle_clock_expires_after_its_minutes(seconds: float, expired: bool) -> None:
    clock = Clock()
    idle = IdleClock(5, clock)
    clock.seconds = seconds
    assert idle.expired is expired


def test_a_key_starts_the_idle_clock_again() -> None:
    clock = Clock()
    idle = IdleClock(1, clock)
    clock.seconds = 59
    idle.stamp()
    clock.seconds = 60 + 58
    assert not idle.expired
    clock.seconds = 60 + 59
    assert idle.expired


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="only Linux has a clock of that name")
def test_the_clock_is_the_one_that_counts_suspended_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "clock_gettime", lambda clock: 7.0 if clock == time.CLOCK_BOOTTIME else 0.0)
    assert awake_or_asleep() == 7.0
