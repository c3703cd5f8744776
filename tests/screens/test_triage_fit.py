"""Which lines of a case find room when there are more of them than lines on the screen."""

from screens.triage_fit import Block, fit
from widgets.lines import Line, Piece


def lines(*texts: str) -> list[Line]:
    return [[Piece(text)] for text in texts]


def shown(blocks: list[Block], height: int, width: int = 40) -> list[str]:
    return ["".join(piece.text for piece in line) for line in fit(blocks, width, height)]


def test_where_there_is_room_blocks_stand_whole_with_a_blank_line_between() -> None:
    assert shown([Block(lines("a", "b"), 1), Block([], 1), Block(lines("c"), 1)], 9) == ["a", "b", "", "c"]


def test_a_close_block_has_no_blank_line_above_it() -> None:
    assert shown([Block(lines("a"), 1), Block(lines("b"), 1, close=True)], 9) == ["a", "b"]


def test_blank_lines_go_before_anything_that_must_stand() -> None:
    assert shown([Block(lines("a", "b"), 2), Block(lines("c", "d"), 2)], 4) == ["a", "b", "c", "d"]


def test_what_must_stand_of_later_blocks_is_kept_free_by_earlier_ones() -> None:
    blocks = [Block(lines("a", "b", "c"), 1, lambda left: [Piece(f"and {left}")]), Block(lines("x", "y"), 2)]
    assert shown(blocks, 5) == ["a", "and 2", "", "x", "y"]


def test_text_that_goes_on_says_so_within_its_width() -> None:
    assert shown([Block(lines("He will ring the landlord", "on Friday."), 1)], 1, 40) == ["He will ring the landlord …"]
    assert shown([Block(lines("He will ring the landlord", "on Friday."), 1)], 1, 25) == ["He will ring the …"]
