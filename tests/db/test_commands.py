"""Commands: what they refuse, what they leave in the record and the audit trail, and how they are undone."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from pathlib import Path

import pytest
from msgspec.structs import replace

from db import audit, commands, engine, entries
from db.current import store
from db.errors import Invalid, NotAllowed, NotFound, RecordError, Stale
from db.rows import Actor, CaseDetail, Contact, DutyRow, Role, State
from db.verify import verify
from db.views.case import case_detail
from db.views.establishment import why_undo
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

NUMBER = "A1234BC"
MEETING = Contact("meeting", TODAY, "Talked about the garage.")


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    actor = opened(tmp_path)
    taken_in(actor, tmp_path, person())
    yield actor
    closed()


def _case(actor: Actor) -> CaseDetail:
    return case_detail(actor, NUMBER, TODAY)


def _duty(actor: Actor, identity: str) -> DutyRow:
    return next(duty for duty in _case(actor).duties if duty.id == identity)


def _rows() -> int:
    return int(engine.run(store().database, "SELECT count(*) FROM entry").fetchone()[0])


def _lines() -> int:
    return audit.verify(store()).lines


@pytest.mark.parametrize(
    "contact",
    [
        replace(MEETING, kind="telepathy"),
        replace(MEETING, text="   "),
        replace(MEETING, at=date(2026, 3, 3)),
        replace(MEETING, by="nobody"),
        replace(MEETING, meets=("no-such-duty",)),
        replace(MEETING, understood="perhaps"),
    ],
)
def test_a_contact_that_cannot_be_kept_leaves_nothing(manager: Actor, contact: Contact) -> None:
    before = _rows()
    with pytest.raises(RecordError) as refused:
        commands.log_contact(manager, NUMBER, contact, TODAY)
    assert refused.value.exit_status == 2
    assert _rows() == before


def test_one_contact_meets_several_duties(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"supervisor": "manager"}, TODAY)
    done = commands.log_contact(manager, NUMBER, replace(MEETING, meets=("first-meeting", "induction")), TODAY)
    assert done.met == ("first-meeting", "induction")
    assert _duty(manager, "induction").state is State.MET


def test_a_command_is_one_audit_line(manager: Actor) -> None:
    before = _lines()
    commands.log_contact(manager, NUMBER, replace(MEETING, safety=True, meets=("induction",)), TODAY)
    assert _lines() == before + 1


def test_after_any_command_the_record_is_sound(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"supervisor": "manager", "rosh": "high"}, TODAY)
    commands.log_contact(manager, NUMBER, MEETING, TODAY)
    commands.defer(manager, NUMBER, "first-meeting", date(2026, 3, 20), "Leave", TODAY)
    commands.waive(manager, NUMBER, "induction", "Here last month", TODAY)
    commands.undo(manager, TODAY)
    assert verify(TODAY).faults == ()


def test_undo_names_what_it_undoes_and_takes_it_back(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"rosh": "high"}, TODAY)
    assert "RoSH" in (why_undo(manager) or "")
    commands.undo(manager, TODAY)
    assert not next(fact for fact in _case(manager).facts if fact.fact == "rosh").known


def test_undo_goes_back_to_the_value_before(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"rosh": "medium"}, TODAY)
    commands.set_facts(manager, NUMBER, {"rosh": "high"}, TODAY)
    commands.undo(manager, TODAY)
    assert _case(manager).row.rosh == "medium"
    commands.undo(manager, TODAY)
    assert _case(manager).row.rosh is None


def test_what_was_undone_can_be_recorded_again(manager: Actor) -> None:
    for value in ("high", "low"):
        commands.set_facts(manager, NUMBER, {"rosh": value}, TODAY)
        commands.undo(manager, TODAY)
    commands.set_facts(manager, NUMBER, {"rosh": "medium"}, TODAY)
    assert _case(manager).row.rosh == "medium"


def test_undoing_a_contact_opens_the_duties_it_met(manager: Actor) -> None:
    commands.log_contact(manager, NUMBER, replace(MEETING, meets=("induction",)), TODAY)
    commands.undo(manager, TODAY)
    assert _duty(manager, "induction").live
    assert _case(manager).contacts == ()


def test_what_somebody_built_on_cannot_be_undone(manager: Actor) -> None:
    from db.current import desk

    commands.set_facts(manager, NUMBER, {"rosh": "high"}, TODAY)
    mine = list(desk().done)
    commands.set_facts(staffed(manager, "other", Role.MANAGER), NUMBER, {"rosh": "low"}, TODAY)
    desk().done[:] = mine
    with pytest.raises(Stale):
        commands.undo(manager, TODAY)
    assert _case(manager).row.rosh == "low"


def test_with_nothing_done_there_is_nothing_to_undo(manager: Actor) -> None:
    from db.current import desk

    desk().done.clear()
    assert why_undo(manager) is None
    with pytest.raises(Invalid):
        commands.undo(manager, TODAY)


def test_the_second_of_two_people_changing_one_fact_is_told_and_sees_both(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"rosh": "high"}, TODAY, seen={"rosh": None})
    with pytest.raises(Stale) as stale:
        commands.set_facts(manager, NUMBER, {"rosh": "low"}, TODAY, seen={"rosh": None})
    assert (stale.value.mine, stale.value.theirs) == ("low", "high")
    assert _case(manager).row.rosh == "high"


def test_two_rows_never_replace_the_same_row(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"rosh": "high"}, TODAY)
    row = next(row for row in entries.of_case(NUMBER) if row.key == "rosh")
    with pytest.raises(Stale), store().write():
        entries.insert([row._replace(id="f" * 32)])


def test_rows_are_never_changed_or_deleted(manager: Actor) -> None:
    for sql in (
        "UPDATE entry SET payload = '{}'",
        "DELETE FROM entry",
        "DELETE FROM audit",
        "UPDATE audit SET who = 'x'",
    ):
        with pytest.raises(RecordError), store().write() as database:
            engine.run(database, sql)


def test_a_repeating_duty_waived_runs_on_from_the_decision(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"supervisor": "manager"}, TODAY, date(2026, 2, 20))
    contact = Contact("meeting", date(2026, 2, 24), "Met.", meets=("first-meeting",))
    commands.log_contact(manager, NUMBER, contact, TODAY)
    assert _duty(manager, "supervisor-contact").due == date(2026, 3, 24)
    commands.waive(manager, NUMBER, "supervisor-contact", "Away at a course all month", TODAY)
    assert _duty(manager, "supervisor-contact").due == date(2026, 4, 2)


@pytest.mark.parametrize(
    ("to", "why"),
    [(date(2026, 3, 16), "x"), (date(2026, 3, 31), "x"), (date(2026, 3, 20), " ")],
)
def test_a_duty_is_not_put_off_to_a_wrong_day_or_without_a_reason(manager: Actor, to: date, why: str) -> None:
    commands.set_facts(manager, NUMBER, {"supervisor": "manager"}, TODAY)
    with pytest.raises(Invalid):
        commands.defer(manager, NUMBER, "first-meeting", to, why, TODAY)


def test_a_safety_concern_is_never_put_off(manager: Actor) -> None:
    commands.log_contact(manager, NUMBER, replace(MEETING, safety=True), TODAY)
    with pytest.raises(Invalid):
        commands.defer(manager, NUMBER, "safety-handover", date(2026, 3, 3), "later", TODAY)


def test_a_supervisor_records_facts_only_of_their_own_cases(manager: Actor) -> None:
    supervisor = staffed(manager, "jcarter", Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        commands.set_facts(supervisor, NUMBER, {"ppo": "no"}, TODAY)
    commands.set_facts(manager, NUMBER, {"supervisor": "jcarter"}, TODAY)
    commands.set_facts(supervisor, NUMBER, {"ppo": "no"}, TODAY)
    with pytest.raises(NotAllowed):
        commands.set_facts(supervisor, NUMBER, {"supervisor": "manager"}, TODAY)


def test_meeting_a_duty_records_the_facts_its_form_asks_for(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"sexual-violent-offence": "yes"}, TODAY)
    commands.meet(manager, NUMBER, "victim-liaison", TODAY, fields={"victim-contact": "victim-informed"})
    facts = {fact.fact: fact.value for fact in _case(manager).facts}
    assert facts["victim-contact"] == "victim-informed"
    assert _duty(manager, "victim-liaison").state is State.MET


def test_a_duty_nothing_started_cannot_be_met(manager: Actor) -> None:
    with pytest.raises(NotFound):
        commands.meet(manager, NUMBER, "signpost-follow-up", TODAY, fields={"outcome": "Housed"})


def test_as_at_an_earlier_day_later_rows_are_not_there(manager: Actor) -> None:
    later = date(2026, 3, 9)
    commands.set_facts(manager, NUMBER, {"rosh": "high"}, later)
    assert case_detail(manager, NUMBER, later, date(2026, 3, 5)).row.rosh is None
    assert case_detail(manager, NUMBER, later).row.rosh == "high"


def test_five_entries_that_are_all_concerns_are_pointed_out(manager: Actor) -> None:
    for _ in range(5):
        commands.log_contact(manager, NUMBER, replace(MEETING, concerns="Debt"), TODAY)
    assert any("all concerns" in note for note in _case(manager).notes)
    commands.log_contact(manager, NUMBER, replace(MEETING, concerns="Debt", strengths="Rang the garage"), TODAY)
    assert not any("all concerns" in note for note in _case(manager).notes)


def test_with_the_clock_set_back_what_is_recorded_later_still_counts_as_later(
    manager: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import clock

    commands.set_facts(manager, NUMBER, {"rosh": "medium"}, TODAY)

    class SetBack(datetime):
        """A clock that stands in the past."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "SetBack":
            return cls(2001, 1, 1, tzinfo=tz)

    monkeypatch.setattr(clock, "datetime", SetBack)
    commands.set_facts(manager, NUMBER, {"rosh": "high"}, TODAY)
    assert _case(manager).row.rosh == "high"
    assert verify(TODAY).faults == ()


@pytest.mark.parametrize("as_at", [date(2026, 3, 1), date(2026, 3, 3)])
def test_a_case_is_not_shown_as_at_a_day_before_it_was_recorded_or_one_to_come(manager: Actor, as_at: date) -> None:
    with pytest.raises(Invalid):
        case_detail(manager, NUMBER, TODAY, as_at)
