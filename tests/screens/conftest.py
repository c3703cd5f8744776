"""The small prison, made once a session: empty, filled, and a copy for whoever changes it."""

from pathlib import Path

import pytest

from app import rooms
from screens import path_field
from tests.screens.desk import ELSEWHERE
from tests.screens.prison import Prison, filled, found
from widgets import looks
from widgets.looks import Look

REAL = {name: rooms.SCREENS[name] for name in ELSEWHERE}


@pytest.fixture(scope="session")
def empty_prison(tmp_path_factory: pytest.TempPathFactory) -> Prison:
    """A record with users and nobody in it; for reading only."""
    return found(tmp_path_factory.mktemp("prison") / "empty")


@pytest.fixture(scope="session")
def filled_prison(empty_prison: Prison, tmp_path_factory: pytest.TempPathFactory) -> Prison:
    """Eight people, six of them J Carter's; what the others are copied from."""
    return filled(empty_prison, tmp_path_factory.mktemp("prison") / "filled")


@pytest.fixture
def prison(filled_prison: Prison, tmp_path_factory: pytest.TempPathFactory) -> Prison:
    """The same, to be read: even reading leaves behind which cases were opened last."""
    return filled_prison.copy(tmp_path_factory.mktemp("prison") / "record")


@pytest.fixture
def own_prison(filled_prison: Prison, tmp_path: Path) -> Prison:
    """The same, to be changed."""
    return filled_prison.copy(tmp_path / "record")


@pytest.fixture
def new_prison(empty_prison: Prison, tmp_path: Path) -> Prison:
    """The empty one, to be changed."""
    return empty_prison.copy(tmp_path / "record")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rooms and forms of other screens only say how they were opened; every file is looked for from home on."""
    looks.use(Look())
    for name, made in ELSEWHERE.items():
        monkeypatch.setitem(rooms.SCREENS, name, made)
    monkeypatch.setattr(path_field, "_last", "")


@pytest.fixture
def real_forms(elsewhere: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `elsewhere`, but rooms and forms are the real ones."""
    for name, made in REAL.items():
        monkeypatch.setitem(rooms.SCREENS, name, made)
