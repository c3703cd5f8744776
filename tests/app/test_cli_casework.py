"""Recording work from the command line, and what the duties then say."""

from pathlib import Path

import pytest

from tests.app.command_line import CommandLine, person

DUTY_KEYS = {
    "id", "key", "title", "owner", "force", "figure", "opens", "due", "state", "rank", "days", "short_notice",
    "last_working_day", "why", "source", "deferred_to",
}  # fmt: skip
CASE_KEYS = {
    "number", "name", "cell", "wing", "where", "supervisor", "tier", "rosh", "flags", "last_seen", "release_date",
    "scope", "next", "duties", "missing",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, capsys, monkeypatch)
    line.make_record()
    line.take_in(person())
    return line


def test_triage_has_the_shape_others_rely_on(desk: CommandLine) -> None:
    answer = desk.json("triage", "--all")
    assert set(answer) == {"as_at", "scope", "counts", "cases"}
    case = answer["cases"][0]
    assert set(case) == CASE_KEYS
    assert all(set(duty) == DUTY_KEYS for duty in case["duties"])
    assert case["next"] == case["duties"][0]
    assert answer["counts"] == {case["next"]["state"]: 1}


def test_every_live_duty_says_why_and_where_it_stands(desk: CommandLine) -> None:
    for duty in desk.json("triage", "--all")["cases"][0]["duties"]:
        assert duty["why"]
        assert duty["source"]
        assert duty["force"] in ("mandatory", "expected", "local")


def test_every_lists_what_does_not_apply_and_says_why_not(desk: CommandLine) -> None:
    duties = desk.json("triage", "--all", "--every")["cases"][0]["duties"]
    not_applicable = [duty for duty in duties if duty["state"] == "not-applicable"]
    assert not_applicable
    assert all(duty["why"] for duty in not_applicable)


def test_duties_that_do_not_apply_are_listed_when_asked_for(desk: CommandLine) -> None:
    listed = desk.json("duties", "--all", "--state", "not-applicable")["duties"]
    of_case = desk.json("triage", "--all", "--every")["cases"][0]["duties"]
    assert {duty["id"] for duty in listed} == {duty["id"] for duty in of_case if duty["state"] == "not-applicable"}
    assert {duty["state"] for duty in desk.json("duties", "--all")["duties"]}.isdisjoint({"not-applicable"})


def test_logging_a_meeting_moves_the_clock(desk: CommandLine) -> None:
    desk.json("set", "A1234BC", "supervisor=manager")
    done = desk.json("log", "A1234BC", "--kind", "meeting", "--text", "Talked.", "--meets", "first-meeting")
    assert done["met"] == ["first-meeting"]
    moved = next(duty for duty in done["duties"] if duty["id"] == "supervisor-contact")
    assert moved["due"] == "2026-04-02"


def test_a_declined_meeting_restarts_the_clock_and_is_not_a_meeting(desk: CommandLine) -> None:
    desk.json("set", "A1234BC", "supervisor=manager", "--on", "2026-02-20")
    before = desk.duty("A1234BC", "first-meeting")
    assert before["due"] == "2026-03-06"
    desk.json(
        "log", "A1234BC", "--kind", "meeting", "--text", "Would not come.", "--declined", "--meets", "first-meeting"
    )
    after = desk.duty("A1234BC", "first-meeting")
    assert (after["due"], after["state"]) == ("2026-03-16", "later" if after["state"] == "later" else "open")
    assert desk.json("triage", "--all")["cases"][0]["last_seen"] is None


def test_a_safety_concern_opens_a_handover_that_outranks_everything(desk: CommandLine) -> None:
    desk.json("log", "A1234BC", "--kind", "note", "--text", "Said he could not go on.", "--safety")
    case = desk.json("triage", "--all")["cases"][0]
    assert (case["next"]["id"], case["next"]["state"], case["next"]["rank"]) == ("safety-handover", "safety", 1)
    desk.json("done", "A1234BC", "safety-handover", "told=Orderly officer")
    assert desk.json("triage", "--all")["cases"][0]["next"]["id"] != "safety-handover"


def test_two_of_one_duty_have_to_be_told_apart(desk: CommandLine) -> None:
    for text in ("One.", "Two."):
        desk.json("log", "A1234BC", "--kind", "note", "--text", text, "--safety")
    assert desk("done", "A1234BC", "safety-handover", "told=Duty governor").status == 2
    keys = [duty["key"] for duty in desk.json("duties", "--all", "--state", "safety")["duties"]]
    assert len(set(keys)) == 2
    assert desk("done", "A1234BC", f"safety-handover:{keys[0]}", "told=Duty governor").status == 0
    assert len(desk.json("duties", "--all", "--state", "safety")["duties"]) == 1


