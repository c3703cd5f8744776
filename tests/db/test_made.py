"""Lists whose things are made when they are looked at."""

import pytest

from db.made import Made


def test_things_are_made_when_they_are_looked_at_and_once() -> None:
    made: list[object] = []

    def make(source: object) -> str:
        made.append(source)
        return f"<{source}>"

    few = Made(lambda: ["a", "b", "c"], make)
    assert len(few) == 3
    assert made == []
    assert few[-1] == few[2] == "<c>"
    assert few[:2] == ("<a>", "<b>")
    assert made == ["c", "a", "b"]
    assert list(few) == ["<a>", "<b>", "<c>"]
    assert len(made) == 3
    with pytest.raises(IndexError):
        few[3]


def test_two_lists_from_the_same_things_are_equal_and_an_empty_one_is_like_an_empty_tuple() -> None:
    assert Made(lambda: [1, 2], str) == Made(lambda: [1, 2], str)
    assert Made(lambda: [1, 2], str) != Made(lambda: [2, 1], str)
    assert Made(list, str) == ()
    assert Made(lambda: [1], str) == ("1",)
    assert repr(Made(lambda: [1, 2], str)) == "('1', '2')"
