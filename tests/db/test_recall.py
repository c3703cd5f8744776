"""A recall in the record: expected, arrived, started, turned, reviewed, released, and a second one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import commands, engine, refreshing
from db.commands import recall, recall_work
from db.current import store
from db.errors import Invalid, NotAllowed, NotFound, RecordError, Stale
from db.recalls import CLOSED, EXPECTED, IN_EXTRACT, STARTED, Notice, RecallCase, RecallFilter, RecallLine
from db.rows import Actor, Contact, DutyRow, Filter, Role, State
from db.verify import verify
from db.views import case_detail, caseload
from db.views.recall import preview, preview_turn, recall_case, recalls
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

NUMBER, NEW = "A1234BC", "B4321CD"
BACK = date(2026, 3, 30)  # the Monday before Easter
FRIDAY = date(2026, 3, 27)
STANDARD = Notice("standard", BACK, reasons=("out-of-touch",))
FIXED = Notice("fixed-term", BACK, "28", date(2026, 4, 26))


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    """The manager; DEAN BARLOW was here, in J Carter's caseload, and left on 16 March."""
    actor = opened(tmp_path)
    staffed(actor, "jcarter", Role.SUPERVISOR)
    taken_in(actor, tmp_path, person())
    commands.set_facts(actor, NUMBER, {"supervisor": "jcarter", "has-job": "yes"}, TODAY)
    commands.set_facts(actor, NUMBER, {"left": "2026-03-16"}, date(2026, 3, 16))
    yield actor
    closed()


def _now(actor: Actor, day: date, number: str = NUMBER) -> RecallCase:
    return recall_case(actor, number, day)


def _duty(actor: Actor, identity: str, day: date, number: str = NUMBER) -> DutyRow:
    return next(duty for duty in case_detail(actor, number, day).duties if duty.id == identity)


def _line(actor: Actor, day: date, number: str = NUMBER) -> RecallLine:
    return next(line for line in recalls(actor, RecallFilter(), day) if line.number == number)


def _rows() -> int:
    return int(engine.run(store().database, "SELECT count(*) FROM entry").fetchone()[0])


# --- expected ---------------------------------------------------------------------------------------------------------


def test_somebody_expected_stands_in_recall_and_on_no_caseload(manager: Actor) -> None:
    recall.expect(manager, NUMBER, Notice("standard", told_by="A Khan"), FRIDAY)
    line = _line(manager, FRIDAY)
    assert (line.stage, line.type, line.returned, line.states) == (EXPECTED, "standard", None, ())
    assert caseload(manager, Filter("all"), date(2026, 3, 27)).rows == ()
    assert verify(date(2026, 3, 27)).faults == ()


def test_the_warning_is_met_once_they_are_back(manager: Actor) -> None:
    recall.expect(manager, NUMBER, Notice("standard", told_by="A Khan"), date(2026, 3, 27))
    recall.start(manager, NUMBER, STANDARD, BACK)
    duty = _duty(manager, "recall-warned", BACK)
    assert (duty.state, duty.met_on) == (State.MET, date(2026, 3, 27))
    now = _now(manager, BACK).now
    assert now is not None
    assert (now.key, now.stage, now.told_by) == ("1", STARTED, "A Khan")


def test_somebody_nobody_knows_can_be_expected_by_name(manager: Actor) -> None:
    with pytest.raises(NotFound):
        recall.expect(manager, NEW, Notice(""), FRIDAY)
    recall.expect(manager, NEW, Notice(""), FRIDAY, name="O'Neill, Renée")
    line = _line(manager, FRIDAY, NEW)
    assert line.name == "O'NEILL Renée"
    assert NEW not in {row.number for row in caseload(manager, Filter("all"), FRIDAY).rows}
    assert "Expected back on recall; not here yet." in case_detail(manager, NEW, FRIDAY).notes
    assert refreshing.refresh(FRIDAY) == 0
    assert verify(FRIDAY).faults == ()


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
    line = _line(manager, BACK, number)
    assert (line.stage, line.type, line.returned) == (IN_EXTRACT, "standard", BACK)
    assert _duty(manager, "recall-contact", BACK, number).due == date(2026, 3, 31)
    assert _duty(manager, "recall-warned", BACK, number).state is State.MET
    changed, _ = recall.start(manager, number, STANDARD, BACK)
    assert changed.case == number
    now = _now(manager, BACK, number).now
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
    line = _line(manager, BACK)
    assert (line.type, line.returned, line.states, line.next) == ("", None, (), None)
    assert line.question == asked.evidence
    assert any(asked.evidence in alert for alert in _now(manager, BACK).alerts)
    recall.start(manager, NUMBER, STANDARD, BACK)
    assert _line(manager, BACK).question == ""
    assert _line(manager, BACK).type == "standard"