def test_a_duty_that_asks_for_something_is_not_met_without_it(desk: CommandLine) -> None:
    desk.json("set", "A1234BC", "tenancy=yes")
    assert desk("done", "A1234BC", "tenancy").status == 2
    assert desk("done", "A1234BC", "tenancy", "outcome=tbc").status == 2
    assert desk("done", "A1234BC", "tenancy", "outcome=Handed back to the council", "bogus=1").status == 2
    assert desk("done", "A1234BC", "tenancy", "outcome=Handed back to the council").status == 0


def test_a_duty_is_not_met_on_a_day_to_come(desk: CommandLine) -> None:
    assert desk("done", "A1234BC", "induction", "--on", "2026-03-03").status == 2


def test_a_duty_can_be_put_off_once_by_ten_working_days_at_most(desk: CommandLine) -> None:
    desk.json("set", "A1234BC", "supervisor=manager")
    assert desk.duty("A1234BC", "first-meeting")["due"] == "2026-03-16"
    assert desk("defer", "A1234BC", "first-meeting", "--to", "2026-03-31", "--why", "Leave").status == 2
    done = desk.json("defer", "A1234BC", "first-meeting", "--to", "2026-03-30", "--why", "Leave")
    put_off = next(duty for duty in done["duties"] if duty["id"] == "first-meeting")
    assert (put_off["due"], put_off["deferred_to"], put_off["days"]) == ("2026-03-16", "2026-03-30", 28)
    assert desk("defer", "A1234BC", "first-meeting", "--to", "2026-03-27", "--why", "Again").status == 2


def test_a_duty_that_is_not_required_is_not_live(desk: CommandLine) -> None:
    done = desk.json("waive", "A1234BC", "induction", "--why", "Done here last month")
    assert "induction" not in {duty["id"] for duty in done["duties"]}
    assert desk.duty("A1234BC", "induction")["state"] == "waived"


def test_a_fact_can_be_taken_back_and_is_then_not_known(desk: CommandLine) -> None:
    desk.json("set", "A1234BC", "rosh=high")
    assert desk.json("triage", "--all")["cases"][0]["tier"] == 4
    desk.json("set", "A1234BC", "rosh=unknown")
    case = desk.json("triage", "--all")["cases"][0]
    assert (case["tier"], case["rosh"], case["scope"]["answer"]) == (None, None, "unknown")


@pytest.mark.parametrize("fact", ["rosh=enormous", "nonsense=yes", "release-date=2026-02-30", "rosh", "ppo="])
def test_what_is_no_fact_or_value_is_refused_with_exit_2(desk: CommandLine, fact: str) -> None:
    assert desk("set", "A1234BC", fact).status == 2


def test_nobody_with_that_number_is_exit_2(desk: CommandLine) -> None:
    assert desk("case", "Z9999ZZ").status == 2
    assert desk("case", "not-a-number").status == 2


def test_a_prisoner_number_in_lower_case_is_the_same(desk: CommandLine) -> None:
    assert desk.json("case", "a1234bc")["number"] == "A1234BC"


def test_a_case_as_at_an_earlier_day_is_as_it_was_then(desk: CommandLine) -> None:
    desk.on("2026-03-10")
    desk.json("set", "A1234BC", "rosh=high")
    then = desk.json("case", "A1234BC", "--as-at", "2026-03-05")
    assert then["facts"]["rosh"]["known"] is False
    assert desk.json("case", "A1234BC")["facts"]["rosh"]["value"] == "high"


def test_duties_are_listed_until_a_day(desk: CommandLine) -> None:
    listed = desk.json("duties", "--all", "--until", "2026-03-02")["duties"]
    assert listed
    assert all(duty["due"][:10] <= "2026-03-02" for duty in listed)
    assert {duty["number"] for duty in listed} == {"A1234BC"}


def test_a_formula_in_a_name_is_defused_in_csv(desk: CommandLine) -> None:
    desk.take_in(person("A2222BB", lastName="=CMD()", firstName="X"), more=("--partial",))
    answer = desk("triage", "--all", "--format", "csv")
    assert ",=CMD" not in answer.out
    assert "'=CMD" in answer.out


def test_the_order_is_tier_4_first_and_tier_not_known_next(desk: CommandLine) -> None:
    desk.take_in(person("A2222BB"), person("A3333CC"), more=("--partial", "--already-here", "late"))
    desk.json("set", "A3333CC", "rosh=high")
    desk.json("set", "A2222BB", "tier=2", "rosh=low", "ppo=no")
    numbers = [case["number"] for case in desk.json("triage", "--all")["cases"] if case["next"]["rank"] == 2]
    assert numbers == ["A3333CC", "A1234BC", "A2222BB"]


