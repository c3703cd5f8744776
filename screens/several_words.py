"""How a form about several people is asked for: which people, in a route that survives the lock."""

from collections.abc import Iterable
from zlib import crc32

from screens.routes import Route


def about(place: str, numbers: Iterable[str]) -> Route:
    """The way to a form about these people."""
    listed = ",".join(sorted(numbers))
    # A draft belongs to these people and no others.
    return Route(place, cursor=f"{crc32(listed.encode()):08x}", detail=listed)


def numbers_in(text: str) -> frozenset[str]:
    """The prisoner numbers in a text with commas between."""
    return frozenset(number for number in text.split(",") if number)


def people_words(number: int) -> str:
    """So many people, in words."""
    return "1 person" if number == 1 else f"{number} people"
