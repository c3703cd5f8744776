"""Running the command line in tests: a record with cheap keys, extracts made of fields, answers read as JSON."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.cli.root import run
from db import door
from db.keyring import Keyring
from db.slots import Cost

TODAY = "2026-03-02"  # a Monday
PASSWORD = "seven quiet herons"
CHEAP = Cost(8, 1, 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answered: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON value it must be."""
        return json.loads(self.out)


def person(number: str = "A1234BC", **fields: Any) -> dict[str, Any]:
    """One record of a prisoner-search extract: sentenced to two years, here since 19 February 2026."""
    record: dict[str, Any] = {
        "prisonerNumber": number,
        "firstName": "DEAN",
        "lastName": "BARLOW",
        "dateOfBirth": "1990-05-01",
        "gender": "Male",
        "nationality": "British",
        "status": "ACTIVE IN",
        "inOutStatus": "IN",
        "lastMovementTypeCode": "ADM",
        "lastMovementReasonCode": "I",
        "prisonId": "MDI",
        "cellLocation": "B-2-014",
        "legalStatus": "SENTENCED",
        "imprisonmentStatus": "ADIMP_ORA",
        "recall": False,
        "indeterminateSentence": False,
        "receptionDate": "2026-02-19",
        "sentenceStartDate": "2026-02-19",
        "sentenceExpiryDate": "2028-02-18",
        "conditionalReleaseDate": "2027-02-18",
        "alerts": [],
    }
    record.update(fields)
    return {name: value for name, value in record.items() if value is not None}


class CommandLine:
    """The command line at one record, as one user."""

    def __init__(self, directory: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.directory = directory
        self.record = directory / "record"
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        secret = directory / "password"
        secret.write_text(PASSWORD + "\n", encoding="utf-8")
        for name, value in (
            ("WINGDESK_RECORD", str(self.record)),
            ("WINGDESK_USER", "manager"),
            ("WINGDESK_PASSWORD_FILE", str(secret)),
            ("WINGDESK_TODAY", TODAY),
        ):
            monkeypatch.setenv(name, value)

    def __call__(self, *arguments: str) -> Answer:
        """Run a command."""
        self._capsys.readouterr()
        status = run(arguments)
        written = self._capsys.readouterr()
        return Answer(status, written.out, written.err)

    def json(self, *arguments: str) -> Any:
        """Run a command that must succeed, and read its JSON."""
        answer = self(*arguments, "--format", "json")
        assert answer.status == 0, answer.err
        return answer.json

    def on(self, day: str) -> None:
        """Let it be another day."""
        self._monkeypatch.setenv("WINGDESK_TODAY", day)

    def as_user(self, user: str) -> None:
        """Ask as somebody else."""
        self._monkeypatch.setenv("WINGDESK_USER", user)

    def make_record(self) -> None:
        """A record whose manager is `manager`, with keys cheap to unwrap."""
        ring = Keyring(self.record, cost=CHEAP)
        door.make_record(
            self.record, "HMP Example", "MDI", "manager", "M Shah", PASSWORD, date.fromisoformat(TODAY), ring
        )
        door.sign_out()

    def add_user(self, user: str, role: str) -> None:
        """Another user with the same password."""
        self._monkeypatch.setenv("WINGDESK_NEW_PASSWORD_FILE", str(self.directory / "password"))
        assert self("users", "add", user, "--role", role).status == 0

    def extract(self, *people: dict[str, Any], name: str = "extract.json") -> str:
        """Write an extract and give its path."""
        file = self.directory / name
        file.write_text(json.dumps({"content": list(people)}, indent=1), encoding="utf-8")
        return str(file)

    def take_in(self, *people: dict[str, Any], more: tuple[str, ...] = ("--already-here", "late")) -> Any:
        """Take these people in."""
        return self.json("import", self.extract(*people), *more)

    def duty(self, number: str, identity: str) -> dict[str, Any]:
        """One duty of a case, whatever its state."""
        found = [duty for duty in self.json("case", number)["duties"] if duty["id"] == identity]
        assert found, f"{number} has no duty {identity}"
        return dict(found[0])
