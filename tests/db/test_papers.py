"""Papers as PDF and as plain text."""

import re
import stat
from datetime import date
from pathlib import Path

import pytest

from db import papers
from db.errors import AlreadyThere, Invalid, NotFound
from db.papers import Facts, Grid, Heading, Lines, Paper, Points, Says
from db.rows import Actor, Role
from tests.screens import casework

TODAY = casework.TODAY
PAPER = Paper(
    "Plan",
    "O'NEILL-ŁUKASZEWICZ Renée  A1234BC",
    (
        Heading("Why"),
        Says("He said: \x1b[31mred\x1b[0m.", strong=True),
        Points(("one " * 40, "two"), ticks=True),
        Facts((("Name", "Renée"), ("Tier", ""))),
        Grid(("What", "Who"), tuple((f"step {number}", "OS") for number in range(60)), (80, 20)),
        Lines(2),
    ),
    foot="For staff.",
)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    casework.make(tmp_path)
    return tmp_path


def text(paper: Paper) -> str:
    return papers.content(Path("paper.txt"), paper, TODAY).decode()


def test_text_keeps_to_its_width_and_holds_everything() -> None:
    lines = text(PAPER).splitlines()
    assert max(map(len, lines)) <= 76
    assert "Renée" in text(PAPER)
    assert "step 59" in text(PAPER)
    assert "[ ] two" in lines
    assert "For staff." in lines


def test_large_type_is_narrower() -> None:
    large = Paper("Plan", "Him", (Says("word " * 60),), large=True)
    assert max(map(len, text(large).splitlines())) == 60


def test_lines_to_write_on_that_do_not_fit_go_on_on_the_next_page() -> None:
    def pages(number: int) -> int:
        made = papers.content(Path("paper.pdf"), Paper("Agenda", "Him", (Lines(number),)), TODAY)
        return len(re.findall(rb"/Type\s*/Page\b(?!s)", made))

    assert [pages(number) for number in (2, 60, 100)] == [1, 2, 3]


def test_what_is_empty_is_said_to_be_not_known() -> None:
    assert any(line.split() == ["Tier:", "not", "known"] for line in text(PAPER).splitlines())


def test_control_characters_are_shown_not_sent() -> None:
    assert "\x1b" not in text(PAPER)
    assert "␛[31mred" in text(PAPER)


def test_a_pdf_is_one_with_its_font_in_it_and_the_same_on_the_same_day() -> None:
    made = papers.content(Path("paper.PDF"), PAPER, TODAY)
    assert made.startswith(b"%PDF-")
    assert b"/FontFile2" in made
    assert made == papers.content(Path("paper.pdf"), PAPER, TODAY)
    assert made != papers.content(Path("paper.pdf"), PAPER, date(2026, 3, 3))


def test_another_ending_is_refused() -> None:
    with pytest.raises(Invalid, match="ends in"):
        papers.content(Path("paper.doc"), PAPER, TODAY)


def test_a_paper_is_written_for_its_owner_only_and_never_over_another_unasked(record: Path) -> None:
    file = record / "plan.pdf"
    papers.write_paper(casework.CARTER, file, PAPER, TODAY)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(AlreadyThere):
        papers.write_paper(casework.CARTER, file, PAPER, TODAY)
    papers.write_paper(casework.CARTER, file, PAPER, TODAY, replace=True)


def test_the_case_summary_says_who_what_is_due_and_what_is_known(record: Path) -> None:
    casework.settle(casework.BARLOW)
    said = text(papers.of_case(casework.CARTER, "case-summary", casework.BARLOW, TODAY))
    assert "BARLOW Dean  A1234BC" in said
    assert "J Carter" in said
    assert "P Dunn, 01632 960001" in said
    assert "days late" in said
    assert "Offender manager" in said


def test_nobody_and_nothing_unknown_is_printed(record: Path) -> None:
    with pytest.raises(NotFound):
        papers.of_case(casework.CARTER, "case-summary", "Z9999ZZ", TODAY)
    with pytest.raises(Invalid, match="no paper called"):
        papers.of_case(Actor("x", "X", Role.MANAGER, "t"), "letter", casework.BARLOW, TODAY)
