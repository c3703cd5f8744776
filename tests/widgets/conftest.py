"""Every test begins in the same look, whatever the one before it was dressed in."""

import pytest

from widgets import looks
from widgets.looks import Look


@pytest.fixture(autouse=True)
def plain_look() -> None:
    """Full, dark, Unicode."""
    looks.use(Look())
