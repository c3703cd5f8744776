"""The dates of the rulebook: a small language, read once and worked out for a case.

"custody-start + 72 hours", "release - 12 weeks", "later(sentence-start, arrival) + 8 weeks".
`later` needs all its dates; `earlier` and `latest` take those that are known. What a date may start
from is in `anchors.py`.
"""

import re
from datetime import date, datetime

import msgspec

from policy.anchors import Scene, When, Worked, anchor
from policy.calendar import Moment, Span, day_of, parse_span
from policy.reading import latest


class Moved(msgspec.Struct, frozen=True):
    """A date so much after or before another."""

    base: When
    sign: int
    span: Span

    def at(self, scene: Scene) -> Worked:
        """The moved date."""
        base = self.base.at(scene)
        if base.moment is None:
            return base
        moment = scene.calendar.shift(base.moment, self.span, self.sign)
        return Worked(moment, (), False, base.name, base.start, (*base.steps, (self.sign, self.span)), base.since)

    def anchors(self) -> frozenset[str]:
        """What it counts from."""
        return self.base.anchors()

    def shape(self) -> str:
        """How it is counted, without the figure."""
        return f"{self.base.shape()} {'+' if self.sign > 0 else '-'}"


class Chosen(msgspec.Struct, frozen=True):
    """The later or the earlier of several dates."""

    how: str
    options: tuple[When, ...]

    def at(self, scene: Scene) -> Worked:
        """The chosen date; `later` is not known unless every option is."""
        worked = [option.at(scene) for option in self.options]
        known = [one for one in worked if one.moment is not None]
        if not known or (self.how == "later" and len(known) < len(worked)):
            missing = tuple(dict.fromkeys(fact for one in worked for fact in one.missing))
            return Worked(None, missing, unrecorded=not missing)
        pick = min if self.how == "earlier" else max
        found = pick(known, key=lambda one: _sortable(one.moment))
        since = latest(*(one.since for one in known))
        return Worked(found.moment, (), False, found.name, found.start, found.steps, since)

    def anchors(self) -> frozenset[str]:
        """What any option counts from."""
        return frozenset().union(*(option.anchors() for option in self.options))

    def shape(self) -> str:
        """How it is chosen, without the figures."""
        return f"{self.how}({', '.join(option.shape() for option in self.options)})"


def _sortable(moment: Moment | None) -> tuple[date, datetime]:
    if isinstance(moment, datetime):
        return moment.date(), moment
    return moment or date.min, datetime.max


_CHOICE = re.compile(r"(later|earlier|latest)\(")
_STEP = re.compile(r"\s*([+-]) (\d+ (?:working day|hour|day|week|month)s?)\b")
_NAME = re.compile(r"[a-z0-9-]+(?:[:.][a-z0-9-]+)*")


def parse_when(text: str) -> When:
    """Read a date of the rulebook.

    Raises:
        ValueError: the text is not one.
    """
    found, rest = _parse(text.strip())
    if rest.strip():
        raise ValueError(f"“{text}”: “{rest.strip()}” is not understood")
    return found


def _parse(text: str) -> tuple[When, str]:
    text = text.lstrip()
    when: When
    if choice := _CHOICE.match(text):
        options, rest = [], text[choice.end() :]
        while True:
            option, rest = _parse(rest)
            options.append(option)
            rest = rest.lstrip()
            if rest[:1] not in (",", ")"):
                raise ValueError(f"“{text}” needs a comma or a closing bracket")
            closed, rest = rest[0] == ")", rest[1:]
            if closed:
                break
        when = Chosen(choice[1], tuple(options))
    elif name := _NAME.match(text):
        when, rest = anchor(name[0]), text[name.end() :]
    else:
        raise ValueError(f"“{text}” is not a date such as “custody-start + 72 hours”")
    while step := _STEP.match(rest):
        when = Moved(when, 1 if step[1] == "+" else -1, parse_span(step[2]))
        rest = rest[step.end() :]
    return when, rest


def day_at(when: When | None, scene: Scene) -> date | None:
    """The day a date of the rulebook falls on in this scene, None where there is none."""
    moment = when.at(scene).moment if when else None
    return None if moment is None else day_of(moment)
