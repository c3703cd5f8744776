"""The only reader of the real clock below `app`: UTC stamps for rows, audit lines and backups."""

from datetime import UTC, datetime


def stamp() -> str:
    """Now, in UTC, to the microsecond, as text that sorts by time: ``2026-05-22T10:11:12.123456Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_stamp(text: str) -> datetime:
    """A stamp as a date-time in UTC; ValueError if it is not one."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
