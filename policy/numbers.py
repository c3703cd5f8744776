"""Prisoner numbers: a letter, four digits, two letters (cli.md, Extracts)."""

import re

_NUMBER = re.compile(r"[A-Z]\d{4}[A-Z]{2}")


def is_prisoner_number(text: str) -> bool:
    """Whether the text, in upper case, is a prisoner number such as A1234BC."""
    return bool(_NUMBER.fullmatch(text))
