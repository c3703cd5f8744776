"""The lines a case is made of: headings, notes, duties, missing facts, facts, strengths, the story, and folds."""

from dataclasses import dataclass

from db.rows import ContactRow, DutyRow, FactRow, State, TimelineRow
from widgets.palette import Ink


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a section, and a few words on what is in it."""

    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line between sections."""

    at: int


@dataclass(frozen=True, slots=True)
class Note:
    """A line of something the case has to say of itself; one that is long goes on in the `part` after.

    `stands`: it is settled, and nothing is to be looked at.
    """

    at: int
    part: int
    text: str
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence where a section has nothing, or something that waits to be revealed."""

    name: str
    text: str
    ink: Ink = Ink.DIM
    reveals: bool = False
    history: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the register: somebody who stands around the case, or a need; without an `id`, several of them.

    `unmet`: nothing has been done about it yet.
    """

    kind: str
    id: str
    text: str
    unmet: bool = False


@dataclass(frozen=True, slots=True)
class Fold:
    """Several things on one line, which Enter opens and closes."""

    name: str
    words: str
    tells: str
    opened: bool
    first: DutyRow | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that is not known, and the titles of the duties that wait for it."""

    fact: str
    label: str
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strength:
    """What went well, as a contact recorded it."""

    contact: ContactRow
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group with extra support they belong to, by its id."""

    name: str


Item = Heading | Blank | Note | Said | Entry | Fold | DutyRow | Missing | FactRow | Strength | Group | TimelineRow


def key_of(item: Item) -> str:
    """What makes a line the same one when the case is read again. A duty goes by its name, as routes have it."""
    match item:
        case DutyRow():
            return item.name
        case Missing():
            return f"missing {item.fact}"
        case FactRow():
            return f"fact {item.fact}"
        case Strength():
            return f"strength {item.contact.id}"
        case Group():
            return f"group {item.name}"
        case TimelineRow():
            return f"entry {item.id}"
        case Fold():
            return f"fold {item.name}"
        case Said():
            return f"said {item.name}"
        case Entry():
            return f"register {item.kind} {item.id}"
        case Note():
            return f"note {item.at} {item.part}"
        case Heading():
            return f"heading {item.name}"
        case Blank():
            return f"blank {item.at}"


def can_hold_cursor(item: Item) -> bool:
    """Whether the cursor may stand on it: headings, blanks and the rest of a long note are passed over."""
    return not isinstance(item, Heading | Blank) and not (isinstance(item, Note) and item.part)
