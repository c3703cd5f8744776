"""Lists written to files."""

import csv
import io

import pytest

from db.export import Table, defused


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "＝1"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "BARLOW Dean", "4d late", "O'NEILL", "B-2-014", "a=b"])
def test_anything_else_is_left_as_it_is(cell: str) -> None:
    assert defused(cell) == cell


def test_text_lines_up_its_columns_and_csv_quotes_what_it_must() -> None:
    from db import export

    table = Table("Title", ("Note",), ("Due", "Name"), (("4d late", 'B, "D"'), ("=x", "Y")))
    assert export._text(table).splitlines() == [
        "Title", "Note", "", "Due      Name", "-" * 15, '4d late  B, "D"', "=x       Y",
    ]  # fmt: skip
    assert list(csv.reader(io.StringIO(export._csv(table)))) == [["Due", "Name"], ["4d late", 'B, "D"'], ["'=x", "Y"]]
