from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.session import RecordGate
from db import commands, door
from db.errors import NotSignedIn, TooSoon, WrongPassword
from db.keyring import Keyring
from db.rows import Actor, Role
from db.slots import Cost
from screens.first_run import NewRecord
from screens.routes import Route

TODAY = date(2026, 3, 2)
PASSWORD = "salt and vinegar"
CONTACT = Route("contact", "A1234BC")


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[RecordGate]:
    """In front of a record with one user, whose password costs little to check."""
    ring = Keyring(tmp_path, cost=Cost(8, 1, 1))
    door.make_record(tmp_path, "HMP Example", "", "rpatel", "R Patel", PASSWORD, TODAY, ring)
    door.sign_out()
    gate = RecordGate(tmp_path)
    yield gate
    gate.close()


def test_a_directory_without_a_record_is_told_apart(tmp_path: Path, gate: RecordGate) -> None:
    assert gate.exists()
    assert not RecordGate(tmp_path / "elsewhere").exists()


def test_signing_in_gives_who_it_is(gate: RecordGate) -> None:
    actor = gate.sign_in("RPatel", PASSWORD, TODAY).actor
    assert (actor.staff, actor.name, actor.role) == ("rpatel", "R Patel", Role.MANAGER)


def test_a_wrong_password_opens_nothing(gate: RecordGate) -> None:
    with pytest.raises(WrongPassword):
        gate.sign_in("rpatel", "salt and pepper", TODAY)


def test_the_delay_after_failures_grows(gate: RecordGate) -> None:
    seconds = 0
    for _ in range(4):
        try:
            gate.sign_in("rpatel", "salt and pepper", TODAY)
        except TooSoon as wait:
            seconds = wait.seconds
        except WrongPassword:
            continue
    assert seconds > 0


def test_drafts_are_kept_by_form_and_case_and_found_again(gate: RecordGate) -> None:
    opened = gate.sign_in("rpatel", PASSWORD, TODAY)
    opened.drafts.keep(CONTACT, {"text": "spoke"})
    opened.drafts.keep(Route("meet", "A1234BC", "first-contact"), {"note": "seen"})
    gate.close()
    again = gate.sign_in("rpatel", PASSWORD, TODAY)
    found = again.drafts.kept(CONTACT)
    assert found is not None
    assert found.typed == {"text": "spoke"}
    assert found.saved.tzinfo is not None
    assert again.drafts.kept(Route("contact", "A0091KK")) is None
    assert again.drafts.kept(Route("meet", "A1234BC")) is None
    assert set(again.half_typed) == {"contact A1234BC", "meet A1234BC"}


def test_a_draft_dropped_is_gone(gate: RecordGate) -> None:
    drafts = gate.sign_in("rpatel", PASSWORD, TODAY).drafts
    drafts.keep(CONTACT, {"text": "spoke"})
    drafts.drop(CONTACT)
    drafts.drop(CONTACT)
    assert drafts.kept(CONTACT) is None


def test_after_closing_the_record_answers_nothing_and_closing_again_does_no_harm(gate: RecordGate) -> None:
    drafts = gate.sign_in("rpatel", PASSWORD, TODAY).drafts
    gate.close()
    gate.close()
    with pytest.raises(NotSignedIn):
        drafts.kept(CONTACT)


def test_somebody_signed_in_before_the_shell_needs_no_password(gate: RecordGate) -> None:
    key = Keyring(gate.directory).unlock("rpatel", PASSWORD)
    actor = Actor("rpatel", "R Patel", Role.MANAGER, "desk-1")
    assert gate.resume(actor, key, TODAY).actor.staff == "rpatel"


def test_a_record_open_already_is_taken_as_it_is(gate: RecordGate) -> None:
    actor = gate.sign_in("rpatel", PASSWORD, TODAY).actor
    assert gate.resume(actor, None, TODAY).actor == actor


def test_a_first_run_makes_a_record_one_can_sign_in_to(tmp_path: Path) -> None:
    gate = RecordGate(tmp_path / "new")
    opened, code = gate.found(NewRecord("HMP Example", "MDI", "R Patel", "rpatel", PASSWORD), TODAY)
    gate.close()
    assert opened.actor.role is Role.MANAGER
    assert len(code.split("-")) == 8
    assert gate.sign_in("rpatel", PASSWORD, TODAY).actor.staff == "rpatel"
    gate.close()


def test_whose_sign_in_was_taken_away_is_told_so(gate: RecordGate) -> None:
    me = gate.sign_in("rpatel", PASSWORD, TODAY).actor
    commands.add_staff(me, "jcarter", "J Carter", Role.SUPERVISOR, TODAY, "bread and gravy")
    carter = Actor("jcarter", "J Carter", Role.SUPERVISOR, "desk-2")
    assert gate.news(carter)
    commands.disable(me, "jcarter", TODAY)
    with pytest.raises(NotSignedIn):
        gate.news(carter)


def test_what_others_wrote_is_news_once_and_ones_own_never(gate: RecordGate) -> None:
    me = gate.sign_in("rpatel", PASSWORD, TODAY).actor
    assert not gate.news(me)
    commands.add_staff(me, "dgarside", "D Garside", None, TODAY)
    assert not gate.news(me)
    commands.add_staff(replace(me, terminal="desk-2"), "mappiah", "M Appiah", None, TODAY)
    assert gate.news(me)
    assert not gate.news(me)
