"""Failed sign-ins, counted across restarts, and how long each makes one wait.

Counted before a password is tried, so that killing the program in the middle does not win another try.
"""

import math
from pathlib import Path

import msgspec

from db.errors import TooSoon
from db.files import one_at_a_time, write_whole

FREE = 3
FIRST_SECONDS = 5
LONGEST_SECONDS = 15 * 60


class _Count(msgspec.Struct, frozen=True):
    failures: int
    last: float


def delay(failures: int) -> int:
    """Seconds to wait after so many failures in a row: none for the first two, then 5, 10, 20 ... up to 15 minutes."""
    if failures < FREE:
        return 0
    return int(min(FIRST_SECONDS * 2 ** min(failures - FREE, 20), LONGEST_SECONDS))


def begin(path: Path, name: str, now: float) -> None:
    """Count one try of the slot `name` at `now` (seconds since 1970); TooSoon, uncounted, while it must wait.

    A clock set back starts the wait again: it neither ends it nor makes it endless.
    """
    with one_at_a_time(path.with_suffix(".lock")):
        counts = _load(path)
        before = counts.get(name, _Count(0, 0.0))
        if before.last > now:
            before = _Count(before.failures, now)
            _save(path, {**counts, name: before})
        wait = math.ceil(before.last + delay(before.failures) - now)
        if before.failures and wait > 0:
            raise TooSoon(f"Too many tries with the wrong password. Wait {_words(wait)}, then try again.", wait)
        _save(path, {**counts, name: _Count(before.failures + 1, now)})


def failed(path: Path, name: str) -> int:
    """How many tries of the slot `name` have failed in a row."""
    found = _load(path).get(name)
    return found.failures if found else 0


def succeeded(path: Path, name: str) -> None:
    """Forget the failures of the slot `name`."""
    with one_at_a_time(path.with_suffix(".lock")):
        counts = _load(path)
        counts.pop(name, None)
        _save(path, counts)


def _load(path: Path) -> dict[str, _Count]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, _Count])
    except FileNotFoundError:
        return {}
    except msgspec.DecodeError:
        # Only a count: losing it must not keep everybody out of a whole record.
        return {}


def _save(path: Path, counts: dict[str, _Count]) -> None:
    write_whole(path, msgspec.json.encode(counts) + b"\n")


def _words(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{math.ceil(seconds / 60)} minutes"
