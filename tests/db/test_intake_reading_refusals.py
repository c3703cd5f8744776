"""Rows that are refused, each with line, field, value and a plain reason, and at no cost to the others."""

import json
from datetime import date

import pytest

from db.intake.extracted import Extract
from db.intake.reading import read_extract
from db.rows import Refused

TODAY = date(2026, 3, 2)
GOOD = {"prisonerNumber": "A9999ZZ", "lastName": "GOOD"}


def read(*records: object) -> Extract:
    lines = ",\n".join(json.dumps(record) for record in records)
    return read_extract(f"[\n{lines}\n]".encode(), TODAY)


def refusal(**fields: object) -> Refused:
    record = {"prisonerNumber": "A1234BC", "lastName": "EXAMPLE", **fields}
    extract = read(GOOD, record)
    assert [person.number for person in extract.people] == ["A9999ZZ"]
    assert extract.rows == 2
    (refused,) = extract.refused
    assert refused.line == 3
    return refused


@pytest.mark.parametrize(
    ("number", "read_as"), [("a1234bc", "A1234BC"), ("  A1234BC ", "A1234BC"), ("\u00a0A1234bC\t", "A1234BC")]
)
def test_small_letters_are_raised_and_blanks_dropped(number: str, read_as: str) -> None:
    assert read({"prisonerNumber": number, "lastName": "X"}).people[0].number == read_as


@pytest.mark.parametrize(
    "number", ["A123BC", "1234ABC", "A1234BCD", "A12 34BC", "A1234B\u017f", "A1234BC\n", "A\x001234BC", 7, ["A1234BC"]]
)
def test_a_number_not_like_a_prisoner_number_is_refused(number: object) -> None:
    refused = refusal(prisonerNumber=number)
    assert refused.field == "prisonerNumber"
    assert "A1234BC" in refused.reason


@pytest.mark.parametrize("number", [None, "", "   "])
def test_a_missing_number_is_refused(number: str | None) -> None:
    refused = refusal(prisonerNumber=number)
    assert (refused.number, refused.field, refused.value) == ("", "prisonerNumber", "")
    assert refused.reason == "the prisoner number is missing"


@pytest.mark.parametrize("surname", [None, "", "  ", "\x1b[2J"])
def test_a_missing_surname_is_refused(surname: str | None) -> None:
    assert refusal(lastName=surname) == Refused(3, "A1234BC", "lastName", "", "the surname is missing")


@pytest.mark.parametrize("surname", [["EXAMPLE"], {"name": "EXAMPLE"}, True])
def test_a_surname_that_is_no_text_is_refused(surname: object) -> None:
    assert refusal(lastName=surname).field == "lastName"


def test_a_value_longer_than_any_real_one_is_refused_and_shown_cut_short() -> None:
    refused = refusal(lastName="X" * 5000)
    assert "longer than 100" in refused.reason
    assert len(refused.value) < 70


@pytest.mark.parametrize(
    "written",
    ["soon", "2026-02-30", "31/02/2026", "2026-13-01", "02/27/2026", "27-02-26", "44981", "2026-02-27T25:00", 7],
)
def test_a_date_that_cannot_be_read_is_refused(written: object) -> None:
    refused = refusal(sentenceExpiryDate=written)
    assert (refused.field, refused.value) == ("sentenceExpiryDate", str(written))
    assert refused.reason == "this cannot be read as a date"


@pytest.mark.parametrize(
    ("born", "reason"),
    [("2026-03-03", "in the future"), ("9999-01-01", "in the future"), ("1899-12-31", "before 1900")],
)
def test_a_date_of_birth_that_cannot_be_is_refused(born: str, reason: str) -> None:
    refused = refusal(dateOfBirth=born)
    assert (refused.field, refused.value) == ("dateOfBirth", born)
    assert reason in refused.reason


@pytest.mark.parametrize("field", ["lastAdmissionDate", "receptionDate"])
def test_an_admission_tomorrow_is_refused_and_today_is_not(field: str) -> None:
    assert "in the future" in refusal(**{field: "2026-03-03"}).reason
    assert read({**GOOD, field: "2026-03-02"}).refused == ()


def test_a_sentence_that_expires_before_it_starts_is_refused() -> None:
    refused = refusal(sentenceStartDate="2025-05-06", sentenceExpiryDate="2025-05-05")
    assert refused.field == "sentenceExpiryDate"
    assert "6 May 2025" in refused.reason


def test_a_sentence_of_one_day_is_taken() -> None:
    assert read({**GOOD, "sentenceStartDate": "2025-05-06", "sentenceExpiryDate": "2025-05-06"}).refused == ()


LEAVING = [
    "confirmedReleaseDate",
    "conditionalReleaseDate",
    "automaticReleaseDate",
    "actualParoleDate",
    "homeDetentionCurfewActualDate",
]


@pytest.mark.parametrize("field", LEAVING)
def test_a_release_before_custody_of_somebody_sentenced_is_refused(field: str) -> None:
    sentenced = {"legalStatus": "SENTENCED", "receptionDate": "2026-01-05"}
    refused = refusal(**sentenced, **{field: "2026-01-04"})
    assert (refused.field, refused.value) == (field, "2026-01-04")
    assert "before custody began on 5 Jan 2026" in refused.reason
    assert read({**GOOD, **sentenced, field: "2026-01-05"}).refused == ()


def test_an_eligibility_date_before_custody_is_taken() -> None:
    record = {**GOOD, "legalStatus": "SENTENCED", "receptionDate": "2026-01-05", "paroleEligibilityDate": "2025-01-05"}
    assert read(record).refused == ()


