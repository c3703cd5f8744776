"""A field that takes any part of a duty's title and says which duty it understood."""

from collections.abc import Mapping
from functools import cache

from widgets.fields import TextField
from widgets.lines import Line, Piece, cut
from widgets.palette import Ink

_TYPED, _SHOWN = 24, 34


@cache
def _titles() -> Mapping[str, str]:
    """Every duty of the rulebook, and every backlog, by its id under the title a list shows."""
    from policy.planning import backlogs
    from policy.rulebook import rulebook

    titles = {name: rule.text.short or rule.text.title for name, rule in rulebook().rules.items()}
    return titles | {name: backlog.title for name, backlog in backlogs().items()}


def title_of(duty: str) -> str:
    """The discreet title of a duty; the id itself where the rulebook has no such duty."""
    return _titles().get(duty, duty)


class DutyField(TextField):
    """Type part of a title; what was understood stands beside it. `value` is the duty's id once it is understood."""

    def __init__(self, label: str, *, id: str, value: str = "") -> None:
        """A field that begins with the duty whose id is `value`."""
        super().__init__(
            label, id=id, value=title_of(value) if value else "", help="any part of its name", overtype=True
        )
        # Room beside the line for what was understood.
        self._input.styles.width = _TYPED

    @property
    def duty(self) -> str:
        """The id of the duty that was understood; empty where none was."""
        found = self._found()
        return found[0] if found else ""

    @property
    def value(self) -> str:
        """The duty's id; what was typed where no duty has that in its title."""
        return self.duty or self.typed.strip()

    @value.setter
    def value(self, value: str) -> None:
        TextField.value.fset(self, title_of(value))  # type: ignore[attr-defined]

    def wrong(self) -> str:
        """Whether any duty has that in its title."""
        if self.typed.strip() and not self.duty:
            return "No duty has that in its title. Leave it empty for any duty."
        return ""

    def left(self) -> None:
        """On leaving, the line shows the title in full."""
        if self.duty and self.typed != title_of(self.duty):
            self.value = self.duty
        super().left()

    def aside(self) -> Line:
        """What was understood, and how many others it could be."""
        found = self._found()
        if not found or title_of(found[0]) == self.typed:
            return []
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        return [Piece(cut(title_of(found[0]) + more, _SHOWN), Ink.ACCENT)]

    def _found(self) -> list[str]:
        words = self.typed.casefold().split()
        if not words:
            return []
        titles = _titles()
        found = [name for name, title in titles.items() if all(word in title.casefold() for word in words)]
        return sorted(found, key=lambda name: (titles[name].casefold() != self.typed.strip().casefold(), titles[name]))
