"""Files of the record: where each one is, and how one is written so that it is whole or not there at all."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from db.errors import Invalid

SQLITE_SIDES = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of one record, by name."""

    directory: Path

    @property
    def record(self) -> Path:
        """The encrypted database."""
        return self.directory / "record.db"

    @property
    def keys(self) -> Path:
        """The key slots."""
        return self.directory / "keys.json"

    @property
    def tries(self) -> Path:
        """Failed sign-ins, kept apart so that counting one never rewrites a slot."""
        return self.directory / "tries.json"

    @property
    def backups(self) -> Path:
        """The directory backups rotate in."""
        return self.directory / "backups"

    @property
    def settings(self) -> Path:
        """The record's own settings."""
        return self.directory / "settings.toml"

    @property
    def log(self) -> Path:
        """The program's log."""
        return self.directory / "log"

    @property
    def held(self) -> Path:
        """Held by everybody who has the record open, so that a restore can see that nobody has."""
        return self.directory / "record.lock"

    @property
    def incoming(self) -> Path:
        """A restore that was decided and only has to be moved into place."""
        return self.directory / "restore.ready"


def private_directory(directory: Path) -> None:
    """Make `directory`, readable by its owner only. One that exists already is left as it is.

    Raises Invalid where that place can hold none.
    """
    if not directory.is_dir():
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        except (FileNotFoundError, FileExistsError, NotADirectoryError) as error:
            raise Invalid(f"{directory} cannot be made a directory: {error.strerror}. Nothing was written.") from error


def private_file(path: Path) -> None:
    """Make an empty file only its owner may read; FileExistsError if there is one."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def make_private(path: Path) -> None:
    """Take everybody else's rights to `path` away, if there is such a file and they had any."""
    if os.name == "posix" and path.exists() and path.stat().st_mode & 0o077:
        path.chmod(0o600)


def write_whole(path: Path, content: bytes) -> None:
    """Replace `path` by `content`: after a crash it is the old one or the new one, never a mixture."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def sync_file(path: Path) -> None:
    """Have what was written to `path` on the disk before this returns."""
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def sync_directory(directory: Path) -> None:
    """Have the names in `directory` on the disk before this returns; Windows does so by itself."""
    if os.name == "posix":
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_database(path: Path) -> None:
    """Remove a database with its side files; old ones left behind would bring old rows back."""
    for side in ("", *SQLITE_SIDES):
        path.with_name(path.name + side).unlink(missing_ok=True)


def settle(directory: Path) -> None:
    """Finish a restore that was decided but not yet moved into place; does nothing otherwise.

    May be called again after a crash at any point: what is there is moved aside with its side files
    before its successor comes in, and what came in already is not touched again.
    """
    layout = Layout(directory)
    if not layout.incoming.is_dir():
        return
    with one_at_a_time(directory / "restore.lock"):
        if not layout.incoming.is_dir():
            return
        note = layout.incoming / "aside"
        if note.exists():
            _bring_in(layout, directory / note.read_text("utf-8").strip())
        for left in layout.incoming.iterdir():
            left.unlink()
        layout.incoming.rmdir()
        sync_directory(directory)


def _bring_in(layout: Layout, aside: Path) -> None:
    private_directory(aside)
    for place in (layout.record, layout.keys):
        successor = layout.incoming / place.name
        if not successor.exists():
            continue
        for name in (*(place.name + side for side in SQLITE_SIDES), place.name):
            if (layout.directory / name).exists():
                (layout.directory / name).replace(aside / name)
        successor.replace(place)
        sync_directory(layout.directory)


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold `path` so that only one process at a time reads, changes and replaces what it guards."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        # Closing lets go; a killed process lets go too.
        os.close(descriptor)


def hold(path: Path, *, alone: bool = False) -> int | None:
    """Hold `path`, beside others or `alone`, until `let_go`; None if that cannot be had now.

    Told apart by opening, not by process, so two holders in one process see each other. On Windows nothing is
    held: there a file that is open cannot be moved in any case.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
    return descriptor


def let_go(held: int | None) -> None:
    """Let go of what `hold` gave."""
    if held is not None:
        os.close(held)
