"""The services directory: what is available here and after release, and how to refer to it."""

from datetime import date, timedelta

from db import entries, roles
from db import payloads as p
from db.checklists import ServiceRow
from db.current import store
from db.rows import Actor
from db.texts import plain
from policy.catalogue import catalogue
from policy.services import STALE_DAYS, courses

_CAMPUS = "Virtual Campus"


def services(actor: Actor, text: str, today: date, pathway: str = "") -> tuple[ServiceRow, ...]:
    """Services with every word of the text in what is said of them, under a pathway or any; our own first."""
    roles.check_reads(actor)
    with store().read():
        rows = entries.current(entries.of_kind(p.SERVICE))
    own = [_own(row.key, p.unpack(row.payload, p.ServicePayload), today) for row in rows]
    found = sorted((row for row in own if row is not None), key=lambda row: plain(row.title))
    words = plain(text).split()
    return tuple(
        row
        for row in (*found, *_campus())
        if (not pathway or row.pathway == pathway) and all(word in _said(row) for word in words)
    )


def _own(key: str, said: p.ServicePayload, today: date) -> ServiceRow | None:
    if said.closed == "yes":
        return None
    checked = date.fromisoformat(said.checked) if said.checked else None
    return ServiceRow(
        key,
        said.title,
        said.where,
        said.provider,
        said.pathway,
        tuple(int(number) for number in said.serves.split(",") if number),
        said.eligibility,
        said.how,
        said.waiting,
        said.contact,
        checked,
        checked is None or today - checked > timedelta(days=STALE_DAYS),
        False,
    )


def _campus() -> list[ServiceRow]:
    return [
        ServiceRow(
            f"campus-{name}",
            course.title,
            "inside",
            _CAMPUS,
            course.pathway,
            (),
            "",
            f"{course.about} Online learning: {course.path}.",
            "",
            "education provider",
            None,
            False,
            True,
        )
        for name, course in courses().items()
    ]


def _said(row: ServiceRow) -> str:
    pathway = catalogue().pathway[row.pathway].title if row.pathway else ""
    return plain(f"{row.title} {row.provider} {pathway} {row.eligibility} {row.how} {row.contact} {row.where}")
