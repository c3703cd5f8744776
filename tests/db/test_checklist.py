"""The pathway checklist in the record: statuses, outcomes, follow-up, screening, coming back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import commands, engine, entries, views
from db.checklists import Status
from db.commands import Mark
from db.commands.saying import says_nothing
from db.errors import Invalid, NotAllowed, NotFound, RecordError, Stale
from db.rows import Actor, Role, State
from db.verify import verify
from tests.db import records
from tests.db.pathways import NUMBER, duty, mark, pathway, the
from tests.db.records import TODAY


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    found = records.opened(tmp_path)
    records.taken_in(found, tmp_path, records.person(NUMBER))
    yield found
    records.closed()


@pytest.fixture
def supervisor(manager: Actor) -> Actor:
    found = records.staffed(manager, "jcarter", Role.SUPERVISOR)
    commands.set_facts(manager, NUMBER, {"supervisor": "jcarter"}, TODAY)
    return found


def test_an_empty_checklist_has_level_1_for_everyone_and_nothing_done(supervisor: Actor) -> None:
    found = views.checklist(supervisor, NUMBER, TODAY)
    assert (found.done, found.needed) == (0, 16)
    assert pathway(found, "accommodation") == (0, 3, ())
    assert len(found.activities) == 67 - 16 - 1
    assert {row.status for row in found.activities} == {Status.NOT_ASSESSED}


def test_what_is_needed_starts_a_duty_of_its_provider_with_the_date_set(supervisor: Actor) -> None:
    mark(supervisor, "bank-account", Status.NEEDED, until=date(2026, 3, 12))
    owed = duty(supervisor, "activity:bank-account")
    assert (owed.owner, owed.due, owed.title) == (
        "CRC",
        date(2026, 3, 12),
        "Pathway activity: Bank account and identification",
    )
    assert owed.discreet_title == "Pathway activity"
    assert pathway(views.checklist(supervisor, NUMBER, TODAY), "finance") == (0, 4, (2,))


def test_done_takes_an_outcome_and_meets_the_duty(supervisor: Actor) -> None:
    mark(supervisor, "bank-account", Status.NEEDED)
    with pytest.raises(Invalid):
        mark(supervisor, "bank-account", Status.DONE)
    mark(supervisor, "bank-account", Status.DONE, words="Account open with a high-street bank")
    row = the("bank-account", supervisor)
    assert (row.status, row.met, row.said) == (Status.DONE, True, "Account open with a high-street bank")
    assert duty(supervisor, "activity:bank-account").state is State.MET


@pytest.mark.parametrize(
    "text",
    [
        "tbc",
        "N/A",
        "unknown",
        "Not known.",
        "–",
        "ongoing",
        "  chased ",
        "...",
        "awaiting",
        "T.B.C.",
        "N / A",
        "on-going",
        "TBC - chased",
        "none yet, pending",
        "Don't know",
        "referral made",
        "no",
        "x",
    ],
)
def test_a_placeholder_is_no_outcome(supervisor: Actor, text: str) -> None:
    assert says_nothing(text)
    with pytest.raises(Invalid, match="says nothing yet"):
        mark(supervisor, "bank-account", Status.DONE, words=text)
    assert the("bank-account", supervisor).status is Status.NOT_ASSESSED


@pytest.mark.parametrize("text", ["No debts", "None of the 3 landlords would", "Awaiting trial now; account closed"])
def test_what_says_something_is_an_outcome(text: str) -> None:
    assert not says_nothing(text)


def test_the_duty_form_meets_an_activity_only_with_an_outcome(supervisor: Actor) -> None:
    mark(supervisor, "motivation", Status.IN_PROGRESS)
    with pytest.raises(Invalid):
        commands.meet(supervisor, NUMBER, "activity:motivation", TODAY)
    commands.meet(supervisor, NUMBER, "activity:motivation", TODAY, fields={"outcome": "Has three goals of his own"})
    assert the("motivation", supervisor).said == "Has three goals of his own"


def test_level_1_is_never_not_needed_and_the_rest_says_why(supervisor: Actor) -> None:
    with pytest.raises(Invalid, match="for everyone"):
        mark(supervisor, "legal-rights", Status.NOT_NEEDED, words="He knows")
    with pytest.raises(Invalid, match="missing"):
        mark(supervisor, "bank-account", Status.NOT_NEEDED)
    mark(supervisor, "bank-account", Status.NOT_NEEDED, words="Has one")
    assert pathway(views.checklist(supervisor, NUMBER, TODAY), "finance") == (0, 3, ())


def test_what_was_declined_is_asked_about_again_on_the_day_set(supervisor: Actor) -> None:
    mark(supervisor, "mentoring", Status.DECLINED, until=date(2026, 4, 1))
    assert duty(supervisor, "activity:mentoring").due == date(2026, 4, 1)
    mark(supervisor, "advocacy", Status.DECLINED)
    names = [row.name for row in views.case_detail(supervisor, NUMBER, TODAY).duties]
    assert "activity:advocacy" not in names
    assert not the("advocacy", supervisor).open


def test_what_is_needed_again_has_a_duty_of_its_own(supervisor: Actor) -> None:
    mark(supervisor, "motivation", Status.DONE, words="Goals set")
    mark(supervisor, "motivation", Status.NEEDED)
    assert the("motivation", supervisor).status is Status.NEEDED
    assert duty(supervisor, "activity:motivation.2").live


def test_nothing_is_passed_on_without_the_consent_it_takes(supervisor: Actor) -> None:
    for consent in ("", "refused", "safeguarding"):
        with pytest.raises(Invalid):
            mark(supervisor, "duty-to-refer", Status.REFERRED, to="Leeds housing", consent=consent)
    mark(supervisor, "duty-to-refer", Status.REFERRED, to="Leeds housing", consent="given")
    assert the("duty-to-refer", supervisor).with_whom == "Leeds housing"


def test_a_referral_is_followed_up_within_10_working_days_with_an_outcome(supervisor: Actor) -> None:
    mark(supervisor, "debt-advice", Status.SIGNPOSTED, to="Citizens Advice")
    owed = duty(supervisor, "signpost-follow-up:debt-advice")
    assert (owed.due, owed.owner) == (date(2026, 3, 16), "OS")
    assert "Debt advice" in owed.title
    assert not the("debt-advice", supervisor).met
    commands.meet(supervisor, NUMBER, owed.name, TODAY, fields={"outcome": "Plan agreed", "need-met": "yes"})
    row = the("debt-advice", supervisor)
    assert (row.status, row.met, row.said) == (Status.FOLLOWED_UP, True, "Plan agreed")


def test_a_referral_that_did_not_meet_the_need_makes_it_needed_again(supervisor: Actor) -> None:
    mark(supervisor, "debt-advice", Status.REFERRED, to="Citizens Advice", consent="given")
    mark(supervisor, "debt-advice", Status.FOLLOWED_UP, words="They are full until June", need_met="no")
    row = the("debt-advice", supervisor)
    assert (row.status, row.met) == (Status.NEEDED, False)
    assert duty(supervisor, "signpost-follow-up:debt-advice").state is State.MET
    assert duty(supervisor, "activity:debt-advice.2").live


@pytest.mark.parametrize("how", ["duty form", "several"])
def test_a_need_that_was_not_met_is_needed_again_however_that_was_recorded(supervisor: Actor, how: str) -> None:
    mark(supervisor, "debt-advice", Status.SIGNPOSTED, to="Citizens Advice")
    if how == "several":
        commands.follow_up(supervisor, [(NUMBER, "debt-advice")], "Full until June", TODAY, met="no")
    else:
        given = {"outcome": "Full until June", "need-met": "no"}
        commands.meet(supervisor, NUMBER, "signpost-follow-up:debt-advice", TODAY, fields=given)
    assert the("debt-advice", supervisor).status is Status.NEEDED
    assert duty(supervisor, "activity:debt-advice.2").live
    commands.undo(supervisor, TODAY)
    assert the("debt-advice", supervisor).status is Status.SIGNPOSTED


@pytest.mark.parametrize(("status", "needed"), [(Status.DONE, "yes"), (Status.DECLINED, "no")])
def test_what_is_done_or_declined_after_it_was_passed_on_has_its_outcome(
    supervisor: Actor, status: Status, needed: str
) -> None:
    mark(supervisor, "debt-advice", Status.SIGNPOSTED, to="Citizens Advice")
    mark(supervisor, "debt-advice", status, words="He went by himself")
    assert duty(supervisor, "signpost-follow-up:debt-advice").state is State.MET
    assert the("debt-advice", supervisor).status is status
    (sent,) = views.checklist(supervisor, NUMBER, TODAY).referrals
    assert (sent.need_met, "He went by himself" in sent.outcome) == (needed, True)
    commands.undo(supervisor, TODAY)
    assert duty(supervisor, "signpost-follow-up:debt-advice").live


def test_an_outcome_without_a_word_on_the_need_is_refused(supervisor: Actor) -> None:
    mark(supervisor, "debt-advice", Status.SIGNPOSTED, to="Citizens Advice")
    with pytest.raises(Invalid, match="whether the need is met"):
        mark(supervisor, "debt-advice", Status.FOLLOWED_UP, words="Seen on the wing")
    with pytest.raises(Invalid, match="Need met"):
        commands.meet(supervisor, NUMBER, "signpost-follow-up:debt-advice", TODAY, fields={"outcome": "Seen"})


def test_one_outcome_for_one_provider_closes_several_and_one_undo_opens_them(supervisor: Actor) -> None:
    mark(supervisor, "debt-advice", Status.SIGNPOSTED, to="Citizens Advice")
    mark(supervisor, "other-debts", Status.SIGNPOSTED, to="Citizens Advice", consent="given")
    made = [(NUMBER, "debt-advice"), (NUMBER, "other-debts")]
    commands.follow_up(supervisor, made, "Seen on the wing; plan agreed", TODAY, met="yes")
    assert the("debt-advice", supervisor).met
    assert the("other-debts", supervisor).met
    commands.undo(supervisor, TODAY)
    assert not the("debt-advice", supervisor).met
    with pytest.raises(NotFound):
        commands.follow_up(supervisor, [(NUMBER, "no-such")], "Seen", TODAY, met="yes")


def test_undo_takes_a_mark_back_with_the_outcome_it_wrote(supervisor: Actor) -> None:
    mark(supervisor, "bank-account", Status.NEEDED)
    mark(supervisor, "bank-account", Status.DONE, words="Open")
    commands.undo(supervisor, TODAY)
    assert the("bank-account", supervisor).status is Status.NEEDED
    assert verify(TODAY).sound


def test_as_at_an_earlier_day_shows_the_checklist_of_that_day(supervisor: Actor) -> None:
    mark(supervisor, "bank-account", Status.NEEDED)
    later = date(2026, 3, 4)
    mark(supervisor, "bank-account", Status.DONE, later, words="Open")
    then = views.checklist(supervisor, NUMBER, later, TODAY)
    assert next(row for row in then.activities if row.id == "bank-account").status is Status.NEEDED


def test_two_people_marking_the_same_activity_the_second_is_told(supervisor: Actor, manager: Actor) -> None:
    mark(manager, "bank-account", Status.NEEDED)
    with pytest.raises(Stale, match="needed"):
        mark(supervisor, "bank-account", Status.IN_PROGRESS, seen="")


def test_several_are_marked_in_one_command_or_none(supervisor: Actor) -> None:
    marks = [Mark("bank-account", Status.NEEDED), Mark("no-such", Status.NEEDED)]
    with pytest.raises(NotFound):
        commands.mark(supervisor, NUMBER, marks, TODAY)
    assert the("bank-account", supervisor).status is Status.NOT_ASSESSED


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.INSPECTOR])
def test_who_may_not_work_a_checklist_may_not_mark_it(manager: Actor, role: Role) -> None:
    other = records.staffed(manager, "other", role)
    with pytest.raises(NotAllowed):
        mark(other, "bank-account", Status.NEEDED)
    with pytest.raises(NotAllowed):
        commands.set_need(other, NUMBER, "finance", "yes", "", TODAY)


def test_errors_are_of_the_family(supervisor: Actor) -> None:
    with pytest.raises(RecordError):
        commands.mark(supervisor, NUMBER, (), TODAY)
    assert not [row for row in entries.of_case(NUMBER) if row.kind == "activity"]


def test_how_it_was_explained_is_kept_with_it(supervisor: Actor) -> None:
    explained = Mark(
        "bank-account",
        Status.DONE,
        words="Account open",
        language="Polish",
        interpreter="yes",
        format="easy read",
        understood="unsure",
    )
    commands.mark(supervisor, NUMBER, (explained,), TODAY)
    said = "in Polish, with an interpreter, easy read, not sure it was understood"
    assert the("bank-account", supervisor).explained == said
    with pytest.raises(Invalid):
        mark(supervisor, "motivation", Status.NEEDED, understood="perhaps")


def test_a_checklist_costs_the_same_few_queries_however_much_is_on_it(
    supervisor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = engine.run

    def counted(database: Any, sql: str, values: Any = ()) -> Any:
        asked.append(sql)
        return real(database, sql, values)

    monkeypatch.setattr(engine, "run", counted)
    rows = views.checklist(supervisor, NUMBER, TODAY).activities
    few = len(asked)
    assert 0 < few <= 5
    commands.mark(supervisor, NUMBER, [Mark(row.id, Status.NEEDED) for row in rows], TODAY)
    asked.clear()
    views.checklist(supervisor, NUMBER, TODAY)
    assert len(asked) == few


def test_what_comes_to_the_same_as_a_duty_meets_it_too(supervisor: Actor, manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"tenancy": "yes", "homeless-risk": "yes", "homeless-consent": "given"}, TODAY)
    commands.set_facts(manager, NUMBER, {"release-date": "2026-04-20"}, TODAY)
    mark(supervisor, "tenancy-kept", Status.NEEDED)
    assert duty(supervisor, "tenancy").live
    mark(supervisor, "tenancy-kept", Status.DONE, words="Landlord agreed")
    assert duty(supervisor, "tenancy").state is State.MET
    assert duty(supervisor, "duty-to-refer").live
    mark(supervisor, "duty-to-refer", Status.REFERRED, to="Leeds housing", consent="given")
    assert duty(supervisor, "duty-to-refer").state is State.MET
    assert not the("duty-to-refer", supervisor).met
    commands.undo(supervisor, TODAY)
    assert duty(supervisor, "duty-to-refer").live


@pytest.mark.parametrize(("activity", "kept"), [("tenancy-kept", State.LATER), ("tenancy-closed", None)])
def test_what_became_of_a_tenancy_is_known_once_it_is_done(
    supervisor: Actor, manager: Actor, activity: str, kept: State | None
) -> None:
    commands.set_facts(manager, NUMBER, {"tenancy": "yes", "custody-start": "2026-02-27"}, TODAY)
    assert duty(supervisor, "housing-element").state is State.UNKNOWN
    mark(supervisor, activity, Status.DONE, words="Landlord agreed")
    element = [row for row in views.case_detail(supervisor, NUMBER, TODAY).duties if row.id == "housing-element"]
    assert [row.state for row in element if row.state is not State.NOT_APPLICABLE] == ([kept] if kept else [])
    commands.undo(supervisor, TODAY)
    assert duty(supervisor, "housing-element").state is State.UNKNOWN


def test_what_was_marked_as_needed_is_done_with_the_duty_that_comes_to_the_same(
    supervisor: Actor, manager: Actor
) -> None:
    commands.set_facts(manager, NUMBER, {"release-date": "2026-04-20"}, TODAY)
    mark(supervisor, "healthcare-registered", Status.NEEDED)
    commands.meet(supervisor, NUMBER, "healthcare-continuity", TODAY)
    assert the("healthcare-registered", supervisor).met
    assert not duty(supervisor, "activity:healthcare-registered").live


def test_a_need_with_nothing_looked_at_beyond_level_1_is_never_clear(supervisor: Actor) -> None:
    def assessed() -> bool:
        return next(row.assessed for row in views.checklist(supervisor, NUMBER, TODAY).pathways if row.id == "families")

    assert not assessed()
    commands.set_need(supervisor, NUMBER, "families", "yes", "", TODAY)
    assert not assessed()
    mark(supervisor, "family-ties", Status.NOT_NEEDED, words="His sister does it")
    assert assessed()
    commands.set_need(supervisor, NUMBER, "drugs", "no", "", TODAY)
    assert next(row.assessed for row in views.checklist(supervisor, NUMBER, TODAY).pathways if row.id == "drugs")


def test_a_duty_met_by_its_own_form_is_done_on_the_checklist_too(supervisor: Actor, manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"release-date": "2026-04-20"}, TODAY)
    commands.meet(supervisor, NUMBER, "healthcare-continuity", TODAY)
    assert the("healthcare-registered", supervisor).met


def test_a_date_of_ones_own_to_find_out_governs_where_the_figure_is_local(supervisor: Actor) -> None:
    for until in (date(2026, 3, 5), date(2026, 4, 2)):
        made = Mark("debt-advice", Status.SIGNPOSTED, to="Citizens Advice", until=until)
        done = commands.mark(supervisor, NUMBER, (made,), TODAY)
        assert "Find out by" in done.sentence
        sent = the("debt-advice", supervisor).referral
        assert duty(supervisor, f"signpost-follow-up:{sent}").due == until


def test_a_referral_by_itself_has_a_date_of_its_own_too_but_none_before_it_was_made(supervisor: Actor) -> None:
    with pytest.raises(Invalid, match="is before"):
        commands.refer(supervisor, NUMBER, "Shelter", "A flat", TODAY, consent="given", until=date(2026, 3, 1))
    commands.refer(supervisor, NUMBER, "Shelter", "A flat", TODAY, consent="given", until=date(2026, 3, 6))
    (sent,) = views.checklist(supervisor, NUMBER, TODAY).referrals
    assert sent.due == date(2026, 3, 6)
