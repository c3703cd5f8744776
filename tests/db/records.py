"""A small open record for tests of views and commands: cheap keys, people taken in from fields."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from db import commands, current, door
from db.intake import take_in
from db.keyring import Keyring
from db.rows import Actor, Intake, Role
from db.slots import Cost
from tests.app.command_line import PASSWORD, person

TODAY = date(2026, 3, 2)
CHEAP = Cost(8, 1, 1)


def opened(directory: Path) -> Actor:
    """A new record, open; its manager."""
    ring = Keyring(directory / "record", cost=CHEAP)
    actor, _ = door.make_record(directory / "record", "HMP Example", "MDI", "manager", "M Shah", PASSWORD, TODAY, ring)
    return actor


def staffed(manager: Actor, id: str, role: Role) -> Actor:
    """Another member of staff, as who they act; their sign-in is not needed here."""
    commands.add_staff(manager, id, id.title(), None, TODAY)
    return Actor(id, id.title(), role, "test")


def taken_in(manager: Actor, directory: Path, *people: dict[str, Any], today: date = TODAY, **more: Any) -> Intake:
    """Take these people in."""
    file = directory / "extract.json"
    file.write_text(json.dumps(list(people)), encoding="utf-8")
    return take_in(manager, file, today, already_here=more.pop("already_here", "late"), **more)


def closed() -> None:
    """Close the record."""
    current.stand_up()


__all__ = ["TODAY", "closed", "opened", "person", "staffed", "taken_in"]
