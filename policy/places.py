"""Where somebody is: the wing of a cell, and the words for places that are no cells.

Source: cli.md, Extracts ("Cells are kept as given; the wing is the first part after an establishment
prefix"). The words are in `codes.toml`.
"""

import re
from functools import lru_cache

from policy.codes import codes

_PREFIX = re.compile(r"[A-Z]{3}")
_RUN_TOGETHER = re.compile(r"([A-Z]{1,4})\d+[A-Z]?")


@lru_cache(maxsize=8192)
def wing_of(cell: str, establishment: str = "") -> str:
    """The wing of a cell; empty for a place that is no cell, and where a cell does not tell.

    `LEI-A-1-1` is A, `1-2-003` is 1, `A123` is A. Three letters in front are an establishment's code if they
    are this establishment's or, as far as nothing speaks against it, look like one: a unit known by three letters
    (CSU, HCC) is a wing, and so, where this establishment's code is known, is any other before a number.
    Longer words (`MCASU-CASU1-C1-004`) are a unit's own name.
    """
    parts = [part.strip() for part in cell.upper().split("-")]
    here = establishment.strip().upper()
    if (len(parts) > 1 and parts[0] == here) or (len(parts) > 2 and _is_prefix(parts[0], parts[1], here)):
        parts = parts[1:]
    if parts[-1] in codes().place:
        return ""
    if len(parts) > 1:
        return parts[0]
    together = _RUN_TOGETHER.fullmatch(parts[0])
    if together:
        return together[1]
    return parts[0] if len(parts[0]) <= 2 and parts[0].isalpha() else ""


def _is_prefix(first: str, second: str, establishment: str) -> bool:
    if not _PREFIX.fullmatch(first) or first in codes().units.codes:
        return False
    return not establishment or second[:1].isalpha()


def place_of(cell: str, in_out: str = "", movement: str = "") -> str:
    """Where somebody is, in words: the cell as given, or reception, court and the like.

    Args:
        cell: as the extract gives it.
        in_out: `IN`, `OUT` or `TRN`; a status ending in one (`ACTIVE OUT`) will do.
        movement: type and reason of the last movement (`CRT-19`), for somebody who is out.
    """
    word = codes().place.get(cell.upper().rpartition("-")[2].strip())
    if word is not None:
        return word
    whereabouts = in_out.strip().upper().rpartition(" ")[2]
    if whereabouts == "TRN":
        return codes().out["TRN"]
    if whereabouts == "OUT":
        return codes().out.get(movement.partition("-")[0].strip().upper(), "out")
    return cell.strip()
