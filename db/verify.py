"""Checking a record: its pages, its audit trail, and every derived row against the rows it came from."""

from dataclasses import dataclass
from datetime import date

from db import audit, engine, entries, standing
from db.columns import DUTY_COLUMNS, STANDING_COLUMNS
from db.current import store
from db.staff import staff_rows

_ASSESSED = STANDING_COLUMNS.index("assessed")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at and every fault, in sentences. What is need-to-know is looked at but not counted."""

    lines: int
    rows: int
    cases: int
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.faults


def verify(today: date, head: str | None = None) -> Verified:
    """Check everything; `head` is an audit head kept outside the record, which finds a missing end or a roll-back."""
    faults = [f"The file: {fault}" for fault in store().faults()]
    verdict = audit.verify(store(), head)
    faults += [fault.sentence for fault in verdict.faults]
    cases = 0
    with store().read():
        numbers = [
            row[0] for row in engine.run(store().database, 'SELECT DISTINCT "case" FROM entry WHERE "case" IS NOT NULL')
        ]
        book = standing.rules()
        kept = _kept("standing", STANDING_COLUMNS, "number")
        owed = _kept("duty", DUTY_COLUMNS, '"case"')
        for number, rows in entries.of_cases(sorted(numbers)):
            if not standing.counts(rows):
                continue
            cases += 1
            now, duties = standing.derive(number, rows, today, book)
            if [_plain(now)] != [_plain(row) for row in kept.pop(number, [])]:
                faults.append(f"{number}: the caseload's row does not agree with what is recorded.")
            if sorted(map(_text, duties)) != sorted(map(_text, owed.pop(number, []))):
                faults.append(f"{number}: the stored duties do not agree with what is recorded.")
        faults += [f"{number}: a caseload row without anything recorded." for number in sorted({*kept, *owed})]
        if sorted(staff_rows()) != sorted(staff_rows(stored=True)):
            faults.append("The list of staff does not agree with what is recorded.")
        lines, written = (_restricted(table) for table in ("audit", "entry"))
    return Verified(verdict.lines - lines, verdict.rows - written, cases, tuple(faults))


def _restricted(table: str) -> int:
    """How many lines of a table are need-to-know; counted with the rest they would tell an inspector of themselves."""
    found: int = engine.run(store().database, f'SELECT count(*) FROM "{table}" WHERE restricted').fetchone()[0]
    return found


def _kept(table: str, columns: tuple[str, ...], case: str) -> dict[str, list[tuple[object, ...]]]:
    names = ", ".join(f'"{name}"' for name in columns)
    found: dict[str, list[tuple[object, ...]]] = {}
    for row in engine.run(store().database, f"SELECT {names} FROM {table} ORDER BY {case}"):
        found.setdefault(str(row[0]), []).append(tuple(row))
    return found


def _plain(row: tuple[object, ...]) -> tuple[str, ...]:
    return _text(row[:_ASSESSED] + row[_ASSESSED + 1 :])


def _text(row: tuple[object, ...]) -> tuple[str, ...]:
    """A row whatever way the driver gives its truths."""
    return tuple(str(int(value)) if isinstance(value, bool) else str(value) for value in row)
