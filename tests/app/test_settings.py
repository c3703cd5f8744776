from pathlib import Path

import pytest

from app.settings import DEFAULTS, Settings, read


def written(directory: Path, text: str) -> Path:
    file = directory / "settings.toml"
    file.write_text(text, "utf-8")
    return file


def test_without_a_file_the_defaults_stand_and_nothing_is_said(tmp_path: Path) -> None:
    assert read(tmp_path / "settings.toml") == (DEFAULTS, ())


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """
    look = "mono"
    background = "light"
    marks = "ascii"
    idle_minutes = 15
    reveal = "office"
    mouse = true
    osc52 = true
    """
    wanted = Settings("mono", "light", "ascii", 15, "office", True, True)
    assert read(written(tmp_path, text)) == (wanted, ())


@pytest.mark.parametrize("minutes", [1, 5, 15])
def test_one_to_fifteen_idle_minutes_are_taken(tmp_path: Path, minutes: int) -> None:
    settings, wrong = read(written(tmp_path, f"idle_minutes = {minutes}"))
    assert (settings.idle_minutes, wrong) == (minutes, ())


@pytest.mark.parametrize("minutes", ["0", "16", "-1", "2.5", '"5"', "true"])
def test_other_idle_minutes_leave_the_default_and_the_sentence_names_the_key(tmp_path: Path, minutes: str) -> None:
    settings, wrong = read(written(tmp_path, f"idle_minutes = {minutes}"))
    assert settings == DEFAULTS
    assert wrong == (
        "settings.toml: idle_minutes must be a whole number of minutes from 1 to 15; its default, 5, is used.",
    )


def test_one_wrong_value_leaves_the_others_standing(tmp_path: Path) -> None:
    settings, wrong = read(written(tmp_path, 'look = "loud"\nbackground = "light"\nmouse = 1'))
    assert settings == Settings(background="light")
    assert wrong == (
        "settings.toml: look must be auto, full, basic or mono; its default, auto, is used.",
        "settings.toml: mouse must be true or false; its default, false, is used.",
    )


def test_an_unknown_setting_is_named_with_those_there_are(tmp_path: Path) -> None:
    settings, wrong = read(written(tmp_path, "colour = true"))
    assert settings == DEFAULTS
    assert len(wrong) == 1
    assert "“colour”" in wrong[0]
    assert "look, background, marks, idle_minutes, reveal, mouse, osc52" in wrong[0]


def test_what_is_not_toml_leaves_the_defaults_and_a_sentence(tmp_path: Path) -> None:
    settings, wrong = read(written(tmp_path, "look = ="))
    assert settings == DEFAULTS
    assert len(wrong) == 1
    assert "not TOML" in wrong[0]


def test_bytes_that_are_not_utf_8_leave_the_defaults_and_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b'look = "m\xffno"')
    settings, wrong = read(file)
    assert settings == DEFAULTS
    assert len(wrong) == 1


def test_a_directory_in_place_of_the_file_leaves_the_defaults_and_a_sentence(tmp_path: Path) -> None:
    settings, wrong = read(tmp_path)
    assert settings == DEFAULTS
    assert "cannot be read" in wrong[0]


def test_a_byte_order_mark_before_the_settings_is_no_trouble(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b'\xef\xbb\xbflook = "mono"')
    assert read(file) == (Settings(look="mono"), ())
