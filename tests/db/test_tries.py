"""Failed sign-ins: what they cost, across restarts and clocks."""

from pathlib import Path

import pytest

from db.errors import (
    ReadOnly,
    TooSoon,
    WrongPassword,
)
from db.keyring import Keyring
from db.slots import Cost
from db.tries import delay

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PASSWORD = "three words do well"
OTHER = "four words do better"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ring(tmp_path: Path, clock: Clock) -> Keyring:
    return Keyring(tmp_path / "record", cost=CHEAP, clock=clock)


def fail(ring: Keyring, times: int, user: str = "lyn") -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            ring.unlock(user, "not the password")


def test_a_stranger_and_a_wrong_password_get_the_same_answer(ring: Keyring) -> None:
    ring.create("lyn", PASSWORD)
    said = set()
    for user in ("lyn", "nobody"):
        with pytest.raises(WrongPassword) as caught:
            ring.unlock(user, "not the password")
        said.add(caught.value.sentence)
    assert len(said) == 1


def test_a_stranger_is_refused_even_with_the_recovery_code_as_password(ring: Keyring) -> None:
    _, code = ring.create("lyn", PASSWORD)
    with pytest.raises(WrongPassword):
        ring.unlock("nobody", code.replace("-", ""))


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (2, 0), (3, 5), (4, 10), (5, 20), (9, 320), (10, 640), (11, 900), (12, 900), (10_000, 900)],
)
def test_the_wait_doubles_from_the_third_failure_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert delay(failures) == seconds


def test_the_third_failure_makes_one_wait_even_with_the_right_password(ring: Keyring) -> None:
    ring.create("lyn", PASSWORD)
    fail(ring, 3)
    with pytest.raises(TooSoon) as caught:
        ring.unlock("lyn", PASSWORD)
    assert caught.value.seconds == 5
    assert caught.value.exit_status == 3


def test_the_wait_is_over_when_its_seconds_have_passed(ring: Keyring, clock: Clock) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    fail(ring, 3)
    clock.now += 4
    with pytest.raises(TooSoon):
        ring.unlock("lyn", PASSWORD)
    clock.now += 1
    assert ring.unlock("lyn", PASSWORD) == key


def test_a_try_during_the_wait_does_not_make_it_longer(ring: Keyring, clock: Clock) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    fail(ring, 3)
    for _ in range(5):
        with pytest.raises(TooSoon):
            ring.unlock("lyn", "not the password")
    clock.now += 5
    assert ring.unlock("lyn", PASSWORD) == key


def test_the_failures_are_still_counted_after_a_restart(ring: Keyring, tmp_path: Path, clock: Clock) -> None:
    ring.create("lyn", PASSWORD)
    fail(ring, 3)
    with pytest.raises(TooSoon):
        Keyring(tmp_path / "record", clock=clock).unlock("lyn", PASSWORD)


def test_a_try_that_was_killed_is_counted(
    ring: Keyring, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.create("lyn", PASSWORD)
    fail(ring, 2)

    def killed(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("db.slots.unwrap", killed)
        with pytest.raises(KeyboardInterrupt):
            ring.unlock("lyn", PASSWORD)
    with pytest.raises(TooSoon):
        ring.unlock("lyn", PASSWORD)


def test_signing_in_forgets_the_failures(ring: Keyring) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    fail(ring, 2)
    ring.unlock("lyn", PASSWORD)
    fail(ring, 2)
    assert ring.unlock("lyn", PASSWORD) == key


def test_one_users_failures_do_not_keep_another_out(ring: Keyring) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    ring.add(key, "sam", OTHER)
    fail(ring, 3, "sam")
    assert ring.unlock("lyn", PASSWORD) == key


def test_strangers_share_one_count(ring: Keyring) -> None:
    ring.create("lyn", PASSWORD)
    for name in ("ann", "ben", "cat"):
        fail(ring, 1, name)
    with pytest.raises(TooSoon):
        ring.unlock("dan", PASSWORD)


def test_a_clock_set_back_neither_ends_the_wait_nor_makes_it_endless(ring: Keyring, clock: Clock) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    fail(ring, 3)
    clock.now -= 500_000
    with pytest.raises(TooSoon) as caught:
        ring.unlock("lyn", PASSWORD)
    assert caught.value.seconds == 5
    clock.now += 5
    assert ring.unlock("lyn", PASSWORD) == key


def test_a_spoilt_count_of_failures_keeps_nobody_out(ring: Keyring, tmp_path: Path) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    (tmp_path / "record" / "tries.json").write_bytes(b"\x00\xff")
    assert ring.unlock("lyn", PASSWORD) == key


def test_a_try_that_cannot_be_counted_is_not_made(
    ring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.create("lyn", PASSWORD)

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("db.tries.write_whole", refused)
    with pytest.raises(ReadOnly):
        ring.unlock("lyn", PASSWORD)
