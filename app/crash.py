"""What happens when the program itself fails: a sentence for the user, and a log entry that names nobody.

Textual would print a traceback with the values of local variables, and with them people's names.
The log holds the kind of error and the places in the code, never a message or a value.
"""

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

LOG = "log"

_PLACES = 30


def note(error: BaseException, directory: Path) -> Path | None:
    """Add `error` to the log in the record's directory, without data; gives the log, None if it cannot be written."""
    file = directory / LOG
    lines = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {_kinds(error)}", *_places(error)]
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with open(descriptor, "a", encoding="utf-8") as log:
            log.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return file


def sentence(log: Path | None) -> str:
    """What the user is told after a failure: what became of their work, and what to do."""
    told = (
        "Wingdesk had to stop because of a fault of its own.\n"
        "Everything you saved is in the record. A form you were filling in was kept as a draft, "
        "and is offered when you open it again.\n"
        "Start Wingdesk again to go on."
    )
    if log is not None:
        told += f" Whoever looks after it finds the details, with nobody's name in them, in {log}"
    return told


def _kinds(error: BaseException) -> str:
    kinds = [type(error).__qualname__]
    cause = error.__cause__ or error.__context__
    while cause is not None and len(kinds) < 5:
        kinds.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    return " from ".join(kinds)


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-_PLACES:]
    return [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(filename: str) -> str:
    # The last parts tell the module; the first ones hold the user's home directory.
    return "/".join(Path(filename).parts[-3:])
