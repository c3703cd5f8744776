"""The words of recall: reasons, steps, papers, barriers, routes, prompts, and what the study found (`recall.toml`).

Source: rulebook.md, Recall; BO recall; Recall study.
"""

from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from policy.schema import read_toml, shipped

Moment = Literal["return", "waiting", "release"]
TYPES = {
    "standard": "standard",
    "fixed-term": "fixed-term",
    "hdc": "HDC",
    "extended": "extended",
    "ipp": "IPP",
    "life": "life",
}
"""The types of recall and what they are called."""
OUTCOMES = {
    "release": "release",
    "no-release": "no release",
    "hearing": "to an oral hearing",
    "adjourned": "put off, adjourned",
}
"""What a review or a decision can come to."""


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of several to choose from: its id, what staff call it, and how it is put to the person."""

    id: str
    label: str
    plain: str = ""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step of re-engagement: its duty, the letter above its mark, and what it is called in a word or two."""

    duty: str
    letter: str
    says: str


class Prompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Advice for staff: when and beside which steps it is shown, where it stands, and how much it rests on.

    `contact` is what of it the form of a contact has room for, and `rests` how much that rests on.
    """

    id: str
    title: str
    moments: tuple[Moment, ...]
    steps: tuple[str, ...]
    text: str
    contact: str
    rests: str
    source: str
    basis: str


class Found(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the study or the guidance found, to stand beside a figure of our own."""

    measure: str
    words: str
    source: str


class RecallWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    reason: tuple[Word, ...]
    step: tuple[Step, ...]
    paper: tuple[Word, ...]
    barrier: tuple[Word, ...]
    keep: tuple[Word, ...]
    route: tuple[Word, ...]
    agenda: tuple[Word, ...]
    prompt: tuple[Prompt, ...]
    found: tuple[Found, ...]


@cache
def recall_words() -> RecallWords:
    """The words of `recall.toml`.

    Raises:
        RulebookError: the file cannot be used; the message names the key.
    """
    return read_toml(shipped("recall.toml"), RecallWords, "recall.toml")


def contact_line(live: Sequence[str], fits: Sequence[str]) -> str:
    """What a contact with somebody recalled is to bear in mind, and how much that rests on.

    It is the prompt beside the first of the `live` steps that has one which `fits` this moment, else the first of those
    that do.
    """
    fitting = [one for one in recall_words().prompt if one.id in fits]
    for duty in live:
        if beside := [one for one in fitting if duty in one.steps]:
            fitting = [min(beside, key=lambda one: one.steps.index(duty))]
            break
    return f"{fitting[0].contact} ({fitting[0].rests})" if fitting else ""


def prompt_line(duty: str) -> str:
    """What is to be borne in mind at a step, and how much that rests on; empty for a duty that has no prompt."""
    beside = [one for one in recall_words().prompt if duty in one.steps] if duty.startswith("recall-") else []
    one = min(beside, key=lambda prompt: prompt.steps.index(duty), default=None)
    return f"{one.contact} ({one.rests})" if one else ""


def label_of(words: tuple[Word, ...], id: str) -> str:
    """What staff call one of these; the id itself where it is none of them."""
    return next((word.label for word in words if word.id == id), id)


def type_words(kind: str, days: str = "") -> str:
    """A type of recall as people call it: `fixed-term, 28 days`."""
    return f"{TYPES.get(kind, kind)}, {days} days" if days else TYPES.get(kind, kind)
