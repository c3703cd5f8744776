"""What is booked with a person, from the rows of their case."""

from collections.abc import Iterable

from db import entries
from db import payloads as p
from db.entries import Row
from db.rows import Appointment
from db.story import moment_of

WHAT = ("meeting", "planning meeting", "review", "three-way meeting", "other")


def of_rows(rows: Iterable[Row]) -> tuple[Appointment, ...]:
    """The appointments that stand, neither moved since nor called off, by time."""
    found = []
    for row in entries.current(row for row in rows if row.kind == p.APPOINTMENT):
        kept = p.unpack(row.payload, p.AppointmentPayload)
        if not kept.off:
            found.append(Appointment(kept.what, moment_of(row.effective), kept.where, kept.others, row.key))
    return tuple(sorted(found, key=lambda one: str(one.at)))