def test_overrides_change_a_local_figure_and_never_a_set_one(desk: CommandLine) -> None:
    desk.json("set", "A1234BC", "supervisor=manager")
    file = desk.directory / "overrides.toml"
    file.write_text('[duty.first-meeting]\ndue = "since:supervisor + 5 working days"\n', encoding="utf-8")
    assert desk("rulebook", "--check", str(file)).status == 0
    assert desk("rulebook", "--apply", str(file)).status == 0
    assert desk.duty("A1234BC", "first-meeting")["due"] == "2026-03-09"
    file.write_text('[duty.bcst1]\ndue = "custody-start + 96 hours"\n', encoding="utf-8")
    refused = desk("rulebook", "--check", str(file))
    assert refused.status == 1
    assert "duty.bcst1" in refused.err


@pytest.mark.parametrize("duty", ["allocate-supervisor", "safety-handover", "name-offender-manager"])
def test_a_contact_does_not_meet_a_duty_that_asks_for_more(desk: CommandLine, duty: str) -> None:
    desk.json("set", "A1234BC", "rosh=high")
    desk.json("log", "A1234BC", "--kind", "note", "--text", "Worried.", "--safety")
    assert desk("log", "A1234BC", "--kind", "meeting", "--text", "x", "--meets", duty).status == 2


@pytest.mark.parametrize("kind", ["note", "phone", "letter"])
def test_meeting_the_supervisor_takes_a_meeting_in_person_or_by_video(desk: CommandLine, kind: str) -> None:
    desk.json("set", "A1234BC", "supervisor=manager")
    assert desk("log", "A1234BC", "--kind", kind, "--text", "x", "--meets", "first-meeting").status == 2
    assert desk("log", "A1234BC", "--kind", "video", "--text", "x", "--meets", "first-meeting").status == 0


def test_only_meetings_with_the_supervisor_can_be_declined(desk: CommandLine) -> None:
    before = desk.duty("A1234BC", "induction")["due"]
    arguments = ("log", "A1234BC", "--kind", "meeting", "--text", "x", "--declined", "--meets")
    assert desk(*arguments, "induction").status == 2
    assert desk.duty("A1234BC", "induction")["due"] == before


def test_a_declined_meeting_meets_nothing(desk: CommandLine) -> None:
    desk.json("set", "A1234BC", "supervisor=manager")
    done = desk.json("log", "A1234BC", "--kind", "meeting", "--text", "x", "--declined", "--meets", "first-meeting")
    assert done["met"] == []


def test_work_recorded_too_early_is_kept_and_said_not_to_meet_the_duty(desk: CommandLine) -> None:
    done = desk("done", "A1234BC", "induction", "--on", "2026-02-01")
    assert done.status == 0
    assert "does not meet: Induction" in done.out
    assert desk.json("done", "A1234BC", "induction", "--on", "2026-02-01")["met"] == []
    assert desk.duty("A1234BC", "induction")["state"] == "overdue"


def test_a_duty_that_does_not_apply_is_not_met(desk: CommandLine) -> None:
    assert desk("done", "A1234BC", "recall-contact").status == 2
    assert desk("done", "A1234BC", "first-meeting").status == 2


@pytest.mark.parametrize("received", ["2026-12-01", "2026-02-01"])
def test_bcst_1_is_not_received_before_it_was_done_or_on_a_day_to_come(desk: CommandLine, received: str) -> None:
    assert desk("done", "A1234BC", "bcst1", "--on", "2026-02-20", f"received={received}").status == 2


def test_whether_a_full_assessment_is_wanted_is_not_known_until_somebody_says(desk: CommandLine) -> None:
    desk.json("done", "A1234BC", "basic-skills", "--on", "2026-02-24")
    assert desk.duty("A1234BC", "basic-skills-full")["state"] == "unknown"
    desk.json("set", "A1234BC", "skills-assessment=yes")
    assert desk.duty("A1234BC", "basic-skills-full")["due"] == "2026-03-24"


@pytest.mark.parametrize("fact", ["date-of-birth=2031-01-01", "arrival=2026-03-03", "sentence-start=2027-01-01"])
def test_dates_that_cannot_lie_ahead_are_refused(desk: CommandLine, fact: str) -> None:
    assert desk("set", "A1234BC", fact).status == 2


def test_figures_in_a_csv_stay_figures(desk: CommandLine) -> None:
    assert ",-8," in desk("triage", "--all", "--format", "csv").out
