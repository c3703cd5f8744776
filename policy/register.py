"""The kinds of entry a case's register holds, as `register.toml` describes them: fields, what they meet and record."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from policy.facts import facts
from policy.schema import RulebookError, read_toml, shipped

ANY = "*"
FieldType = Literal["text", "long", "yes-no", "choice", "ticks", "date", "programme"]


class RegisterField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of an entry: its label, type and values, and whether its value waits until it is revealed."""

    name: str
    label: str
    type: FieldType
    values: tuple[str, ...] = ()
    required: bool = False
    discreet: bool = False
    help: str = ""


class Meets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A duty an entry meets: which, when its fields are so, and what that duty asks, from which field."""

    duty: str
    when: Mapping[str, str]
    fields: Mapping[str, str] = {}
    opened: bool = False


class Unique(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Among entries that are not past there is one with each of these values of a field."""

    field: str
    values: tuple[str, ...]


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of entry; `register.toml` says what each key means."""

    section: str
    one: str
    on: str
    line: tuple[str, ...]
    fields: tuple[RegisterField, ...]
    source: str
    over: Mapping[str, tuple[str, ...]] = {}
    keyed: str = ""
    unique: Unique | None = None
    latest: Mapping[str, tuple[tuple[str, ...], ...]] = {}
    review: str = ""
    discreet: bool = False
    hides: Mapping[str, tuple[str, ...]] = {}
    meets: tuple[Meets, ...] = ()
    fact: Mapping[str, str] = {}
    administrator: bool = False

    def field(self, name: str) -> RegisterField | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def is_over(self, fields: Mapping[str, str]) -> bool:
        """Whether an entry with these fields is past."""
        return any(matches(fields.get(name, ""), values) for name, values in self.over.items())

    def group(self, fields: Mapping[str, str]) -> tuple[str, ...]:
        """The values among which only the newest entry counts; empty where all do."""
        groups = ((fields.get(name, ""), each) for name, groups in self.latest.items() for each in groups)
        return next((group for value, group in groups if value in group), ())

    def hidden(self, fields: Mapping[str, str]) -> bool:
        """Whether an entry with these fields waits until it is revealed."""
        return self.discreet or any(fields.get(name, "") in values for name, values in self.hides.items())


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the register: its title, and the facts that stand at its head."""

    title: str
    facts: tuple[str, ...]


class Register(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every section and every kind by name, in the order of the file."""

    section: Mapping[str, Section]
    kind: Mapping[str, Kind]


def matches(value: str, wanted: tuple[str, ...]) -> bool:
    """Whether a field's value is one of these; `*` is any value there is."""
    return value in wanted or (ANY in wanted and bool(value))


@cache
def register() -> Register:
    """The register's kinds.

    Raises:
        RulebookError: a kind names a section, a field or a fact that is not there.
    """
    found = read_toml(shipped("register.toml"), Register, "register.toml")
    for name, kind in found.kind.items():
        own = {field.name for field in kind.fields}
        named = {
            *kind.line,
            *kind.over,
            *kind.hides,
            *kind.fact.values(),
            *([kind.unique.field] if kind.unique else []),
        }
        named |= {one for one in (kind.keyed, kind.review) if one}
        if missing := sorted(named - own):
            raise RulebookError(f"register.toml, kind.{name}: it has no field “{missing[0]}”.")
        if kind.section not in found.section:
            raise RulebookError(f"register.toml, kind.{name}.section: there is no section “{kind.section}”.")
        if unknown := sorted(set(kind.fact) - set(facts())):
            raise RulebookError(f"register.toml, kind.{name}.fact: there is no fact “{unknown[0]}”.")
    for name, section in found.section.items():
        if unknown := sorted(set(section.facts) - set(facts())):
            raise RulebookError(f"register.toml, section.{name}.facts: there is no fact “{unknown[0]}”.")
    return found
