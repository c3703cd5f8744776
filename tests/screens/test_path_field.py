"""Typing the path of a file."""

from pathlib import Path

import pytest

from screens.path_field import completed, completions, plain
from tests.screens.desk import Desk, play
from tests.screens.prison import ADMIN, Prison

pytestmark = pytest.mark.usefixtures("elsewhere")


def test_tab_completes_a_path_and_names_what_it_could_be(prison: Prison, tmp_path: Path) -> None:
    for name in ("extract-1.json", "extract-2.json", "other.json"):
        (tmp_path / name).write_text("[]")

    async def scene(desk: Desk) -> None:
        await desk.press("5", "i")
        field = desk.screen().form.field("file")
        field.value = f"{tmp_path}/ex"
        await desk.press("tab")
        assert field.value == f"{tmp_path}/extract-"
        assert "extract-1.json   extract-2.json" in desk.text
        await desk.press("2", "tab")
        assert field.value == f"{tmp_path}/extract-2.json"
        await desk.press("tab")
        assert not field.busy

    play(prison, scene, actor=ADMIN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("~/extracts/a.json", "~/extracts/a.json"),
        ("~//media/stick/a.json", "/media/stick/a.json"),
        ("/home/me/~/a.json", "~/a.json"),
        ('"/media/my stick/a.json" ', "/media/my stick/a.json"),
    ],
)
def test_a_path_that_begins_anew_or_stands_in_quotes_is_understood(typed: str, meant: str) -> None:
    assert plain(typed) == meant


def test_completion_leaves_hidden_files_out_until_a_dot_is_typed(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("")
    (tmp_path / "Seen").mkdir()
    assert completions(f"{tmp_path}/") == ("Seen/",)
    assert completions(f"{tmp_path}/.h") == (".hidden",)
    assert completions(f"{tmp_path}/s") == ("Seen/",)
    assert completed(f"{tmp_path}/s", ("Seen/",)) == f"{tmp_path}/Seen/"


def test_a_directory_that_cannot_be_read_offers_nothing(tmp_path: Path) -> None:
    assert completions(f"{tmp_path}/nowhere/x") == ()
