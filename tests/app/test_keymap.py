from pathlib import Path

import pytest

from app.keymap import check, read


def test_without_a_file_the_usual_keys_stand(tmp_path: Path) -> None:
    assert read(tmp_path / "keys.toml") == ({}, ())


def test_a_key_for_an_action_becomes_textuals_keymap(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('contact = "j"\nlock = ["ctrl+l", "f10"]', "utf-8")
    assert read(file) == ({"contact": "j", "lock": "ctrl+l,f10"}, ())


def test_an_unknown_action_is_named_with_those_there_are() -> None:
    keys, wrong = check({"contacts": "k"})
    assert keys == {}
    assert len(wrong) == 1
    assert "no action “contacts”" in wrong[0]
    assert "contact, " in wrong[0]


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("ctrl+m", "terminals send Enter instead"),
        ("ctrl+i", "terminals send Tab instead"),
        ("ctrl+h", "terminals send Backspace instead"),
        ("ctrl+j", "terminals send Enter instead"),
        ("ctrl+[", "terminals send Esc instead"),
        ("ctrl+right", "terminals send the right arrow instead"),
        ("down", "lists and forms need it"),
        ("tab", "lists and forms need it"),
        ("K", "a capital letter finds a person"),
        ("hyper+k", "that is not a key"),
        ("wibble", "that is not a key"),
        ("", "that is not a key"),
    ],
)
def test_a_key_that_cannot_work_is_refused_with_the_reason(key: str, why: str) -> None:
    keys, wrong = check({"contact": key})
    assert keys == {}
    assert len(wrong) == 1
    assert f"contact cannot have the key “{key}”: {why}" in wrong[0]


@pytest.mark.parametrize("action", ["lock", "save", "leave", "commands"])
@pytest.mark.parametrize("key", ["k", "space", "question_mark"])
def test_a_key_that_types_something_is_refused_where_people_type(action: str, key: str) -> None:
    keys, wrong = check({action: key})
    assert keys == {}
    assert "it would act while somebody types" in wrong[0]


@pytest.mark.parametrize("key", ["j", "f5", "ctrl+g", "alt+x", "question_mark", "?", "shift+f5"])
def test_ordinary_keys_are_taken(key: str) -> None:
    # `?` is help's by default, so help moves out of the way.
    assert check({"contact": key, "help": "f4"}) == ({"contact": key, "help": "f4"}, ())


def test_two_actions_with_one_key_keep_their_usual_keys() -> None:
    keys, wrong = check({"contact": "k", "note": "k"})
    assert keys == {}
    assert len(wrong) == 1
    assert "k would do both “contact” and “note”" in wrong[0]


def test_a_key_another_action_has_by_default_is_refused() -> None:
    keys, wrong = check({"contact": "d"})
    assert keys == {}
    assert "d would do both “contact” and “meet”, so contact keep the usual key." in wrong[0]


def test_two_actions_may_change_places() -> None:
    assert check({"contact": "d", "meet": "c"}) == ({"contact": "d", "meet": "c"}, ())


def test_a_key_of_the_workload_is_a_letter_like_those_of_the_other_places_and_keeps_clear_of_them() -> None:
    assert check({"allocate": "j"}) == ({"allocate": "j"}, ())
    keys, wrong = check({"allocate": "o"})
    assert keys == {}
    assert "o would do both “allocate” and “overview”" in wrong[0]


def test_forms_and_places_may_use_one_key() -> None:
    assert check({"save": "f5", "print": "f5"}) == ({"save": "f5", "print": "f5"}, ())


def test_what_is_no_text_is_refused() -> None:
    keys, wrong = check({"contact": 5, "meet": ["m", 5]})
    assert keys == {}
    assert [line.split(" must ")[0] for line in wrong] == ["keys.toml: contact", "keys.toml: meet"]


def test_what_is_not_toml_leaves_the_usual_keys_and_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text("contact: k", "utf-8")
    keys, wrong = read(file)
    assert keys == {}
    assert "not TOML" in wrong[0]
