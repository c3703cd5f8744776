"""The least a table can be on Textual's Line API: fifty rows, a cursor, and nothing else."""

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

ROWS = 50


class BareTable(ScrollView, can_focus=True):
    """Fifty rows of five columns and a cursor; what moves is drawn again and nothing else."""

    BINDINGS = [Binding("down", "move(1)", show=False), Binding("up", "move(-1)", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self._plain, self._cursor = Style(color="white", bgcolor="black"), Style(color="black", bgcolor="white")
        self._rows = [
            (f"{at:3} days late", "Meeting with the supervisor", f"PERSON {at:03}", f"B-{at % 4 + 1}-{at:03}", "12 May")
            for at in range(ROWS)
        ]
        self.virtual_size = Size(80, ROWS)

    def render_line(self, y: int) -> Strip:
        """One row."""
        at = y + round(self.scroll_y)
        if at >= ROWS:
            return Strip.blank(self.size.width, self._plain)
        style = self._cursor if at == self._at else self._plain
        text = " ".join(cell.ljust(width) for cell, width in zip(self._rows[at], (13, 30, 14, 10, 8), strict=True))
        return Strip([Segment(text[: self.size.width].ljust(self.size.width), style)])

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        before, self._at = self._at, max(0, min(ROWS - 1, self._at + step))
        top = round(self.scroll_y)
        if not top <= self._at < top + self.size.height:
            self.scroll_to(y=self._at if step < 0 else self._at - self.size.height + 1, animate=False, force=True)
        for at in (before, self._at):
            self.refresh(Region(0, at - round(self.scroll_y), self.size.width, 1))


class TableApp(App[None]):
    """The table alone."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield BareTable()


if __name__ == "__main__":
    TableApp().run(mouse=False)
