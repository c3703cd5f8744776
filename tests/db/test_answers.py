"""What extracts leave open, or got wrong: answered, not asked again, undone whole; two numbers, one person."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db import commands, views
from db.commands.answer import BY_HAND, EXTRACT, NOTED
from db.errors import Invalid, NotAllowed, Stale
from db.moving import Movement
from db.rows import Actor, Intake, Role
from db.verify import verify
from db.views.duplicates import pairs
from policy.facts import facts
from tests.db import records
from tests.db.records import TODAY, person

BARLOW, KAUR, MARSH = "A1234BC", "A0091KK", "A2222MT"
TOMORROW = TODAY + timedelta(1)
NAMES = {BARLOW: "BARLOW", KAUR: "KAUR", MARSH: "MARSH"}


class Place:
    """A record, its directory, and two people at it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.manager = records.opened(directory)
        self.admin = records.staffed(self.manager, "mosei", Role.ADMINISTRATOR)

    def take(self, *numbers: str, **changed: Any) -> Intake:
        """Take in an extract of these; `changed` is said of the first."""
        people = [person(number, lastName=NAMES.get(number, "NEW")) for number in numbers]
        people[0].update(changed)
        return records.taken_in(self.manager, self.directory, *people, today=TOMORROW)

    def last(self) -> str:
        """The command of the newest intake."""
        return views.intakes(self.admin)[0].command


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Three people, taken in yesterday."""
    made = Place(tmp_path)
    people = [person(number, lastName=name) for number, name in NAMES.items()]
    records.taken_in(made.manager, tmp_path, *people)
    yield made
    records.closed()


def fact(number: str, name: str) -> str:
    found = views.case_detail(Actor("x", "X", Role.INSPECTOR, "t"), number, TOMORROW)
    return next(row.value for row in found.facts if row.fact == name)


def about(place: Place) -> list[tuple[str, str]]:
    return [(one.number, one.about) for one in views.asked(place.admin, TOMORROW)]


def sound() -> bool:
    return verify(TOMORROW).faults == ()


# Gone -----------------------------------------------------------------------------------------------------------------


def test_those_gone_are_answered_for_together_and_one_undo_asks_again(place: Place) -> None:
    place.take(BARLOW)
    assert about(place) == [(KAUR, "gone"), (MARSH, "gone")]
    commands.answer_gone(place.admin, [KAUR, MARSH], Movement("release", TODAY), TOMORROW)
    assert about(place) == []
    assert (fact(KAUR, "left"), fact(MARSH, "left-how")) == (TODAY.isoformat(), "released")
    commands.undo(place.admin, TOMORROW)
    assert about(place) == [(KAUR, "gone"), (MARSH, "gone")]
    assert sound()


def test_who_is_still_here_stays_and_is_asked_about_at_the_next_extract_without_them(place: Place) -> None:
    place.take(BARLOW, KAUR)
    commands.answer_gone(place.admin, [MARSH], None, TOMORROW)
    assert about(place) == []
    place.take(BARLOW, KAUR)
    assert about(place) == [(MARSH, "gone")]


def test_a_death_is_not_recorded_for_several_at_once(place: Place) -> None:
    place.take(BARLOW)
    with pytest.raises(Invalid, match="one person at a time"):
        commands.answer_gone(place.admin, [KAUR, MARSH], Movement("death", TODAY), TOMORROW)


def test_the_second_answer_about_somebody_is_told_of_the_first(place: Place) -> None:
    place.take(BARLOW)
    commands.answer_gone(place.manager, [KAUR], Movement("release", TODAY), TOMORROW)
    with pytest.raises(Stale, match="has left"):
        commands.answer_gone(place.admin, [KAUR, MARSH], Movement("release", TODAY), TOMORROW)
    assert about(place) == [(MARSH, "gone")]


# Questions ------------------------------------------------------------------------------------------------------------


def test_a_correction_the_extract_speaks_against_is_kept_or_given_up_and_not_asked_again(place: Place) -> None:
    for number in (BARLOW, KAUR):
        commands.set_facts(place.admin, number, {"sentence-expiry": "2028-03-01"}, TODAY)
    place.take(BARLOW, KAUR, MARSH, sentenceExpiryDate="2028-04-01")
    (one,) = views.asked(place.admin, TOMORROW)
    assert (one.number, one.mine, one.theirs) == (BARLOW, "2028-03-01", "2028-04-01")
    commands.answer(place.admin, {BARLOW: [one.about]}, BY_HAND, TOMORROW)
    assert about(place) == []
    assert fact(BARLOW, "sentence-expiry") == "2028-03-01"
    assert place.take(BARLOW, KAUR, MARSH, sentenceExpiryDate="2028-04-01").questions == ()
    place.take(BARLOW, KAUR, MARSH, sentenceExpiryDate="2028-05-01")
    commands.answer(place.admin, {BARLOW: [one.about]}, EXTRACT, TOMORROW)
    assert fact(BARLOW, "sentence-expiry") == "2028-05-01"
    assert sound()


def test_what_an_extract_could_not_settle_is_answered_with_the_fact_and_stays_answered(place: Place) -> None:
    place.take(BARLOW, KAUR, MARSH, recall=True)
    assert about(place) == [(BARLOW, "recall")]
    commands.answer(place.admin, {BARLOW: ["recall"]}, NOTED, TOMORROW, {"recall": "standard"})
    assert (about(place), fact(BARLOW, "recall")) == ([], "standard")
    assert place.take(BARLOW, KAUR, MARSH, recall=True).questions == ()
    assert about(place) == []


def test_an_answered_question_comes_back_where_its_evidence_changes(place: Place) -> None:
    place.take(BARLOW, KAUR, MARSH, recall=True)
    commands.answer(place.admin, {BARLOW: ["recall"]}, NOTED, TOMORROW, note="Asked the prison.")
    place.take(BARLOW, KAUR, MARSH, recall=True, imprisonmentStatus="SENT03")
    assert about(place) == [(BARLOW, "recall")]


def test_undoing_an_answer_asks_again(place: Place) -> None:
    place.take(BARLOW, KAUR, MARSH, recall=True)
    commands.answer(place.admin, {BARLOW: ["recall"]}, NOTED, TOMORROW)
    commands.undo(place.admin, TOMORROW)
    assert about(place) == [(BARLOW, "recall")]


def test_a_question_somebody_has_answered_meanwhile_is_not_answered_twice(place: Place) -> None:
    place.take(BARLOW, KAUR, MARSH, recall=True)
    commands.answer(place.manager, {BARLOW: ["recall"]}, NOTED, TOMORROW)
    with pytest.raises(Stale, match="has just answered this"):
        commands.answer(place.admin, {BARLOW: ["recall"]}, NOTED, TOMORROW)


# A move is no correction ----------------------------------------------------------------------------------------------


def test_after_a_cell_move_by_hand_the_next_extract_takes_over_without_a_question(place: Place) -> None:
    commands.rehouse(place.admin, {BARLOW: "C-1-001"}, TODAY)
    assert place.take(BARLOW, KAUR, MARSH).questions == ()
    assert fact(BARLOW, "cell") == "C-1-001"
    assert place.take(BARLOW, KAUR, MARSH, cellLocation="D-1-001").questions == ()
    assert fact(BARLOW, "cell") == "D-1-001"


def test_somebody_whose_clocks_stand_still_and_who_is_here_again_by_an_extract_is_asked_about(place: Place) -> None:
    commands.move(place.admin, BARLOW, Movement("hospital", TODAY), TODAY)
    place.take(BARLOW, KAUR, MARSH, status="ACTIVE OUT", inOutStatus="OUT")
    assert about(place) == []
    place.take(BARLOW, KAUR, MARSH, cellLocation="H-1-001")
    assert about(place) == [(BARLOW, "away")]
    commands.answer(place.admin, {BARLOW: ["away"]}, NOTED, TOMORROW, {"away": "no"})
    assert about(place) == []
    assert place.take(BARLOW, KAUR, MARSH, cellLocation="H-1-001").questions == ()
    assert sound()


# Undoing an intake ----------------------------------------------------------------------------------------------------


def test_a_whole_intake_is_undone_by_another_than_took_it_in_and_can_be_taken_in_again(place: Place) -> None:
    done = place.take(BARLOW, KAUR, "A7777ZZ", cellLocation="C-9", recall=True)
    assert (done.new, done.changed, done.gone) == (1, 1, 1)
    said = commands.undo_intake(place.admin, place.last(), TOMORROW).sentence
    assert said == "Undone: the intake of extract.json, 3 people."
    assert (fact(BARLOW, "cell"), about(place)) == ("B-2-014", [])
    assert views.whereabouts_now(place.admin, "A7777ZZ", TOMORROW) is None
    assert sound()
    again = place.take(BARLOW, KAUR, "A7777ZZ", cellLocation="C-9", recall=True)
    assert (again.new, again.changed, again.gone) == (1, 1, 1)
    assert (fact(BARLOW, "cell"), about(place)) == ("C-9", [(MARSH, "gone"), (BARLOW, "recall")])
    assert sound()


def test_undoing_an_intake_asks_again_what_it_had_settled(place: Place) -> None:
    place.take(BARLOW, KAUR, recall=True)
    place.take(BARLOW, KAUR, MARSH)
    assert about(place) == []
    commands.undo_intake(place.admin, place.last(), TOMORROW)
    assert about(place) == [(MARSH, "gone"), (BARLOW, "recall")]
    assert sound()


def test_the_first_intake_undone_is_the_first_again(place: Place) -> None:
    commands.undo_intake(place.admin, place.last(), TOMORROW)
    assert verify(TOMORROW).cases == 0
    assert place.take(BARLOW).first
    assert sound()


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (lambda place: place.take(BARLOW, KAUR, cellLocation="D-1"), "was changed again since"),
        (lambda place: commands.rehouse(place.admin, {BARLOW: "E-1"}, TOMORROW), "recorded by hand since"),
        (
            lambda place: commands.answer_gone(place.admin, [MARSH], Movement("release", TODAY), TOMORROW),
            "having left since",
        ),
    ],
    ids=["another intake", "a fact it changed", "an answer"],
)
def test_an_intake_that_something_was_built_on_is_not_undone(place: Place, build: Any, why: str) -> None:
    place.take(BARLOW, KAUR, cellLocation="C-9")
    first = place.last()
    build(place)
    with pytest.raises(Stale, match=why):
        commands.undo_intake(place.admin, first, TOMORROW)
    assert sound()


def test_an_answer_that_was_taken_back_does_not_stand_in_its_way(place: Place) -> None:
    place.take(BARLOW, KAUR, cellLocation="C-9")
    first = place.last()
    commands.answer_gone(place.admin, [MARSH], Movement("release", TODAY), TOMORROW)
    commands.undo(place.admin, TOMORROW)
    assert (MARSH, "gone") in about(place)
    commands.undo_intake(place.admin, first, TOMORROW)
    assert (MARSH, "gone") not in about(place)
    assert sound()


def test_work_on_somebody_whom_an_intake_only_changed_does_not_stand_in_its_way(place: Place) -> None:
    place.take(BARLOW, KAUR, MARSH, cellLocation="C-9")
    commands.set_facts(place.admin, BARLOW, {"offender-manager": "P Dunn"}, TOMORROW)
    commands.undo_intake(place.admin, place.last(), TOMORROW)
    assert (fact(BARLOW, "cell"), fact(BARLOW, "offender-manager")) == ("B-2-014", "P Dunn")


def test_the_history_says_what_an_intake_changed_and_who_undid_it(place: Place) -> None:
    place.take(BARLOW, KAUR, cellLocation="C-9")
    told = views.intake_detail(place.admin, place.last())
    assert told is not None
    assert [(line.number, line.what, len(line.changes)) for line in told.lines] == [
        (BARLOW, "changed", 1),
        (MARSH, "gone", 0),
    ]
    commands.undo_intake(place.admin, place.last(), TOMORROW)
    assert views.intakes(place.admin)[0].undone == place.admin.name
    with pytest.raises(Invalid, match="undone before"):
        commands.undo_intake(place.admin, place.last(), TOMORROW)


def test_a_supervisor_undoes_no_intake(place: Place) -> None:
    carter = records.staffed(place.manager, "jcarter", Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        commands.undo_intake(carter, place.last(), TOMORROW)


# Missing facts --------------------------------------------------------------------------------------------------------


def test_missing_facts_are_those_the_role_is_asked_for_the_most_needed_first(place: Place) -> None:
    found = views.gaps(place.admin, TOMORROW)
    assert (found[0].fact, found[0].label) == ("licence-expiry", "Licence expiry (LED)")
    assert all(facts()[gap.fact].owner == "CA" for gap in found)
    assert [gap.duties for gap in found] == sorted((gap.duties for gap in found), reverse=True)
    commands.set_facts(place.admin, BARLOW, {"licence-expiry": "2028-02-18"}, TOMORROW)
    assert (BARLOW, "licence-expiry") not in [(gap.number, gap.fact) for gap in views.gaps(place.admin, TOMORROW)]


# One person under two numbers -----------------------------------------------------------------------------------------


def test_the_same_name_and_birth_date_under_two_numbers_is_a_possible_duplicate(place: Place) -> None:
    records.taken_in(place.manager, place.directory, person("B9999ZZ", lastName="KAUR"), partial=True)
    (pair,) = pairs(place.admin, TODAY)
    assert (pair.number, pair.other, pair.why) == (KAUR, "B9999ZZ", "the same name and date of birth")


@pytest.mark.parametrize("number", ["A1234BD", "A1243BC"], ids=["one character", "two changed about"])
def test_a_number_that_looks_mistyped_is_a_possible_duplicate(place: Place, number: str) -> None:
    other = person(number, lastName="BARLOW", firstName="DEAN PAUL")
    records.taken_in(place.manager, place.directory, other, partial=True)
    assert [(pair.number, pair.other) for pair in pairs(place.admin, TODAY)] == [(BARLOW, number)]


def test_another_birth_date_or_name_is_none(place: Place) -> None:
    others = (person("B9999ZZ", lastName="KAUR", dateOfBirth="1971-01-01"), person("A1234BD", lastName="NOBODY"))
    records.taken_in(place.manager, place.directory, *others, partial=True)
    assert pairs(place.admin, TODAY) == ()


def test_two_numbers_are_linked_and_unlinked_and_both_cases_say_so(place: Place) -> None:
    records.taken_in(place.manager, place.directory, person("B9999ZZ", lastName="KAUR"), partial=True)
    commands.link(place.admin, "B9999ZZ", KAUR, True, TODAY, seen="")
    for number, other in ((KAUR, "B9999ZZ"), ("B9999ZZ", KAUR)):
        found = views.case_detail(place.admin, number, TODAY)
        assert found.stands == (f"Linked with {other}: one person under two numbers.",)
    assert [pair.said for pair in pairs(place.admin, TODAY)] == ["yes"]
    commands.unlink(place.admin, KAUR, "B9999ZZ", TODAY, seen="yes")
    assert views.case_detail(place.admin, KAUR, TODAY).stands == ()
    assert [pair.said for pair in pairs(place.admin, TODAY)] == [""]
    assert sound()


def test_two_who_decide_differently_about_one_pair_see_both_versions(place: Place) -> None:
    commands.link(place.manager, BARLOW, KAUR, True, TODAY, seen="")
    with pytest.raises(Stale) as stale:
        commands.link(place.admin, BARLOW, KAUR, False, TODAY, seen="")
    assert (stale.value.mine, stale.value.theirs) == ("two people", "one person")


def test_rows_an_intake_left_out_can_be_looked_up_afterwards(place: Place) -> None:
    records.taken_in(
        place.manager, place.directory, person(BARLOW, lastName="BARLOW"), person(KAUR, lastName=""), today=TOMORROW
    )
    told = views.intake_detail(place.admin, place.last())
    assert told is not None
    assert [(one.number, one.reason) for one in told.refused] == [(KAUR, "the surname is missing")]
