"""One person's checklist in tests: what stands on it, marking it, the duties it leads to, screening."""

from datetime import date, datetime
from pathlib import Path

from db import commands, views
from db.checklists import ActivityRow, Checklist, Status
from db.commands import Mark, Screening
from db.rows import Actor, DutyRow
from tests.db import records
from tests.db.records import TODAY

NUMBER = "A0001AA"


def the(activity: str, actor: Actor, today: date = TODAY) -> ActivityRow:
    return next(row for row in views.checklist(actor, NUMBER, today).activities if row.id == activity)


def mark(actor: Actor, activity: str, status: Status, today: date = TODAY, **more: object) -> None:
    commands.mark(actor, NUMBER, (Mark(activity, status, **more),), today)  # type: ignore[arg-type]


def duty(actor: Actor, name: str, today: date = TODAY) -> DutyRow:
    return next(row for row in views.case_detail(actor, NUMBER, today).duties if row.name == name)


def pathway(found: Checklist, name: str) -> tuple[int, int, tuple[int, ...]]:
    row = next(row for row in found.pathways if row.id == name)
    return row.done, row.needed, row.levels


def screen(actor: Actor, part: str, on: date | datetime = TODAY, today: date = TODAY, **more: object) -> None:
    commands.screen(actor, NUMBER, Screening(part, on, "D Garside", **more), today)  # type: ignore[arg-type]


def remand(manager: Actor, tmp_path: Path) -> None:
    person = records.person(NUMBER, legalStatus="REMAND", sentenceStartDate=None, receptionDate="2026-02-27")
    records.taken_in(manager, tmp_path, person)
