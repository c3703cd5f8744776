"""Making a record, taking extracts in, looking after it, from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.app.command_line import PASSWORD, CommandLine, person

SAMPLE = str(Path(__file__).parent.parent / "data" / "prisoner-search-sample.json")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, capsys, monkeypatch)
    line.make_record()
    return line


@pytest.fixture
def nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, capsys, monkeypatch)


def test_init_makes_a_record_and_shows_the_recovery_code_once(nothing: CommandLine) -> None:
    made = nothing("init", "--establishment", "HMP Example", "--user", "jcarter", "--format", "json")
    assert made.status == 0
    assert len(made.json["recovery_code"]) > 20
    assert nothing("init", "--establishment", "HMP Example", "--user", "jcarter").status == 2


def test_init_refuses_a_short_password_and_leaves_nothing(nothing: CommandLine) -> None:
    (nothing.directory / "password").write_text("short\n", encoding="utf-8")
    assert nothing("init", "--establishment", "HMP Example", "--user", "jcarter").status == 2
    assert not nothing.record.exists()


def test_without_a_record_a_command_says_so_with_exit_4(nothing: CommandLine) -> None:
    answer = nothing("triage", "--all")
    assert (answer.status, answer.out) == (4, "")
    assert "no record" in answer.err


def test_a_wrong_password_is_exit_3(desk: CommandLine) -> None:
    (desk.directory / "password").write_text("not this one at all\n", encoding="utf-8")
    assert desk("triage", "--all").status == 3


def test_without_a_user_it_is_exit_3(desk: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WINGDESK_USER")
    assert desk("triage").status == 3


def test_an_unknown_option_is_exit_2(desk: CommandLine) -> None:
    assert desk("triage", "--bogus").status == 2


def test_a_day_that_is_no_day_is_exit_2(desk: CommandLine) -> None:
    assert desk("triage", "--today", "2026-02-30").status == 2


def test_options_may_stand_before_the_command(desk: CommandLine) -> None:
    assert desk("--format", "json", "triage", "--all").json["cases"] == []


def test_the_sample_is_taken_in_and_a_second_time_changes_nothing(desk: CommandLine) -> None:
    first = desk.json("import", SAMPLE)
    assert (first["new"], first["refused"]) == (10, [])
    second = desk.json("import", SAMPLE)
    assert [second[what] for what in ("new", "changed", "unchanged", "gone")] == [0, 0, 10, 0]
    assert desk.json("verify")["rows"] == 15  # the first user, ten people, three questions, the intake


def test_the_same_people_as_csv_are_the_same(desk: CommandLine) -> None:
    desk.json("import", SAMPLE)
    csv = desk.json("import", SAMPLE.replace(".json", ".csv"))
    assert (csv["new"], csv["changed"], csv["unchanged"]) == (0, 0, 10)


def test_a_dry_run_writes_nothing(desk: CommandLine) -> None:
    assert desk.json("import", SAMPLE, "--dry-run")["new"] == 10
    assert desk.json("triage", "--all")["cases"] == []


def test_one_bad_row_costs_the_others_nothing(desk: CommandLine) -> None:
    bad = person("A2222BB", dateOfBirth="2030-01-01")
    done = desk.take_in(person("A1111AA"), bad, person("A3333CC"))
    assert done["new"] == 2
    assert [(one["number"], one["field"], one["value"]) for one in done["refused"]] == [
        ("A2222BB", "dateOfBirth", "2030-01-01")
    ]
    assert done["refused"][0]["line"] > 1


def test_strict_writes_nothing_where_a_row_is_refused(desk: CommandLine) -> None:
    extract = desk.extract(person("A1111AA"), person("nonsense"))
    answer = desk("import", extract, "--strict", "--format", "json")
    assert answer.status == 1
    assert len(answer.json["refused"]) == 1
    assert desk.json("triage", "--all")["cases"] == []


@pytest.mark.parametrize(
    "content", [b"", b"[", b'{"content": [{"prisonerNumber": "A1234', b"\x89PNG\r\n\x1a\n\x00", b"a,b\n1,2\n"]
)
def test_a_bad_file_is_one_sentence_and_exit_2(desk: CommandLine, content: bytes) -> None:
    file = desk.directory / "bad"
    file.write_bytes(content)
    answer = desk("import", str(file))
    assert (answer.status, answer.out) == (2, "")
    assert "Traceback" not in answer.err
    assert answer.err.strip()


def test_somebody_missing_from_a_full_extract_is_gone_and_asked_about_not_deleted(desk: CommandLine) -> None:
    desk.take_in(person("A1111AA"), person("A2222BB"))
    assert desk.take_in(person("A1111AA"))["gone"] == 1
    assert len(desk.json("triage", "--all")["cases"]) == 2
    assert "Has this person left" in desk("case", "A2222BB").out
    again = desk.take_in(person("A1111AA"))
    assert (again["gone"], again["unchanged"]) == (1, 1)
    assert [(one["number"], one["about"]) for one in again["questions"]] == [("A2222BB", "gone")]


def test_in_a_partial_extract_nobody_is_gone(desk: CommandLine) -> None:
    desk.take_in(person("A1111AA"), person("A2222BB"))
    assert desk.take_in(person("A1111AA"), more=("--partial",))["gone"] == 0


def test_a_refused_row_does_not_make_its_person_gone(desk: CommandLine) -> None:
    desk.take_in(person("A1111AA"), person("A2222BB"))
    done = desk.take_in(person("A1111AA"), person("A2222BB", dateOfBirth="2031-01-01"))
    assert (done["gone"], len(done["refused"])) == (0, 1)


def test_a_correction_by_hand_stands_until_the_extract_changes_and_then_it_is_a_question(desk: CommandLine) -> None:
    desk.take_in(person())
    desk.json("set", "A1234BC", "sentence-expiry=2028-02-01")
    assert desk.take_in(person())["questions"] == []
    assert desk.json("case", "A1234BC")["facts"]["sentence-expiry"]["value"] == "2028-02-01"
    done = desk.take_in(person(sentenceExpiryDate="2028-03-01"))
    assert [question["about"] for question in done["questions"]] == ["Sentence expiry (SED)"]
    assert desk.json("case", "A1234BC")["facts"]["sentence-expiry"]["value"] == "2028-02-01"


def test_signals_of_a_recall_that_disagree_are_a_question_never_a_guess(desk: CommandLine) -> None:
    done = desk.take_in(person(recall=True))
    assert done["questions"][0]["about"] == "recall"
    assert "SENTENCED" in done["questions"][0]["evidence"]
    assert desk.json("case", "A1234BC")["facts"]["recall"]["known"] is False


def test_in_the_first_intake_what_fell_due_before_is_to_be_checked_in_the_file(desk: CommandLine) -> None:
    desk.take_in(person(receptionDate="2026-01-05", sentenceStartDate="2026-01-05"), more=())
    induction = desk.duty("A1234BC", "induction")
    assert (induction["state"], induction["due"]) == ("unknown", "2026-01-12")


def test_or_late_where_the_user_says_so(desk: CommandLine) -> None:
    desk.take_in(person(receptionDate="2026-01-05", sentenceStartDate="2026-01-05"))
    assert desk.duty("A1234BC", "induction")["state"] == "overdue"


def test_somebody_who_came_after_the_first_intake_is_not_asked_about(desk: CommandLine) -> None:
    desk.take_in(person("A1111AA"), more=())
    desk.on("2026-03-20")
    desk.take_in(
        person("A1111AA"), person("A2222BB", receptionDate="2026-03-04", sentenceStartDate="2026-03-04"), more=()
    )
    assert desk.duty("A2222BB", "induction")["state"] == "overdue"


def test_verify_finds_a_sound_record_sound(desk: CommandLine) -> None:
    desk.take_in(person())
    found = desk.json("verify")
    assert (found["sound"], found["cases"], found["faults"]) == (True, 1, [])


def test_verify_finds_a_derived_row_that_was_changed(desk: CommandLine) -> None:
    from db import current, door, engine

    desk.take_in(person())
    from datetime import date

    door.sign_in(desk.record, "manager", PASSWORD, date(2026, 3, 2))
    with current.store().write() as database:
        engine.run(database, "UPDATE duty SET due = '2026-12-31' WHERE duty = 'bcst1'")
    door.sign_out()
    answer = desk("verify", "--format", "json")
    assert answer.status == 1
    assert "A1234BC" in answer.json["faults"][0]


def test_verify_finds_that_a_head_kept_outside_is_missing(desk: CommandLine) -> None:
    answer = desk("verify", "--head", "0" * 32)
    assert answer.status == 1


def test_a_backup_restores_what_was_there(desk: CommandLine) -> None:
    desk.take_in(person("A1111AA"))
    made = desk.json("backup", str(desk.directory / "copies"))
    desk.take_in(person("A1111AA"), person("A2222BB"))
    restored = desk("restore", made["file"])
    assert restored.status == 0, restored.err
    assert [case["number"] for case in desk.json("triage", "--all")["cases"]] == ["A1111AA"]


def test_a_backup_that_is_not_there_is_a_wrong_request(desk: CommandLine) -> None:
    answer = desk("restore", str(desk.directory / "nowhere.wingdesk-backup"))
    assert (answer.status, "There is no backup at" in answer.err) == (2, True)


def test_only_the_manager_restores(desk: CommandLine) -> None:
    made = desk.json("backup", str(desk.directory / "copies"))
    desk.add_user("jcarter", "supervisor")
    desk.as_user("jcarter")
    assert desk("restore", made["file"]).status == 3


@pytest.mark.parametrize(
    ("role", "arguments", "status"),
    [
        ("inspector", ("triage", "--all"), 0),
        ("inspector", ("verify",), 0),
        ("inspector", ("log", "A1234BC", "--kind", "note", "--text", "x"), 3),
        ("inspector", ("set", "A1234BC", "ppo=no"), 3),
        ("inspector", ("import", SAMPLE), 3),
        ("supervisor", ("log", "A1234BC", "--kind", "note", "--text", "x"), 0),
        ("supervisor", ("set", "A1234BC", "ppo=no"), 3),  # not their case
        ("supervisor", ("import", SAMPLE), 3),
        ("supervisor", ("waive", "A1234BC", "bcst1", "--why", "x"), 3),
        ("supervisor", ("waive", "A1234BC", "induction", "--why", "x"), 0),
        ("administrator", ("set", "A1234BC", "ppo=no"), 0),
        ("administrator", ("set", "A1234BC", "supervisor=somebody"), 3),
        ("administrator", ("done", "A1234BC", "induction"), 3),
        ("administrator", ("users", "add", "x.y", "--no-sign-in"), 3),
        ("manager", ("waive", "A1234BC", "bcst1", "--why", "x"), 0),
    ],
)
def test_each_role_may_do_what_the_table_says(
    desk: CommandLine, role: str, arguments: tuple[str, ...], status: int
) -> None:
    desk.take_in(person())
    desk.add_user("somebody", role)
    desk.as_user("somebody")
    answer = desk(*arguments)
    assert answer.status == status, answer.err


def test_staff_without_a_sign_in_hold_cases(desk: CommandLine) -> None:
    desk.take_in(person())
    assert desk("users", "add", "p.okoro", "--name", "P Okoro", "--no-sign-in").status == 0
    desk.json("set", "A1234BC", "supervisor=p.okoro")
    assert [case["number"] for case in desk.json("triage", "--supervisor", "P Okoro")["cases"]] == ["A1234BC"]


def test_a_user_who_is_disabled_cannot_sign_in_and_their_cases_are_without_a_supervisor(desk: CommandLine) -> None:
    desk.take_in(person())
    desk.add_user("jcarter", "supervisor")
    desk.json("set", "A1234BC", "supervisor=jcarter")
    assert desk("users", "disable", "jcarter").status == 0
    assert desk.json("case", "A1234BC")["facts"]["supervisor"]["known"] is False
    desk.as_user("jcarter")
    assert desk("triage").status == 3


def test_the_only_manager_stays_one_until_there_is_another(desk: CommandLine) -> None:
    alone = desk("users", "role", "manager", "inspector")
    assert (alone.status, "only manager" in alone.err) == (2, True)
    desk.add_user("jcarter", "manager")
    assert desk("users", "role", "manager", "inspector").status == 0
    desk.as_user("jcarter")
    assert desk("users", "disable", "manager").status == 0


@pytest.mark.parametrize("verb", [("role", "manager"), ("reset",)])
def test_somebody_who_does_not_sign_in_or_has_left_is_given_neither_role_nor_password(
    desk: CommandLine, verb: tuple[str, ...]
) -> None:
    desk.add_user("jcarter", "supervisor")
    assert desk("users", verb[0], "jcarter", *verb[1:]).status == 0
    desk("users", "add", "p.okoro", "--no-sign-in")
    desk("users", "disable", "jcarter")
    for user in ("p.okoro", "jcarter"):
        assert desk("users", verb[0], user, *verb[1:]).status == 2


def test_every_answer_asked_for_as_json_is_one_json_value(desk: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.take_in(person())
    own = desk.directory / "own.toml"
    own.write_text('[duty.induction]\ndue = "arrival + 5 days"\n', encoding="utf-8")
    assert desk.json("rulebook", "--check", str(own)) == {"usable": True}
    assert len(desk.json("rulebook", "--apply", str(own))["rows"]) == 1
    desk.add_user("jcarter", "supervisor")
    assert set(desk.json("users", "reset", "jcarter")) == {"user", "rows"}
    (desk.directory / "new").write_text("nine slow otters", encoding="utf-8")
    monkeypatch.setenv("WINGDESK_NEW_PASSWORD_FILE", str(desk.directory / "new"))
    assert desk.json("users", "password") == {"user": "manager", "rows": []}


def test_no_file_of_the_record_holds_a_name_in_clear(desk: CommandLine) -> None:
    desk.take_in(person(lastName="ZEBEDIAH"))
    desk.json("backup", str(desk.directory / "copies"))
    files = [file for file in [*desk.record.rglob("*"), *(desk.directory / "copies").rglob("*")] if file.is_file()]
    assert len(files) >= 3
    for file in files:
        content = file.read_bytes()
        assert b"ZEBEDIAH" not in content.upper(), file
        assert not content.startswith(b"SQLite format 3"), file


def test_the_answer_is_one_json_value_and_messages_go_elsewhere(desk: CommandLine) -> None:
    answer = desk("import", desk.extract(person()), "--format", "json")
    value: Any = json.loads(answer.out)
    assert set(value) == {
        "file", "rows", "new", "changed", "unchanged", "gone", "skipped", "refused", "questions",
    }  # fmt: skip
    assert "first intake" in answer.err


def test_the_recovery_code_gives_a_user_a_new_password(nothing: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    made = nothing("init", "--establishment", "HMP Example", "--user", "jcarter", "--format", "json")
    (nothing.directory / "code").write_text(made.json["recovery_code"].lower(), encoding="utf-8")
    (nothing.directory / "new").write_text("nine slow otters", encoding="utf-8")
    monkeypatch.setenv("WINGDESK_NEW_PASSWORD_FILE", str(nothing.directory / "new"))
    monkeypatch.setenv("WINGDESK_PASSWORD_FILE", str(nothing.directory / "code"))
    assert nothing("users", "reset", "jcarter", "--recovery").status == 0
    monkeypatch.setenv("WINGDESK_PASSWORD_FILE", str(nothing.directory / "new"))
    assert nothing("triage", "--user", "jcarter").status == 0


def test_somebody_recorded_as_having_left_is_off_the_caseload_and_back_when_the_extract_has_them(
    desk: CommandLine,
) -> None:
    desk.take_in(person("A1111AA"), person("A2222BB"))
    desk.take_in(person("A1111AA"))
    desk.json("set", "A2222BB", "left=2026-03-01")
    assert [case["number"] for case in desk.json("triage", "--all")["cases"]] == ["A1111AA"]
    assert desk.take_in(person("A1111AA"))["gone"] == 0
    back = desk.take_in(person("A1111AA"), person("A2222BB"))
    assert [question["about"] for question in back["questions"]] == ["left"]
    assert len(desk.json("triage", "--all")["cases"]) == 2
    assert desk.json("verify")["sound"] is True


def test_where_signals_of_a_recall_disagree_the_release_date_is_not_told_either(desk: CommandLine) -> None:
    desk.take_in(person(recall=True))
    case = desk.json("triage", "--all")["cases"][0]
    assert case["release_date"] is None
    assert "pre-release-review" in {one["fact"]: one["needed_for"] for one in case["missing"]}["recall"]
    desk.json("set", "A1234BC", "recall=no")
    assert desk.json("triage", "--all")["cases"][0]["release_date"] == "2027-02-18"


def test_in_a_file_of_one_line_a_refusal_names_the_record_by_its_place(desk: CommandLine) -> None:
    file = desk.directory / "one-line.json"
    file.write_text(json.dumps([person("A1111AA"), person("A2222BB"), person("nonsense")]), encoding="utf-8")
    assert [one["line"] for one in desk.json("import", str(file))["refused"]] == [3]
