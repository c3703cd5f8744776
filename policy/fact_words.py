"""What a kept value of a fact is in words: dates as people say them, choices without hyphens.

An extract's own codes stay codes: what some of them mean, such as an order to a hospital, is not for every screen.
"""

from policy.facts import facts, value_of
from policy.phrases import say

_WRITTEN = {"ipp": "IPP", "hdc": "HDC"}


def fact_words(fact: str, value: str) -> str:
    """The value as people say it; as it is where it is a text, a code, a member of staff, or no value of this fact."""
    kind = facts()[fact].type if fact in facts() else "text"
    if kind == "choice":
        return _WRITTEN.get(value, value.replace("-", " "))
    if kind not in ("date", "date-time", "month"):
        return value
    try:
        day = value_of(fact, value)
    except ValueError:
        return value
    if isinstance(day, str):
        return value
    return f"{day:%B %Y}" if kind == "month" else say(day)
