"""A recall in the record: expected, arrived, started, turned, reviewed, released, and a second one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import commands, refreshing
from db.commands import recall, recall_work
from db.errors import Invalid, NotAllowed, NotFound
from db.recalls import CLOSED, EXPECTED, IN_EXTRACT, STARTED, Notice, RecallFilter
from db.rows import Actor, Filter, Role, State
from db.verify import verify
from db.views import case_detail, caseload
from db.views.leaving import leaving
from db.views.recall import preview, recall_case, recalls
from tests.db.recalling import (
    BACK,
    FIXED,
    FRIDAY,
    NEW,
    NUMBER,
    STANDARD,
    duty_of,
    left_before,
    line_of,
    recall_of,
    rows_written,
)
from tests.db.records import TODAY, person, taken_in


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    yield from left_before(tmp_path)


# --- expected ---------------------------------------------------------------------------------------------------------


def test_somebody_expected_stands_in_recall_and_on_no_caseload(manager: Actor) -> None:
    recall.expect(manager, NUMBER, Notice("standard", told_by="A Khan"), FRIDAY)
    line = line_of(manager, FRIDAY)
    assert (line.stage, line.type, line.returned, line.states) == (EXPECTED, "standard", None, ())
    assert caseload(manager, Filter("all"), date(2026, 3, 27)).rows == ()
    assert verify(date(2026, 3, 27)).faults == ()


def test_the_warning_is_met_once_they_are_back(manager: Actor) -> None:
    recall.expect(manager, NUMBER, Notice("standard", told_by="A Khan"), date(2026, 3, 27))
    recall.start(manager, NUMBER, STANDARD, BACK)
    duty = duty_of(manager, "recall-warned", BACK)
    assert (duty.state, duty.met_on) == (State.MET, date(2026, 3, 27))
    now = recall_of(manager, BACK).now
    assert now is not None
    assert (now.key, now.stage, now.told_by) == ("1", STARTED, "A Khan")


def test_somebody_nobody_knows_can_be_expected_by_name(manager: Actor) -> None:
    with pytest.raises(NotFound):
        recall.expect(manager, NEW, Notice(""), FRIDAY)
    recall.expect(manager, NEW, Notice(""), FRIDAY, name="O'Neill, Renée")
    line = line_of(manager, FRIDAY, NEW)
    assert line.name == "O'NEILL Renée"
    assert NEW not in {row.number for row in caseload(manager, Filter("all"), FRIDAY).rows}
    assert "Announced on recall; not here." in case_detail(manager, NEW, FRIDAY).stands
    assert refreshing.refresh(FRIDAY) == 0
    assert verify(FRIDAY).faults == ()


def test_whom_nobody_has_yet_stands_in_every_supervisors_list(manager: Actor) -> None:
    recall.expect(manager, NEW, Notice(""), FRIDAY, name="O'Neill, Renée")
    recall.expect(manager, NUMBER, Notice(""), FRIDAY)
    for staff, shown in (("jcarter", {NUMBER, NEW}), ("another", {NEW})):
        supervisor = Actor(staff, staff, Role.SUPERVISOR, "desk")
        assert {line.number for line in recalls(supervisor, RecallFilter("mine"), FRIDAY)} == shown


@pytest.mark.parametrize("number", [NUMBER, NEW])
def test_an_extract_turns_the_expected_into_a_recall(manager: Actor, tmp_path: Path, number: str) -> None:
    recall.expect(
        manager, number, Notice("standard", reasons=("out-of-touch",)), date(2026, 3, 27), name="Barlow, Dean"
    )
    back = person(
        number, legalStatus="RECALL", imprisonmentStatus="LR_ORA", recall=True, lastMovementReasonCode="L",
        receptionDate="2026-03-30", lastAdmissionDate="2026-03-30",
    )  # fmt: skip
    done = taken_in(manager, tmp_path, back, today=BACK)
    assert [one.about for one in done.questions if one.number == number] == []
    line = line_of(manager, BACK, number)
    assert (line.stage, line.type, line.returned) == (IN_EXTRACT, "standard", BACK)
    assert duty_of(manager, "recall-contact", BACK, number).due == date(2026, 3, 31)
    assert duty_of(manager, "recall-warned", BACK, number).state is State.MET
    changed, _ = recall.start(manager, number, STANDARD, BACK)
    assert changed.case == number
    now = recall_of(manager, BACK, number).now
    assert now is not None
    assert (now.key, now.stage, now.reasons) == ("1", STARTED, ("out-of-touch",))
    assert verify(BACK).faults == ()


def test_signals_that_disagree_are_a_question_with_the_evidence_and_never_a_guess(
    manager: Actor, tmp_path: Path
) -> None:
    odd = person(
        legalStatus="SENTENCED", imprisonmentStatus="LR_ORA", recall=True, receptionDate="2026-03-30",
        lastAdmissionDate="2026-03-30",
    )  # fmt: skip
    done = taken_in(manager, tmp_path, odd, today=BACK)
    asked = next(one for one in done.questions if one.about == "recall")
    assert "recall flag yes" in asked.evidence
    assert "legal status SENTENCED" in asked.evidence
    line = line_of(manager, BACK)
    assert (line.type, line.returned, line.states, line.next) == ("", None, (), None)
    assert line.question == asked.evidence
    assert any(asked.evidence in alert for alert in recall_of(manager, BACK).alerts)
    recall.start(manager, NUMBER, STANDARD, BACK)
    assert line_of(manager, BACK).question == ""
    assert line_of(manager, BACK).type == "standard"


def test_nobody_is_expected_twice_or_while_back(manager: Actor) -> None:
    recall.expect(manager, NUMBER, Notice("standard"), TODAY.replace(day=27))
    with pytest.raises(Invalid):
        recall.expect(manager, NUMBER, Notice("standard"), TODAY.replace(day=27))
    recall.start(manager, NUMBER, STANDARD, BACK)
    with pytest.raises(Invalid):
        recall.expect(manager, NUMBER, Notice("standard"), BACK)


# --- start ------------------------------------------------------------------------------------------------------------


def test_the_preview_says_what_is_then_done_and_writes_nothing(manager: Actor) -> None:
    before = rows_written()
    shown = preview(manager, NUMBER, FIXED, BACK)
    assert rows_written() == before
    _, done = recall.start(manager, NUMBER, FIXED, BACK)
    assert done == shown
    told = {one.about: one.words for one in done if one.about not in ("Facts", "Clock")}
    assert told["Supervisor"] == "Jcarter has the case."
    assert "begins with the last answers" in told["BCST 1"]
    assert "Licence and its conditions" in told["Papers missing"]
    clocks = [one.words for one in done if one.about == "Clock"]
    assert "Release day: Sun 26 Apr 2026" in clocks
    assert "See after return: Tue 31 Mar 2026" in clocks
    assert not [one for one in done if one.alert]


def test_a_start_is_one_change_and_one_undo(manager: Actor) -> None:
    before = case_detail(manager, NUMBER, BACK)
    recall.start(manager, NUMBER, FIXED, BACK)
    assert line_of(manager, BACK).stage == STARTED
    commands.undo(manager, BACK)
    assert recalls(manager, RecallFilter(), BACK) == ()
    assert case_detail(manager, NUMBER, BACK).duties == before.duties
    assert verify(BACK).faults == ()


def test_custody_and_arrival_begin_again_and_having_left_is_over(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    facts = {fact.fact: fact.value for fact in case_detail(manager, NUMBER, BACK).facts if fact.known}
    assert facts["custody-start"] == "2026-03-30"
    assert facts["arrival"] == "2026-03-30"
    assert "left" not in facts
    assert [row.number for row in caseload(manager, Filter("all"), BACK).rows] == [NUMBER]


def test_out_for_more_than_six_months_the_screening_starts_blank(manager: Actor) -> None:
    within, after = date(2026, 9, 16), date(2026, 9, 17)
    said = {one.about: one.words for one in preview(manager, NUMBER, Notice("standard", within), within)}
    assert "begins with the last answers" in said["BCST 1"]
    recall.start(manager, NUMBER, Notice("standard", after), after)
    assert not next(fact for fact in case_detail(manager, NUMBER, after).facts if fact.fact == "has-job").known


def test_answers_given_since_the_return_are_never_taken_back(manager: Actor, tmp_path: Path) -> None:
    back = date(2026, 10, 1)
    came = person(
        legalStatus="RECALL", imprisonmentStatus="LR_ORA", recall=True, lastMovementReasonCode="L",
        receptionDate="2026-10-01", lastAdmissionDate="2026-10-01",
    )  # fmt: skip
    taken_in(manager, tmp_path, came, today=back)
    commands.set_facts(manager, NUMBER, {"tenancy": "yes"}, date(2026, 10, 5))
    recall.start(manager, NUMBER, Notice("standard", back), date(2026, 10, 6))
    facts = {fact.fact: fact.known for fact in case_detail(manager, NUMBER, date(2026, 10, 6)).facts}
    assert facts["tenancy"]
    assert not facts["has-job"]


def test_the_previous_supervisor_is_offered_and_a_manager_names_them_again(manager: Actor) -> None:
    carter = Actor("jcarter", "J Carter", Role.SUPERVISOR, "test")
    commands.set_facts(manager, NUMBER, {"supervisor": None}, date(2026, 3, 17))
    shown = {one.about: one.words for one in preview(carter, NUMBER, STANDARD, BACK)}
    assert shown["Supervisor"].startswith("Jcarter had the case before; the manager can name them again")
    recall.start(manager, NUMBER, STANDARD, BACK)
    assert case_detail(manager, NUMBER, BACK).row.supervisor == "jcarter"


def test_a_notice_that_differs_from_the_count_governs_and_says_so(manager: Actor) -> None:
    changed, does = recall.start(manager, NUMBER, Notice("fixed-term", BACK, "28", date(2026, 4, 24)), BACK)
    assert [one.words for one in does if one.alert]
    assert "Sun 26 Apr 2026" in changed.sentence
    assert duty_of(manager, "recall-release", BACK).due == date(2026, 4, 24)
    assert recall_of(manager, BACK).alerts


@pytest.mark.parametrize(
    "notice",
    [
        Notice("holiday", BACK),
        Notice("standard", None),
        Notice("standard", BACK, "28"),
        Notice("fixed-term", BACK, "21"),
        Notice("standard", BACK, reasons=("bad luck",)),
        Notice("standard", date(2026, 3, 31)),
        Notice("fixed-term", BACK, "28", date(2026, 3, 29)),
        Notice("standard", BACK, arrived=date(2026, 3, 29)),
    ],
)
def test_a_notice_that_cannot_be_right_leaves_nothing(manager: Actor, notice: Notice) -> None:
    before = rows_written()
    with pytest.raises(Invalid):
        recall.start(manager, NUMBER, notice, BACK)
    assert rows_written() == before


def test_an_inspector_starts_nothing(manager: Actor) -> None:
    inspector = Actor("ins", "L Grey", Role.INSPECTOR, "test")
    with pytest.raises(NotAllowed):
        recall.start(inspector, NUMBER, STANDARD, BACK)


# --- release and the next recall --------------------------------------------------------------------------------------


def test_release_closes_the_recall_and_keeps_everything(manager: Actor) -> None:
    recall.start(manager, NUMBER, FIXED, BACK)
    out = date(2026, 4, 26)
    changed = recall.released(manager, NUMBER, out, "automatic", out)
    assert changed.met == ("recall-release",)
    found = recall_of(manager, out)
    assert found.now is None
    assert [(one.stage, one.released, one.route) for one in found.before] == [(CLOSED, out, "automatic")]
    assert recalls(manager, RecallFilter(), out) == ()
    assert caseload(manager, Filter("all"), out).rows == ()
    with pytest.raises(Invalid):
        recall.released(manager, NUMBER, out, "automatic", out)


def test_a_second_recall_is_its_own_with_the_first_visible(manager: Actor) -> None:
    recall.start(manager, NUMBER, FIXED, BACK)
    recall_work.barrier(manager, NUMBER, {"what": "motivation", "owner": "OS", "action": "Talk"}, BACK)
    recall_work.papers(manager, NUMBER, {"notice": BACK}, BACK)
    recall.released(manager, NUMBER, date(2026, 4, 26), "automatic", date(2026, 4, 26))
    again = date(2026, 6, 1)
    recall.start(manager, NUMBER, Notice("standard", again), again)
    found = recall_of(manager, again)
    assert found.now is not None
    assert (found.now.key, found.now.type, found.now.returned) == ("2", "standard", again)
    assert [one.key for one in found.before] == ["1"]
    assert found.barriers == ()
    assert {one.received for one in found.papers} == {None}
    assert duty_of(manager, "recall-contact", again).due == date(2026, 6, 2)
    assert duty_of(manager, "recall-warned", again).state is State.FAILED
    assert verify(again).faults == ()


def test_a_recall_still_open_is_not_started_again_unless_they_left_meanwhile(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    with pytest.raises(Invalid, match="still open"):
        recall.start(manager, NUMBER, Notice("standard", date(2026, 5, 1)), date(2026, 5, 1))
    commands.set_facts(manager, NUMBER, {"left": "2026-04-20"}, date(2026, 4, 20))
    recall.start(manager, NUMBER, Notice("standard", date(2026, 5, 1)), date(2026, 5, 1))
    assert [(one.key, one.released) for one in recall_of(manager, date(2026, 5, 1)).before] == [
        ("1", date(2026, 4, 20))
    ]


def test_as_at_an_earlier_day_the_recall_is_what_it_was(manager: Actor) -> None:
    recall.start(manager, NUMBER, FIXED, BACK)
    recall.turn(manager, NUMBER, "standard", "New information.", date(2026, 4, 8))
    then = recall_case(manager, NUMBER, date(2026, 4, 8), date(2026, 4, 1)).now
    assert then is not None
    assert (then.type, then.changes) == ("fixed-term", ())


def test_expected_and_then_signals_that_disagree_is_a_question(manager: Actor, tmp_path: Path) -> None:
    recall.expect(manager, NUMBER, Notice("standard"), FRIDAY)
    odd = person(
        legalStatus="SENTENCED", imprisonmentStatus="LR_ORA", recall=True, receptionDate="2026-03-30",
        lastAdmissionDate="2026-03-30",
    )  # fmt: skip
    taken_in(manager, tmp_path, odd, today=BACK)
    line = line_of(manager, BACK)
    assert (line.stage, line.states) == (IN_EXTRACT, ())
    assert "legal status SENTENCED" in line.question
    recall.start(manager, NUMBER, STANDARD, BACK)
    now = recall_of(manager, BACK).now
    assert now is not None
    assert (now.key, now.stage) == ("1", STARTED)


@pytest.mark.parametrize("number", [NUMBER, NEW])
def test_somebody_expected_whose_recall_is_called_off_is_expected_no_more(manager: Actor, number: str) -> None:
    recall.expect(manager, number, Notice("standard"), FRIDAY, name="Barlow, Dean")
    with pytest.raises(Invalid):
        recall.call_off(manager, number, " ", BACK)
    recall.call_off(manager, number, "Rescinded.", BACK)
    assert recalls(manager, RecallFilter(), BACK) == ()
    assert caseload(manager, Filter("all"), BACK).rows == ()
    assert [(one.stage, one.released) for one in recall_of(manager, BACK, number).before] == [(CLOSED, None)]
    with pytest.raises(Invalid):
        recall.call_off(manager, number, "Again.", BACK)
    recall.start(manager, number, STANDARD, BACK)
    found = recall_of(manager, BACK, number).now
    assert found is not None
    assert found.key == "2"
    assert verify(BACK).faults == ()


# --- the day of release has passed ------------------------------------------------------------------------------------


def test_a_day_of_release_that_passes_without_one_recorded_is_said_until_it_is(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    recall_work.decide(manager, NUMBER, "Parole Board", "release", date(2026, 5, 1), release=date(2026, 5, 12))
    for day, past in ((date(2026, 5, 12), None), (date(2026, 5, 13), date(2026, 5, 12))):
        refreshing.refresh(day)
        assert line_of(manager, day).past == past
        assert [one.on for one in leaving(manager, Filter("all"), day)] == [date(2026, 5, 12)]
        said = "Release was set for Tue 12 May 2026, which has passed, and none is recorded"
        assert (said in " ".join(recall_of(manager, day).alerts)) == bool(past)
    assert recalls(manager, RecallFilter(only="late"), date(2026, 5, 13))[0].number == NUMBER
    recall.released(manager, NUMBER, date(2026, 5, 12), "parole-board", date(2026, 5, 13))
    assert leaving(manager, Filter("all"), date(2026, 5, 13)) == ()


def test_the_end_of_a_fixed_term_that_passes_stays_before_release(manager: Actor) -> None:
    recall.start(manager, NUMBER, FIXED, BACK)
    day = date(2026, 4, 27)
    refreshing.refresh(day)
    (leaver,) = leaving(manager, Filter("all"), day)
    assert (leaver.on, leaver.days) == (date(2026, 4, 26), -1)
    assert line_of(manager, day).past == date(2026, 4, 26)


def test_a_release_that_falls_through_takes_its_day_with_it(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    recall_work.decide(manager, NUMBER, "Parole Board", "release", date(2026, 5, 1), release=date(2026, 5, 12))
    recall_work.decide(manager, NUMBER, "Parole Board", "no-release", date(2026, 5, 8), why="Set aside.")
    day = date(2026, 5, 13)
    refreshing.refresh(day)
    assert line_of(manager, day).past is None
    assert recall_of(manager, day).alerts == ()


def test_a_date_from_before_the_recall_is_not_its_release(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"release-date": "2026-03-16"}, date(2026, 3, 16))
    recall.start(manager, NUMBER, STANDARD, BACK)
    assert line_of(manager, BACK).past is None
