"""What a contact says: an opening, a topic or two that fit the person, and how it ended."""

from db.demo.dice import Dice
from db.demo.kinds import ENDLESS, RECALLED, UNSENTENCED
from db.demo.people import Person
from db.demo.words import texts


def said(text: str, person: Person, home: str) -> str:
    """A text with this person's own names in it, its sentences begun with a capital."""
    mr = f"Mr {person.surname}"
    manager = person.manager.partition(",")[0]
    spoken = text.replace("{mr}", mr).replace("{om}", manager).replace("{who}", home)
    for stop in (". ", "? ", ": "):
        spoken = spoken.replace(f"{stop}{home}", f"{stop}{home[0].upper()}{home[1:]}") if stop != ": " else spoken
    return spoken[:1].upper() + spoken[1:]


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


def meeting_text(person: Person, topics: list[str], home: str, dice: Dice) -> str:
    """What was said at a meeting about these topics."""
    known = texts()
    parts = [] if topics == ["first"] else [dice.pick(known.openings)]
    parts += [dice.pick(known.topics[topic]) for topic in topics]
    parts.append(dice.pick(known.closings))
    return " ".join(said(part, person, home) for part in parts if part)
