"""Reading the TOML the rules are written in, against a schema; errors name the key.

The structures are msgspec Structs: the schema is their fields, checked when a file is read.
"""

import pkgutil
import re
import threading
import tomllib
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
# msgspec works a struct's fields out when it first meets one; two threads doing so at once crash the process.
_GUARD = threading.Lock()
_UNNAMED = "[...]"  # how msgspec says "some key of a table"
_UNKNOWN = re.compile(r"Object contains unknown field `(.+)`")


class RulebookError(ValueError):
    """A rule file that cannot be used; the message names the file and the key."""


def shipped(name: str) -> str:
    """The text of a file that ships with the rulebook."""
    return (pkgutil.get_data("policy", name) or b"").decode()


def read_toml(text: str, kind: type[T], name: str) -> T:
    """Read TOML text as `kind`.

    Raises:
        RulebookError: it is not TOML, or a key is missing, unknown or of the wrong sort; the message names it.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"{name} is not valid TOML: {error}.") from error
    try:
        with _GUARD:
            return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        what, where = _split(error)
        key = _named(data, where, kind, str(error)).removeprefix("$").removeprefix(".")
        if found := _UNKNOWN.fullmatch(what):
            key = f"{key}.{found[1]}".removeprefix(".")
            what = "there is no such key"
        raise RulebookError(f"{name}, {key or 'the top level'}: {what}.") from error


def _split(error: msgspec.ValidationError) -> tuple[str, str]:
    what, _, where = str(error).partition(" - at ")
    return what, where.strip("`") or "$"


def _named(data: dict[str, Any], where: str, kind: type[Any], error: str) -> str:
    """The place of an error with the table's key named: the one that goes wrong in the same way on its own."""
    before, unnamed, after = where.partition(_UNNAMED)
    if not unnamed or "[" in before:
        return where.replace(_UNNAMED, ".*")
    path = before.removeprefix("$").strip(".").split(".") if before != "$" else []
    table: Any = data
    for part in path:
        table = table[part]
    for key, value in list(table.items()):
        table.clear()
        table[key] = value
        try:
            msgspec.convert(data, kind)
        except msgspec.ValidationError as alone:
            if str(alone) == error:
                return f"{before}.{key}{after}"
    return where.replace(_UNNAMED, ".*")
