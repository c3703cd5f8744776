"""Where somebody is in the diary, and what is said of its days."""

from datetime import timedelta

from db.rows import Filter
from screens.diary_words import Spot, moved, note_words, off_words, spot
from tests.screens.prison import TODAY

MINE = Filter("mine")


def test_a_route_holds_no_name() -> None:
    here = Spot(Filter("all", wing="B"), TODAY, TODAY + timedelta(3), inside=True, openings=True)
    assert here.coded() == "start=2026-03-02&day=2026-03-05&inside=yes&openings=yes&who=all&wing=B"
    assert spot(here.coded(), MINE, TODAY) == here


def test_a_day_that_has_gone_by_is_today() -> None:
    here = Spot(MINE, TODAY, TODAY + timedelta(1))
    later = TODAY + timedelta(5)
    assert spot(here.coded(), MINE, later) == Spot(MINE, later, later)


def test_nothing_said_is_today_with_everybodys_own_filter() -> None:
    assert spot("", MINE, TODAY) == Spot(MINE, TODAY, TODAY)


def test_going_back_into_the_first_days_shows_them_from_today() -> None:
    far = Spot(MINE, TODAY + timedelta(7), TODAY + timedelta(8))
    assert moved(far, TODAY, -7, 14) == Spot(MINE, TODAY, TODAY + timedelta(1))
    assert moved(far, TODAY, -14, 14) == Spot(MINE, TODAY, TODAY)


def test_beyond_the_list_of_bank_holidays_a_day_says_so() -> None:
    assert note_words(TODAY.replace(year=2031), TODAY) == "weekend, bank holidays not known"
    assert note_words(TODAY.replace(year=2027), TODAY) == ""
    assert off_words(None) == ""
