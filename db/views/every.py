"""Every duty of a case, those that do not apply too, each saying why not."""

from collections.abc import Iterable
from datetime import date

from db import entries, roles, story
from db.current import store
from db.rows import Actor, DutyRow
from db.standing import duty_row, rules
from db.views.duties import as_stored, row_of, urgency_key
from policy.duties import Due, evaluate


def every_duty(actor: Actor, numbers: Iterable[str], today: date) -> dict[str, tuple[DutyRow, ...]]:
    """Every duty of these people, worked out from the rows of the record, the most urgent first."""
    roles.check_reads(actor)
    book = rules()
    with store().read():
        return {
            number: in_order(evaluate(story.read(number, rows, today).case, today, book, every=True).duties, today)
            for number, rows in entries.of_cases(numbers)
        }


def in_order(evaluated: Iterable[Due], today: date) -> tuple[DutyRow, ...]:
    """Evaluated duties as rows, the most urgent first, what does not apply last."""
    texts: dict[str, str] = {}
    rows = (row_of(as_stored(duty_row("", due)), today, texts) for due in evaluated)
    return tuple(sorted(rows, key=lambda row: (row.state == "not-applicable", urgency_key(row))))