def test_the_second_row_of_one_person_is_refused_and_the_first_taken() -> None:
    extract = read({**GOOD, "firstName": "ONE"}, {**GOOD, "prisonerNumber": "a9999zz", "firstName": "TWO"})
    assert [given.value for given in extract.people[0].values] == ["GOOD", "ONE"]
    assert extract.refused[0].line == 3
    assert "line 2" in extract.refused[0].reason


def test_a_good_row_is_taken_where_the_persons_first_row_was_refused() -> None:
    extract = read({**GOOD, "dateOfBirth": "soon"}, GOOD)
    assert [(person.number, person.line) for person in extract.people] == [("A9999ZZ", 3)]


@pytest.mark.parametrize("odd", [None, 7, "A1234BC", ["A1234BC"], True])
def test_an_element_that_is_no_record_is_refused(odd: object) -> None:
    extract = read(GOOD, odd, {**GOOD, "prisonerNumber": "A1111AA"})
    assert [person.number for person in extract.people] == ["A9999ZZ", "A1111AA"]
    assert [(each.line, each.field) for each in extract.refused] == [(3, "row")]


def test_a_number_beyond_all_bounds_costs_nobody_else_anything() -> None:
    text = (
        '[{"prisonerNumber":"A1234BC","lastName":"X","recall":1e99999},\n{"prisonerNumber":"A9999ZZ","lastName":"G"}]'
    )
    assert "A9999ZZ" in {person.number for person in read_extract(text.encode(), TODAY).people}


def test_half_a_surrogate_costs_nobody_else_anything() -> None:
    text = '[{"prisonerNumber":"A1234BC","lastName":"X\\ud800Y"},\n{"prisonerNumber":"A9999ZZ","lastName":"G"}]'
    extract = read_extract(text.encode(), TODAY)
    assert [(p.number, p.line, p.values[0].value) for p in extract.people] == [
        ("A1234BC", 1, "X Y"),
        ("A9999ZZ", 2, "G"),
    ]


def table(*rows: str) -> Extract:
    return read_extract("\n".join(("prisonerNumber,lastName,firstName", *rows, "")).encode(), TODAY)


@pytest.mark.parametrize("row", ["A1234BC,EXAMPLE", " a1234bc,EXAMPLE,ADAM,JOHN"])
def test_a_row_with_too_few_or_too_many_values_is_refused(row: str) -> None:
    extract = table("A1111AA,GOOD,G", row, "A2222BB,GOOD,G")
    assert [person.number for person in extract.people] == ["A1111AA", "A2222BB"]
    assert (extract.refused[0].line, extract.refused[0].number) == (3, "A1234BC")
    assert "where the header has 3" in extract.refused[0].reason


def test_empty_values_after_the_last_column_are_no_harm() -> None:
    assert table("A1111AA,GOOD,G,,,").refused == ()


def test_a_quotation_mark_left_open_swallows_no_other_row() -> None:
    extract = table("A1111AA,GOOD,G", 'A1234BC,"EXAMPLE,ADAM', "A2222BB,GOOD,G", 'A3333CC,"GOOD, JNR",G')
    assert [person.number for person in extract.people] == ["A1111AA", "A2222BB", "A3333CC"]
    assert [(each.line, each.reason) for each in extract.refused] == [(3, "a quotation mark is not closed")]


def test_two_quotation_marks_left_open_swallow_no_row_between_them() -> None:
    extract = table('A1234BC,"EXAMPLE,ADAM', "A2222BB,GOOD,G", 'A3333CC,"GOOD,G', "A4444DD,GOOD,G")
    assert [person.number for person in extract.people] == ["A2222BB", "A4444DD"]
    assert [each.line for each in extract.refused] == [2, 4]


def test_a_file_that_stops_inside_its_last_row_refuses_that_row() -> None:
    extract = read_extract(b"prisonerNumber,lastName,firstName\nA1111AA,GOOD,G\nA1234BC,EXA", TODAY)
    assert len(extract.people) == 1
    assert "stops in the middle" in extract.refused[0].reason


def test_a_row_of_the_locations_report_is_refused_by_its_own_column() -> None:
    text = (
        "NOMS Number,Offender Surname,Offender Given Name 1,Date of Birth,Establishment Code\n"
        "A1111AA,GOOD,G,01/01/1990,MDI\nA1234BC,EXAMPLE,A,31/02/1990,MDI\nA1111AA,GOOD,G,01/01/1990,MDI\n"
    )
    extract = read_extract(text.encode(), TODAY)
    assert [(each.line, each.field) for each in extract.refused] == [(3, "Date of Birth"), (4, "NOMS Number")]


def test_somebody_who_stands_there_twice_is_taken_once() -> None:
    extract = read(GOOD, GOOD)
    assert [person.line for person in extract.people] == [2]
    assert [(refused.line, refused.reason) for refused in extract.refused] == [
        (3, "this person is already on line 2, which was taken")
    ]


@pytest.mark.parametrize("other", [{"lastName": "OTHER"}, {"dateOfBirth": "1990-05-01"}])
def test_a_number_that_stands_there_for_somebody_else_says_for_whom(other: dict[str, str]) -> None:
    (refused,) = read({**GOOD, "dateOfBirth": "1985-05-01"}, {**GOOD, **other}).refused
    assert refused.field == "prisonerNumber"
    assert refused.reason.startswith("this number is already on line 2, for GOOD, born Wed 1 May 1985,")
