"""What one record of a prisoner search gives: custody, sentence, release, recall, alerts, and what is asked."""

import json
from datetime import date

import pytest

from db.intake.extracted import Extracted, Given
from db.intake.reading import read_extract

TODAY = date(2026, 3, 2)


def read(**fields: object) -> Extracted:
    record = {"prisonerNumber": "A1234BC", "lastName": "EXAMPLE", **fields}
    extract = read_extract(json.dumps([record]).encode(), TODAY)
    assert extract.refused == ()
    return extract.people[0]


def given(**fields: object) -> dict[str, str]:
    return {each.fact: each.value for each in read(**fields).values}


def fact(name: str, **fields: object) -> Given | None:
    return next((each for each in read(**fields).values if each.fact == name), None)


def asked(**fields: object) -> dict[str, str]:
    return {each.about: each.evidence for each in read(**fields).questions}


def test_forenames_are_first_and_middle_names() -> None:
    assert given(firstName="ADAM", middleNames="JOHN PAUL")["forenames"] == "ADAM JOHN PAUL"


@pytest.mark.parametrize(
    ("gender", "sex"), [("Male", "male"), ("FEMALE", "female"), ("Not Known / Not Recorded", None), (None, None)]
)
def test_a_sex_other_than_male_or_female_is_not_known(gender: str | None, sex: str | None) -> None:
    assert given(gender=gender).get("sex") == sex


def test_control_characters_and_escape_sequences_are_kept_out_of_text() -> None:
    values = given(lastName="EX\x1b[31mAM\x07PLE\u202e", nationality="Bri\x1b]0;title\x07tish")
    assert values["surname"] == "EX AM PLE"
    assert values["nationality"] == "Bri tish"


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("2026-02-27", "2026-02-27"),
        ("2026-02-27T16:40:12", "2026-02-27T16:40"),
        ("2026-02-27T00:00:00", "2026-02-27"),
        ("2026-02-27 16:40", "2026-02-27T16:40"),
        ("27/02/2026", "2026-02-27"),
        ("27/02/2026 16:40", "2026-02-27T16:40"),
        ("27/02/2026 00:00", "2026-02-27"),
        ("2025-06-30T23:00:00Z", "2025-07-01"),
        ("2026-02-27T16:40:00.000+00:00", "2026-02-27T16:40"),
    ],
)
def test_custody_start_keeps_its_time_unless_it_is_midnight(written: str, start: str) -> None:
    assert given(lastAdmissionDate=written)["custody-start"] == start


def test_custody_starts_with_the_last_admission_else_the_reception() -> None:
    both = given(lastAdmissionDate="2026-01-05", receptionDate="2025-01-05")
    assert (both["custody-start"], both["arrival"]) == ("2026-01-05", "2026-01-05")
    assert given(receptionDate="2025-01-05")["custody-start"] == "2025-01-05"
    assert "custody-start" not in given()


@pytest.mark.parametrize(
    ("kind", "reason", "transferred"),
    [
        ("ADM", "INT", "yes"),
        ("ADM", "TRNCRT", "yes"),
        ("ADM", "TRNTAP", "yes"),
        ("TRN", "NOTR", "yes"),
        ("TRN", None, "yes"),
        ("ADM", "N", "no"),
        ("CRT", "19", "no"),
        ("ADM", None, None),
        (None, None, None),
    ],
)
def test_somebody_transferred_in_has_no_arrival(kind: str | None, reason: str | None, transferred: str | None) -> None:
    values = given(receptionDate="2026-01-05", lastMovementTypeCode=kind, lastMovementReasonCode=reason)
    assert values.get("transferred-in") == transferred
    assert ("arrival" in values) == (transferred != "yes")


def test_plain_release_date_and_non_dto_release_date_are_passed_over() -> None:
    assert given(releaseDate="2027-01-01", nonDtoReleaseDate="2027-01-01") == {"surname": "EXAMPLE"}


