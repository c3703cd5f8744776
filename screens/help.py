"""The keys of a screen, and what the marks mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from screens.foot import Foot
from screens.words import Words
from widgets.frame import Drawn, Rule
from widgets.lines import Line, Piece, cells, pad, wrap
from widgets.palette import Ink


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Lines of help under one heading: each a key or a mark, and what it does or means."""

    heading: str
    lines: tuple[tuple[str, str], ...]


class _Groups(Drawn):
    """The groups, what a key does beside it and, where that is long, beneath its own beginning."""

    def __init__(self, groups: Sequence[HelpGroup]) -> None:
        super().__init__()
        self._groups = groups
        self._wide = max((cells(key) for group in groups for key, _ in group.lines), default=0)

    def lines(self, width: int) -> list[Line]:
        found: list[Line] = []
        for group in self._groups:
            found.append([Piece(group.heading, Ink.STRONG)])
            for key, tells in group.lines:
                parts = wrap([Piece(tells)], width - self._wide - 4) or [[]]
                found.append([Piece(f"  {pad(key, self._wide)}  ", Ink.ACCENT), *parts[0]])
                found += [[Piece(" " * (self._wide + 4)), *part] for part in parts[1:]]
            found.append([])
        return found[:-1]


class HelpScreen(ModalScreen[None]):
    """Help for the screen it was opened over. Any of the keys that opened it closes it, and Esc."""

    BINDINGS = [Binding("escape,question_mark,f1,enter,q", "close", "Back", show=False, priority=True)]
    DEFAULT_CSS = """
    HelpScreen { background: $background; }
    HelpScreen VerticalScroll { height: 1fr; }
    HelpScreen _Groups { height: auto; }
    """

    def __init__(self, title: str, groups: Sequence[HelpGroup], label: str = "") -> None:
        """Show these groups under `title`; `label` stands at the right of the rule."""
        super().__init__()
        self._label = label
        self._heading = title
        self._groups = tuple(groups)

    def compose(self) -> ComposeResult:
        """Heading, groups, the keys of help itself."""
        yield Words(self._heading, ink=Ink.ACCENT)
        yield Rule(self._label)
        with VerticalScroll():
            yield _Groups(self._groups)
        yield Foot((("Esc", "back"),))

    def on_resize(self) -> None:
        """Say how to see more only where there is more."""
        self.call_after_refresh(self._look_for_more)

    def _look_for_more(self) -> None:
        more = self.query_one(VerticalScroll).max_scroll_y > 0
        self.query_one(Foot).offer((("Esc", "back"), ("PgDn", "more")) if more else (("Esc", "back"),))

    def action_close(self) -> None:
        """Back to the screen beneath."""
        self.dismiss(None)
