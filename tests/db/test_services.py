"""The services directory: what it holds, taking lists in, and what is stale."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import commands, views
from db.errors import Invalid, NotAllowed
from db.intake.encoding import text_of
from db.rows import Actor, Filter, Role, State
from tests.db import records
from tests.db.records import TODAY

NUMBER = "A0001AA"
LIST = (
    "title,where,provider,pathway,serves,eligibility,how,waiting,contact,checked\n"
    'Debt advice,both,Citizens Advice,finance,"9,10",everybody,Application,2 weeks,01632 960001,2026-02-10\n'
    "Supported housing,after,Northgate Homes,accommodation,8,men over 25,With consent,6 weeks,,2025-12-01\n"
)


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    found = records.opened(tmp_path)
    records.taken_in(found, tmp_path, records.person(NUMBER))
    yield found
    records.closed()


def test_the_courses_of_the_virtual_campus_are_always_there(manager: Actor) -> None:
    found = views.services(manager, "virtual campus", TODAY)
    assert len(found) == 14
    assert all(row.shipped and not row.stale for row in found)


def test_a_list_is_taken_in_and_found_by_any_word(manager: Actor) -> None:
    commands.import_services(manager, LIST, TODAY)
    (found,) = views.services(manager, "citizens DEBT", TODAY)
    assert (found.title, found.serves, found.waiting) == ("Debt advice", (9, 10), "2 weeks")
    assert [row.title for row in views.services(manager, "", TODAY)[:2]] == ["Debt advice", "Supported housing"]


def test_toml_is_taken_in_as_csv_is(manager: Actor) -> None:
    commands.import_services(manager, '[one]\ntitle = "Garden"\nserves = [3, 4]\n', TODAY)
    assert views.services(manager, "garden", TODAY)[0].serves == (3, 4)


@pytest.mark.parametrize(("checked", "stale"), [("2025-12-01", True), ("2025-12-02", False), ("", True)])
def test_what_was_not_checked_for_90_days_is_stale(manager: Actor, checked: str, stale: bool) -> None:
    commands.save_service(manager, "", {"title": "Garden", "checked": checked}, TODAY)
    assert views.services(manager, "garden", TODAY)[0].stale is stale


def test_one_of_the_same_name_is_brought_up_to_date_and_one_undo_takes_a_list_back(manager: Actor) -> None:
    commands.import_services(manager, LIST, TODAY)
    commands.import_services(manager, LIST.replace("2 weeks", "4 weeks"), TODAY)
    assert views.services(manager, "debt citizens", TODAY)[0].waiting == "4 weeks"
    commands.undo(manager, TODAY)
    assert views.services(manager, "debt citizens", TODAY)[0].waiting == "2 weeks"


def test_a_closed_service_is_gone_from_the_directory(manager: Actor) -> None:
    commands.save_service(manager, "", {"title": "Garden"}, TODAY)
    commands.save_service(manager, "garden", {"title": "Garden", "closed": "yes"}, TODAY)
    assert views.services(manager, "garden", TODAY) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title,colour\nGarden,green\n", "no “colour”"),
        ("title,serves\nGarden,19\n", "1 to 18"),
        ("title,where\nGarden,moon\n", "inside, after, both"),
        ("title,pathway\nGarden,abuse\n", "no pathway"),
        ("title,checked\nGarden,soon\n", "a date"),
        ("title,checked\nGarden,2026-03-03\n", "not come yet"),
        ("title\nGarden\nGarden\n", "twice"),
        ("title,serves\nGarden,8,9\n", "Line 2 has more fields"),
        ("title,where\nGarden,moon\n,inside\n", "Line 2: where is one of.* Line 3: the title is missing"),
        ("title\n", "no service"),
        ("[one\n", "not valid TOML"),
    ],
)
def test_a_list_that_is_wrong_says_where_and_leaves_nothing(manager: Actor, text: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        commands.import_services(manager, text, TODAY)
    assert len(views.services(manager, "", TODAY)) == 14


def test_a_list_is_read_as_a_spreadsheet_here_writes_it(manager: Actor) -> None:
    text = text_of("title,where,checked,,\nCaf\u00e9 Aid,after,20/2/2026,,,\n".encode("cp1252"))
    commands.import_services(manager, text, TODAY)
    (row,) = views.services(manager, "caf\u00e9", TODAY)
    assert row.checked == date(2026, 2, 20)


def test_a_supervisor_reads_the_directory_and_does_not_keep_it(manager: Actor) -> None:
    supervisor = records.staffed(manager, "carter", Role.SUPERVISOR)
    assert views.services(supervisor, "", TODAY)
    with pytest.raises(NotAllowed):
        commands.save_service(supervisor, "", {"title": "Garden"}, TODAY)


def test_a_referral_from_the_directory_is_followed_up_like_any_other(manager: Actor) -> None:
    supervisor = records.staffed(manager, "carter", Role.SUPERVISOR)
    with pytest.raises(Invalid, match="Consent"):
        commands.refer(supervisor, NUMBER, "Northgate Homes", "A room", TODAY)
    commands.refer(supervisor, NUMBER, "Northgate Homes", "A room", TODAY, consent="given", service="supported")
    (one,) = views.unfollowed(supervisor, Filter("all"), TODAY)
    assert (one.row.number, one.to, one.duty.state, one.duty.due) == (
        NUMBER,
        "Northgate Homes",
        State.OPEN,
        date(2026, 3, 16),
    )
    commands.follow_up(supervisor, [(NUMBER, one.key)], "A room from 22 May", TODAY, met="yes")
    assert views.unfollowed(supervisor, Filter("all"), TODAY) == ()


@pytest.mark.parametrize(("release", "shown"), [("2026-05-25", True), ("2026-05-26", False), ("2026-03-02", True)])
def test_who_leaves_in_the_next_12_weeks_is_listed(manager: Actor, release: str, shown: bool) -> None:
    commands.set_facts(manager, NUMBER, {"release-date": release}, TODAY)
    found = views.leaving(manager, Filter("all"), TODAY)
    assert bool(found) is shown


def test_whoever_leaves_without_an_address_is_told_of_on_the_day(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"release-date": "2026-03-04", "release-address": "none"}, TODAY)
    (one,) = views.leaving(manager, Filter("all"), TODAY)
    assert one.days == 2
    assert "registered as homeless" in one.on_the_day[0]
    assert "nfa-day" in {duty.id for duty in one.open}