def test_parole_and_curfew_actual_dates_are_the_approved_ones() -> None:
    values = given(actualParoleDate="2027-01-01", homeDetentionCurfewActualDate="2027-02-01")
    assert (values["approved-parole"], values["approved-curfew"]) == ("2027-01-01", "2027-02-01")


@pytest.mark.parametrize("sentinel", ["1900-01-01", "9999-12-31", "0001-01-01", "31/12/9999"])
def test_a_year_that_stands_for_no_date_is_not_known(sentinel: str) -> None:
    person = read(confirmedReleaseDate=sentinel)
    assert [each.fact for each in person.values] == ["surname"]
    assert person.questions == ()


def test_the_year_2099_is_kept() -> None:
    assert given(confirmedReleaseDate="2099-09-12")["release-date"] == "2099-09-12"


def test_a_year_that_cannot_be_right_is_left_out_and_asked_about() -> None:
    assert "release-date" not in given(confirmedReleaseDate="2206-05-22")
    assert asked(confirmedReleaseDate="2206-05-22")["release-date"] == "confirmedReleaseDate 2206-05-22"


def test_sentence_facts_date_from_the_start_of_the_sentence() -> None:
    fields = {"sentenceStartDate": "2025-05-06", "legalStatus": "SENTENCED", "imprisonmentStatus": "ADIMP_ORA"}
    for name in ("sentence-start", "sentence-type", "legal-status", "imprisonment-status"):
        assert getattr(fact(name, **fields), "effective", None) == "2025-05-06"
    assert getattr(fact("sentence-expiry", sentenceExpiryDate="2027-05-05", **fields), "effective", "") == "2025-05-06"


def test_a_remand_status_does_not_date_from_a_sentence() -> None:
    found = fact("legal-status", legalStatus="REMAND", sentenceStartDate="2025-05-06")
    assert found == Given("legal-status", "remand", None)


@pytest.mark.parametrize("legal", ["UNKNOWN", None])
def test_an_unknown_legal_status_is_not_known_and_nothing_is_asked(legal: str | None) -> None:
    assert "legal-status" not in given(legalStatus=legal)
    assert asked(legalStatus=legal) == {}


def test_a_legal_status_that_is_not_listed_is_asked_about() -> None:
    assert "legal-status" not in given(legalStatus="PAROLED")
    assert asked(legalStatus="PAROLED") == {"legal-status": "legal status PAROLED"}


@pytest.mark.parametrize(
    "fields",
    [
        {"legalStatus": "DEAD"},
        {"imprisonmentStatus": "DIED"},
        {"lastMovementTypeCode": "REL", "lastMovementReasonCode": "DEC"},
    ],
)
def test_a_death_is_asked_about_and_the_person_is_not_on_the_roll(fields: dict[str, object]) -> None:
    person = read(status="ACTIVE IN", **fields)
    assert not person.present
    assert [each.about for each in person.questions] == ["death"]


def test_a_sentence_type_the_flag_contradicts_is_asked_about() -> None:
    fields = {"imprisonmentStatus": "SENT03", "legalStatus": "SENTENCED", "indeterminateSentence": True}
    assert "sentence-type" not in given(**fields)
    assert asked(**fields)["sentence-type"].startswith("indeterminate sentence yes; legal status SENTENCED")


def test_two_doubts_about_one_thing_are_one_question() -> None:
    person = read(lastAdmissionDate="2206-01-05", receptionDate="2207-01-05")
    assert [each.about for each in person.questions] == ["custody-start"]
    assert person.questions[0].evidence == "lastAdmissionDate 2206-01-05; receptionDate 2207-01-05"


def test_a_flag_that_says_neither_yes_nor_no_is_asked_about() -> None:
    assert asked(recall="perhaps") == {"recall": "recall perhaps"}


RECALLED = {"recall": True, "legalStatus": "RECALL", "imprisonmentStatus": "FTR_ORA"}


