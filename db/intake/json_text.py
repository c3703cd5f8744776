"""Reading JSON element by element, for the file the quick way will not take, and saying what is wrong with it."""

import json
import re
from typing import Any, NamedTuple

from db.errors import Invalid

NOTHING = "Nothing was taken in."
_CONTENT = re.compile(r'"content"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


class Loose(NamedTuple):
    """The elements of a JSON text, each with the line it begins on.

    Attributes:
        items: line and value.
        listed: whether they stood in a list, rather than one record alone.
        total: how many there are in all pages, where the text says so.
    """

    items: list[tuple[int, Any]]
    listed: bool
    total: int | None


def read_loosely(text: str, cut_off: bool) -> Loose:
    """Read what a JSON text holds, overlooking NaN, half a surrogate or a comma too many.

    Args:
        text: a list, an object with the list `content`, or one object.
        cut_off: whether it is known to stop in the middle.

    Raises:
        Invalid: it is cut off, broken, or nested beyond reason; the sentence says where, and what came before.
    """
    begins = len(text) - len(text.lstrip())
    wrapped = _CONTENT.search(text) if text[begins] == "{" else None
    listed = text[begins] == "[" or wrapped is not None
    items: list[tuple[int, Any]] = []
    total = None
    try:
        if wrapped:
            end = _elements(text, wrapped.end(), items)
            total, end = _envelope(text, begins, wrapped.end(), end)
        elif listed:
            end = _elements(text, begins + 1, items)
        else:
            value, end = json.JSONDecoder(strict=False).raw_decode(text, begins)
            items.append((text.count("\n", 0, begins) + 1, value))
    except RecursionError:
        raise Invalid(f"This file is nested deeper than any extract is. {NOTHING}") from None
    except ValueError as error:
        raise Invalid(_broken(text, error, cut_off, len(items) if listed else None)) from None
    if text[end:].strip():
        line = text.count("\n", 0, end) + 1
        raise Invalid(f"This file goes on after its end (line {line}): it is not one JSON extract. {NOTHING}")
    return Loose(items, listed, total)


def _envelope(text: str, begins: int, first: int, after: int) -> tuple[int | None, int]:
    """How many people the object around a list counts, and where that object ends."""
    hollow = f"{text[begins:first]}]{text[after:]}"
    try:
        value, end = json.JSONDecoder(strict=False).raw_decode(hollow)
    except json.JSONDecodeError as error:
        at = error.pos + (begins if error.pos < first - begins else after - first + begins - 1)
        raise json.JSONDecodeError(error.msg, text, min(at, len(text))) from None
    total = value.get("totalElements")
    return (total if isinstance(total, int) else None), end - 1 + after - (first - begins)


def _elements(text: str, position: int, items: list[tuple[int, Any]]) -> int:
    decoder = json.JSONDecoder(strict=False)
    line, counted = 1, 0
    while True:
        if between := _BETWEEN.match(text, position):
            position = between.end()
        if text[position : position + 1] == "]":
            return position + 1
        value, end = decoder.raw_decode(text, position)
        line += text.count("\n", counted, position)
        items.append((line, value))
        counted, position = position, end


def _broken(text: str, error: ValueError, cut_off: bool, whole: int | None) -> str:
    at = error.pos if isinstance(error, json.JSONDecodeError) else 0
    unclosed = isinstance(error, json.JSONDecodeError) and error.msg.startswith("Unterminated string")
    if cut_off or unclosed or at >= len(text.rstrip()):
        return _cut_off(text, whole)
    return f"This file begins like JSON but is broken on line {text.count(chr(10), 0, at) + 1}. {NOTHING}"


def _cut_off(text: str, whole: int | None) -> str:
    line = text.rstrip().count("\n") + 1
    if whole is None:
        return f"This file is cut off: it stops in the middle of a record, on line {line}. {NOTHING}"
    people = "1 whole record" if whole == 1 else f"{whole} whole records"
    return f"This file is cut off: it stops on line {line}; {people} could be read before that. {NOTHING}"
