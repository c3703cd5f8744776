"""Which passwords are refused: short ones, common ones, the user's own name."""

import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from db.errors import Invalid

SHORTEST = 10
COMMON = Path(__file__).parent / "common_passwords.txt"


def plain(text: str) -> str:
    """`text` in one Unicode form (NFKC), so that the same keys give the same password on every machine."""
    return unicodedata.normalize("NFKC", text)


def refuse_weak(user: str, password: str) -> None:
    """Raise Invalid, saying why, if `password` is under 10 characters, common, one pattern, or the user's name."""
    word = plain(password).casefold()
    if len(word) < SHORTEST:
        raise Invalid(f"A password needs at least {SHORTEST} characters. Three or four words do well.", "password")
    name = plain(user).casefold().strip()
    stem = word.strip("0123456789!?.,*#£$%&@-_ ")
    if len(name) > 2 and name in (word, stem):
        raise Invalid("A password may not be the user name. Three or four words do well.", "password")
    if len(set(word)) < 4 or _counted(word) or word in common() or (stem and stem in common()):
        raise Invalid("That password is among the first anybody would try. Three or four words do well.", "password")


def _counted(word: str) -> bool:
    """Whether every character is one more, or one less, than the one before it: abcdefghij, 0987654321 apart."""
    steps = {ord(after) - ord(before) for before, after in pairwise(word)}
    return steps in ({1}, {-1})


@cache
def common() -> frozenset[str]:
    """The common passwords shipped, case-folded: our own list, also of what a prison's staff would think of first."""
    lines = COMMON.read_text("utf-8").splitlines()
    return frozenset(line.strip().casefold() for line in lines if line.strip() and not line.startswith("#"))
