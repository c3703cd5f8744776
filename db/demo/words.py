"""The demonstration's own words: made-up names, and what its contacts say."""

import pkgutil
import tomllib
from functools import cache
from typing import TypeVar

import msgspec

T = TypeVar("T")


class Nation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A nationality other than British, with names usual there."""

    name: str
    surnames: tuple[str, ...]
    forenames: tuple[str, ...]


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names to be made up from."""

    surnames: tuple[str, ...]
    forenames: tuple[str, ...]
    nation: tuple[Nation, ...]


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Texts to be put together: how a meeting begins and ends, what it was about, what else is written down."""

    where: tuple[str, ...]
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    topics: dict[str, tuple[str, ...]]
    said: dict[str, tuple[str, ...]]
    others: dict[str, tuple[str, ...]]
    home: dict[str, tuple[str, ...]]
    answers: dict[str, tuple[str, ...]]


def _read(name: str, kind: type[T]) -> T:
    text = (pkgutil.get_data("db.demo", name) or b"").decode()
    return msgspec.convert(tomllib.loads(text), kind)


@cache
def names() -> Names:
    """The names of `names.toml`."""
    return _read("names.toml", Names)


@cache
def texts() -> Texts:
    """The texts of `texts.toml`."""
    return _read("texts.toml", Texts)
