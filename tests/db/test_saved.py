"""Saved views: each user's own, kept in the record, replaced, dropped and undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import commands
from db.errors import Invalid, NotFound
from db.rows import Actor, Filter, Role, SavedView, State
from db.verify import verify
from db.views.saved import saved_views
from tests.db.records import TODAY, closed, opened, staffed

LATE = Filter("mine", states=(State.OVERDUE,))
WING = Filter("wing", wing="B", tier=4)


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    yield opened(tmp_path)
    closed()


def test_a_view_is_kept_with_its_whole_filter_and_views_come_by_name(manager: Actor) -> None:
    commands.save_view(manager, " Wing  B ", WING, TODAY)
    commands.save_view(manager, "late", LATE, TODAY)
    assert saved_views(manager) == (SavedView("late", LATE), SavedView("Wing B", WING))


def test_nobody_sees_anothers_views(manager: Actor) -> None:
    commands.save_view(manager, "late", LATE, TODAY)
    assert saved_views(staffed(manager, "manager2", Role.SUPERVISOR)) == ()


def test_the_same_name_however_spelt_takes_the_place_of_the_one_before(manager: Actor) -> None:
    commands.save_view(manager, "Late", LATE, TODAY)
    done = commands.save_view(manager, "LATE", WING, TODAY)
    assert saved_views(manager) == (SavedView("LATE", WING),)
    assert "in place of the one before" in done.sentence
    commands.undo(manager, TODAY)
    assert saved_views(manager) == (SavedView("Late", LATE),)


def test_a_view_dropped_comes_back_by_undoing(manager: Actor) -> None:
    commands.save_view(manager, "late", LATE, TODAY)
    commands.drop_view(manager, "late", TODAY)
    assert saved_views(manager) == ()
    commands.undo(manager, TODAY)
    assert saved_views(manager) == (SavedView("late", LATE),)
    assert verify(TODAY).sound


def test_a_view_needs_a_name_that_fits_a_line(manager: Actor) -> None:
    for name in ("", "  ", "x" * 41):
        with pytest.raises(Invalid):
            commands.save_view(manager, name, LATE, TODAY)
    commands.save_view(manager, "x" * 40, LATE, TODAY)


def test_dropping_what_is_not_there_says_so(manager: Actor) -> None:
    with pytest.raises(NotFound, match="no view called"):
        commands.drop_view(manager, "late", TODAY)
