"""The triage walk by its keys, on a real record: case after case, what was done, and its end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from db import commands, current, door, drafts
from db.rows import Contact, Filter, State
from tests.screens.desk import LARGE, SMALL, Desk, keys, play, shell_of
from tests.screens.prison import CARTER, INSPECTOR, MANAGER, TODAY, Prison
from tests.screens.walking import FENWICK, ORDER, note, progress, walk_over

pytestmark = pytest.mark.usefixtures("real_forms")

# One case at a time


@pytest.mark.parametrize(("size", "name"), [(SMALL, "small"), (LARGE, "large")])
def test_a_case_of_the_walk_looks_like_this(
    own_prison: Prison, snap_compare: Callable[..., bool], size: tuple[int, int], name: str
) -> None:
    assert snap_compare(shell_of(own_prison), run_before=keys("t", "right", "right"), terminal_size=size)


def test_it_begins_with_the_most_urgent_case_and_why(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t")
        assert progress(desk) == "1 of 6 · 0 handled"
        assert "FENWICK PAUL  A1002AC · B-2-003" in desk.text
        said = " ".join(desk.text.split())
        assert "Part 1 of the basic custody screening is to be done. 72 hours from Tue 6 May" in said
        assert "Mandatory · TTG 2.1" in said

    play(own_prison, scene)


def test_the_key_line_holds_what_works_on_a_case(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t")
        assert desk.keys == "d meet a duty   c contact   s defer   n note   Enter open   → next"

    play(own_prison, scene)


def test_the_arrows_go_from_case_to_case_and_never_before_the_first(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t")
        for at, name in enumerate(ORDER):
            assert desk.lines[4].startswith(name)
            assert progress(desk).startswith(f"{at + 1} of 6")
            await desk.press("right")
        for _ in ORDER:
            await desk.press("left")
        await desk.press("left")
        assert desk.lines[4].startswith(ORDER[0])

    play(own_prison, scene)


def test_keys_in_a_burst_are_each_obeyed(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t")
        await desk.pilot.press("right", "right", "left", "right")
        await desk.settle()
        assert desk.lines[4].startswith(ORDER[2])

    play(own_prison, scene)


def test_risk_words_show_only_when_revealed(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t")
        assert "RoSH" not in desk.text
        await desk.press("v")
        assert "tier 4 · RoSH" in desk.text
        await desk.press("v")
        assert "RoSH" not in desk.text

    play(own_prison, scene)


def test_the_longest_of_names_is_not_cut(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right", "right", "right")
        assert "O'NEILL-FEATHERSTONEHAUGH BARTHOLOMEW MAXIMILIAN ALEXANDER" in desk.text

    play(own_prison, scene)


def test_what_the_case_must_say_of_itself_stands_above_the_duty(own_prison: Prison) -> None:
    door.sign_in_with(own_prison.directory, own_prison.key, MANAGER.staff, TODAY)
    for days in range(5):
        worry = Contact("note", TODAY - timedelta(days), "Out of sorts.", concerns="Keeps to himself")
        commands.log_contact(MANAGER, FENWICK, worry, TODAY)
    door.sign_out()

    async def scene(desk: Desk) -> None:
        await desk.press("t")
        at = next(at for at, line in enumerate(desk.lines) if "what is going well?" in line)
        assert desk.lines[at].startswith("? ")
        assert any("late" in line for line in desk.lines[at + 1 :])

    play(own_prison, scene)


def test_the_last_contact_is_told_unless_it_gives_something_away(own_prison: Prison) -> None:
    door.sign_in_with(own_prison.directory, own_prison.key, MANAGER.staff, TODAY)
    commands.log_contact(MANAGER, FENWICK, Contact("phone", TODAY, "Asked for drug treatment."), TODAY)
    door.sign_out()

    async def scene(desk: Desk) -> None:
        await desk.press("t")
        assert "Last phone · Mon 2 Mar · R Patel" in desk.text
        assert "drug" not in desk.text
        await desk.press("v")
        assert "Asked for drug treatment." in desk.text

    play(own_prison, scene)


# Handling


def test_a_case_is_handled_once_something_is_recorded_and_the_walk_stays_on_it(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right")
        await note(desk)
        assert desk.top == "TriageScreen"
        assert progress(desk) == "2 of 6 · 1 handled"
        assert "✓ done in this walk: note" in desk.text
        assert "Seen on the wing" in desk.text
        await desk.press("right")
        assert progress(desk) == "3 of 6 · 1 handled"
        assert desk.lines[4].startswith(ORDER[2])

    play(own_prison, scene)


def test_after_a_duty_is_met_the_next_one_of_that_case_stands_there(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right")
        assert "1d late  BCST 1 (chase PS)" in desk.lines[8]
        await desk.press("d")
        key = next(line.split()[0] for line in desk.lines if "BCST 1" in line)
        await desk.press(key, "ctrl+s")
        assert progress(desk) == "2 of 6 · 1 handled"
        assert "✓ done in this walk: met BCST 1" in desk.lines[7]
        assert "BCST 1 completed Mon 2 Mar 2026. Part 2 of the" in desk.text

    play(own_prison, scene)


def test_leaving_a_form_handles_nothing(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t")
        for key in ("d", "c", "s", "n"):
            await desk.press(key)
            assert desk.top != "TriageScreen", key
            await desk.press("escape")
        assert progress(desk) == "1 of 6 · 0 handled"

    play(own_prison, scene)


def test_what_is_recorded_in_the_opened_case_counts_and_esc_comes_back(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "enter")
        assert desk.top == "CaseScreen"
        await note(desk)
        await desk.press("escape")
        assert progress(desk) == "1 of 6 · 1 handled"

    play(own_prison, scene)


def test_what_is_undone_is_not_handled(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t")
        await note(desk)
        await desk.press("u", "y")
        assert progress(desk) == "1 of 6 · 0 handled"
        assert "done in this walk" not in desk.text

    play(own_prison, scene)


def test_an_inspector_walks_and_is_offered_nothing_to_record(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right")
        assert desk.keys == "Enter open   → next   ← back   Esc back   v reveal   ? keys"
        for key in ("d", "c", "s", "n", "u"):
            await desk.press(key)
            assert desk.top == "TriageScreen"

    play(own_prison, scene, actor=INSPECTOR)


# The end


def test_the_end_says_of_each_case_what_was_done_and_what_is_left(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right")
        await note(desk)
        await desk.press(*["right"] * 5)
        assert progress(desk) == "6 cases · 1 handled · 5 left as they were · 6 late or due today"
        names = [line[2:].split()[0] for line in desk.lines[5:11]]
        assert names == [name if name != "O'NEILL" else "O'NEILL-FEATHERST…" for name in ORDER]
        assert desk.lines[6].split() == [
            *("✓", "BARLOW", "DEAN", "note"),
            *("!", "1d", "late", "BCST", "1", "(chase", "PS)"),
        ]
        assert "nothing" in desk.lines[5]
        assert desk.keys == "d meet a duty   c contact   s defer   n note   Enter open   ← back"

    play(own_prison, scene)


def test_the_end_looks_like_this(own_prison: Prison, snap_compare: Callable[..., bool]) -> None:
    async def before(pilot: Pilot[None]) -> None:
        desk = Desk(pilot.app, pilot)  # type: ignore[arg-type]
        await desk.settle()
        await desk.press("t")
        await note(desk)
        await desk.press(*["right"] * 6)

    assert snap_compare(shell_of(own_prison), run_before=before, terminal_size=SMALL)


def test_at_the_end_the_case_under_the_cursor_can_still_be_worked_on(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", *["right"] * 6)
        await desk.press("down")
        await note(desk)
        assert progress(desk).startswith("6 cases · 1 handled")
        assert desk.lines[6].startswith("✓ BARLOW")
        await desk.press("enter")
        assert desk.top == "CaseScreen"
        assert "BARLOW" in desk.text
        await desk.press("escape", "left")
        assert progress(desk) == "6 of 6 · 1 handled"

    play(own_prison, scene)


# Over which cases


def test_it_goes_over_the_caseloads_present_filter(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t")
        assert desk.lines[2].endswith("All")
        assert progress(desk).startswith("1 of 8")

    play(own_prison, scene, actor=MANAGER)


def test_a_walk_over_others_is_named_before_it_is_gone_on_with(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await desk.press("t", "right", "escape")
        await walk_over(desk, Filter("wing", wing="A"))
        assert "You were at 2 of 6 (Mine), 0 handled." in desk.text
        await desk.press("r")
        assert desk.lines[2].endswith("A wing")
        assert progress(desk) == "1 of 2 · 0 handled"

    play(own_prison, scene)


def test_where_nobody_needs_anybody_it_says_so_and_only_leads_back(own_prison: Prison) -> None:
    async def scene(desk: Desk) -> None:
        await walk_over(desk, Filter("mine", states=(State.SAFETY,)))
        assert "none is late, due today or within 7 days" in " ".join(desk.text.split())
        assert desk.keys == "Esc back   v reveal   ? keys"
        await desk.press("right", "left", "d", "enter")
        assert desk.top == "TriageScreen"
        await desk.press("escape")
        assert desk.top == "CaseloadScreen"
        assert drafts.find(current.store(), CARTER.staff, "triage", "") is None

    play(own_prison, scene)
