"""How everything looks: three looks, the marks and colours of each state, and which look a terminal gets.

*Full* is our own truecolor pair, dark and light; *basic* the terminal's sixteen colours; *mono* bold, dim and reverse
only. A status is always a mark, a word and a colour, so that none of the three is needed to understand it.
"""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Literal

from rich.style import Style

from db.rows import State
from widgets.palette import BASIC, FULL, MONO, Ink
from widgets.plain import harmless, spelt

STYLES = Path(__file__).with_name("furniture.tcss")
"""The furniture's style sheet, for an application's CSS_PATH."""


class LookName(StrEnum):
    """The three looks."""

    FULL = "full"
    BASIC = "basic"
    MONO = "mono"


_MARKS: dict[State, tuple[str, str, Ink]] = {
    State.SAFETY: ("‼", "#!", Ink.SAFETY),
    State.OVERDUE: ("!", "!", Ink.OVERDUE),
    State.TODAY: ("●", "*", Ink.TODAY),
    State.WEEK: ("◐", "+", Ink.WEEK),
    State.UNKNOWN: ("?", "?", Ink.UNKNOWN),
    State.OPEN: ("○", "o", Ink.OPEN),
    State.LATER: ("·", ".", Ink.DIM),
    State.CLEAR: ("✓", "v", Ink.CLEAR),
    State.MET: ("✓", "v", Ink.CLEAR),
    State.WAIVED: ("–", "-", Ink.DIM),
    State.FAILED: ("✗", "x", Ink.OVERDUE),
    State.NOT_APPLICABLE: ("–", "-", Ink.DIM),
}


def ink_of(state: State) -> Ink:
    """The ink a state is written in."""
    return _MARKS[state][2]


@dataclass(frozen=True, slots=True)
class Look:
    """One way of drawing everything; `marks` and `unicode` say whether our marks, and other characters, may show."""

    name: LookName = LookName.FULL
    dark: bool = True
    marks: bool = True
    unicode: bool = True

    @property
    def theme(self) -> str:
        """The name of the Textual theme that goes with it (`widgets.themes`)."""
        return "wingdesk-mono" if self.name is LookName.MONO else f"wingdesk-{self.name}-{self.tone}"

    @property
    def tone(self) -> Literal["dark", "light"]:
        """The background it is made for."""
        return "dark" if self.dark else "light"

    @property
    def ansi(self) -> bool:
        """Whether colours go out as the terminal's own (`App(ansi_color=…)`)."""
        return self.name is not LookName.FULL

    def mark(self, state: State) -> str:
        """The mark of a state; one character, but for the ASCII mark of safety."""
        return _MARKS[state][0 if self.marks else 1]

    @property
    def rule(self) -> str:
        """What a thin rule is made of."""
        return "─" if self.unicode else "-"

    @property
    def dot(self) -> str:
        """What stands between two things said on one line."""
        return " · " if self.unicode else " - "

    @property
    def cut(self) -> str:
        """What shows that text goes on."""
        return "…" if self.unicode else ".."

    def opener(self, opened: bool) -> str:
        """The mark of something that folds."""
        if self.marks:
            return "▾" if opened else "▸"
        return "v" if opened else ">"

    def text(self, text: str) -> str:
        """Any text as it may be drawn: nothing a terminal would obey, nothing it cannot show."""
        return harmless(text) if self.unicode else spelt(harmless(text))

    def style(self, ink: Ink, *, bold: bool = False, cursor: bool = False) -> Style:
        """The style of an ink, on the background or (`cursor`) on the band that is the cursor."""
        return _style(self.name, self.dark, ink, bold, cursor)


@lru_cache(512)
def _style(name: LookName, dark: bool, ink: Ink, bold: bool, cursor: bool) -> Style:
    if name is LookName.FULL:
        palette = FULL[dark]
        style = Style(color=palette[ink], bgcolor=palette[Ink.CURSOR if cursor else Ink.PAPER])
        return style + Style(bold=True) if bold or ink in (Ink.STRONG, Ink.ACCENT, Ink.SAFETY) else style
    style = MONO[ink] if name is LookName.MONO else BASIC[dark][ink]
    if cursor:
        # A band with holes of other colours is not a band: reversed as one, told apart by the mark and the word.
        return Style(reverse=True, bold=bold or bool(style.bold))
    return style + Style(bold=True) if bold else style


@dataclass(frozen=True, slots=True)
class Wish:
    """What settings ask: `look` auto, full, basic, mono; `background` dark, light; `marks` auto, unicode, ascii."""

    look: str = "auto"
    background: str = "dark"
    marks: str = "auto"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a terminal cannot have the full-screen program, in a sentence that says what to use instead."""

    sentence: str


def choose(
    environment: Mapping[str, str], encoding: str, size: tuple[int, int], wish: Wish | None = None
) -> Look | Refusal:
    """The look for a terminal, from what it says of itself and what the settings ask for.

    Args:
        environment: The process's environment variables.
        encoding: The encoding of the stream that is drawn on.
        size: Columns and rows; 0 where not known.
        wish: The settings; anything but `auto` wins over what the terminal says.

    Returns:
        The look, or why the program cannot be drawn here at all.
    """
    wish = wish or Wish()
    term = environment.get("TERM", "").lower()
    if term == "dumb":
        return Refusal(
            "This terminal (TERM=dumb) cannot show a full screen. "
            "Use the command line: wingdesk triage lists who needs you now."
        )
    if any(0 < have < need for have, need in zip(size, (20, 4), strict=True)):
        return Refusal("This window is too small to draw in. Make it 80 columns by 24 rows, or use wingdesk triage.")
    unicode = _is_utf8(encoding) and wish.marks != "ascii"
    # The Linux console's 256 glyphs hold accents but not the marks.
    marks = unicode and (term != "linux" or wish.marks == "unicode")
    name = _said(environment, term) if wish.look == "auto" else LookName(wish.look)
    return Look(name, dark=wish.background != "light", marks=marks, unicode=unicode)


def _said(environment: Mapping[str, str], term: str) -> LookName:
    if environment.get("NO_COLOR"):
        return LookName.MONO
    if term in ("linux", "vt220"):
        return LookName.BASIC
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return LookName.FULL
    if "256color" in term or "direct" in term or term in ("xterm-kitty", "alacritty", "wezterm"):
        return LookName.FULL
    if not term and environment.get("OS") == "Windows_NT":
        return LookName.FULL
    if term.startswith(("vt1", "vt2")) or term.endswith(("-m", "-mono")):
        return LookName.MONO
    return LookName.BASIC


def _is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name.startswith(("utf-8", "utf-16"))
    except LookupError:
        return False


_current = Look()


def current() -> Look:
    """The look everything is drawn in now."""
    return _current


def use(look: Look) -> None:
    """Draw everything in this look from now on; `widgets.themes.dress` also tells the application."""
    global _current
    _current = look
