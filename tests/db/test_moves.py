"""Movements: what each records, what follows, what is refused, and that all of it can be undone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import commands, views
from db.commands import Screening
from db.errors import Invalid, NotAllowed, Stale
from db.moving import Movement, Reception
from db.rows import Actor, CaseDetail, DutyRow, Role, State
from db.verify import verify
from tests.db import records
from tests.db.records import TODAY, person

BARLOW, KAUR, MARSH = "A1234BC", "A0091KK", "A2222MT"
TOMORROW = TODAY + timedelta(1)


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    """Three people here, the manager signed in."""
    actor = records.opened(tmp_path)
    records.taken_in(
        actor,
        tmp_path,
        person(BARLOW, lastName="BARLOW", firstName="DEAN"),
        person(KAUR, lastName="KAUR", firstName="JASPREET", cellLocation="B-2-008"),
        person(MARSH, lastName="MARSH", firstName="TONY", cellLocation="A-1-001"),
    )
    yield actor
    records.closed()


@pytest.fixture
def admin(manager: Actor) -> Actor:
    return records.staffed(manager, "mosei", Role.ADMINISTRATOR)


def detail(number: str, today: date = TODAY) -> CaseDetail:
    return views.case_detail(Actor("x", "X", Role.INSPECTOR, "t"), number, today)


def fact(number: str, name: str) -> str:
    return next(row.value for row in detail(number).facts if row.fact == name)


def owed(number: str, name: str, today: date = TODAY) -> DutyRow | None:
    return next((duty for duty in detail(number, today).duties if duty.id == name and duty.id == name), None)


def move(actor: Actor, number: str, what: str, at: date = TODAY, today: date = TODAY, **more: Any) -> str:
    return commands.move(actor, number, Movement(what, at, **more), today).sentence


def sound(today: date = TODAY) -> bool:
    return verify(today).faults == ()


@pytest.mark.parametrize(
    ("what", "place"),
    [("court", "court"), ("hospital", "hospital"), ("temporary-release", "temporary release"),
     ("at-large", "unlawfully at large")],
)  # fmt: skip
def test_somebody_out_is_said_to_be_there_and_comes_back_to_a_cell(admin: Actor, what: str, place: str) -> None:
    move(admin, BARLOW, what)
    assert detail(BARLOW).row.where == place
    move(admin, BARLOW, "back", to="C-1-001")
    assert detail(BARLOW).row.where == "C-1-001"
    assert sound()


def test_clocks_stand_still_in_hospital_and_go_on_when_they_are_back(admin: Actor) -> None:
    before = owed(BARLOW, "induction")
    assert before is not None
    assert isinstance(before.due, date)
    move(admin, BARLOW, "hospital", TODAY - timedelta(8))
    move(admin, BARLOW, "back")
    after = owed(BARLOW, "induction")
    assert after is not None
    assert after.due == before.due + timedelta(8)
    assert fact(BARLOW, "away") == "no"


def test_being_at_court_stops_no_clock(admin: Actor) -> None:
    before = owed(BARLOW, "induction")
    move(admin, BARLOW, "court", TODAY - timedelta(8))
    after = owed(BARLOW, "induction")
    assert before is not None
    assert after is not None
    assert after.due == before.due


def test_who_is_out_already_cannot_go_out_and_who_is_here_cannot_come_back(admin: Actor) -> None:
    move(admin, BARLOW, "court")
    with pytest.raises(Invalid, match=r"out already \(court\)"):
        move(admin, BARLOW, "hospital")
    with pytest.raises(Invalid, match="is here already"):
        move(admin, KAUR, "back")


def test_a_movement_of_a_day_to_come_is_refused(admin: Actor) -> None:
    with pytest.raises(Invalid, match="has not come yet"):
        move(admin, BARLOW, "court", TOMORROW)


def test_a_supervisor_records_no_movement(manager: Actor) -> None:
    carter = records.staffed(manager, "jcarter", Role.SUPERVISOR)
    with pytest.raises(NotAllowed, match="receptions, moves and releases"):
        move(carter, BARLOW, "court")


def test_after_a_transfer_only_telling_the_offender_manager_is_due_and_the_case_has_left(admin: Actor) -> None:
    commands.set_facts(admin, BARLOW, {"offender-manager": "P Dunn"}, TODAY)
    said = move(admin, BARLOW, "transfer-out", to="HMP Leeds", planned="no", why="capacity")
    assert said == "Transferred out: HMP Leeds, Mon 2 Mar 2026. The offender manager is to be told by Tue 3 Mar 2026."
    found = detail(BARLOW)
    assert [duty.id for duty in found.duties if duty.live] == ["move-notified"]
    assert found.stands == ("Transferred on Mon 2 Mar 2026.",)
    (tell,) = views.to_tell(admin)
    assert (tell.number, tell.due, tell.offender_manager) == (BARLOW, TOMORROW, "P Dunn")
    commands.meet(admin, BARLOW, tell.duty, TODAY)
    assert views.to_tell(admin) == ()
    assert sound()


def test_where_the_offender_manager_was_told_already_nothing_is_left_to_do(admin: Actor) -> None:
    commands.set_facts(admin, BARLOW, {"offender-manager": "P Dunn"}, TODAY)
    move(admin, BARLOW, "transfer-out", to="HMP Leeds", told=True)
    assert views.to_tell(admin) == ()
    assert not [duty for duty in detail(BARLOW).duties if duty.live]


def test_a_transfer_against_a_hold_says_who_broke_it(admin: Actor) -> None:
    commands.set_facts(admin, BARLOW, {"transfer-hold": "accredited programme"}, TODAY)
    with pytest.raises(Invalid, match=r"transfer hold \(accredited programme\)"):
        move(admin, BARLOW, "transfer-out", to="HMP Leeds")
    move(admin, BARLOW, "transfer-out", to="HMP Leeds", hold="the governor")
    told = [line.summary for line in detail(BARLOW).timeline if line.kind == "movement"]
    assert told == ["Transferred out: HMP Leeds; transfer hold broken by the governor"]


def test_what_was_to_be_done_before_release_and_was_not_has_failed_after_it(admin: Actor) -> None:
    move(admin, BARLOW, "release")
    review = owed(BARLOW, "pre-release-review")
    assert review is not None
    assert review.state is State.FAILED
    assert not [duty for duty in detail(BARLOW).duties if duty.live]


def test_a_transfer_before_release_fails_nothing(admin: Actor) -> None:
    commands.set_facts(admin, BARLOW, {"release-date": TODAY.isoformat()}, TODAY)
    move(admin, BARLOW, "transfer-out", to="HMP Leeds")
    review = owed(BARLOW, "pre-release-review")
    assert review is None or review.state is State.NOT_APPLICABLE


def test_after_a_death_nothing_is_asked_overdue_or_failed_and_everything_can_be_read(admin: Actor) -> None:
    commands.set_facts(admin, BARLOW, {"release-date": TODAY.isoformat()}, TODAY)
    before = len(detail(BARLOW).timeline)
    move(admin, BARLOW, "death", note="Coroner told.")
    found = detail(BARLOW, TODAY + timedelta(30))
    assert found.stands == ("Died on Mon 2 Mar 2026.",)
    wrong = (State.OVERDUE, State.SAFETY, State.TODAY, State.UNKNOWN, State.FAILED)
    assert [duty.id for duty in found.duties if duty.live or duty.state in wrong] == []
    assert len(found.timeline) > before
    assert views.to_tell(admin) == ()


def test_who_has_died_is_not_received_again(admin: Actor) -> None:
    move(admin, BARLOW, "death")
    with pytest.raises(Invalid, match=r"BARLOW DEAN died on Mon 2 Mar 2026\. Nothing"):
        commands.receive(admin, Reception(BARLOW, "received", TODAY, "B-1-001"), TODAY)


def test_a_movement_is_undone_whole(admin: Actor) -> None:
    move(admin, BARLOW, "transfer-out", to="HMP Leeds")
    commands.undo(admin, TODAY)
    assert detail(BARLOW).stands == ()
    assert fact(BARLOW, "left-how") == ""
    assert views.moved(admin, TODAY) == ()
    assert sound()


def test_the_second_of_two_administrators_is_told_where_the_person_is_by_now(manager: Actor, admin: Actor) -> None:
    seen = detail(BARLOW).row.where
    move(manager, BARLOW, "court")
    with pytest.raises(Stale) as stale:
        commands.move(admin, BARLOW, Movement("release", TODAY), TODAY, seen=seen)
    assert (stale.value.mine, stale.value.theirs) == ("Released", "court")


def test_a_new_person_is_received_and_undoing_it_leaves_nobody(admin: Actor) -> None:
    reception = Reception("A5555BB", "received", datetime(2026, 3, 2, 16, 40), "A-1-002", "Leeds", {"surname": "Smith"})
    said = commands.receive(admin, reception, TODAY).sentence
    assert said.startswith("Received: SMITH. Missing: ")
    assert fact("A5555BB", "custody-start") == "2026-03-02T16:40"
    assert sound()
    commands.undo(admin, TODAY)
    assert views.whereabouts_now(admin, "A5555BB", TODAY) is None
    assert sound()


def test_an_extract_with_somebody_received_by_hand_raises_no_question(admin: Actor, tmp_path: Path) -> None:
    given = {"surname": "Smith", "forenames": "Ann"}
    commands.receive(admin, Reception("A5555BB", "received", datetime(2026, 3, 2, 9, 5), "A-1-002", "", given), TODAY)
    here = person("A5555BB", lastName="SMITH", firstName="ANN", cellLocation="C-9-1", receptionDate=TODAY.isoformat())
    done = records.taken_in(admin, tmp_path, here, partial=True, today=TODAY)
    assert [one for one in done.questions if one.number == "A5555BB"] == []
    assert fact("A5555BB", "cell") == "C-9-1"
    assert sound()


def test_somebody_who_left_is_received_back_with_a_new_custody_start(admin: Actor) -> None:
    move(admin, BARLOW, "release", TODAY - timedelta(1))
    commands.receive(admin, Reception(BARLOW, "recalled", TODAY, "D-1", facts={"recall": "standard"}), TODAY)
    assert detail(BARLOW).stands == ()
    assert fact(BARLOW, "custody-start") == TODAY.isoformat()
    assert fact(BARLOW, "recall-returned") == TODAY.isoformat()
    screening = owed(BARLOW, "bcst1")
    assert screening is not None
    assert screening.live
    assert sound()


@pytest.mark.parametrize(("back", "known"), [(date(2026, 9, 2), True), (date(2026, 9, 3), False)])
def test_what_a_screening_found_is_not_known_of_a_custody_that_begins_more_than_six_months_on(
    admin: Actor, manager: Actor, back: date, known: bool
) -> None:
    commands.set_facts(manager, BARLOW, {"tenancy": "yes", "immediate-need": "A cat at home"}, TODAY)
    commands.meet(manager, BARLOW, "tenancy", TODAY, fields={"outcome": "Landlord holds it"})
    move(admin, BARLOW, "release", TODAY)
    commands.receive(admin, Reception(BARLOW, "received", back), back)
    rows = {row.name: row for row in views.case_detail(admin, BARLOW, back).duties}
    assert "immediate-resettlement-need:a-cat-at-home" not in rows
    assert rows["tenancy"].state is (State.WEEK if known else State.UNKNOWN)
    assert (dict(views.screening_form(manager, BARLOW, "bcst1", back).facts).get("tenancy") == "yes") is known
    assert sound(back)


def test_an_extract_with_somebody_back_begins_a_custody_whatever_was_corrected_in_the_last(
    admin: Actor, manager: Actor, tmp_path: Path
) -> None:
    commands.set_facts(manager, BARLOW, {"custody-start": "2026-02-27T16:40", "tenancy": "yes"}, TODAY)
    commands.screen(manager, BARLOW, Screening("bcst1", TODAY, "D Garside"), TODAY)
    move(admin, BARLOW, "release", TODAY)
    back = date(2026, 10, 1)
    again = records.person(BARLOW, receptionDate="2026-10-01", lastAdmissionDate="2026-10-01")
    done = records.taken_in(manager, tmp_path, again, today=back, partial=True)
    assert [one.about for one in done.questions if one.number == BARLOW] == ["left"]
    rows = {row.id: row for row in views.case_detail(admin, BARLOW, back).duties}
    assert (rows["bcst1"].live, rows["bcst1"].due) == (True, date(2026, 10, 4))
    assert rows["tenancy"].state is State.UNKNOWN
    assert sound(back)


def test_somebody_transferred_in_owes_a_plan_review_and_is_asked_about_at_the_sending_prison(admin: Actor) -> None:
    commands.receive(admin, Reception("A5555BB", "transfer-in", TODAY, facts={"surname": "Smith"}), TODAY)
    asking = owed("A5555BB", "ask-sending-prison")
    assert asking is not None
    assert asking.live


def test_somebody_who_is_here_is_not_received_again(admin: Actor) -> None:
    with pytest.raises(Invalid, match="is here already"):
        commands.receive(admin, Reception(BARLOW, "received", TODAY), TODAY)


def test_a_roll_list_says_line_by_line_what_applies_and_why_not(admin: Actor) -> None:
    move(admin, MARSH, "release")
    lines = ("Number Cell", f"{BARLOW} C-1-001", f"B-2-008, {KAUR}", f"{MARSH} A-1", "A7777ZZ A-2", "C-4-4 Somebody")
    text = "\n".join((*lines, f"{BARLOW.lower()}\tC-2", ""))
    found = {one.line: (one.number, one.cell, one.refusal) for one in views.placings(admin, text)}
    assert found == {
        2: (BARLOW, "C-1-001", "named more than once in this list"),
        3: (KAUR, "B-2-008", "is there already"),
        4: (MARSH, "A-1", "left on Mon 2 Mar 2026"),
        5: ("A7777ZZ", "A-2", "nobody in this record has that number"),
        6: ("", "", "no prisoner number in this line"),
        7: (BARLOW, "C-2", "named more than once in this list"),
    }


def test_many_cell_moves_are_one_change_with_one_undo(admin: Actor) -> None:
    commands.rehouse(admin, {BARLOW: "C-1", KAUR: "C-2"}, TODAY)
    assert (detail(BARLOW).row.where, detail(KAUR).row.where) == ("C-1", "C-2")
    commands.undo(admin, TODAY)
    assert detail(KAUR).row.where == "B-2-008"
    assert sound()


def test_of_many_cell_moves_none_is_written_where_one_person_was_moved_meanwhile(manager: Actor, admin: Actor) -> None:
    commands.rehouse(manager, {KAUR: "D-1"}, TODAY)
    with pytest.raises(Stale, match="now D-1, you: C-2"):
        commands.rehouse(admin, {BARLOW: "C-1", KAUR: "C-2"}, TODAY, seen={BARLOW: "B-2-014", KAUR: "B-2-008"})
    assert detail(BARLOW).row.where == "B-2-014"


def test_no_movement_is_of_a_day_before_they_came_and_no_return_before_they_went(admin: Actor) -> None:
    came = date.fromisoformat(fact(BARLOW, "arrival"))
    with pytest.raises(Invalid, match=r"BARLOW DEAN came here on .* is before that"):
        move(admin, BARLOW, "release", at=came - timedelta(1))
    move(admin, BARLOW, "court", at=date(2026, 2, 27))
    with pytest.raises(Invalid, match=r"BARLOW DEAN went out on Fri 27 Feb 2026; Thu 26 Feb 2026 is before"):
        move(admin, BARLOW, "back", at=date(2026, 2, 26))
    move(admin, BARLOW, "back", at=date(2026, 2, 27))
    with pytest.raises(Invalid, match="came here"):
        commands.answer_gone(admin, [BARLOW], Movement("release", came - timedelta(365)), TODAY)
