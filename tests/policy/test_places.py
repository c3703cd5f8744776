"""Wings, and the words for places that are no cells."""

import csv
from pathlib import Path

import pytest

from policy.places import place_of, wing_of

SAMPLES = Path(__file__).parent.parent / "data" / "cell_location_samples.csv"
PLACES = {"RECP": "reception", "RECV": "reception", "CSWAP": "cell swap", "COURT": "court", "TAP": "temporary release"}
ODD = {"A123": "A", "LEI-A-1-1": "A", "MCASU-CASU1-C1-004": "MCASU", "MCASU-CASU1-C1-003": "MCASU"}


def cells() -> list[str]:
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        return [row["cellLocation"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("cell", cells())
def test_every_sample_has_its_wing_or_is_a_place(cell: str) -> None:
    expected = "" if cell in PLACES else ODD.get(cell, cell.split("-")[0])
    assert wing_of(cell) == expected
    assert len(wing_of(cell)) in ((0,) if cell in PLACES else (1, 5))


@pytest.mark.parametrize(("cell", "words"), PLACES.items())
def test_a_place_that_is_no_cell_has_a_word(cell: str, words: str) -> None:
    assert place_of(cell) == words
    assert place_of(cell.lower()) == words


@pytest.mark.parametrize(
    ("cell", "establishment", "wing"),
    [
        ("MDI-1-2-003", "MDI", "1"),
        ("MDI-CSU-1-001", "MDI", "CSU"),
        ("CSU-1-001", "", "CSU"),
        ("HCC-1-1", "MDI", "HCC"),
        ("ABC-1-001", "MDI", "ABC"),
        ("LEI-A-1-1", "MDI", "A"),
        ("b-c1-010", "", "B"),
        ("LEI-COURT", "LEI", ""),
        ("HB2-1-003", "", "HB2"),
        ("LEI-A123", "LEI", "A"),
        ("MDI-RECP", "", ""),
        ("", "", ""),
        ("WELFARE", "", ""),
        ("123", "", ""),
    ],
)
def test_an_establishments_code_in_front_is_no_wing_but_a_units_name_is(
    cell: str, establishment: str, wing: str
) -> None:
    assert wing_of(cell, establishment) == wing


@pytest.mark.parametrize(
    ("in_out", "movement", "words"),
    [
        ("IN", "ADM-INT", "1-2-003"),
        ("ACTIVE IN", "", "1-2-003"),
        ("OUT", "CRT-CRT", "court"),
        ("ACTIVE OUT", "TAP-C3", "temporary release"),
        ("OUT", "", "out"),
        ("TRN", "", "in transit"),
        ("", "", "1-2-003"),
    ],
)
def test_somebody_out_is_where_the_last_movement_took_them(in_out: str, movement: str, words: str) -> None:
    assert place_of("1-2-003", in_out, movement) == words
