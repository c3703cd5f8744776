"""Nothing at all: what stands on the screen the moment somebody should not see it."""

from textual import events
from textual.message import Message
from textual.screen import Screen


class BlankScreen(Screen[None]):
    """An empty screen. Any key says so to the shell, which then shows the lock."""

    AUTO_FOCUS = ""

    class Woken(Message):
        """Somebody pressed a key."""

    def on_key(self, event: events.Key) -> None:
        """Any key wakes it; what the key was does not matter."""
        event.stop()
        event.prevent_default()
        self.post_message(self.Woken())