def test_a_recall_dates_from_the_return_to_custody() -> None:
    values = read(lastAdmissionDate="2026-02-10T11:30:00", sentenceStartDate="2024-01-08", **RECALLED).values
    recall = {each.fact: (each.value, each.effective) for each in values if each.fact.startswith("recall")}
    assert recall == {
        "recall": ("fixed-term", "2026-02-10"),
        "recall-returned": ("2026-02-10", "2026-02-10"),
        "recall-days": ("28", "2026-02-10"),
    }


def test_reception_is_the_return_only_after_the_sentence_started() -> None:
    later = given(receptionDate="2026-02-10", sentenceStartDate="2024-01-08", **RECALLED)
    assert later["recall-returned"] == "2026-02-10"
    before = given(receptionDate="2023-12-10", sentenceStartDate="2024-01-08", **RECALLED)
    assert "recall-returned" not in before
    assert before["recall"] == "fixed-term"


def test_signals_of_a_recall_that_disagree_are_asked_about_with_the_evidence() -> None:
    fields = {"recall": True, "legalStatus": "SENTENCED", "imprisonmentStatus": "SENT03"}
    assert "recall" not in given(**fields)
    assert asked(**fields)["recall"] == (
        "recall flag yes; legal status SENTENCED; imprisonment status SENT03 (no recall)"
    )


def test_nobody_is_recalled_when_every_signal_says_no() -> None:
    assert given(recall=False, legalStatus="REMAND", imprisonmentStatus="TRL")["recall"] == "no"


def test_recall_is_not_known_where_nothing_speaks_of_it() -> None:
    person = read(legalStatus="INDETERMINATE_SENTENCE")
    assert "recall" not in {each.fact for each in person.values}
    assert "recall" not in {each.about for each in person.questions}


def alert(code: str, active: bool = True, **more: object) -> dict[str, object]:
    return {"alertType": code[0], "alertCode": code, "active": active, "expired": False, **more}


def test_an_alert_is_yes_while_active_no_when_over_and_not_known_when_absent() -> None:
    assert given(alerts=[alert("OPPO")])["ppo"] == "yes"
    assert given(alerts=[alert("OPPO", active=False)])["ppo"] == "no"
    assert "ppo" not in given(alerts=[])


def test_an_expired_alert_is_over() -> None:
    assert given(alerts=[alert("HA", expired=True)])["acct"] == "no"


def test_an_alert_gives_its_own_date() -> None:
    found = fact("removal-interest", alerts=[alert("XLDEPORT", dateCreated="2025-11-03T09:12:00")])
    assert found == Given("removal-interest", "yes", "2025-11-03")


def test_alerts_of_a_cell_are_read_like_those_of_a_list() -> None:
    text = "prisonerNumber,lastName,alerts\nA1234BC,EXAMPLE,R:ROH;X:XVL;O:OPPO:inactive\n"
    values = read_extract(text.encode(), TODAY).people[0].values
    assert [(each.fact, each.value) for each in values[1:]] == [("rosh", "high"), ("ppo", "no")]


def test_alerts_that_cannot_be_read_are_passed_over_and_asked_about() -> None:
    person = read(alerts=[alert("OPPO"), 7, {"alertCode": None}])
    assert ("ppo", "yes") in {(each.fact, each.value) for each in person.values}
    assert [each.about for each in person.questions] == ["alerts"]


def test_a_release_before_custody_of_somebody_not_sentenced_is_asked_about() -> None:
    fields = {"legalStatus": "REMAND", "receptionDate": "2026-01-05", "conditionalReleaseDate": "2025-12-01"}
    assert given(**fields)["conditional-release"] == "2025-12-01"
    assert asked(**fields) == {"conditional-release": "conditionalReleaseDate 2025-12-01"}


def test_a_release_before_custody_of_somebody_recalled_is_history() -> None:
    fields = {**RECALLED, "lastAdmissionDate": "2026-01-05", "conditionalReleaseDate": "2025-06-01"}
    assert given(**fields)["conditional-release"] == "2025-06-01"
    assert asked(**fields) == {}
