"""Every test of the shell begins in the same look, among the stand-in screens."""

import pytest

from app import rooms
from tests.app.fakes import SCREENS, FakeContact
from widgets import looks
from widgets.looks import Look


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Full, dark, Unicode; a caseload of one person, and a form that can be saved."""
    looks.use(Look())
    monkeypatch.setattr(rooms, "SCREENS", SCREENS)
    FakeContact.saved = []
