"""Which type of sentence an extract speaks of: its status code, its legal status and its own flag must agree.

Source: cli.md, Extracts; rulebook.md, Calendar (Sentence length).
"""

from typing import NamedTuple

from policy.codes import YesNo, legal_status, sentence_type


class SentenceFound(NamedTuple):
    """A type of sentence (empty: not known), and why somebody must be asked (empty: nobody need be)."""

    type: str
    ask: str


def find_sentence_type(imprisonment_status: str, legal: str, endless: YesNo | None) -> SentenceFound:
    """The type of sentence: extended, IPP and life by the status code, else determinate if sentenced.

    Args:
        imprisonment_status: the code, empty where it is not given.
        legal: the legal status as the extract says it.
        endless: the extract's own flag for an indeterminate sentence, None where it is not given.
    """
    kind = sentence_type(imprisonment_status)
    status = legal_status(legal)
    indeterminate = status is not None and status.value == "indeterminate"
    if kind in ("ipp", "life"):
        if endless == "no":
            return SentenceFound(
                "", "The imprisonment status says life or IPP, the extract's flag says it is not. Which?"
            )
        return SentenceFound(kind, "")
    if endless == "yes" or indeterminate:
        if endless == "no":
            ask = "The legal status says the sentence has no end, the extract's flag says it has. Which type is it?"
        elif imprisonment_status:
            ask = "The extract says the sentence has no end, the imprisonment status does not. Which type is it?"
        else:
            ask = "The sentence has no end, but whether it is life or IPP is not given. Which type is it?"
        return SentenceFound("", ask)
    if kind is not None:
        return SentenceFound(kind, "")
    return SentenceFound("determinate" if status is not None and status.sentenced else "", "")
