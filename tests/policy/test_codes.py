"""What the codes of an extract say: alerts, statuses, sentence types, recalls, movements."""

import tomllib
from pathlib import Path

import pytest

from policy.alerts import Alert, AlertFact, facts_of_alerts
from policy.codes import (
    Codes,
    YesNo,
    alert_names,
    codes,
    imprisonment_statuses,
    legal_status,
    movement_names,
    recall_kind,
    recall_reasons,
    sentence_type,
    status_says_recall,
    transferred_in,
)
from policy.facts import normal
from policy.recall_signals import Signals, find_recall
from policy.schema import RulebookError, read_toml, shipped
from policy.sentence_kinds import find_sentence_type

FACTS = tomllib.loads((Path(__file__).parents[2] / "policy" / "facts.toml").read_text(encoding="utf-8"))


def test_every_fact_an_alert_speaks_of_is_one_an_extract_may_give() -> None:
    for rule in codes().alert:
        assert FACTS[rule.fact]["extract"]
        for value in filter(None, (rule.active, rule.inactive)):
            assert normal(rule.fact, value) == value


def test_every_alert_code_that_is_read_is_in_the_table() -> None:
    read = {code for rule in codes().alert for code in rule.codes if not code.endswith("*")}
    assert read - set(alert_names()) == set()


def test_every_care_leaver_alert_of_the_table_speaks_of_a_care_leaver() -> None:
    care = [code for code in alert_names() if code.startswith("L")]
    assert len(care) == 4
    assert all(facts_of_alerts([Alert(code, True)]) == (AlertFact("care-leaver", "yes", None),) for code in care)


def test_every_legal_status_of_the_table_of_statuses_is_known() -> None:
    assert {row.legal_status for row in imprisonment_statuses().values()} - {s.word for s in codes().legal} == set()


def test_every_value_of_a_legal_status_is_one_of_the_facts() -> None:
    assert {status.value for status in codes().legal if status.value} <= set(FACTS["legal-status"]["values"])


def test_the_tables_are_whole() -> None:
    sizes = len(alert_names()), len(imprisonment_statuses()), len(movement_names()), len(recall_reasons())
    assert sizes == (87, 120, 49, 17)


def test_a_misspelt_key_is_named() -> None:
    broken = shipped("codes.toml").replace('fact = "ppo"', 'fcat = "ppo"')
    with pytest.raises(RulebookError, match="alert"):
        read_toml(broken, Codes, "codes.toml")


def value(*alerts: Alert) -> str | None:
    found = facts_of_alerts(alerts)
    return found[0].value if found else None


@pytest.mark.parametrize(
    ("code", "fact", "active", "over"),
    [
        ("OPPO", "ppo", "yes", "no"),
        ("P0", "mappa-eligible", "yes", "no"),
        ("ROM", "rosh", "medium", None),
        ("ROH", "rosh", "high", None),
        ("ROV", "rosh", "very-high", None),
        ("HA", "acct", "yes", "no"),
        ("OVI", "victim-inquiry", "yes", "no"),
        ("SR", "sexual-violent-offence", "yes", None),
        ("SO", "sexual-violent-offence", "yes", None),
        ("XSO", "sexual-violent-offence", "yes", None),
        ("TAH", "transfer-hold", "allocation", None),
        ("TAP", "transfer-hold", "accredited programme", None),
        ("TG", "transfer-hold", "governor", None),
        ("TM", "transfer-hold", "medical", None),
        ("TPR", "transfer-hold", "parole", None),
        ("TSE", "transfer-hold", "security", None),
        ("LCE", "care-leaver", "yes", "no"),
        ("LFC21", "care-leaver", "yes", None),
        ("AS", "social-care-need", "yes", "no"),
        ("XLDEPORT", "removal-interest", "yes", "no"),
        ("XSDEPORT", "removal-interest", "yes", "no"),
    ],
)
def test_an_alert_speaks_of_its_fact(code: str, fact: str, active: str, over: str | None) -> None:
    assert facts_of_alerts([Alert(code, True)]) == (AlertFact(fact, active, None),)
    assert facts_of_alerts([Alert(code, False)]) == (() if over is None else (AlertFact(fact, over, None),))


@pytest.mark.parametrize(("code", "level"), [("P1", "1"), ("P2", "2"), ("P3", "3")])
def test_a_mappa_level_makes_eligible_and_one_that_is_over_says_nothing(code: str, level: str) -> None:
    assert {(f.fact, f.value) for f in facts_of_alerts([Alert(code, True)])} == {
        ("mappa-level", level),
        ("mappa-eligible", "yes"),
    }
    assert facts_of_alerts([Alert(code, False)]) == ()


