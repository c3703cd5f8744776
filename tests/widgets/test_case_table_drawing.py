"""The caseload: what a key repaints, and how often a line is made."""

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from db.rows import CaseRow
from tests.widgets.stage import TODAY, Stage, caseload, play
from widgets import case_columns
from widgets.case_table import CaseTable


def table(people: int) -> CaseTable:
    made = CaseTable()
    made.today = TODAY
    made.show(caseload(people))
    return made


def test_a_key_repaints_the_two_lines_that_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    people = table(200)
    painted: list[Region] = []
    refresh = CaseTable.refresh

    def spy(
        self: CaseTable, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> CaseTable:
        painted.extend(regions or [Region(0, 0, *self.size)])
        return refresh(self, *regions, repaint=repaint, layout=layout, recompose=recompose)

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("down")
        monkeypatch.setattr(CaseTable, "refresh", spy)
        await pilot.press("down")
        assert [(region.y, region.height) for region in painted] == [(2, 1), (3, 1)]

    play(Stage(people), scene)


def test_a_line_is_made_once_however_often_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    line_of = case_columns.line

    def spy(row: CaseRow, width: int, *others: object) -> object:
        made.append(row.number)
        return line_of(row, width, *others)  # type: ignore[arg-type]

    people = table(10)

    async def scene(pilot: Pilot[None]) -> None:
        await pilot.press("down", "up")
        monkeypatch.setattr(case_columns, "line", spy)
        await pilot.press("down", "up", "down", "up")
        people.refresh()
        await pilot.pause()
        assert made == []

    play(Stage(people), scene)
