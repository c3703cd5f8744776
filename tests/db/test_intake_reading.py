"""The three shapes of an extract, who in them is ours, and on which line they stand."""

import json
from datetime import date
from pathlib import Path

import pytest

from db.intake.extracted import Extract
from db.intake.reading import read_extract

DATA = Path(__file__).parent.parent / "data"
TODAY = date(2026, 11, 22)
SAMPLE = (DATA / "prisoner-search-sample.json").read_bytes()
HEADER = "NOMS Number,Offender Surname,Offender Given Name 1,Date of Birth,Establishment Code"
FOOTER = "Latest Business Data Available\n22/11/2026 03:12\n"


def read(text: str, establishment: str = "") -> Extract:
    return read_extract(text.encode(), TODAY, establishment)


def report(*rows: str, footer: str = FOOTER) -> str:
    return "\n".join((HEADER, *rows, footer))


def person(number: str = "A1234BC", **more: object) -> dict[str, object]:
    return {"prisonerNumber": number, "lastName": "EXAMPLE", "prisonId": "MDI", **more}


def test_the_published_sample_is_taken_unchanged() -> None:
    extract = read_extract(SAMPLE, TODAY, "MDI")
    assert (extract.shape, extract.rows, len(extract.people), extract.skipped) == ("json", 10, 10, 0)
    assert extract.refused == ()
    assert extract.full


def test_the_sample_as_csv_gives_the_same_people_facts_and_questions() -> None:
    as_json = read_extract(SAMPLE, TODAY, "MDI")
    as_csv = read_extract((DATA / "prisoner-search-sample.csv").read_bytes(), TODAY, "MDI")
    assert as_csv.shape == "csv"
    assert [(p.number, p.values, p.questions) for p in as_csv.people] == [
        (p.number, p.values, p.questions) for p in as_json.people
    ]


def test_a_json_record_stands_on_the_line_it_begins_on() -> None:
    first, second, *_ = read_extract(SAMPLE, TODAY).people
    lines = SAMPLE.decode().split("\n")
    assert '"G1458GV"' in lines[first.line]
    assert '"G6628UE"' in lines[second.line]
    assert lines[second.line - 1].strip() == "{"


def test_in_json_on_one_line_people_are_told_by_their_place() -> None:
    extract = read("\n\n" + json.dumps({"size": 2, "content": [person(), person("A2345CD")]}) + "\n")
    assert [p.line for p in extract.people] == [1, 2]


def test_a_csv_row_stands_on_its_line_of_the_file() -> None:
    extract = read("\nprisonerNumber,lastName\n\nA1234BC,EXAMPLE\nA2345CD,SAMPLE\n")
    assert [(p.number, p.line) for p in extract.people] == [("A1234BC", 4), ("A2345CD", 5)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([person()]),
        json.dumps({"content": [person()]}),
        json.dumps(person()),
        "prisonerNumber,lastName,prisonId\nA1234BC,EXAMPLE,MDI\n",
        "prisonerNumber;lastName;prisonId\nA1234BC;EXAMPLE;MDI\n",
        "prisonerNumber\tlastName\tprisonId\nA1234BC\tEXAMPLE\tMDI\n",
        'sep=;\n"prisonerNumber";"lastName";"prisonId"\n"A1234BC";"EXAMPLE";"MDI"\n',
        "PRISONERNUMBER,Last Name,prison_id\r\nA1234BC,EXAMPLE,MDI\r\n",
        report("A1234BC,EXAMPLE,,,MDI"),
    ],
)
def test_each_shape_gives_the_person(text: str) -> None:
    extract = read(text, "MDI")
    assert [p.number for p in extract.people] == ["A1234BC"]
    assert extract.people[0].values[0].value == "EXAMPLE"


def test_one_record_alone_is_not_a_full_extract() -> None:
    assert not read(json.dumps(person())).full


