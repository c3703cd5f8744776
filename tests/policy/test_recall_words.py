"""The prompts for staff: which a contact is told; it has the room of two lines, and gives nothing away."""

import pytest

from policy.recall_words import Prompt, contact_line, recall_words
from widgets.discretion import gives_away
from widgets.lines import Piece, wrap

EVERY = [one.id for one in recall_words().prompt]
ROOM = 63
"""The cells of a text in a form at 80 columns."""


def prompt(id: str) -> Prompt:
    return next(one for one in recall_words().prompt if one.id == id)


@pytest.mark.parametrize("id", EVERY)
def test_a_prompt_has_two_lines_of_a_contact_and_says_how_much_it_rests_on(id: str) -> None:
    line = contact_line([], [id])
    assert line == f"{prompt(id).contact} ({prompt(id).rests})"
    assert len(wrap([Piece(f"({line})")], ROOM)) <= 2
    assert not gives_away(line)


@pytest.mark.parametrize(
    ("live", "fits", "told"),
    [
        (["recall-distress", "recall-contact"], ["first-contact", "distress"], "distress"),
        (["recall-contact", "recall-legal"], ["first-contact", "distress", "just-back"], "first-contact"),
        (["recall-legal", "recall-explained"], ["first-contact", "just-back"], "just-back"),
        (["recall-dossier", "recall-plan"], ["square-one", "feigned"], "square-one"),
        (["recall-distress", "recall-proactive"], ["learning-needs", "feigned", "hope"], "hope"),
        (["recall-28"], ["around-release"], "around-release"),
    ],
)
def test_the_prompt_beside_the_step_that_is_next_is_told_if_it_fits_the_moment(
    live: list[str], fits: list[str], told: str
) -> None:
    assert contact_line(live, fits).startswith(prompt(told).contact)


def test_without_a_recall_there_is_no_prompt() -> None:
    assert contact_line(["induction"], []) == ""
