"""Acting on several people at once: all or nothing, one line in the audit trail, one undo, and what is refused."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from db import audit, commands, views
from db.current import store
from db.errors import Invalid, NotAllowed, Stale
from db.rows import Actor, CaseDetail, Contact, DutyRow, Filter, Role, State
from db.several import Chosen, logging, putting_off, shared
from db.verify import verify
from db.views.case import case_detail
from db.views.several import chosen, everybody
from policy.phrases import say
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

NUMBERS = ("A1111AA", "A2222AA", "A3333AA")
FIRST, SECOND, THIRD = NUMBERS
SESSION = Contact("meeting", TODAY, "Induction group", where="group room")


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    actor = opened(tmp_path)
    taken_in(actor, tmp_path, *(person(prisonerNumber=number) for number in NUMBERS))
    staffed(actor, "carter", Role.SUPERVISOR)
    commands.allocate(actor, dict.fromkeys((FIRST, SECOND), "carter"), "First", TODAY)
    yield actor
    closed()


def _case(actor: Actor, number: str) -> CaseDetail:
    return case_detail(actor, number, TODAY)


def _duty(actor: Actor, number: str, name: str) -> DutyRow:
    return next(duty for duty in _case(actor, number).duties if duty.name == name)


def _people(actor: Actor) -> tuple[Chosen, ...]:
    return chosen(actor, NUMBERS, TODAY)


def test_one_session_is_logged_with_everybody_in_one_line_of_the_trail_and_one_undo(manager: Actor) -> None:
    lines = audit.verify(store()).lines
    done = commands.log_for_several(manager, dict.fromkeys(NUMBERS, ()), SESSION, TODAY)
    assert done.sentence == "Logged for 3 people. u undoes all of it."
    assert audit.verify(store()).lines == lines + 1
    assert [_case(manager, number).contacts[0].text for number in NUMBERS] == ["Induction group"] * 3
    commands.undo(manager, TODAY)
    assert [_case(manager, number).contacts for number in NUMBERS] == [(), (), ()]
    assert verify(TODAY).sound


def test_each_meets_only_the_duties_named_for_them(manager: Actor) -> None:
    meets = {FIRST: ("first-meeting",), SECOND: ("first-meeting",), THIRD: ()}
    done = commands.log_for_several(manager, meets, Contact("meeting", TODAY, "Met", by="carter"), TODAY)
    assert done.sentence == "Logged for 3 people. 2 duties met. u undoes all of it."
    assert _duty(manager, FIRST, "first-meeting").state is State.MET
    assert _case(manager, THIRD).contacts[0].meets == ()


def test_where_one_of_them_cannot_be_nothing_is_written(manager: Actor) -> None:
    with pytest.raises(Invalid):
        commands.log_for_several(manager, {FIRST: (), SECOND: ("no-such-duty",)}, SESSION, TODAY)
    assert _case(manager, FIRST).contacts == ()


def test_who_has_left_since_the_user_looked_is_named_and_nothing_is_written(manager: Actor) -> None:
    commands.set_facts(manager, SECOND, {"left": TODAY.isoformat()}, TODAY)
    with pytest.raises(Stale, match="No longer here"):
        commands.log_for_several(manager, dict.fromkeys(NUMBERS, ()), SESSION, TODAY)
    assert _case(manager, FIRST).contacts == ()


def test_a_safety_concern_or_declining_is_one_persons_own(manager: Actor) -> None:
    for contact in (Contact("meeting", TODAY, "x", safety=True), Contact("meeting", TODAY, "x", declined=True)):
        with pytest.raises(Invalid, match="one person's own"):
            commands.log_for_several(manager, {FIRST: ()}, contact, TODAY)


def test_an_inspector_and_a_case_administrator_are_refused_a_group_meeting(manager: Actor) -> None:
    for role in (Role.INSPECTOR, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            commands.log_for_several(Actor("x", "X", role, "test"), {FIRST: ()}, SESSION, TODAY)


def test_one_duty_is_put_off_for_several_to_one_day_and_undone_together(manager: Actor) -> None:
    due = _duty(manager, FIRST, "first-meeting").due
    assert isinstance(due, date)
    to = due + timedelta(3)
    lines = audit.verify(store()).lines
    commands.defer_several(manager, dict.fromkeys((FIRST, SECOND), ("first-meeting",)), to, "On a course", TODAY)
    assert audit.verify(store()).lines == lines + 1
    assert [_duty(manager, number, "first-meeting").deferred_to for number in (FIRST, SECOND)] == [to, to]
    assert views.why_undo(manager) == f"First meeting put off to {say(to)} for 2 people"
    commands.undo(manager, TODAY)
    assert [_duty(manager, number, "first-meeting").deferred_to for number in (FIRST, SECOND)] == [None, None]


def test_what_undo_would_take_back_is_said_by_the_name_of_the_duty(manager: Actor) -> None:
    commands.meet(manager, FIRST, "benefits-induction", TODAY)
    told = views.why_undo(manager) or ""
    assert told.startswith("Benefits met, ")


def test_nobody_is_put_off_where_one_of_them_may_not_be(manager: Actor) -> None:
    due = _duty(manager, FIRST, "first-meeting").due
    assert isinstance(due, date)
    commands.defer(manager, SECOND, "first-meeting", due + timedelta(1), "Ill", TODAY)
    with pytest.raises(Invalid, match="put off before"):
        commands.defer_several(
            manager, dict.fromkeys((FIRST, SECOND), ("first-meeting",)), due + timedelta(3), "Course", TODAY
        )
    assert _duty(manager, FIRST, "first-meeting").deferred_to is None


def test_the_preview_says_for_whom_a_day_is_too_late_and_who_has_no_such_duty(manager: Actor) -> None:
    due = _duty(manager, FIRST, "first-meeting").due
    assert isinstance(due, date)
    commands.defer(manager, SECOND, "first-meeting", due + timedelta(1), "Ill", TODAY)
    told = {one.row.number: one for one in putting_off(_people(manager), "first-meeting", due + timedelta(3), TODAY)}
    assert (told[FIRST].applies, told[FIRST].duties) == (True, ("first-meeting",))
    assert not told[SECOND].applies
    assert told[SECOND].says.startswith("It was put off before")
    assert (told[THIRD].applies, told[THIRD].says) == (False, "Has no such duty open.")


def test_the_preview_and_the_command_agree_on_the_last_day(manager: Actor) -> None:
    due = _duty(manager, FIRST, "first-meeting").due
    assert isinstance(due, date)
    last = due + timedelta(14)
    applies = [putting_off(_people(manager)[:1], "first-meeting", day, TODAY)[0].applies for day in (due, last)]
    assert applies == [False, True]
    assert not putting_off(_people(manager)[:1], "first-meeting", last + timedelta(1), TODAY)[0].applies
    with pytest.raises(Invalid, match="at the latest"):
        commands.defer_several(manager, {FIRST: ("first-meeting",)}, last + timedelta(1), "Course", TODAY)
    commands.defer_several(manager, {FIRST: ("first-meeting",)}, last, "Course", TODAY)


def test_the_preview_of_a_session_says_what_each_meets_and_who_has_left(manager: Actor) -> None:
    commands.set_facts(manager, SECOND, {"left": TODAY.isoformat()}, TODAY)
    told = {one.row.number: one for one in logging(_people(manager), ["first-meeting"])}
    assert (told[FIRST].applies, told[FIRST].duties, told[FIRST].says) == (
        True,
        ("first-meeting",),
        "meets First meeting",
    )
    assert (told[SECOND].applies, told[SECOND].says) == (False, "Left on Mon 2 Mar 2026.")
    assert (told[THIRD].applies, told[THIRD].says) == (True, "logged; has no such duty open")


def test_what_they_share_is_counted_by_people(manager: Actor) -> None:
    assert shared(_people(manager), manager)["first-meeting"][1] == 2
    only = shared(_people(manager), Actor("x", "X", Role.ADMINISTRATOR, "test"))
    assert {duty.owner for duty, _ in only.values()} == {"CA"}


def test_everybody_of_a_filter_comes_in_the_caseloads_order_without_those_who_left(manager: Actor) -> None:
    commands.set_facts(manager, SECOND, {"left": TODAY.isoformat()}, TODAY)
    assert set(everybody(manager, Filter("all"), TODAY)) == {FIRST, THIRD}
    assert everybody(manager, Filter("supervisor", "carter"), TODAY) == (FIRST,)
