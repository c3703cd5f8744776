"""A small prison in a real record: made once, copied for whoever changes it."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

from db import commands, door, intake
from db.keyring import Keyring
from db.rows import Actor, Contact, Role
from db.slots import Cost

TODAY = date(2026, 3, 2)
PASSWORD = "three plain words"
MANAGER = Actor("rpatel", "R Patel", Role.MANAGER, "desk-1")
CARTER = Actor("jcarter", "J Carter", Role.SUPERVISOR, "desk-1")
ADMIN = Actor("mosei", "M Osei", Role.ADMINISTRATOR, "desk-1")
INSPECTOR = Actor("inspector", "L Grey", Role.INSPECTOR, "desk-1")

# Surname, forenames, wing, days in custody, days to release, OASys alert, whether J Carter's, days since seen.
_PEOPLE = (
    ("BARLOW", "DEAN", "B", 4, 400, "ROH", True, None),
    ("ODUYA", "SAMUEL", "B", 90, 430, "ROM", True, 19),
    ("FENWICK", "PAUL", "B", 300, 54, "ROV", True, None),
    ("KAUR", "JASPREET", "B", 200, 81, "ROM", True, 28),
    ("LLOYD", "RHYS", "B", 700, 800, "ROM", True, 24),
    ("O'NEILL-FEATHERSTONEHAUGH", "BARTHOLOMEW MAXIMILIAN ALEXANDER", "B", 500, 900, "ROM", True, 2),
    ("HUSSAIN", "IMRAN", "A", 12, 600, "", False, None),
    ("MARSH", "TONY", "A", 150, 61, "", False, 9),
)


def number_of(at: int) -> str:
    """The prisoner number of the person at this place in the list of people."""
    return f"A{1000 + at}A{chr(ord('A') + at)}"


def person(at: int, **changed: object) -> dict[str, object]:
    """Somebody as an extract gives them; `changed` takes the place of what it would say."""
    surname, forenames, wing, inside, release, alert, _, _ = _PEOPLE[at]
    start = TODAY - timedelta(inside)
    given: dict[str, object] = {
        "prisonerNumber": number_of(at),
        "firstName": forenames,
        "lastName": surname,
        "dateOfBirth": "1988-05-04",
        "gender": "Male",
        "nationality": "British",
        "status": "ACTIVE IN",
        "inOutStatus": "IN",
        "lastMovementTypeCode": "ADM",
        "lastMovementReasonCode": "I",
        "prisonId": "EXI",
        "cellLocation": f"{wing}-2-{at + 1:03}",
        "legalStatus": "SENTENCED",
        "imprisonmentStatus": "SENT03",
        "recall": False,
        "indeterminateSentence": False,
        "sentenceStartDate": start.isoformat(),
        "sentenceExpiryDate": (TODAY + timedelta(release * 2)).isoformat(),
        "receptionDate": start.isoformat(),
        "conditionalReleaseDate": (TODAY + timedelta(release)).isoformat(),
        "alerts": [{"alertType": "R", "alertCode": alert, "active": True, "expired": False}] if alert else [],
    }
    return {**given, **changed}


def extract(file: Path, people: list[dict[str, object]] | None = None) -> Path:
    """Write an extract; of everybody, if not said otherwise."""
    file.write_text(json.dumps(people if people is not None else [person(at) for at in range(len(_PEOPLE))]))
    return file


class Prison:
    """A record in a directory, closed, and its key."""

    def __init__(self, directory: Path, key: bytes) -> None:
        self.directory = directory
        self.key = key

    def copy(self, directory: Path) -> "Prison":
        """Another record just like it."""
        shutil.copytree(self.directory, directory)
        return Prison(directory, self.key)


def found(directory: Path) -> Prison:
    """A record with four users and nobody in it."""
    ring = Keyring(directory, cost=Cost(8, 1, 1))
    manager, _ = door.make_record(directory, "HMP Example", "EXI", MANAGER.staff, MANAGER.name, PASSWORD, TODAY, ring)
    try:
        for user in (CARTER, ADMIN, INSPECTOR):
            commands.add_staff(manager, user.staff, user.name, user.role, TODAY, PASSWORD)
        return Prison(directory, ring.unlock(MANAGER.staff, PASSWORD))
    finally:
        door.sign_out()


def filled(empty: Prison, directory: Path) -> Prison:
    """The same with everybody taken in, six of them J Carter's."""
    prison = empty.copy(directory)
    door.sign_in_with(prison.directory, prison.key, MANAGER.staff, TODAY)
    try:
        intake.take_in(MANAGER, extract(directory / "extract.json"), TODAY, already_here="late")
        for at, (*_, mine, seen) in enumerate(_PEOPLE):
            if mine:
                commands.set_facts(MANAGER, number_of(at), {"supervisor": CARTER.staff}, TODAY)
            if seen is not None:
                met = Contact("meeting", TODAY - timedelta(seen), "Met about the plan.", by=CARTER.staff)
                commands.log_contact(MANAGER, number_of(at), met, TODAY)
        return prison
    finally:
        door.sign_out()
