"""The keys of a screen, and what the marks mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from screens.foot import Foot
from screens.words import Pieces, Words
from widgets.frame import Rule
from widgets.lines import Line, Piece, pad
from widgets.palette import Ink


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Lines of help under one heading: each a key or a mark, and what it does or means."""

    heading: str
    lines: tuple[tuple[str, str], ...]


class HelpScreen(ModalScreen[None]):
    """Help for the screen it was opened over. Any of the keys that opened it closes it, and Esc."""

    BINDINGS = [Binding("escape,question_mark,f1,enter,q", "close", "Back", show=False, priority=True)]
    DEFAULT_CSS = """
    HelpScreen { background: $background; }
    HelpScreen VerticalScroll { height: 1fr; }
    """

    def __init__(self, title: str, groups: Sequence[HelpGroup]) -> None:
        """Show these groups under `title`."""
        super().__init__()
        self._heading = title
        self._groups = tuple(groups)

    def compose(self) -> ComposeResult:
        """Heading, groups, the keys of help itself."""
        yield Words(self._heading, ink=Ink.ACCENT)
        yield Rule()
        with VerticalScroll():
            yield Pieces(self._body())
        yield Foot((("Esc", "back"), ("PgDn", "more")))

    def action_close(self) -> None:
        """Back to the screen beneath."""
        self.dismiss(None)

    def _body(self) -> list[Line]:
        wide = max((len(key) for group in self._groups for key, _ in group.lines), default=0)
        body: list[Line] = []
        for group in self._groups:
            body += [[Piece(group.heading, Ink.STRONG)]]
            body += [[Piece(f"  {pad(key, wide)}", Ink.ACCENT), Piece(f"  {tells}")] for key, tells in group.lines]
            body += [[]]
        return body[:-1]
