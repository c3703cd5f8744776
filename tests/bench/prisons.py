"""The records that are measured: made anew for every run, in a directory that is thrown away."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from db import door
from db.demo import build
from db.keyring import Keyring
from db.slots import Cost
from tests.bench import raw

TODAY = date(2026, 3, 2)
PASSWORD = "demonstration"
USER = "manager"
CHEAP = Cost(8, 1, 1)
SAMPLE = Path(__file__).parents[1] / "data" / "prisoner-search-sample.json"


@dataclass(frozen=True, slots=True)
class Prison:
    """A record: where it is, its key, how many people the caseload lists."""

    directory: Path
    key: bytes
    cases: int

    @property
    def file(self) -> Path:
        """The encrypted file itself."""
        return self.directory / "record.db"


def demonstration(directory: Path, cases: int) -> Prison:
    """The demonstration prison with so many people, its keys as dear to unwrap as anybody's."""
    build(directory, TODAY, cases)
    prison = Prison(directory, Keyring(directory).unlock(USER, PASSWORD), cases)
    return replace(prison, cases=_listed(prison))


def _listed(prison: Prison) -> int:
    with raw.connected(prison.file, prison.key) as connection:
        return int(connection.execute("SELECT count(*) FROM standing WHERE present").fetchone()[0])


def empty(directory: Path) -> Prison:
    """A record with nobody in it, its manager signed in."""
    ring = Keyring(directory, cost=CHEAP)
    door.make_record(directory, "HMP Example", "MDI", USER, "M Shah", PASSWORD, TODAY, ring)
    return Prison(directory, ring.unlock(USER, PASSWORD), 0)


def many(one: Prison, directory: Path, times: int) -> Prison:
    """The people of `one` so many times over, each again under other numbers: standing and duties, not their rows.

    What the caseload, the sign-in and the keys read is there as it would be; opening one of those cases would not
    work. Made by the driver, since working out the duties of 100,000 people takes minutes.
    """
    directory.mkdir()
    for file in one.directory.iterdir():
        if file.is_file():
            (directory / file.name).write_bytes(file.read_bytes())
    made = Prison(directory, one.key, one.cases * times)
    with raw.connected(made.file, one.key) as connection:
        connection.execute("PRAGMA synchronous=0")
        connection.execute("PRAGMA journal_mode=off")
        known = [row[0] for row in connection.execute("SELECT number FROM standing ORDER BY number")]
        numbers = _other_numbers(set(known))
        connection.execute("CREATE TEMP TABLE again (was TEXT, number TEXT PRIMARY KEY, turn INTEGER) WITHOUT ROWID")
        rows = [(was, next(numbers), turn) for turn in range(1, times) for was in known]
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO again VALUES (?, ?, ?)", rows)
        _copy(connection, "standing", "number", {"supervisor": "supervisor || '.' || turn"})
        _copy(connection, "duty", "case", {})
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=wal")
    return made


def _copy(connection: Any, table: str, who: str, other: dict[str, str]) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    given = ["again.number" if name == who else other.get(name, f'{table}."{name}"') for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    connection.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(given)} FROM again"
        f' CROSS JOIN {table} ON {table}."{who}" = again.was ORDER BY again.number'
    )


def _other_numbers(taken: set[str]) -> Iterator[str]:
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    for first, figures, last in itertools.product(letters, range(10000), ("XA", "XB", "XC")):
        number = f"{first}{figures:04}{last}"
        if number not in taken:
            yield number


def extract(file: Path, people: int) -> Path:
    """A prisoner-search extract: the ten people of the sample over and over, under other numbers, names and dates."""
    templates = json.loads(SAMPLE.read_text(encoding="utf-8"))["content"]
    numbers = _other_numbers(set())
    rows = []
    for at, number in zip(range(people), numbers, strict=False):
        start = TODAY - timedelta(days=7 + at * 37 % 900)
        expiry = TODAY + timedelta(days=40 + at * 53 % 1500)
        rows.append(
            {
                **templates[at % len(templates)],
                "prisonerNumber": number,
                "lastName": f"PERSON{chr(65 + at % 26)}{chr(65 + at // 26 % 26)}",
                "cellLocation": f"{'ABCDEF'[at % 6]}-{at // 6 % 4 + 1}-{at // 24 % 80 + 1:03}",
                "status": "ACTIVE IN",
                "inOutStatus": "IN",
                "lastMovementTypeCode": "ADM",
                "lastMovementReasonCode": "I",
                "recall": False,
                "receptionDate": start.isoformat(),
                "sentenceStartDate": start.isoformat(),
                "sentenceExpiryDate": (expiry + timedelta(days=365)).isoformat(),
                "licenceExpiryDate": (expiry + timedelta(days=365)).isoformat(),
                "conditionalReleaseDate": expiry.isoformat(),
                "releaseDate": expiry.isoformat(),
                **dict.fromkeys(_LEFT_OUT),
            }
        )
    file.write_text(json.dumps({"content": rows}), encoding="utf-8")
    return file


_LEFT_OUT = (
    "confirmedReleaseDate",
    "homeDetentionCurfewEligibilityDate",
    "postRecallReleaseDate",
    "paroleEligibilityDate",
    "topupSupervisionStartDate",
    "topupSupervisionExpiryDate",
    "nonDtoReleaseDate",
    "nonDtoReleaseDateType",
)
"""Dates of the sample that would contradict those given here."""
