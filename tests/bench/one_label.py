"""The least a Textual application can be: one label, which changes at a key."""

from textual.app import App, ComposeResult
from textual.widgets import Label


class OneLabel(App[None]):
    """One label."""

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label("one label")

    def on_key(self) -> None:
        """Say that a key came."""
        self.query_one(Label).update("answered")


if __name__ == "__main__":
    OneLabel().run(mouse=False)
