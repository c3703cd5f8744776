"""What this terminal is, and so how the program is drawn on it; or why it cannot be."""

import os
import sys
from collections.abc import Mapping
from typing import TextIO

from app.settings import Settings
from widgets.looks import Look, Refusal, Wish, choose

_PLAIN = frozenset({"C", "POSIX"})
_COERCED = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})

NO_TERMINAL = (
    "Wingdesk's screens need a terminal to draw on, and this is not one. "
    "Use the command line: wingdesk triage lists who needs you now."
)


def look_for(
    settings: Settings, environment: Mapping[str, str], encoding: str, size: tuple[int, int]
) -> Look | Refusal:
    """The look for this terminal under these settings, or why there is none."""
    return choose(environment, encoding, size, Wish(settings.look, settings.background, settings.marks))


def here(settings: Settings, keyboard: TextIO | None = None, screen: TextIO | None = None) -> Look | Refusal:
    """The look for the terminal this process runs in. Textual draws on standard error and reads standard input."""
    keyboard = keyboard or sys.__stdin__
    screen = screen or sys.__stderr__
    if keyboard is None or screen is None or not keyboard.isatty() or not screen.isatty():
        return Refusal(NO_TERMINAL)
    try:
        size = os.get_terminal_size(screen.fileno())
    except OSError:
        size = os.terminal_size((0, 0))
    encoding = screen.encoding or "ascii"
    if settings.marks != "unicode":
        encoding = encoding_of(os.environ, encoding)
    return look_for(settings, os.environ, encoding, (size.columns, size.lines))


def encoding_of(environment: Mapping[str, str], stream: str) -> str:
    """What the terminal understands: what Python draws in, unless somebody said that it is plain C.

    Python writes UTF-8 even where the locale is C, and says so in LC_CTYPE; the terminal may know nothing of it.
    """
    if environment.get("PYTHONIOENCODING"):
        return stream
    everything, characters, language = (environment.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    coerced = characters in _COERCED and language in _PLAIN
    said = everything or (language if coerced else characters) or language
    return "ascii" if said in _PLAIN else stream