def test_the_highest_active_risk_counts_and_one_that_is_over_does_not() -> None:
    assert value(Alert("ROM", True), Alert("ROV", True), Alert("ROH", True)) == "very-high"
    assert value(Alert("ROM", True), Alert("ROH", False)) == "medium"


def test_an_active_alert_counts_before_one_that_is_over() -> None:
    assert value(Alert("HA", False), Alert("HA", True)) == "yes"
    assert value(Alert("XSDEPORT", True), Alert("XLDEPORT", False)) == "yes"


def test_active_holds_are_listed_together() -> None:
    assert value(Alert("TAH", True), Alert("TM", False), Alert("TPR", True)) == "allocation, parole"


def test_a_fact_holds_since_the_earliest_alert_that_says_so() -> None:
    found = facts_of_alerts([Alert("SR", True, "2024-05-01"), Alert("SO", True, "2019-02-03")])
    assert found[0].effective == "2019-02-03"


def test_an_alert_that_is_over_dates_from_its_end() -> None:
    assert facts_of_alerts([Alert("HA", False, "2024-05-01", "2024-06-01")])[0].effective == "2024-06-01"


def test_an_alert_that_speaks_of_nothing_gives_nothing() -> None:
    assert facts_of_alerts([Alert("XVL", True), Alert("NEWCODE", True)]) == ()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("IPP", "ipp"),
        ("DPP", "ipp"),
        ("LR_IPP", "ipp"),
        ("LR_DPP", "ipp"),
        ("LIFE", "life"),
        ("ALP", "life"),
        ("ALP_LASPO", "life"),
        ("MLP", "life"),
        ("HMPL", "life"),
        ("SEC93_03", "life"),
        ("LR_LIFE", "life"),
        ("LR_ALP_CDE21", "life"),
        ("EXSENT03", "extended"),
        ("EPP", "extended"),
        ("LASPO_DR", "extended"),
        ("EDS21", "extended"),
        ("LR_ES", "extended"),
        ("LR_LASPO_AR", "extended"),
        ("SEC236A", None),
        ("LR_SEC236A", None),
        ("SOPC21", None),
        ("ADIMP_ORA20", None),
        ("LR", None),
        ("TRL", None),
        ("", None),
    ],
)
def test_a_status_code_settles_the_type_of_sentence(code: str, kind: str | None) -> None:
    assert sentence_type(code) == kind


def test_every_indeterminate_code_of_the_table_is_life_or_ipp() -> None:
    endless = [row.code for row in imprisonment_statuses().values() if row.legal_status == "INDETERMINATE_SENTENCE"]
    assert {sentence_type(code) for code in endless} == {"life", "ipp"}


@pytest.mark.parametrize(
    ("code", "legal", "endless", "kind"),
    [
        ("SENT03", "SENTENCED", "no", "determinate"),
        ("SENT03", "SENTENCED", None, "determinate"),
        ("LR", "RECALL", "no", "determinate"),
        ("", "SENTENCED", None, "determinate"),
        ("NEWCODE", "SENTENCED", "no", "determinate"),
        ("LASPO_DR", "SENTENCED", "no", "extended"),
        ("IPP", "INDETERMINATE_SENTENCE", "yes", "ipp"),
        ("LR_LIFE", "RECALL", None, "life"),
        ("TRL", "REMAND", "no", ""),
        ("", "", None, ""),
    ],
)
def test_the_type_of_sentence_is_found_where_nothing_contradicts(
    code: str, legal: str, endless: YesNo | None, kind: str
) -> None:
    assert find_sentence_type(code, legal, endless) == (kind, "")


@pytest.mark.parametrize(
    ("code", "legal", "endless"),
    [
        ("IPP", "INDETERMINATE_SENTENCE", "no"),
        ("SENT03", "SENTENCED", "yes"),
        ("LASPO_DR", "SENTENCED", "yes"),
        ("SENT03", "INDETERMINATE_SENTENCE", "no"),
        ("NEWCODE", "INDETERMINATE_SENTENCE", None),
        ("", "INDETERMINATE_SENTENCE", "yes"),
    ],
)
def test_a_type_of_sentence_that_is_contradicted_is_not_known_and_asked(
    code: str, legal: str, endless: YesNo | None
) -> None:
    kind, ask = find_sentence_type(code, legal, endless)
    assert kind == ""
    assert ask.endswith("?")


