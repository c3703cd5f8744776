"""What a contact says: an opening, a topic or two that fit the person, and how it ended."""

from db.demo.dice import Dice
from db.demo.kinds import ENDLESS, RECALLED, UNSENTENCED
from db.demo.people import Person
from db.demo.words import texts


def said(text: str, person: Person, home: str) -> str:
    """A text with this person's own names in it, its sentences begun with a capital."""
    spoken = text.replace("{mr}", f"Mr {person.surname}").replace("{om}", person.manager.partition(",")[0])
    spoken = spoken.replace(". {who}", f". {home[0].upper()}{home[1:]}").replace("{who}", home)
    return spoken[:1].upper() + spoken[1:]


class Fresh:
    """Picks from texts, as long as there is one, what was not said of this person before."""

    def __init__(self, dice: Dice) -> None:
        """Begin with everything unsaid."""
        self._dice = dice
        self._spent: set[str] = set()

    def pick(self, options: tuple[str, ...]) -> str:
        """One of the texts."""
        text = self._dice.pick([one for one in options if one not in self._spent] or options)
        if text:
            self._spent.add(text)
        return text


def topics_for(person: Person, days_left: int | None, dice: Dice) -> list[str]:
    """Two topics that suit this person now."""
    own: list[str] = ["work", "family"]
    if person.kind in RECALLED:
        own += ["recall", "recall"]
    elif person.kind in UNSENTENCED:
        own += ["remand", "remand"]
    else:
        own += ["plan", "plan"]
        if person.given.get("rosh") in ("medium", "high", "very-high"):
            own.append("risk")
    if person.kind in ENDLESS:
        own += ["lifer", "lifer"]
    if days_left is not None and days_left <= 120:
        own += ["release", "release"]
    if person.given.get("nationality", "British") != "British" and person.given.get("removal-interest") == "yes":
        own.append("foreign")
    first = dice.pick(own)
    second = dice.pick(own)
    return [first] if second == first or dice.chance(0.35) else [first, second]


def meeting_text(person: Person, topics: list[str], home: str, fresh: Fresh) -> str:
    """What was said at a meeting about these topics."""
    known = texts()
    parts = [] if topics[0] in _SAY_SO else [fresh.pick(known.openings)]
    parts += [fresh.pick(known.topics[topic]) for topic in topics]
    unheld = person.kind in UNSENTENCED  # nobody has an offender manager before sentence
    parts.append(fresh.pick(tuple(one for one in known.closings if not (unheld and "{om}" in one))))
    return " ".join(said(part, person, home) for part in parts if part)


_SAY_SO = frozenset({"first-meeting", "induction", "recall-distress", "recall-contact"})
"""Topics whose texts say themselves what the meeting was."""
