"""What can go wrong with the record, each in a sentence somebody can act on.

Every error carries the exit status the command line gives it (cli.md): 1 checked and something is
wrong, 2 the request is wrong, 3 not signed in or not allowed, 4 the record is missing, busy, damaged
or changed by somebody else first, 70 our own fault. Drivers and Peewee are never imported here: their
errors are told by the codes they carry, so that showing help costs no database.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class RecordError(Exception):
    """The family. `sentence` says what is wrong and what to do; `exit_status` is the command line's answer."""

    exit_status = 4

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CheckFailed(RecordError):
    """Something was checked (verify, doctor, a strict import) and is wrong."""

    exit_status = 1


class Invalid(RecordError):
    """The request or its input is wrong; `field` names the field at fault, if it was one."""

    exit_status = 2

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(Invalid):
    """No such person, staff, duty or row."""


class Ambiguous(Invalid):
    """Several things answer to what was asked for; `choices` lists them."""

    def __init__(self, sentence: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.choices = choices


class AlreadyThere(Invalid):
    """There is one of that name already: a record in this directory, a user, a slot."""


class NotAllowed(RecordError):
    """This role may not do that (record.md, Staff, users, roles)."""

    exit_status = 3


class NotSignedIn(RecordError):
    """Nobody is signed in, or the record was locked meanwhile."""

    exit_status = 3


class WrongPassword(NotSignedIn):
    """No slot opens with that user name and password; which of the two was wrong is not said."""


class TooSoon(NotSignedIn):
    """Too many failures: wait `seconds` (whole seconds, at least 1) before trying again."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class Stale(RecordError):
    """Somebody else replaced the same row first: `mine` is what was to be written, `theirs` what stands now.

    `now`: the id of the row that stands now, for somebody who has seen both and chooses.
    """

    def __init__(
        self,
        sentence: str = "Somebody else changed this first. Look at both versions and choose.",
        mine: object = None,
        theirs: object = None,
        now: str = "",
    ) -> None:
        super().__init__(sentence)
        self.mine = mine
        self.theirs = theirs
        self.now = now


class RecordMissing(RecordError):
    """There is no record where one was looked for."""


class RecordBusy(RecordError):
    """Another process holds the record longer than the busy timeout; nothing was written."""


class RecordDamaged(RecordError):
    """The record, its key slots or a backup does not read back as it was written."""


class WrongRecord(RecordError):
    """The file is whole, but it is not a Wingdesk record, or not this one."""


class WrongKey(WrongRecord):
    """The key does not belong to this record."""


class NewerRecord(WrongRecord):
    """A newer Wingdesk wrote this record."""


class NetworkShare(RecordError):
    """The record is on a network share, where its write-ahead log cannot be trusted."""


class DiskFull(RecordError):
    """There is no room; nothing of the last command was written."""


class DiskFailed(RecordError):
    """The disk refused to read or write; nothing of the last command was written."""


class ReadOnly(RecordError):
    """The record, or its directory, may not be written."""


class OurFault(RecordError):
    """A mistake in the program itself; nothing was written."""

    exit_status = 70


BUSY = "Another program is using the record. Nothing was written; try again in a moment."
DAMAGED = "The record is damaged. Stop working in it, and restore the newest good backup."
FULL = "The disk is full. Nothing of this was written; make room, then try again."
FAILED = "The disk refused to read or write the record. Nothing of this was written; check the disk, then try again."
READ_ONLY = "The record cannot be written. Check who owns its directory and its files, then try again."
LOCKED = "The record is locked. Sign in again."
FAULT = "Wingdesk made a mistake and wrote nothing. Please report it, with what you were doing."

_BY_CODE: dict[int, tuple[type[RecordError], str]] = {
    sqlite3.SQLITE_BUSY: (RecordBusy, BUSY),
    sqlite3.SQLITE_LOCKED: (RecordBusy, BUSY),
    sqlite3.SQLITE_PROTOCOL: (RecordBusy, BUSY),
    sqlite3.SQLITE_FULL: (DiskFull, FULL),
    sqlite3.SQLITE_IOERR: (DiskFailed, FAILED),
    sqlite3.SQLITE_READONLY: (ReadOnly, READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: (ReadOnly, READ_ONLY),
    sqlite3.SQLITE_PERM: (ReadOnly, READ_ONLY),
    sqlite3.SQLITE_CORRUPT: (RecordDamaged, DAMAGED),
    sqlite3.SQLITE_NOTADB: (RecordDamaged, DAMAGED),
    sqlite3.SQLITE_FORMAT: (RecordDamaged, DAMAGED),
    sqlite3.SQLITE_INTERRUPT: (NotSignedIn, LOCKED),
}

_BY_ERRNO: dict[int, tuple[type[RecordError], str]] = {
    errno.ENOSPC: (DiskFull, FULL),
    errno.EFBIG: (DiskFull, FULL),
    errno.EDQUOT: (DiskFull, FULL),
    errno.EROFS: (ReadOnly, READ_ONLY),
    errno.EACCES: (ReadOnly, READ_ONLY),
    errno.EPERM: (ReadOnly, READ_ONLY),
    errno.EISDIR: (ReadOnly, READ_ONLY),
    errno.ENOTDIR: (RecordMissing, "There is no record there: part of the path is a file, not a directory."),
    errno.ENOENT: (RecordMissing, "There is no record there. Check the directory, or make one with wingdesk init."),
    errno.EIO: (DiskFailed, FAILED),
}

# Windows has none of these POSIX conditions under another name worth telling apart.
_DRIVERS = ("peewee", "playhouse", "sqlcipher3", "sqlite3", "psycopg")


def translate(error: BaseException) -> RecordError | None:
    """The member of the family that says what `error` means, or None where it is neither database nor file trouble.

    The cause is looked for along the chain: on a full disk Peewee surfaces ``cannot rollback - no
    transaction is active`` and the truth is in ``__context__``.
    """
    if isinstance(error, RecordError):
        return error
    if isinstance(error, OSError):
        kind, sentence = _BY_ERRNO.get(error.errno or 0, (DiskFailed, FAILED))
        return kind(sentence)
    if type(error).__module__.partition(".")[0] not in _DRIVERS:
        return None
    for each in _chain(error):
        found = _known(each)
        if found is not None:
            return found
    return OurFault(FAULT)


@contextmanager
def translating() -> Iterator[None]:
    """Inside, database and file trouble leaves as a member of the family, with the original as its cause."""
    try:
        yield
    except RecordError:
        raise
    except Exception as error:
        told = translate(error)
        if told is None:
            raise
        raise told from error


def _chain(error: BaseException) -> Iterator[BaseException]:
    """`error`, what Peewee wrapped in it, and what it was raised from; nearest first, each once.

    What it was raised *during* counts only for a failed roll-back: anything else there was dealt with already.
    """
    waiting: list[BaseException | None] = [error]
    seen = set[int]()
    while waiting:
        each = waiting.pop(0)
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [getattr(each, "orig", None), each.__cause__]
        if "cannot rollback" in str(each):
            waiting.append(each.__context__)


def _known(error: BaseException) -> RecordError | None:
    if isinstance(error, RecordError):
        return error
    code = getattr(error, "sqlite_errorcode", None)
    words = str(error)
    if isinstance(code, int):
        # Extended codes keep the primary one in their lowest byte.
        primary = code & 0xFF
        if primary == sqlite3.SQLITE_CONSTRAINT and "entry.replaces" in words:
            return Stale()
        if primary in _BY_CODE:
            kind, sentence = _BY_CODE[primary]
            return kind(sentence)
    if "closed database" in words:
        return NotSignedIn(LOCKED)
    return None