@pytest.mark.parametrize(
    ("code", "kind", "days"),
    [
        ("LR", "standard", None),
        ("LR_ORA", "standard", None),
        ("LR_YOI_ORA", "standard", None),
        ("LR_SEC236A", "standard", None),
        ("LRSEC250_ORA", "standard", None),
        ("FTR_ORA", "fixed-term", "28"),
        ("FTR/08", "fixed-term", None),
        ("FTRSCH15_ORA", "fixed-term", None),
        ("14FTR_ORA", "fixed-term", "14"),
        ("FTR_HDC_ORA", "fixed-term", None),
        ("14FTRHDC_ORA", "fixed-term", "14"),
        ("FTR_56ORA", "fixed-term", None),
        ("CUR_ORA", "hdc", None),
        ("HDR_ORA", "hdc", None),
        ("LR_HDC", "hdc", None),
        ("LR_ES", "extended", None),
        ("LR_EPP", "extended", None),
        ("LR_LASPO_DR", "extended", None),
        ("LR_EDS21", "extended", None),
        ("LR_IPP", "ipp", None),
        ("LR_DPP", "ipp", None),
        ("LR_LIFE", "life", None),
        ("LR_MLP", "life", None),
    ],
)
def test_a_status_code_settles_the_type_of_recall(code: str, kind: str, days: str | None) -> None:
    found = recall_kind(code)
    assert found is not None
    assert (found.type, found.days) == (kind, days)
    assert status_says_recall(code) == "yes"


def test_a_status_means_a_type_of_recall_exactly_where_the_table_says_recall() -> None:
    for row in imprisonment_statuses().values():
        assert (recall_kind(row.code) is not None) == (row.recall == "yes"), row.code


def test_a_status_that_is_not_listed_says_nothing_about_recall() -> None:
    assert status_says_recall("ADIMP_ORA20") is None
    assert status_says_recall("") is None


def recall(
    flag: YesNo | None = None, legal: str = "", status: str = "", movement: str = ""
) -> tuple[str, str, bool, str]:
    found = find_recall(Signals(flag, legal, status, movement))
    return found.value, found.days, bool(found.ask), found.evidence


@pytest.mark.parametrize(
    ("signals", "kind", "days"),
    [
        (("yes", "RECALL", "LR", "ADM-L"), "standard", ""),
        (("yes", "RECALL", "14FTR_ORA", ""), "fixed-term", "14"),
        ((None, "", "CUR_ORA", ""), "hdc", ""),
        (("yes", "INDETERMINATE_SENTENCE", "LR_IPP", "ADM-INT"), "ipp", ""),
        (("no", "SENTENCED", "SENT03", ""), "no", ""),
        ((None, "REMAND", "", ""), "no", ""),
        (("no", "", "", "ADM-INT"), "no", ""),
        (("no", "INDETERMINATE_SENTENCE", "LIFE", ""), "no", ""),
    ],
)
def test_a_recall_is_believed_when_all_that_speak_agree(
    signals: tuple[YesNo | None, str, str, str], kind: str, days: str
) -> None:
    assert recall(*signals)[:3] == (kind, days, False)


@pytest.mark.parametrize(
    ("signals", "evidence"),
    [
        (("yes", "SENTENCED", "", ""), "recall flag yes; legal status SENTENCED"),
        (("no", "RECALL", "LR", ""), "recall flag no; legal status RECALL; imprisonment status LR (recall)"),
        (("no", "SENTENCED", "", "ADM-L"), "last movement ADM-L (Licence Revokee)"),
        ((None, "", "", "ADM-B"), "last movement ADM-B (Recall From HDC)"),
        (("yes", "RECALL", "", ""), "imprisonment status not given"),
        (("yes", "RECALL", "NEWCODE", ""), "imprisonment status NEWCODE"),
    ],
)
def test_a_recall_that_is_not_sure_is_asked_about_with_the_evidence(
    signals: tuple[YesNo | None, str, str, str], evidence: str
) -> None:
    kind, _, asks, found = recall(*signals)
    assert (kind, asks) == ("", True)
    assert evidence in found


def test_nothing_that_speaks_of_recall_is_not_known_and_not_asked() -> None:
    assert recall(None, "OTHER", "ADIMP_ORA20", "ADM-INT") == ("", "", False, "")


@pytest.mark.parametrize(
    ("movement", "answer"),
    [("ADM-INT", "yes"), ("TRN-MED", "yes"), ("ADM-INTER", "no"), ("ADM-T", "no"), ("ADM", None), ("", None)],
)
def test_a_transfer_in_is_told_by_the_last_movement(movement: str, answer: YesNo | None) -> None:
    assert transferred_in(movement) == answer


def test_an_indeterminate_status_is_silent_about_recall() -> None:
    status = legal_status("INDETERMINATE_SENTENCE")
    assert status is not None
    assert status.recall is None
    assert status.sentenced
