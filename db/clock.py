"""The only reader of the real clock below `app`: UTC stamps for rows, audit lines and backups."""

from datetime import UTC, datetime, timedelta

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def stamp(after: str = "") -> str:
    """Now, in UTC, to the microsecond, as text that sorts by time: ``2026-05-22T10:11:12.123456Z``.

    Where the clock was set back it is just after the stamp `after`, so that what is recorded later sorts later.
    """
    now = datetime.now(UTC).strftime(_FORM)
    return now if now > after else (read_stamp(after) + timedelta(microseconds=1)).strftime(_FORM)


def read_stamp(text: str) -> datetime:
    """A stamp as a date-time in UTC; ValueError if it is not one."""
    return datetime.strptime(text, _FORM).replace(tzinfo=UTC)
