"""Text made harmless before it is drawn: control characters are shown, not sent; ASCII where that is all there is."""

import unicodedata
from functools import lru_cache

from rich.cells import cell_len

from policy.phrases import harmless

__all__ = ["harmless", "spelt", "spelt_in_place"]

_SPELT = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ŋ": "n", "Ŋ": "N",
    "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "′": "'", "″": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "·": "-", "•": "*", "×": "x", "÷": "/", "½": "1/2",
    "→": "->", "←": "<-", "↑": "^", "↓": "v", "▸": ">", "▾": "v", "…": "..", "£": "GBP ", "€": "EUR ", "§": "s.",
    "‼": "#!", "●": "*", "◐": "+", "○": "o", "✓": "v", "✗": "x", "≥": ">=", "≤": "<=",
    "─": "-", "━": "-", "│": "|", "┃": "|",
}  # fmt: skip

_CORNERS = frozenset("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬")
_BLOCKS = frozenset("▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▐▔▕▀░▒▓")


@lru_cache(4096)
def spelt(text: str) -> str:
    """The text in ASCII: accents dropped (é → e), a few signs spelt, anything else as `?`; control pictures as `^[`."""
    return text if text.isascii() else "".join(_ascii(character) for character in text)


def _ascii(character: str) -> str:
    if character.isascii():
        return character
    if character in _SPELT:
        return _SPELT[character]
    if character in _CORNERS:
        return "+"
    if character in _BLOCKS:
        return "#"
    if "␀" <= character <= "␟":
        return "^" + chr(ord(character) - 0x2400 + 0x40)
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", character) if not unicodedata.combining(mark))
    if not bare and unicodedata.combining(character):
        return ""
    return bare if bare and bare.isascii() and bare.isprintable() else "?"


def spelt_in_place(text: str) -> str:
    """As `spelt`, each character filling the cells it filled before; for strips that are already laid out."""
    if text.isascii():
        return text
    return "".join(_fitted(character) for character in text)


@lru_cache(1024)
def _fitted(character: str) -> str:
    cells = cell_len(character)
    return _ascii(character)[:cells].ljust(cells)
