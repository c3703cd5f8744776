"""A question at the foot of the screen, answered by one key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from screens.actions import key_words
from screens.words import Pieces, Words
from widgets.frame import Rule
from widgets.lines import Line, Piece
from widgets.palette import Ink

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """One answer: its key as Textual names it, what it does, and the value it gives."""

    key: str
    says: str
    value: T


class Question(ModalScreen[T]):
    """Asks; only the keys of its answers do anything. Esc gives the last answer, which changes nothing."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    Question { background: transparent; align: left bottom; }
    """

    def __init__(self, question: str, answers: Sequence[Answer[T]]) -> None:
        """Ask `question`; the last of `answers` is the one that changes nothing."""
        super().__init__()
        self._question = question
        self._answers = tuple(answers)

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        yield Rule()
        yield Words(self._question, ink=Ink.STRONG)
        line: Line = []
        for answer in self._answers:
            line += [Piece(key_words(answer.key), Ink.ACCENT), Piece(f" {answer.says}", Ink.DIM), Piece("   ")]
        yield Pieces([line[:-1]])

    def on_key(self, event: events.Key) -> None:
        """Give the value of the answer with this key."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(self._answers[-1].value)
            return
        for answer in self._answers:
            if event.key == answer.key:
                self.dismiss(answer.value)
                return


class Confirm(Question[bool]):
    """Asks something with two answers: `y` gives True, `n` or Esc False. Enter does nothing."""

    def __init__(self, question: str, yes: str = "yes", no: str = "no") -> None:
        """Ask `question`; `yes` and `no` say what each answer does."""
        super().__init__(question, (Answer("y", yes, True), Answer("n", no, False)))
