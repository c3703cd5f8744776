"""Whatever the bytes: an extract or a sentence, never anything else; and what is given is in the record's own form."""

import json
from datetime import date
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.errors import Invalid
from db.intake.extracted import Extract
from db.intake.reading import read_extract
from policy.facts import facts, normal

DATA = Path(__file__).parent.parent / "data"
TODAY = date(2026, 11, 22)
SAMPLE = json.loads((DATA / "prisoner-search-sample.json").read_text())["content"]
FIELDS = sorted({key for record in SAMPLE for key in record} | {"lastAdmissionDate", "actualParoleDate", "tariffDate"})
SEEDS = [
    json.dumps({"content": SAMPLE[:3]}, indent=1).encode(),
    json.dumps(SAMPLE[3:5]).encode(),
    (DATA / "prisoner-search-sample.csv").read_bytes(),
    (DATA / "locations-report-padded.csv").read_bytes(),
    (DATA / "locations-report.csv").read_text(encoding="utf-8").encode("utf-16"),
]
CHARS = st.characters() | st.sampled_from('"\\,;:/\n\r\x00\x1b{}[]')
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(CHARS, max_size=30)
    | st.sampled_from(
        ["2026-03-02", "31/12/9999", "RECALL", "LR", "FTR_ORA", "IPP", "ADM", "INT", "X:XVL", "1899-01-01", "A1234BC"]
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6),
    max_leaves=30,
)


def read_or_refuse(data: bytes, establishment: str = "") -> Extract | None:
    sentence = ""
    try:
        return read_extract(data, TODAY, establishment)
    except Invalid as error:
        sentence = error.sentence
    assert sentence.endswith(".")
    assert sentence.isprintable()
    return None


def check(extract: Extract) -> None:
    assert extract.rows == len(extract.people) + len(extract.refused) + extract.skipped
    assert len({person.number for person in extract.people}) == len(extract.people)
    for person in extract.people:
        names = [each.fact for each in person.values]
        assert len(set(names)) == len(names)
        for each in person.values:
            assert facts()[each.fact].extract
            assert normal(each.fact, each.value) == each.value
            assert each.value.isprintable()
            assert each.effective is None or date.fromisoformat(each.effective) <= TODAY
    for refused in extract.refused:
        assert refused.reason
        assert (refused.number + refused.value).isprintable()


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\x00\x00")
@example(b"\xef\xbb\xbf[")
@example(b'"prisonerNumber')
def test_any_bytes_give_an_extract_or_a_sentence(data: bytes) -> None:
    if (extract := read_or_refuse(data)) is not None:
        check(extract)


@settings(max_examples=300)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=6)), min_size=1, max_size=6),
)
def test_a_damaged_extract_gives_an_extract_or_a_sentence(seed: bytes, cuts: list[tuple[float, int, bytes]]) -> None:
    data = seed
    for where, length, put in cuts:
        at = int(where * len(data))
        data = data[:at] + put + data[at + length :]
    if (extract := read_or_refuse(data)) is not None:
        check(extract)


@given(st.sampled_from(SEEDS), st.floats(0, 1))
def test_a_shortened_json_extract_is_never_taken(seed: bytes, part: float) -> None:
    kept = seed[: int(part * (len(seed.rstrip()) - 1))]
    if seed[:1] in b"[{":
        assert read_or_refuse(kept) is None


@settings(max_examples=300)
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=12) | JSON, max_size=5))
def test_records_holding_anything_cost_the_good_one_nothing(records: list[object]) -> None:
    good = {"prisonerNumber": "Z9999ZZ", "lastName": "GOOD"}
    extract = read_or_refuse(json.dumps([good, *records], allow_nan=True).encode("utf-8", "surrogatepass"))
    assert extract is not None
    assert extract.people[0].number == "Z9999ZZ"
    check(extract)


@settings(max_examples=200)
@given(st.lists(st.lists(st.text(CHARS.filter(lambda c: c not in '"\n\r'), max_size=20), max_size=5), max_size=6))
def test_rows_holding_anything_cost_the_good_ones_nothing(rows: list[list[str]]) -> None:
    lines = ["prisonerNumber,lastName,firstName", "Z9999ZZ,GOOD,G", *(",".join(row) for row in rows), "Y9999YY,GOOD,G"]
    extract = read_or_refuse(("\n".join(lines) + "\n").encode("utf-8", "replace"))
    if extract is not None:  # a text full of control characters is no text
        assert {"Z9999ZZ", "Y9999YY"} <= {person.number for person in extract.people}
        check(extract)
