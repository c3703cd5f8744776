"""One command, and an intake, beside bare inserts into the same tables."""

import itertools
import json
from pathlib import Path
from typing import Any

from db import door, entries, intake, views
from db.clock import stamp
from db.intake import comparing
from db.rows import Contact, Filter, Intake
from tests.bench import prisons, raw
from tests.bench.measuring import Row, clocked, in_turns, timed_row
from tests.bench.prisons import TODAY, USER, Prison

ENTRY = f"INSERT INTO entry VALUES ({', '.join('?' * len(entries.Row._fields))})"
WRITTEN = ("entry", "duty", "standing")


def command(prison: Prison, times: int) -> list[Row]:
    """A contact logged: durable, audited, the duties worked out again."""
    actor = door.sign_in_with(prison.directory, prison.key, USER, TODAY)
    try:
        from db.commands import log_contact

        numbers = itertools.cycle([row.number for row in views.caseload(actor, Filter("all"), TODAY).rows])
        contact = Contact("meeting", TODAY, "We talked about the week and the course; calls home are going well.")

        def ours() -> object:
            return log_contact(actor, next(numbers), contact, TODAY)

        with raw.connected(prison.file, prison.key) as connection:
            pair = in_turns(times, clocked(ours), clocked(lambda: _bare(connection)), warm=10)
    finally:
        door.sign_out()
    against = "one row into `entry` by the driver and its commit, the same file and pragmas"
    return [timed_row("write", f"log a contact, {prison.cases:,} cases", against, 3.0, pair)]


def _bare(connection: Any) -> None:
    day = TODAY.isoformat()
    text = '{"kind":"meeting","text":"We talked about the week and the course; calls home are going well."}'
    identity = entries.new_id()
    row = (identity, "Z9999ZZ", "contact", "", day, day, stamp(), USER, "bench", "contact", None, False, identity, text,
           False)  # fmt: skip
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(ENTRY, row)
    connection.execute("COMMIT")


class Intakes:
    """An extract taken into one new record after another."""

    def __init__(self, directory: Path, people: int) -> None:
        self.people = people
        self.file = prisons.extract(directory / "extract.json", people)
        self._directory = directory
        self._count = itertools.count()

    def empty(self) -> Prison:
        """A new record, its manager signed in."""
        return prisons.empty(self._directory / f"record-{next(self._count)}")

    def take_in(self) -> Intake:
        """Take the extract into the record that is open."""
        return intake.take_in(door.actor_called(USER), self.file, TODAY, already_here="late")

    def all_new(self) -> float:
        """Taken into a record with nobody in it."""
        self.empty()
        try:
            return clocked(self.take_in)()
        finally:
            door.sign_out()

    def inserted(self, rows: dict[str, list[tuple[object, ...]]]) -> float:
        """The file parsed, and rows that are ready inserted into the same tables of a new record."""
        made = self.empty()
        door.sign_out()
        with raw.connected(made.file, made.key) as connection:
            return clocked(lambda: self._insert(connection, rows))()

    def _insert(self, connection: Any, rows: dict[str, list[tuple[object, ...]]]) -> None:
        json.loads(self.file.read_text(encoding="utf-8"))
        connection.execute("BEGIN IMMEDIATE")
        for table, given in rows.items():
            marks = ", ".join("?" * len(given[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", given)
        connection.execute("COMMIT")


def taking_in(directory: Path, people: int, times: int) -> list[Row]:
    """An extract in which everybody is new, then the same one again."""
    intakes = Intakes(directory, people)
    prison = intakes.empty()
    before = _rows(prison)
    done = intakes.take_in()
    assert (done.new, len(done.refused)) == (people, 0), done.refused[:3]
    rows = {table: given[len(before[table]) :] for table, given in _rows(prison).items()}
    many = sum(len(given) for given in rows.values())
    door.sign_out()
    new = in_turns(times, intakes.all_new, lambda: intakes.inserted(rows), warm=0)

    door.sign_in_with(prison.directory, prison.key, USER, TODAY)
    again = raw.statements(comparing.known)
    with raw.connected(prison.file, prison.key) as connection:

        def compared() -> None:
            json.loads(intakes.file.read_text(encoding="utf-8"))
            raw.replay(connection, again)

        assert intakes.take_in().unchanged == people
        unchanged = in_turns(2 * times + 1, clocked(intakes.take_in), clocked(compared))
    door.sign_out()
    return [
        timed_row(
            "write", f"import, {people:,} rows, all new",
            f"json.loads and the {many:,} rows it writes inserted by the driver, one transaction", 4.0, new,
        ),
        timed_row(
            "write", f"import, {people:,} rows, all unchanged",
            "json.loads and what the record has of them read by the driver", 2.0, unchanged,
        ),
    ]  # fmt: skip


def _rows(prison: Prison) -> dict[str, list[tuple[object, ...]]]:
    with raw.connected(prison.file, prison.key) as connection:
        return {table: list(connection.execute(f"SELECT * FROM {table} ORDER BY rowid")) for table in WRITTEN}
