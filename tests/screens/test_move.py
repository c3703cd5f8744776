"""A movement recorded from the case, the handover summary after a transfer, and the case as at an earlier day."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from db import commands, views
from db.moving import Movement
from screens.routes import Route
from tests.screens import casework
from tests.screens.casework import BARLOW, CARTER, KAUR, PATEL, SINGH, TODAY, Scene, play

HERE = Route("case", BARLOW)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    casework.settle(BARLOW)
    casework.settle(KAUR)
    return tmp_path


def prose(scene: Scene) -> str:
    return " ".join(scene.text.split())


def test_two_keys_and_ctrl_s_send_somebody_to_court(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("m", "o", "ctrl+s")
        assert "Out to court, Mon 2 Mar 2026." in scene.foot

    play(record, scene, actor=SINGH, at=HERE)
    assert views.case_detail(CARTER, BARLOW, TODAY).row.where == "court"


def test_only_what_can_happen_where_somebody_is_can_be_chosen(record: Path) -> None:
    commands.move(SINGH, BARLOW, Movement("hospital", TODAY), TODAY)

    async def scene(scene: Scene) -> None:
        await scene.press("m")
        assert "Now: hospital" in scene.text
        assert "back again" in scene.text
        assert "court" not in scene.text

    play(record, scene, actor=SINGH, at=HERE)


def test_a_supervisor_has_no_key_for_a_movement(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("m")
        assert scene.top == "CaseScreen"

    play(record, scene, at=HERE)


def test_a_transfer_asks_for_the_prison_and_who_broke_a_hold_then_offers_the_handover(
    record: Path, tmp_path: Path
) -> None:
    casework.give(BARLOW, transfer_hold="accredited programme")

    async def scene(scene: Scene) -> None:
        await scene.press("m", "x", "ctrl+s")
        assert "Transfer hold: accredited programme" in scene.text
        assert "Prison: where to?" in scene.text
        assert "Who broke it?" in scene.text
        scene.screen.form.field("to").value = "HMP Leeds"
        scene.screen.form.field("hold").value = "the governor"
        await scene.press("ctrl+s")
        assert scene.top == "PaperForm"
        scene.screen.form.field("file").value = str(tmp_path / "handover.txt")
        await scene.press("ctrl+s")
        assert "Transferred on Mon 2 Mar 2026." in scene.text

    play(record, scene, actor=SINGH, at=HERE)
    written = (tmp_path / "handover.txt").read_text()
    assert "BARLOW Dean  A1234BC · as at Mon 2 Mar 2026" in written
    assert "P Dunn, 01632 960001" in written
    assert "What is due" in written


def test_the_summary_is_printed_from_the_case_too(record: Path, tmp_path: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("x")
        assert "risk words included" in prose(scene)
        scene.screen.form.field("file").value = str(tmp_path / "summary.txt")
        await scene.press("ctrl+s")

    play(record, scene, at=HERE)
    assert "Burglary" in (tmp_path / "summary.txt").read_text()


def test_a_death_is_said_in_few_words_and_nothing_is_due_afterwards(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("m", "d")
        assert "Planned" not in scene.text
        await scene.press("ctrl+s")
        assert "Died on Mon 2 Mar 2026." in scene.text
        assert "? Died" not in scene.text
        assert "release" not in scene.text
        assert "seen" not in scene.text
        assert "Nothing is due and nothing is open." in scene.text
        assert "B-2-001" not in scene.text
        await scene.press("m")
        assert "They died on Mon 2 Mar 2026. If that is wrong, correct" in prose(scene)
        assert "back" not in scene.text

    play(record, scene, actor=SINGH, at=HERE)


def test_the_second_of_two_sees_where_the_person_is_by_now_and_chooses(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("m", "r")
        commands.move(PATEL, BARLOW, Movement("hospital", TODAY), TODAY)
        await scene.press("ctrl+s")
        assert "Theirs: hospital" in scene.text
        assert "Yours: Released" in scene.text
        await scene.press("ctrl+s")
        assert "Released, Mon 2 Mar 2026." in scene.foot

    play(record, scene, actor=SINGH, at=HERE)


def test_somebody_who_has_left_is_received_instead_and_the_form_says_so(record: Path) -> None:
    commands.move(SINGH, BARLOW, Movement("release", TODAY), TODAY)

    async def scene(scene: Scene) -> None:
        await scene.press("m")
        assert "They left on Mon 2 Mar 2026. When they are back: 5, then r" in prose(scene)

    play(record, scene, actor=SINGH, at=HERE)


# As at ----------------------------------------------------------------------------------------------------------------


def test_a_case_is_shown_as_it_was_known_on_an_earlier_day_and_can_only_be_read(record: Path) -> None:
    later = TODAY + timedelta(3)
    commands.set_facts(SINGH, BARLOW, {"cell": "D-4-044"}, later)

    async def scene(scene: Scene) -> None:
        assert "D-4-044" in scene.text
        await scene.press("k")
        await scene.type("2/3/2026")
        await scene.press("ctrl+s")
        assert "As at Mon 2 Mar 2026, as it was known that day: to be read only." in scene.text
        assert "D-4-044" not in scene.text
        await scene.press("c", "d", "u", "m")
        assert scene.top == "CaseScreen"
        await scene.press("enter")
        assert scene.top == "CaseScreen"
        await scene.press("h")
        assert "As at Mon 2 Mar 2026" in scene.text
        await scene.press("escape", "escape")
        assert "D-4-044" in scene.text

    later_at(record, later, scene)


def test_a_day_before_anything_was_recorded_is_said_under_the_field(record: Path) -> None:
    async def scene(scene: Scene) -> None:
        await scene.press("k")
        await scene.type("1/1/2020")
        await scene.press("ctrl+s")
        assert "is before A1234BC was first recorded" in prose(scene)

    play(record, scene, at=HERE)


def later_at(record: Path, day: date, scene: object) -> None:
    """Play a scene on a later day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(casework, "TODAY", day)
        play(record, scene, actor=SINGH, at=HERE)  # type: ignore[arg-type]
