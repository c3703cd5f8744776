import io

import pytest

from app.dress import NO_TERMINAL, encoding_of, here, look_for
from app.settings import Settings
from widgets.looks import Look, LookName, Refusal

ROOM = (80, 24)


@pytest.mark.parametrize(
    ("environment", "encoding"),
    [
        ({}, "utf-8"),
        ({"LANG": "en_GB.UTF-8"}, "utf-8"),
        ({"LANG": "C.UTF-8"}, "utf-8"),
        ({"LANG": "C"}, "ascii"),
        ({"LANG": "POSIX"}, "ascii"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "ascii"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, "ascii"),
        ({"LANG": "C", "LC_ALL": "en_GB.UTF-8"}, "utf-8"),
        ({"LANG": "C", "LC_CTYPE": "en_GB.UTF-8"}, "utf-8"),
        ({"LANG": "C", "PYTHONIOENCODING": "utf-8"}, "utf-8"),
    ],
)
def test_a_locale_that_says_plain_c_is_believed(environment: dict[str, str], encoding: str) -> None:
    assert encoding_of(environment, "utf-8") == encoding


def test_what_is_no_terminal_is_refused_with_what_to_use_instead() -> None:
    assert here(Settings(), io.StringIO(), io.StringIO()) == Refusal(NO_TERMINAL)
    assert "wingdesk triage" in NO_TERMINAL


def test_a_dumb_terminal_is_refused_with_what_to_use_instead() -> None:
    found = look_for(Settings(), {"TERM": "dumb"}, "utf-8", ROOM)
    assert isinstance(found, Refusal)
    assert "wingdesk triage" in found.sentence


def test_the_settings_win_over_what_the_terminal_says() -> None:
    found = look_for(Settings("mono", "light", "ascii"), {"TERM": "xterm-256color"}, "utf-8", ROOM)
    assert found == Look(LookName.MONO, dark=False, marks=False, unicode=False)
