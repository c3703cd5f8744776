"""The kinds of sentence the demonstration's people serve, and how many of each."""

from collections.abc import Mapping

import msgspec


class Kind(msgspec.Struct, frozen=True):
    """One kind.

    Attributes:
        share: how many in a hundred.
        legal: the legal status, as the facts say it.
        codes: imprisonment statuses an extract would give.
        type: the sentence type; empty for somebody not sentenced.
        months: the shortest and longest sentence.
        recall: the type of recall; empty for somebody who is not recalled.
        back: the fewest and most days since a return to custody.
    """

    share: float
    legal: str
    codes: tuple[str, ...]
    type: str = ""
    months: tuple[int, int] = (0, 0)
    recall: str = ""
    back: tuple[int, int] = (0, 0)
    days: str = ""


KINDS: Mapping[str, Kind] = {
    "remand": Kind(11, "remand", ("RX", "TRL")),
    "unsentenced": Kind(3, "convicted-unsentenced", ("JR", "SEC38")),
    "short": Kind(11, "sentenced", ("ADIMP_ORA",), "determinate", (3, 11)),
    "medium": Kind(32, "sentenced", ("ADIMP_ORA", "SENT03"), "determinate", (12, 48)),
    "long": Kind(21, "sentenced", ("ADIMP_ORA", "SENT03"), "determinate", (54, 168)),
    "extended": Kind(5, "sentenced", ("EXSENT03", "EXSENT08"), "extended", (72, 190)),
    "ipp": Kind(3, "indeterminate", ("IPP",), "ipp"),
    "life": Kind(6, "indeterminate", ("MLP", "ALP", "DLP"), "life"),
    "recall-standard": Kind(3.8, "recall", ("LR_ORA", "LR"), "determinate", (20, 84), "standard", (1, 170)),
    "recall-28": Kind(1.6, "recall", ("FTR_ORA",), "determinate", (14, 40), "fixed-term", (1, 24), "28"),
    "recall-14": Kind(0.7, "recall", ("14FTR_ORA",), "determinate", (4, 11), "fixed-term", (1, 10), "14"),
    "recall-hdc": Kind(0.6, "recall", ("HDR_ORA", "CUR_ORA"), "determinate", (14, 44), "hdc", (1, 60)),
    "recall-extended": Kind(0.5, "recall", ("LR_ES",), "extended", (90, 180), "extended", (2, 170)),
    "recall-ipp": Kind(0.5, "recall", ("LR_IPP",), "ipp", (0, 0), "ipp", (3, 170)),
    "recall-life": Kind(0.3, "recall", ("LR_LIFE",), "life", (0, 0), "life", (3, 170)),
}
UNSENTENCED = frozenset({"remand", "unsentenced"})
FIXED = frozenset({"short", "medium", "long"})
RECALLED = frozenset(name for name, kind in KINDS.items() if kind.recall)
FIXED_TERM = frozenset({"recall-28", "recall-14"})
STAYING = frozenset(KINDS) - FIXED_TERM - {"recall-hdc"}
SETTLED = frozenset({"medium", "long", "extended", "ipp", "life"})
NEWCOMERS = frozenset({"remand", "unsentenced", "short", "medium"})
ENDLESS = frozenset({"ipp", "life", "recall-ipp", "recall-life"})
