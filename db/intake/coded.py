"""What the codes of one record come to together: statuses, movement, sentence type, recall.

The same few combinations come again and again, so each is worked out once.
"""

from functools import lru_cache
from typing import NamedTuple

from policy.codes import YesNo, legal_status, says_died, status_says_recall, transferred_in
from policy.recall_signals import RecallFound, Signals, find_recall
from policy.sentence_kinds import SentenceFound, find_sentence_type


class Coded(NamedTuple):
    """The codes of one record, read together.

    Attributes:
        words: all of them, as evidence shows them.
        movement: type and reason of the last movement, `ADM-INT`.
        transferred_in: whether that brought the person from another prison; None where it does not tell.
        legal: the fact legal-status; empty where it is not known.
        listed: whether the legal status is one we know, or none is given.
        sentenced: whether the legal status says that a sentence is being served.
        legal_recall: whether the legal status is that of somebody recalled.
        status_recall: whether the imprisonment status is.
        sentence: the type of sentence, or a question.
        recall: recalled or not, or a question.
        died: whether the codes say that the person has died.
    """

    words: str
    movement: str
    transferred_in: YesNo | None
    legal: str
    listed: bool
    sentenced: bool
    legal_recall: bool
    status_recall: bool
    sentence: SentenceFound
    recall: RecallFound
    died: bool


@lru_cache(maxsize=8192)
def read_codes(
    legal: str, imprisonment: str, kind: str, reason: str, recall: YesNo | None, endless: YesNo | None
) -> Coded:
    """Read the codes of one record together.

    Args:
        legal: the legal status as the extract says it.
        imprisonment: the imprisonment status.
        kind: the type of the last movement.
        reason: its reason.
        recall: the recall flag.
        endless: the flag for an indeterminate sentence.
    """
    movement = f"{kind}-{reason}" if kind and reason else kind
    said = (("legal status", legal), ("imprisonment status", imprisonment), ("last movement", movement))
    status = legal_status(legal)
    return Coded(
        words="; ".join(f"{name} {value}" for name, value in said if value),
        movement=movement,
        transferred_in=transferred_in(movement),
        legal=status.value if status else "",
        listed=status is not None or not legal,
        sentenced=status is not None and status.sentenced,
        legal_recall=status is not None and status.recall == "yes",
        status_recall=status_says_recall(imprisonment) == "yes",
        sentence=find_sentence_type(imprisonment, legal, endless),
        recall=find_recall(Signals(recall, legal, imprisonment, movement)),
        died=says_died(legal, movement, imprisonment),
    )
