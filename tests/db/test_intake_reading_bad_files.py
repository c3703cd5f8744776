"""Files that are no extract, or not a whole one: each has its own sentence. And every encoding a real one comes in."""

from datetime import date
from pathlib import Path

import pytest

from db.errors import Invalid
from db.intake.reading import read_extract

TODAY = date(2026, 11, 22)
SAMPLE = (Path(__file__).parent.parent / "data" / "prisoner-search-sample.json").read_bytes()
RECORD = '{"prisonerNumber":"A1234BC","lastName":"MUÑOZ","nationality":"Côte d’Ivoire"}'
TABLE = "prisonerNumber,lastName,nationality\nA1234BC,MUÑOZ,Côte d’Ivoire\n"
REPORT = "NOMS Number,Offender Surname,Offender Given Name 1,Date of Birth,Establishment Code"


def sentence(data: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        read_extract(data, TODAY)
    return caught.value.sentence


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00", b",,,\n,,,\n"])
def test_an_empty_file_says_so(data: bytes) -> None:
    assert sentence(data).startswith("This file is empty.")


@pytest.mark.parametrize("data", [b"prisonerNumber,lastName\n", REPORT.encode(), f"{REPORT}\n,,,,\n".encode()])
def test_a_header_alone_says_so(data: bytes) -> None:
    assert "a header but nobody under it" in sentence(data)


@pytest.mark.parametrize("data", [b"[]", b'{"content": []}'])
def test_json_without_people_says_so(data: bytes) -> None:
    assert sentence(data).startswith("There is nobody in this extract.")


@pytest.mark.parametrize("kept", [20, 4000, 9000, len(SAMPLE) - 400, len(SAMPLE) - 3])
def test_json_that_is_cut_off_says_how_much_could_be_read_and_that_nothing_was_taken(kept: int) -> None:
    said = sentence(SAMPLE[:kept])
    whole = SAMPLE[:kept].count(b"\n    }") if kept < len(SAMPLE) - 3 else 10
    assert said.startswith("This file is cut off")
    assert f"{whole} whole record" in said
    assert said.endswith("Nothing was taken in.")


def test_one_record_that_is_cut_off_says_so() -> None:
    assert "stops in the middle of a record" in sentence(b'{"prisonerNumber": "A1234BC", "lastName": "EX')


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "Save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as CSV"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"\x1f\x8b\x08\x00\x00", "Unpack it"),
        (b"SQLite format 3\x00", "database"),
    ],
)
def test_a_file_of_another_kind_says_what_it_is_and_what_to_do(data: bytes, words: str) -> None:
    assert words in sentence(data + bytes(300))


def test_json_of_something_else_names_what_is_in_it() -> None:
    said = sentence(b'{"status": 404, "userMessage": "not found"}')
    assert said.startswith("This is JSON, but not of a prisoner search")
    assert "status, userMessage" in said


def test_content_that_is_no_list_says_so() -> None:
    assert "“content”" in sentence(b'{"content": "none"}')


def test_json_broken_in_the_middle_names_the_line() -> None:
    assert "broken on line 12" in sentence(SAMPLE.replace(b'"TEST"', b'"TEST', 1))


def test_more_than_one_json_extract_in_a_file_says_so() -> None:
    assert sentence(SAMPLE + b"\n" + SAMPLE).startswith("This file goes on after its end")


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"prisonerNumber":"A1234BC","lastName":"X","z":['])
def test_nesting_without_end_says_so(opening: bytes) -> None:
    assert sentence(opening * 100_000 if len(opening) < 9 else opening + b"[" * 100_000).startswith(
        "This file is nested"
    )


def test_unknown_columns_are_named() -> None:
    said = sentence(b"Name,Cell,Wing\nEXAMPLE,1-001,A\n")
    assert "Name, Cell, Wing" in said
    assert "prisonerNumber" in said
    assert "NOMS Number" in said


def test_an_extract_without_surnames_says_so() -> None:
    assert "no column lastName" in sentence(b"prisonerNumber,firstName\nA1234BC,ADAM\n")


def test_a_column_that_stands_there_twice_says_so() -> None:
    assert "stands twice" in sentence(b"prisonerNumber,lastName,lastName\nA1234BC,A,B\n")


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, "prisonerNumber,lastName".encode("utf-7") + b"\x81\x8d" * 40])
def test_text_in_no_encoding_we_read_says_so(data: bytes) -> None:
    assert sentence(data).startswith("The text of this file cannot be read")


ENCODED = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with mark": lambda text: text.encode("utf-8-sig"),
    "utf-16 little": lambda text: text.encode("utf-16-le"),
    "utf-16 big": lambda text: text.encode("utf-16-be"),
    "utf-16 little with mark": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf-16 big with mark": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "windows-1252": lambda text: text.encode("cp1252"),
}


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("text", [RECORD, f"[{RECORD}]", TABLE], ids=["record", "list", "csv"])
def test_accents_survive_every_encoding(encoding: str, text: str) -> None:
    values = read_extract(ENCODED[encoding](text), TODAY).people[0].values
    assert [given.value for given in values] == ["MUÑOZ", "Côte d’Ivoire"]


def test_one_windows_byte_inside_utf_8_leaves_the_other_rows_as_they_are() -> None:
    data = TABLE.encode() + "A2345CD,NUÑEZ,\n".encode("cp1252")
    surnames = [person.values[0].value for person in read_extract(data, TODAY).people]
    assert surnames == ["MUÑOZ", "NUÑEZ"]


def test_utf_8_cut_off_inside_a_letter_is_no_other_encoding() -> None:
    data = TABLE.encode() + "A2345CD,NUÑ".encode()[:-1]
    extract = read_extract(data, TODAY)
    assert extract.people[0].values[0].value == "MUÑOZ"
    assert "stops in the middle" in extract.refused[0].reason
