"""The figures on recall: what counts, what stands apart, and to whom small numbers are told."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from db import commands
from db.commands import recall
from db.errors import Invalid
from db.recalls import Figure, Notice
from db.rows import Actor, Role
from db.views.recall_figures import recall_figures
from tests.db.records import TODAY, closed, opened, person, staffed, taken_in

NUMBERS = tuple(f"A100{at}AA" for at in range(8))


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    """Eight people, none recalled yet; all J Carter's."""
    actor = opened(tmp_path)
    staffed(actor, "jcarter", Role.SUPERVISOR)
    taken_in(actor, tmp_path, *(person(number) for number in NUMBERS))
    for number in NUMBERS:
        commands.set_facts(actor, number, {"supervisor": "jcarter"}, TODAY)
    yield actor
    closed()


def back(actor: Actor, number: str, days: int, kind: str = "standard", *, reasons: tuple[str, ...] = ()) -> date:
    """Back so many days before today."""
    day = TODAY - timedelta(days=days)
    recall.start(actor, number, Notice(kind, day, reasons=reasons), TODAY)
    return day


def figure(actor: Actor, measure: str, day: date = TODAY) -> Figure:
    return next(one for one in recall_figures(actor, day).figures if one.measure == measure)


def counted(one: Figure) -> tuple[int, int, int, int]:
    return one.count, one.of, one.unknown, one.not_yet


def test_types_reasons_and_time_back(manager: Actor) -> None:
    back(manager, NUMBERS[0], 5, reasons=("out-of-touch", "further-charge"))
    back(manager, NUMBERS[1], 5, "fixed-term")
    back(manager, NUMBERS[2], 5)
    assert counted(figure(manager, "type-standard")) == (2, 3, 0, 0)
    assert counted(figure(manager, "reason-out-of-touch")) == (1, 1, 2, 0)  # not recorded is not no
    assert counted(figure(manager, "reason-further-charge")) == (1, 1, 2, 0)
    assert counted(figure(manager, "under-6-months")) == (3, 3, 0, 0)
    assert figure(manager, "reason-out-of-touch").found == "9 %"
    assert figure(manager, "type-standard").numbers == (NUMBERS[0], NUMBERS[2])


def test_seen_within_a_week_counts_the_seventh_day_and_leaves_out_who_may_still_be(manager: Actor) -> None:
    days = [back(manager, NUMBERS[at], ago) for at, ago in enumerate((20, 20, 20, 7, 8))]
    commands.meet(manager, NUMBERS[0], "recall-contact", TODAY, on=days[0] + timedelta(days=7))
    commands.meet(manager, NUMBERS[1], "recall-contact", TODAY, on=days[1] + timedelta(days=8))
    # The third was never seen; the fourth may still be today; the fifth no more.
    assert counted(figure(manager, "seen-within-a-week")) == (1, 4, 0, 1)


def test_gone_through_is_yes_late_too_and_no_only_past_its_day(manager: Actor) -> None:
    back(manager, NUMBERS[0], 20)
    back(manager, NUMBERS[1], 20)
    back(manager, NUMBERS[2], 2)
    commands.meet(manager, NUMBERS[0], "recall-explained", TODAY)
    assert counted(figure(manager, "explained")) == (1, 2, 0, 1)


def test_reviewed_in_the_last_month_is_asked_only_of_those_kept_until_somebody_decides(manager: Actor) -> None:
    for at in range(3):
        back(manager, NUMBERS[at], 60)
    back(manager, NUMBERS[3], 20)
    back(manager, NUMBERS[4], 60, "hdc")
    answer = {"answer": "Not yet: no address."}
    commands.meet(manager, NUMBERS[0], "recall-proactive", TODAY, on=date(2026, 2, 2), fields=answer)
    commands.meet(manager, NUMBERS[1], "recall-proactive", TODAY, on=date(2026, 2, 1), fields=answer)
    assert counted(figure(manager, "reviewed")) == (1, 3, 0, 1)


def test_released_before_sentence_end(manager: Actor) -> None:
    end = date(2028, 2, 18)
    for at, kind in enumerate(("standard", "standard", "fixed-term")):
        back(manager, NUMBERS[at], 60, kind)
    recall.released(manager, NUMBERS[0], TODAY, "executive", TODAY)
    recall.released(manager, NUMBERS[2], TODAY, "automatic", TODAY)
    recall.released(manager, NUMBERS[1], end, "automatic", end)
    assert counted(figure(manager, "before-sed")) == (1, 1, 0, 0)
    both = recall_figures(manager, end, since=TODAY).figures
    assert counted(next(one for one in both if one.measure == "before-sed")) == (1, 2, 0, 0)


def test_somebody_expected_is_counted_apart(manager: Actor) -> None:
    commands.set_facts(manager, NUMBERS[0], {"left": "2026-02-27"}, TODAY)
    recall.expect(manager, NUMBERS[0], Notice("standard"), TODAY)
    found = recall_figures(manager, TODAY)
    assert (found.now, found.expected) == (0, 1)


def test_as_at_an_earlier_day_it_is_what_the_record_held_then(manager: Actor) -> None:
    later = TODAY + timedelta(days=10)
    recall.start(manager, NUMBERS[0], Notice("standard", later), later)
    assert recall_figures(manager, later).now == 1
    assert recall_figures(manager, later, as_at=TODAY).now == 0


def test_numbers_under_five_are_the_managers_and_a_supervisor_sees_their_own(manager: Actor) -> None:
    for at in range(6):
        back(manager, NUMBERS[at], 5, "standard" if at < 5 else "fixed-term")
    carter = Actor("jcarter", "J Carter", Role.SUPERVISOR, "test")
    stranger = Actor("other", "O Ther", Role.SUPERVISOR, "test")
    shown = {one.measure: one for one in recall_figures(carter, TODAY).figures}
    assert (shown["type-standard"].count, shown["type-standard"].of) == (-1, 6)  # the one left over would be known
    assert shown["type-fixed-term"].count == -1
    assert shown["type-standard"].numbers == ()
    assert recall_figures(stranger, TODAY).now == 0
    assert recall_figures(manager, TODAY).hidden is False


def test_a_period_that_cannot_be(manager: Actor) -> None:
    with pytest.raises(Invalid):
        recall_figures(manager, TODAY, as_at=TODAY + timedelta(days=1))
    with pytest.raises(Invalid):
        recall_figures(manager, TODAY, since=TODAY, until=TODAY - timedelta(days=1))
