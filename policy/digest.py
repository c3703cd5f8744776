"""A digest that changes whenever any rule, fact, holiday or override does; stored duties are stale when it differs."""

import hashlib
from functools import cache

from policy.schema import shipped


@cache
def digest_of(overrides: str = "") -> str:
    """The digest of the rules, facts and holidays as shipped, with an establishment's overrides (TOML text)."""
    return hashlib.sha256((_shipped_digest() + overrides).encode()).hexdigest()[:16]


@cache
def _shipped_digest() -> str:
    names = ("rulebook.toml", "facts.toml", "data/bank_holidays.csv")
    return hashlib.sha256("".join(shipped(name) for name in names).encode()).hexdigest()
