"""One environment for every test: no colour settings, no local time zone, no chance."""

import importlib
import os
import sys
import time

import pytest
from hypothesis import settings

SNAPSHOT_PYTHON = (3, 11)
"""The one Python version whose pictures are kept; the others compare with them."""

_SCRUBBED = (
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "COLUMNS",
    "ESCDELAY",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
)
_SCRUBBED_PREFIXES = ("TEXTUAL_", "WINGDESK_")
_KEPT_PREFIX = "TEXTUAL_SNAPSHOT_"
"""How the snapshot plugin tells the workers where its report goes."""


def _fix_environment() -> None:
    """Take out of the environment whatever would change what is drawn or where a record is looked for."""
    for name in list(os.environ):
        if name in _SCRUBBED or (name.startswith(_SCRUBBED_PREFIXES) and not name.startswith(_KEPT_PREFIX)):
            del os.environ[name]
    os.environ["TZ"] = "Europe/London"
    if hasattr(time, "tzset"):
        time.tzset()
    # The snapshot plugin imports Textual before this file is read, and Textual reads its settings on import.
    if (constants := sys.modules.get("textual.constants")) is not None:
        importlib.reload(constants)


_fix_environment()

settings.register_profile("wingdesk", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("wingdesk")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to redraw pictures on a Python whose pictures nobody else compares with."""
    if config.getoption("update_snapshots") and sys.version_info[:2] != SNAPSHOT_PYTHON:
        wanted = ".".join(map(str, SNAPSHOT_PYTHON))
        raise pytest.UsageError(f"Snapshots are only updated on Python {wanted}; this is {sys.version.split()[0]}.")
