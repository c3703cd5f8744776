"""Work on a recall under way: turned, reviewed, explained, barriers, papers, what is kept."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import commands
from db.commands import recall, recall_work
from db.errors import Invalid, NotAllowed, NotFound, RecordError, Stale
from db.recalls import Notice
from db.rows import Actor, Contact, Role, State
from db.views import case_detail
from db.views.recall import preview_turn
from tests.db.recalling import BACK, FIXED, NUMBER, STANDARD, duty_of, left_before, line_of, recall_of


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    yield from left_before(tmp_path)


def test_turning_a_fixed_term_into_a_standard_recall_says_which_dates_moved(manager: Actor) -> None:
    recall.start(manager, NUMBER, FIXED, BACK)
    day = date(2026, 4, 8)
    shown = preview_turn(manager, NUMBER, "standard", day, day)
    changed, does = recall.turn(manager, NUMBER, "standard", "New information.", day)
    assert shown == does
    assert "Release day no longer due (was Sun 26 Apr 2026)" in changed.sentence
    assert "28-day review begins: Mon 27 Apr 2026" in changed.sentence
    now = recall_of(manager, day).now
    assert now is not None
    assert now.type == "standard"
    assert now.changes[0].startswith("Wed 8 Apr 2026: fixed-term, 28 days became standard. New information.")
    assert "28-day review begins: Mon 27 Apr 2026" in now.changes[0]
    back, _ = recall.turn(manager, NUMBER, "fixed-term", "Appeal.", day, days="28", release=date(2026, 4, 26))
    assert "Release day begins: Sun 26 Apr 2026" in back.sentence
    assert len(recall_of(manager, day).now.changes) == 2  # type: ignore[union-attr]


def test_a_recall_is_not_turned_into_what_it_is_or_without_a_reason(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    for kind, why in (("standard", "none"), ("extended", " ")):
        with pytest.raises(Invalid):
            recall.turn(manager, NUMBER, kind, why, BACK)


def test_the_first_talk_says_whether_an_acct_was_considered(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    commands.meet(manager, NUMBER, "recall-distress", BACK, fields={"said": "Numb.", "safety": "considered"})
    talk = next(step for step in recall_of(manager, BACK).steps if step.duty.id == "recall-distress")
    assert (talk.said, talk.also) == ("Numb.", (("safety", "considered"),))


def test_the_outcome_of_a_review_sets_the_next_clock_and_is_to_be_explained(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    day = date(2026, 4, 24)
    recall_work.decide(manager, NUMBER, "formal review", "no-release", day, why="More to do.", next=date(2026, 9, 1))
    assert duty_of(manager, "recall-28", day).state is State.MET
    assert duty_of(manager, "recall-annual", day).due == date(2026, 9, 1)
    explained = duty_of(manager, "recall-decision-explained", day)
    assert explained.due == date(2026, 5, 1)
    decision = recall_of(manager, day).decisions[0]
    assert (decision.outcome, decision.why, decision.next) == ("no-release", "More to do.", date(2026, 9, 1))


def test_a_review_met_by_its_own_form_is_a_decision_too(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    day = date(2026, 4, 24)
    commands.meet(manager, NUMBER, "recall-28", day, fields={"outcome": "hearing"})
    assert recall_of(manager, day).decisions[0].outcome == "hearing"
    assert duty_of(manager, "recall-decision-explained", day).live


def test_release_decided_ends_the_asking_and_its_day_counts(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    day = date(2026, 5, 20)
    recall_work.propose(manager, NUMBER, "A Khan, OM", "executive", "Address agreed.", day)
    recall_work.decide(manager, NUMBER, "executive release", "release", day, release=date(2026, 6, 3))
    states = {duty.id: duty.state for duty in case_detail(manager, NUMBER, day).duties}
    assert states["recall-proactive"] is State.NOT_APPLICABLE
    assert states["recall-annual"] is State.NOT_APPLICABLE
    assert recall_of(manager, day).release == date(2026, 6, 3)
    assert [one.what for one in recall_of(manager, day).decisions] == ["proposal", "executive release"] or [
        one.what for one in recall_of(manager, day).decisions
    ] == ["executive release", "proposal"]


def test_steps_keep_what_was_said_and_how_it_was_checked(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    said = {"leaflet": "yes", "said": "I thought it was 28 days.", "understood": "unsure", "checked": "said it back"}
    commands.meet(manager, NUMBER, "recall-explained", BACK, fields=said)
    talk = Contact("meeting", BACK, "Worried about the flat.", understood="yes", meets=("recall-contact",))
    commands.log_contact(manager, NUMBER, talk, BACK)
    steps = {step.duty.id: step for step in recall_of(manager, BACK).steps}
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
    assert line_of(manager, BACK).barriers == 2
    gone = given | {"removed": "2026-03-30", "outcome": "Done one to one."}
    recall_work.barrier(manager, NUMBER, gone, BACK, "b1")
    assert [(one.key, one.removed) for one in recall_of(manager, BACK).barriers] == [("b2", None), ("b1", BACK)]
    assert line_of(manager, BACK).barriers == 1
    for wrong in ({"what": "weather"}, {"what": "accommodation"}, {"what": "accommodation", "owner": "OM"}):
        with pytest.raises(Invalid):
            recall_work.barrier(manager, NUMBER, wrong, BACK)
    with pytest.raises(NotFound):
        recall_work.barrier(manager, NUMBER, given, BACK, "b9")


def test_papers_are_received_or_missing(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    recall_work.papers(manager, NUMBER, {"notice": BACK, "licence": BACK}, BACK)
    recall_work.papers(manager, NUMBER, {"licence": None}, BACK)
    here = {one.id: one.received for one in recall_of(manager, BACK).papers}
    assert here["notice"] == BACK
    assert here["licence"] is None
    with pytest.raises(Invalid):
        recall_work.papers(manager, NUMBER, {"notice": BACK}, BACK)


def test_progress_to_keep_is_the_supervisors_to_record(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    recall_work.keep(manager, NUMBER, {"what": "job", "about": "Tyre garage"}, BACK)
    assert recall_of(manager, BACK).kept[0].about == "Tyre garage"
    clerk = Actor("clerk", "M Osei", Role.ADMINISTRATOR, "test")
    with pytest.raises(NotAllowed):
        recall_work.keep(clerk, NUMBER, {"what": "job", "about": "Tyre garage"}, BACK)


def test_two_who_record_the_same_barrier_at_once_do_not_overwrite(manager: Actor) -> None:
    recall.start(manager, NUMBER, STANDARD, BACK)
    given = {"what": "motivation", "owner": "OS", "action": "Talk"}
    recall_work.barrier(manager, NUMBER, given, BACK)
    recall_work.barrier(manager, NUMBER, given | {"action": "Talk again"}, BACK, "b1")
    commands.undo(manager, BACK)
    assert recall_of(manager, BACK).barriers[0].action == "Talk"
    assert issubclass(Stale, RecordError)


def test_a_step_done_at_the_sending_prison_counts_and_is_said_to_be_done_elsewhere(manager: Actor) -> None:
    came = date(2026, 4, 7)
    recall.start(manager, NUMBER, Notice("standard", BACK, arrived=came), came)
    commands.meet(manager, NUMBER, "recall-legal", came, on=date(2026, 4, 1), fields={"said": "Rang a firm."})
    commands.meet(manager, NUMBER, "recall-contact", came)
    steps = {step.duty.id: step for step in recall_of(manager, came).steps}
    assert (steps["recall-legal"].duty.state, steps["recall-legal"].elsewhere) == (State.MET, True)
    assert (steps["recall-contact"].duty.state, steps["recall-contact"].elsewhere) == (State.MET, False)
    assert steps["recall-meeting"].duty.state is not State.UNKNOWN


def test_a_recall_step_is_not_met_by_somebody_not_recalled(manager: Actor) -> None:
    with pytest.raises(Invalid):
        commands.meet(manager, NUMBER, "recall-legal", BACK)
