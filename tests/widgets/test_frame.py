"""The frame: nothing of it is cut at eighty columns, and it says what it should."""

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from db.rows import Counts, State
from tests.widgets.stage import LARGE, SMALL, TODAY, Stage, play
from widgets import looks
from widgets.frame import Drawn, Key, KeyLine, Notice, Place, Places, Rule, SummaryLine, TopLine
from widgets.lines import width_of
from widgets.looks import Look


def said(widget: Drawn, width: int = 80) -> list[str]:
    lines = widget.lines(width)
    assert all(width_of(line) <= width for line in lines)
    return ["".join(piece.text for piece in line) for line in lines]


def top(**values: object) -> TopLine:
    line = TopLine()
    for name, value in {
        "place": "HMP Example · B wing",
        "who": "J Carter",
        "role": "supervisor",
        "today": TODAY,
        **values,
    }.items():
        setattr(line, name, value)
    return line


def test_the_top_line_says_where_who_and_when() -> None:
    assert said(top()) == ["Wingdesk · HMP Example · B wing             J Carter, supervisor  Mon 2 Mar 2026"]


def test_the_place_is_shortened_first() -> None:
    (line,) = said(top(place="HMP & YOI Somewhere With a Long Name · B wing"))
    assert line.startswith("Wingdesk · HMP & YOI Somewhere")
    assert "…" in line
    assert line.endswith("J Carter, supervisor  Mon 2 Mar 2026")


def test_a_demonstration_says_so_whatever_else_must_be_shortened() -> None:
    (line,) = said(top(demonstration=True, who="Christopher Featherstone-Haugh", role="case administrator"))
    assert line.startswith("Wingdesk · DEMONSTRATION")
    assert "C Featherstone-Haugh, case administrator" in line
    assert line.endswith("2 Mar 2026")


def test_the_current_place_is_the_strong_one() -> None:
    places = Places([Place("1", "Caseload"), Place("5", "Records")], "5")
    assert said(places) == ["1 Caseload  5 Records"]
    strong = [piece.text for piece in places.lines(80)[0] if piece.ink == "strong"]
    assert strong == ["Records"]


def counts(safety: int = 0, overdue: int = 6, unseen: int = 3, cases: int = 38) -> Counts:
    states = ((State.SAFETY, safety), (State.OVERDUE, overdue), (State.TODAY, 2), (State.WEEK, 4), (State.UNKNOWN, 5))
    return Counts(cases, states, unseen)


def test_the_summary_gives_every_count_with_mark_and_word() -> None:
    line = "Mine 38   ! 6 overdue   ● 2 today   ◐ 4 in 7 days   ? 5 cannot tell   3 unseen"
    assert said(SummaryLine("Mine", counts())) == [line]


def test_a_safety_handover_is_counted_first() -> None:
    assert said(SummaryLine("Mine", counts(safety=1)))[0].startswith("Mine 38  ‼ 1 safety  ! 6 ")


def test_a_summary_too_long_for_a_line_goes_onto_a_second() -> None:
    lines = said(SummaryLine("All", counts(12, 48160, 13044, 100000)))
    assert len(lines) == 2
    assert " ".join(lines).endswith("13044 unseen")
    assert all(word in " ".join(lines) for word in ("‼ 12 safety", "! 48160 late", "● 2 today", "? 5 cannot tell"))


def test_the_rule_carries_its_words_at_the_end() -> None:
    assert said(Rule("12 of 38"))[0].endswith("── 12 of 38 ─")
    assert said(Rule()) == ["─" * 80]


def test_the_last_line_takes_six_keys_and_no_more() -> None:
    six = [Key(letter, "does it") for letter in "abcdef"]
    assert len(KeyLine(six).keys) == 6
    with pytest.raises(ValueError, match="At most 6 keys"):
        KeyLine([*six, Key("g", "too much")])


def test_the_keys_move_together_before_anything_is_cut() -> None:
    keys = [
        Key("Enter", "open"),
        Key("d", "meet a duty"),
        Key("c", "log a contact"),
        Key("t", "triage"),
        Key("/", "find"),
        Key("?", "all the keys"),
    ]
    (line,) = said(KeyLine(keys))
    assert line == "Enter open  d meet a duty  c log a contact  t triage  / find  ? all the keys"


def test_what_was_done_is_said_in_place_of_the_keys() -> None:
    line = KeyLine([Key("Enter", "open")])
    line.said = "Logged: next meeting by Thu 2 Apr."
    assert said(line) == ["Logged: next meeting by Thu 2 Apr."]
    line.said = ""
    assert said(line) == ["Enter open"]


def test_the_frame_is_ascii_where_it_must_be() -> None:
    looks.use(Look(marks=False, unicode=False))
    assert said(Rule()) == ["-" * 80]
    assert said(SummaryLine("Mine", counts(1)))[0].startswith("Mine 38  #! 1 safety  ! 6")


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_frame_takes_one_line_each_on_the_screen(size: tuple[int, int]) -> None:
    notice = Notice()
    notice.text = "Kept as a draft 2 seconds ago"
    furniture: list[Widget] = [
        top(),
        Places([Place("1", "Caseload")], "1"),
        SummaryLine("Mine", counts()),
        Rule(),
        notice,
    ]
    stage = Stage(*furniture)

    async def scene(pilot: Pilot[None]) -> None:
        lines = stage.text.splitlines()
        assert lines[0].startswith("Wingdesk · HMP Example")
        assert lines[0].endswith("Mon 2 Mar 2026")
        assert [line.split()[0] for line in lines[1:3]] == ["1", "Mine"]
        assert set(lines[3]) == {"─"}
        assert lines[4].startswith("Kept as a draft")

    play(stage, scene, size)
