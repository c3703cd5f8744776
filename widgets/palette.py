"""The inks: what a colour is for, and what it is in each look."""

from enum import StrEnum

from rich.style import Style


class Ink(StrEnum):
    """What a colour is for. Nothing is drawn in a colour that is not named here."""

    TEXT = "text"
    STRONG = "strong"
    DIM = "dim"
    RULE = "rule"
    ACCENT = "accent"
    SAFETY = "safety"
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    UNKNOWN = "unknown"
    OPEN = "open"
    CLEAR = "clear"
    PAPER = "paper"
    CURSOR = "cursor"


FULL: dict[bool, dict[Ink, str]] = {
    True: {
        Ink.PAPER: "#12161c",
        Ink.TEXT: "#d6dbe3",
        Ink.STRONG: "#d6dbe3",
        Ink.DIM: "#95a0b0",
        Ink.RULE: "#2b333f",
        Ink.CURSOR: "#232e46",
        Ink.ACCENT: "#7cb7ff",
        Ink.SAFETY: "#ff7b72",
        Ink.OVERDUE: "#ff7b72",
        Ink.TODAY: "#f2b45c",
        Ink.WEEK: "#e3d26f",
        Ink.UNKNOWN: "#c8a2f2",
        Ink.OPEN: "#8fd19e",
        Ink.CLEAR: "#6aa57a",
    },
    False: {
        Ink.PAPER: "#fbfaf7",
        Ink.TEXT: "#22272e",
        Ink.STRONG: "#22272e",
        Ink.DIM: "#626b78",
        Ink.RULE: "#d9d6cf",
        Ink.CURSOR: "#e2ecf7",
        Ink.ACCENT: "#0b57a4",
        Ink.SAFETY: "#b3261e",
        Ink.OVERDUE: "#b3261e",
        Ink.TODAY: "#8a4b00",
        Ink.WEEK: "#6a5a00",
        Ink.UNKNOWN: "#6b3fa0",
        Ink.OPEN: "#1e6b34",
        Ink.CLEAR: "#3d6b4a",
    },
}
"""The two full palettes, by whether the background is dark. Text inks stand at 4.5 : 1 or more on paper and cursor."""


def _basic(**colours: str) -> dict[Ink, Style]:
    shared = {
        Ink.TEXT: "none",
        Ink.STRONG: "bold",
        Ink.DIM: "dim",
        Ink.RULE: "dim",
        Ink.SAFETY: "bold red",
        Ink.OVERDUE: "bold red",
        Ink.UNKNOWN: "magenta",
        Ink.OPEN: "green",
        Ink.CLEAR: "green",
        Ink.PAPER: "none",
        Ink.CURSOR: "reverse",
    }
    special = {Ink(ink): words for ink, words in colours.items()}
    return {ink: Style.parse(words) for ink, words in (shared | special).items()}


BASIC: dict[bool, dict[Ink, Style]] = {
    # ANSI blue cannot be read on black, nor yellow on white.
    True: _basic(accent="bold cyan", today="bold yellow", week="yellow"),
    False: _basic(accent="bold blue", today="bold magenta", week="blue"),
}
"""The sixteen-colour inks, by whether the background is dark; the terminal says what the colours are."""

MONO: dict[Ink, Style] = {
    Ink.TEXT: Style.null(),
    Ink.STRONG: Style(bold=True),
    Ink.DIM: Style(dim=True),
    Ink.RULE: Style(dim=True),
    Ink.ACCENT: Style(bold=True),
    Ink.SAFETY: Style(bold=True, reverse=True),
    Ink.OVERDUE: Style(bold=True),
    Ink.TODAY: Style(bold=True),
    Ink.WEEK: Style.null(),
    Ink.UNKNOWN: Style.null(),
    Ink.OPEN: Style.null(),
    Ink.CLEAR: Style(dim=True),
    Ink.PAPER: Style.null(),
    Ink.CURSOR: Style(reverse=True),
}
"""No colour at all: bold, dim and reverse."""
