"""Need-to-know: every route by which somebody else might learn that there is anything to know."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.cli import shapes
from db import commands, current, engine, entries, views
from db.audit import verify as verify_audit
from db.checklists import Status
from db.commands import Mark
from db.current import store
from db.errors import Invalid, NotAllowed
from db.need_to_know import emergencies
from db.refreshing import refresh
from db.rows import Actor, Filter, Role
from db.verify import verify
from db.views.recall import recall_case
from db.views.triage import end_of_trail, recorded_since
from tests.db import records
from tests.db.records import TODAY

NUMBER = "A0001AA"
SECRET = "Hit by her husband for years"


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    found = records.opened(tmp_path)
    records.taken_in(found, tmp_path, records.person(NUMBER))
    yield found
    records.closed()


@pytest.fixture
def everybody(manager: Actor) -> dict[str, Actor]:
    """The manager, the allocated supervisor, another, an administrator, an inspector."""
    found = {"manager": manager}
    for name, role in (
        ("carter", Role.SUPERVISOR),
        ("doyle", Role.SUPERVISOR),
        ("singh", Role.ADMINISTRATOR),
        ("webb", Role.INSPECTOR),
    ):
        found[name] = records.staffed(manager, name, role)
    commands.set_facts(manager, NUMBER, {"supervisor": "carter"}, TODAY)
    return found


def disclosed(actor: Actor) -> None:
    """Everything restricted there is: a disclosure, activities in every state, a referral followed up or not."""
    commands.disclose(actor, NUMBER, "domestic-abuse", SECRET, TODAY)
    commands.mark(actor, NUMBER, (Mark("abuse-identified", Status.DONE, words="Disclosed in interview"),), TODAY)
    commands.mark(actor, NUMBER, (Mark("abuse-safety-plan", Status.NEEDED, until=TODAY),), TODAY)
    commands.mark(
        actor, NUMBER, (Mark("abuse-referral", Status.REFERRED, to="Specialist Refuge", consent="given"),), TODAY
    )
    commands.share(actor, NUMBER, "Children's services", "safeguarding", "That the children may be at risk", TODAY)


def everything_seen(actor: Actor) -> str:
    """What this user can read of the person by every view, as one text."""
    wanted = Filter("all")
    detail = views.case_detail(actor, NUMBER, TODAY)
    plain = views.checklist(actor, NUMBER, TODAY)
    seen = [
        detail,
        json.dumps(
            shapes.detail(detail, views.plan(actor, NUMBER, TODAY), plain, recall_case(actor, NUMBER, TODAY), {}),
            default=str,
        ),
        plain,
        views.caseload(actor, wanted, TODAY),
        views.counts(actor, wanted, TODAY),
        views.all_duties(actor, wanted, TODAY),
        views.every_duty(actor, [NUMBER], TODAY),
        views.diary(actor, wanted, TODAY),
        views.find(actor, "a0001aa", TODAY),
        views.groups(actor, NUMBER, TODAY),
        views.secret_checklist(actor, NUMBER, TODAY),
    ]
    return "\n".join(str(each) for each in seen)


@pytest.mark.parametrize("name", ["doyle", "singh", "webb"])
def test_to_anyone_else_nothing_differs_by_any_view(everybody: dict[str, Actor], name: str) -> None:
    actor = everybody[name]
    before = everything_seen(actor)
    disclosed(everybody["carter"])
    assert everything_seen(actor) == before


@pytest.mark.parametrize("name", ["manager", "carter", "doyle", "singh", "webb"])
def test_lists_counts_search_and_the_case_are_the_same_for_everybody(everybody: dict[str, Actor], name: str) -> None:
    actor = everybody[name]
    wanted = Filter("all")

    def read() -> list[object]:
        return [
            views.case_detail(actor, NUMBER, TODAY),
            views.checklist(actor, NUMBER, TODAY),
            views.caseload(actor, wanted, TODAY),
            views.counts(actor, wanted, TODAY),
            views.diary(actor, wanted, TODAY),
            views.every_duty(actor, [NUMBER], TODAY),
        ]

    before = read()
    disclosed(everybody["carter"])
    assert read() == before


@pytest.mark.parametrize("name", ["manager", "carter"])
def test_the_allocated_supervisor_and_the_manager_see_it(everybody: dict[str, Actor], name: str) -> None:
    disclosed(everybody["carter"])
    found = views.secret_checklist(everybody[name], NUMBER, TODAY)
    assert found is not None
    assert [row.id for row in found.pathways] == ["abuse", "sex-work"]
    assert found.secrets[0].words == SECRET
    assert {row.id: row.status for row in found.activities}["abuse-referral"] is Status.REFERRED
    assert (found.done, found.needed) == (1, 8)
    assert [(row.to, row.due) for row in found.referrals] == [("Specialist Refuge", date(2026, 3, 16))]
    assert views.groups(everybody[name], NUMBER, TODAY)[0].id == "abuse"


def test_whoever_recorded_it_sees_their_own_records_and_no_others(everybody: dict[str, Actor]) -> None:
    disclosed(everybody["carter"])
    commands.disclose(everybody["doyle"], NUMBER, "sex-work", "Told at education", TODAY)
    found = views.secret_checklist(everybody["doyle"], NUMBER, TODAY)
    assert found is not None
    assert [row.words for row in found.secrets] == ["Told at education"]
    assert found.done == 0


def test_a_new_supervisor_sees_the_groups_but_nothing_in_them_until_the_person_was_asked(
    everybody: dict[str, Actor],
) -> None:
    disclosed(everybody["carter"])
    manager, new = everybody["manager"], everybody["doyle"]
    commands.allocate(manager, {NUMBER: "doyle"}, "Moved wing", TODAY)
    found = views.secret_checklist(new, NUMBER, TODAY)
    assert found is not None
    assert (found.secrets, found.done, found.referrals) == ((), 0, ())
    assert {row.key for row in found.activities} == {row.id for row in found.activities}
    told = views.secret_checklist(manager, NUMBER, TODAY)
    assert told is not None
    assert told.ask == "doyle"
    commands.ask_to_inherit(manager, NUMBER, "doyle", True, TODAY)
    found = views.secret_checklist(new, NUMBER, TODAY)
    assert found is not None
    assert found.secrets[0].words == SECRET


def test_a_person_who_says_no_is_heeded(everybody: dict[str, Actor]) -> None:
    disclosed(everybody["carter"])
    commands.allocate(everybody["manager"], {NUMBER: "doyle"}, "Moved wing", TODAY)
    commands.ask_to_inherit(everybody["manager"], NUMBER, "doyle", False, TODAY)
    found = views.secret_checklist(everybody["doyle"], NUMBER, TODAY)
    assert found is not None
    assert found.secrets == ()
    assert SECRET not in everything_seen(everybody["doyle"])


def test_somebody_who_may_not_know_marks_as_if_nothing_were_there(everybody: dict[str, Actor]) -> None:
    disclosed(everybody["carter"])
    new = everybody["doyle"]
    commands.allocate(everybody["manager"], {NUMBER: "doyle"}, "Moved wing", TODAY)
    done = commands.mark(new, NUMBER, (Mark("abuse-identified", Status.NEEDED, seen=""),), TODAY)
    assert "Somebody" not in done.sentence
    found = views.secret_checklist(new, NUMBER, TODAY)
    assert found is not None
    row = {row.id: row for row in found.activities}["abuse-identified"]
    assert (row.status, row.key) == (Status.NEEDED, "abuse-identified")


def test_a_former_supervisor_keeps_only_what_they_recorded(everybody: dict[str, Actor]) -> None:
    manager = everybody["manager"]
    commands.disclose(manager, NUMBER, "domestic-abuse", SECRET, TODAY)
    seen = views.secret_checklist(everybody["carter"], NUMBER, TODAY)
    assert seen is not None
    assert seen.secrets
    commands.allocate(manager, {NUMBER: "doyle"}, "Moved wing", TODAY)
    assert views.secret_checklist(everybody["carter"], NUMBER, TODAY) is None


def test_an_emergency_opens_it_for_one_day_with_a_reason_the_manager_sees(everybody: dict[str, Actor]) -> None:
    disclosed(everybody["carter"])
    other = everybody["doyle"]
    with pytest.raises(Invalid):
        commands.open_in_emergency(other, NUMBER, "tbc", TODAY)
    commands.open_in_emergency(other, NUMBER, "Threats on a visit, carter is away", TODAY)
    found = views.secret_checklist(other, NUMBER, TODAY)
    assert found is not None
    assert found.secrets[0].words == SECRET
    tomorrow = date(2026, 3, 3)
    after = views.secret_checklist(other, NUMBER, tomorrow)
    assert after is not None
    assert SECRET not in str(after)
    told = views.secret_checklist(everybody["manager"], NUMBER, TODAY)
    assert told is not None
    assert any(row.kind == "emergency" and "Threats" in row.words and row.by == "Doyle" for row in told.secrets)


@pytest.mark.parametrize("name", ["singh", "webb"])
def test_others_record_nothing_of_it(everybody: dict[str, Actor], name: str) -> None:
    actor = everybody[name]
    with pytest.raises(NotAllowed):
        commands.disclose(actor, NUMBER, "domestic-abuse", SECRET, TODAY)
    with pytest.raises(NotAllowed):
        commands.open_in_emergency(actor, NUMBER, "A threat", TODAY)
    with pytest.raises(NotAllowed):
        commands.mark(actor, NUMBER, (Mark("abuse-identified", Status.NEEDED),), TODAY)
    with pytest.raises(NotAllowed):
        commands.ask_to_inherit(actor, NUMBER, "doyle", True, TODAY)


def test_who_sees_nothing_passes_nothing_on_and_is_told_the_same_either_way(everybody: dict[str, Actor]) -> None:
    def refused() -> str:
        with pytest.raises(NotAllowed) as error:
            commands.share(everybody["doyle"], NUMBER, "Police", "safeguarding", "All of it", TODAY)
        return error.value.sentence

    before = refused()
    disclosed(everybody["carter"])
    assert refused() == before


def test_the_audit_trail_says_only_that_a_restricted_record_was_read_or_changed(everybody: dict[str, Actor]) -> None:
    last = end_of_trail(everybody["manager"])
    disclosed(everybody["carter"])
    views.secret_checklist(everybody["carter"], NUMBER, TODAY)
    sql = 'SELECT verb, restricted, detail FROM "audit" WHERE id > ?'
    with store().read():
        lines = set(engine.run(store().database, sql, (last,)))
    assert lines == {("restricted record changed", 1, ""), ("restricted record read", 1, "")}
    assert verify_audit(store()).sound


def test_looking_where_nothing_is_recorded_leaves_no_line(everybody: dict[str, Actor]) -> None:
    last = end_of_trail(everybody["manager"])
    views.secret_checklist(everybody["carter"], NUMBER, TODAY)
    views.secret_checklist(everybody["webb"], NUMBER, TODAY)
    assert end_of_trail(everybody["manager"]) == last


def test_what_is_stored_holds_nothing_of_it_and_is_rebuilt_the_same(everybody: dict[str, Actor]) -> None:
    disclosed(everybody["carter"])
    with store().read():
        for table in ("duty", "standing"):
            found = engine.run(store().database, f"SELECT * FROM {table}").fetchall()
            assert "abuse" not in str(found)
            assert "Refuge" not in str(found)
    later = date(2027, 3, 2)
    assert refresh(later) == 1
    assert verify(later).sound


def test_a_triage_walk_ends_without_a_word_of_it(everybody: dict[str, Actor]) -> None:
    last = end_of_trail(everybody["carter"])
    disclosed(everybody["carter"])
    assert recorded_since(everybody["carter"], last, TODAY) == {}


def test_undo_takes_it_back_as_a_restricted_change(everybody: dict[str, Actor]) -> None:
    commands.disclose(everybody["carter"], NUMBER, "domestic-abuse", SECRET, TODAY)
    commands.undo(everybody["carter"], TODAY)
    rows = entries.of_case(NUMBER, restricted=True)
    assert [row.withdrawn for row in rows if row.restricted] == [False, True]
    assert not any(row.kind == "disclosure" for row in entries.of_case(NUMBER))
    found = views.secret_checklist(everybody["manager"], NUMBER, TODAY)
    assert found is not None
    assert found.secrets == ()


def test_an_emergency_is_told_to_the_manager_at_sign_in_for_a_week_and_cannot_be_undone(
    everybody: dict[str, Actor],
) -> None:
    commands.open_in_emergency(everybody["doyle"], NUMBER, "Threats on a visit", TODAY)
    assert emergencies(everybody["manager"], TODAY) == ((NUMBER, "Doyle", TODAY),)
    assert emergencies(everybody["manager"], date(2026, 3, 9))
    assert emergencies(everybody["manager"], date(2026, 3, 10)) == ()
    for name in ("carter", "doyle", "singh", "webb"):
        assert emergencies(everybody[name], TODAY) == ()
    assert "Threats" not in str(current.desk().done)
    assert "emergency" not in str(current.desk().done)
    assert verify(TODAY).sound


def trail_of(actor: Actor) -> list[tuple[str, str, str]]:
    return [(row.who, row.verb, row.number) for row in views.trail(actor)]


@pytest.mark.parametrize("name", ["carter", "doyle", "singh", "webb"])
def test_in_the_audit_trail_nothing_tells_anyone_but_the_manager(everybody: dict[str, Actor], name: str) -> None:
    actor = everybody[name]
    before, counted = trail_of(actor), verify(TODAY)
    disclosed(everybody["carter"])
    commands.open_in_emergency(everybody["doyle"], NUMBER, "Threats on a visit", TODAY)
    views.secret_checklist(everybody["carter"], NUMBER, TODAY)
    assert trail_of(actor) == before
    assert [row for row in views.trail(actor, NUMBER) if row.restricted] == []
    assert verify(TODAY) == counted


def test_the_manager_reads_that_a_restricted_record_was_read_and_changed_and_by_whom(
    everybody: dict[str, Actor],
) -> None:
    disclosed(everybody["carter"])
    views.secret_checklist(everybody["carter"], NUMBER, TODAY)
    found = [row for row in views.trail(everybody["manager"], NUMBER) if row.restricted]
    assert {(row.who, row.verb, row.detail) for row in found} == {
        ("carter", "restricted record changed", ""),
        ("carter", "restricted record read", ""),
    }


def test_what_is_need_to_know_is_never_marked_together_with_the_rest(everybody: dict[str, Actor]) -> None:
    marks = (Mark("bank-account", Status.NEEDED), Mark("abuse-identified", Status.NEEDED))
    with pytest.raises(Invalid, match="apart from the rest"):
        commands.mark(everybody["carter"], NUMBER, marks, TODAY)


@pytest.mark.parametrize("name", ["doyle", "webb"])
def test_no_name_a_referral_is_given_says_that_there_is_another(everybody: dict[str, Actor], name: str) -> None:
    disclosed(everybody["carter"])
    commands.refer(everybody["doyle"], NUMBER, "abuse referral", "Advice", TODAY, consent="given")
    (sent,) = views.checklist(everybody[name], NUMBER, TODAY).referrals
    assert sent.key == "abuse-referral"


def test_what_is_need_to_know_stands_in_the_diary_of_the_supervisor_of_the_case(everybody: dict[str, Actor]) -> None:
    disclosed(everybody["carter"])
    found = views.diary(everybody["carter"], Filter("mine"), TODAY, apart=True)
    entries = {entry.duty.id: (day.day, entry) for day in found for entry in day.entries if entry.apart}
    assert {name: day for name, (day, _) in entries.items()} == {"activity": TODAY}
    later = views.diary(everybody["carter"], Filter("mine"), TODAY, date(2026, 3, 16), apart=True)
    assert [entry.duty.id for entry in later[0].entries if entry.apart] == ["signpost-follow-up"]
    assert "Specialist Refuge" not in entries["activity"][1].duty.discreet_title
    last = views.trail(everybody["manager"])[-1]
    assert (last.who, last.verb, last.number) == ("carter", "restricted record read", NUMBER)


@pytest.mark.parametrize("name", ["doyle", "singh", "webb", "manager"])
def test_it_stands_in_nobody_elses_diary(everybody: dict[str, Actor], name: str) -> None:
    actor = everybody[name]
    before, lines = views.diary(actor, Filter("all"), TODAY, apart=True), trail_of(actor)
    disclosed(everybody["carter"])
    assert views.diary(actor, Filter("all"), TODAY, apart=True) == before
    if name != "manager":
        assert trail_of(actor) == lines


def test_a_new_supervisors_diary_has_nothing_of_it_until_the_person_was_asked(everybody: dict[str, Actor]) -> None:
    disclosed(everybody["carter"])
    manager, new = everybody["manager"], everybody["doyle"]
    commands.allocate(manager, {NUMBER: "doyle"}, "Moved wing", TODAY)

    def shown(actor: Actor) -> bool:
        days = views.diary(actor, Filter("mine"), TODAY, apart=True)
        return any(entry.apart for day in days for entry in day.entries)

    assert not shown(new)
    assert not shown(everybody["carter"])
    commands.ask_to_inherit(manager, NUMBER, "doyle", True, TODAY)
    assert shown(new)


def test_the_diary_is_read_without_it_unless_it_is_asked_for(everybody: dict[str, Actor]) -> None:
    before = views.diary(everybody["carter"], Filter("mine"), TODAY)
    disclosed(everybody["carter"])
    assert views.diary(everybody["carter"], Filter("mine"), TODAY) == before
