"""A prisoner-search extract, as JSON or as CSV, record by record. Fields we do not read are passed over.

The usual file is read in one sweep; what that sweep will not take (a stray NaN, half a surrogate)
is read again element by element, so that one odd record does not cost the others.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from db.errors import Invalid
from db.intake.fields import likely_number, shown
from db.intake.json_text import NOTHING, read_loosely
from db.intake.tables import Table, columns, fold, rows


class Record(msgspec.Struct, rename="camel", gc=False):
    """The fields we read of one record, unchecked: any of them may hold anything."""

    prisoner_number: object = None
    first_name: object = None
    middle_names: object = None
    last_name: object = None
    date_of_birth: object = None
    gender: object = None
    nationality: object = None
    status: object = None
    last_movement_type_code: object = None
    last_movement_reason_code: object = None
    in_out_status: object = None
    prison_id: object = None
    cell_location: object = None
    alerts: object = None
    legal_status: object = None
    imprisonment_status: object = None
    most_serious_offence: object = None
    recall: object = None
    indeterminate_sentence: object = None
    sentence_start_date: object = None
    sentence_expiry_date: object = None
    licence_expiry_date: object = None
    confirmed_release_date: object = None
    conditional_release_date: object = None
    automatic_release_date: object = None
    non_parole_date: object = None
    parole_eligibility_date: object = None
    actual_parole_date: object = None
    home_detention_curfew_eligibility_date: object = None
    home_detention_curfew_actual_date: object = None
    post_recall_release_date: object = None
    tariff_date: object = None
    reception_date: object = None
    last_admission_date: object = None


class Row(NamedTuple):
    """One record and the line it begins on, or where all stand on one line its place.

    `problem` says why it is none, and `given` what stands there instead.
    """

    line: int
    record: Record | None
    given: str = ""
    problem: str = ""


class Rows(NamedTuple):
    """The records of an extract, and whether it says itself that there are more of them elsewhere."""

    rows: list[Row]
    full: bool
    notes: tuple[str, ...] = ()


_FIELDS = {field.encode_name: field.name for field in msgspec.structs.fields(Record)}
_COLUMNS = {fold(encoded): name for encoded, name in _FIELDS.items()}
_NO_RECORD = "this is not a record but a single value or a list"


class _Page(msgspec.Struct, rename="camel"):
    content: list[Record]
    total_elements: object = None


class _Envelope(msgspec.Struct, rename="camel"):
    content: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    total_elements: object = None


_list = msgspec.json.Decoder(list[msgspec.Raw])
_whole_page = msgspec.json.Decoder(_Page)
_envelope = msgspec.json.Decoder(_Envelope)
_records = msgspec.json.Decoder(list[Record])
_record = msgspec.json.Decoder(Record)


def is_json(text: str) -> bool:
    """Whether a text begins as JSON does."""
    return text.lstrip()[:1] in ("{", "[")


def from_json(text: str) -> Rows:
    """The records of a JSON extract: a list, an object with `content`, or one record.

    Raises:
        Invalid: it is cut off, broken, nested beyond reason, or JSON of something else.
    """
    try:
        found = _swept(text.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, RecursionError) as error:
        found = _read_again(text, cut_off="truncated" in str(error))
    if not found.rows:
        raise Invalid(f"There is nobody in this extract. {NOTHING}")
    if not any(row.record and (row.record.prisoner_number or row.record.last_name) for row in found.rows):
        raise Invalid(_something_else(text))
    if len(found.rows) > 1 and found.rows[0].line == found.rows[-1].line:
        # In a file of one line its number tells nothing; the record's place in it does.
        return found._replace(rows=[row._replace(line=place) for place, row in enumerate(found.rows, start=1)])
    return found


def _something_else(text: str) -> str:
    names = re.findall(r'"([A-Za-z][\w.-]{0,40})"\s*:', text[:4000])
    seen = f" Its fields are {', '.join(dict.fromkeys(names[:6]))} …" if names else ""
    return (
        f"This is JSON, but not of a prisoner search: nobody in it has a prisonerNumber or a lastName.{seen} {NOTHING}"
    )


def _swept(data: bytes) -> Rows:
    wrapped = not data.lstrip().startswith(b"[")
    if b"\n" not in data.strip():  # all on one line, as a service sends it
        try:
            page = _whole_page.decode(data) if wrapped else _Page(_records.decode(data))
        except msgspec.ValidationError:
            pass
        else:
            line = data[: data.index(b"{" if wrapped else b"[")].count(b"\n") + 1
            return _page([Row(line, record) for record in page.content], page.total_elements)
    return _swept_by_line(data, wrapped)


def _swept_by_line(data: bytes, wrapped: bool) -> Rows:
    content = data
    total: object = None
    if wrapped:
        envelope = _envelope.decode(data)
        if isinstance(envelope.content, msgspec.UnsetType):
            return Rows([Row(data[: data.index(b"{")].count(b"\n") + 1, _record.decode(data))], False)
        content, total = bytes(envelope.content), envelope.total_elements
        if not content.startswith(b"["):
            raise Invalid(f"This is JSON with “content”, but that is not a list of records. {NOTHING}")
    raws = _list.decode(content)
    before = data.count(b"\n", 0, max(data.find(content[:200]), 0)) if wrapped else 0
    lines = _lines(content, raws, before + 1)
    try:
        found = [Row(line, record) for line, record in zip(lines, _records.decode(content), strict=True)]
    except msgspec.ValidationError:
        found = [_row(line, bytes(raw)) for line, raw in zip(lines, raws, strict=True)]
    return _page(found, total)


def _lines(data: bytes, raws: list[msgspec.Raw], line: int) -> list[int]:
    """The line each element of a list begins on; its `[` stands in line `line`."""
    found: list[int] = []
    counted, position = 0, data.index(b"[") + 1
    for raw in raws:
        view = memoryview(raw)
        # Between two elements stand only blanks and a comma, so the first byte of this one finds it.
        begins = data.find(bytes(view[:1]), position)
        line += data.count(b"\n", counted, begins)
        counted, position = begins, begins + view.nbytes
        found.append(line)
    return found


def _row(line: int, piece: bytes) -> Row:
    """One element by itself: a record, no object, or an object with a number beyond all bounds."""
    try:
        return Row(line, _record.decode(piece))
    except msgspec.ValidationError:
        pass
    try:
        return _as_row(line, json.loads(piece))
    except (ValueError, RecursionError):
        return Row(line, None, shown(piece[:200].decode("utf-8", "replace")), "this record cannot be read")


def _page(found: list[Row], total: object) -> Rows:
    if isinstance(total, int) and total > len(found):
        note = f"This is one page of an extract: {len(found)} of {total} people. Nobody is taken to be gone."
        return Rows(found, False, (note,))
    return Rows(found, True)


def _as_row(line: int, value: Any) -> Row:
    if not isinstance(value, dict):
        return Row(line, None, shown(value), _NO_RECORD)
    return Row(line, Record(**{_FIELDS[key]: given for key, given in value.items() if key in _FIELDS}))


def _read_again(text: str, cut_off: bool) -> Rows:
    found = read_loosely(text, cut_off)
    records = [_as_row(line, value) for line, value in found.items]
    return _page(records, found.total) if found.listed else Rows(records, False)


def is_search_csv(table: Table) -> bool:
    """Whether a header is that of a prisoner search."""
    return any(fold(cell) == "prisonernumber" for cell in table.header)


def knows_column(column: str) -> bool:
    """Whether a column of this name is one we read."""
    return fold(column) in _COLUMNS


def from_csv(table: Table) -> Rows:
    """The records of a prisoner search as CSV, one column a field.

    Raises:
        Invalid: a column stands there twice, the surname's is missing, or there are no rows.
    """
    where = columns(table, _COLUMNS)
    if "last_name" not in where:
        raise Invalid(f"This extract has no column lastName (header on line {table.line}). {NOTHING}")
    found = list(_csv_rows(table, where))
    if not found:
        raise Invalid(f"This extract has a header but nobody under it. {NOTHING}")
    return Rows(found, True)


def _csv_rows(table: Table, where: dict[str, int]) -> Iterator[Row]:
    number = where["prisoner_number"]
    nothing = len(table.header)
    order = [where.get(name, nothing) for name in Record.__struct_fields__]
    for line, cells, problem in rows(table):
        if problem:
            yield Row(line, None, likely_number(cells[number]) if number < len(cells) else "", problem)
            continue
        cells.append("")  # what a column that is not there holds
        yield Row(line, Record(*[cells[index] or None for index in order]))