def test_nobody_is_expected_twice_or_while_back(manager: Actor) -> None:
    recall.expect(manager, NUMBER, Notice("standard"), TODAY.replace(day=27))
    with pytest.raises(Invalid):
        recall.expect(manager, NUMBER, Notice("standard"), TODAY.replace(day=27))
    recall.start(manager, NUMBER, STANDARD, BACK)
    with pytest.raises(Invalid):
        recall.expect(manager, NUMBER, Notice("standard"), BACK)


# --- start ------------------------------------------------------------------------------------------------------------


def test_the_preview_says_what_is_then_done_and_writes_nothing(manager: Actor) -> None:
    before = _rows()
    shown = preview(manager, NUMBER, FIXED, BACK)
    assert _rows() == before
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
    assert _line(manager, BACK).stage == STARTED
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
    assert _duty(manager, "recall-release", BACK).due == date(2026, 4, 24)
    assert _now(manager, BACK).alerts


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
    before = _rows()
    with pytest.raises(Invalid):
        recall.start(manager, NUMBER, notice, BACK)
    assert _rows() == before


def test_an_inspector_starts_nothing(manager: Actor) -> None:
    inspector = Actor("ins", "L Grey", Role.INSPECTOR, "test")
    with pytest.raises(NotAllowed):
        recall.start(inspector, NUMBER, STANDARD, BACK)


# --- turning, reviews, barriers, papers -------------------------------------------------------------------------------


def test_turning_a_fixed_term_into_a_standard_recall_says_which_dates_moved(manager: Actor) -> None:
    recall.start(manager, NUMBER, FIXED, BACK)
    day = date(2026, 4, 8)
    shown = preview_turn(manager, NUMBER, "standard", day, day)
    changed, does = recall.turn(manager, NUMBER, "standard", "New information.", day)
    assert shown == does
    assert "Release day no longer due (was Sun 26 Apr 2026)" in changed.sentence
    assert "28-day review begins: Mon 27 Apr 2026" in changed.sentence
    now = _now(manager, day).now
    assert now is not None
    assert now.type == "standard"
    assert now.changes[0].startswith("Wed 8 Apr 2026: fixed-term, 28 days became standard. New information.")
    assert "28-day review begins: Mon 27 Apr 2026" in now.changes[0]
    back, _ = recall.turn(manager, NUMBER, "fixed-term", "Appeal.", day, days="28", release=date(2026, 4, 26))
    assert "Release day begins: Sun 26 Apr 2026" in back.sentence
    assert len(_now(manager, day).now.changes) == 2  # type: ignore[union-attr]