def test_a_page_of_more_people_is_not_a_full_extract_and_says_so() -> None:
    extract = read(json.dumps({"content": [person()], "totalElements": 700}))
    assert not extract.full
    assert "1 of 700" in extract.notes[0]


def test_rows_of_another_establishment_out_or_on_the_way_are_counted_and_skipped() -> None:
    people = [person(f"A100{i}AA", prisonId=prison) for i, prison in enumerate(["MDI", "LEI", "OUT", "TRN", "mdi"])]
    extract = read(json.dumps(people), "MDI")
    assert [p.number for p in extract.people] == ["A1000AA", "A1004AA"]
    assert (extract.rows, extract.skipped) == (5, 3)


def test_without_an_establishment_code_only_those_out_or_on_the_way_are_skipped() -> None:
    people = [person(f"A100{i}AA", prisonId=prison) for i, prison in enumerate(["MDI", "LEI", "OUT", "TRN"])]
    extract = read(json.dumps(people))
    assert [p.number for p in extract.people] == ["A1000AA", "A1001AA"]


def test_an_extract_of_another_establishment_takes_nobody_to_be_gone() -> None:
    extract = read(json.dumps([person(prisonId="LEI")]), "MDI")
    assert (extract.people, extract.skipped, extract.full) == ((), 1, False)
    assert "MDI" in extract.notes[0]


@pytest.mark.parametrize(("status", "present"), [("ACTIVE IN", True), ("ACTIVE OUT", True), ("INACTIVE OUT", False)])
def test_an_inactive_person_is_not_on_the_roll(status: str, present: bool) -> None:
    assert read(json.dumps([person(status=status)])).people[0].present is present


def test_the_locations_report_gives_name_birth_and_presence_and_nothing_else() -> None:
    extract = read_extract((DATA / "locations-report.csv").read_bytes(), TODAY)
    assert (extract.shape, extract.rows, extract.skipped, extract.full) == ("locations", 5, 2, True)
    assert [p.number for p in extract.people] == ["A1234BC", "A2345CD", "A3456DE"]
    assert [(g.fact, g.value) for g in extract.people[1].values] == [
        ("surname", "O’SAMPLE"),
        ("forenames", "BRENDA"),
        ("date-of-birth", "1990-12-01"),
    ]
    assert all(p.present for p in extract.people)


def test_a_footer_padded_by_a_spreadsheet_is_no_person() -> None:
    extract = read_extract((DATA / "locations-report-padded.csv").read_bytes(), TODAY)
    assert (extract.rows, extract.refused, extract.full) == (2, (), True)
    assert extract.people[1].values[0].value == "O’SAMPLE, JNR"


def test_a_report_is_for_the_establishment_given_not_the_commonest() -> None:
    rows = ("A1000AA,A,A,,MDI", "A1001AA,B,B,,MDI", "A1002AA,C,C,,LEI", "A1003AA,D,D,,TRN")
    assert [p.number for p in read(report(*rows)).people] == ["A1000AA", "A1001AA"]
    assert [p.number for p in read(report(*rows), "lei").people] == ["A1002AA"]


def test_a_report_without_its_footer_may_be_cut_off_and_takes_nobody_to_be_gone() -> None:
    extract = read(report("A1000AA,A,A,,MDI", footer=""))
    assert len(extract.people) == 1
    assert not extract.full
    assert "cut off" in extract.notes[0]


def test_a_column_that_is_not_there_gives_nothing() -> None:
    facts = {given.fact for given in read("prisonerNumber,lastName\nA1234BC,EXAMPLE\n").people[0].values}
    assert facts == {"surname"}


def test_a_value_over_several_lines_is_one_value() -> None:
    extract = read('prisonerNumber,lastName,mostSeriousOffence\nA1234BC,EX,"Theft,\nfrom a shop"\nA2345CD,SAMPLE,\n')
    assert [p.line for p in extract.people] == [2, 4]
    assert extract.people[0].values[-1].value == "Theft, from a shop"
