"""The catalogue of pathway activities: as shipped, and what an establishment adds to it.

Source: rulebook.md, Screening and the pathway checklist; TTG chapters 3–8 and Annex A. The list is `catalogue.toml`.
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from policy.facts import facts
from policy.rule_text import OverridesText, OwnActivity, Owner
from policy.schema import RulebookError, read_toml, shipped

Level = Literal[1, 2, 3]
NOT_STATED = "not stated"
OWN = "own"
"""The section of what an establishment adds."""
LONGEST_TITLE = 44


class Pathway(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One pathway: what it is called, the duties shown beside it, whether it is need-to-know."""

    title: str
    short: str = ""
    duties: tuple[str, ...] = ()
    restricted: bool = False

    @property
    def name(self) -> str:
        """What a list with little room calls it."""
        return self.short or self.title


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One section of the source, and the outcomes its activities serve; `only`: those that some levels alone serve."""

    title: str
    outcomes: tuple[str, ...]
    only: Mapping[str, tuple[Level, ...]] = {}


class Activity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One activity; the head of `catalogue.toml` says what each key means."""

    section: str
    pathway: str
    level: Level
    title: str
    words: str
    provider: str
    source: str
    does: Literal["provide", "signpost", "both"] = "provide"
    to: str = ""
    consent: bool = False
    bcst: bool = False
    duty: str = ""
    meets: tuple[str, ...] = ()
    sending_meets: bool = False
    tells: Mapping[str, str] = {}
    person: bool = True

    @property
    def owner(self) -> Owner | None:
        """Whose it is: of two, the first; None where the source is silent."""
        provider = self.provider.removeprefix("joint: ")
        return next((owner for word, owner in _OWNERS.items() if provider.startswith(word)), None)


_OWNERS: Mapping[str, Owner] = {
    "host CRC": "CRC",
    "home CRC": "CRC",
    "NPS": "OM",
    "healthcare": "HC",
    "prison": "PS",
    "supervisor": "OS",
}


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pathways, sections and activities, each in the order of the file."""

    pathway: Mapping[str, Pathway]
    section: Mapping[str, Section]
    activity: Mapping[str, Activity]

    def outcomes(self, activity: Activity) -> tuple[str, ...]:
        """What an activity serves; nothing is said of an establishment's own."""
        section = self.section.get(activity.section)
        if section is None:
            return ()
        return tuple(one for one in section.outcomes if activity.level in section.only.get(one, (activity.level,)))

    def restricted(self, activity: str) -> bool:
        """Whether an activity is need-to-know.

        Raises:
            KeyError: there is no such activity.
        """
        return self.pathway[self.activity[activity].pathway].restricted


@cache
def catalogue(overrides: str = "") -> Catalogue:
    """The catalogue as shipped, with what an establishment adds in its overrides (TOML text); nothing is taken away.

    Raises:
        RulebookError: the file or an addition cannot be used; the message names the key.
    """
    found = read_toml(shipped("catalogue.toml"), Catalogue, "catalogue.toml")
    for name, activity in found.activity.items():
        _check(found, f"catalogue.toml, activity.{name}", activity)
    if not overrides:
        return found
    added = read_toml(overrides, OverridesText, "overrides").activity
    for name in added:
        if name in found.activity:
            raise RulebookError(
                f"overrides, activity.{name}: the catalogue has one of that name; it cannot be changed."
            )
    own = {name: _own(found, name, one) for name, one in added.items()}
    return msgspec.structs.replace(found, activity={**found.activity, **own})


def _own(found: Catalogue, name: str, text: OwnActivity) -> Activity:
    where = f"overrides, activity.{name}"
    pathway = found.pathway.get(text.pathway)
    if pathway is not None and pathway.restricted:
        raise RulebookError(f"{where}.pathway: “{text.pathway}” takes no additions.")
    activity = Activity(
        OWN, text.pathway, text.level, text.title, text.words, text.provider, "local", to=text.to, consent=text.consent
    )
    _check(found, where, activity)
    return activity


def _check(found: Catalogue, where: str, activity: Activity) -> None:
    if activity.pathway not in found.pathway:
        raise RulebookError(f"{where}.pathway: there is no pathway “{activity.pathway}”.")
    if activity.section not in found.section and activity.section != OWN:
        raise RulebookError(f"{where}.section: there is no section “{activity.section}”.")
    for fact, value in activity.tells.items():
        if fact not in facts() or value not in facts()[fact].choices:
            raise RulebookError(f"{where}.tells: no fact “{fact}” can be “{value}”.")
    if not 0 < len(activity.title) <= LONGEST_TITLE:
        raise RulebookError(f"{where}.title: a title is 1 to {LONGEST_TITLE} characters long.")