def test_a_recall_is_not_turned_into_what_it_is_or_without_a_reason(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    for kind, why in (("standard", "none"), ("extended", " ")):
        with pytest.raises(Invalid):
            recall.turn(manager, NUMBER, kind, why, BACK)


def test_the_outcome_of_a_review_sets_the_next_clock_and_is_to_be_explained(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    day = date(2026, 4, 24)
    recall_work.decide(manager, NUMBER, "formal review", "no-release", day, why="More to do.", next=date(2026, 9, 1))
    assert _duty(manager, "recall-28", day).state is State.MET
    assert _duty(manager, "recall-annual", day).due == date(2026, 9, 1)
    explained = _duty(manager, "recall-decision-explained", day)
    assert explained.due == date(2026, 5, 1)
    decision = _now(manager, day).decisions[0]
    assert (decision.outcome, decision.why, decision.next) == ("no-release", "More to do.", date(2026, 9, 1))


def test_a_review_met_by_its_own_form_is_a_decision_too(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    day = date(2026, 4, 24)
    commands.meet(manager, NUMBER, "recall-28", day, fields={"outcome": "hearing"})
    assert _now(manager, day).decisions[0].outcome == "hearing"
    assert _duty(manager, "recall-decision-explained", day).live


def test_release_decided_ends_the_asking_and_its_day_counts(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    day = date(2026, 5, 20)
    recall_work.propose(manager, NUMBER, "A Khan, OM", "executive", "Address agreed.", day)
    recall_work.decide(manager, NUMBER, "executive release", "release", day, release=date(2026, 6, 3))
    states = {duty.id: duty.state for duty in case_detail(manager, NUMBER, day).duties}
    assert states["recall-proactive"] is State.NOT_APPLICABLE
    assert states["recall-annual"] is State.NOT_APPLICABLE
    assert _now(manager, day).release == date(2026, 6, 3)
    assert [one.what for one in _now(manager, day).decisions] == ["proposal", "executive release"] or [
        one.what for one in _now(manager, day).decisions
    ] == ["executive release", "proposal"]


def test_steps_keep_what_was_said_and_how_it_was_checked(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    said = {"leaflet": "yes", "said": "I thought it was 28 days.", "understood": "unsure", "checked": "said it back"}
    commands.meet(manager, NUMBER, "recall-explained", BACK, fields=said)
    talk = Contact("meeting", BACK, "Worried about the flat.", understood="yes", meets=("recall-contact",))
    commands.log_contact(manager, NUMBER, talk, BACK)
    steps = {step.duty.id: step for step in _now(manager, BACK).steps}
    explained, contact = steps["recall-explained"], steps["recall-contact"]
    assert (explained.said, explained.understood, explained.checked) == (
        "I thought it was 28 days.", "unsure", "said it back",
    )  # fmt: skip
    assert explained.also == (("leaflet", "yes"),)
    assert (contact.said, contact.understood, contact.by) == ("Worried about the flat.", "yes", "manager")


def test_a_barrier_stands_until_it_is_gone(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    given = {"what": "intervention", "owner": "Programmes", "action": "On the list", "alternatives": "One to one"}
    recall_work.barrier(manager, NUMBER, given, BACK)
    recall_work.barrier(manager, NUMBER, given | {"what": "accommodation"}, BACK)
    assert _line(manager, BACK).barriers == 2
    gone = given | {"removed": "2026-03-30", "outcome": "Done one to one."}
    recall_work.barrier(manager, NUMBER, gone, BACK, "b1")
    assert [(one.key, one.removed) for one in _now(manager, BACK).barriers] == [("b2", None), ("b1", BACK)]
    assert _line(manager, BACK).barriers == 1
    for wrong in ({"what": "weather"}, {"what": "accommodation"}, {"what": "accommodation", "owner": "OM"}):
        with pytest.raises(Invalid):
            recall_work.barrier(manager, NUMBER, wrong, BACK)
    with pytest.raises(NotFound):
        recall_work.barrier(manager, NUMBER, given, BACK, "b9")


def test_papers_are_received_or_missing(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    recall_work.papers(manager, NUMBER, {"notice": BACK, "licence": BACK}, BACK)
    recall_work.papers(manager, NUMBER, {"licence": None}, BACK)
    here = {one.id: one.received for one in _now(manager, BACK).papers}
    assert here["notice"] == BACK
    assert here["licence"] is None
    with pytest.raises(Invalid):
        recall_work.papers(manager, NUMBER, {"notice": BACK}, BACK)


def test_progress_to_keep_is_the_supervisors_to_record(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    recall_work.keep(manager, NUMBER, {"what": "job", "about": "Tyre garage"}, BACK)
    assert _now(manager, BACK).kept[0].about == "Tyre garage"
    clerk = Actor("clerk", "M Osei", Role.ADMINISTRATOR, "test")
    with pytest.raises(NotAllowed):
        recall_work.keep(clerk, NUMBER, {"what": "job", "about": "Tyre garage"}, BACK)


def test_two_who_record_the_same_barrier_at_once_do_not_overwrite(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    given = {"what": "motivation", "owner": "OS", "action": "Talk"}
    recall_work.barrier(manager, NUMBER, given, BACK)
    recall_work.barrier(manager, NUMBER, given | {"action": "Talk again"}, BACK, "b1")
    commands.undo(manager, BACK)
    assert _now(manager, BACK).barriers[0].action == "Talk"
    assert issubclass(Stale, RecordError)


# --- release and the next recall --------------------------------------------------------------------------------------


def test_release_closes_the_recall_and_keeps_everything(manager: Actor) -> None:
    recall.start(manager, NUMBER, FIXED, BACK)
    out = date(2026, 4, 26)
    changed = recall.released(manager, NUMBER, out, "automatic", out)
    assert changed.met == ("recall-release",)
    found = _now(manager, out)
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
    found = _now(manager, again)
    assert found.now is not None
    assert (found.now.key, found.now.type, found.now.returned) == ("2", "standard", again)
    assert [one.key for one in found.before] == ["1"]
    assert found.barriers == ()
    assert {one.received for one in found.papers} == {None}
    assert _duty(manager, "recall-contact", again).due == date(2026, 6, 2)
    assert _duty(manager, "recall-warned", again).state is State.FAILED
    assert verify(again).faults == ()


def test_a_recall_still_open_is_not_started_again_unless_they_left_meanwhile(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    with pytest.raises(Invalid, match="still open"):
        recall.start(manager, NUMBER, Notice("standard", date(2026, 5, 1)), date(2026, 5, 1))
    commands.set_facts(manager, NUMBER, {"left": "2026-04-20"}, date(2026, 4, 20))
    recall.start(manager, NUMBER, Notice("standard", date(2026, 5, 1)), date(2026, 5, 1))
    assert [(one.key, one.released) for one in _now(manager, date(2026, 5, 1)).before] == [("1", date(2026, 4, 20))]


def test_as_at_an_earlier_day_the_recall_is_what_it_was(manager: Actor) -> None:
    recall.start(manager, NUMBER, FIXED, BACK)
    recall.turn(manager, NUMBER, "standard", "New information.", date(2026, 4, 8))
    then = recall_case(manager, NUMBER, date(2026, 4, 8), date(2026, 4, 1)).now
    assert then is not None
    assert (then.type, then.changes) == ("fixed-term", ())
