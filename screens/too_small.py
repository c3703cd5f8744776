"""What a window smaller than 80 by 24 shows instead of a screen with parts cut off."""

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen

from screens.words import Words

COLUMNS, ROWS = 80, 24


def too_small(size: Size) -> bool:
    """Whether a window of this size is below what every screen needs."""
    return size.width < COLUMNS or size.height < ROWS


def sentence(size: Size) -> str:
    """What is needed, what there is, and that nothing is lost."""
    return (
        f"Wingdesk needs {COLUMNS} columns by {ROWS} rows; this window has {size.width} by {size.height}. "
        "Make it larger, or its letters smaller. Nothing is lost: this goes away by itself."
    )


class TooSmallScreen(Screen[None]):
    """One sentence, which follows the size of the window; the shell takes it away when there is room."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = "TooSmallScreen { background: $background; }"

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Words(sentence(self.app.size))

    def on_resize(self, event: events.Resize) -> None:
        """Say the new size."""
        self.query_one(Words).text = sentence(event.size)
